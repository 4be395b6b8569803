"""Two reports side by side: what rules a link out, and what speaks for one.

Weights are hundredths of a point. What counts as strong evidence is a day, a deadline or a number
that two articles would hardly share by chance; likeness of words and closeness of publication only
add to it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kg.link.copies import near_duplicates, same_story
from kg.link.records import Comparison, Feature, Report, When

WINDOW = 60  # days between publications
_ANNOUNCED = 3  # days between the announcements of one act
_HELD = 1  # days between two tellings of one meeting
_PLANNED = 7  # days from the telling of a plan to the act that is still the plan's
_DUE = 1  # days between two tellings of one deadline
_TOLERANCE = 0.15  # of an approximate number
_EPOCH = date(1970, 1, 1)
# What happened or is settled, as against what is only spoken of.
_SETTLED = frozenset({"actual", "planned", "denied"})
_SPOKEN_OF = frozenset({"threatened", "conditional", "demanded"})


# Numbers that some report mends: (wrong, right).
Mended = frozenset[tuple[int, int]]


def compare(left: Report, right: Report, mended: Mended = frozenset()) -> Comparison:
    """Return what speaks for and against two reports' telling of the same event.

    Symmetric but for the order of the values shown. The reports must be of one family.
    """
    copies = near_duplicates(left.source, right.source)
    dates = apart(left.date, right.date)
    deadlines = apart(left.deadline, right.deadline)
    blocked = (
        _article(left, right)
        or _roles(left, right)
        or _modality(left, right)
        or _dates(left, right, dates)
        or _deadlines(deadlines)
        or _counts(left, right, mended)
        or _towns(left, right)
        or _window(left, right, (dates, deadlines), copies)
    )
    if blocked:
        return Comparison((), blocked)
    return Comparison(tuple(_evidence(left, right, dates, deadlines, copies)))


def apart(left: When | None, right: When | None) -> int | None:
    """Return the days between two times, 0 where they may be the same day, None where unknown."""
    if left is None or right is None:
        return None
    if left.first is None and right.first is None:
        return min(abs(_in_year(left, 2000) - _in_year(right, year)) for year in (1999, 2000, 2001))
    if left.first is None:
        left, right = right, left
    if left.first is None or left.last is None:
        return None
    if right.first is not None and right.last is not None:
        return max(0, left.first - right.last, right.first - left.last)
    year = (_EPOCH + timedelta(left.first)).year
    days = [_in_year(right, y) for y in (year - 1, year, year + 1)]
    return min(max(0, left.first - day, day - left.last) for day in days)


def _in_year(when: When, year: int) -> int:
    last = 28 if when.month == 2 and year % 4 else 31
    day = min(when.day, last)
    while True:
        try:
            return (date(year, when.month, day) - _EPOCH).days
        except ValueError:
            day -= 1


def _article(left: Report, right: Report) -> str:
    return "told by one article" if left.source.iri == right.source.iri else ""


def _roles(left: Report, right: Report) -> str:
    if left.reciprocal or right.reciprocal:
        if left.parties == right.parties:
            return ""
        small, large = sorted((left.parties, right.parties), key=len)
        fits = small < large and len(small) >= min(2, len(large))
        return "" if fits else "different parties"
    for name, a, b in (
        ("actors", left.actors, right.actors),
        ("targets", left.targets, right.targets),
    ):
        if a and b and a != b:
            return f"different {name}"
    return ""


def _modality(left: Report, right: Report) -> str:
    if left.speech or right.speech:  # it happened when it was said
        return ""
    modes = {left.modality, right.modality}
    if modes & _SPOKEN_OF and modes & _SETTLED:
        return "one is only spoken of"
    return _plan(left, right) or _plan(right, left)


def _plan(plan: Report, act: Report) -> str:
    """Keep an intended measure apart from one taken later: that is a promise kept, not one act.

    A meeting is different: it is set for its day.
    """
    told = plan.source.published
    if plan.modality != "planned" or act.modality != "actual" or plan.reciprocal or plan.date:
        return ""
    if told is None or act.date is None or act.date.first is None:
        return ""
    days = act.date.first - told
    return f"done {days} days after the plan was told" if days > _PLANNED else ""


def _dates(left: Report, right: Report, days: int | None) -> str:
    limit = _HELD if left.reciprocal and right.reciprocal else _ANNOUNCED
    return f"dates {days} days apart" if days is not None and days > limit else ""


def _deadlines(days: int | None) -> str:
    return f"deadlines {days} days apart" if days is not None and days > _DUE else ""


def _counts(left: Report, right: Report, mended: Mended) -> str:
    a, b = _bounds(left), _bounds(right)
    if a is None or b is None or (a[0] <= b[1] and b[0] <= a[1]):
        return ""
    if _corrects(left, right) or _corrects(right, left):
        return ""
    if {(left.count, right.count), (right.count, left.count)} & mended:
        return ""
    return f"counts {_count(left)} and {_count(right)}"


def _towns(left: Report, right: Report) -> str:
    """Keep the consulates of two towns apart."""
    if not (left.sited and right.sited and left.place and right.place):
        return ""
    a, b = (re.sub(r"\bst\b\.?", "saint", r.place.casefold()) for r in (left, right))
    return "" if a == b or a in b or b in a else f"in {left.place} and in {right.place}"


def mends(report: Report, others: Iterable[Report]) -> Mended:
    """Return the wrong numbers, each with the right one, that a report mends in these others."""
    return frozenset(
        (other.count, report.count)
        for other in others
        if other.count is not None
        and report.count not in (None, other.count)
        and _corrects(report, other)
    )


def _corrects(one: Report, other: Report) -> bool:
    """Does one report call the other's number wrong, or itself a correction?"""
    return other.count is not None and (other.count in one.corrects or one.correction)


