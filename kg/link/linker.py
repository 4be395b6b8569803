"""Finds comparable reports by blocks, and keeps clusters up to date as articles come and go.

Reports that something could link form components; a component's clusters depend on nothing
outside it. So adding or removing an article links anew only the components it touches, and gives
exactly what linking everything from scratch would give.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.link.cluster import Clustering, cluster
from kg.link.compare import WINDOW, compare, mends
from kg.link.copies import near_duplicates
from kg.link.hubs import consolidate
from kg.link.records import Comparison, Decision, Hub, Linkage, Report
from kg.link.state import State

_NEAR = 3  # days between dates that can be the same though published long apart
_SPOKEN = 100  # speech acts below this score are not compared further
_Key = tuple[str, ...]
_PUBLISHED, _UNPUBLISHED, _DATED = "published", "unpublished", "dated"


def links(reports: Iterable[Report]) -> Linkage:
    """Return which reports tell of the same event; the order of the reports changes nothing."""
    linker = Linker()
    linker.add(reports)
    return linker.linkage()


class Linker:
    """Clusters of reports under change: `add`, `remove`, and the `linkage` at any time."""

    def __init__(self, state: State | None = None) -> None:
        self._state = state or State()
        self._reports = self._state.reports
        self._edges = self._state.edges
        self._hub_of = self._state.hub_of
        self._hubs = self._state.hubs
        self._decisions = self._state.decisions
        self._looks: dict[tuple[str, str], Comparison] = {}

    def forget(self) -> None:
        """Let go of comparisons made so far: they are made again where they are needed."""
        self._looks.clear()

    def add(self, reports: Iterable[Report]) -> tuple[list[Hub], list[Hub]]:
        """Add reports; return the hubs that ceased to be and those that came, each sorted."""
        new = sorted(reports, key=lambda report: report.iri)
        for report in new:
            self._index(report)
        return self._relink(report.iri for report in new)

    def remove(self, iris: Iterable[str]) -> tuple[list[Hub], list[Hub]]:
        """Remove reports by IRI; return the hubs that ceased to be and those that came."""
        gone = sorted({iri for iri in iris if iri in self._reports})
        around = sorted({other for iri in gone for other in self._edges[iri]} - set(gone))
        old = {self._hub_of.pop(iri) for iri in gone}
        for iri in gone:
            self._unindex(iri)
        before = [self._hubs[iri] for iri in sorted(old)]
        for iri in sorted(old):
            self._drop_hub(iri)
        kept = [iri for hub in before for iri in hub.reports if iri not in gone]
        for iri in kept:
            del self._hub_of[iri]
        ceased, came = self._relink([*around, *kept])
        return _changes(before + ceased, came)

    def linkage(self) -> Linkage:
        """Return all hubs, decisions and near-duplicate articles."""
        copies = {pair for pairs in self._state.copies.values() for pair in pairs}
        return Linkage(
            tuple(self._hubs[iri] for iri in sorted(self._hubs)),
            tuple(self._decisions[iri] for iri in sorted(self._decisions)),
            tuple(sorted(copies)),
        )

    def decisions(self, hub: Hub) -> list[Decision]:
        """Return the decisions on a hub's reports."""
        return [self._decisions[iri] for iri in hub.reports if iri in self._decisions]

    def _index(self, report: Report) -> None:
        self._reports[report.iri] = report
        near = []
        for iri in self._comparable(report):
            comparison = self._look(report.iri, iri)
            least = _SPOKEN if report.speech else 0
            if not comparison.blocked and comparison.score >= least:
                near.append(iri)
                self._edges[iri] = (*self._edges[iri], report.iri)
        self._edges[report.iri] = tuple(near)
        for block, day in _places(report):
            self._state.days.add(block, day, report.iri)

    def _unindex(self, iri: str) -> None:
        report = self._reports.pop(iri)
        self._decisions.pop(iri, None)
        for other in self._edges.pop(iri):
            self._looks.pop(_pair(iri, other), None)
            if other in self._edges:
                self._edges[other] = tuple(name for name in self._edges[other] if name != iri)
        for block, day in _places(report):
            self._state.days.remove(block, day, iri)

    def _comparable(self, report: Report) -> list[str]:
        found: set[str] = set()
        day, days = report.source.published, self._state.days
        for key in _lookups(report):
            if day is None:
                found.update(days.between((*key, _PUBLISHED)))
            else:
                found.update(days.between((*key, _PUBLISHED), day - WINDOW, day + WINDOW))
            found.update(days.between((*key, _UNPUBLISHED)))
            for near in _days(report):
                found.update(days.between((*key, _DATED), near - _NEAR, near + _NEAR))
        found.discard(report.iri)
        return sorted(found)

    def _look(self, one: str, other: str) -> Comparison:
        pair = _pair(one, other)
        if pair not in self._looks:
            self._looks[pair] = compare(self._reports[pair[0]], self._reports[pair[1]])
        return self._looks[pair]

    def _drop_hub(self, iri: str) -> Hub:
        self._state.copies.pop(iri, None)
        return self._hubs.pop(iri)

    def _relink(self, iris: Iterable[str]) -> tuple[list[Hub], list[Hub]]:
        ceased: list[Hub] = []
        came: list[Hub] = []
        done: set[str] = set()
        for start in sorted(iris):
            if start in done or start not in self._reports:
                continue
            members = self._component(start)
            done.update(members)
            old = sorted({self._hub_of[iri] for iri in members if iri in self._hub_of})
            ceased += [self._drop_hub(iri) for iri in old]
            came += self._settle(members)
        return _changes(ceased, came)

    def _component(self, start: str) -> list[str]:
        found, pending = {start}, [start]
        while pending:
            for other in self._edges[pending.pop()]:
                if other not in found:
                    found.add(other)
                    pending.append(other)
        return sorted(found)

    def _settle(self, members: list[str]) -> Iterator[Hub]:
        clustering = self._cluster(members)
        for iri in members:
            self._decisions.pop(iri, None)
        self._decisions.update((decision.report, decision) for decision in clustering.decisions)
        for group in clustering.clusters:
            hub = consolidate([self._reports[iri] for iri in group])
            self._hubs[hub.iri] = hub
            self._hub_of.update((iri, hub.iri) for iri in group)
            if len(hub.articles) > 1 and (copies := tuple(self._copies(hub))):
                self._state.copies[hub.iri] = copies
            yield hub

    def _cluster(self, members: list[str]) -> Clustering:
        seen: dict[tuple[str, str], Comparison] = {}
        mended: set[tuple[int, int]] = set()
        for iri in members:
            mended |= mends(self._reports[iri], (self._reports[o] for o in self._edges[iri]))
        corrections = frozenset(mended)
        edges = {iri: {o: self._look(iri, o) for o in self._edges[iri]} for iri in members}

        def look(a: str, b: str) -> Comparison:
            if b in edges[a]:
                return edges[a][b]
            if (a, b) not in seen:
                seen[a, b] = compare(self._reports[a], self._reports[b], corrections)
            return seen[a, b]

        return cluster({iri: self._reports[iri] for iri in members}, edges, look)

    def _copies(self, hub: Hub) -> Iterator[tuple[str, str]]:
        sources = {self._reports[iri].source.iri: self._reports[iri].source for iri in hub.reports}
        for a, b in combinations(sorted(sources), 2):
            if near_duplicates(sources[a], sources[b]):
                yield a, b


