"""What follows from the graph: OWL 2 RL, and rules beyond it; each conclusion with its proof."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from kg import ontology, vocab
from kg.errors import UsageError
from kg.reason import owl_rl, rules, sound
from kg.reason.axioms import TYPE, Program, compile_axioms, key
from kg.reason.owl_rl import Derivation, Fact, Reasoner
from kg.reason.statements import axiom_proofs, rule_proofs

__all__ = [
    "Inference",
    "Program",
    "Reasoner",
    "close",
    "conclude",
    "facts",
    "infer",
    "program",
    "rules",
]

OWL_RL = "owl-rl"
ENGINES = ("compiled", "owlrl")
# Graphs, and folders of graphs, that hold nothing asserted.
_APART = (
    vocab.inferred("").value,
    vocab.PROOFS.value,
    vocab.QUARANTINE.value,
    vocab.ONTOLOGY_GRAPH.value,
)


@dataclass(frozen=True, slots=True)
class Inference:
    """What follows: quads in the graphs of their rule sets, the graph of proofs, and what was put
    aside (graph vocab.QUARANTINE); each sorted."""

    quads: tuple[Quad, ...]
    proofs: tuple[Quad, ...]
    # Cause links that can't hold once all articles are put together, with the reason.
    withdrawn: tuple[Quad, ...] = ()


@cache
def program(extra: Path | None = None) -> Program:
    """Return the rules compiled from the ontology (and the user's `extra` files)."""
    return compile_axioms(ontology.triples(extra))


def infer(quads: Iterable[Quad], engine: str = "compiled", extra: Path | None = None) -> Inference:
    """Return what follows from the asserted and linked quads, by axioms and then by rules.

    The quads may hold more (inferences of before, proofs): that is passed over. Raises UsageError
    for an unknown engine, OntologyError for an axiom or rule that can't be used.
    """
    compiled = program(extra)
    needed = compiled.reads | _heads(compiled)
    told = [quad for quad in quads if _asserted(quad) and _needed(quad, needed)]
    withdrawn = sound.unsound(told)
    out = {one.quad for one in withdrawn}
    given = [quad for quad in told if quad not in out]
    concluded = close(given, engine, extra)
    inferred = list(_quads(concluded))
    beyond = conclude([*given, *inferred], extra)
    found = set(inferred) | {conclusion.quad for conclusion in beyond}
    proofs = {*axiom_proofs(concluded), *rule_proofs(beyond, [*given, *inferred])}
    return Inference(
        tuple(sorted(found, key=str)),
        tuple(sorted(proofs, key=str)),
        tuple(sound.quarantine(withdrawn)),
    )


def close(
    quads: Sequence[Quad], engine: str = "compiled", extra: Path | None = None
) -> dict[Fact, Derivation]:
    """Return what follows by the ontology's axioms, each conclusion with how it follows.

    owlrl tells no reasons: a conclusion that it alone draws has none.
    """
    if engine not in ENGINES:
        message = f"--engine {engine}: unknown engine (known: {', '.join(ENGINES)})"
        raise UsageError(message)
    compiled = program(extra)
    given = sorted(set(facts(quads, compiled)))
    concluded = owl_rl.close(given, compiled)
    if engine == "owlrl":
        from kg.reason import reference  # rdflib and owlrl, which nothing else needs

        found = reference.close(given, ontology.triples(extra), compiled)
        unexplained = Derivation(0, "owlrl", ())
        concluded = {fact: concluded.get(fact, unexplained) for fact in sorted(found)}
    known = set(_facts(quads, _heads(compiled)))
    return {fact: why for fact, why in concluded.items() if fact not in known}


def conclude(quads: Sequence[Quad], extra: Path | None = None) -> list[rules.RuleConclusion]:
    """Return what the SPARQL rules conclude from linked quads and what follows by axioms."""
    loaded = rules.load(extra)
    wanted = rules.reads(loaded)
    linked = [quad for quad in quads if _read_by_rules(quad, wanted)]
    return rules.conclude(linked, loaded, _background(wanted, extra))


def facts(quads: Iterable[Quad], compiled: Program) -> Iterator[Fact]:
    """Yield the facts between IRIs that some axiom's rule reads."""
    return _facts(quads, compiled.reads)


def _facts(quads: Iterable[Quad], keys: frozenset[str]) -> Iterator[Fact]:
    """Yield the facts between IRIs whose `axioms.key` is among these."""
    predicates = {name for name in keys if not name.startswith(f"{TYPE} ")}
    classes = {name.removeprefix(f"{TYPE} ") for name in keys} - predicates
    for quad in quads:
        predicate = quad.predicate.value
        if predicate == TYPE or predicate in predicates:
            subject, value = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                fact = (subject.value, predicate, value.value)
                if predicate != TYPE or fact[2] in classes:
                    yield fact


def _asserted(quad: Quad) -> bool:
    return not getattr(quad.graph_name, "value", "").startswith(_APART)


def _heads(compiled: Program) -> frozenset[str]:
    """Return the keys of all that axioms can conclude: what is told already is no conclusion."""
    return frozenset(key(rule.head[1], rule.head[2]) for rule in compiled.rules)


def _needed(quad: Quad, keys: frozenset[str]) -> bool:
    """Of what single articles tell, which is most of a store, little concerns the axioms."""
    if quad.graph_name == vocab.LINKS or quad.predicate.value in sound.CAUSES:
        return True
    value = quad.object
    return isinstance(value, NamedNode) and key(quad.predicate.value, value.value) in keys


def _read_by_rules(quad: Quad, wanted: frozenset[str]) -> bool:
    """Rules speak of events (hubs): what single articles tell is left out."""
    graph = getattr(quad.graph_name, "value", "")
    if quad.graph_name != vocab.LINKS and not graph.startswith(vocab.inferred("").value):
        return False
    if quad.predicate.value == TYPE:
        return isinstance(quad.object, NamedNode) and quad.object.value in wanted
    return quad.predicate.value in wanted


@cache
def _background(wanted: frozenset[str], extra: Path | None) -> tuple[Triple, ...]:
    """Return what the ontology says in the rules' words of event types (their severity)."""
    return tuple(t for t in ontology.triples(extra) if t.predicate.value in wanted)


def _quads(concluded: Mapping[Fact, Derivation]) -> Iterator[Quad]:
    graph = vocab.inferred(OWL_RL)
    for subject, predicate, value in concluded:
        yield Quad(NamedNode(subject), NamedNode(predicate), NamedNode(value), graph)
