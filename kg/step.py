"""One chunk of changed articles, linked already: what comes and goes in the graphs of a store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import vocab
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

_TYPE = vocab.term("rdf:type")
_REPORT = vocab.dip("EventReport")
_OWN = frozenset({_REPORT, vocab.dip("Claim")})  # minted for one article
_CODE = vocab.dip("code")
_NOTATION = vocab.term("skos:notation")
_CAUSES = tuple(NamedNode(iri) for iri in sorted(sound.CAUSES))

VERSION = "1"  # of what is kept beside the store; another number: concluded anew
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


class Step:
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
