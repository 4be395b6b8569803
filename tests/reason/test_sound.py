"""What can't hold once articles are put together is put aside; what is concluded fits its shapes."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import link, reason, resources, vocab
from kg.reason import sound
from kg.validate import shapes, violations
from kg.vocab import LINKS, dip
from tests import goldgraph
from tests.reason.hubs import hub, told

GOLD = Path(__file__).parents[1] / "gold" / "data"
SHAPES = resources.folder("shapes") / "inferred.ttl"
CAUSE = hub("a", "Expulsion", "FR", "ML", date="2022-01-03")
ANSWER = hub("b", "Expulsion", "ML", "FR", date="2022-01-10")


def event(name: str) -> NamedNode:
    return NamedNode(vocab.DATA + f"event/{name}")


def report(name: str) -> NamedNode:
    return NamedNode(vocab.DATA + f"report/{name}")


def another(effect: str, cause: str, article: str) -> list[Quad]:
    """Say by reports of another article that one event answers another."""
    ends = [report(f"{article}-{name}") for name in (effect, cause)]
    return [
        Quad(ends[0], dip("statedRetaliation"), ends[1], vocab.article(article)),
        Quad(ends[0], dip("reports"), event(effect), LINKS),
        Quad(ends[1], dip("reports"), event(cause), LINKS),
    ]


@pytest.mark.parametrize(
    ("quads", "why"),
    [
        (CAUSE + ANSWER + told("a", "b"), "the effect ended 7 days before its cause began"),
        (CAUSE + another("a", "a", "x"), "effect and cause are the same event"),
        (
            CAUSE + hub("b", "Expulsion", "NE", "TD") + told("b", "a"),
            "the effect is neither by whom the cause hit nor against whom it came from",
        ),
    ],
)
def test_an_impossible_cause_is_put_aside_with_its_reason(quads: list[Quad], why: str) -> None:
    inference = reason.infer(quads)
    assert not [q for q in inference.quads if q.predicate == dip("retaliationFor")]
    reasons = {
        q.object.value
        for q in inference.withdrawn
        if q.predicate == vocab.term("sh:resultMessage") and isinstance(q.object, Literal)
    }
    assert reasons == {why}


def test_one_flipped_edge_does_not_turn_the_others() -> None:
    undated = hub("a", "Expulsion", "FR", "ML") + hub("b", "Expulsion", "ML", "FR")
    right = another("b", "a", "x") + another("b", "a", "y")
    flipped = another("a", "b", "z")
    expected = reason.infer(undated + right)
    found = reason.infer(undated + right + flipped)
    direct = {q for q in expected.quads if q.predicate == dip("retaliationFor")}
    assert {q for q in found.quads if q.predicate == dip("retaliationFor")} == direct
    assert len(sound.unsound(undated + right + flipped)) == 1


def test_word_against_word_proves_neither() -> None:
    undated = hub("a", "Expulsion", "FR", "ML") + hub("b", "Expulsion", "ML", "FR")
    found = reason.infer(undated + another("b", "a", "x") + another("a", "b", "y"))
    assert not [q for q in found.quads if q.predicate == dip("retaliationFor")]


def test_an_ally_s_answer_on_behalf_of_another_stands() -> None:
    ally = CAUSE + hub("b", "Expulsion", "NE", "FR", date="2022-01-10") + told("b", "a")
    assert not sound.unsound(ally)


@pytest.mark.parametrize("engine", ["pyrudof", "pyshacl"])
def test_conclusions_on_the_gold_fit_their_shapes(engine: str) -> None:
    pytest.importorskip(engine)
    quads = [q for gold in goldgraph.load(GOLD) for q in goldgraph.article_quads(gold)[0]]
    linked = list(link.quads(link.links(link.read(quads))))
    inferred = reason.infer([*quads, *linked]).quads
    found = violations((q.triple for q in [*quads, *linked, *inferred]), shapes(SHAPES), engine)
    assert found == []


A, B = event("a"), event("b")
NUMBER = vocab.term("xsd:integer")


def number(value: int) -> Literal:
    return Literal(str(value), datatype=NUMBER)


@pytest.mark.parametrize("engine", ["pyrudof", "pyshacl"])
@pytest.mark.parametrize(
    ("more", "shape"),
    [
        ([Triple(A, dip("retaliationFor"), A)], "answer-itself"),
        ([Triple(A, dip("retaliationFor"), B)], "answer-early"),
        (
            [Triple(A, dip("retaliationFor"), B), Triple(B, dip("retaliationFor"), A)],
            "answer-mutual",
        ),
        (
            [Triple(report("x"), dip("reports"), A), Triple(report("x"), dip("reports"), B)],
            "linked-once",
        ),
        (
            [
                Triple(report("x"), dip("reports"), A),
                Triple(report("y"), dip("reports"), A),
                Triple(report("x"), dip("count"), number(5)),
                Triple(report("y"), dip("count"), number(6)),
            ],
            "event-counts",
        ),
        (
            [
                Triple(report(name), dip(word), node)
                for name in "xy"
                for word, node in (("reports", A), ("inArticle", vocab.article("z")))
            ],
            "event-article",
        ),
        ([Triple(A, dip("eventType"), dip("Meeting"))], "event-type"),
    ],
)
def test_a_conclusion_that_cannot_be_is_found(engine: str, more: list[Triple], shape: str) -> None:
    pytest.importorskip(engine)
    sane = [q.triple for q in CAUSE + ANSWER]
    assert violations(sane, shapes(SHAPES), engine) == []
    found = violations([*sane, *more], shapes(SHAPES), engine)
    assert shape in {one.shape for one in found}


def test_an_answer_to_a_third_party_has_the_wrong_direction() -> None:
    other = hub("c", "Expulsion", "NE", "TD", date="2022-02-10")
    more = [Triple(event("c"), dip("retaliationFor"), A)]
    found = violations([*(q.triple for q in CAUSE + other), *more], shapes(SHAPES))
    assert {one.shape for one in found} == {"answer-direction"}
