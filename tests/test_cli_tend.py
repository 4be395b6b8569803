"""`models`, `doctor`, `backup` and `restore` on a real store, with faults put in on purpose."""

import fcntl
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from typer.testing import CliRunner, Result

from kg import build, vocab
from kg.cli.app import app
from kg.errors import KgError, StoreBusyError, UsageError
from kg.graph import store as stores

ARTICLES = {
    "one.txt": (
        "Date: 2023-04-13\n\nNorway expelled 15 Russian diplomats on Thursday, the foreign "
        "ministry in Oslo said.\n"
    ),
    "two.txt": (
        "Date: 2023-04-27\n\nRussia expelled 10 Norwegian diplomats on Wednesday in response to "
        "the expulsion of 15 Russian diplomats by Norway.\n"
    ),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two articles, as ingest leaves it."""
    folder = tmp_path_factory.mktemp("tend")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    build.ingest([folder], folder / "kg.store", build.Settings())
    return folder / "kg.store"


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy of the store to spoil."""
    return Path(shutil.copytree(whole, tmp_path / "kg.store"))


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def findings(store: Path) -> tuple[int, dict[str, str]]:
    """Run the doctor; return its exit code and the state of each part that is not well."""
    done = run("doctor", "--store", store, "--format", "json")
    rows = json.loads(done.stdout)["results"]["bindings"]
    told = {row["part"]["value"]: row["told"]["value"] for row in rows}
    faulty = {r["part"]["value"] for r in rows if r["state"]["value"] == "fault"}
    for row in rows:
        assert row["state"]["value"] == "ok" or row["remedy"]["value"]
    return done.exit_code, {part: told[part] for part in faulty}


def test_models_lists_the_shipped_model_first() -> None:
    done = run("models", "--format", "json")
    assert done.exit_code == 0
    first = json.loads(done.stdout)["results"]["bindings"][0]
    assert first["name"]["value"] == "shipped"
    assert first["language"]["value"] == "en"


def test_a_model_that_is_not_there_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLES["one.txt"], encoding="utf-8")
    done = run("ingest", tmp_path / "a.txt", "--store", tmp_path / "kg", "--model", "en_nowhere")
    assert isinstance(done.exception, KgError)
    assert "en_nowhere" in str(done.exception)
    assert "kgbuild models" in str(done.exception)


def test_a_whole_store_has_no_faults_and_is_not_changed(whole: Path) -> None:
    before = {p: p.read_bytes() for p in (whole / "main").iterdir() if p.suffix == ".sst"}
    assert findings(whole) == (0, {})
    assert before == {p: p.read_bytes() for p in (whole / "main").iterdir() if p.suffix == ".sst"}


def test_the_doctor_says_that_there_is_no_store(tmp_path: Path) -> None:
    done = run("doctor", "--store", tmp_path / "nowhere")
    assert isinstance(done.exception, UsageError)
    assert not (tmp_path / "nowhere").exists()


def _forget_row(store: Path) -> None:
    with sqlite3.connect(store / "ledger.sqlite") as book:
        book.execute("DELETE FROM came_in WHERE source = 'one.txt'")


def _lose_graph(store: Path) -> None:
    with stores.write(store) as kept:
        kept.put(vocab.article("one.txt"), [])
        kept.flush()


def _alter_text(store: Path) -> None:
    iri = vocab.article("one.txt")
    with stores.write(store) as kept:
        kept.put_aside(iri, [Quad(iri, vocab.dip("text"), Literal("Another text."), iri)])
        kept.flush()


def _dangle(store: Path) -> None:
    lost = NamedNode(f"{vocab.DATA}report/0000000000000000")
    event = NamedNode(f"{vocab.DATA}event/0000000000000000")
    with stores.write(store) as kept:
        links = [*kept.quads(graph=vocab.LINKS), Quad(lost, vocab.dip("reports"), event)]
        kept.put(vocab.LINKS, [Quad(q.subject, q.predicate, q.object, vocab.LINKS) for q in links])
        kept.flush()


def _interrupt(store: Path) -> None:
    with sqlite3.connect(store / "ledger.sqlite") as book:
        book.execute("UPDATE note SET value = 'outdated' WHERE name = 'conclusions'")


def _lose_snapshot(store: Path) -> None:
    (store / "current").unlink()


def _garble_ledger(store: Path) -> None:
    for path in store.glob("ledger.sqlite*"):
        path.unlink()
    (store / "ledger.sqlite").write_bytes(b"not a database at all" * 400)


