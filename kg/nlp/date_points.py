"""Days: calendar dates, weekdays, yesterday, the 5th, holidays. Meanings of patterns."""

import re
from datetime import date, timedelta

from kg.nlp import date_patterns as p
from kg.nlp import periods
from kg.nlp.date_context import LIMITS, NEXT, PAST, Context, Found
from kg.nlp.periods import Period

_NEAR = 60  # days: a day told in the past tense that lies further ahead was last year's
_SOON = 300  # days: a deadline that lies further ahead than this has just passed instead


def month_number(name: str) -> int:
    return p.MONTHS[name.rstrip(".").casefold()]


def day_number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits) or 1)  # "the first of June"


def _year_told(start: int, context: Context) -> int | None:
    """Return the year told last before the place, in the text or before it."""
    told = re.findall(rf"\b{p.YEAR}", context.text[:start])
    if told:
        return int(told[-1])
    return context.previous.first.year if context.previous is not None else None


def year_beside(match: re.Match[str], context: Context) -> int | None:
    """Return the year that follows the date: written out, or next/last/this year."""
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    relation = groups.get("rely")
    if relation in (
        "that",
        "the same",
        "that same",
    ):  # "in 2019 they quarrelled; in March of that year …"
        return _year_told(match.start(), context)
    if not relation or context.anchor is None:
        return None
    step = {"last": -1, "this": 0}.get(relation, 1)
    return context.anchor.year + step


def _in_year(
    month: int, day: int, match: re.Match[str], context: Context
) -> tuple[date | None, bool]:
    """Return the day (None where its year can't be told) and whether it was counted."""
    year = year_beside(match, context)
    if year is not None:
        return date(year, month, day), not match.groupdict().get("y")
    date(2000, month, day)  # raises for 31 June
    anchor = context.anchor
    if anchor is None or match.groupdict().get("rely"):
        return None, True
    reach = 6 if match.groupdict().get("wd") else 1
    days = [
        date(y, month, day)
        for y in range(anchor.year - reach - 3, anchor.year + reach + 4)
        if (month, day) != (2, 29) or (y % 4 == 0 and (y % 100 != 0 or y % 400 == 0))
    ]
    if weekday := match.groupdict().get("wd"):
        number = p.WEEKDAYS[weekday.rstrip(".").casefold()]
        days = [d for d in days if d.weekday() == number and abs(d.year - anchor.year) <= 6] or days
    nearest = min(days, key=lambda d: (abs((d - anchor).days), d))
    following = min((d for d in days if d >= anchor), default=nearest)
    if context.behind(match.start()):
        return max((d for d in days if d <= anchor), default=nearest), True
    if context.modifier(match.start()) in LIMITS:
        return (following if (following - anchor).days <= _SOON else nearest), True
    if context.ahead(match.start()):
        return following, True
    far = (nearest - anchor).days > _NEAR
    past = far and context.told_as_past(match.start())
    return (max((d for d in days if d <= anchor), default=nearest) if past else nearest), True


def days(match: re.Match[str], context: Context) -> Found | None:
    """December 1, 1 December 2021, March 3-5, 30 March to 2 April, July 1 next year."""
    groups = match.groupdict()
    month = month_number(groups["m"])
    first_day = day_number(groups["d"])
    last_name = groups.get("m2") or groups.get("m3")
    last_month = month_number(last_name) if last_name else month
    last_day = day_number(groups.get("d3") or groups.get("d2") or groups["d"])
    first, counted = _in_year(month, first_day, match, context)
    start, end = match.span()
    if first is None:
        value = f"--{month:02}-{first_day:02}"
        return Found(start, end, value=value, relative=True)
    year = first.year
    if (month, first_day) > (last_month, last_day):  # December 30 to January 2
        year += 1
        if groups.get("y"):
            first, year = first.replace(year=first.year - 1), first.year
    return Found(start, end, Period(first, date(year, last_month, last_day)), relative=counted)


def numeric(match: re.Match[str], context: Context) -> Found | None:
    """2021-12-01, 2021/12/01, 01.12.2021; 12/25/2021 only where one reading is possible."""
    if match["y"]:
        at = date(int(match["y"]), int(match["m"]), int(match["d"]))
        return Found(*match.span(), periods.day(at))
    one, two, year = int(match["a"]), int(match["b"]), int(match["y2"])
    if match["s2"] == "." or one > 12 or one == two:
        return Found(*match.span(), periods.day(date(year, two, one)))
    if two > 12:
        return Found(*match.span(), periods.day(date(year, one, two)))
    return Found(*match.span(), periods.year_of(year))  # either day: only the year is sure


