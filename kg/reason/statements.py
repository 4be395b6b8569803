"""Proofs as quads: the graph of proofs.

It holds each conclusion that takes more than one premise, as a statement node: its rule, and the
statements it was derived from. What one axiom gives from one premise (an inverse, a superclass, a
superproperty) is not stored: `kg.reason.proof` reads it off the ontology's rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import vocab
from kg.reason.owl_rl import Derivation, Fact
from kg.reason.rules import RuleConclusion
from kg.vocab import LINKS, PROOFS, dip, term

SUBJECT, PREDICATE, OBJECT = (term(f"rdf:{name}") for name in ("subject", "predicate", "object"))
DERIVED = term("prov:wasDerivedFrom")


def statement(triple: Triple) -> NamedNode:
    """Return the IRI that stands for a triple in the graph of proofs."""
    return vocab.part(
        "statement", *(str(t) for t in (triple.subject, triple.predicate, triple.object))
    )


def axiom_proofs(concluded: Mapping[Fact, Derivation]) -> Iterator[Quad]:
    """Yield the proofs of the conclusions by axioms that take several premises."""
    for fact, derivation in concluded.items():
        if len(derivation.premises) > 1:
            premises = [_triple(premise) for premise in derivation.premises]
            yield from _proof(_triple(fact), derivation.rule, premises)


def rule_proofs(conclusions: Iterable[RuleConclusion], quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the proofs of what SPARQL rules concluded; `quads` tell how to call the events."""
    conclusions = list(conclusions)
    named = {
        value.value
        for conclusion in conclusions
        for _, value in conclusion.row
        if isinstance(value, NamedNode)
    }
    labels = _labels(named, quads)
    for conclusion in conclusions:
        yield from _proof(conclusion.triple, conclusion.rule.name, conclusion.premises)
        words = conclusion.rule.explanation
        for name, value in conclusion.row:
            words = words.replace("{" + name + "}", labels.get(value.value, value.value))
        node = statement(conclusion.triple)
        yield Quad(node, dip("explanation"), Literal(words), PROOFS)


def _proof(conclusion: Triple, rule: str, premises: Sequence[Triple]) -> Iterator[Quad]:
    node, *below = (statement(triple) for triple in (conclusion, *premises))
    yield Quad(node, dip("byRule"), Literal(rule), PROOFS)
    for premise in below:
        yield Quad(node, DERIVED, premise, PROOFS)
    for about, triple in zip((node, *below), (conclusion, *premises), strict=True):
        yield Quad(about, term("rdf:type"), term("rdf:Statement"), PROOFS)
        yield Quad(about, SUBJECT, triple.subject, PROOFS)
        yield Quad(about, PREDICATE, triple.predicate, PROOFS)
        yield Quad(about, OBJECT, triple.object, PROOFS)


def _triple(fact: Fact) -> Triple:
    return Triple(NamedNode(fact[0]), NamedNode(fact[1]), NamedNode(fact[2]))


def _labels(named: set[str], quads: Iterable[Quad]) -> dict[str, str]:
    """Call events by type, parties and date: "Expulsion (FR, ML; 2022-01-08)"."""
    told: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        if quad.graph_name == LINKS and getattr(quad.subject, "value", "") in named:
            name = vocab.local_name(quad.predicate.value)
            node = told.setdefault(quad.subject.value, {})  # type: ignore[union-attr]
            node.setdefault(name, []).append(vocab.local_name(quad.object.value))  # type: ignore[union-attr]
    labels = {}
    for iri, node in told.items():
        if "eventType" in node:
            parties = ", ".join(sorted(node.get("actor", [])) + sorted(node.get("target", [])))
            date = "".join(f"; {value}" for value in sorted(node.get("date", []))[:1])
            labels[iri] = f"{min(node['eventType'])} ({parties}{date})"
    return labels
