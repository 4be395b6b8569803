"""Dates in one sentence -> Times as precise as the words and no more. Pure strings; no clock.

Policy: a weekday is the day of publication or the most recent one past, the next one where the
clause speaks of the future; a day and month after by, before, until is the next such day, else
the nearest within six months, and last year's where a past tense tells of a day far ahead.
Without a day of publication, relative dates stay unresolved: they are returned with an empty
value. A stretch of days gets the most precise value that holds it all.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from kg.model import Span, Time
from kg.nlp import date_counts, date_points, date_stretches
from kg.nlp import date_patterns as p
from kg.nlp.date_context import LIMITS, Context, Found
from kg.nlp.periods import Period

_NOTICE = 300  # characters at either end of a text where it may say that it is an old one
_BEHIND = 60  # characters behind such words where the day stands
_FEW = 2  # days on from some day of a month that are of the same month, as far as one can tell
_MAX_TEXT = 200_000


def find(
    text: str,
    anchor: date | None,
    *,
    future: bool | Callable[[int], bool] = False,
    previous: Period | None = None,
) -> list[Time]:
    """Return the dates told in a sentence, in order, not overlapping; spans are into `text`.

    `anchor` is the day of publication. `future` tells (for the sentence, or by offset) whether the
    clause speaks of the future; where it is one answer for the sentence, the nearest verb before
    a date ("told on Tuesday to leave") is looked at too. `modifier` by, before, until or within
    marks a deadline. `previous` is the date told before the text: "the next day" counts from it
    where the text itself tells no earlier date.
    """
    context = Context(text[:_MAX_TEXT], anchor, future, previous)
    found: list[Found] = []
    base = previous  # the last date told: "two days earlier" counts from it
    for each in sorted(_all(context), key=lambda f: (f.start, f.start - f.end, not f.period)):
        if not found or each.start >= found[-1].end:
            resolved = _counted_on(each, base)
            found.append(resolved)
            if resolved.modifier != "within" and context.modifier(each.start) not in LIMITS:
                base = resolved.period or base
    return [_time(each, context) for each in found]


def first_published(text: str, phrases: Sequence[str], known: date | None) -> date | None:
    """Return the day, before `known`, on which a notice says that the text was published first.

    "Originally published on April 29, 2024": at the text's start or its end, the phrase and a
    calendar day with its year right behind it. None where there is no such notice.
    """
    for part in (text[:_NOTICE], text[-_NOTICE:]):
        lower = part.lower()
        places = sorted((lower.find(p), len(p)) for p in phrases if p in lower)
        for at, length in places:
            behind = part[at + length : at + length + _BEHIND]
            for told in find(behind, None):
                exact = len(told.value) == len("2000-01-01") and told.value[0] != "-"
                if exact and (known is None or told.value < known.isoformat()):
                    return date.fromisoformat(told.value)
    return None


def _all(context: Context) -> Iterator[Found]:
    """Yield what every pattern finds; the sorting in `find` settles overlaps."""
    text = context.text
    lower = text.lower()
    for needs, pattern, meaning in _TABLE:
        if not any(need in lower for need in needs):
            continue
        for match in pattern.finditer(text):
            try:
                found = meaning(match, context)
            except (ValueError, OverflowError):  # 30 February, the year 12000
                continue
            if found is not None:
                yield found


def _time(found: Found, context: Context) -> Time:
    period = found.period
    modifier = found.modifier
    if not found.attributive:
        modifier = context.modifier(found.start) or modifier
    if found.modifier == "within":
        modifier = "within"
    return Time(
        value=period.value() if period and not found.value else found.value,
        first=period.first.isoformat() if period else "",
        last=period.last.isoformat() if period else "",
        modifier=modifier,
        anchor=context.anchor.isoformat() if found.relative and period and context.anchor else "",
        span=Span(found.start, found.end),
    )


def _counted_on(each: Found, base: Period | None) -> Found:
    """Resolve "two days earlier", "the following day" from the date told before it."""
    if each.later_of is None or base is None:
        return each
    way, number, unit = each.later_of
    if base.first != base.last and unit in ("hour", "day"):
        near = number <= _FEW and base.value() != ""
        return Found(each.start, each.end, base) if near else each  # that day, as known
    sign = -1 if way == "earlier" else 1
    try:
        period = date_counts.shifted(base.first, sign * number, unit)
    except (ValueError, OverflowError):
        return each
    return Found(each.start, each.end, period)


_Meaning = Callable[[re.Match[str], Context], Found | None]
_DIGIT = tuple("0123456789")
_UNIT = ("hour", "day", "week", "fortnight", "month", "year", "decade")
# Words (lower case) without which a pattern can't match, the pattern, and what it means.
_TABLE: tuple[tuple[tuple[str, ...], re.Pattern[str], _Meaning], ...] = (
    (_DIGIT, p.NUMERIC, date_points.numeric),
    (_DIGIT, p.MONTH_DAY, date_points.days),
    ((*_DIGIT, "first of"), p.DAY_MONTH, date_points.days),
    (("week of", "week beginning", "week starting"), p.WEEK_OF, date_points.week_of),
    (("",), p.PERIOD, date_stretches.period),
    (("quarter", "q1", "q2", "q3", "q4"), p.QUARTER, date_stretches.quarter),
    (("end",), p.YEARS_END, date_stretches.years_end),
    (("day",), p.WEEKDAYS_RANGE, date_points.weekdays),
    (
        (
            "day",
            "tomorrow",
            "night",
            "morning",
            "noon",
            "evening",
            "previous",
            "following",
            "next",
            "hours",
        ),
        p.NEAR_DAY,
        date_points.near_day,
    ),
    (("ago", "earlier", "later", "before", "after that", "prior"), p.AGO, date_counts.ago),
    (_UNIT, p.WITHIN, date_counts.within),
    (("last", "past", "previous"), p.RECENT, date_counts.recent),
    ((" to ", "which", "from", "starting"), p.ALLOWED, date_counts.allowed),
    (("giv", "gave", "grant", "allow"), p.GIVEN, date_counts.allowed),
    (("with",), p.GRANTED, date_counts.allowed),
    (("deadline", "ultimatum", "notice", "period", "window"), p.NOTICE, date_counts.allowed),
    (("st", "nd", "rd", "th"), p.NTH, date_points.nth),
    (_DIGIT, p.YEAR_RANGE, date_stretches.year_range),
    (("0s", "0's"), p.DECADE, date_stretches.decade),
    (("christmas", "boxing", "new year"), p.HOLIDAY, date_points.holiday),
)