def _garble_database(store: Path) -> None:
    (store / "main" / "CURRENT").write_text("MANIFEST-999999\n", encoding="utf-8")


def _lose_aside(store: Path) -> None:
    shutil.rmtree(store / "aside")


@pytest.mark.parametrize(
    ("spoil", "part", "word"),
    [
        (_forget_row, "articles", "not in the ledger"),
        (_lose_graph, "articles", "one.txt"),
        (_alter_text, "texts", "one.txt"),
        (_dangle, "links", "report/0000000000000000"),
        (_interrupt, "conclusions", "older"),
        (_lose_snapshot, "snapshot", "nothing there"),
        (_garble_ledger, "ledger", "not a database"),
        (_garble_database, "databases", "kg.store"),
        (_lose_aside, "aside", "missing"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_doctor_finds_each_fault(
    copy: Path, spoil: Callable[[Path], None], part: str, word: str
) -> None:
    spoil(copy)
    code, faults = findings(copy)
    assert code == 1
    assert word in faults[part]


def test_the_doctor_names_who_holds_the_store(copy: Path) -> None:
    with (copy / "lock").open("r+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("doctor", "--store", copy, "-O", "csv")
    assert done.exit_code == 0
    assert "held by process" in done.stdout
    assert "a writer is at work" in done.stdout


def test_articles_read_with_another_ontology_are_noted(copy: Path) -> None:
    with sqlite3.connect(copy / "ledger.sqlite") as book:
        book.execute("UPDATE came_in SET ontology = 'of old' WHERE source = 'two.txt'")
    done = run("doctor", "--store", copy, "-O", "csv")
    assert done.exit_code == 0
    assert "1 of 2 articles were read with another" in done.stdout


@pytest.mark.parametrize("name", ["saved.tar.gz", "saved.tar", "saved"])
def test_a_restored_store_answers_alike_and_knows_its_articles(
    whole: Path, tmp_path: Path, name: str
) -> None:
    assert run("backup", tmp_path / name, "--store", whole).exit_code == 0
    assert run("restore", tmp_path / name, "--store", tmp_path / "new").exit_code == 0
    one, other = (
        run("export", "--store", s, "-O", "nquads").stdout for s in (whole, tmp_path / "new")
    )
    assert one == other
    assert one
    assert findings(tmp_path / "new") == (0, {})
    again = run("ingest", whole.parent, "--store", tmp_path / "new", "-j1")
    assert "2 known already" in again.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "new"])


def test_what_is_not_published_yet_is_left_out_of_the_ledger_too(
    copy: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(copy / "ledger.sqlite") as book:
        book.execute("UPDATE came_in SET sha256 = 'newer' WHERE source = 'two.txt'")
    run("backup", tmp_path / "b", "--store", copy)
    run("restore", tmp_path / "b", "--store", tmp_path / "new")
    listed = run("list", "--store", tmp_path / "new", "-O", "csv").stdout
    assert "one.txt" in listed
    assert "two.txt" not in listed


def test_nothing_is_overwritten_unasked(whole: Path, copy: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.tar.gz"
    run("backup", saved, "--store", whole)
    before = saved.read_bytes()
    assert isinstance(run("backup", saved, "--store", whole).exception, UsageError)
    assert saved.read_bytes() == before
    _alter_text(copy)
    assert isinstance(run("restore", saved, "--store", copy).exception, UsageError)
    assert findings(copy)[0] == 1
    assert run("restore", saved, "--store", copy, "--replace").exit_code == 0
    assert findings(copy) == (0, {})


def test_a_store_in_use_is_not_replaced(whole: Path, copy: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.tar", "--store", whole)
    with (copy / "lock").open("r+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("restore", tmp_path / "b.tar", "--store", copy, "--replace")
    assert isinstance(done.exception, StoreBusyError)


def test_what_is_no_backup_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "text.tar.gz").write_text("no archive", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    escaping = tmp_path / "escaping.tar"
    with tarfile.open(escaping, "w") as packed:
        packed.add(tmp_path / "text.tar.gz", "../../outside.txt")
    for name in ("text.tar.gz", "folder", "escaping.tar", "missing"):
        done = run("restore", tmp_path / name, "--store", tmp_path / "new")
        assert isinstance(done.exception, UsageError), name
        assert name in str(done.exception)
    assert not (tmp_path / "new").exists()
    assert not (tmp_path.parent / "outside.txt").exists()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".kgbuild")]