def weekdays(match: re.Match[str], context: Context) -> Found | None:
    """Wednesday, last Friday, next Monday, Monday to Wednesday, Friday last week."""
    start, end = match.span()
    anchor = context.anchor
    if anchor is None:
        return Found(start, end, relative=True)
    first = _weekday(p.WEEKDAYS[match["w"].casefold()], match, context, anchor)
    if not match["w2"]:
        return Found(start, end, periods.day(first), relative=True)
    last = first + timedelta((p.WEEKDAYS[match["w2"].casefold()] - first.weekday()) % 7)
    if last > anchor >= first and not context.ahead(start) and not match["rel"]:
        first, last = first - timedelta(7), last - timedelta(7)
    return Found(start, end, Period(first, last), relative=True)


def _weekday(number: int, match: re.Match[str], context: Context, anchor: date) -> date:
    back = (anchor.weekday() - number) % 7
    on = (number - anchor.weekday()) % 7
    relation = (match["rel"] or "").casefold()
    tail = (match["tail"] or "").casefold().strip()
    if tail:
        step = {"last week": -1, "next week": 1, "this week": 0}.get(tail)
        if step is None:  # "Friday week"
            return anchor + timedelta(on + 7)
        return periods.week(anchor, step).first + timedelta(number)
    if relation == "a week on":
        return anchor + timedelta(on + 7)
    if relation in ("coming", "the coming", "this coming", "upcoming"):
        return anchor + timedelta(on or 7)
    if relation in NEXT:
        return periods.week(anchor, 1).first + timedelta(number)
    if relation in PAST:
        return anchor - timedelta(back or 7)
    if relation == "this":
        return periods.week(anchor).first + timedelta(number)
    if context.modifier(match.start()) in LIMITS or context.ahead(match.start()):
        return anchor + timedelta(on)
    return anchor - timedelta(back)


def _unit(words: str) -> str:
    """Return the unit of "the next week", "the following morning": parts of a day are days."""
    unit = words.split()[2]
    return unit if unit in ("week", "month", "year") else "day"


def _that_day(match: re.Match[str], words: str, context: Context) -> Found:
    """The same day, that night, hours later; "the same October day" is in October at least."""
    named = next((p.MONTHS[w] for w in words.split() if w in p.MONTHS), 0)
    whole = None
    if named and context.anchor:
        whole = periods.month(context.anchor.year - (named > context.anchor.month), named)
    return Found(*match.span(), whole, "", "", True, True, ("later", 0, "day"))


def near_day(match: re.Match[str], context: Context) -> Found | None:
    word = match["word"].casefold()
    if word.startswith(("the previous", "the day before")) and "yesterday" not in word:
        unit = _unit(word) if "previous" in word else "day"
        return Found(*match.span(), relative=True, later_of=("earlier", 1, unit))
    if word.startswith(("the following", "the next", "the day after")) and "tomorrow" not in word:
        unit = "day" if "day after" in word else _unit(word)
        return Found(*match.span(), relative=True, later_of=("later", 1, unit))
    if word.startswith(("the same", "that", "later that", "later the")) or "hours" in word:
        return Found(*match.span(), relative=True, attributive=True, later_of=("later", 0, "day"))
    if context.anchor is None:
        return Found(*match.span(), relative=True)
    step = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2,
            "the day after tomorrow": 2}.get(word, 0)  # fmt: skip
    return Found(*match.span(), periods.day(context.anchor + timedelta(step)), relative=True)


def nth(match: re.Match[str], context: Context) -> Found | None:
    """the 5th: of this month, or the next or last one with that day."""
    anchor, number = context.anchor, day_number(match["d"])
    if context.lead(match.start()) not in ("on", "by", "before", "until", "till", "since", "after"):
        return None
    if anchor is None:
        return Found(*match.span(), relative=True)
    ahead = context.modifier(match.start()) in LIMITS or context.ahead(match.start())
    step = {"next": 1, "last": -1}.get(match["of"] or "", 0)
    if not match["of"]:
        step = (
            1 if ahead and number < anchor.day else -1 if not ahead and number > anchor.day else 0
        )
    there = periods.month(anchor.year, anchor.month + step).first
    return Found(*match.span(), periods.day(there.replace(day=number)), relative=True)


def holiday(match: re.Match[str], context: Context) -> Found | None:
    month, day = p.HOLIDAYS[match["h"].casefold().replace("\u2019", "'")]
    at, counted = _in_year(month, day, match, context)
    if at is None:
        return Found(*match.span(), value=f"--{month:02}-{day:02}", relative=True)
    return Found(*match.span(), periods.day(at), relative=counted)


def week_of(match: re.Match[str], context: Context) -> Found | None:
    at, counted = _in_year(month_number(match["m"]), day_number(match["d"]), match, context)
    return Found(*match.span(), periods.week(at) if at else None, relative=counted)
