"""Links and inferences under change: what a few articles add to a store, and what they take away.

Works on the store as it is after the articles' graphs were written and before their conclusions
are, with what is kept beside it (kg/graph/shelf.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kg import lexicon, link, ontology, reason, vocab
from kg.graph import gazetteer
from kg.graph.shelf import Shelf, Shelves
from kg.graph.store import Writer
from kg.lexicon import Actor
from kg.link import state as states
from kg.link.write import decision_triples, hub_triples
from kg.reason import changing, growth, pairs, proved, sound
from kg.reason.closure import Fact
from kg.reason.rules import SparqlRule
from kg.reason.statements import axiom_proofs, rule_proofs

VERSION = "1"  # of what is kept beside the store; another number: concluded anew
_TYPE = vocab.term("rdf:type")
_REPORT = vocab.dip("EventReport")
_OWN = frozenset({_REPORT, vocab.dip("Claim")})  # minted for one article
_CODE = vocab.dip("code")
_NOTATION = vocab.term("skos:notation")
_CAUSES = tuple(NamedNode(iri) for iri in sorted(sound.CAUSES))

Swap = tuple[frozenset[Quad], frozenset[Quad]]  # what goes and what comes


@dataclass(frozen=True, slots=True)
class Tools:
    """The ontology, prepared for concluding under change."""

    growth: changing.Growth
    rules: tuple[SparqlRule, ...]
    background: tuple[Triple, ...]
    actors: Mapping[str, Actor]
    extra: Path | None
    version: str = VERSION


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
        step = _Step(self._kept, self._shelves, self._tools, self._links, old, new)
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


class _Step:
    """One chunk of changed articles, linked already: what goes and comes."""

    def __init__(
        self,
        kept: Writer,
        shelves: Shelves,
        tools: Tools,
        links: states.Kept,
        old: Sequence[Quad],
        new: Sequence[Quad],
    ) -> None:
        self._kept, self._shelves, self._tools, self._links = kept, shelves, tools, links
        self._old, self._new = frozenset(old), frozenset(new)
        self._pairs: dict[str, frozenset[pairs.Pair]] = {}
        self._told: dict[str, list[Quad]] = {}

    def main(self) -> Swap:
        """Return what changes in the graphs that queries see."""
        gone, come = set(self.links[0]), set(self.links[1])
        gone |= self.actors[0]
        come |= self.actors[1]
        gone |= {_quad(fact) for fact in self.closed.gone} | self.ruled.gone
        come |= {_quad(fact) for fact in self.closed.come} | self.ruled.come
        return frozenset(gone), frozenset(come)

    def aside(self) -> Swap:
        """Return what changes in the graphs of proofs and of what was put aside."""
        worked_out = [_quad(fact).triple for fact in self.closed.derivations]
        derived = {fact: why for fact, why in self.closed.derivations.items() if why is not None}
        ruled = self.ruled
        worked_out += [quad.triple for quad in ruled.come | ruled.gone]
        worked_out += [one.triple for one in ruled.holds]
        told = [quad for event in sorted(ruled.events) for quad in self._hub(event)]
        proofs = [*axiom_proofs(derived), *rule_proofs(ruled.holds, told)]
        change = proved.change(self._kept, worked_out, proofs)
        return change.gone | self.causes.gone, change.come | self.causes.come

    # ---------------------------------------------------------------- links and actors

    @cached_property
    def links(self) -> Swap:
        """What changes in the graph of links."""
        gone: set[Triple] = set()
        come: set[Triple] = set()
        links = self._links
        for _, was, now in links.hubs.changes():
            if was != now:
                gone.update(hub_triples(was) if was else ())
                come.update(hub_triples(now) if now else ())
        hubs_then = _Then(links.hub_of)
        for _, before, after in links.decisions.changes():
            gone.update(decision_triples(before, hubs_then) if before else ())
            come.update(decision_triples(after, links.state.hub_of) if after else ())
        for pair, then, since in links.copied.changes():
            a, b = pair.split(" ")
            told = Triple(NamedNode(a), vocab.dip("nearDuplicateOf"), NamedNode(b))
            gone.update([told] if then else [])
            come.update([told] if since else [])
        return _linked(gone - come), _linked(come - gone)

    @cached_property
    def actors(self) -> Swap:
        """What changes in the graph of actors: what the gazetteer knows of those that occur."""
        gone: set[Quad] = set()
        come: set[Quad] = set()
        for code in sorted(gazetteer.occurring([*self._old, *self._new])):
            if code not in self._tools.actors:
                continue
            uses = self._kept.quads(None, _NOTATION, Literal(code, datatype=_CODE))
            used = any(quad.graph_name != vocab.ACTORS for quad in uses)
            wanted = set(gazetteer.describe([code], self._tools.actors)) if used else set()
            actor = NamedNode(self._tools.actors[code].iri)
            known = set(self._kept.quads(actor, None, None, vocab.ACTORS))
            gone |= known - wanted
            come |= wanted - known
        return frozenset(gone), frozenset(come)

    # ---------------------------------------------------------------- causes that can't hold

    @cached_property
    def causes(self) -> "_Causes":
        """Which cause links are put aside after the change, of those that it may concern."""
        links = self._links
        hubs = {iri for iri, was, now in links.hubs.changes() if was != now and now is not None}
        for quad in self._old | self._new:
            if quad.predicate in _CAUSES:
                ends = (quad.subject.value, quad.object.value)  # type: ignore[union-attr]
                hubs |= {hub for end in ends if (hub := links.state.hub_of.get(end))}
        reports = [NamedNode(r) for hub in sorted(hubs) for r in links.state.hubs[hub].reports]
        concerned = {
            quad
            for report in reports
            for cause in _CAUSES
            for quads in (
                self._kept.quads(report, cause),
                self._kept.quads(None, cause, report),
            )
            for quad in quads
        }
        before = {q for q in self._old if q.predicate in _CAUSES} | concerned
        then = {quad for quad in before if self._was_withdrawn(quad)}
        places = {end.value for q in concerned for end in (q.subject, q.object)}  # type: ignore[union-attr]
        around = {hub for end in places if (hub := links.state.hub_of.get(end))}
        told = [quad for hub in sorted(around) for quad in self._hub(hub)]
        now = sound.unsound([*concerned, *told])
        out = {one.quad for one in now}
        stored = {q for quad in then for q in self._kept.aside(sound.node(quad))}
        wanted = set(sound.quarantine(now))
        return _Causes(
            barred=frozenset(out - then),
            freed=frozenset((then & concerned) - out),
            out=frozenset(out),
            gone=frozenset(stored - wanted),
            come=frozenset(wanted - stored),
        )

    def _was_withdrawn(self, quad: Quad) -> bool:
        return any(self._kept.aside(sound.node(quad), None, None, vocab.QUARANTINE))

    # ---------------------------------------------------------------- inference

    @cached_property
    def closed(self) -> changing.Outcome:
        """What comes and goes by the ontology's axioms."""
        prepared = self._tools.growth
        links_gone, links_come = self.links
        actors_gone, actors_come = self.actors
        causes = self.causes
        come = prepared.facts([*(self._new - causes.out), *links_come, *actors_come])
        gone = prepared.facts([*self._old, *links_gone, *actors_gone])
        change = changing.Change(
            frozenset(come),
            frozenset(gone),
            links_gone | actors_gone,
            frozenset(prepared.facts(causes.barred)),
            frozenset(prepared.facts(causes.freed)),
            self._fresh(),
            self._was_withdrawn,
        )
        return growth.Grower(prepared, self._kept, self._shelves.days, change).outcome()

    def _fresh(self) -> frozenset[str]:
        """Return reports, claims and events of which the store told nothing before."""
        hubs = {iri for iri, was, now in self._links.hubs.changes() if was is None and now}
        told, before = (
            {q.subject.value for q in quads if q.predicate == _TYPE and q.object in _OWN}  # type: ignore[union-attr]
            for quads in (self._new, self._old)
        )
        return frozenset(hubs | (told - before))

    @cached_property
    def ruled(self) -> pairs.Concluded:
        """What comes and goes by the rules beyond the axioms."""
        changed = frozenset(iri for iri, was, now in self._links.hubs.changes() if was != now)
        events = pairs.Events(
            changed,
            self._pairs_of,
            lambda pair: self._shelves.days.between(("pair", *pair)),
            self._hub,
        )
        closed = (self.closed.come, self.closed.gone)
        tools = self._tools
        return pairs.PairGrower(tools.rules, tools.background, self._kept, events, closed).outcome()

    def _hub(self, iri: str) -> list[Quad]:
        if iri not in self._told:
            hub = self._links.state.hubs.get(iri)
            self._told[iri] = list(_linked(hub_triples(hub))) if hub is not None else []
        return self._told[iri]

    def _pairs_of(self, iri: str) -> frozenset[pairs.Pair]:
        if iri not in self._pairs:
            hubs = (self._links.hubs.before(iri), self._links.state.hubs.get(iri))
            found = [pairs.pairs(hub.actors, hub.targets) for hub in hubs if hub is not None]
            self._pairs[iri] = frozenset().union(*found)
        return self._pairs[iri]


@dataclass(frozen=True, slots=True)
class _Causes:
    """Cause links that are put aside from now on, no longer, and in all; and the graph's change."""

    barred: frozenset[Quad]
    freed: frozenset[Quad]
    out: frozenset[Quad]
    gone: frozenset[Quad]
    come: frozenset[Quad]


class _Then(dict[str, str]):
    """Which event a report was of at the last commit."""

    def __init__(self, hub_of: Shelf[str]) -> None:
        super().__init__()
        self._hub_of = hub_of

    def __missing__(self, report: str) -> str:
        hub = self._hub_of.before(report)
        if hub is None:
            raise KeyError(report)
        return hub


def _linked(triples: Iterable[Triple]) -> frozenset[Quad]:
    return frozenset(Quad(t.subject, t.predicate, t.object, vocab.LINKS) for t in triples)


def _quad(fact: Fact) -> Quad:
    subject, predicate, value = map(NamedNode, fact)
    return Quad(subject, predicate, value, growth.CLOSED)


def _parsed(told: bytes) -> list[Quad]:
    return list(ox.parse(told, format=RdfFormat.N_QUADS)) if told else []
