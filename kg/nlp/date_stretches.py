"""Stretches: months, years, quarters, seasons, last week, the end of the year."""

import re
from datetime import date

from kg.nlp import date_patterns as p
from kg.nlp import periods
from kg.nlp.date_context import LIMITS, MODIFIERS, NEXT, PAST, Context, Found
from kg.nlp.date_counts import trailing, unit_at
from kg.nlp.date_points import month_number, year_beside
from kg.nlp.periods import Period

_PARTS = {
    "early": "early", "beginning": "early", "start": "early", "turn": "early", "mid": "mid",
    "middle": "mid", "late": "late", "end": "late", "close": "late",
}  # fmt: skip  # fmt: skip

_ANAPHORIC = frozenset(
    {"the previous", "the following", "following", "the same", "that same", "that"}
)

_YEAR_LEADS = frozenset(
    {"in", "during", "from", "of", "to", "and", "between", "early", "late", "mid", "the", "a", "an",
     "its", "their", "his", "her"}
)  # fmt: skip
_COUNTING = frozenset({"of", "about", "around", "to", "and", "from", "a"})

_NAMES_TOO = frozenset({"may", "march", "april", "june", "august"})  # persons, verbs, adjectives

_JUST = 2  # months back that a month without a year still means, though the future is spoken of


def _part(match: re.Match[str]) -> str:
    """Return the part of the period that is meant, in lower case: early, end, first half …"""
    return (match["part"] or match["part2"] or "").casefold()


def _part_of(whole: Period, name: str) -> tuple[Period, str]:
    """Return the part (early, mid, late, first half) of a period and its modifier."""
    if name in _PARTS:
        return whole.part(_PARTS[name]), _PARTS[name]
    if name.endswith("half"):
        return periods.half(whole, 1 if name.startswith("first") else 2), ""
    return whole, ""


def _to_today(whole: Period, name: str, anchor: date | None) -> tuple[Period, str]:
    """As `_part_of`, and earlier/later as the part before/behind the day of publication."""
    if anchor and name == "earlier" and whole.first <= anchor:
        return Period(whole.first, min(whole.last, anchor)), ""
    if anchor and name == "later" and whole.last >= anchor:
        return Period(max(whole.first, anchor), whole.last), ""
    return _part_of(whole, name)


def period(match: re.Match[str], context: Context) -> Found | None:
    """A month, a year, last week, this summer, the end of next month, early 2017."""
    if match["m"]:
        return _months(match, context)
    if match["yy"]:
        return _years(match, context)
    if match["rel"]:
        return _stretch(match, context)
    return _the_stretch(match, context)


def _months(match: re.Match[str], context: Context) -> Found | None:
    start, end = match.span()
    part = _part(match)
    month = month_number(match["m"])
    anchor = context.anchor
    relation = (match["relm"] or "").casefold()
    year = year_beside(match, context)
    lead = context.lead(start)
    attributive = bool(match["the"]) and not part and not relation
    if attributive:
        lead = "the"
    if year is None and not relation and not part and not _leads_month(match, lead, context):
        return None
    if year is not None:
        whole = periods.month(year, month)
        period, modifier = _part_of(whole, part)
        value = whole.value() if part else ""
        return Found(start, end, period, value, modifier, relative=not match["y"])
    if anchor is None:
        return Found(start, end, value="", relative=True)
    year = _year_of_month(month, relation, start, context, anchor)
    whole = periods.month(year, month)
    period, modifier = _to_today(whole, part, anchor)
    return Found(start, end, period, whole.value(), modifier, True, attributive)


def _leads_month(match: re.Match[str], lead: str, context: Context) -> bool:
    """Tell whether a bare month name is a month here, not a person, a march or a modal verb."""
    if lead in ("on", "to", "and", "for", "at") and match["m"] in ("May", "March", "April", "June"):
        return False
    if lead in ("the", "a", "an", "its", "their", "his", "her", "of"):
        return match["m"] != "May" or lead == "of"
    return bool(lead) or match["m"].casefold() not in _NAMES_TOO


def _year_of_month(month: int, relation: str, start: int, context: Context, anchor: date) -> int:
    """Choose the year of a month: last and next as said, else past, or ahead in the future."""
    this = anchor.year
    if relation in NEXT:
        return this + (month <= anchor.month)
    if relation in PAST:
        return this - (month >= anchor.month)
    if relation == "this":
        return this
    limit = context.modifier(start) in LIMITS
    if limit or context.ahead(start):
        ahead = month < anchor.month
        # "told to leave in April", in May: nobody is given eleven months; last month is meant
        return this + (ahead and (limit or anchor.month - month > _JUST))
    return this - (month > anchor.month)


