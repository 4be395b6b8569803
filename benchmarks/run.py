"""Measures the whole flow by stage: `python -m benchmarks.run [--sizes 100,1000] [--out FOLDER]`.

For each size, in a process of its own: CPU seconds of the bare parse and of each stage on the same
articles in the same run, the whole ingest in one process, the saved queries, and memory. Prints a
Markdown table; `--out` keeps it with the JSON. CPU of this process only: other load counts little.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import news
from kg import build, jobs, lexicon, link, reason, validate
from kg.graph import quads, store
from kg.ingest.clean import clean
from kg.ingest.read import articles
from kg.model import Article
from kg.nlp import pipeline
from kg.nlp.extract import Extractor
from kg.query import find, library, run

T = TypeVar("T")
BATCH = build.BATCH
QUERIES = ("events", "expulsions", "retaliation", "same-event", "claims")


def cpu(act: Callable[[], T]) -> tuple[float, T]:
    """Return the CPU seconds of a call, and what it returned."""
    began = time.process_time()
    value = act()
    return time.process_time() - began, value


def peak() -> float:
    """Return this process's peak memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(size: int, seed: int) -> dict[str, Any]:
    """Generate articles, measure every stage over them, and return the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "news.jsonl"
        news.write(file, lexicon.load(), size, seed)
        whole = ingest(file, Path(scratch) / "kg.store")
        stages = by_stage([a for a in articles([file]) if isinstance(a, Article)])
    parse = stages["parse"]
    return {
        "articles": size,
        "seed": seed,
        **whole,
        "stages": {name: round(seconds, 3) for name, seconds in stages.items()},
        "extract_per_parse": round(stages["extract"] / parse, 3),
        "ingest_per_parse": round(whole["ingest"] / parse, 3),
    }


def ingest(file: Path, folder: Path) -> dict[str, Any]:
    """Take the articles through the whole flow in one process, then ask the saved queries."""
    # The model is loaded once, whatever the number of articles.
    first = next(one for one in articles([file]) if isinstance(one, Article))
    list(jobs.extractions([first], jobs.Reading(), 1))
    wall = time.monotonic()
    seconds, summary = cpu(lambda: build.ingest([file], folder, build.Settings(jobs=1)))
    wall = time.monotonic() - wall
    memory = peak()
    conclusions = summary.conclusions
    assert conclusions is not None
    asked = {}
    with store.read(folder) as reader:
        size = len(reader)
        for name in QUERIES:
            if name in library():
                began = time.monotonic()
                run(reader, find(name), {})
                asked[name] = round(time.monotonic() - began, 4)
    return {
        "ingest": round(seconds, 3),
        "ingest_wall": round(wall, 3),
        "articles_a_second": round(summary.read / wall, 2),
        "peak_mb": round(memory),
        "quads": size,
        "reports": conclusions.reports,
        "events": conclusions.events,
        "links": conclusions.links,
        "inferences": conclusions.inferences,
        "query_seconds": asked,
    }


def by_stage(found: list[Article]) -> dict[str, float]:
    """Return the CPU seconds of each stage, in the order of the flow."""
    stages: dict[str, float] = {}
    extractor = Extractor()
    stages["clean"], cleaned = cpu(lambda: [clean(a) for a in found])
    texts = [c.text for c in cleaned]
    del cleaned
    stages["parse"], _ = cpu(lambda: sum(1 for _ in pipeline.annotate(extractor.nlp, texts)))
    stages["extract"], told = cpu(lambda: list(extractor.extract(found)))
    stages["describe"], graphs = cpu(lambda: [quads.describe(t, extractor.lexicon) for t in told])
    stages["validate"], _ = cpu(lambda: _validated(graphs))
    every = list(chain.from_iterable(graphs))
    stages["link"], linked = cpu(lambda: list(link.quads(link.links(link.read(every)))))
    stages["infer"], _ = cpu(lambda: reason.infer(chain(every, linked)))
    return stages


def _validated(graphs: list[Any]) -> int:
    found, waiting = 0, iter(graphs)
    while batch := list(islice(waiting, BATCH)):
        named = {graph[0].graph_name: graph for graph in batch}
        found += len(validate.by_graph(named, validate.data_shapes()))
    return found


def table(runs: list[dict[str, Any]]) -> str:
    """Return the runs side by side as a Markdown table."""
    head = ["| measure |", *(f" {r['articles']:,} articles |" for r in runs)]
    lines = ["".join(head), "| --- " * (len(runs) + 1) + "|"]

    def row(name: str, value: Callable[[dict[str, Any]], object]) -> None:
        lines.append("".join((f"| {name} |", *(f" {value(r)} |" for r in runs))))

    for stage in runs[0]["stages"]:
        row(f"{stage}, CPU s", lambda r, s=stage: r["stages"][s])  # type: ignore[misc]
    row("whole ingest, one process, CPU s", lambda r: r["ingest"])
    row("articles a second (wall)", lambda r: r["articles_a_second"])
    row("extract / bare parse", lambda r: r["extract_per_parse"])
    row("whole ingest / bare parse", lambda r: r["ingest_per_parse"])
    row("peak memory, MB", lambda r: r["peak_mb"])
    for name in ("quads", "reports", "events", "links", "inferences"):
        row(name, lambda r, n=name: f"{r[n]:,}")  # type: ignore[misc]
    for name in runs[0]["query_seconds"]:
        row(f"query {name}, s", lambda r, n=name: r["query_seconds"][n])  # type: ignore[misc]
    return "\n".join(lines)


def apart(size: int, seed: int) -> dict[str, Any]:
    """Measure one size in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.run", "--one", str(size), "--seed", str(seed)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Run each size in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sizes", default="100,1000", help="numbers of articles, by comma")
    parser.add_argument("--seed", type=int, default=20180314)
    parser.add_argument("--out", type=Path, help="write results.json and results.md here")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.seed)))
        return
    runs = [apart(int(size), options.seed) for size in options.sizes.split(",")]
    about = f"Python {platform.python_version()}, {platform.machine()}, seed {options.seed}"
    text = f"{about}\n\n{table(runs)}\n"
    print(text)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "results.md").write_text(text, encoding="utf-8")
        record = {"about": about, "runs": runs}
        path = options.out / "results.json"
        path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
