"""`kgbuild explain` and `kgbuild evaluate` on a store that was filled from gold."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from typer.testing import CliRunner, Result

from kg import link, reason, vocab
from kg.cli.app import app
from kg.errors import KgError
from kg.graph import store
from kg.vocab import dip
from tests import goldgraph

GOLD = Path(__file__).parent / "gold" / "data"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published store with the gold's reports, links, inferences and proofs."""
    path = tmp_path_factory.mktemp("judge") / "kg.store"
    graphs: dict[NamedNode, list[Quad]] = {}
    for gold in goldgraph.load(GOLD):
        quads = goldgraph.article_quads(gold)[0]
        if quads:
            graphs[vocab.article(gold["id"])] = quads
    told = [quad for quads in graphs.values() for quad in quads]
    graphs[vocab.LINKS] = list(link.quads(link.links(link.read(told))))
    inference = reason.infer([*told, *graphs[vocab.LINKS]])
    for quad in inference.quads:
        assert isinstance(quad.graph_name, NamedNode)
        graphs.setdefault(quad.graph_name, []).append(quad)
    with store.write(path) as kept:
        kept.replace(graphs)
        kept.put_aside(vocab.PROOFS, inference.proofs)
        kept.flush()
        kept.publish()
    return path


@pytest.fixture(scope="module")
def answer(folder: Path) -> Quad:
    with store.read(folder) as reader:
        return min(reader.quads(None, dip("retaliationFor")), key=str)


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(folder)])


def test_a_fact_is_explained_down_to_words(folder: Path, answer: Quad) -> None:
    fact = f"{answer.subject} {answer.predicate} {answer.object}"
    done = run(folder, "explain", fact)
    assert done.exit_code == 0
    first, *rest = done.stdout.splitlines()
    assert "retaliationFor" in first
    assert any("“" in line for line in rest)
    assert any("propertyChain" in line for line in rest)


def test_terms_may_be_short(folder: Path, answer: Quad) -> None:
    ends = [str(t.value).removeprefix(vocab.DATA) for t in (answer.subject, answer.object)]  # type: ignore[union-attr]
    long = run(folder, "explain", f"{answer.subject} {answer.predicate} {answer.object}")
    for predicate in ("retaliationFor", "dip:retaliationFor"):
        assert run(folder, "explain", ends[0], predicate, ends[1]).stdout == long.stdout


@pytest.mark.parametrize("format_", ["text", "md", "json", "turtle", "ntriples"])
def test_an_event_is_explained_in_every_format(folder: Path, answer: Quad, format_: str) -> None:
    done = run(folder, "explain", str(answer.subject), "-O", format_)
    assert done.exit_code == 0
    assert "retaliationFor" in done.stdout
    if format_ == "json":
        assert json.loads(done.stdout)[0]["kind"] in ("axiom", "rule", "linked")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("explain", "event/none"), "no such fact or event"),
        (("explain", "event/none retaliationFor"), "three terms"),
        (("explain", "nope:x"), "no prefix 'nope'"),
        (("explain", "event/none", "-O", "xml"), "not one of"),
        (("evaluate", "no/such/folder"), "no such folder"),
    ],
)
def test_faults_are_named(folder: Path, arguments: tuple[str, ...], fault: str) -> None:
    done = run(folder, *arguments)
    assert isinstance(done.exception, KgError)
    assert done.exception.exit_code == 2
    assert fault in str(done.exception)


def test_evaluate_scores_the_store(folder: Path, tmp_path: Path) -> None:
    slips = tmp_path / "slips.jsonl"
    done = run(folder, "evaluate", str(GOLD), "--samples", "0", "--detail", str(slips))
    assert done.exit_code == 0
    assert done.stdout.startswith("found ")
    assert slips.exists()
    told = json.loads(run(folder, "evaluate", str(GOLD), "-O", "json").stdout)
    # Gold's own reports answer all but what a report has no room for.
    assert told["f1"]["found"] > 0.9
    assert told["f1"]["links"] > 0.9
    assert told["intervals"]["found"][0] <= told["figures"]["found"]["f1"]


def test_evaluate_scores_sentence_sets(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "none", "text": "x", "events": [{"code": "010", "source": []}]}\n')
    done = run(folder, "evaluate", str(path))
    assert done.exit_code == 0
    assert done.stdout.startswith("root     P 0.000  R 0.000")
