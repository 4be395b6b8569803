"""The saved questions in other engines, on the sample articles' gold: the same rows in the same order.

rdflib always; Virtuoso where it is installed (Debian: virtuoso-opensource-7-bin).
"""

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad
from typer.testing import CliRunner

from kg import query, vocab
from kg.cli.app import app
from kg.graph import store

LIBRARY = query.library()
# What several articles describe, each in its own graph; a union of graphs may give it twice.
SHARED = (f"<{vocab.DATA}actor/", f"<{vocab.DATA}person/")
Rows = list[tuple[str | None, ...]]
SETTINGS = """[Database]
DatabaseFile={home}/virtuoso.db
ErrorLogFile={home}/virtuoso.log
LockFile={home}/virtuoso.lck
TransactionFile={home}/virtuoso.trx
xa_persistent_file={home}/virtuoso.pxa
[Parameters]
ServerPort=127.0.0.1:{sql}
NumberOfBuffers=20000
MaxDirtyBuffers=15000
ServerThreads=8
[HTTPServer]
ServerPort=127.0.0.1:{http}
ServerRoot={home}
ServerThreads=4
[SPARQL]
ResultSetMaxRows=100000
"""
# Its default lets nobody write over HTTP; this server is on the loopback and lives for one test.
RIGHTS = """GRANT SPARQL_UPDATE TO "SPARQL"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);"""


def ours(reader: store.Reader, name: str) -> Rows:
    answer = query.run(reader, query.find(name))
    assert isinstance(answer, query.Table)
    return [
        tuple(cell.value if isinstance(cell, NamedNode | Literal) else None for cell in row)
        for row in answer.rows
    ]


def theirs(results: bytes) -> Rows:
    """Return the rows of SPARQL's JSON results."""
    told = json.loads(results)
    return [
        tuple(row[name]["value"] if name in row else None for name in told["head"]["vars"])
        for row in told["results"]["bindings"]
    ]


@pytest.fixture(scope="module")
def reader(gold_store: Path) -> Iterator[store.Reader]:
    with store.read(gold_store) as one:
        yield one


@pytest.fixture(scope="module")
def flat(reader: store.Reader) -> rdflib.Graph:
    graph = rdflib.Graph()
    lines = sorted({f"{quad.triple} ." for quad in reader.quads()})
    return graph.parse(data="\n".join(lines), format="nt")


@pytest.mark.parametrize("name", LIBRARY)
def test_rdflib_gives_the_same_rows(name: str, reader: store.Reader, flat: rdflib.Graph) -> None:
    text = LIBRARY[name].read_text(encoding="utf-8")
    assert theirs(flat.query(text).serialize(format="json") or b"{}") == ours(reader, name)


@pytest.fixture(scope="module")
def doubled(reader: store.Reader) -> store.Reader:
    """The store, with what it says of actors and persons once more, as two articles would."""
    facts = list(reader.quads())
    shared = (q for q in facts if str(q.subject).startswith(SHARED))
    again = [Quad(q.subject, q.predicate, q.object, NamedNode("urn:again")) for q in shared]
    assert again
    return store.memory(chain(facts, again))


@pytest.mark.parametrize("name", LIBRARY)
def test_a_fact_in_two_graphs_counts_once(
    name: str, reader: store.Reader, doubled: store.Reader
) -> None:
    assert ours(doubled, name) == ours(reader, name)


def test_a_saved_question_costs_little_more_than_the_bare_engine(gold_store: Path) -> None:
    """Opening, finding, binding, guarding and typing the rows: at most 1.2 times the engine's, plus
    100 ms; both read the same databases on disk. `python -m benchmarks.queries` tells more."""
    with store.read(gold_store) as held:
        assert held.snapshot is not None
        data = str(held.snapshot / "main")
        for name, path in LIBRARY.items():
            text = path.read_text(encoding="utf-8")
            engine = min(_seconds(partial(_bare, data, text)) for _ in range(3))
            whole = min(_seconds(partial(_opened, gold_store, name)) for _ in range(3))
            assert whole <= 1.2 * engine + 0.1, name


def _opened(folder: Path, name: str) -> None:
    with store.read(folder) as reader:
        ours(reader, name)


def _bare(data: str, text: str) -> None:
    answer = pyoxigraph.Store.read_only(data).query(text, use_default_graph_as_union=True)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    assert all(len(row) for row in answer)


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        number: int = one.getsockname()[1]
        return number


@pytest.fixture(scope="module")
def virtuoso(gold_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Virtuoso on the loopback into which `export --to` has pushed the store; its endpoint."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        pytest.skip("no Virtuoso here: apt-get install virtuoso-opensource-7-bin")
    home, sql, http = tmp_path_factory.mktemp("virtuoso"), port(), port()
    settings = home / "virtuoso.ini"
    settings.write_text(SETTINGS.format(home=home, sql=sql, http=http), encoding="utf-8")
    started = ["virtuoso-t", "+foreground", "+configfile", str(settings)]
    with subprocess.Popen(
        started, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home
    ) as process:
        try:
            _await(f"127.0.0.1:{http}")
            told = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={RIGHTS}"]
            subprocess.run(told, check=True, capture_output=True, timeout=30)
            to = f"http://127.0.0.1:{http}/sparql-graph-crud"
            pushed = CliRunner().invoke(app, ["export", "--to", to, "--store", str(gold_store)])
            assert pushed.exit_code == 0, pushed.output
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            process.kill()


def _await(address: str) -> None:
    host, _, number = address.partition(":")
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((host, int(number)), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


@pytest.mark.parametrize("name", LIBRARY)
def test_virtuoso_gives_the_same_rows(name: str, reader: store.Reader, virtuoso: str) -> None:
    text = LIBRARY[name].read_text(encoding="utf-8")
    form = {"query": text, "format": "application/sparql-results+json"}
    body = urllib.parse.urlencode(form).encode()
    try:
        with urllib.request.urlopen(virtuoso, body, timeout=60) as answer:  # noqa: S310 (loopback)
            found = theirs(answer.read())
    except urllib.error.HTTPError as fault:
        pytest.fail(f"{name}: {fault.read(300).decode('utf-8', 'replace')}")
    assert found == ours(reader, name)
