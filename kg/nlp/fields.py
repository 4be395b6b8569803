"""Count, dates, deadline, place, condition and reason of an event, from its sentence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.model import Quantity, Span, Time
from kg.nlp import dates
from kg.nlp.counts import Counts
from kg.nlp.numerals import WORDS, words_value
from kg.nlp.periods import Period
from kg.nlp.reference import Ref, Reference
from kg.nlp.syntax import NOMINAL
from kg.nlp.triggers import Match

_APART = frozenset(
    {"after", "before", "when", "since", "because", "as", "while", "once", "until", "if", "unless"}
)
_AHEAD = frozenset({"will", "'ll", "’ll", "would", "shall", "may", "might", "must", "should"})
_DUE = frozenset({"due", "expect", "schedule", "set", "plan", "slate"})
_TERMS = frozenset({"hour", "day", "week", "month"})
_DEADLINE = frozenset({"by", "before", "until", "within", "till"})
_DAY = 24  # hours
_ISO_DAY = len("2000-01-01")
_COUNTED_FROM = re.compile(
    rf"(?:\b(?P<n>\d{{1,3}}|an?|{WORDS}) )?\b(?P<unit>hour|day)s? (?:after|before)\Z", re.IGNORECASE
)
_REACH = 3  # sentences back within which "the next day" has its day


def _number(words: str) -> int | None:
    bare = words.lower()
    return int(bare) if bare.isdigit() else 1 if bare in {"a", "an"} else words_value(bare)


def _day_first(time: Time) -> tuple[bool, int]:
    """Order dates of one sentence: days before stretches, the last told first."""
    return len(time.value) != _ISO_DAY, -time.span.start if time.span is not None else 0


def _is_open(times: Sequence[Time]) -> bool:
    """Tell whether a date counts from one told before: "the following month"."""
    return any(not t.value and t.span is not None for t in times)


class Fields:
    """The fields of events of one document; offsets in what it returns count the Doc's characters."""

    def __init__(self, reference: Reference, anchor: date | None) -> None:
        self.reference, self.syntax = reference, reference.syntax
        self.anchor = anchor
        self._counts = Counts(reference)
        self._times: dict[int, list[Time]] = {}

    def times(self, sentence: DocSpan) -> list[Time]:
        """Return the dates told in a sentence."""
        if sentence.start not in self._times:
            future = self._future(sentence)
            found = dates.find(sentence.text, self.anchor, future=future)
            said = self._said_on(found, sentence)
            previous = self._told_before(sentence) if _is_open(found) else None
            if said is not None or previous is not None:
                found = dates.find(
                    sentence.text, said or self.anchor, future=future, previous=previous
                )
            base = sentence.start_char
            self._times[sentence.start] = [
                replace(t, span=Span(t.span.start + base, t.span.end + base))
                for t in found
                if t.span is not None
            ]
        return self._times[sentence.start]

    def _told_before(self, sentence: DocSpan) -> Period | None:
        """Return the last date of an act in the two sentences before: what "the next day" follows."""
        start = sentence.start
        for _ in range(_REACH):
            if start == 0:
                return None
            before = self.reference.doc[start - 1].sent
            start = before.start
            told = self._times.get(start)
            if told is None:
                told = dates.find(before.text, self.anchor, future=self._future(before))
            # a day before a stretch: "on Monday … over last week's incident", then "within hours"
            for time in sorted(told, key=_day_first):
                exact = len(time.first) == len(time.last) == _ISO_DAY
                if exact and time.value and time.modifier not in _DEADLINE:
                    return Period(date.fromisoformat(time.first), date.fromisoformat(time.last))
        return None

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
            due = {verb.lemma_.lower(), *(t.lower_ for t in verb.children)} & _DUE
            if words & _AHEAD or due:
                return True
            if self.syntax.infinitive(verb):
                if any(t.lemma_.lower() in _TERMS for t in (verb.head, *verb.head.children)):
                    return False  # "gave her a week to leave on Wednesday"
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
            if "year" in sentence.text[time.span.start : time.span.end]:
                continue  # "October 2 last year" is history
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
            if time.modifier in _DEADLINE or (day is None and self._departs(time, match)):
                if takes_deadline and deadline is None:
                    deadline = time
                continue
            if time.modifier == "since":
                continue
            if day is None:
                day = time
        if day is None:
            day = self._before_or_after(match) or self._shared(match, others)
            if day is not None and deadline is not None and day.span == deadline.span:
                day = None
        if deadline is None and takes_deadline:
            deadline = self._given_them(match, others)
        return day, deadline

    def _departs(self, time: Time, match: Match) -> bool:
        """Tell whether it is the day to be gone: "were expelled and would leave on Friday"."""
        cues = self.reference.lexicon.cues
        token = self._anchor_token(time)
        if token is None or match.type.name not in cues.get("departureType", ()):
            return False
        verb = self.syntax.clause_head(token)
        if verb.lemma_.lower() not in cues.get("departureVerb", ()):
            return False
        ahead = any(t.tag_ in {"MD", "TO"} for t in verb.lefts if token.i > verb.i)
        return ahead or (verb == match.trigger and verb.tag_ == "VB")

    def _given_them(self, match: Match, others: Sequence[Match]) -> Time | None:
        """Return the term set to those that the act is about.

        "declared two attachés unwanted and gave them 72 hours", "demanded that it cut its staff by
        Friday": the term stands in a clause that goes with the act's, on a pronoun or with no
        actor of its own.
        """
        terms = [t for t in self.times(match.trigger.sent) if t.value and t.modifier in _DEADLINE]
        if len({t.value for t in terms}) != 1:
            return None
        owner = self._owner(terms[0], match, others)
        if owner is None:
            return None
        theirs = next((m for m in others if owner in (m.trigger, *m.verbs)), None)
        if theirs is None or self.syntax.clause_head(owner).i < match.trigger.i:
            return None
        if match.type.frame == "SpeechAct":
            goes = self.syntax.role_of(self.syntax.clause_head(owner)) == "complement"
            return terms[0] if goes and owner.head in (match.trigger, *match.verbs) else None
        pronoun = any(f.slot.role == "target" and f.token.pos_ == "PRON" for f in theirs.fills)
        mine = self.syntax.clause_head(match.trigger)
        return (
            terms[0] if pronoun and self._goes_with(self.syntax.clause_head(owner), mine) else None
        )

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
        if len({t.value for t in days}) != 1:  # the dateline's day and its weekday are one
            return None
        days = days[-1:]
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
            below = [t for t in triggers.values() if self._is_told_by(t, word)]
            if below:  # "responded in April by expelling two attachés"
                return min(below, key=lambda t: (abs(t.i - token.i), t.i))
            if word.head == word:
                break
            word = word.head
        return min(triggers.values(), key=lambda t: (abs(t.i - token.i), t.i))

    def _is_told_by(self, trigger: Token, verb: Token) -> bool:
        """Tell whether a verb says by its complement what was done: "hit back by expelling"."""
        if verb.pos_ != "VERB" or trigger.head != verb:
            return False
        markers = {m.lower_ for m in self.syntax.markers(trigger)}
        return self.syntax.role_of(trigger) in {"complement", "adverbial"} and markers <= {
            "by",
            "to",
        }

    def _before_or_after(self, match: Match) -> Time | None:
        """Return the day of an act that another is counted from: "two days after Cairo cut ties"."""
        clause = self.syntax.clause_head(match.trigger)
        marker = next(
            (m for m in self.syntax.markers(clause) if m.lower_ in {"after", "before"}), None
        )
        sentence = match.trigger.sent
        if marker is None or self.anchor is None:
            return None
        start = sentence.start_char
        counted = _COUNTED_FROM.search(sentence.text[: marker.idx - start + len(marker)])
        if counted is None:
            return None
        number = _number(counted["n"]) if counted["n"] else None
        unit = counted["unit"].lower()
        if number is None and unit == "hour":
            number = 0  # "hours after": that day
        base = self._main_day(sentence, clause)
        if number is None or base is None:
            return None
        days = -(-number // 24) if unit == "hour" and number >= _DAY else number * (unit == "day")
        day = (base + timedelta(-days if marker.lower_ == "after" else days)).isoformat()
        return Time(day, day, day, "", base.isoformat(), Span(*(start + x for x in counted.span())))

    def _main_day(self, sentence: DocSpan, clause: Token) -> date | None:
        """Return the day of the clause beside: its one date, or that of a report in the present."""
        own = {t.i for t in clause.subtree}
        days = {
            t.value
            for t in self.times(sentence)
            if t.value
            and t.modifier not in _DEADLINE | {"since"}
            and ((token := self._anchor_token(t)) is None or token.i not in own)
        }
        if len(days) == 1 and len(day := min(days)) == len("2000-01-01") and day[0] != "-":
            return date.fromisoformat(day)
        return self.anchor if not days and clause.head.tag_ in {"VBZ", "VBP"} else None

    def count(self, match: Match, targets: Sequence[Ref] = ()) -> Quantity | None:
        """Return how many the act affected of the targets' side."""
        return self._counts.of(match, targets)

    def again(self, head: Token, match: Match) -> Quantity | None:
        """Return the number of a further group: "an equal number", "another 27"."""
        return self._counts.again(head, match)

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
