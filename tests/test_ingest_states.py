"""What others see of an ingest: whole states while it runs, and what later commands remember."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import build, vocab
from kg.errors import UsageError
from kg.graph import ledger, store
from tests.test_ingest_faults import ENVIRONMENT, articles, export

SHOWN = """
import sys
from kg import build
build.ingest([sys.argv[1]], build.Path(sys.argv[2]), build.Settings(shown_every=0))
"""
OWN = """
@prefix dip:  <https://w3id.org/kgbuild/diplomacy#> .
@prefix owl:  <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
dip:OwnAct a owl:Class ; rdfs:label "own act"@en .
dip:Expulsion rdfs:subClassOf dip:OwnAct .
"""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return articles(tmp_path_factory.mktemp("states") / "in", 120)


def unlinked(reader: store.Reader) -> int:
    """Count the reports that belong to no event: none, once conclusions are drawn."""
    told = {q.subject for q in reader.quads(None, vocab.term("rdf:type"), vocab.dip("EventReport"))}
    linked = {q.subject for q in reader.quads(None, vocab.dip("reports"), None)}
    return len(told ^ linked)


def test_readers_see_whole_states_while_an_ingest_runs(news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kg"
    line = [sys.executable, "-c", SHOWN, str(news), str(folder)]
    states: set[int] = set()
    reads = 0
    with subprocess.Popen(line, env=ENVIRONMENT, stderr=subprocess.PIPE) as writer:
        while writer.poll() is None:
            if not (folder / "current").exists():
                time.sleep(0.02)
                continue
            with store.read(folder) as reader:
                assert unlinked(reader) == 0
                states.add(len(reader))
            reads += 1
    assert writer.returncode == 0
    assert reads >= len(states) >= 2  # how many fit in is a matter of speed: benchmarks/readers.py

    build.ingest([news], tmp_path / "once", build.Settings())
    assert export(folder) == export(tmp_path / "once")


def test_a_file_that_can_not_be_read_any_more_keeps_its_article(news: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(news, tmp_path / "in", ignore=lambda _, names: sorted(names)[5:]))
    folder = tmp_path / "kg"
    build.ingest([home], folder, build.Settings())
    before, rows = export(folder), ledger.read(folder)
    good = (home / "001.txt").read_bytes()
    (home / "001.txt").write_bytes(bytes(range(256)) * 20)

    summary = build.ingest([home], folder, build.Settings())
    (unread,) = summary.unread
    assert unread.source == "001.txt"
    assert "stays in the store" in unread.reason
    assert (export(folder), ledger.read(folder)) == (before, rows)

    (home / "001.txt").write_bytes(good)
    assert build.ingest([home], folder, build.Settings()).known == 5
    assert build.remove(folder, ["001.txt"], build.Settings()) == ["001.txt"]
    assert "001.txt" not in export(folder)


def test_reason_and_remove_remember_the_ontology_of_the_ingest(news: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(news, tmp_path / "in", ignore=lambda _, names: sorted(names)[3:]))
    own = tmp_path / "own"
    own.mkdir()
    (own / "own.ttl").write_text(OWN, encoding="utf-8")
    folder = tmp_path / "kg"
    build.ingest([home], folder, build.Settings(ontology=own))
    before = export(folder)
    assert "OwnAct" in before

    build.conclude_again(folder, build.Settings())
    assert export(folder) == before
    build.remove(folder, ["000.txt"], build.Settings())
    assert "OwnAct" in export(folder)

    own.rename(tmp_path / "moved")
    for act in (
        lambda: build.conclude_again(folder, build.Settings()),
        lambda: build.remove(folder, ["001.txt"], build.Settings()),
    ):
        with pytest.raises(UsageError, match="name where it is now with --ontology"):
            act()
    assert any(row.key == "001.txt" for row in ledger.read(folder))
    build.conclude_again(folder, build.Settings(ontology=tmp_path / "moved"))
    assert "OwnAct" in export(folder)
