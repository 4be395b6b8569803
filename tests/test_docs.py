"""The documentation: what is generated names all there is, what is shown runs."""

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from pyoxigraph import RdfFormat, parse

from kg import lexicon
from kg.cli.app import app
from kg.query import parse as parse_query

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REMEDY = "run `python docs/generate.py`"


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#=]+)\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_command_and_option_is_in_the_reference() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    sections = dict(
        re.findall(r"^## kgbuild (\S+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    )
    commands = getattr(typer.main.get_command(app), "commands", {})
    assert sections.keys() == commands.keys(), REMEDY
    for name, command in commands.items():
        told = set(re.findall(r"`(-[^`]*)`", sections[name].split("| --- |")[1]))
        assert told == {o for p in command.params for o in p.opts if o.startswith("-")}, (
            f"{name}: {REMEDY}"
        )
        assert "Example" in (command.help or ""), f"{name}: no example in its help"


def test_every_event_type_is_in_the_ontology_s_page() -> None:
    text = (DOCS / "ontology.md").read_text(encoding="utf-8")
    assert not [name for name in lexicon.load().types if f"| `{name}` |" not in text], REMEDY


def test_the_picture_shows_only_what_the_ontology_has() -> None:
    from kg import ontology, vocab

    made = runpy.run_path(str(DOCS / "generate.py"))
    known = {triple.subject for triple in ontology.triples()}
    names = {*made["BOXES"], *(name for _, name, _ in made["ARROWS"])}
    assert not [name for name in names if vocab.dip(name) not in known]
    assert (DOCS / "ontology.svg").read_text(encoding="utf-8") == made["picture"](), REMEDY


def test_the_how_tos_are_well_formed(tmp_path: Path) -> None:
    for number, block in enumerate(blocks("how-to.md", "turtle")):
        assert list(parse(block, format=RdfFormat.TURTLE))
        (tmp_path / f"{number}.ttl").write_text(block, encoding="utf-8")
    enlarged = lexicon.load(tmp_path)
    assert enlarged.types.keys() > lexicon.load().types.keys()
    assert enlarged.actors.keys() > lexicon.load().actors.keys()


def test_the_how_to_question_answers_and_the_rule_concludes(gold_graph: Path) -> None:
    from kg.graph import store
    from kg.query import Table, Triples, run

    rule, question = blocks("how-to.md", "sparql")
    with store.read(gold_graph) as reader:
        counted = run(reader, parse_query(question, "acts"), {"actor": "NO"})
        assert isinstance(counted, Table)
        assert len(counted)
        concluded = run(reader, parse_query(rule, "swift"))
        assert isinstance(concluded, Triples)


@pytest.fixture(scope="module")
def gold_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.publish import gold

    return gold.fill(tmp_path_factory.mktemp("docs"), gold.extractions())


@pytest.mark.slow
def test_the_tutorial_runs_as_written(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    for block in blocks("tutorial.md", "sh"):
        for line in block.splitlines():
            name, *words = shlex.split(line)
            assert name == "kgbuild"
            done = subprocess.run(
                [sys.executable, "-m", "kg", *words],
                cwd=tmp_path,
                env={"PYTHONPATH": str(ROOT), "PATH": ""},
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            assert done.returncode == 0, f"{line}: {done.stderr}"
    written = {path.name for path in tmp_path.iterdir()}
    assert written >= {
        "norway.csv",
        "sources.bib",
        "report.html",
        "graph.ttl",
        "events.csv",
        "network.gexf",
    }
    (code,) = blocks("tutorial.md", "python")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") > 3
