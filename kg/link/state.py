"""What the linker keeps: in memory for one run, or on shelves beside a store."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg.graph.shelf import Shelf, Shelves
from kg.link.codec import decode, encode
from kg.link.records import Decision, Hub, Report, Source

Block = tuple[str, ...]
Pair = tuple[str, str]


class Days(Protocol):
    """Names by block and day."""

    def add(self, block: Block, day: int, name: str) -> None: ...

    def remove(self, block: Block, day: int, name: str) -> None: ...

    def between(
        self, block: Block, first: int | None = None, last: int | None = None
    ) -> Iterable[str]: ...


class MemoryDays:
    """Names by block and day, in memory."""

    def __init__(self) -> None:
        self._blocks: defaultdict[Block, list[tuple[int, str]]] = defaultdict(list)

    def add(self, block: Block, day: int, name: str) -> None:
        """Put a name on a day."""
        insort(self._blocks[block], (day, name))

    def remove(self, block: Block, day: int, name: str) -> None:
        """Take a name off a day."""
        self._blocks[block].remove((day, name))

    def between(
        self, block: Block, first: int | None = None, last: int | None = None
    ) -> Iterable[str]:
        """Return the names from the first to the last day, or all of the block."""
        days = self._blocks.get(block, [])
        low = 0 if first is None else bisect_left(days, (first, ""))
        high = len(days) if last is None else bisect_right(days, (last + 1, ""))
        return [name for _, name in days[low:high]]


@dataclass(slots=True)
class State:
    """Reports, who could be linked with whom, and the outcome."""

    reports: MutableMapping[str, Report] = field(default_factory=dict)
    edges: MutableMapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: Days = field(default_factory=MemoryDays)
    hub_of: MutableMapping[str, str] = field(default_factory=dict)
    hubs: MutableMapping[str, Hub] = field(default_factory=dict)
    decisions: MutableMapping[str, Decision] = field(default_factory=dict)
    # Pairs of articles of a hub, by its IRI, that are near-duplicates.
    copies: MutableMapping[str, tuple[Pair, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Kept:
    """A linker's state on shelves; each says what changed since the last commit."""

    sources: Shelf[Source]  # by article; written before reports of it are read back
    reports: Shelf[Report]
    hub_of: Shelf[str]
    hubs: Shelf[Hub]
    decisions: Shelf[Decision]
    copies: Shelf[tuple[Pair, ...]]
    copied: Shelf[int]  # in how many hubs a pair of articles are near-duplicates
    state: State


def kept(shelves: Shelves) -> Kept:
    """Return the state that these shelves hold."""
    sources: Shelf[Source] = shelves.shelf("sources", encode, decode)

    def write(report: Report) -> str:
        return encode(replace(report, source=Source(report.source.iri)))

    def read(text: str) -> Report:
        report: Report = decode(text)
        return replace(report, source=sources[report.source.iri])

    hub_of: Shelf[str] = shelves.shelf("hub_of", str, str)
    hubs: Shelf[Hub] = shelves.shelf("hubs", encode, decode)
    decisions: Shelf[Decision] = shelves.shelf("decisions", encode, decode)
    copies: Shelf[tuple[Pair, ...]] = shelves.shelf("copies", encode, decode)
    copied: Shelf[int] = shelves.shelf("copied", str, int)
    reports: Shelf[Report] = shelves.shelf("reports", write, read)
    edges: Shelf[tuple[str, ...]] = shelves.shelf("edges", encode, decode)
    state = State(reports, edges, shelves.days, hub_of, hubs, decisions, copies)
    return Kept(sources, reports, hub_of, hubs, decisions, copies, copied, state)
