"""The command line, end to end on articles of our own: answers, files, exit codes, manners."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import cli
from kg.cli.app import app

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
ARTICLES = {
    "wire.txt": (
        "Title: Norway expels 15 Russian diplomats\nDate: 2023-04-13\n"
        "Source: Test Wire\n\n"
        "Norway expelled 15 Russian diplomats on Thursday, the foreign ministry said.\n\n"
        "Foreign Minister Anniken Huitfeldt said the 15 were spies.\n"
    ),
    "paper.md": (
        "---\ntitle: Fifteen must go\ndate: 2023-04-14\n---\n\n# Fifteen must go\n\n"
        "On April 13, Norway expelled 15 Russian diplomats. In response, Russia expelled "
        "10 Norwegian diplomats on April 26, 2023.\n"
    ),
    "folder/third.txt": (
        "Date: 2023-04-15\n\nNorwegian police said the café in Oslo stays open. "
        "Sweden expelled five Russian diplomats on April 25.\n"
    ),
}


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def call(*words: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["kgbuild", *map(str, words)])
        capsys.readouterr()
        code: object = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capsys.readouterr()
        assert isinstance(code, int)
        return Result(code, out, err)

    return call


def write(folder: Path, articles: dict[str, str]) -> Path:
    for name, text in articles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def kgbuild(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "kg", *map(str, words)]
    options.setdefault("env", ENVIRONMENT)
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the three articles."""
    folder = tmp_path_factory.mktemp("news")
    done = kgbuild("ingest", write(folder / "in", ARTICLES), "--store", folder / "kg.store", "-j1")
    assert done.returncode == 0, done.stderr
    assert "3 articles in" in done.stderr
    assert done.stdout == ""
    return folder / "kg.store"


def test_events_are_answered_from_a_folder_of_articles(run: Run, store: Path) -> None:
    done = run("query", "events", "--store", store, "--format", "json")
    assert done.code == 0
    rows = json.loads(done.out)["results"]["bindings"]
    told = {(r["source"]["value"], r["actors"]["value"], r["targets"]["value"]) for r in rows}
    assert len({row["event"]["value"] for row in rows}) == len(rows)
    assert {("wire.txt", "NO", "RU"), ("paper.md", "RU", "NO"), ("third.txt", "SE", "RU")} <= told
    for row in rows:
        name = next(n for n in ARTICLES if n.endswith(row["source"]["value"]))
        start, end = int(row["start"]["value"]), int(row["end"]["value"])
        assert ARTICLES[name][start:end] == row["quote"]["value"]


def test_the_same_event_is_linked_and_the_answer_is_told(run: Run, store: Path) -> None:
    same = run("query", "same-event", "--store", store, "-O", "csv")
    assert len(same.out.splitlines()) == 2
    answers = run("query", "retaliation", "--store", store, "-O", "csv")
    assert answers.out.splitlines()[1].endswith(",reported")
    table = csv.DictReader(
        io.StringIO(run("query", "expulsions", "--store", store, "-O", "csv").out)
    )
    norway = next(row for row in table if row["actors"] == "NO")
    assert (norway["count"], norway["articles"], norway["date"]) == ("15", "2", "2023-04-13")


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "jsonl", "md", "html"])
def test_rows_are_written_in_every_format_and_by_suffix(
    run: Run, store: Path, tmp_path: Path, form: str
) -> None:
    printed = run("query", "events", "--store", store, "--format", form)
    assert printed.code == 0
    assert "Norway expelled 15 Russian diplomats" in printed.out
    suffix = "txt" if form == "table" else form
    run("query", "events", "--store", store, "-o", tmp_path / f"out.{suffix}")
    assert (tmp_path / f"out.{suffix}").read_text(encoding="utf-8") == printed.out
    assert [path.name for path in tmp_path.iterdir()] == [f"out.{suffix}"]


# rdflib 7.6 warns about names that its own parsers still use.
@pytest.mark.filterwarnings(
    "ignore:(Dataset.default_context|ConjunctiveGraph) is:DeprecationWarning"
)
@pytest.mark.parametrize(
    ("form", "theirs"),
    [
        ("turtle", "turtle"),
        ("ntriples", "nt"),
        ("trig", "trig"),
        ("nquads", "nquads"),
        ("jsonld", "json-ld"),
    ],
)
def test_exports_parse_again_to_the_same_statements(
    run: Run, store: Path, form: str, theirs: str
) -> None:
    text = run("export", "--store", store, "--format", form).out
    rdf = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}[form]  # fmt: skip
    ours = list(ox.parse(text, format=rdf))
    assert ours
    assert not any(
        isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode) for q in ours
    )
    flat = {str(q.triple) for q in ox.parse(run("export", "--store", store, "-O", "ntriples").out, format=ox.RdfFormat.N_TRIPLES)}  # fmt: skip
    assert {str(quad.triple) for quad in ours} == flat
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=text, format=theirs)
    assert len({quad[:3] for quad in dataset.quads()}) == len(flat)


