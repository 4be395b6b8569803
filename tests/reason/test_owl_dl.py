"""The ontology's axioms are OWL 2 RL that a DL reasoner reads, and consistent: HermiT says so."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg import ontology
from kg.link import links, quads, read
from kg.reason.axioms import TYPE
from kg.reason.reference import is_axiom
from kg.vocab import PREFIXES, dip
from tests import goldgraph

owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="HermiT runs on Java"),
    # owlready2 forks without closing its pipes; its users can't change that.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
GOLD = Path(__file__).parents[1] / "gold" / "data"
_OWL = PREFIXES["owl"]
_FORBIDDEN = {"hasKey", "AllDifferent", "AllDisjointProperties", "AllDisjointClasses"}


def _read_in(triples: list[Triple], folder: Path) -> object:
    path = folder / "ontology.nt"
    path.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    return world


def _axioms() -> list[Triple]:
    return [triple for triple in ontology.triples() if is_axiom(triple)]


def test_the_axioms_are_consistent_and_no_class_is_empty(tmp_path: Path) -> None:
    world = _read_in(_axioms(), tmp_path)
    owlready2.sync_reasoner_hermit(world, debug=0)
    assert list(world.inconsistent_classes()) == []  # type: ignore[attr-defined]


def test_a_contradiction_would_be_found(tmp_path: Path) -> None:
    axioms = _axioms()
    clash = parse(
        input=f"""@prefix : <{dip("").value}> . @prefix owl: <{_OWL}> .
        @prefix rdfs: <{PREFIXES["rdfs"]}> .
        :Measure owl:disjointWith :Event .""",
        format=RdfFormat.TURTLE,
    )
    world = _read_in([*axioms, *(quad.triple for quad in clash)], tmp_path)
    owlready2.sync_reasoner_hermit(world, debug=0)
    names = {c.name for c in world.inconsistent_classes()}  # type: ignore[attr-defined]
    assert "Expulsion" in names


def test_facts_of_the_gold_are_consistent_with_the_axioms(tmp_path: Path) -> None:
    told = [q for gold in goldgraph.load(GOLD)[:6] for q in goldgraph.article_quads(gold)[0]]
    linked = list(quads(links(read(told))))
    facts = [q.triple for q in [*told, *linked] if _between_things(q)]
    world = _read_in([*_axioms(), *facts], tmp_path)
    owlready2.sync_reasoner_hermit(world, debug=0)  # raises where inconsistent
    assert list(world.inconsistent_classes()) == []  # type: ignore[attr-defined]


def _between_things(quad: Quad) -> bool:
    if not isinstance(quad.object, NamedNode):
        return False
    names_a_type = quad.predicate in (dip("eventType"), dip("claimedType"))
    return not names_a_type


def test_no_construct_with_a_known_trap() -> None:
    for triple in ontology.triples():
        for part in (triple.predicate, triple.object):
            if isinstance(part, NamedNode) and part.value.startswith(_OWL):
                assert part.value.removeprefix(_OWL) not in _FORBIDDEN


def test_properties_are_of_one_kind() -> None:
    """OWL 2 DL: no property is both of objects and of data; chains and transitivity stay regular."""
    kinds: dict[str, set[str]] = {}
    for triple in ontology.triples():
        if triple.predicate.value == TYPE and isinstance(triple.subject, NamedNode):
            value = triple.object.value if isinstance(triple.object, NamedNode) else ""
            if value.startswith(_OWL) and value.endswith("Property"):
                kinds.setdefault(triple.subject.value, set()).add(value.removeprefix(_OWL))
    data = {name for name, kind in kinds.items() if "DatatypeProperty" in kind}
    objects = {name for name, kind in kinds.items() if "ObjectProperty" in kind}
    assert not data & objects
    for triple in ontology.triples():
        if triple.predicate.value.endswith("#propertyChainAxiom"):
            assert isinstance(triple.subject, NamedNode)
            assert isinstance(triple.object, BlankNode)
            assert triple.subject.value in objects
        assert not isinstance(triple.predicate, Literal)
