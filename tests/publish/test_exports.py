"""Out to other tools: every export is read back by the tool's own reader."""

import csv
import io
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner

from kg import vocab
from kg.cli.app import app
from kg.errors import StorageError, UsageError
from kg.graph import store
from kg.publish import events_table
from kg.publish.view import Lookup


def export(store_: Path, target: Path, *more: str) -> bytes:
    result = CliRunner().invoke(app, ["export", str(target), "--store", str(store_), *more])
    if result.exception is not None:
        raise result.exception
    return target.read_bytes()


@pytest.fixture
def lookup(gold_store: Path) -> Iterator[Lookup]:
    with store.read(gold_store) as reader:
        yield Lookup(reader)


def test_the_event_table_opens_in_pandas_and_parquet_is_the_same(
    gold_store: Path, tmp_path: Path
) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    export(gold_store, tmp_path / "x.csv")
    export(gold_store, tmp_path / "x.parquet")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame = pandas.read_csv(tmp_path / "x.csv", dtype={"cameo": str}, keep_default_na=False)
        other = pandas.read_parquet(tmp_path / "x.parquet")
    assert list(frame.columns) == list(other.columns) == list(events_table.COLUMNS)
    assert len(frame) == len(other) > 200
    assert set(frame.quote) == set(other.quote)
    norway = frame[(frame.type == "Expulsion") & (frame.source_actor == "NO")]
    row = norway[norway["count"].astype(str) == "15"].iloc[0]
    assert (row.source_iso3, row.target_iso3, row.cameo) == ("NOR", "RUS", "161")


def test_the_event_table_opens_in_duckdb(gold_store: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for name in ("x.csv", "x.tsv", "x.parquet"):
        export(gold_store, tmp_path / name)
        told = f"FROM '{tmp_path / name}' WHERE modality = 'actual' AND source_actor = 'NO'"
        found = duckdb.sql(f"SELECT cameo, max(count), max(date_from) {told} GROUP BY 1").fetchall()
        assert ("161", 15, "2023-04-13") in [(code, n, str(day)) for code, n, day in found], name


def test_the_table_has_every_report_once_a_pair(gold_store: Path, lookup: Lookup) -> None:
    with store.read(gold_store) as reader:
        table = events_table.table(reader, lookup)
    keys = [tuple(str(row[i]) for i in (1, 7, 10)) for row in table.rows]
    assert len(keys) == len(set(keys))
    told = {r.iri for a in lookup.articles for r in lookup.reports_in(a.iri)}
    assert {row[1].value for row in table.rows if row[1] is not None} == told  # type: ignore[union-attr]


def test_the_codebook_tells_every_column() -> None:
    text = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert "".join(events_table.codebook()) in text


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "trig", "jsonld"])
def test_a_narrowed_graph_is_part_of_the_whole(form: str, gold_store: Path, tmp_path: Path) -> None:
    rdf = RdfFormat.from_extension(form)
    assert rdf is not None
    whole = {q.triple for q in parse(export(gold_store, tmp_path / f"a.{form}"), format=rdf)}
    some = {
        q.triple
        for q in parse(export(gold_store, tmp_path / f"b.{form}", "--actor", "NO"), format=rdf)
    }
    assert some < whole
    assert 200 < len(some) < len(whole) / 3


def test_a_narrowed_graph_answers_as_the_whole_does(gold_store: Path, tmp_path: Path) -> None:
    from kg.graph.store import memory
    from kg.query import find, run

    with store.read(gold_store) as reader:
        whole = run(reader, find("events"), {"actor": "NO"})
    quads = list(
        parse(export(gold_store, tmp_path / "x.nq", "--actor", "NO"), format=RdfFormat.N_QUADS)
    )
    part = run(memory(quads), find("events"), {"actor": "NO"})
    assert part == whole
    assert len(part)


def test_the_description_counts_what_is_there(
    gold_store: Path, lookup: Lookup, tmp_path: Path
) -> None:
    quads = list(parse(export(gold_store, tmp_path / "x.trig", "--about"), format=RdfFormat.TRIG))
    told = {
        (q.predicate.value, q.object.value)
        for q in quads
        if str(q.graph_name).endswith("graph/dataset>")
    }  # type: ignore[union-attr]
    assert (vocab.PREFIXES["void"] + "entities", str(len(lookup.articles))) in told
    assert any(name.endswith("license") for name, _ in told)


def test_formulas_are_disarmed(gold_store: Path, tmp_path: Path) -> None:
    rows = csv.reader(io.StringIO(export(gold_store, tmp_path / "x.csv", "--excel-safe").decode()))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


# ---------------------------------------------------------------- pushing


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[str]:
    import sys

    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
        "oxigraph"
    )
    if program is None:
        pytest.skip("no Oxigraph server: pip install oxigraph")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [program, "serve", "--location", str(tmp_path / "other"), "--bind", f"127.0.0.1:{port}"],
        stderr=subprocess.DEVNULL,
    ) as process:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def test_every_graph_arrives_and_questions_have_the_same_answers(
    gold_store: Path, oxigraph: str
) -> None:
    from kg.publish import table
    from kg.query import Table, find, library, run

    with store.read(gold_store) as reader:
        for _ in range(2):  # pushing again changes nothing
            result = CliRunner().invoke(
                app, ["export", "--to", f"{oxigraph}/store", "--store", str(gold_store)]
            )
            assert result.exit_code == 0, result.output
        for name in library():
            answer = run(reader, find(name))
            if not isinstance(answer, Table):
                continue
            query = urllib.parse.urlencode({"query": find(name).text})
            asked = urllib.request.Request(  # noqa: S310 (our own address)
                f"{oxigraph}/query?union-default-graph&{query}",
                headers={"Accept": "application/sparql-results+json"},
            )
            with urllib.request.urlopen(asked) as told:  # noqa: S310
                import json

                theirs = json.loads(told.read())["results"]["bindings"]
            ours = json.loads("".join(table.as_json(answer)))["results"]["bindings"]
            assert theirs == ours, name


@pytest.mark.parametrize(
    ("url", "fault"),
    [("ftp://x/", UsageError), ("nowhere", UsageError), ("http://127.0.0.1:9/", StorageError)],
)
def test_an_address_that_is_none_is_named(
    url: str, fault: type[Exception], gold_store: Path
) -> None:
    result = CliRunner().invoke(app, ["export", "--to", url, "--store", str(gold_store)])
    assert isinstance(result.exception, fault)
    assert url.split("/")[0] in str(result.exception)
