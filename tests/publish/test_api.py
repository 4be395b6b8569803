"""The public Python API: its names, and three lines to pandas and rdflib."""

from pathlib import Path

import pytest

import kg
from kg.errors import QueryError, UsageError


def test_the_public_names() -> None:
    assert kg.__all__ == ["__version__", "open"]


def test_three_lines_to_pandas(gold_store: Path) -> None:
    pytest.importorskip("pandas")
    with kg.open(gold_store) as graph:
        frame = graph.query("events", actor="NO", since="2023-04-01").to_pandas()
    assert "Expulsion" in set(frame["type"])
    assert set(frame["actors"]) == {"NO"}
    assert 15 in set(frame["count"].dropna())


def test_three_lines_to_rdflib(gold_store: Path) -> None:
    with kg.open(gold_store) as graph:
        other = graph.to_rdflib()
        number = next(
            iter(graph.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?s ?p ?o } }"))
        )
    assert len(other) == number["n"] > 10_000


def test_events_carry_their_reports(gold_store: Path) -> None:
    with kg.open(gold_store) as graph:
        event = graph.event(graph.events[0].iri)
        assert event is not None
        assert event.reports[0].quote.words
        assert graph.event("urn:none") is None
        assert len(graph.articles) == 32


def test_faults_name_what_is_wrong(gold_store: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing there yet"):
        kg.open(tmp_path / "none")
    with kg.open(gold_store) as graph:
        with pytest.raises(UsageError, match="no parameter 'actr'"):
            graph.query("events", actr="NO")
        with pytest.raises(QueryError, match="gives a graph"):
            graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