def test_the_flat_export_has_each_subject_once_and_no_texts_unless_asked(
    run: Run, store: Path, tmp_path: Path
) -> None:
    assert run("export", tmp_path / "g.ttl", "--store", store).code == 0
    turtle = (tmp_path / "g.ttl").read_text(encoding="utf-8")
    subjects = [line.split()[0] for line in turtle.splitlines() if line[:1] not in ("", "\t", "@")]
    assert len(subjects) == len(set(subjects))
    assert "stays open" not in turtle.replace("\\n", " ").split("oa:exact")[0]
    assert "dip:text " not in turtle
    with_text = run("export", "--store", store, "--with-text").out
    assert "dip:text " in with_text
    assert "stays open" in with_text


def test_ingesting_again_changes_nothing_and_a_changed_article_is_replaced(
    run: Run, store: Path, tmp_path: Path
) -> None:
    folder = write(tmp_path / "in", ARTICLES)
    kept = tmp_path / "kg.store"
    assert run("ingest", folder, "--store", kept, "-j1").code == 0
    first = run("export", "--store", kept, "-O", "nquads").out
    assert first == run("export", "--store", store, "-O", "nquads").out
    again = run("ingest", folder, "--store", kept, "-j1")
    assert "0 articles" in again.err
    assert "3 known already" in again.err
    assert run("export", "--store", kept, "-O", "nquads").out == first
    write(folder, {"wire.txt": ARTICLES["wire.txt"].replace("15", "14")})
    assert "1 article in" in run("ingest", folder, "--store", kept, "-j1").err
    counts = run("query", "events", "--store", kept, "-p", "actor=NO", "-O", "csv").out
    assert ",14," in counts
    write(folder, ARTICLES)
    run("ingest", folder, "--store", kept, "-j1")
    assert run("export", "--store", kept, "-O", "nquads").out == first


