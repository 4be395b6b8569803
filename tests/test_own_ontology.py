"""A user's folder adds an event type, a state and a cue, without Python."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

OWN = """
@prefix actor: <https://w3id.org/kgbuild/data/actor/> .
@prefix dip:   <https://w3id.org/kgbuild/diplomacy#> .
@prefix owl:   <http://www.w3.org/2002/07/owl#> .
@prefix rdfs:  <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos:  <http://www.w3.org/2004/02/skos/core#> .

dip:FlagLowering a owl:Class , dip:EventType ;
  rdfs:subClassOf dip:Measure ;
  rdfs:label "lowering of a flag"@en ;
  skos:definition "A state takes down the flag of another."@en ;
  dip:frame dip:DirectedAct ;
  dip:pattern "{actor} lower|strike/v {target:ensign}" ;
  dip:example "[Latvia](actor=LV) lowered the [Russian](target=RU) flag in Riga." ;
  skos:notation "COERCE"^^dip:plover , "171"^^dip:cameo .
dip:ensign a dip:WordClass ; dip:lemma "flag" , "ensign" .

actor:QF a dip:State ; skos:notation "QF"^^dip:code ; rdfs:label "Freedonia"@en ;
  dip:name "Freedonia" ; dip:adjective "Freedonian" ; dip:capital "Fredville" .

dip:reportingVerb dip:lemma "trumpet" .
"""
ARTICLE = """Date: 2024-05-08

Freedonia lowered the Latvian flag in Fredville on Tuesday.

Latvia summoned the Freedonian ambassador, Foreign Minister Janis Ozols trumpeted.
"""


def kgbuild(folder: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-m", "kg", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the article ingested with the user's ontology (`own`) and without (`bare`)."""
    home = tmp_path_factory.mktemp("own")
    (home / "mine").mkdir()
    (home / "mine" / "more.ttl").write_text(OWN, encoding="utf-8")
    (home / "a.txt").write_text(ARTICLE, encoding="utf-8")
    kgbuild(home, "ingest", "a.txt", "--store", "own", "--ontology", "mine")
    kgbuild(home, "ingest", "a.txt", "--store", "bare")
    return home


def rows(folder: Path, query: str, store: str) -> list[dict[str, str]]:
    text = kgbuild(folder, "query", query, "--store", store, "-O", "csv")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_new_type_and_the_new_state_are_found(folder: Path) -> None:
    told = {
        (r["type"], r["plover"], r["cameo"], r["actors"], r["targets"], r["date"])
        for r in rows(folder, "events", "own")
    }
    assert told == {
        ("FlagLowering", "COERCE", "171", "QF", "LV", "2024-05-07"),
        ("AmbassadorSummons", "ACCUSE", "114", "LV", "QF", ""),
    }
    assert not {r["type"] for r in rows(folder, "events", "bare")} & {"FlagLowering"}
    assert "QF" not in {r["targets"] for r in rows(folder, "events", "bare")}


def test_the_new_cue_tells_who_says_so(folder: Path) -> None:
    (claim,) = rows(folder, "claims", "own")
    assert (claim["speaker"], claim["stance"]) == ("Janis Ozols", "asserts")
    (summons,) = (r for r in rows(folder, "events", "own") if r["type"] == "AmbassadorSummons")
    assert summons["speaker"] == "Janis Ozols"


def test_what_was_added_is_reasoned_over_and_exported(folder: Path) -> None:
    turtle = kgbuild(folder, "export", "--store", "own", "-O", "ntriples")
    graph = "https://w3id.org/kgbuild/data/actor/QF"
    assert f"<{graph}> <http://www.w3.org/2000/01/rdf-schema#label>" in turtle
    types = [line for line in turtle.splitlines() if "/event/" in line and "#Measure>" in line]
    assert types, "a FlagLowering is a Measure, as the user's class says"
    assert "Freedonia" in kgbuild(folder, "show", "QF", "--store", "own")


def test_a_fault_in_the_folder_is_named_with_file_and_line(folder: Path) -> None:
    (folder / "broken").mkdir(exist_ok=True)
    (folder / "broken" / "bad.ttl").write_text("@prefix a: <b> .\na:x a:y\n", encoding="utf-8")
    command = [sys.executable, "-m", "kg", "ingest", "a.txt", "--ontology", "broken"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert "bad.ttl" in line
