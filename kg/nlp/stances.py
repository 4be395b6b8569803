"""How somebody stands to what is claimed: asserts, denies, characterises, warns of, demands."""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Modality, Person, Stance
from kg.nlp.drafts import Draft
from kg.nlp.reference import Reference
from kg.nlp.speakers import Speakers
from kg.nlp.speech import Saying, Speech

_TYPE_STANCES: tuple[tuple[str, Stance], ...] = (
    ("denyingType", "denies"),
    ("warningType", "warns"),
    ("demandingType", "demands"),
    ("characterisingType", "characterises"),
    ("assertingType", "asserts"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim about a draft (by index), with its quote as token range."""

    speaker: Person
    about: int
    stance: Stance
    start: int
    end: int
    modality: Modality
    condition: str
    claimed_type: str
    plain: bool = False  # told as a source tells news: "officials say", "the army confirmed"


def key(said: Said) -> tuple[str, int, str]:
    """Return by what a claim is one: speaker, act and stance."""
    return said.speaker.name or said.speaker.office, said.about, said.stance


class Stances:
    """Stances over one document."""

    def __init__(self, reference: Reference, speech: Speech, lexicon: Lexicon) -> None:
        self.reference, self.speech, self.lexicon = reference, speech, lexicon
        self.speakers = Speakers(reference, lexicon)
        cues = lexicon.cues
        self._stances: tuple[tuple[Stance, frozenset[str]], ...] = (
            ("denies", frozenset(cues.get("denyingVerb", ()))),
            ("warns", frozenset(cues.get("warningVerb", ()))),
            ("demands", frozenset(cues.get("demandingVerb", ()))),
            ("characterises", frozenset(cues.get("characterisingVerb", ()))),
        )
        self.calling = frozenset(cues.get("characterisingVerb", ()))
        self._sourcing = frozenset(cues.get("sourcingVerb", ()))
        self._meant = frozenset(cues.get("meaningVerb", ()))
        self._judging = frozenset(cues.get("judgingNoun", ()))
        self.of_type: dict[str, Stance] = {
            name: stance for kind, stance in _TYPE_STANCES for name in cues.get(kind, ())
        }

    def speaker(self, saying: Saying) -> Person | None:
        """Return who speaks, as a person record; None for news carriers and unknown pronouns."""
        return self.speakers.person(saying.speaker)

    def of_verb(self, saying: Saying) -> Stance | None:
        lemma = saying.verb.lemma_.lower()
        if lemma in self.calling and self._is_asked(saying.verb):
            return "demands"  # "called *on* Peru to leave", not "called it a step"
        return next((stance for stance, verbs in self._stances if lemma in verbs), None)

    def _is_asked(self, verb: Token) -> bool:
        """Tell whether the verb asks with the preposition behind it: "call on"."""
        behind = verb.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]
        asking = dict(self._stances)["demands"]
        return any(
            t.head.head == verb and f"{verb.lemma_} {t.lower_}".lower() in asking for t in behind
        )

    def is_plain(self, saying: Saying) -> bool:
        """Tell whether a body or nameless people are only the source: "officials say"."""
        who = saying.speaker
        named = who.i in self.reference.persons or who.i in self.reference.at or who.pos_ == "PRON"
        return not (saying.direct or named) and saying.verb.lemma_.lower() in self._sourcing

    def of_act(self, saying: Saying, draft: Draft, trigger: Token, person: Person) -> Stance:
        stance = self.of_verb(saying)
        if stance is not None:
            return stance
        if trigger.pos_ == "NOUN" and self.judged(trigger) == "characterises":
            return "characterises"
        if person.affiliation and person.affiliation in draft.actor_codes():
            own = self.of_type.get(draft.type)
            if own is not None:  # "said that Togo condemned it"
                return own
        if trigger.i in draft.denied_at:
            return "denies"
        if draft.modality == "demanded":
            return "demands"
        if draft.modality in {"threatened", "conditional"}:
            return "warns" if person.affiliation in draft.actor_codes() else "asserts"
        if self.speech.scare_quoted(trigger):
            return "characterises"
        return "asserts"

    def quote(self, saying: Saying, trigger: Token) -> tuple[int, int]:
        sentence = trigger.sent
        inside = [i for i in saying.said if sentence.start <= i < sentence.end]
        if len(inside) >= 4:
            return min(inside), max(inside) + 1
        return sentence.start, sentence.end

    def judged(self, pointer: Token) -> Stance:
        """Return the stance of a clause about an act: a predicate with a copula characterises it."""
        head, syntax = pointer.head, self.reference.syntax
        if syntax.copula_subject(head) == pointer:
            return "characterises"
        meant = head.lemma_.lower() in self._meant and syntax.own_subject(head) == pointer
        if syntax.own_subject(head) == pointer:  # "the recall has no justification"
            meant = meant or any(o.lemma_.lower() in self._judging for o in syntax.objects(head))
        return "characterises" if meant else "asserts"