def _bounds(report: Report) -> tuple[float, float] | None:
    """Return the least and the greatest number that a report allows; None where it gives none."""
    low = report.minimum if report.count is None else report.count
    high = report.maximum if report.count is None else report.count
    if low is None and high is None:
        return None
    slack = _TOLERANCE if report.approximate else 0.0
    return (
        float("-inf") if low is None else low * (1 - slack),
        float("inf") if high is None else high * (1 + slack),
    )


def _window(left: Report, right: Report, days: tuple[int | None, int | None], copies: bool) -> str:
    a, b = left.source.published, right.source.published
    if a is None or b is None or abs(a - b) <= WINDOW or copies:
        return ""
    # Both tell when it happened or falls due, year and all, and agree.
    if days[0] is not None and _absolute(left.date) and _absolute(right.date):
        return ""
    if days[1] is not None and _absolute(left.deadline) and _absolute(right.deadline):
        return ""
    return f"published {abs(a - b)} days apart"


def _absolute(when: When | None) -> bool:
    return when is not None and when.first is not None


def _evidence(
    left: Report, right: Report, dates: int | None, deadlines: int | None, copies: bool
) -> Iterator[Feature]:
    if left.type == right.type:
        yield Feature("type", left.type, right.type, 50)
    if left.modality == right.modality:
        yield Feature("modality", left.modality, right.modality, 25)
    elif {left.modality, right.modality} == {"actual", "possible"} and not left.speech:
        yield Feature("modality", left.modality, right.modality, -100)
    if dates is not None:
        yield Feature("date", _day(left.date), _day(right.date), _date_weight(left, right, dates))
    if deadlines is not None:
        weight = 300 if max(_length(left.deadline), _length(right.deadline)) <= 2 else 200
        yield Feature("deadline", _day(left.deadline), _day(right.deadline), weight)
    yield from _count_evidence(left, right)
    if left.place and right.place:
        same = left.place.casefold() == right.place.casefold()
        yield Feature("place", left.place, right.place, 50 if same else -50)
    if left.parties != right.parties:
        partial = -50 if left.reciprocal and right.reciprocal else -100
        yield Feature("parties", _names(left), _names(right), partial)
    if left.persons & right.persons:
        who = ", ".join(sorted(left.persons & right.persons))
        yield Feature("speaker", who, who, 100 if left.speech else 50)
    yield from _word_evidence(left, right)
    yield from _publication_evidence(left, right, copies)


def _date_weight(left: Report, right: Report, days: int) -> int:
    length = max(_length(left.date), _length(right.date))
    if length > 45:
        return 50
    if length > 10:
        return 100
    return 200 if days == 0 else 100


def _count_evidence(left: Report, right: Report) -> Iterator[Feature]:
    a, b = _bounds(left), _bounds(right)
    if a is None or b is None:
        return
    if left.count is not None and left.count == right.count:
        weight = 200 if left.count >= 5 else 100 if left.count > 1 else 25
    elif _corrects(left, right) or _corrects(right, left):
        weight = 150
    else:
        weight = 75
    yield Feature("count", _count(left), _count(right), weight)


def _word_evidence(left: Report, right: Report) -> Iterator[Feature]:
    shared = left.words & right.words
    shorter = min(len(left.words), len(right.words))
    if shorter and len(shared) >= 2:
        share = len(shared) / shorter
        weight = round(max(0.0, share - 0.25) * 200 * min(1.0, len(shared) / 5))
        if weight:
            yield Feature("words", f"{len(shared)} shared", f"of {shorter}", weight)


def _publication_evidence(left: Report, right: Report, copies: bool) -> Iterator[Feature]:
    if copies:
        yield Feature("text", "near-duplicate", "near-duplicate", 150)
    a, b = left.source.published, right.source.published
    if a is not None and b is not None and abs(a - b) <= WINDOW // 2:
        news = not (left.background or right.background)
        yield Feature("published", _iso(a), _iso(b), 75 if news and abs(a - b) <= 2 else 25)
    elif (a is None or b is None) and same_story(left.source, right.source):
        yield Feature("story", "the same acts", "in like words", 75)


def _length(when: When | None) -> int:
    return 1 if when is None else when.length


def _count(report: Report) -> str:
    if report.count is not None:
        return str(report.count)
    low = "" if report.minimum is None else str(report.minimum)
    high = "" if report.maximum is None else str(report.maximum)
    return f"about {low}" if report.approximate and low == high else f"{low}..{high}"


def _day(when: When | None) -> str:
    if when is None:
        return ""
    if when.first is None or when.last is None:
        return f"--{when.month:02}-{when.day:02}"
    return _iso(when.first) if when.first == when.last else f"{_iso(when.first)}..{_iso(when.last)}"


def _iso(day: int) -> str:
    return (_EPOCH + timedelta(day)).isoformat()


def _names(report: Report) -> str:
    return " ".join(sorted(iri.rsplit("/", 1)[-1] for iri in report.parties))
