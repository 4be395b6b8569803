"""The dates told in an article's sentences, as their clauses and the sentences before decide them."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.model import Span, Time
from kg.nlp import dates
from kg.nlp.periods import Period
from kg.nlp.reference import Reference

DEADLINE = frozenset({"by", "before", "until", "within", "till"})
_AHEAD = frozenset({"will", "'ll", "’ll", "would", "shall", "may", "might", "must", "should"})
_DUE = frozenset({"due", "expect", "schedule", "set", "plan", "slate"})
_TERMS = frozenset({"hour", "day", "week", "month"})
_PAST = frozenset({"following", "after"})
_SET = frozenset({"for", "before", "eve", "ahead"})
_ISO_DAY = len("2000-01-01")
_YEAR = len("2000")  # what happened "hours later" than in some year is of no day of it
_OLD = timedelta(14)  # a piece that reports what was said longer ago is an old one
_RECENT = 60  # days within which what happened is news
_REACH = 3  # sentences back within which "the next day" has its day


def _day_first(time: Time) -> tuple[bool, int]:
    """Order dates of one sentence: days before stretches, the last told first."""
    return len(time.value) != _ISO_DAY, -time.span.start if time.span is not None else 0


def _is_open(times: Sequence[Time]) -> bool:
    """Tell whether a date counts from one told before: "the following month"."""
    return any(not t.value and t.span is not None for t in times)


def appointed(token: Token, nouns: Container[str]) -> bool:
    """Tell whether a day is what something is set for: "flew in *for talks Thursday* with".

    The day stands right behind one of the nouns (of `nouns`), that behind for, before, ahead of
    or on the eve of.
    """
    start = token.sent.start
    at = next((i for i in range(token.i - 1, start - 1, -1) if token.doc[i].lower_ != "on"), start)
    noun = token.doc[at]
    if at >= token.i or noun.lemma_.lower() not in nouns:
        return False
    first = noun.left_edge.i
    return any(t.lower_ in _SET for t in token.doc[max(start, first - 2) : first + 1])


class Times:
    """The dates of one document's sentences; offsets in what it returns count the Doc's characters."""

    def __init__(self, reference: Reference, anchor: date | None) -> None:
        self.reference, self.syntax = reference, reference.syntax
        self.anchor = anchor
        self._held = frozenset(reference.lexicon.cues.get("appointedNoun", ()))
        self._times: dict[int, list[Time]] = {}

    def of(self, sentence: DocSpan) -> list[Time]:
        """Return the dates told in a sentence."""
        if sentence.start not in self._times:
            future = self._future(sentence)
            found = dates.find(sentence.text, self.anchor, future=future)
            said = self._said_on(found, sentence)
            previous = self._told_before(sentence) if _is_open(found) else None
            if said is not None or previous is not None:
                day = date.fromisoformat(said.value) if said is not None else self.anchor
                again = dates.find(sentence.text, day, future=future, previous=previous)
                # "said last night": that night counts from the day of publication, all else from it
                own = {said.span: said} if said is not None else {}
                found = [own.get(t.span, t) for t in again]
            base = sentence.start_char
            self._times[sentence.start] = [
                replace(t, span=Span(t.span.start + base, t.span.end + base))
                for t in found
                if t.span is not None
            ]
        return self._times[sentence.start]

    def is_recent(self, sentence: DocSpan, offset: int) -> bool:
        """Tell whether a date told at this character is of the last weeks: "in the past 24 hours"."""
        return any(
            t.span is not None
            and t.span.start <= offset < t.span.end
            and bool(t.first)
            and self.anchor is not None
            and (self.anchor - date.fromisoformat(t.first)).days <= _RECENT
            for t in self.of(sentence)
        )

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
                exact = len(time.first) == len(time.last) == _ISO_DAY and len(time.value) > _YEAR
                if exact and time.value and time.modifier not in DEADLINE:
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
            if appointed(token, self._held):
                return True
            verb = self.syntax.clause_head(token)
            if self._is_past(token, verb):
                return False  # "goes back to May 5, when it closed the border"
            if self._is_behind(token, verb):
                return False  # "agreed to reopen it, following a meeting on Friday"
            words = {t.lower_ for t in self.syntax.auxiliaries(verb)}
            due = {verb.lemma_.lower(), *(t.lower_ for t in verb.children)} & _DUE
            if words & _AHEAD or due:
                return True
            if self.syntax.infinitive(verb):
                if any(t.lemma_.lower() in _TERMS for t in (verb.head, *verb.head.children)):
                    return False  # "gave her a week to leave on Wednesday"
                return token.head.pos_ not in {"NOUN", "PROPN"} or token.head == verb
            if verb.tag_ == "VBG" and words & {"is", "are", "'s", "'re"}:
                return True  # "is sending them home at the end of June"
            present = verb.tag_ in {"VBZ", "VBP"} and not words
            return present and verb.lemma_.lower() not in self.reference.lexicon.cues.get(
                "reportingVerb", ()
            )

        return ahead

    def _is_past(self, token: Token, verb: Token) -> bool:
        """Tell whether the words say of the date itself that it is over: "back to", "when it closed"."""
        back = any(c.lower_ == "back" and c.i < token.i for c in verb.children)
        modal = any(a.tag_ == "MD" for a in self.syntax.auxiliaries(verb))
        when = any(c.i > token.i and c.tag_ == "VBD" for c in token.children)
        return when or (back and not modal and verb.tag_ in {"VBZ", "VBP"})

    def _is_behind(self, token: Token, verb: Token) -> bool:
        """Tell whether the date stands in a phrase with following or after, below the verb."""
        word = token
        for _ in range(5):
            if word == verb or word.head == word:
                return False
            if any(c.lower_ in _PAST and c.i < token.i for c in word.lefts):
                return True
            word = word.head
        return False

    def _said_on(self, found: Sequence[Time], sentence: DocSpan) -> Time | None:
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
            if self.anchor is None or time.first > (self.anchor - _OLD).isoformat():
                continue  # of these days: "yesterday" is the day before publication all the same
            if "year" in sentence.text[time.span.start : time.span.end]:
                continue  # "October 2 last year" is history
            shifted = replace(
                time,
                span=Span(
                    time.span.start + sentence.start_char, time.span.end + sentence.start_char
                ),
            )
            token = self.anchor_token(shifted)
            if token is not None and token.head.lemma_.lower() in reporting:
                return time
        return None

    def anchor_token(self, time: Time) -> Token | None:
        if time.span is None:
            return None
        span = self.reference.doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
        return span.root if span is not None else None
