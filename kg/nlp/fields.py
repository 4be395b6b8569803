"""Count, dates, deadline, place, condition and reason of an event, from its sentence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.model import Quantity, Span, Time
from kg.nlp import dates, quantities
from kg.nlp.reference import Reference
from kg.nlp.syntax import NOMINAL
from kg.nlp.triggers import Match

_APART = frozenset(
    {"after", "before", "when", "since", "because", "as", "while", "once", "until", "if", "unless"}
)
_AHEAD = frozenset({"will", "'ll", "’ll", "would", "shall", "may", "might", "must", "should"})
_DUE = frozenset({"due", "expect", "schedule", "set", "plan", "slate"})
_COUNTED = ("human", "staff", "mission", "troops")  # word classes of what is counted
_DEADLINE = frozenset({"by", "before", "until", "within", "till"})


class Fields:
    """The fields of events of one document; offsets in what it returns count the Doc's characters."""

    def __init__(self, reference: Reference, anchor: date | None) -> None:
        self.reference, self.syntax = reference, reference.syntax
        self.anchor = anchor
        self._times: dict[int, list[Time]] = {}

    def times(self, sentence: DocSpan) -> list[Time]:
        """Return the dates told in a sentence."""
        if sentence.start not in self._times:
            future = self._future(sentence)
            found = dates.find(sentence.text, self.anchor, future=future)
            said = self._said_on(found, sentence)
            if said is not None:
                found = dates.find(sentence.text, said, future=future)
            base = sentence.start_char
            self._times[sentence.start] = [
                replace(t, span=Span(t.span.start + base, t.span.end + base))
                for t in found
                if t.span is not None
            ]
        return self._times[sentence.start]

    def _future(self, sentence: DocSpan) -> Callable[[int], bool]:
        """Return, for a place in the sentence, whether its clause speaks of what is to come."""

        def ahead(offset: int) -> bool:
            place = sentence.start_char + offset
            token = next(
                (t for t in sentence if t.idx <= place < t.idx + len(t.text_with_ws)), None
            )
            if token is None:
                return False
            verb = self.syntax.clause_head(token)
            words = {t.lower_ for t in self.syntax.auxiliaries(verb)}
            if words & _AHEAD or verb.lemma_.lower() in _DUE:
                return True
            if self.syntax.infinitive(verb):
                return token.head.pos_ not in {"NOUN", "PROPN"} or token.head == verb
            present = verb.tag_ in {"VBZ", "VBP"} and not words
            return present and verb.lemma_.lower() not in self.reference.lexicon.cues.get(
                "reportingVerb", ()
            )

        return ahead

    def _said_on(self, found: Sequence[Time], sentence: DocSpan) -> date | None:
        """Return the day of "said on December 1": what a republished piece counts from."""
        reporting = self.reference.lexicon.cues.get("reportingVerb", ())
        for time in found:
            if (
                time.span is None
                or len(time.value) != 10
                or time.value.startswith("-")
                or time.modifier
            ):
                continue
            if self.anchor is None or time.first > self.anchor.isoformat():
                continue
            shifted = replace(
                time,
                span=Span(
                    time.span.start + sentence.start_char, time.span.end + sentence.start_char
                ),
            )
            token = self._anchor_token(shifted)
            if token is not None and token.head.lemma_.lower() in reporting:
                return date.fromisoformat(time.value)
        return None

    def _anchor_token(self, time: Time) -> Token | None:
        if time.span is None:
            return None
        span = self.reference.doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
        return span.root if span is not None else None

    def split(
        self, match: Match, others: Sequence[Match], *, takes_deadline: bool
    ) -> tuple[Time | None, Time | None]:
        """Return (date, deadline) of the act: times of its own clause, not of another act's.

        Each time belongs to the nearest trigger below whose clause it stands; one with by, before,
        until or within is a deadline where the type can have one.
        """
        sentence = match.trigger.sent
        day: Time | None = None
        deadline: Time | None = None
        mine = {t.i for t in (match.trigger, *match.verbs)}
        for time in self.times(sentence):
            if not time.value:
                continue
            owner = self._owner(time, match, others)
            if owner is not None and owner.i not in mine:
                continue
            if time.modifier in _DEADLINE:
                if takes_deadline and deadline is None:
                    deadline = time
                continue
            if time.modifier == "since":
                continue
            if day is None:
                day = time
        if day is None:
            day = self._shared(match, others)
        if day is not None and deadline is not None:
            deadline = self._counted_from(day, deadline, sentence)
        return day, deadline

    def _shared(self, match: Match, others: Sequence[Match]) -> Time | None:
        """Return the sentence's one date where the act's clause goes with the dated one.

        "On Monday Oslo summoned the envoy and expelled two attachés": coordinated, complement and
        participle clauses share a date; those behind after, before, when … and relative ones don't.
        """
        days = [
            t
            for t in self.times(match.trigger.sent)
            if t.value and t.modifier not in _DEADLINE | {"since"}
        ]
        if len(days) != 1:
            return None
        owner = self._owner(days[0], match, others)
        if owner is None:
            return None
        mine, theirs = self.syntax.clause_head(match.trigger), self.syntax.clause_head(owner)
        return days[0] if self._goes_with(mine, theirs) or self._goes_with(theirs, mine) else None

    def _goes_with(self, low: Token, high: Token) -> bool:
        word = low
        for _ in range(5):
            if word == high:
                return True
            if self.syntax.role_of(word) not in {"conjunct", "complement", "adverbial"}:
                return False
            if any(m.lower_ in _APART for m in self.syntax.markers(word)):
                return False
            word = word.head
        return False

    def _counted_from(self, day: Time, deadline: Time, sentence: DocSpan) -> Time:
        """Count "within 72 hours" from the day of the act, not from that of publication."""
        if (
            deadline.modifier != "within"
            or len(day.value) != 10
            or day.value.startswith("-")
            or deadline.span is None
        ):
            return deadline
        base = sentence.start_char
        for time in dates.find(sentence.text, date.fromisoformat(day.value), future=True):
            if (
                time.span is not None
                and time.value
                and time.span.start + base == deadline.span.start
            ):
                return replace(time, span=deadline.span)
        return deadline

    def _owner(self, time: Time, match: Match, others: Sequence[Match]) -> Token | None:
        """Return the trigger (or complement verb) that the time belongs to."""
        token = self._anchor_token(time)
        if token is None:
            return None
        triggers = {t.i: t for m in (match, *others) for t in (m.trigger, *m.verbs)}
        if not triggers:
            return None
        word = token
        for _ in range(12):  # the nearest trigger above the time
            if word.i in triggers:
                return triggers[word.i]
            if word.head == word:
                break
            word = word.head
        return min(triggers.values(), key=lambda t: (abs(t.i - token.i), t.i))

    def count(self, match: Match) -> Quantity | None:
        """Return how many were affected: the number on the affected phrase."""
        if match.type.frame in {"ReciprocalAct", "SpeechAct"}:
            return None
        fills = sorted(match.fills, key=lambda f: f.slot.role != "target")
        heads = [
            f.token
            for f in fills
            if (f.slot.cls and f.slot.role)
            or ((f.slot.cls or f.slot.role == "target") and self._is_counted(f.token))
        ]
        heads = [h for head in heads for h in self._wholes(head)]
        for head in heads:
            left = min([head.i, *(c.left_edge.i for c in head.lefts)])
            left = max(left, head.sent.start)
            start = self._extend_left(left)
            text = self.reference.doc[start : head.i + 1].text
            base = self.reference.doc[start].idx
            found = [q for q in quantities.find(text) if q.span is not None]
            if found:
                quantity = found[-1]
                span = quantity.span
                assert span is not None  # noqa: S101
                return replace(
                    quantity, unit=self._unit(head), span=Span(span.start + base, span.end + base)
                )
            if head.lemma_.lower() in self.reference.lexicon.cues.get("partitive", ()):
                continue
        return None

    def _is_counted(self, head: Token) -> bool:
        return any(
            self.reference.is_class(head, c) for c in _COUNTED
        ) or head.lemma_.lower() in self.reference.lexicon.cues.get("partitive", ())

    def _wholes(self, head: Token) -> list[Token]:
        """Return the noun and what it is part of: "three members of the embassy's staff"."""
        above = head.head
        if (
            above != head
            and above.pos_ == "NOUN"
            and self.syntax.role_of(head) == "modifier"
            and above.i < head.i
        ):
            return [head, above]
        return [head]

    def _extend_left(self, left: int) -> int:
        doc = self.reference.doc
        start = doc[left].sent.start
        steps = 0
        while left > start and steps < 5:
            before = doc[left - 1]
            if before.pos_ in {"NUM", "ADV", "ADJ"} or before.lower_ in {
                "of",
                "to",
                "about",
                "around",
                "some",
                "than",
                "least",
                "up",
                "most",
                "another",
                "an",
                "a",
                "the",
                "at",
                "these",
                "its",
            }:
                left -= 1
                steps += 1
            else:
                break
        return left

    def _unit(self, head: Token) -> str:
        """Return what is counted, in the singular: "diplomat", "embassy employee", "American"."""
        if head.pos_ == "NUM":  # "ten of our diplomats"
            parts = [o.noun for o in self.syntax.obliques(head) if o.preposition == "of"]
            return self._unit(parts[0]) if parts and parts[0].pos_ != "NUM" else ""
        words = [
            t for t in self.syntax.premodifiers(head) if t.pos_ in {"NOUN"} and t.i == head.i - 1
        ]
        noun = head.lemma_ if head.pos_ == "PROPN" else head.lemma_.lower()
        if head.i in self.reference.at:
            noun = head.text.removesuffix("s")
        return " ".join([*(w.lemma_.lower() for w in words), noun])

    def place(self, match: Match) -> str:
        """Return the place named with `in` or `at` beside the act, empty if none."""
        for host in [match.trigger, *match.verbs]:
            for oblique in self.syntax.obliques(host):
                if oblique.preposition in {"in", "at", "near"}:
                    mention = self.reference.at.get(oblique.noun.i)
                    if mention is not None and mention.place:
                        return mention.text
                    if oblique.noun.ent_type_ in {"LOC", "GPE"}:
                        return self._name(oblique.noun)
        return ""

    def _name(self, noun: Token) -> str:
        for ent in self.reference.doc.ents:
            if ent.start <= noun.i < ent.end:
                return ent.text
        return noun.text

    def clause(self, verb: Token | None) -> str:
        """Return the words of the clause headed by the verb, at most 200 characters."""
        if verb is None:
            return ""
        words = sorted(verb.subtree, key=lambda t: t.i)
        doc = self.reference.doc
        return doc[words[0].i : words[-1].i + 1].text.strip(" ,.;")[:200]

    def reason(self, match: Match) -> str:
        """Return the stated reason: a `for`, `over` or `because` phrase beside the act."""
        for host in [match.trigger, *match.verbs]:
            for oblique in self.syntax.obliques(host):
                if (
                    oblique.preposition in {"over", "because_of", "due_to"}
                    and oblique.noun.pos_ in NOMINAL
                ):
                    return self.clause(oblique.noun)
            for child in host.children:
                if self.syntax.role_of(child) == "adverbial" and any(
                    m.lower_ in {"because", "since", "for"} for m in self.syntax.markers(child)
                ):
                    return self.clause(child)
        return ""
