"""What the sentences around an act say of its day and its term.

"The envoy was called in. He was told on Friday …": an act without a day of its own has the day of
the story that it goes on with; "the decision was taken on Monday" and "they have 72 hours" tell of
the act before them. Applied to merged acts: nothing told of an act itself is replaced.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Time
from kg.nlp import dates
from kg.nlp.date_patterns import WEEKDAYS
from kg.nlp.drafts import Draft, counted_from
from kg.nlp.fields import Fields
from kg.nlp.reference import Reference
from kg.nlp.times import DEADLINE

_REACH = 2  # sentences back from which a day is taken over
_DAY = len("2000-01-01")
_THEM = frozenset({"they", "both", "all", "each", "two", "three", "four", "pair", "trio", "duo"})
_THESE = frozenset({"the", "this", "these", "that", "those", "its", "their"})
_PRESENT = frozenset({"VBZ", "VBP"})


class Discourse:
    """Days and terms told around the acts of one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon, fields: Fields) -> None:
        self.reference, self.lexicon, self.fields = reference, lexicon, fields
        self.doc, self.syntax = reference.doc, reference.syntax
        self._departures = frozenset(lexicon.cues.get("departureType", ()))
        self._termed = self._departures | frozenset(lexicon.cues.get("missionType", ()))
        self._limits = frozenset(lexicon.cues.get("limitNoun", ()))
        self._concerned = frozenset(lexicon.cues.get("concernedNoun", ()))
        self._pointing = frozenset(lexicon.cues.get("pointingNoun", ()))

    def complete(self, drafts: Sequence[Draft], headlines: Sequence[tuple[int, int]]) -> None:
        """Give acts the day and term told beside them; headlines are in characters of the Doc."""
        body = [
            t.sent.start
            for d in drafts
            for t in d.triggers
            if not any(start <= t.idx < end for start, end in headlines)
        ]
        lead = min(body, default=-1)
        for draft in drafts:
            if draft.date is None and draft.modality == "actual" and not draft.background:
                draft.date = (
                    self._pointed(draft) or self._going_on(draft) or self._today(draft, lead)
                )
            if draft.deadline is None and draft.type in self._termed:
                draft.deadline = self._term(draft)
            draft.deadline = after(draft.date, counted_from(draft.date, draft.deadline))
            draft.deadline = self._weekday_after(draft.date, draft.deadline)

    # ---------------------------------------------------------------- days

    def _pointed(self, draft: Draft) -> Time | None:
        """Read "The decision was taken on Monday", behind the act."""
        if "Measure" not in draft.match.type.ancestors:
            return None
        if not any(self._is_main(t) for t in draft.triggers):
            return None
        for verb in [t for s in self._behind(draft) for t in s]:
            if not self.syntax.is_verbal(verb):
                continue
            words = [self.syntax.own_subject(verb), *self.syntax.objects(verb)]
            if any(w is not None and self._is_pointer(w) for w in words):
                return self._day_of(verb.sent, verb)
        return None

    def _day_of(self, sentence: DocSpan, verb: Token) -> Time | None:
        """Return the exact day that the verb's own clause tells."""
        for day in self._days(sentence):
            token = self.fields.anchor_token(day)
            if token is not None and self.syntax.clause_head(token) == verb:
                return day if len(day.value) == _DAY and day.value[0] != "-" else None
        return None

    def _is_pointer(self, noun: Token) -> bool:
        led = {t.lower_ for t in noun.lefts} & _THESE
        return noun.lemma_.lower() in self._pointing and bool(led)

    def _going_on(self, draft: Draft) -> Time | None:
        """Return the day of the sentence before, where the act goes on with its story."""
        word = draft.trigger
        told = [t for t in self.fields.times(word.sent) if t.modifier not in DEADLINE]
        if draft.headline or told or not self._narrates(word):
            return None
        codes = {*draft.actor_codes(), *draft.target_codes()}
        sentence = word.sent
        for _ in range(_REACH):
            if sentence.start == 0:
                return None
            before = self.doc[sentence.start - 1].sent
            gap = self.reference.text[before.end_char - 1 : sentence.start_char + 1]
            if "\n" in gap and not self._continues(word.sent):
                return None  # another paragraph
            sentence = before
            if self._days(sentence):
                parties = {
                    c
                    for m in self.reference.mentions
                    if sentence.start <= m.start < sentence.end
                    for c in m.codes
                }
                return self._only_day(sentence) if codes & parties else None
        return None

    def _continues(self, sentence: DocSpan) -> bool:
        """Tell whether the sentence goes on with whoever acted before: "he gave"."""
        subject = self.syntax.own_subject(sentence.root)
        return subject is not None and subject.lower_ in {"he", "she", "it", "they"}

    def _is_main(self, word: Token) -> bool:
        """Tell whether the act is what its sentence tells: not in a clause of before or why."""
        return self._main(word) is not None

    def _main(self, word: Token) -> Token | None:
        """Return the main clause that tells the act, None if it is told in another clause."""
        clause = self.syntax.clause_head(word)
        for _ in range(4):
            if clause.head == clause:
                return clause
            if self.syntax.role_of(clause) not in {"conjunct", "complement"}:
                return None
            clause = clause.head
        return clause if clause.head == clause else None

    def _narrates(self, word: Token) -> bool:
        """Tell whether the sentence tells the act as done: in the past, or "has been"."""
        clause = self._main(word)
        if clause is None:
            return False
        helpers = self.syntax.auxiliaries(clause)
        tags = {clause.tag_, *(a.tag_ for a in helpers)}
        been = {a.lower_ for a in helpers} >= {"have", "been"}
        return been or ("VBD" in tags and not any(a.lower_ == "had" for a in helpers))

    def _today(self, draft: Draft, lead: int) -> Time | None:
        """Return the day of publication for the news of a first sentence in the present tense."""
        anchor = self.fields.anchor
        word = next((t for t in draft.triggers if t.sent.start == lead), None)
        if anchor is None or word is None or "Measure" not in draft.match.type.ancestors:
            return None
        clause = self.syntax.clause_head(word)
        while self.syntax.role_of(clause) in {"conjunct", "complement"}:
            clause = clause.head
        helpers = self.syntax.auxiliaries(clause)
        going_on = any(a.tag_ in _PRESENT for a in helpers) and any(
            t.tag_ == "VBG" for t in (clause, *helpers)
        )
        if not going_on or clause.head != clause or self._days(word.sent):
            return None
        day = anchor.isoformat()
        return Time(day, day, day, "", day, None)

    def _days(self, sentence: DocSpan) -> list[Time]:
        return [
            t
            for t in self.fields.times(sentence)
            if t.value and t.modifier not in DEADLINE | {"since"}
        ]

    def _only_day(self, sentence: DocSpan) -> Time | None:
        """Return the one exact day that the main clause of the sentence tells, not one to come."""
        days = {}
        for day in self._days(sentence):
            token = self.fields.anchor_token(day)
            clause = self.syntax.clause_head(token) if token is not None else sentence.root
            if clause == sentence.root or self.syntax.role_of(clause) == "conjunct":
                days[day.value] = day
        if len(days) != 1:
            return None
        day = next(iter(days.values()))
        anchor = self.fields.anchor
        if len(day.value) != _DAY or day.value.startswith("-"):
            return None
        return day if anchor is None or date.fromisoformat(day.value) <= anchor else None

    # ---------------------------------------------------------------- terms

    def _weekday_after(self, day: Time | None, deadline: Time | None) -> Time | None:
        """Take "by Monday" for the first one after the act, not after the day of publication."""
        if day is None or deadline is None or deadline.span is None or not deadline.anchor:
            return deadline
        words = self.reference.text[deadline.span.start : deadline.span.end].lower().split()
        if len(day.value) != _DAY or day.value[0] == "-" or words[:1] != words[-1:]:
            return deadline
        if words[0] not in WEEKDAYS or len(deadline.value) != _DAY:
            return deadline
        start, end = date.fromisoformat(day.last), date.fromisoformat(deadline.value)
        value = (end - timedelta((end - start).days // 7 * 7)).isoformat()
        return replace(deadline, value=value, first=value, last=value) if end > start else deadline

    def _term(self, draft: Draft) -> Time | None:
        """Read "They have 72 hours", "The diplomats must be gone by Friday", behind the act."""
        if draft.modality not in {"actual", "planned"}:
            return None
        for following in self._behind(draft):
            told = [t for t in self.fields.times(following) if t.value]
            terms = [t for t in told if t.modifier in DEADLINE and self._is_theirs(t, draft)]
            subject = self.syntax.own_subject(following.root)
            if not terms and subject is not None and self._means_them(subject, draft):
                words = following.text.strip(" .\n")  # "They have 72 hours": to leave
                counted = dates.find(f"{words} to leave", self.fields.anchor)
                terms = [t for t in counted if t.modifier == "within" and t.value]
            if not terms and subject is not None and subject.lemma_.lower() in self._limits:
                since = draft.date.value if draft.date is not None else ""
                terms = [t for t in told if len(t.value) == _DAY and t.value > since]
            if len({t.value for t in terms}) == 1:
                return terms[0]
        return None

    def _is_theirs(self, term: Time, draft: Draft) -> bool:
        """Tell whether the term is set in a clause about those concerned, or one it belongs to."""
        word = self.fields.anchor_token(term)
        for _ in range(4):
            if word is None:
                return False
            clause = self.syntax.clause_head(word)
            subject = self.syntax.own_subject(clause)
            if subject is not None:
                return self._means_them(subject, draft)
            if clause.head == clause:
                return False
            word = clause.head
        return False

    def _means_them(self, subject: Token, draft: Draft) -> bool:
        """Tell whether the words mean who is sent away, or the mission that is shut or cut."""
        these = bool({t.lower_ for t in subject.lefts} & _THESE)
        if draft.type not in self._departures:
            return these and self.reference.is_class(subject, "mission")
        people = subject.lemma_.lower() in self._concerned or subject.pos_ == "NUM"
        return subject.lower_ in _THEM or (
            these and (people or self.reference.is_class(subject, "staff"))
        )

    def _behind(self, draft: Draft) -> list[DocSpan]:
        """Return the sentences right behind those that tell the act."""
        found: dict[int, DocSpan] = {}
        for word in draft.triggers:
            following = self._next(word.sent)
            if following is not None:
                found.setdefault(following.start, following)
        return list(found.values())

    def _next(self, sentence: DocSpan) -> DocSpan | None:
        return self.doc[sentence.end].sent if sentence.end < len(self.doc) else None


def after(day: Time | None, deadline: Time | None) -> Time | None:
    """Take the year of a deadline told without one from the act: the first such day after it."""
    if day is None or deadline is None or not deadline.anchor or deadline.modifier == "within":
        return deadline
    if len(deadline.value) != _DAY or not day.last or deadline.value.startswith("-"):
        return deadline
    start, end = date.fromisoformat(day.last), date.fromisoformat(deadline.value)
    try:
        near = end.replace(year=start.year)
        near = near if near >= start else end.replace(year=start.year + 1)
    except ValueError:  # 29 February
        return deadline
    if near >= end:
        return deadline
    value = near.isoformat()
    return replace(deadline, value=value, first=value, last=value, anchor=day.last)
