"""Saved questions on what rules conclude, on small graphs whose answers are plain."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import query, vocab
from kg.graph import store

GRAPH = """
PREFIX dip: <https://w3id.org/kgbuild/diplomacy#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX : <https://w3id.org/kgbuild/data/event/>
PREFIX party: <https://w3id.org/kgbuild/data/actor/>

party:SE rdfs:label "Sweden"@en ; skos:notation "SE"^^dip:code , "SWE"^^dip:iso3 , "380"^^dip:cow .
party:IR rdfs:label "Iran"@en ; skos:notation "IR"^^dip:code , "IRN"^^dip:iso3 , "630"^^dip:cow .
party:AfU rdfs:label "African Union"@en ; skos:notation "AfU"^^dip:code .

:threat a dip:Event ; dip:eventType dip:Expulsion ; dip:factuality "threatened" ;
  dip:actor party:SE ; dip:target party:IR ; dip:articleCount 1 ; dip:independentSources 1 ;
  dip:deadline "2024-03-10"^^xsd:date .
:act a dip:Event , dip:OccurredEvent ; dip:eventType dip:Expulsion ; dip:factuality "actual" ;
  dip:actor party:SE ; dip:target party:IR ; dip:count 3 ; dip:unit "diplomat" ;
  dip:date "2024-03-08"^^xsd:date ; dip:dateFrom "2024-03-08"^^xsd:date ; dip:dateTo "2024-03-08"^^xsd:date ;
  dip:dateFromDay 19790 ; dip:dateToDay 19790 ; dip:articleCount 2 ; dip:independentSources 1 ;
  dip:reportedBy :r1 , :r2 ; dip:probablyKeeps :threat ; dip:withinDeadlineOf :threat .
:answer a dip:Event , dip:OccurredEvent ; dip:eventType dip:Expulsion ; dip:factuality "actual" ;
  dip:actor party:IR ; dip:target party:SE ; dip:count 5 ; dip:date "2024-04"^^xsd:gYearMonth ;
  dip:dateFrom "2024-04-01"^^xsd:date ; dip:dateTo "2024-04-30"^^xsd:date ;
  dip:dateFromDay 19814 ; dip:dateToDay 19843 ; dip:articleCount 1 ; dip:independentSources 1 ;
  dip:reportedBy :r3 ; dip:exceeds :act ; dip:answersInKind :act .
:again a dip:Event , dip:OccurredEvent ; dip:eventType dip:AmbassadorRecall ; dip:factuality "actual" ;
  dip:actor party:SE ; dip:target party:IR ; dip:articleCount 1 ; dip:independentSources 1 ;
  dip:reportedBy :r4 ; dip:continuesTitForTat :act .
:demand a dip:Event , dip:ProbablyBrokenPromise ; dip:eventType dip:Release ; dip:factuality "demanded" ;
  dip:actor party:IR ; dip:target party:SE ; dip:articleCount 1 ; dip:independentSources 1 .
:talks a dip:Event , dip:OccurredEvent ; dip:eventType dip:Meeting ; dip:factuality "actual" ;
  dip:actor party:SE , party:AfU ; dip:articleCount 1 ; dip:independentSources 1 ; dip:reportedBy :r5 .
:protest a dip:Event ; dip:eventType dip:Protest ; dip:factuality "planned" ; dip:actor party:IR ;
  dip:articleCount 1 ; dip:independentSources 1 .
:r1 dip:modality "actual" ; dip:eventType dip:Expulsion ; dip:plover "SANCTION" ; dip:cameo "161" .
:r2 dip:modality "planned" ; dip:eventType dip:Expulsion ; dip:plover "THREATEN" ; dip:cameo "131" .

:level a dip:Observation ; dip:inArticle :article ; dip:observedParty party:IR ; dip:measure "staff" ;
  dip:count 12 ; dip:unit "diplomat" ; dip:date "2024-05-01"^^xsd:date ; dip:dateFromDay 19844 ;
  dip:evidence :words .
:words oa:exact "the embassy is down to 12 diplomats" .
:article dip:source "a.txt" .
:cause a dip:Cause ; dip:causeKind "retaliation" ; dip:basis "stated" ; dip:effectReport :r3 ;
  dip:causeReport :r1 ; dip:evidence :reply .
