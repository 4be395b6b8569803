"""What is said of an act that was told before: "Moscow called the step political"."""

from collections.abc import Sequence

from spacy.tokens import Token

from kg.model import Person, Stance
from kg.nlp.drafts import Draft
from kg.nlp.speech import Saying
from kg.nlp.stances import Said, Stances
from kg.nlp.syntax import NOMINAL

_THESE = frozenset({"this", "that", "these", "those"})
_DEFINITE = frozenset({"the", "such", *_THESE})
_WHAT = frozenset({"it", "what", *_THESE})
_MARKS = frozenset({'"', "“", "«", "``"})
_NOT = frozenset({"not", "n't", "never", "no", "none", "nothing", "nobody", "neither"})
_JUDGING: frozenset[Stance] = frozenset({"characterises", "denies"})
_NEAR = 120  # tokens back, within which a saying may be about an act of others
_SENTENCES = 2  # back, within which a side goes on about its act


class Remarks:
    """Sayings about acts that their own words don't name, in one document."""

    def __init__(self, stances: Stances) -> None:
        self.stances = stances
        self.reference, self.speech = stances.reference, stances.speech
        cues = stances.lexicon.cues
        self._naming = frozenset(cues.get("namingVerb", ()))
        self._pointing = frozenset((*cues.get("pointingNoun", ()), *cues.get("judgedNoun", ())))
        self._said = frozenset(cues.get("saidNoun", ()))
        self._untrue = frozenset(cues.get("untrueWord", ()))
        self._plain = frozenset(cues.get("assertingVerb", ()))
        self._blaming = frozenset(cues.get("accusingType", ()))
        self._measure_nouns = stances.lexicon.measure_nouns

    def of(self, drafts: Sequence[Draft]) -> list[Said]:
        """Return the claims about acts told before, in the order of the sayings."""
        out: list[Said] = []
        told = {t.i for d in drafts for t in d.triggers}
        for saying in self.speech.sayings:
            if told & saying.said:
                continue
            pointer = next((t for t in self._words(saying) if self._points(t)), None)
            named = pointer is None and self._named_in_quote(saying)
            stance = "characterises" if named else self.stances.of_verb(saying)
            judges = stance in _JUDGING and self._judges(saying.verb)
            if pointer is None and not (named or judges or self._goes_on(saying, drafts)):
                continue
            person = self.stances.speaker(saying)
            if person is None:
                continue
            stance = self._stance(saying, pointer, stance, person)
            about = self.denied(drafts, saying.verb, person) if stance == "denies" else None
            if about is None and pointer is not None:
                about = self._named(drafts, pointer)
            if about is None:
                denies = stance == "denies"
                first = self._first_meant(saying.verb) if denies else 0
                about = self._told_before(drafts, saying, person, first, own=denies)
            if about is None:
                continue
            start, end = self.stances.quote(saying, saying.verb)
            out.append(Said(person, about, stance, start, end, drafts[about].modality, "", ""))
        return out

    def denied(self, drafts: Sequence[Draft], verb: Token, person: Person) -> int | None:
        """Return what a denier is told to have done, else who accused it; None where nobody did."""
        code = person.affiliation
        first = self._first_meant(verb)
        before = [
            i
            for i, d in enumerate(drafts)
            if code and any(first <= t.i < verb.sent.end for t in d.triggers)
        ]
        hostile = [
            i
            for i in before
            if code in drafts[i].actor_codes() and "HostileEvent" in drafts[i].match.type.ancestors
        ]
        blamed = [
            i
            for i in before
            if drafts[i].type in self._blaming and code in drafts[i].target_codes()
        ]
        pool = [i for i in hostile if self._distance(drafts[i], verb) <= _NEAR] or blamed
        return min(pool, key=lambda i: (self._distance(drafts[i], verb), i)) if pool else None

    def _first_meant(self, verb: Token) -> int:
        """Return where what "this" means begins, the sentence before; 0 where no word points back."""
        objects = self.reference.syntax.objects(verb)
        if not any(o.lower_ in _WHAT and o.pos_ == "PRON" for o in objects):
            return 0
        start = verb.sent.start
        return verb.doc[start - 1].sent.start if start else 0

    @staticmethod
    def _distance(draft: Draft, verb: Token) -> int:
        return min(abs(t.i - verb.i) for t in draft.triggers)

    def _stance(
        self, saying: Saying, pointer: Token | None, stance: Stance | None, person: Person
    ) -> Stance:
        words = self._words(saying)
        if stance in {None, "characterises"}:
            of_words = pointer is not None and pointer.lemma_.lower() in self._said
            untrue = any(
                t.lemma_.lower() in self._untrue or t.lower_ in self._untrue for t in words
            )
            what = pointer is None or pointer.pos_ == "PRON"
            if (of_words and stance is not None) or (untrue and (what or of_words)):
                return "denies"  # "called the allegation absurd", "A lie from beginning to end"
        if stance is not None:
            return stance
        if pointer is not None:
            return self.stances.judged(pointer)
        if any(t.lower_ in _NOT for t in words) and self._is_own(words, person):
            return "denies"
        return "characterises" if self._is_predicate(words) else "asserts"

    def _is_own(self, words: Sequence[Token], person: Person) -> bool:
        """Tell whether a negated clause is about the speaker's own side: "we never sent troops"."""
        syntax = self.reference.syntax
        for token in words:
            verb = syntax.clause_head(token) if token.lower_ in _NOT else None
            subject = syntax.subject(verb) if verb is not None else None
            if subject is None or any(a.tag_ == "MD" for a in syntax.auxiliaries(verb or token)):
                continue
            if person.affiliation in {r.code for r in self.reference.of_all(subject)}:
                return True
        return False

    def _is_predicate(self, words: Sequence[Token]) -> bool:
        """Tell whether it says what something is: "it was routine", "a purely technical decision"."""
        syntax = self.reference.syntax
        for token in words:
            subject = syntax.copula_subject(token)
            if subject is not None and subject.lower_ in _WHAT:
                return True
        return bool(words) and not any(t.pos_ in {"VERB", "AUX"} for t in words)

    def _named_in_quote(self, saying: Saying) -> bool:
        """Tell whether a quotation without a verb says what an act is: "a step without reason"."""
        words = self._words(saying)
        if not saying.direct or any(t.pos_ in {"VERB", "AUX"} for t in words):
            return False
        return any(t.lemma_.lower() in self._pointing for t in words)

    def _goes_on(self, saying: Saying, drafts: Sequence[Draft]) -> bool:
        """Tell whether somebody comments on an act of their side told in the sentences before."""
        words = self._words(saying)
        plain = saying.verb.lemma_.lower() in self._plain or saying.verb.lower_ == "according"
        if not (saying.direct or plain) or len(words) < 2:
            return False
        if not saying.direct and not any(t.pos_ in {"VERB", "AUX"} for t in words):
            return False
        person = self.stances.speaker(saying)
        if person is None or not (person.affiliation or person.office):
            return False
        first = words[0].sent.start
        for _ in range(_SENTENCES):
            first = self.reference.doc[first - 1].sent.start if first else 0
        last = words[-1].sent.end
        near = [d for d in drafts if any(first <= t.i < last for t in d.triggers)]
        return any(self._concerns(d, person.affiliation) for d in near)

    def _concerns(self, draft: Draft, side: str) -> bool:
        """Tell whether an act is of the side or, if said of somebody, aimed at it."""
        if draft.match.type.frame == "SpeechAct":
            return draft.type in self._blaming and side in draft.target_codes()
        return side in {"", *draft.actor_codes(), *draft.target_codes()}

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
            if token.lower_ == "them":
                return role == "object" and token.head.lemma_.lower() in self._naming
            return token.lower_ in _THESE and token.tag_ == "DT" and role in {"subject", "object"}
        lemma = token.lemma_.lower()
        if token.pos_ != "NOUN" or not (lemma in self._pointing or lemma in self._measure_nouns):
            return False
        return any(c.lower_ in _DEFINITE for c in token.lefts) or (
            self.reference.named_owner(token) and lemma in self._measure_nouns
        )

    def _named(self, drafts: Sequence[Draft], pointer: Token) -> int | None:
        """Return the last act of the kind that the pointer names: "the raid", "regretted the raid but
        called *it* right"; None for a word for any act, and where no such act was told.
        """
        nouns = [pointer]
        if pointer.pos_ == "PRON":
            nouns = list(reversed(self.reference.doc[pointer.sent.start : pointer.i]))
        for noun in nouns:
            if noun.pos_ != "NOUN" or noun.lemma_.lower() not in self._pointing:
                continue
            entries = self.stances.lexicon.by_head.get(noun.lemma_.lower(), ())
            types = {t.name for t, p, _ in entries if p.pos == "n" and t.frame != "SpeechAct"}
            told = [i for i, d in enumerate(drafts) if d.type in types]
            before = [i for i in told if any(t.i <= pointer.i for t in drafts[i].triggers)]
            if before:
                return max(before, key=lambda i: (self._last(drafts[i], pointer.i), -i))
        return None

    @staticmethod
    def _last(draft: Draft, end: int) -> int:
        return max(t.i for t in draft.triggers if t.i <= end)

    def _told_before(
        self, drafts: Sequence[Draft], saying: Saying, person: Person, first: int, *, own: bool
    ) -> int | None:
        """Return the act that a saying is about: of its sentence, else the last of the speaker's side.

        Acts told before the token `first` don't count; those in which the side has no part only
        where nothing of the `own` is denied.
        """
        verb = saying.verb
        acts = [i for i, d in enumerate(drafts) if d.match.type.frame != "SpeechAct"]
        here = [i for i in acts if drafts[i].trigger.sent == verb.sent]
        if here:
            return min(here, key=lambda i: (abs(drafts[i].trigger.i - verb.i), i))
        before = [i for i in acts if any(first <= t.i < verb.i for t in drafts[i].triggers)]
        code = person.affiliation
        theirs = [
            i for i in before if code in {*drafts[i].actor_codes(), *drafts[i].target_codes()}
        ]

        def last(i: int) -> int:
            return max(t.i for t in drafts[i].triggers if t.i < verb.i)

        near = [] if own and code else [i for i in before if verb.i - last(i) <= _NEAR]
        pool = (theirs if code else []) or near
        return max(pool, key=lambda i: (last(i), -i)) if pool else None
