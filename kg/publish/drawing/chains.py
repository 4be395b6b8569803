"""Acts and their answers -> graphs that run downwards in time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.publish.drawing.timeline import told
from kg.publish.view import Brief
from kg.publish.view.words import capital, date_words, label, number_words, parties_words

_BOX, _HIGH, _ACROSS, _DOWN = 208, 62, 20, 46  # boxes and the room between them
_LINE = 32  # characters of a line in a box
_NAMED = 4  # parties in a caption


@dataclass(frozen=True, slots=True)
class Box:
    """An event in a chain, with what stands in its box."""

    event: Brief
    x: float
    y: float
    lines: tuple[str, str, str]
    told: str
    width: int = _BOX
    height: int = _HIGH


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from an act to its answer."""

    cause: Box
    answer: Box
    basis: str

    @property
    def path(self) -> str:
        """Return the arrow as SVG path data."""
        x1, y1 = self.cause.x + _BOX / 2, self.cause.y + _HIGH
        x2, y2 = self.answer.x + _BOX / 2, self.answer.y - 7
        middle = (y1 + y2) / 2
        return f"M{x1:g} {y1:g}C{x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {y2:g}"

    @property
    def middle(self) -> tuple[float, float]:
        """Return where the arrow's word stands."""
        return (
            (self.cause.x + self.answer.x + _BOX) / 2 + 6,
            (self.cause.y + _HIGH + self.answer.y - 7) / 2 + 4,
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """Acts and answers that hang together; time runs downwards."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float

    @property
    def parties(self) -> str:
        """Return who takes part, those with most acts first: `Belarus, Poland`."""
        count = Counter(party.label for box in self.boxes for party in box.event.parties)
        names = sorted(count, key=lambda name: (-count[name], name))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return ", ".join(names[:_NAMED]) + more


def chains(events: Iterable[Brief]) -> list[Chain]:
    """Draw every group of events that answers tie together, the longest first, then by time."""
    known = {event.iri: event for event in events}
    edges = [
        (link.other, event.iri, link.basis)
        for event in known.values()
        for link in event.answers
        if link.other in known
    ]
    groups = _components([(a, b) for a, b, _ in edges])
    drawn = [_chain([known[iri] for iri in group], edges) for group in groups]
    return sorted(drawn, key=lambda c: (-len(c.boxes), min(b.event.order for b in c.boxes)))


def _components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for node in sorted(parent):
        groups[root(node)].append(node)
    return [groups[name] for name in sorted(groups)]


def _chain(events: Sequence[Brief], edges: Sequence[tuple[str, str, str]]) -> Chain:
    known = {event.iri: event for event in sorted(events, key=lambda e: e.order)}
    rows: defaultdict[int, list[Brief]] = defaultdict(list)
    for iri, depth in _depths(list(known), edges).items():
        rows[depth].append(known[iri])
    widest = max(len(row) for row in rows.values())
    width = widest * _BOX + (widest - 1) * _ACROSS + 2
    boxes: dict[str, Box] = {}
    for depth in sorted(rows):
        row = sorted(rows[depth], key=lambda e: e.order)
        left = (width - len(row) * _BOX - (len(row) - 1) * _ACROSS) / 2
        for i, event in enumerate(row):
            x, y = left + i * (_BOX + _ACROSS), 1 + depth * (_HIGH + _DOWN)
            boxes[event.iri] = Box(event, x, y, _lines(event), told(event))
    arrows = [Edge(boxes[a], boxes[b], basis) for a, b, basis in edges if a in boxes]
    height = (max(rows) + 1) * (_HIGH + _DOWN) - _DOWN + 2
    return Chain(tuple(boxes.values()), tuple(arrows), width, height)


def _depths(ordered: Sequence[str], edges: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """Return how many answers lie before each event; a circle is cut at its earliest event."""
    causes: dict[str, set[str]] = {iri: set() for iri in ordered}
    answers: dict[str, set[str]] = {iri: set() for iri in ordered}
    for cause, answer, _ in edges:
        if cause in causes and cause != answer:
            causes[answer].add(cause)
            answers[cause].add(answer)
    depth = dict.fromkeys(ordered, 0)
    waiting = list(ordered)
    while waiting:
        iri = next((one for one in waiting if not causes[one]), waiting[0])
        waiting.remove(iri)
        for answer in answers[iri]:
            causes[answer].discard(iri)
            if answer in waiting:
                depth[answer] = max(depth[answer], depth[iri] + 1)
    return depth


def _lines(event: Brief) -> tuple[str, str, str]:
    count = number_words(event.number)
    first = f"{capital(label(event.type))}{f' · {count}' if count else ''}"
    when = date_words(event.date.value or event.first_reported) if event.day else ""
    codes = parties_words(event)
    if len(codes) > _LINE:
        sides = [event.actors, event.targets] if event.targets else [event.actors]
        codes = " → ".join(", ".join(party.code for party in side) for side in sides)
    return _cut(first), _cut(codes), _cut(when)


def _cut(line: str) -> str:
    return line if len(line) <= _LINE else line[: _LINE - 1] + "…"