:reply oa:exact "in reply" .
:r3 dip:inArticle :article ; dip:eventType dip:Expulsion ; dip:actorCodes "IR" ; dip:voice :voice .
:r1 dip:actorCodes "SE" .
:voice dip:office "the foreign ministry" .
"""
READER = store.memory(
    Quad(one.subject, one.predicate, one.object, vocab.LINKS)
    for one in parse(GRAPH, format=RdfFormat.TURTLE)
)


def rows(name: str, **values: str) -> list[dict[str, str]]:
    """Ask a saved question; return its rows with IRIs as local names."""
    answer = query.run(READER, query.find(name), values)
    assert isinstance(answer, query.Table)
    return [
        {
            column: vocab.local_name(cell.value) if isinstance(cell, NamedNode) else cell.value
            for column, cell in zip(answer.columns, row, strict=True)
            if isinstance(cell, NamedNode | Literal)
        }
        for row in answer.rows
    ]


def picked(name: str, *columns: str, **values: str) -> list[tuple[str | None, ...]]:
    return [tuple(row.get(column) for column in columns) for row in rows(name, **values)]


def test_levels_of_staff_are_told_by_party() -> None:
    (row,) = rows("staffing")
    assert (row["of"], row["count"], row["date"], row["source"]) == (
        "Iran", "12", "2024-05-01", "a.txt",
    )  # fmt: skip
    assert rows("staffing", party="IR") == [row]
    assert rows("staffing", party="SE") == []


def test_a_dyad_has_both_directions_in_order_of_time_and_mutual_acts_once() -> None:
    found = picked("dyad-timeline", "event", "actor", "target", one="IR", other="SE")
    assert found[-2:] == [("act", "Sweden", "Iran"), ("answer", "Iran", "Sweden")]
    assert {event for event, *_ in found} == {"again", "demand", "threat", "act", "answer"}
    assert picked("dyad-timeline", "event", "actor", "target", one="AfU") == [
        ("talks", "African Union", "Sweden")
    ]


def test_an_answer_is_told_with_the_word_it_rests_on() -> None:
    (row,) = rows("answers")
    assert (row["effect_actors"], row["cause_actors"], row["basis"]) == ("IR", "SE", "stated")
    assert (row["speaker"], row["quote"]) == ("the foreign ministry", "in reply")


def test_an_answer_that_went_further_has_both_counts_and_the_days_between() -> None:
    assert picked("escalation", "effect", "cause", "effect_count", "cause_count", "days") == [
        ("answer", "act", "5", "3", "24")
    ]


def test_blow_and_counterblow_are_told_with_their_beginning() -> None:
    assert picked("tit-for-tat", "first", "later", "in_kind") == [("act", "again", "false")]


def test_promises_are_told_with_their_outcome() -> None:
    assert picked("promises", "promise", "factuality", "outcome", "act") == [
        ("demand", "demanded", "broken", None),
        ("threat", "threatened", "kept", "act"),
    ]


def test_acts_in_time_are_told_with_the_deadline() -> None:
    assert picked("deadlines-kept", "setting", "deadline", "act", "outcome") == [
        ("threat", "2024-03-10", "act", "in time")
    ]


def test_months_count_events_beside_reports() -> None:
    assert picked("events-by-month", "month", "events", "reports") == [
        ("2024-03", "1", "2"),
        ("2024-04", "1", "1"),
    ]


def test_parties_are_counted_as_doing_and_as_suffering() -> None:
    assert picked("actors", "party", "acts", "acts_towards_it") == [
        ("Sweden", "3", "1"),
        ("Iran", "1", "2"),
        ("African Union", "1", "0"),
    ]


@pytest.mark.parametrize(
    ("event", "codes", "uncertain"),
    [("act", ("SWE", "380", "IRN", "630"), "0"), ("answer", ("IRN", "630", "SWE", "380"), "29")],
)
def test_the_event_table_has_codes_bounds_and_precision(
    event: str, codes: tuple[str, ...], uncertain: str
) -> None:
    (row,) = [row for row in rows("event-table") if row["event"] == event]
    found = tuple(row[c] for c in ("source_iso3", "source_cow", "target_iso3", "target_cow"))
    assert found == codes
    assert row["days_uncertain"] == uncertain


def test_the_event_table_takes_codes_from_reports_of_the_events_own_factuality() -> None:
    (row,) = [row for row in rows("event-table") if row["event"] == "act"]
    assert (row["plover"], row["cameo"]) == ("SANCTION", "161")


def test_an_act_towards_nobody_stands_once_without_a_target() -> None:
    (row,) = [row for row in rows("event-table") if row["event"] == "protest"]
    assert "target" not in row
    assert row["source"] == "IR"


def test_a_mutual_act_stands_once_for_each_ordered_pair() -> None:
    pairs = [(r["source"], r["target"]) for r in rows("event-table") if r["event"] == "talks"]
    assert pairs == [("AfU", "SE"), ("SE", "AfU")]