def test_removing_an_article_equals_never_having_seen_it(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", ARTICLES)
    run("ingest", folder, "--store", tmp_path / "all", "-j1")
    assert run("remove", "paper.md", "--store", tmp_path / "all").code == 0
    (folder / "paper.md").unlink()
    run("ingest", folder, "--store", tmp_path / "two", "-j1")
    one, other = (
        run("export", "--store", tmp_path / s, "-O", "nquads").out for s in ("all", "two")
    )
    assert one == other
    assert "paper.md" not in run("list", "--store", tmp_path / "all").out
    assert run("remove", "paper.md", "--store", tmp_path / "all").code == 2


def test_order_hash_seed_and_time_zone_change_no_byte(store: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", ARTICLES)
    paths = [folder / name for name in reversed(ARTICLES)]
    environment = {**ENVIRONMENT, "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    # One by one, so that the folder is the same root and the order another.
    for path in paths:
        moved = write(tmp_path / "step", {str(path.relative_to(folder)): path.read_text("utf-8")})
        done = kgbuild("ingest", moved, "--store", tmp_path / "kg", "-j1", env=environment)
        assert done.returncode == 0, done.stderr
    mine = kgbuild("export", "--store", tmp_path / "kg", "-O", "nquads", env=environment).stdout
    assert mine == kgbuild("export", "--store", store, "-O", "nquads").stdout


def test_good_articles_beside_bad_ones_go_in_and_each_bad_one_is_named(
    run: Run, tmp_path: Path
) -> None:
    folder = write(tmp_path / "in", ARTICLES)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 20)
    german = "Die Bundesregierung hat am Donnerstag zwei russische Diplomaten ausgewiesen. " * 6
    (folder / "german.txt").write_text(german, encoding="utf-8")
    done = run("ingest", folder, "--store", tmp_path / "kg", "-j1")
    assert done.code == 4
    assert "3 articles" in done.err
    for name in ("empty.txt", "picture.txt", "german.txt"):
        (line,) = [one for one in done.err.splitlines() if f"not read: {name}" in one]
        assert len(line) > len(f"kgbuild: not read: {name}: ")
    listed = run("list", "--store", tmp_path / "kg", "-O", "csv").out
    assert listed.count(",unread,") == 3
    assert listed.count(",ingested,") == 3
    assert run("query", "events", "--store", tmp_path / "kg", "--fail-empty").code == 0


def test_stdin_is_read(tmp_path: Path) -> None:
    done = kgbuild("ingest", "-", "--store", tmp_path / "kg", input=ARTICLES["wire.txt"])
    assert done.returncode == 0, done.stderr
    answer = kgbuild("query", "-", "--store", tmp_path / "kg", "-O", "csv", input="SELECT ?s { ?a <https://w3id.org/kgbuild/diplomacy#source> ?s }")  # fmt: skip
    assert answer.stdout == "s\n-\n"


FAULTS = {
    "a missing path": (["ingest", "no/such/folder"], 2, "no such file"),
    "an unknown command": (["ingst"], 2, "No such command"),
    "an unknown option": (["query", "events", "--nope"], 2, "No such option"),
    "a missing store": (["query", "events", "--store", "none"], 2, "nothing there yet"),
    "an unknown query": (["query", "evnts"], 3, "did you mean events"),
    "an unknown parameter": (["query", "events", "-p", "actr=RU"], 2, "no parameter 'actr'"),
    "a parameter without a value": (["query", "events", "-p", "actor"], 2, "name=value"),
    "an ill-formed query": (["query", "{bad}"], 3, "line 1, column"),
    "an unknown format": (["query", "events", "-O", "cvs"], 2, "did you mean csv"),
    "no row": (["query", "events", "-p", "actor=NR", "--fail-empty"], 1, ""),
    "SERVICE": (["query", "{service}"], 3, "--allow-service"),
    "a query that takes too long": (["query", "{long}", "--timeout", "0.2"], 6, "--timeout"),
    "an unwritable output": (["export", "no/such/folder/g.ttl"], 7, "choose another"),
    "an unknown engine": (["validate", "--engine", "topbraid"], 2, "pyrudof"),
    "an empty folder": (["ingest", "{empty}"], 2, "nothing to ingest"),
    "no store to reason over": (["reason", "--store", "none"], 2, "nothing there yet"),
}
TEXTS = {
    "bad": "SELECT ?x { ?x ",
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "long": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?f) }",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_with_its_exit_code(store: Path, tmp_path: Path, fault: str) -> None:
    words, code, told = FAULTS[fault]
    places = {"{empty}": tmp_path}
    for name, text in TEXTS.items():
        places[f"{{{name}}}"] = tmp_path / f"{name}.rq"
        if f"{{{name}}}" in words:
            places[f"{{{name}}}"].write_text(text, encoding="utf-8")
    line = [str(places.get(word, word)) for word in words]
    where = [] if "--store" in line or words[0] == "ingst" else ["--store", str(store)]
    if words[0] == "ingest":
        where = ["--store", str(tmp_path / "new")]
    done = kgbuild(*line, *where, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "" if code != 1 else done.stdout)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_violations_are_shown_and_the_answer_is_the_exit_code(run: Run, store: Path) -> None:
    done = run("validate", "--store", store)
    assert done.code == 0
    assert "no violations" in done.err
    shapes = store.parent / "strict.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dip: <https://w3id.org/kgbuild/diplomacy#> .\n"
        "dip:MyShape a sh:NodeShape ; sh:targetClass dip:Article ; sh:property dip:my-outlet .\n"
        'dip:my-outlet sh:path dip:outlet ; sh:minCount 1 ; sh:message "an article names its outlet" .',
        encoding="utf-8",
    )
    for engine in ("pyrudof", "pyshacl"):
        done = run("validate", "--store", store, "--shapes", shapes, "--engine", engine)
        assert done.code == 1
        assert done.out.count("an article names its outlet") == 2


def test_stats_count_what_is_there(run: Run, store: Path) -> None:
    counted = dict(csv.reader(io.StringIO(run("stats", "--store", store, "-O", "csv").out)))
    assert counted["articles"] == "3"
    assert counted["ledger: ingested"] == "3"
    assert int(counted["event reports"]) >= 4


def test_a_query_is_read_while_another_process_writes(store: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.graph import store\n"
        f"with store.write(Path({str(store)!r})):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert kgbuild("query", "events", "--store", store).returncode == 0
        began = time.monotonic()
        busy = kgbuild("reason", "--store", store)
        assert busy.returncode == 5
        assert f"process {other.pid}" in busy.stderr
        assert time.monotonic() - began < 5
        assert other.stdin is not None
        other.stdin.close()


def test_interrupting_a_long_query_ends_it_at_once(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.rq"
    path.write_text(TEXTS["long"], encoding="utf-8")
    command = [sys.executable, "-m", "kg", "query", str(path), "--store", str(store)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        time.sleep(1.5)
        child.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert child.wait(5) == 130
        assert time.monotonic() - began < 1
        assert child.stderr is not None
        assert child.stderr.read() == ""


def test_a_closed_pipe_ends_quietly(store: Path) -> None:
    line = f"{sys.executable} -m kg export --store {store} -O nquads | head -1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.endswith(" .\n")


def test_every_command_has_an_example() -> None:
    import typer

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert "Example: kgbuild" in (command.help or ""), name
