"""Links and inferences under change: what a few articles add to a store, and what they take away.

Works on the store as it is after the articles' graphs were written and before their conclusions
are, with what is kept beside it (kg/graph/shelf.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg import lexicon, link, ontology, reason, vocab
from kg.graph.shelf import Shelves
from kg.graph.store import Writer
from kg.link import state as states
from kg.reason import changing, pairs
from kg.step import Step, Swap, Tools

_TYPE = vocab.term("rdf:type")
_REPORT = vocab.dip("EventReport")


@cache
def tools(extra: Path | None) -> Tools | None:
    """Prepare the ontology; None where it does not tell how far a change reaches."""
    prepared = changing.Growth.of(reason.program(extra))
    loaded = reason.rules.load(extra)
    if prepared is None or not pairs.growable(loaded):
        return None
    background = pairs.background(loaded, ontology.triples(extra))
    return Tools(prepared, loaded, background, lexicon.load(extra).actors, extra)


@dataclass(frozen=True, slots=True)
class Changes:
    """What goes and comes in the graphs that queries see, and in those that they don't."""

    main: Swap
    aside: Swap


class Grower:
    """Links and inferences of a store, kept up to date chunk by chunk."""

    def __init__(self, kept: Writer, shelves: Shelves, tools: Tools) -> None:
        self._kept, self._shelves, self._tools = kept, shelves, tools
        self._links = states.kept(shelves)
        self._linker = link.Linker(self._links.state)

    def changes(
        self, articles: Mapping[NamedNode, bytes], at_hand: Mapping[NamedNode, Sequence[Quad]]
    ) -> Changes:
        """Return what follows from these articles' change; each comes with its old N-Quads.

        `at_hand` holds what the store was just given of some: reading it back would cost more than
        writing it did.
        """
        old = [quad for told in articles.values() for quad in _parsed(told)]
        new = [quad for name in articles for quad in self._told(name, at_hand)]
        self._link(old, new)
        step = Step(self._kept, self._shelves, self._tools, self._links, old, new)
        main, aside = step.main(), step.aside()
        come = len(step.closed.come) + len(step.ruled.come)
        self._count("inferences", come - len(step.closed.gone) - len(step.ruled.gone))
        return Changes(main, aside)

    def _told(self, name: NamedNode, at_hand: Mapping[NamedNode, Sequence[Quad]]) -> Iterable[Quad]:
        known = at_hand.get(name)
        return self._kept.quads(graph=name) if known is None else dict.fromkeys(known)

    def commit(self) -> str:
        """Keep the state that these changes lead to; return its stamp."""
        self._count("reports", self._links.reports.grown())
        self._count("events", self._links.hubs.grown())
        stamp = str(int(self._shelves.note("stamp") or "0") + 1)
        self._shelves.write_note("stamp", stamp)
        self._shelves.commit()
        self._linker.forget()
        return stamp

    def counts(self) -> tuple[int, int, int]:
        """Return how many reports, events and inferences there are."""
        reports, events, inferences = (
            int(self._shelves.note(name) or "0") for name in ("reports", "events", "inferences")
        )
        return reports, events, inferences

    def _count(self, name: str, more: int) -> None:
        self._shelves.write_note(name, str(int(self._shelves.note(name) or "0") + more))

    def _link(self, old: Sequence[Quad], new: Sequence[Quad]) -> None:
        links = self._links
        self._linker.remove(
            quad.subject.value  # type: ignore[union-attr]
            for quad in old
            if quad.predicate == _TYPE and quad.object == _REPORT
        )
        for iri in sorted({quad.graph_name.value for quad in old}):  # type: ignore[union-attr]
            links.sources.pop(iri, None)
        texts = [
            quad
            for name in sorted({quad.graph_name for quad in new}, key=str)
            if isinstance(name, NamedNode)
            for quad in self._kept.aside(name, vocab.dip("text"), None, name)
        ]
        reports = link.read([*new, *texts], self._tools.extra)
        for report in reports:
            links.sources[report.source.iri] = report.source
        self._linker.add(reports)
        for _, before, after in list(links.copies.changes()):
            for step, found in ((-1, before), (1, after)):
                for a, b in found or ():
                    count = links.copied.get(f"{a} {b}", 0) + step
                    if count:
                        links.copied[f"{a} {b}"] = count
                    else:
                        del links.copied[f"{a} {b}"]
        for iri, was, now in links.hubs.changes():
            for hub, put in ((was, self._shelves.days.remove), (now, self._shelves.days.add)):
                if hub is not None:
                    for pair in pairs.pairs(hub.actors, hub.targets):
                        put(("pair", *pair), 0, iri)


def _parsed(told: bytes) -> list[Quad]:
    return list(ox.parse(told, format=RdfFormat.N_QUADS)) if told else []
