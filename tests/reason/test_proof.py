"""Every conclusion has a proof that ends in assertions and the words of articles."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg import link, reason, vocab
from kg.graph.store import Reader, memory
from kg.reason import proof, render
from kg.reason.proof import Step
from kg.vocab import LINKS, dip
from tests import goldgraph

GOLD = Path(__file__).parents[1] / "gold" / "data"


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return [quad for gold in goldgraph.load(GOLD) for quad in goldgraph.article_quads(gold)[0]]


@pytest.fixture(scope="module")
def linked(quads: list[Quad]) -> list[Quad]:
    return list(link.quads(link.links(link.read(quads))))


@pytest.fixture(scope="module")
def inference(quads: list[Quad], linked: list[Quad]) -> reason.Inference:
    return reason.infer([*quads, *linked])


@pytest.fixture(scope="module")
def reader(quads: list[Quad], linked: list[Quad], inference: reason.Inference) -> Reader:
    return memory([*quads, *linked, *inference.quads], inference.proofs)


def leaves(step: Step) -> list[Step]:
    return [leaf for p in step.premises for leaf in leaves(p)] if step.premises else [step]


def test_every_conclusion_is_proved_in_ten_steps_at_most(
    reader: Reader, inference: reason.Inference
) -> None:
    explainer = proof.Explainer(reader, reason.program())
    assert len(inference.quads) > 1000
    for quad in inference.quads:
        step = explainer.explain(quad.triple)
        assert step is not None
        assert step.depth <= 10
        assert {leaf.kind for leaf in leaves(step)} <= {"asserted", "linked"}, quad


def test_retaliation_is_proved_down_to_quoted_words(
    reader: Reader, inference: reason.Inference
) -> None:
    told = [q for q in inference.quads if q.predicate == dip("retaliationFor")]
    assert told
    for quad in told:
        (step,) = proof.explain(reader, quad.triple, reason.program())
        quotes = [quote.text for leaf in leaves(step) for quote in leaf.quotes]
        assert quotes
        assert all(quotes)


def test_an_event_is_explained_with_the_linker_s_reasons(reader: Reader) -> None:
    hub = next(q.object for q in reader.quads(None, dip("reports"), None, LINKS))
    assert isinstance(hub, NamedNode)
    steps = proof.explain(reader, hub, reason.program())
    reports = [step for step in steps if step.triple.predicate == dip("reports")]
    assert reports
    assert all(step.words for step in reports)


def test_what_the_graph_does_not_hold_has_no_proof(reader: Reader) -> None:
    nothing = Triple(vocab.event("x"), dip("retaliationFor"), vocab.event("y"))
    assert proof.explain(reader, nothing, reason.program()) == []


def test_all_renderings_tell_the_same(reader: Reader, inference: reason.Inference) -> None:
    quad = next(q for q in inference.quads if q.predicate == dip("retaliationFor"))
    steps = proof.explain(reader, quad.triple, reason.program())
    labels = {quad.subject.value: "the answer"}  # type: ignore[union-attr]
    text, marked = render.text(steps, labels), render.markdown(steps, labels)
    assert text.startswith("the answer retaliationFor event/")
    assert marked.startswith("- **the answer retaliationFor event/")
    words = [quote.text for leaf in leaves(steps[0]) for quote in leaf.quotes]
    records = json.loads(render.as_json(steps))
    assert records[0]["triple"][0] == str(quad.subject)
    for word in words:
        single = " ".join(word.split())
        assert single in text
        assert single in marked
        assert word in json.dumps(records, ensure_ascii=False).replace('\\"', '"')
    prov = serialize(render.triples(steps), format=RdfFormat.N_TRIPLES)
    assert prov is not None
    assert b"_:" not in prov
    assert b"wasDerivedFrom" in prov


def test_conclusions_and_proofs_depend_on_the_set_of_quads_alone(
    quads: list[Quad], linked: list[Quad], inference: reason.Inference
) -> None:
    assert reason.infer([*reversed(linked), *reversed(quads)]) == inference
    # Inferring again over a store that holds inferences and proofs changes nothing.
    again = [*quads, *linked, *inference.quads, *inference.proofs]
    assert reason.infer(again) == inference


def test_owlrl_concludes_the_same_on_the_gold(
    quads: list[Quad], linked: list[Quad], inference: reason.Inference
) -> None:
    assert set(reason.infer([*quads, *linked], "owlrl").quads) == set(inference.quads)
