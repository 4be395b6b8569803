"""The day and the deadline of an act: which of the times told in its sentence are its own."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.model import Span, Time
from kg.nlp.numerals import WORDS, words_value
from kg.nlp.time_owners import TimeOwners
from kg.nlp.times import DEADLINE
from kg.nlp.triggers import Match

_APART = frozenset(
    {"after", "before", "when", "since", "because", "as", "while", "once", "until", "if", "unless"}
)
_ABOUT = frozenset({"to", "for", "after", "over", "following", "despite", "against", "amid"})
_WHICH = frozenset({"which", "who", "whose"})
_ISO_DAY = len("2000-01-01")
_DAY = 24  # hours
_COUNTED_FROM = re.compile(
    rf"(?:\b(?P<n>\d{{1,3}}|an?|{WORDS}) )?\b(?P<unit>hour|day)s? (?:after|before)\Z", re.IGNORECASE
)


def _number(words: str) -> int | None:
    """Return the value of an article, or of a number in digits or words; None where it is none."""
    bare = words.lower()
    return int(bare) if bare.isdigit() else 1 if bare in {"a", "an"} else words_value(bare)


class ActTimes(TimeOwners):
    """The times of acts of one document; offsets in what it returns count the Doc's characters."""

    def times(self, sentence: DocSpan) -> list[Time]:
        """Return the dates told in a sentence."""
        return self._told.of(sentence)

    def split(
        self, match: Match, others: Sequence[Match], *, takes_deadline: bool
    ) -> tuple[Time | None, Time | None]:
        """Return (date, deadline) of the act: times of its own clause, not of another act's.

        Each time belongs to the nearest trigger below whose clause it stands; one with by, before,
        until or within is a deadline where the type can have one.
        """
        own = self._own(match, others)
        limits = [t for t in own if t.modifier in DEADLINE]
        days = [t for t in own if t.modifier not in DEADLINE]
        if not limits and days and not self._is_over(days) and self._departs(days[0], match):
            limits, days = days[:1], days[1:]
        day = self._finest(days, match) if days else None
        deadline = limits[0] if limits and takes_deadline else None
        if day is None:
            day = self._before_or_after(match) or self._shared(match, others)
            if day is not None and deadline is not None and day.span == deadline.span:
                day = None
        if deadline is None and takes_deadline:
            deadline = self._given_them(match, others)
        return day, deadline

    def _is_over(self, days: Sequence[Time]) -> bool:
        """Tell whether the one time told is past: "told to leave in April", in May, dates the order."""
        return len(days) == 1 and self.anchor is not None and days[0].last < self.anchor.isoformat()

    def _own(self, match: Match, others: Sequence[Match]) -> list[Time]:
        """Return the times of the sentence that tell of this act, in text order."""
        mine = {t.i for t in (match.trigger, *match.verbs)}
        own = []
        for time in self.times(match.trigger.sent):
            if not time.value or time.modifier == "since" or self._names_another(time, match):
                continue
            owner = self._owner(time, match, others)
            took = time.modifier == "within" and self._took(time, match)
            other = took or self._is_apart(time, match) or self._is_of_what_is_said(time, match)
            if (owner is None or owner.i in mine) and not other:
                own.append(time)
        return own

    def _is_of_what_is_said(self, time: Time, match: Match) -> bool:
        """Tell whether a month or year dates what words are about: "accused it of a raid *in 2002*"."""
        if match.type.frame != "SpeechAct" or len(time.value) >= _ISO_DAY or not match.verbs:
            return False
        word = self.anchor_token(time)
        for _ in range(10):
            if word is None or word == match.trigger or word.head == word:
                return False
            if word in match.verbs:
                return time.modifier not in DEADLINE
            word = word.head
        return False

    def _finest(self, days: Sequence[Time], match: Match) -> Time:
        """Return the first day of the act's own clause, else the first of all, or a finer one.

        "Arrived on Wednesday and met him the next day"; "was expelled a week ago, on 7 May".
        """
        clause = self.syntax.clause_head(match.trigger)
        days = [t for t in days if t.modifier != "from"] or days
        own = [t for t in days if self._is_told_with(t, clause)]
        if (
            not own and self.syntax.role_of(clause) == "conjunct"
        ):  # "left it and will go, he said *today*"
            own = [t for t in days if not self._is_told_with(t, clause.head)]
        first = own[0] if own else days[0]
        finer = (
            t
            for t in days
            if len(t.value) > len(first.value) and first.first <= t.first <= t.last <= first.last
        )
        return next(finer, first)

    def _is_told_with(self, time: Time, clause: Token) -> bool:
        """Tell whether the day stands in the clause itself, not in "over the raid on Friday" there."""
        word = self.anchor_token(time)
        if word is None or self.syntax.clause_head(word) != clause:
            return False
        while word not in (clause, word.head):
            word = word.head
            if word != clause and any(c.lower_ in _ABOUT and c.i < word.i for c in word.lefts):
                return False
        return True

    def _is_apart(self, time: Time, match: Match) -> bool:
        """Tell whether the time stands in a clause below the act's that tells why, when or if.

        "Withdrew its envoys because Doha would have stripped them of immunity *by May 20*".
        """
        word = self.anchor_token(time)
        own = {t.i for t in (match.trigger, *match.verbs)}
        for _ in range(10):
            if word is None or word.i in own or word.head == word:
                return False
            if word.i > match.trigger.i and any(
                m.lower_ in _APART for m in self.syntax.markers(word)
            ):
                return True
            told = self.syntax.own_subject(word) if self.syntax.is_verbal(word) else None
            relative = self.syntax.role_of(word) == "adnominal" and told is not None
            relative = (
                relative and time.modifier not in DEADLINE
            )  # "consuls, who must go *by May 9*"
            beside = told is not None and told.lower_ in _WHICH and word.head.i in own
            if beside and time.modifier not in DEADLINE and word.i > match.trigger.i:
                return True  # "gave Peru rice, which was hungry *in May*", hung on the verb
            if relative and self.syntax.is_verbal(match.trigger) and word.head.i not in own:
                return True  # "Peru, which took them in *in May*, accuses Chile"
            word = word.head
        return False

    def _given_them(self, match: Match, others: Sequence[Match]) -> Time | None:
        """Return the term set to those that the act is about.

        "declared two attachés unwanted and gave them 72 hours", "demanded that it cut its staff by
        Friday": the term stands in a clause that goes with the act's, on a pronoun or with no
        actor of its own.
        """
        terms = [t for t in self.times(match.trigger.sent) if t.value and t.modifier in DEADLINE]
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
            if t.value
            and t.modifier not in DEADLINE | {"since"}
            and not self._names_another(t, match)
            and not (t.span and t.span.end < match.trigger.idx and self._is_apart(t, match))
        ]
        if len({t.value for t in days}) != 1:  # the dateline's day and its weekday are one
            return None
        days = days[-1:]
        owner = self._owner(days[0], match, others)
        if owner is None:
            return None
        ends = owner == match.trigger.head and self.reference.is_cue(owner, "undoingVerb")
        if ends or (owner == match.trigger and self._is_apart(days[0], match)):
            return None  # "lifted the ban *in May*": the ban was imposed before
        mine, theirs = self.syntax.clause_head(match.trigger), self.syntax.clause_head(owner)
        dated = self.anchor_token(days[0])
        if dated is not None and mine != theirs:  # "said on Friday that they must go, and accused"
            told = self.syntax.clause_head(dated)
            if self.syntax.role_of(mine) == "conjunct" and self._goes_with(mine, told):
                return days[0]
        if match.type.frame == "SpeechAct" and len(days[0].value) < _ISO_DAY and mine != theirs:
            return days[0] if self._goes_with(mine, theirs) else None
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
            and t.modifier not in DEADLINE | {"since"}
            and ((token := self.anchor_token(t)) is None or token.i not in own)
        }
        if len(days) == 1 and len(day := min(days)) == len("2000-01-01") and day[0] != "-":
            return date.fromisoformat(day)
        return self.anchor if not days and clause.head.tag_ in {"VBZ", "VBP"} else None
