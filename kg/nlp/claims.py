"""Claims: who asserts, denies, characterises, warns of or demands a reported event."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Modality, Person, Stance
from kg.nlp.drafts import Draft
from kg.nlp.reference import Reference
from kg.nlp.speakers import Speakers
from kg.nlp.speech import Saying, Speech
from kg.nlp.syntax import NOMINAL

_TYPE_STANCES: tuple[tuple[str, Stance], ...] = (
    ("denyingType", "denies"),
    ("warningType", "warns"),
    ("demandingType", "demands"),
    ("characterisingType", "characterises"),
    ("assertingType", "asserts"),
)
_THESE = frozenset({"this", "that", "these", "those"})
_DEFINITE = frozenset({"the", "such", *_THESE})
_MARKS = frozenset({'"', "“", "«", "``"})
_JUDGING: frozenset[Stance] = frozenset({"characterises", "denies"})
_NEAR = 120  # tokens back, within which a saying may be about an act of others


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


def _key(said: Said) -> tuple[str, int, str]:
    return said.speaker.name or said.speaker.office, said.about, said.stance


class Claims:
    """Claims over the drafts of one document."""

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
        self._naming = frozenset(cues.get("namingVerb", ()))
        self._pointing = frozenset((*cues.get("pointingNoun", ()), *cues.get("judgedNoun", ())))
        self._said = frozenset(cues.get("saidNoun", ()))
        self._meant = frozenset(cues.get("meaningVerb", ()))
        self._measure_nouns = lexicon.measure_nouns
        self._stance_of_type: dict[str, Stance] = {
            name: stance for kind, stance in _TYPE_STANCES for name in cues.get(kind, ())
        }

    def speaker(self, saying: Saying) -> Person | None:
        """Return who speaks, as a person record; None for news carriers and unknown pronouns."""
        return self.speakers.person(saying.speaker)

    def of(self, drafts: Sequence[Draft]) -> list[Said]:
        """Return the claims about the drafts, in text order, one a speaker, stance and event."""
        found: dict[tuple[str, int, str], Said] = {}
        for index, draft in enumerate(drafts):
            for trigger in draft.triggers:
                tokens = [trigger, *(draft.match.verbs if trigger == draft.trigger else ())]
                for saying in self.speech.sayings_of(tokens):
                    said = self._claim(saying, draft, index, trigger)
                    if said is not None:
                        found.setdefault(_key(said), said)
        for said in (
            *self._spoken(drafts),
            *self._pointed(drafts),
            *self._characterisations(drafts),
        ):
            found.setdefault(_key(said), said)
        return sorted(found.values(), key=lambda s: (s.start, s.about, s.stance))

    def _claim(self, saying: Saying, draft: Draft, index: int, trigger: Token) -> Said | None:
        person = self.speaker(saying)
        if person is None:
            return None
        stance = self._stance(saying, draft, trigger, person)
        start, end = self._quote(saying, trigger)
        return Said(person, index, stance, start, end, draft.modality, draft.condition, "")

    def _spoken(self, drafts: Sequence[Draft]) -> list[Said]:
        """Read speech acts as claims: "the Kremlin denied any part in it"."""
        out: list[Said] = []
        for index, draft in enumerate(drafts):
            stance = self._stance_of_type.get(draft.type)
            actor = next(
                (f.token for f in draft.match.fills if f.slot.role == "actor" and f.refs), None
            )
            person = (
                self.speakers.person(actor) if stance is not None and actor is not None else None
            )
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

    # ---------------------------------------------------------------- acts pointed to

    def _pointed(self, drafts: Sequence[Draft]) -> list[Said]:
        """Read what is said of an act told before: "Moscow called the step political"."""
        out: list[Said] = []
        told = {t.i for d in drafts for t in d.triggers}
        for saying in self.speech.sayings:
            if told & saying.said:
                continue
            pointer = next((t for t in self._words(saying) if self._points(t)), None)
            named = pointer is None and self._named_in_quote(saying)
            stance = "characterises" if named else self._verb_stance(saying)
            judges = stance in _JUDGING and self._judges(saying.verb)
            if pointer is None and not (named or judges or self._goes_on(saying, drafts)):
                continue
            person = self.speaker(saying)
            about = self._told_before(drafts, saying, person) if person is not None else None
            if person is None or about is None:
                continue
            if stance == "characterises" and self._of_words(pointer):
                stance = "denies"  # "called the allegation absurd"
            if stance is None:
                stance = self._judged(pointer) if pointer is not None else "asserts"
            start, end = self._quote(saying, saying.verb)
            modality = drafts[about].modality
            out.append(Said(person, about, stance, start, end, modality, "", ""))
        return out

    def _of_words(self, pointer: Token | None) -> bool:
        """Tell whether what is called something is what somebody said, not what was done."""
        return pointer is not None and pointer.lemma_.lower() in self._said

    def _named_in_quote(self, saying: Saying) -> bool:
        """Tell whether a quotation without a verb says what an act is: "a step without reason"."""
        words = self._words(saying)
        if not saying.direct or any(t.pos_ in {"VERB", "AUX"} for t in words):
            return False
        return any(t.lemma_.lower() in self._pointing for t in words)

    def _goes_on(self, saying: Saying, drafts: Sequence[Draft]) -> bool:
        """Tell whether a quotation comments on what its speaker's side did in the sentence before."""
        words = self._words(saying)
        if not saying.direct or not any(t.pos_ in {"VERB", "AUX"} for t in words):
            return False
        person = self.speaker(saying)
        if person is None or not person.affiliation:
            return False
        first = words[0].sent.start
        before = self.reference.doc[first - 1].sent if first else None
        return before is not None and any(
            t.sent == before and person.affiliation in d.actor_codes()
            for d in drafts
            for t in d.triggers
        )

    def _judges(self, verb: Token) -> bool:
        """Tell whether the verb says what something is: not "called", but "called the step hasty"."""
        if verb.lemma_.lower() not in self._naming:
            return True
        p = self.reference.syntax.profile
        if verb.dep_ in p.relative_clause or self.reference.syntax.complements(verb):
            return True
        doc = self.reference.doc
        for token in doc[verb.i + 1 : verb.right_edge.i + 1]:
            if token.lower_ == "as" or token.text in _MARKS:
                return True
            before = doc[token.i - 1]
            if token.lower_ in {"a", "an"} and (before.text == "," or before.pos_ in NOMINAL):
                return True  # "called the meetings a hostile act"
        return False

    def _words(self, saying: Saying) -> list[Token]:
        return [self.reference.doc[i] for i in sorted(saying.said)]

    def _points(self, token: Token) -> bool:
        """Tell whether the word points back to an act: "the move", "these arrests", "calls it …"."""
        syntax = self.reference.syntax
        role = syntax.role_of(token)
        if token.pos_ == "PRON":
            subject = role == "subject" and syntax.copula_subject(token.head) == token
            if token.lower_ == "it":
                return role == "object" or subject
            return token.lower_ in _THESE and token.tag_ == "DT" and role in {"subject", "object"}
        lemma = token.lemma_.lower()
        if token.pos_ != "NOUN" or not (lemma in self._pointing or lemma in self._measure_nouns):
            return False
        return any(c.lower_ in _DEFINITE for c in token.lefts) or (
            self.reference.named_owner(token) and lemma in self._measure_nouns
        )

    def _judged(self, pointer: Token) -> Stance:
        """Return the stance of a clause about an act: a predicate with a copula characterises it."""
        head, syntax = pointer.head, self.reference.syntax
        if syntax.copula_subject(head) == pointer:
            return "characterises"
        meant = head.lemma_.lower() in self._meant and syntax.own_subject(head) == pointer
        return "characterises" if meant else "asserts"

    def _told_before(
        self, drafts: Sequence[Draft], saying: Saying, person: Person | None
    ) -> int | None:
        """Return the act that a saying is about: of its sentence, else the last of the speaker's side."""
        verb = saying.verb
        acts = [i for i, d in enumerate(drafts) if d.match.type.frame != "SpeechAct"]
        here = [i for i in acts if drafts[i].trigger.sent == verb.sent]
        if here:
            return min(here, key=lambda i: (abs(drafts[i].trigger.i - verb.i), i))
        before = [i for i in acts if any(t.i < verb.i for t in drafts[i].triggers)]
        code = person.affiliation if person is not None else ""
        own = [i for i in before if code in {*drafts[i].actor_codes(), *drafts[i].target_codes()}]

        def last(i: int) -> int:
            return max(t.i for t in drafts[i].triggers if t.i < verb.i)

        near = [i for i in before if verb.i - last(i) <= _NEAR]
        pool = (own if code else []) or near
        return max(pool, key=lambda i: (last(i), -i)) if pool else None

    # ---------------------------------------------------------------- stances

    def _verb_stance(self, saying: Saying) -> Stance | None:
        lemma = saying.verb.lemma_.lower()
        return next((stance for stance, verbs in self._stances if lemma in verbs), None)

    def _stance(self, saying: Saying, draft: Draft, trigger: Token, person: Person) -> Stance:
        stance = self._verb_stance(saying)
        if stance is not None:
            return stance
        if trigger.pos_ == "NOUN" and self._judged(trigger) == "characterises":
            return "characterises"
        if person.affiliation and person.affiliation in draft.actor_codes():
            own = self._stance_of_type.get(draft.type)
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
