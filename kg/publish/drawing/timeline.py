"""Events between two parties -> a timeline with a lane for each direction.

Across, places are per cent of the picture's width, so that it fits any page and words keep their
size; down, they are CSS pixels.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.publish.view import Brief, Party
from kg.publish.view.words import date_words, number_words, short_date, title

_MARGIN = 3.5  # per cent
_STEP = 16  # pixels between stacked marks
_CLOSE = 2.8  # per cent: what lies closer is stacked (a mark's width on a page of 570 pixels)
_TICK, _COARSE = 11.0, 20.0  # per cent between dates on the axis; on narrow pages
_GAP = 120  # days: what lies further apart is drawn as if it were this far


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on a timeline."""

    event: Brief
    x: float  # per cent
    y: float
    told: str  # date, title and count, for a tooltip and a screen reader


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float  # per cent
    words: str
    anchor: str  # of the SVG text
    fine: bool  # there is no room for it on a narrow page


@dataclass(frozen=True, slots=True)
class Timeline:
    """Two lanes, one for each direction, on one axis of time."""

    first: Party
    second: Party
    height: float
    axis: float
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    arcs: tuple[tuple[Mark, Mark, str], ...]  # cause, answer, basis


def timeline(first: Party, second: Party, events: Sequence[Brief]) -> Timeline | None:
    """Draw the events between two parties; None where none of them has a date.

    Marks above the axis are acts of `first`, below it of `second`; mutual ones stand on it.
    """
    dated = sorted((e for e in events if e.day), key=lambda e: e.order)
    if not dated:
        return None
    places, breaks = _scale(sorted({e.day for e in dated}))
    taken: dict[tuple[int, int], int] = Counter()
    lanes = []
    for event in dated:
        lane = _lane(event, first, second)
        cell = (lane, round(places[event.day] / _CLOSE))
        lanes.append((event, lane, taken[cell]))
        taken[cell] += 1
    deepest = {lane: max((d for _, on, d in lanes if on == lane), default=0) for lane in (-1, 0, 1)}
    axis = 58 + _STEP * deepest[-1] + _STEP * deepest[0] / 2
    marks = []
    for event, lane, depth in lanes:
        offset = lane * (26 + _STEP * depth) if lane else (depth - deepest[0] / 2) * _STEP
        marks.append(Mark(event, round(places[event.day], 1), round(axis + offset, 1), told(event)))
    by_iri = {mark.event.iri: mark for mark in marks}
    arcs = tuple(
        (by_iri[link.other], mark, link.basis)
        for mark in marks
        for link in mark.event.answers
        if link.other in by_iri
    )
    below = 26 + _STEP * deepest[1] + _STEP * deepest[0] / 2
    return Timeline(
        first=first,
        second=second,
        height=round(axis + below + 40, 1),
        axis=round(axis, 1),
        marks=tuple(marks),
        ticks=tuple(_ticks(places, dated)),
        breaks=tuple(breaks),
        arcs=arcs,
    )


def told(event: Brief) -> str:
    """Return date, title, count and how sure it is, on one line."""
    parts = [
        date_words(event.date.value or event.first_reported) if event.day else "",
        title(event),
        number_words(event.number),
        "" if event.factuality == "actual" else event.factuality,
    ]
    return ", ".join(part for part in parts if part)


def _lane(event: Brief, first: Party, second: Party) -> int:
    acts = first in event.actors, second in event.actors
    return {(True, False): -1, (False, True): 1}.get(acts, 0)


def _scale(days: Sequence[str]) -> tuple[dict[str, float], list[float]]:
    """Place days on the axis; long silences are cut short, and their places returned."""
    numbers = [date.fromisoformat(day).toordinal() for day in days]
    positions = [0]
    cuts = []
    for before, after in itertools.pairwise(numbers):
        gap = after - before
        if gap > _GAP:
            cuts.append(positions[-1] + _GAP / 2)
        positions.append(positions[-1] + min(gap, _GAP))
    scale = (100 - 2 * _MARGIN) / positions[-1] if positions[-1] else 0.0
    start = _MARGIN if positions[-1] else 50.0
    places = {day: start + at * scale for day, at in zip(days, positions, strict=True)}
    return places, [round(start + cut * scale, 1) for cut in cuts]


def _ticks(places: Mapping[str, float], dated: Sequence[Brief]) -> Iterable[Tick]:
    """Yield dates for the axis, each as precise as the most precise event on it.

    The last day has its date too, where there is room.
    """
    told: dict[str, str] = {}
    for event in dated:
        value = event.date.value if event.date.first else event.first_reported
        told[event.day] = max(told.get(event.day, ""), value, key=len)
    days = sorted(places)
    shown = _apart(days, places, _TICK)
    coarse = set(_apart(shown, places, _COARSE))
    for day in shown:
        x = places[day]
        anchor = "start" if x < _TICK else "end" if x > 100 - _TICK else "middle"
        yield Tick(round(x, 1), short_date(told[day]), anchor, day not in coarse)


def _apart(days: Sequence[str], places: Mapping[str, float], least: float) -> list[str]:
    """Return first and last day, and of those between as many as have room beside each other.

    The first date's words begin at its place and the last's end there: they take more of it.
    """
    if not days or places[days[-1]] - places[days[0]] < 2 * least:
        return list(days[:1])
    kept, end = [days[0]], places[days[-1]] - 1.5 * least
    for day in days[1:-1]:
        room = least if len(kept) > 1 else 1.5 * least
        if places[day] - places[kept[-1]] >= room and places[day] <= end:
            kept.append(day)
    return [*kept, days[-1]]
