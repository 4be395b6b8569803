"""What follows from the graph: OWL 2 RL, and rules beyond it; each conclusion with its proof."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg import ontology, vocab
from kg.errors import UsageError
from kg.reason import owl_rl, reference
from kg.reason.axioms import Program, compile_axioms, key
from kg.reason.owl_rl import Derivation, Fact, Reasoner

__all__ = ["Inference", "Program", "Reasoner", "facts", "infer", "program"]

OWL_RL = "owl-rl"
_ENGINES = ("compiled", "owlrl")
_APART = (vocab.PROOFS, vocab.QUARANTINE, vocab.ONTOLOGY_GRAPH)


@dataclass(frozen=True, slots=True)
class Inference:
    """What follows: quads in the graphs of their rule sets, and the graph of proofs; sorted."""

    quads: tuple[Quad, ...]
    proofs: tuple[Quad, ...]


@cache
def program(extra: Path | None = None) -> Program:
    """Return the rules compiled from the ontology (and the user's `extra` files)."""
    return compile_axioms(ontology.triples(extra))


def facts(quads: Iterable[Quad], rules: Program) -> Iterator[Fact]:
    """Yield the asserted facts between IRIs that some rule reads."""
    reads = rules.reads
    inferred = vocab.inferred("").value
    for quad in quads:
        if (
            isinstance(quad.object, NamedNode)
            and key(quad.predicate.value, quad.object.value) in reads
            and isinstance(quad.subject, NamedNode)
            and quad.graph_name not in _APART
            and not getattr(quad.graph_name, "value", "").startswith(inferred)
        ):
            yield quad.subject.value, quad.predicate.value, quad.object.value


def infer(quads: Iterable[Quad], engine: str = "compiled", extra: Path | None = None) -> Inference:
    """Return what follows from the asserted and linked quads by the ontology's axioms.

    Raises UsageError for an unknown engine, OntologyError for an axiom that can't be compiled.
    """
    if engine not in _ENGINES:
        message = f"--engine {engine}: unknown engine (known: {', '.join(_ENGINES)})"
        raise UsageError(message)
    rules = program(extra)
    given = sorted(set(facts(quads, rules)))
    concluded = owl_rl.close(given, rules)
    if engine == "owlrl":
        found = reference.close(given, ontology.triples(extra), rules)
        concluded = {fact: concluded[fact] for fact in found if fact in concluded} | {
            fact: Derivation(0, "owlrl", ()) for fact in found if fact not in concluded
        }
    return Inference(tuple(_quads(concluded)), ())


def _quads(concluded: Mapping[Fact, Derivation]) -> Iterator[Quad]:
    graph = vocab.inferred(OWL_RL)
    for subject, predicate, value in sorted(concluded):
        yield Quad(NamedNode(subject), NamedNode(predicate), NamedNode(value), graph)
