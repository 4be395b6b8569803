"""The compiled engine: equal to owlrl on any graph, exact under change, honest about axioms."""

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import ontology, reason
from kg.errors import OntologyError
from kg.graph.store import Scratch
from kg.reason import owl_rl, reference
from kg.reason.axioms import TYPE, Atom, Rule, compile_axioms
from kg.reason.owl_rl import Fact
from kg.vocab import DATA, LINKS, dip, term

PREFIXES = """@prefix : <https://w3id.org/kgbuild/diplomacy#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
HUBS = [f"{DATA}event/{i}" for i in range(4)]
REPORTS = [f"{DATA}report/{i}" for i in range(6)]
ACTORS = [f"{DATA}actor/{code}" for code in ("FR", "ML", "NE")]
CLAIMS = [f"{DATA}claim/{i}" for i in range(3)]
FACTS = [f"{DATA}proposition/{i}" for i in range(3)]


def _facts(predicate: str, subjects: list[str], objects: list[str]) -> st.SearchStrategy[Fact]:
    name = dip(predicate).value
    return st.tuples(st.sampled_from(subjects), st.just(name), st.sampled_from(objects))


def _types(subjects: list[str], *classes: str) -> st.SearchStrategy[Fact]:
    iris = [dip(name).value for name in classes]
    return st.tuples(st.sampled_from(subjects), st.just(TYPE), st.sampled_from(iris))


GRAPHS = st.lists(
    st.one_of(
        _facts("reports", REPORTS, HUBS),
        _facts("statedRetaliation", REPORTS, REPORTS),
        _facts("reportedRetaliation", REPORTS, REPORTS),
        _facts("reactsTo", REPORTS, REPORTS),
        _facts("retaliationFor", HUBS, HUBS),
        _facts("actor", HUBS + REPORTS, ACTORS),
        _facts("target", HUBS + REPORTS, ACTORS),
        _facts("hasProposition", HUBS, FACTS),
        _facts("asserts", CLAIMS, FACTS),
        _facts("denies", CLAIMS, FACTS),
        _facts("nearDuplicateOf", CLAIMS, CLAIMS),
        _types(HUBS, "Expulsion", "Sanctions", "Threat", "OccurredEvent", "Event"),
        _types(CLAIMS, "Claim"),
        _types(ACTORS, "State", "Organisation"),
    ),
    max_size=40,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRAPHS)
def test_equal_to_owlrl_on_random_graphs(facts: list[Fact]) -> None:
    program = reason.program()
    expected = reference.close(facts, ontology.triples(), program)
    assert set(owl_rl.close(facts, program)) == expected


def test_the_reference_leaves_the_datatypes_of_others_alone() -> None:
    reference.close(
        [(HUBS[0], dip("reports").value, HUBS[1])], ontology.triples(), reason.program()
    )
    assert not rdflib.Literal("--05-03", datatype=rdflib.XSD.gMonthDay).ill_typed


@settings(max_examples=60, deadline=None)
@given(GRAPHS, GRAPHS, st.randoms(use_true_random=False))
def test_change_leaves_what_a_fresh_closure_gives(
    first: list[Fact], second: list[Fact], chance: object
) -> None:
    program = reason.program()
    reasoner = owl_rl.Reasoner(program)
    reasoner.change(add=first)
    reasoner.change(add=second)
    gone = set(first) - set(second)
    reasoner.change(remove=gone)
    assert reasoner.conclusions() == owl_rl.close(second, program)
    reasoner.change(add=gone, remove=set(second))
    assert reasoner.conclusions() == owl_rl.close(set(first) - set(second), program)


@settings(max_examples=60, deadline=None)
@given(GRAPHS)
def test_blocks_give_what_the_whole_graph_gives(facts: list[Fact]) -> None:
    program = reason.program()
    whole = owl_rl.whole_closure(sorted(set(facts)), program)
    assert owl_rl.close(facts, program) == whole


def _sparql(rule: Rule) -> str:
    """Write a compiled rule as a question for what it concludes and nobody said."""

    def atom(parts: Atom) -> str:
        return " ".join(f"?v{p}" if isinstance(p, int) else f"<{p}>" for p in parts)

    body = " . ".join(atom(parts) for parts in rule.body)
    head = atom(rule.head)
    return f"CONSTRUCT {{ {head} }} WHERE {{ {body} FILTER NOT EXISTS {{ {head} }} }}"


@settings(max_examples=25, deadline=None)
@given(GRAPHS)
def test_equal_to_sparql_rules_run_to_a_fixpoint(facts: list[Fact]) -> None:
    program = reason.program()
    questions = [_sparql(rule) for rule in program.rules]
    store = Scratch(_quad(fact) for fact in facts)
    concluded: set[Fact] = set()
    while True:
        fresh = {
            (t.subject.value, t.predicate.value, t.object.value)  # type: ignore[union-attr]
            for question in questions
            for t in store.query(question)  # type: ignore[union-attr]
        }
        if not fresh:
            break
        concluded |= fresh
        store.add(_quad(fact) for fact in fresh)
    assert set(owl_rl.close(facts, program)) == concluded


def _quad(fact: Fact) -> Quad:
    return Quad(*map(NamedNode, fact), LINKS)


@settings(max_examples=60, deadline=None)
@given(GRAPHS)
def test_each_conclusion_rests_on_facts_and_earlier_conclusions(facts: list[Fact]) -> None:
    concluded = owl_rl.close(facts, reason.program())
    for derivation in concluded.values():
        assert derivation.premises
        for premise in derivation.premises:
            earlier = concluded.get(premise)
            assert premise in facts or (earlier is not None and earlier.rank < derivation.rank)


def _compile(axioms: str) -> object:
    quads = parse(input=PREFIXES + axioms, format=RdfFormat.TURTLE)
    return compile_axioms(quad.triple for quad in quads)


@pytest.mark.parametrize(
    ("axiom", "named"),
    [
        (":actor a owl:FunctionalProperty .", "FunctionalProperty of dip:actor"),
        (":Event owl:hasKey ( :date ) .", "hasKey of dip:Event"),
        (":a owl:sameAs :b .", "sameAs of dip:a"),
        (":A owl:equivalentClass [ owl:complementOf :B ] .", "an anonymous class"),
        (
            "[ owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A .",
            "class expression of an anonymous class",
        ),
        ("[] a owl:AllDifferent .", "AllDifferent of an anonymous class"),
    ],
)
def test_an_axiom_that_cannot_be_compiled_is_refused_by_name(axiom: str, named: str) -> None:
    with pytest.raises(OntologyError, match=named):
        _compile(axiom)


def test_a_join_on_an_actor_forbids_blocks_but_not_the_closure() -> None:
    axioms = """:Actor :broadcast true . :actor rdfs:range :Actor ; owl:inverseOf :actorOf .
    :rivalry owl:propertyChainAxiom ( :actor :actorOf ) ."""
    program = _compile(axioms)
    assert isinstance(program, reason.Program)
    assert not program.blockwise
    actor, rivalry = dip("actor").value, dip("rivalry").value
    facts = [(HUBS[0], actor, ACTORS[0]), (HUBS[1], actor, ACTORS[0])]
    assert (HUBS[0], rivalry, HUBS[1]) in owl_rl.close(facts, program)
    with pytest.raises(ValueError, match="blocks"):
        owl_rl.Reasoner(program)


def test_the_ontology_closes_by_blocks() -> None:
    assert reason.program().blockwise


def test_measures_are_those_that_can_answer_in_kind() -> None:
    measures = {
        rule.body[0][2]
        for rule in reason.program().rules
        if rule.head == (0, TYPE, dip("Measure").value) and len(rule.body) == 1
    }
    expected = """Expulsion OrderToLeave VisaRefusal StaffReduction HiringBan AmbassadorRecall
    AmbassadorWithdrawal MissionClosure Sanctions TravelBan TradeRestriction AirspaceBan BreakRelations
    RetaliatoryAct"""
    assert {str(m).rsplit("#")[-1] for m in measures} == set(expected.split())


def test_retaliation_crosses_hubs_with_its_basis() -> None:
    def fact(s: str, p: str, o: str) -> Fact:
        return (s, dip(p).value, o)

    given = [
        fact(REPORTS[0], "reports", HUBS[0]),
        fact(REPORTS[1], "reports", HUBS[1]),
        fact(REPORTS[2], "reports", HUBS[1]),
        fact(REPORTS[3], "reports", HUBS[2]),
        fact(REPORTS[0], "statedRetaliation", REPORTS[1]),
        fact(REPORTS[2], "reportedRetaliation", REPORTS[3]),
        fact(HUBS[0], "actor", ACTORS[0]),
        fact(HUBS[1], "actor", ACTORS[1]),
        (HUBS[0], TYPE, dip("Expulsion").value),
        (HUBS[1], TYPE, dip("Expulsion").value),
        (HUBS[2], TYPE, dip("Event").value),
    ]
    concluded = owl_rl.close(given, reason.program())
    for expected in (
        fact(HUBS[0], "statedRetaliationFor", HUBS[1]),
        fact(HUBS[1], "reportedRetaliationFor", HUBS[2]),
        fact(HUBS[0], "retaliationFor", HUBS[1]),
        fact(HUBS[2], "escalatesTo", HUBS[0]),
        fact(ACTORS[0], "retaliatedAgainst", ACTORS[1]),
        (HUBS[1], TYPE, dip("RetaliatoryAct").value),
        (HUBS[1], TYPE, term("sem:Event").value),
    ):
        assert expected in concluded
    assert fact(HUBS[0], "reportedRetaliationFor", HUBS[1]) not in concluded
    assert fact(HUBS[0], "retaliationFor", HUBS[2]) not in concluded
