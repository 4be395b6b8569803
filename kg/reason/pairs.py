"""The SPARQL rules under change: only events within reach of a changed one are asked about again.

How far a change reaches follows from the rules' scopes (see kg/reason/rules.py). A rule of scope
`pair` draws its conclusions between two parties from all events between them; so the pairs of
parties of what changed are worked out anew, each with all of its events.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from pyoxigraph import NamedNode, Quad, Triple

from kg import vocab
from kg.reason import rules
from kg.reason.axioms import TYPE
from kg.reason.changing import Quads
from kg.reason.closure import Fact
from kg.reason.growth import CLOSED
from kg.reason.rules import RuleConclusion, SparqlRule

Pair = tuple[str, str]
_INFERRED = vocab.inferred("").value
SCOPES = frozenset({"pair", "answer"})


@dataclass(frozen=True, slots=True)
class Events:
    """The events before and after a change of links."""

    changed: frozenset[str]
    pairs: Callable[[str], frozenset[Pair]]  # an event's pairs of parties, before or after
    between: Callable[[Pair], Iterable[str]]  # the events of a pair of parties after
    told: Callable[[str], Sequence[Quad]]  # what the links graph says of an event after


@dataclass(slots=True)
class Concluded:
    """What was worked out anew: what holds of it now, and what came and went."""

    holds: list[RuleConclusion] = field(default_factory=list)
    come: set[Quad] = field(default_factory=set)
    gone: set[Quad] = field(default_factory=set)
    events: set[str] = field(default_factory=set)  # all that the rules were asked about


def pairs(actors: Iterable[str], targets: Iterable[str]) -> frozenset[Pair]:
    """Return the pairs of parties that stand on either side of an act, each sorted."""
    return frozenset((min(a, b), max(a, b)) for a, b in product(actors, targets))


def growable(loaded: Iterable[SparqlRule]) -> bool:
    """Say whether all rules tell how far a change reaches."""
    return all(rule.scope in SCOPES for rule in loaded)


class PairGrower:
    """Works the rules out anew over the events that one change reaches."""

    def __init__(
        self,
        loaded: Sequence[SparqlRule],
        background: Sequence[Triple],
        store: Quads,
        events: Events,
        closed: tuple[set[Fact], set[Fact]],
    ) -> None:
        """`closed` holds the axioms' conclusions that come and go."""
        self._rules, self._background = loaded, background
        self._store, self._events = store, events
        self._wanted = rules.reads(loaded)
        self._graphs = {rule.graph for rule in loaded}
        self._come: defaultdict[str, set[Fact]] = defaultdict(set)
        self._gone: defaultdict[str, set[Fact]] = defaultdict(set)
        for facts, by_node in zip(closed, (self._come, self._gone), strict=True):
            for fact in facts:
                if fact[1] in self._wanted or (fact[1] == TYPE and fact[2] in self._wanted):
                    for node in {fact[0], fact[2]}:
                        by_node[node].add(fact)
        # Relations of which a rule asks that there be none.
        negated = "".join(rule.select.partition("NOT EXISTS")[2] for rule in loaded)
        self._denied = {
            pattern.parts[1]
            for rule in loaded
            for pattern in rule.conclusions
            if f":{vocab.local_name(str(pattern.parts[1]).rstrip('>'))}" in negated
        }
        self._near: dict[str, frozenset[str]] = {}
        self._stored: dict[str, frozenset[Quad]] = {}

    def outcome(self) -> Concluded:
        """Return what the rules conclude within reach of the change."""
        event = vocab.event("").value[:-16]
        changed = set(self._events.changed)
        for by_node in (self._come, self._gone):
            changed |= {node for node in by_node if node.startswith(event)}
        if not changed:
            return Concluded()
        while True:
            concluded = self._work(changed)
            ends = {
                end
                for quad in concluded.come | concluded.gone
                if quad.predicate in self._denied
                for end in _ends(quad.triple)
            }
            if ends <= changed:
                return concluded
            changed |= ends

    def _work(self, changed: set[str]) -> Concluded:
        reached = changed.union(*(self._neighbours(event) for event in changed))
        open_ = {pair for event in reached for pair in self._events.pairs(event)}
        while True:
            events = reached.union(*(self._events.between(pair) for pair in sorted(open_)))
            around = events.union(*(self._neighbours(event) for event in events))
            found = rules.conclude(self._quads(around), self._rules, self._background)
            stored = {quad for event in around for quad in self._concluded(event)}
            more: set[Pair] = set()
            for triple in {one.triple for one in found} | {quad.triple for quad in stored}:
                if self._within(triple, changed, open_):
                    more |= self._pairs(triple)
            if more <= open_:
                break
            open_ |= more
        holds = [one for one in found if self._within(one.triple, changed, open_)]
        now = {one.quad for one in holds}
        then = {quad for quad in stored if self._within(quad.triple, changed, open_)}
        return Concluded(holds, now - then, then - now, around)

    def _within(self, triple: Triple, changed: set[str], open_: set[Pair]) -> bool:
        """Say whether a conclusion is worked out anew."""
        return any(end in changed for end in _ends(triple)) or bool(self._pairs(triple) & open_)

    def _pairs(self, triple: Triple) -> frozenset[Pair]:
        """Return the pairs of parties between which a conclusion may be drawn."""
        first, *rest = (self._events.pairs(end) for end in _ends(triple))
        return first.intersection(*rest)

    def _neighbours(self, event: str) -> frozenset[str]:
        """Return the events to which a relation that rules read holds, before or after."""
        if event not in self._near:
            node = NamedNode(event)
            found: set[str] = set()
            for quads in (self._store.quads(node), self._store.quads(None, None, node)):
                for subject, predicate, value, graph in quads:
                    if predicate.value not in self._wanted or not isinstance(value, NamedNode):
                        continue
                    if graph.value.startswith(_INFERRED):
                        found |= {subject.value, value.value}
            for fact in self._come.get(event, ()):
                if fact[1] != TYPE:
                    found |= {fact[0], fact[2]}
            self._near[event] = frozenset(
                name
                for name in found - {event}
                if self._events.pairs(name) or self._events.told(name)
            )
        return self._near[event]

    def _quads(self, events: Iterable[str]) -> Iterator[Quad]:
        """Yield what rules read of these events, as it is after the change."""
        for event in sorted(events):
            told = self._events.told(event)
            yield from (quad for quad in told if self._is_read(quad))
            if not told:
                continue
            gone = self._gone.get(event, set())
            for quad in self._store.quads(NamedNode(event), None, None, CLOSED):
                fact = (event, quad.predicate.value, getattr(quad.object, "value", ""))
                if fact not in gone and self._is_read(quad):
                    yield quad
            for fact in sorted(self._come.get(event, ())):
                if fact[0] == event:
                    subject, predicate, value = map(NamedNode, fact)
                    yield Quad(subject, predicate, value, CLOSED)

    def _is_read(self, quad: Quad) -> bool:
        if quad.predicate.value == TYPE:
            return isinstance(quad.object, NamedNode) and quad.object.value in self._wanted
        return quad.predicate.value in self._wanted

    def _concluded(self, event: str) -> frozenset[Quad]:
        """Return the stored conclusions of rules of which the event is the subject."""
        if event not in self._stored:
            quads = self._store.quads(NamedNode(event))
            self._stored[event] = frozenset(q for q in quads if q.graph_name in self._graphs)
        return self._stored[event]


def _ends(triple: Triple) -> list[str]:
    """Return the events that a conclusion is about: two, or of a class one."""
    subject = str(getattr(triple.subject, "value", ""))
    if triple.predicate.value == TYPE:
        return [subject]
    return [subject, str(getattr(triple.object, "value", ""))]


def background(loaded: Iterable[SparqlRule], triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Return what the ontology says in the rules' words of event types (their severity)."""
    wanted = rules.reads(loaded)
    return tuple(t for t in triples if t.predicate.value in wanted)
