"""Kills ingest at random points: `python -m benchmarks.kills [--kills 200] [--articles 72]`.

After each kill: every article's graph is absent or whole, and what the ledger acknowledges is
there. Whenever a run gets through, its N-Quads must equal those of an undisturbed run, and it starts
anew. Exits 1 where any of that fails. Runs in forks of one process, so the model loads once.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from benchmarks import news
from kg import build, jobs, lexicon, vocab
from kg.graph import ledger, store
from kg.ingest.read import articles
from kg.model import Article


def forked(act: Callable[[], bool]) -> int:
    """Start `act` in a fork that ends with 0 where it returns True; return its process id."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if act() else 1)
        finally:  # reached by a fault only
            traceback.print_exc()
            os._exit(2)
    return child


def ended(child: int) -> int:
    """Wait for a fork; return its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ingest(file: Path, folder: Path) -> bool:
    """Ingest the file, taking up what an earlier run left."""
    build.ingest([file], folder, build.Settings())
    return True


def graphs(folder: Path) -> dict[str, set[str]]:
    """Return the quads of every graph of the writable store, by its name."""
    with store.write(folder) as kept:
        return {name.value: {str(q) for q in kept.quads(graph=name)} for name in kept.graphs()}


def whole(folder: Path, undisturbed: dict[str, set[str]], told: list[Article]) -> bool:
    """Tell whether each article's graph is absent or whole, and those acknowledged are there."""
    found = graphs(folder)
    names = {article.key: vocab.article(article.key).value for article in told}
    torn = [n for n in names.values() if n in found and found[n] != undisturbed[n]]
    rows = ledger.read(folder) if (folder / "ledger.sqlite").exists() else []
    lost = [row.key for row in rows if names[row.key] not in found]
    if torn or lost:
        print(f"torn: {torn}, lost: {lost}", file=sys.stderr)
    return not torn and not lost


def main() -> int:
    """Run the kills; print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=72)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        file, folder, fine = (Path(scratch) / name for name in ("news.jsonl", "kg", "fine"))
        news.write(file, lexicon.load(), options.articles, options.seed)
        told = [one for one in articles([file]) if isinstance(one, Article)]
        list(jobs.extractions(told[:1], jobs.Reading(), 1))  # loads the model before the forks
        began = time.monotonic()
        if ended(forked(lambda: ingest(file, fine))):
            return 1
        seconds = time.monotonic() - began
        undisturbed = graphs_in_fork(fine, Path(scratch))
        failed = finished = 0
        for number in range(options.kills):
            if number and number % 10 == 0:  # a run takes long: what was seen so far
                print(f"{number} kills: {failed} failures", file=sys.stderr, flush=True)
            child = forked(lambda: ingest(file, folder))
            time.sleep(chance.uniform(0.02, seconds))
            os.kill(child, signal.SIGKILL)
            through = ended(child) == 0
            if not (folder / "main").exists():
                continue
            failed += ended(forked(lambda: whole(folder, undisturbed, told))) != 0
            if through or chance.random() < 0.1:  # take it up to the end, and compare
                failed += ended(forked(lambda: ingest(file, folder))) != 0
                failed += ended(forked(lambda: graphs(folder) == undisturbed)) != 0
                finished += 1
                shutil.rmtree(folder)
    print(f"{options.kills} kills in runs of {seconds:.1f} s: {failed} failures; {finished} ended")
    return 1 if failed else 0


def graphs_in_fork(folder: Path, scratch: Path) -> dict[str, set[str]]:
    """Like `graphs`, read in a fork: a process that has opened a database must not fork."""
    out = scratch / "graphs.txt"

    def put() -> bool:
        found = graphs(folder)
        lines = (f"{name}\t{quad}" for name in sorted(found) for quad in sorted(found[name]))
        out.write_text("\n".join(lines), encoding="utf-8", newline="\n")
        return True

    if ended(forked(put)):
        raise SystemExit("the undisturbed store could not be read")
    read: dict[str, set[str]] = {}
    for line in out.read_text(encoding="utf-8").split("\n"):
        name, quad = line.split("\t", 1)
        read.setdefault(name, set()).add(quad)
    return read


if __name__ == "__main__":
    sys.exit(main())
