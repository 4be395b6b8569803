"""Claims: who asserts, denies, characterises, warns of or demands a reported event."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Modality, Person, Stance
from kg.nlp.drafts import Draft
from kg.nlp.reference import Reference
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


def _trimmed(phrase: DocSpan, head: Token) -> DocSpan:
    """Return the phrase up to its head and behind it without what only leads to it: ", according to"."""
    start, end = phrase.start, phrase.end
    while start < head.i and phrase.doc[start].pos_ in {"PUNCT", "ADP", "CCONJ", "SCONJ"} | {
        "VERB" if phrase.doc[start].lower_ == "according" else "PUNCT"
    }:
        start += 1
    while end > head.i + 1 and phrase.doc[end - 1].pos_ in {"PUNCT", "SPACE"}:
        end -= 1
    return phrase.doc[start:end]


class Claims:
    """Claims over the drafts of one document."""

    def __init__(self, reference: Reference, speech: Speech, lexicon: Lexicon) -> None:
        self.reference, self.speech, self.lexicon = reference, speech, lexicon
        cues = lexicon.cues
        self._stances: tuple[tuple[Stance, frozenset[str]], ...] = (
            ("denies", frozenset(cues.get("denyingVerb", ()))),
            ("warns", frozenset(cues.get("warningVerb", ()))),
            ("demands", frozenset(cues.get("demandingVerb", ()))),
            ("characterises", frozenset(cues.get("characterisingVerb", ()))),
        )
        self._measure_nouns = lexicon.measure_nouns
        self._stance_of_type: dict[str, Stance] = {
            name: stance for kind, stance in _TYPE_STANCES for name in cues.get(kind, ())
        }
        self._agencies = frozenset(c.lower() for c in cues.get("newsAgency", ()))

    def speaker(self, saying: Saying) -> Person | None:
        """Return who speaks, as a person record; None for news carriers and unknown pronouns."""
        return self.person(saying.speaker)

    def person(self, token: Token) -> Person | None:
        """Return the record of whoever the phrase headed by the token names."""
        doc = self.reference.doc
        mention = self.reference.persons.get(token.i)
        if mention is not None:
            return self.reference.person_record(mention)
        phrase = _trimmed(doc[token.left_edge.i : token.right_edge.i + 1], token)
        if any(t.lower_ in self._agencies or t.text.lower() in self._agencies for t in (token,)):
            return None
        refs = self.reference.of(token)
        if not refs:  # "prosecutors", "two aid workers": somebody, for nobody we know
            return (
                Person(phrase.text, phrase.text)
                if token.pos_ == "NOUN" and len(phrase) <= 6
                else None
            )
        ref = refs[0]
        if ref.person is not None:
            return ref.person
        actor = self.lexicon.actors.get(ref.code)
        name = ""
        office = ""
        if token.i in self.reference.at:
            found = self.reference.at[token.i]
            name = found.text
        elif token.pos_ == "PRON":
            name = actor.label if actor else ref.code
        else:
            words = [
                t.text
                for t in doc[phrase.start : token.i + 1]
                if t.pos_ != "DET" and t.i not in self.reference.at and t.text not in {"'s", "’s"}
            ]
            office = " ".join(words)
            name = phrase.text if len(phrase) <= 6 else doc[phrase.start : token.i + 1].text
            for person in (self.reference.persons.get(t.i) for t in phrase):
                if person is not None:
                    record = self.reference.person_record(person)
                    return Person(
                        record.name,
                        record.office or office,
                        record.affiliation or ref.code,
                        record.span,
                    )
        return Person(name, office, ref.code)

    def of(self, drafts: Sequence[Draft]) -> list[Said]:
        """Return the claims about the drafts, in text order, one a speaker, stance and event."""
        found: dict[tuple[str, int, str], Said] = {}
        for index, draft in enumerate(drafts):
            for trigger in draft.triggers:
                saying = self.speech.saying_of(trigger)
                if saying is None:
                    continue
                person = self.speaker(saying)
                if person is None:
                    continue
                stance = self._stance(saying, draft)
                said = Said(
                    person,
                    index,
                    stance,
                    *self._quote(saying, trigger),
                    draft.modality,
                    draft.condition,
                    "",
                )
                found.setdefault((person.name or person.office, index, stance), said)
        for said in self._spoken(drafts):
            found.setdefault(
                (said.speaker.name or said.speaker.office, said.about, said.stance), said
            )
        for said in self._characterisations(drafts):
            key = (said.speaker.name or said.speaker.office, said.about, said.stance)
            found.setdefault(key, said)
        return sorted(found.values(), key=lambda s: (s.start, s.about, s.stance))

    def _spoken(self, drafts: Sequence[Draft]) -> list[Said]:
        """Read speech acts as claims: "the Kremlin denied any part in it"."""
        out: list[Said] = []
        for index, draft in enumerate(drafts):
            stance = self._stance_of_type.get(draft.type)
            actor = next(
                (f.token for f in draft.match.fills if f.slot.role == "actor" and f.refs), None
            )
            person = self.person(actor) if stance is not None and actor is not None else None
            if stance is None or person is None:
                continue
            sentence: DocSpan = draft.trigger.sent
            about = next(
                (
                    i
                    for i, d in enumerate(drafts)
                    if d.match.type.frame != "SpeechAct"
                    and any(t.sent == sentence and t.i > draft.trigger.i for t in d.triggers)
                ),
                index,
            )
            out.append(
                Said(
                    person,
                    about,
                    stance,
                    sentence.start,
                    sentence.end,
                    draft.modality,
                    draft.condition,
                    "",
                )
            )
        return out

    def _stance(self, saying: Saying, draft: Draft) -> Stance:
        lemma = saying.verb.lemma_.lower()
        for stance, verbs in self._stances:
            if lemma in verbs:
                return stance
        if draft.modality == "denied":
            return "denies"
        if draft.modality == "demanded":
            return "demands"
        if draft.modality in {"threatened", "conditional"}:
            return "warns"
        return "asserts"

    def _quote(self, saying: Saying, trigger: Token) -> tuple[int, int]:
        sentence = trigger.sent
        inside = [i for i in saying.said if sentence.start <= i < sentence.end]
        if len(inside) >= 4:
            return min(inside), max(inside) + 1
        return sentence.start, sentence.end

    def characterised(self) -> list[tuple[Token, str, str, Person, bool]]:
        """Return what somebody says an act is or is not: (noun, type, family, speaker, negated).

        "It was not an expulsion", "we view the demand as an act of expulsion".
        """
        out: list[tuple[Token, str, str, Person, bool]] = []
        syntax = self.reference.syntax
        verbs = dict(self._stances)["characterises"]
        for token in self.reference.doc:
            type_ = self._measure_nouns.get(token.lemma_.lower())
            if type_ is None or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            copula = syntax.copula_subject(token) is not None
            if not copula and not any(g.lemma_.lower() in verbs for g in syntax.governors(token)):
                continue
            saying = self.speech.saying_of(token)
            person = self.speaker(saying) if saying is not None else None
            if person is None or not person.affiliation:
                continue
            negated = (
                syntax.negated(token)
                or syntax.negated(syntax.clause_head(token))
                or any(c.lower_ == "no" for c in token.lefts)
            )
            out.append((token, type_.name, type_.family, person, negated))
        return out

    def _characterisations(self, drafts: Sequence[Draft]) -> list[Said]:
        """Turn what acts are called into claims about them."""
        out: list[Said] = []
        for token, name, family, person, negated in self.characterised():
            about = self._act_between(drafts, family, person.affiliation, token)
            if about is None:
                continue
            sentence: DocSpan = token.sent
            stance: Stance = "denies" if negated else "characterises"
            out.append(
                Said(person, about, stance, sentence.start, sentence.end, "actual", "", name)
            )
        return out

    @staticmethod
    def _act_between(drafts: Sequence[Draft], family: str, code: str, token: Token) -> int | None:
        fitting = [
            i
            for i, d in enumerate(drafts)
            if d.family == family
            and code in {*d.actor_codes(), *d.target_codes()}
            and not d.background
        ]
        own = [i for i in fitting if code in drafts[i].actor_codes()]
        pool = own or fitting
        return min(pool, key=lambda i: (abs(drafts[i].trigger.i - token.i), i)) if pool else None