def _changes(ceased: list[Hub], came: list[Hub]) -> tuple[list[Hub], list[Hub]]:
    """Leave out of both lists the hubs that are as they were."""
    old = {hub.iri: hub for hub in ceased}
    new = {hub.iri: hub for hub in came}
    same = {iri for iri, hub in new.items() if old.get(iri) == hub}
    return (
        [old[iri] for iri in sorted(old) if iri not in same],
        [new[iri] for iri in sorted(new) if iri not in same],
    )


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _places(report: Report) -> Iterator[tuple[_Key, int]]:
    """Yield the blocks and days under which a report is found."""
    day = report.source.published
    for key in sorted(_keys(report)):
        yield ((*key, _UNPUBLISHED), 0) if day is None else ((*key, _PUBLISHED), day)
        for told in sorted(_days(report)):
            yield (*key, _DATED), told


def _days(report: Report) -> set[int]:
    """Return the first days of the report's date and deadline, for finding those told far later."""
    return {w.first for w in (report.date, report.deadline) if w and w.first is not None}


def _keys(report: Report) -> set[_Key]:
    """Return the blocks in which a report can be found."""
    family, actors, targets = report.family, _name(report.actors), _name(report.targets)
    found: set[_Key] = {(family, "roles", actors, targets)}
    if actors:
        found.add((family, "actors", actors))
    if targets:
        found.add((family, "targets", targets))
    found.update((family, "pair", a, b) for a, b in combinations(sorted(report.parties), 2))
    return found


def _lookups(report: Report) -> set[_Key]:
    """Return the blocks in which a report's like may stand: full roles, missing ones, pairs."""
    family, actors, targets = report.family, _name(report.actors), _name(report.targets)
    found: set[_Key] = {(family, "roles", a, t) for a in {actors, ""} for t in {targets, ""}}
    found.discard((family, "roles", "", ""))
    if not targets and actors:
        found.add((family, "actors", actors))
    if not actors and targets:
        found.add((family, "targets", targets))
    if report.reciprocal:
        found.update((family, "pair", a, b) for a, b in combinations(sorted(report.parties), 2))
    return found


def _name(parties: frozenset[str]) -> str:
    return " ".join(sorted(parties))
