"""Who acts towards whom: pairs of parties, and counts between them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.publish.view import Brief, Party


def dyads(events: Iterable[Brief]) -> dict[tuple[Party, Party], list[Brief]]:
    """Group events by their pairs of parties, those with most events first."""
    found: defaultdict[tuple[Party, Party], list[Brief]] = defaultdict(list)
    for event in events:
        for pair in sorted(set(_pairs(event))):
            found[pair].append(event)
    ranked = sorted(found, key=lambda pair: (-len(found[pair]), pair))
    return {pair: found[pair] for pair in ranked}


def _pairs(event: Brief) -> Iterable[tuple[Party, Party]]:
    if event.targets:
        for a in event.actors:
            for b in event.targets:
                if a != b:
                    yield (a, b) if a < b else (b, a)
        return
    for i, a in enumerate(event.actors):
        for b in event.actors[i + 1 :]:
            yield (a, b) if a < b else (b, a)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts of acts: a row for who acts, a column for towards whom."""

    parties: tuple[Party, ...]
    counts: tuple[tuple[int, ...], ...]
    left_out: int  # parties for which there is no room

    @property
    def most(self) -> int:
        """Return the largest count."""
        return max((n for row in self.counts for n in row), default=0)


def matrix(events: Iterable[Brief], size: int = 14) -> Matrix:
    """Count what occurred between the parties with most acts; mutual acts count both ways.

    Parties come in with their busiest partner, so that no row or column stands empty.
    """
    cells: Counter[tuple[Party, Party]] = Counter()
    for event in events:
        if event.factuality != "actual":
            continue
        for actor in event.actors:
            for target in event.targets or event.actors:
                if actor != target:
                    cells[actor, target] += 1
    weight: Counter[Party] = Counter()
    between: Counter[tuple[Party, Party]] = Counter()
    for (actor, target), n in cells.items():
        weight[actor] += n
        weight[target] += n
        between[min(actor, target), max(actor, target)] += n
    chosen: set[Party] = set()
    for pair in sorted(between, key=lambda pair: (-between[pair], pair)):
        if len(chosen.union(pair)) <= size:
            chosen.update(pair)
    shown = tuple(sorted(chosen, key=lambda party: (-weight[party], party)))
    counts = tuple(tuple(cells[row, column] for column in shown) for row in shown)
    return Matrix(shown, counts, len(weight) - len(shown))
