"""Cause links that can't hold once all articles are put together: they are left out of reasoning.

An article by itself is checked before it enters the store; here stands what only several articles
together show. One flipped edge would run through every chain of answers, so it is taken out first
and put aside with the reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.vocab import LINKS, dip, term

CAUSES = {dip(name).value for name in ("statedRetaliation", "reportedRetaliation")}
# What the links graph says of events, which is all that is needed here.
_NOTED = {
    dip(name).value: name for name in ("reports", "actor", "target", "dateFromDay", "dateToDay")
}


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A cause link that was put aside, and why."""

    quad: Quad
    reason: str


@dataclass(slots=True)
class _Node:
    """What is known of a report or event: its event, parties and days."""

    hub: str = ""
    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None


def unsound(quads: Iterable[Quad]) -> list[Withdrawn]:
    """Return the cause links that contradict what the articles tell together, sorted."""
    nodes: defaultdict[str, _Node] = defaultdict(_Node)
    causes: list[Quad] = []
    for quad in quads:
        predicate = quad.predicate.value
        if predicate in CAUSES:
            causes.append(quad)
        elif quad.graph_name == LINKS and predicate in _NOTED:
            _note(nodes[getattr(quad.subject, "value", "")], _NOTED[predicate], quad)
    voices: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in causes:
        voices[_hubs(quad, nodes)].add(str(quad.graph_name))
    return [
        Withdrawn(quad, reason)
        for quad in sorted(set(causes), key=str)
        if (reason := _fault(quad, nodes, voices))
    ]


def quarantine(withdrawn: Iterable[Withdrawn]) -> list[Quad]:
    """Return the quads that tell what was withdrawn and why, sorted."""
    quads = []
    for one in withdrawn:
        quad = one.quad
        about = node(quad)
        for name, value in (
            ("rdf:type", term("rdf:Statement")),
            ("rdf:subject", quad.subject),
            ("rdf:predicate", quad.predicate),
            ("rdf:object", quad.object),
            ("dip:inArticle", quad.graph_name),
            ("sh:resultMessage", Literal(one.reason)),
        ):
            if isinstance(value, NamedNode | Literal):
                quads.append(Quad(about, term(name), value, vocab.QUARANTINE))
    return sorted(quads, key=str)


def node(quad: Quad) -> NamedNode:
    """Return the IRI that stands for a cause link that was put aside."""
    parts = [str(part) for part in (quad.subject, quad.predicate, quad.object)]
    return vocab.part("withdrawn", *parts, str(quad.graph_name))


def _note(node: _Node, name: str, quad: Quad) -> None:
    value = getattr(quad.object, "value", "")
    if name == "reports":
        node.hub = value
    elif name == "actor":
        node.actors |= {value}
    elif name == "target":
        node.targets |= {value}
    elif name == "dateFromDay":
        node.first = int(value)
    else:
        node.last = int(value)


def _hubs(quad: Quad, nodes: Mapping[str, _Node]) -> tuple[str, str]:
    effect, cause = str(getattr(quad.subject, "value", "")), str(getattr(quad.object, "value", ""))
    return nodes[effect].hub or effect, nodes[cause].hub or cause


def _fault(
    quad: Quad, nodes: Mapping[str, _Node], voices: Mapping[tuple[str, str], set[str]]
) -> str:
    """Return why a cause link can't hold, or nothing."""
    effect, cause = _hubs(quad, nodes)
    if effect == cause:
        return "effect and cause are the same event"
    against = voices.get((cause, effect), set())
    if against and len(against) >= len(voices[effect, cause]):
        return f"{len(against)} articles tell it the other way round"
    one, other = nodes[effect], nodes[cause]
    if one.last is not None and other.first is not None and one.last < other.first:
        return f"the effect ended {other.first - one.last} days before its cause began"
    known = one.actors and other.actors and (one.targets or other.targets)
    if known and not (one.actors & other.targets or one.targets & other.actors):
        return "the effect is neither by whom the cause hit nor against whom it came from"
    return ""
