"""Faulty inputs and rights: one clear line each, its exit code, and the good articles go in."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
GOOD = "Date: 2019-05-09\n\nGhana expelled two Togolese diplomats on Thursday, the ministry said.\n"
GERMAN = "Die Regierung hat am Donnerstag zwei Diplomaten ausgewiesen. Sie müssen das Land bis Freitag verlassen.\n"  # fmt: skip


@dataclass(frozen=True)
class Fault:
    name: str
    data: bytes
    told: str


FAULTS = (
    Fault("binary.txt", bytes(range(256)) * 20, "binary"),
    Fault("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(200), "a PNG image"),
    Fault("empty.txt", b"", "empty"),
    Fault("blank.html", b" \n\n", "empty"),
    Fault("german.txt", GERMAN.encode(), "not English but German"),
    Fault("line.txt", b"word " * 2_000_000, "too long"),
    Fault("marked.txt", b"\xff\xfe" + "Ghana".encode("utf-16-le") + b"\x00\xd8a", "UTF-16"),
    Fault("broken.jsonl", b'{"id": "a", "text": \n', "not JSON"),
)


def kgbuild(*words: object, bound: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command line; `bound`: with root's power over others' files taken away."""
    command = [sys.executable, "-m", "kg", *map(str, words)]
    if bound and os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("run as root, whom no rights bind, and there is no setpriv to bind it")
        rights = "--bounding-set=-dac_override,-dac_read_search"
        command = ["setpriv", rights, "--inh-caps=-all", *command]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the lines of complaint."""
    assert "Traceback" not in done.stderr, done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith("kgbuild: ")]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every fault and two good articles, ingested; returns the parent."""
    home = tmp_path_factory.mktemp("faults")
    folder = home / "in"
    folder.mkdir()
    for fault in FAULTS:
        (folder / fault.name).write_bytes(fault.data)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "western.txt").write_bytes(
        b"Date: 2019-05-09\n\nTogo summoned Ghana's ambassador over a caf\xe9 row on Thursday.\n"
    )
    (folder / "lines.jsonl").write_text(
        json.dumps({"id": "long", "text": "word " * 2_000_000})
        + "\n"
        + json.dumps({"id": "short", "date": "2019-05-10", "text": GOOD.split("\n\n")[1]})
        + "\n",
        encoding="utf-8",
    )
    done = kgbuild("ingest", folder, "--store", home / "kg", "-j1")
    (home / "told").write_text(f"{done.returncode}\n{done.stderr}", encoding="utf-8")
    return home


def test_good_articles_beside_all_the_bad_ones_go_in(mixed: Path) -> None:
    code, *lines = (mixed / "told").read_text("utf-8").splitlines()
    assert code == "4"
    assert any(line.startswith("3 articles in ") for line in lines), lines
    rows = json.loads(kgbuild("query", "events", "--store", mixed / "kg", "-O", "json").stdout)
    sources = {row["source"]["value"] for row in rows["results"]["bindings"]}
    assert sources == {"good.txt", "western.txt", "short"}


@pytest.mark.parametrize(
    "fault", [*FAULTS, Fault("lines.jsonl#1", b"", "too long")], ids=lambda f: f.name
)
def test_each_bad_file_is_named_once_with_its_reason(mixed: Path, fault: Fault) -> None:
    lines = (mixed / "told").read_text("utf-8").splitlines()
    (line,) = (one for one in lines if one.startswith(f"kgbuild: not read: {fault.name}"))
    assert fault.told in line
    assert not any("Traceback" in one for one in lines)


@pytest.mark.parametrize("fault", FAULTS[:5], ids=lambda f: f.name)
def test_a_bad_file_named_by_itself_is_exit_4(tmp_path: Path, fault: Fault) -> None:
    (tmp_path / fault.name).write_bytes(fault.data)
    done = kgbuild("ingest", tmp_path / fault.name, "--store", tmp_path / "kg")
    assert done.returncode == 4
    (line,) = told(done)
    assert fault.told in line


def test_a_file_and_a_folder_without_rights_are_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    for name in ("good.txt", "mine.txt"):
        (folder / name).write_text(GOOD, encoding="utf-8")
    (folder / "mine.txt").chmod(0)
    (folder / "closed").chmod(0)
    try:
        done = kgbuild("ingest", folder, "--store", tmp_path / "kg", "-j1", bound=True)
    finally:
        (folder / "closed").chmod(0o700)
    assert done.returncode == 4, done.stderr
    assert sorted(line.split(": ", 1)[1] for line in told(done)) == [
        "not read: closed/: folder can't be opened: Permission denied",
        "not read: mine.txt: can't be opened: Permission denied",
    ]
    assert "1 article in" in done.stderr


@pytest.mark.parametrize(
    ("words", "shut", "code"),
    [
        (("query", "events"), "kg/current", 7),
        (("list",), "kg/current", 7),
        (("stats",), "kg/ledger.sqlite", 7),
        (("export", "-o", "shut/graph.ttl"), "shut", 7),
        (("query", "events", "-o", "shut/rows.csv"), "shut", 7),
        (("query", "shut.rq"), "shut.rq", 2),
        (("ingest", "in/good.txt"), "kg/lock", 7),
    ],
)
def test_what_rights_forbid_is_one_line_with_its_exit_code(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], shut: str,
    code: int,
) -> None:  # fmt: skip
    shutil.copytree(mixed / "kg", tmp_path / "kg")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut.rq").write_text("SELECT ?s { ?s ?p ?o }", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / shut).chmod(0o555 if shut == "shut" else 0)
    done = kgbuild(*words, "--store", "kg", bound=True)
    (tmp_path / shut).chmod(0o755)
    assert done.returncode == code, done.stderr
    (line,) = told(done)
    assert done.stderr.splitlines() == [line]
    assert shut.split("/")[0] in line


def test_a_store_that_may_only_be_read_answers_and_lists(mixed: Path, tmp_path: Path) -> None:
    store = tmp_path / "kg"
    shutil.copytree(mixed / "kg", store)
    every = [store, *store.rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    asked = [
        kgbuild(*words, "--store", store, "-O", "csv", bound=True)
        for words in (("query", "events"), ("list",), ("stats",))
    ]
    for path in every:
        path.chmod(0o755 if path.is_dir() else 0o644)
    for done in asked:
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) > 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ingst",), "No such command 'ingst'"),
        (("query", "events", "--nope"), "No such option: --nope"),
        (("ingest", "x", "--jobs", "many"), "'--jobs'"),
        (("ingest", "x", "--ontology", "none"), "--ontology"),
        (("evaluate", "none"), "none"),
        (("query", "events", "--store", "none"), "nothing there yet"),
    ],
)
def test_a_usage_fault_is_one_line_that_says_where_help_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kgbuild(*words)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("kgbuild: ")
    assert said in line


def test_no_words_print_the_help() -> None:
    done = kgbuild()
    assert "Usage:" in done.stdout + done.stderr
    assert "ingest" in done.stdout + done.stderr
