"""Counted dates: three days ago, within 72 hours, the past two weeks, a 48-hour ultimatum."""

import re
from datetime import date, timedelta

from kg.nlp import periods
from kg.nlp.date_context import Context, Found
from kg.nlp.numerals import words_value
from kg.nlp.periods import Period

# "the first visit in three years" is a duration, not a date.
_RANKED = re.compile(
    r"(?i)\b(?:first|second|third|most|least|worst|best|highest|lowest|times?|largest|biggest)"
    r"(?: \w{1,20}){0,3}\Z"
)


def _count(words: str | None) -> int | None:
    """Return the number in "72", "two", "a", "a couple of"; None for "several", "a few"."""
    bare = (words or "").casefold().strip()
    if bare.isdigit():
        return int(bare)
    if "couple" in bare:
        return 2
    if bare in ("a", "an"):
        return 1
    return words_value(bare)


def shifted(base: date, number: int, unit: str) -> Period:
    """Return the day, week, month or year that lies `number` units from `base`."""
    if unit in ("hour", "day"):
        return periods.day(base + timedelta(number if unit == "day" else -(-number // 24)))
    if unit in ("week", "fortnight"):
        there = base + timedelta(weeks=number * (2 if unit == "fortnight" else 1))
        return periods.week(there)
    if unit == "month":
        return periods.month(base.year, base.month + number)
    return periods.year_of(base.year + number * (10 if unit == "decade" else 1))


def unit_at(unit: str, step: int, anchor: date) -> Period:
    """Return the week, month, year, season … that lies `step` from that of the anchor."""
    if unit == "day":
        return periods.day(anchor + timedelta(step))
    if unit == "week":
        return periods.week(anchor, step)
    if unit == "weekend":
        return periods.weekend(anchor, step)
    if unit == "month":
        return periods.month(anchor.year, anchor.month + step)
    if unit == "quarter":
        return periods.quarter(anchor.year, (anchor.month - 1) // 3 + 1 + step)
    if unit == "year":
        return periods.year_of(anchor.year + step)
    if unit == "decade":
        start = anchor.year // 10 * 10 + 10 * step
        return Period(date(start, 1, 1), date(start + 9, 12, 31))
    seasons = [periods.season(unit, anchor.year + n) for n in (-2, -1, 0, 1, 2)]
    if step < 0:
        return [s for s in seasons if s.last < anchor][-1]
    if step > 0:
        return next(s for s in seasons if s.first > anchor)
    return [s for s in seasons if s.first <= anchor or s.first.year == anchor.year][-1]


def ago(match: re.Match[str], context: Context) -> Found | None:
    number, unit, way = _count(match["n"]), match["unit"], match["way"]
    start, end = match.span()
    if number is None:
        return None
    if way != "ago":
        way = "earlier" if way in ("earlier", "before", "prior") else "later"
        return Found(start, end, relative=True, later_of=(way, number, unit))
    if context.anchor is None:
        return Found(start, end, relative=True)
    period = shifted(context.anchor, -number, unit)
    about = "" if unit in ("hour", "day") and not match["about"] else "about"
    return Found(start, end, period, modifier=about, relative=True)


def trailing(start: int, end: int, number: int, unit: str, anchor: date) -> Found:
    """The last two weeks, the past year: from then to the day of publication."""
    if unit in ("month", "year", "decade", "quarter"):
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        first = periods.months_from(anchor, -number * months)
    elif unit in periods.SEASONS or unit == "weekend":
        return Found(start, end, unit_at(unit, -1, anchor), relative=True)
    else:
        first = anchor - timedelta(_in_days(number, unit))
    return Found(start, end, Period(first, anchor), relative=True)


def _in_days(number: int, unit: str) -> int:
    return (
        -(-number // 24) if unit == "hour" else number * {"week": 7, "fortnight": 14}.get(unit, 1)
    )


def _limit(
    start: int, end: int, number: int | None, unit: str, anchor: date | None
) -> Found | None:
    """A deadline counted from the day of publication: its last day."""
    if number is None:
        return None
    if anchor is None:
        return Found(start, end, modifier="within", relative=True)
    if unit in ("month", "year", "decade"):
        months = number * {"month": 1, "year": 12, "decade": 120}[unit]
        last = periods.months_from(anchor, months)
    else:
        last = anchor + timedelta(_in_days(number, unit))
    return Found(start, end, Period(anchor, last), last.isoformat(), "within", relative=True)


def within(match: re.Match[str], context: Context) -> Found | None:
    """within 72 hours, in the next 10 days; "in two weeks" only where the future is meant."""
    lead = match["lead"].casefold()
    number = _count(match["n"])
    if lead == "in" and not match["time"]:
        before = context.text[max(0, match.start() - 60) : match.start()].rstrip()
        if _RANKED.search(before) or not context.ahead(match.start()):
            return None
    if lead == "in" and number and context.anchor:
        period = shifted(context.anchor, number, match["unit"])
        about = "" if match["unit"] in ("hour", "day") else "about"
        return Found(*match.span(), period, modifier=about, relative=True)
    if lead == "for the next":
        return None
    return _limit(*match.span(), number, match["unit"], context.anchor)


def recent(match: re.Match[str], context: Context) -> Found | None:
    number = 1 if match["n"] is None else _count(match["n"])
    if number is None:
        return None
    if context.anchor is None:
        return Found(*match.span(), relative=True)
    return trailing(*match.span(), number, match["unit"], context.anchor)


def allowed(match: re.Match[str], context: Context) -> Found | None:
    """gave them 72 hours to leave, had a week to close; a 48-hour ultimatum."""
    return _limit(*match.span("core"), _count(match["n"]), match["unit"], context.anchor)
