"""Linkage -> quads of the links graph."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import vocab
from kg.link.hubs import OCCURRED
from kg.link.records import Decision, Hub, Linkage
from kg.vocab import LINKS, dip, term

_TYPE = term("rdf:type")
_INTEGER = term("xsd:integer")


def quads(linkage: Linkage) -> Iterator[Quad]:
    """Yield the links graph: hubs with their values, decisions, candidates and copies."""
    hub_of = {iri: hub.iri for hub in linkage.hubs for iri in hub.reports}
    for hub in linkage.hubs:
        yield from _placed(hub_triples(hub))
    for decision in linkage.decisions:
        yield from _placed(decision_triples(decision, hub_of))
    for left, right in linkage.copies:
        yield from _placed([Triple(NamedNode(left), dip("nearDuplicateOf"), NamedNode(right))])


def hub_triples(hub: Hub) -> Iterator[Triple]:
    """Yield what the links graph says of one hub."""
    node = NamedNode(hub.iri)
    for class_ in ("Event", hub.type, *(["OccurredEvent"] if hub.factuality == "actual" else [])):
        yield Triple(node, _TYPE, dip(class_))
    yield Triple(node, dip("eventType"), dip(hub.type))
    yield Triple(node, dip("factuality"), Literal(hub.factuality))
    for report in hub.reports:
        yield Triple(NamedNode(report), dip("reports"), node)
    for role, parties in (("actor", hub.actors), ("target", hub.targets)):
        for party in parties:
            yield Triple(node, dip(role), NamedNode(party))
    numbers = {
        "articleCount": len(hub.articles),
        "independentSources": hub.independent_sources,
        "firstReportedDay": hub.first_reported,
    }
    for name, number in numbers.items():
        if number is not None:
            yield Triple(node, dip(name), Literal(str(number), datatype=_INTEGER))
    for wrong in hub.mended_counts:
        yield Triple(node, dip("mendedCount"), Literal(str(wrong), datatype=_INTEGER))
    yield from _values(hub)
    yield from _propositions(hub)


def _values(hub: Hub) -> Iterator[Triple]:
    node = NamedNode(hub.iri)
    for value in hub.values:
        told = value.bundle[0][1]
        part = vocab.part("value", hub.iri, value.field, *(f"{n}={v}" for n, v in value.bundle))
        yield Triple(node, dip("hasValue"), part)
        yield Triple(part, _TYPE, dip("ToldValue"))
        yield Triple(part, dip("field"), Literal(value.field))
        yield Triple(part, dip("toldValue"), told)
        yield Triple(part, dip("chosen"), Literal(value.chosen))
        for report in value.support:
            yield Triple(part, dip("toldBy"), NamedNode(report))
        if value.chosen:
            for name, literal in value.bundle:
                yield Triple(node, dip(name), literal)


def _propositions(hub: Hub) -> Iterator[Triple]:
    for proposition in hub.propositions:
        part = vocab.proposition(hub.iri, proposition.fact)
        yield Triple(NamedNode(hub.iri), dip("hasProposition"), part)
        yield Triple(part, _TYPE, dip("Proposition"))
        if proposition.fact == OCCURRED:
            yield Triple(part, dip("claimedFact"), Literal(OCCURRED))
        else:
            yield Triple(part, dip("claimedType"), dip(proposition.fact))
        for claim in proposition.asserted:
            yield Triple(NamedNode(claim), dip("asserts"), part)
        for claim in proposition.denied:
            yield Triple(NamedNode(claim), dip("denies"), part)


def decision_triples(decision: Decision, hub_of: Mapping[str, str]) -> Iterator[Triple]:
    """Yield one decision: what was compared, the score, and the rivals with why not."""
    node = vocab.part("decision", decision.report)
    yield Triple(node, _TYPE, dip("LinkDecision"))
    yield Triple(node, dip("decidedReport"), NamedNode(decision.report))
    yield Triple(node, dip("status"), Literal(decision.status))
    yield Triple(node, dip("comparedWith"), NamedNode(decision.compared_with))
    # Canonical: stores that hold decimals as numbers give it back as it was.
    score = f"{decision.comparison.score / 100:.2f}".rstrip("0").rstrip(".")
    yield Triple(node, dip("score"), Literal(score, datatype=term("xsd:decimal")))
    for feature in decision.comparison.features:
        yield Triple(node, dip("feature"), Literal(str(feature)))
    if decision.status == "candidate":
        hub = hub_of[decision.compared_with]
        yield Triple(NamedNode(decision.report), dip("candidateFor"), NamedNode(hub))
    for rival in decision.rivals:
        part = vocab.part("rival", decision.report, rival.report)
        yield Triple(node, dip("rival"), part)
        yield Triple(part, _TYPE, dip("RivalReport"))
        yield Triple(part, dip("rivalReport"), NamedNode(rival.report))
        yield Triple(part, dip("rejectedBecause"), Literal(rival.reason))


def _placed(triples: Iterator[Triple] | list[Triple]) -> Iterator[Quad]:
    return (Quad(t.subject, t.predicate, t.object, LINKS) for t in triples)
