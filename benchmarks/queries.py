"""Measures what kgbuild adds to the bare engine: `python -m benchmarks.queries [--articles 100]`.

Both sides open the same published databases on disk, for reading, ask the same saved question and
take every row. In one process: pyoxigraph alone against `kg.open(…).query(…)`. As processes: a
script of pyoxigraph alone that prints CSV against `kgbuild query NAME -O csv`. Over HTTP: the answer
in SPARQL's JSON by pyoxigraph alone against a running `kgbuild serve`. Allowed: 1.2 times + 100 ms.
"""

import argparse
import contextlib
import http.client
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

import kg
from benchmarks import news
from kg import build, lexicon
from kg.graph import store
from kg.query import library

SEED, ARTICLES = 20180314, 100
TIMES, ADDED = 1.2, 0.1
_BARE = """
import sys, pyoxigraph as ox
data, query = sys.argv[1:]
found = ox.Store.read_only(data).query(open(query).read(), use_default_graph_as_union=True)
sys.stdout.buffer.write(found.serialize(format=ox.QueryResultsFormat.CSV))
"""


Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of the bare engine and of kgbuild for the same answer, the best of several each."""

    bare: float
    ours: float

    @property
    def within(self) -> bool:
        """Say whether kgbuild takes at most what is allowed."""
        return self.ours <= TIMES * self.bare + ADDED


def pair(bare: Callable[[], object], ours: Callable[[], object], clock: Clock, rounds: int) -> Pair:
    """Time both in turn, so that other load falls on both; return the best of each."""
    found = [(_seconds(bare, clock), _seconds(ours, clock)) for _ in range(rounds)]
    return Pair(min(b for b, _ in found), min(o for _, o in found))


def _seconds(act: Callable[[], object], clock: Clock) -> float:
    began = clock()
    act()
    return clock() - began


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(folder: Path, rounds: int = 5) -> dict[str, dict[str, Pair]]:
    """Return the pairs by way (in one process, as processes, over HTTP) and question."""
    with store.read(folder) as reader, serving(folder) as port:
        assert reader.snapshot is not None
        data = str(reader.snapshot / "main")
        found: dict[str, dict[str, Pair]] = {way: {} for way in _WAYS}
        for name, path in library().items():
            for way, (sides, clock) in _WAYS.items():
                found[way][name] = pair(*sides(data, folder, name, path, port), clock, rounds)
    return found


Sides = tuple[Callable[[], object], Callable[[], object]]


def _inside(data: str, folder: Path, name: str, path: Path, _port: int) -> Sides:
    def bare() -> int:
        text = path.read_text(encoding="utf-8")
        found = ox.Store.read_only(data).query(text, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return sum(1 for row in found if len(row))

    def ours() -> int:
        with kg.open(folder) as graph:
            return sum(1 for row in graph.query(name) if len(row))

    assert bare() == ours()
    return bare, ours


def _processes(data: str, folder: Path, name: str, path: Path, _port: int) -> Sides:
    bare = [sys.executable, "-c", _BARE, data, str(path)]
    ours = [sys.executable, "-m", "kg", "query", name, "-O", "csv", "--store", str(folder)]
    return lambda: _output(bare), lambda: _output(ours)


def _output(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def _over_http(data: str, _folder: Path, _name: str, path: Path, port: int) -> Sides:
    held = ox.Store.read_only(data)  # a server has it open: so has the other side
    text = path.read_text(encoding="utf-8")
    target = "/sparql?" + urlencode({"query": text})

    def bare() -> bytes | None:
        found = held.query(text, use_default_graph_as_union=True)
        return found.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]

    def ours() -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", target, headers={"Accept": "application/sparql-results+json"})
        answer = connection.getresponse()
        assert answer.status == 200
        body = answer.read()
        connection.close()
        return body

    assert bare() == ours()
    return bare, ours


_WAYS = {
    "in one process (CPU)": (_inside, time.process_time),
    "as processes (CPU)": (_processes, _children),
    "over HTTP (wall)": (_over_http, time.perf_counter),
}


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Run `kgbuild serve` over the store on a free port of the loopback."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        yield int(process.stderr.readline().split("127.0.0.1:")[1].split("/")[0])
        process.terminate()


def table(found: dict[str, dict[str, Pair]]) -> str:
    """Return what the questions take in all and how many keep within, a row a way, as Markdown."""
    allowed = f"within {TIMES} × + {ADDED * 1000:.0f} ms"
    head = f"| way | questions | {allowed} | most added, ms | all, bare, s | all, kgbuild, s |"
    lines = [head, "| --- " * 6 + "|"]
    for way, pairs in found.items():
        every = pairs.values()
        most = max(p.ours - p.bare for p in every)
        lines.append(
            f"| {way} | {len(pairs)} | {sum(p.within for p in every)} | {most * 1000:.0f} "
            f"| {sum(p.bare for p in every):.2f} | {sum(p.ours for p in every):.2f} |"
        )
    return "\n".join(lines)


def filled(articles: int, folder: Path) -> Path:
    """Ingest generated articles into a store in the folder; return the store's."""
    file = folder / "news.jsonl"
    news.write(file, lexicon.load(), articles, SEED)
    build.ingest([file], folder / "kg.store", build.Settings(jobs=1))
    return folder / "kg.store"


def main() -> None:
    """Print the table, and each question that takes more than is allowed."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "--articles", type=int, default=ARTICLES, help="generated ones to ask about"
    )
    parser.add_argument("--store", type=Path, help="ask this store instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(options.store or filled(options.articles, Path(scratch)))
    print(table(found))
    for way, pairs in found.items():
        for name, one in pairs.items():
            if not one.within:
                print(f"{way}: {name}: {one.bare:.3f} s bare, {one.ours:.3f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
