"""Events between two parties -> a timeline with a lane for each direction."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.publish.view import Brief, Party
from kg.publish.view.words import date_words, number_words, title

WIDTH = 720
_MARGIN = 28
_STEP = 15  # between stacked marks
_TICK = 104  # least distance between two dates on the axis
_GAP = 120  # days: what lies further apart is drawn as if it were this far


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on a timeline."""

    event: Brief
    x: float
    y: float
    told: str  # date, title and count, for a tooltip and a screen reader


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float
    words: str
    anchor: str  # of the SVG text


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
    width: int = WIDTH


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
        cell = (lane, round(places[event.day] / _STEP))
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
    room = WIDTH - 2 * _MARGIN
    scale = room / positions[-1] if positions[-1] else 0.0
    start = _MARGIN if positions[-1] else WIDTH / 2
    places = {day: start + at * scale for day, at in zip(days, positions, strict=True)}
    return places, [round(start + cut * scale, 1) for cut in cuts]


def _ticks(places: Mapping[str, float], dated: Sequence[Brief]) -> Iterable[Tick]:
    """Yield dates for the axis, each as precise as the most precise event on it."""
    told: dict[str, str] = {}
    for event in dated:
        value = event.date.value if event.date.first else event.first_reported
        told[event.day] = max(told.get(event.day, ""), value, key=len)
    last = -float(_TICK)
    for day in sorted(places):
        x = places[day]
        if x - last >= _TICK:
            last = x
            anchor = "start" if x < _TICK / 2 else "end" if x > WIDTH - _TICK / 2 else "middle"
            yield Tick(round(x, 1), date_words(told[day]), anchor)
