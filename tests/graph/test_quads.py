"""The mapping to quads: offsets, no blank nodes, each value once, the same bytes always."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.graph.faults import faults
from kg.graph.literals import day, time_literal
from kg.graph.quads import clean_code, describe
from kg.model import Extraction, Span
from tests.graph.samples import Codebook, nordic, short

EXTRACTIONS = [nordic(), short()]


def values(quads: list[Quad], predicate: str) -> list[str]:
    return sorted(
        quad.object.value
        for quad in quads
        if quad.predicate == vocab.term(predicate) and isinstance(quad.object, Literal | NamedNode)
    )


@pytest.mark.parametrize("extraction", EXTRACTIONS, ids=lambda e: e.article.key)
def test_every_evidence_quotes_the_stored_text_at_its_offsets(extraction: Extraction) -> None:
    quads = describe(extraction, Codebook())
    facts = {
        (quad.subject, quad.predicate.value.rsplit("#", 1)[-1]): quad.object.value
        for quad in quads
        if isinstance(quad.object, Literal)
    }
    starts = [subject for subject, name in facts if name == "start"]
    assert starts
    for iri in starts:
        start, end = int(facts[iri, "start"]), int(facts[iri, "end"])
        assert extraction.article.text[start:end] == facts[iri, "exact"]


@pytest.mark.parametrize("extraction", EXTRACTIONS, ids=lambda e: e.article.key)
def test_one_graph_no_blank_nodes_sorted_and_each_quad_once(extraction: Extraction) -> None:
    quads = describe(extraction, Codebook())
    assert {quad.graph_name for quad in quads} == {vocab.article(extraction.article.key)}
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert all(isinstance(quad.object, NamedNode | Literal) for quad in quads)
    assert quads == sorted(set(quads), key=str)
    assert quads == describe(extraction, Codebook())


def test_a_report_tells_roles_dates_count_and_codes() -> None:
    quads = describe(nordic(), Codebook())
    assert values(quads, "dip:plover") == ["EXPEL"]
    assert values(quads, "dip:actorCodes") == ["NO", "RU"]
    assert values(quads, "dip:deadline") == ["2021-05"]
    assert values(quads, "dip:dateFromDay") == ["18750", "18752"]
    assert values(quads, "dip:count") == ["2", "2", "40"]
    assert len(values(quads, "dip:reportedRetaliation")) == 1
    assert not values(quads, "dip:statedRetaliation")
    assert values(quads, "dip:voiceCode") == ["RU"]


def test_unknown_bodies_get_class_and_label_and_a_code_that_joins() -> None:
    quads = describe(short(), Codebook())
    assert values(quads, "dip:targetCodes") == ["Bureau X Y"]
    assert values(quads, "rdfs:label") == ["Bureau X Y"]
    assert not values(quads, "dip:count")
    assert values(quads, "dip:countMin") == ["2"]
    assert values(quads, "dip:countMax") == ["5"]
    assert not values(quads, "dip:dateFrom")
    assert clean_code(" A|B,C; D ") == "A B C D"


def test_the_same_act_told_twice_is_one_report() -> None:
    once = short()
    twice = replace(once, events=(once.events[0], once.events[0]))
    assert describe(twice, Codebook()) == describe(once, Codebook())


def test_a_second_version_of_the_text_keeps_the_articles_iri() -> None:
    changed = replace(short(), article=replace(short().article, sha256="1" * 64))
    assert {q.graph_name for q in describe(changed, Codebook())} == {vocab.article("short.txt")}


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        (replace(short().events[0], quote=Span(0, 9999)), "beyond"),
        (replace(short().events[0], trigger=Span(5, 5)), "beyond"),
    ],
)
def test_spans_beyond_the_text_are_faults(broken: object, word: str) -> None:
    assert not faults(short())
    told = faults(replace(short(), events=(broken,)))  # type: ignore[arg-type]
    assert len(told) == 1
    assert word in told[0]


def test_indexes_beyond_the_events_are_faults() -> None:
    assert len(faults(replace(nordic(), events=nordic().events[:1]))) == 1
    assert len(faults(replace(nordic(), events=()))) == 2


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2021-12-01", "date"),
        ("2021-12", "gYearMonth"),
        ("2021", "gYear"),
        ("--01-31", "gMonthDay"),
    ],
)
def test_dates_are_typed_by_their_precision(value: str, kind: str) -> None:
    assert time_literal(value).datatype == vocab.term(f"xsd:{kind}")


def test_day_numbers_count_from_1970() -> None:
    assert day("1970-01-02").value == "1"
    assert day("1969-12-31").value == "-1"