def _years(match: re.Match[str], context: Context) -> Found | None:
    start, end = match.span()
    after = context.text[end : end + 40]
    part = _part(match)
    attributive = bool(match["the"]) and not part
    lead = "the" if attributive else context.lead(start)
    counted = re.match(r" (?!the\b|its\b|talks\b|elections?\b)[a-z]{3,20}s\b(?!')", after)
    before = context.text[max(0, start - 1) : start]
    if not part:
        marked = lead in MODIFIERS or lead in _YEAR_LEADS
        possessed = context.text[max(0, start - 3) : start] == "'s "
        if not (marked or possessed or before == "("):
            return None
        if counted and (lead in _COUNTING or (lead != "in" and int(match["yy"]) % 100 == 0)):
            return None  # "about 2014 soldiers", "the 2000 soldiers"
    whole = periods.year_of(int(match["yy"]))
    period, modifier = _part_of(whole, part)
    return Found(start, end, period, whole.value(), modifier, attributive=attributive)


def _stretch(match: re.Match[str], context: Context) -> Found | None:
    """last week, next month, this year, the coming weekend, last summer."""
    start, end = match.span()
    relation, unit, part = match["rel"].casefold(), match["stretch"], _part(match)
    if relation in _ANAPHORIC:
        way = "earlier" if relation == "the previous" else "later"
        number = 0 if "same" in relation or relation == "that" else 1
        if unit not in ("week", "month", "year", "decade"):
            return None
        return Found(start, end, relative=True, later_of=(way, number, unit))
    if context.anchor is None:
        return Found(start, end, relative=True)
    step = -1 if relation in PAST else 1 if relation in NEXT else 0
    if relation == "this past" and unit in periods.SEASONS:
        step = 0
    if relation in ("the past", "the last", "past") and not part:
        return trailing(start, end, 1, unit, context.anchor)
    whole = unit_at(unit, step, context.anchor)
    period, modifier = _to_today(whole, part, context.anchor)
    return Found(start, end, period, whole.value(), modifier, relative=True)


def _the_stretch(match: re.Match[str], context: Context) -> Found | None:
    """the end of the year, the start of the week; over the weekend; in the summer of 1986."""
    unit, part = match["plain"].casefold(), _part(match)
    start, end = match.span()
    if match["py"] and unit in periods.SEASONS:
        return Found(start, end, periods.season(unit, int(match["py"])))
    if match["py"] and unit == "year":
        whole = periods.year_of(int(match["py"]))
        return Found(start, end, _part_of(whole, part)[0], whole.value(), _part_of(whole, part)[1])
    the = bool(match["the"]) or part in ("end", "mid")
    weekend = unit == "weekend" and context.lead(start) in ("over", "at", "during")
    if not (part and the) and not weekend:
        return None
    if unit == "day":
        part = ""
    if context.anchor is None:
        return Found(start, end, relative=True)
    if weekend:
        step = 0 if context.anchor.weekday() >= 5 or context.ahead(start) else -1
        return Found(start, end, periods.weekend(context.anchor, step), relative=True)
    whole = unit_at(unit, 0, context.anchor)
    period, modifier = _to_today(whole, part, context.anchor)
    value = "" if unit in ("week", "weekend") else whole.value()
    return Found(start, end, period, value, modifier, relative=True)


def quarter(match: re.Match[str], context: Context) -> Found | None:
    number = int(match["qn"] or 0) or p.ORDINALS[match["q"].casefold()]
    if match["y"]:
        return Found(*match.span(), periods.quarter(int(match["y"]), number))
    if context.anchor is None:
        return Found(*match.span(), relative=True)
    step = {"last": -1, "next": 1}.get(match["rely"] or "", 0)
    return Found(*match.span(), periods.quarter(context.anchor.year + step, number), relative=True)


def years_end(match: re.Match[str], context: Context) -> Found | None:
    """year's end, year-end, the end of month."""
    if context.anchor is None:
        return Found(*match.span(), relative=True)
    whole = unit_at((match["unit"] or match["unit2"]).casefold(), 0, context.anchor)
    return Found(*match.span(), whole.part("late"), whole.value(), "late", relative=True)


def year_range(match: re.Match[str], context: Context) -> Found | None:
    first = int(match["y"])
    last = int(match["y2"]) if len(match["y2"]) == 4 else first // 100 * 100 + int(match["y2"])
    if last <= first:
        return None
    return Found(*match.span(), Period(date(first, 1, 1), date(last, 12, 31)))


def decade(match: re.Match[str], context: Context) -> Found | None:
    start = int(match["c"]) * 10 if match["c"] else 1900 + int(match["c2"]) * 10
    whole = Period(date(start, 1, 1), date(start + 9, 12, 31))
    part = (match["part"] or match["part2"] or "").casefold()
    first = start + {"mid": 3, "late": 6}.get(part, 0)
    last = start + {"early": 3, "mid": 6}.get(part, 9)
    period = Period(date(first, 1, 1), date(last, 12, 31)) if part else whole
    return Found(*match.span(), period, modifier=part)
