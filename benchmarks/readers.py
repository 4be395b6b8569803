"""Reads while an ingest writes: `python -m benchmarks.readers [--reads 500] [--articles 96]`.

One process ingests and shows its state after each batch; this one opens the store, asks how many
events it holds and closes it, until the other has ended, and as many times as told at least. Each
answer must be at least the one before. A second writer is turned away at each state, and by the
command, which must name the holder. Exits 1 where a read fails or goes back, or a second writer
isn't told.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

from benchmarks import news
from benchmarks.kills import ended, forked
from kg import build, jobs, lexicon
from kg.errors import StoreBusyError
from kg.graph import store
from kg.ingest.read import articles
from kg.model import Article

_COUNT = "SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e <https://w3id.org/kgbuild/diplomacy#factuality> ?f }"


def ingest(file: Path, folder: Path) -> bool:
    """Ingest the file, showing each batch."""
    build.ingest([file], folder, build.Settings(shown_every=0.0))
    return True


def events(folder: Path) -> int:
    """Return how many events the published state holds."""
    with store.read(folder) as reader:
        answer = reader.query(_COUNT)
        assert isinstance(answer, ox.QuerySolutions)
        (row,) = list(answer)
        return int(row["n"].value)


def refused(folder: Path) -> float:
    """Try to write, in this process; return the seconds until it was refused by name."""
    began = time.monotonic()
    try:
        with store.write(folder):
            pass
    except StoreBusyError as told:
        return time.monotonic() - began if "process " in str(told) else 99.0
    return 99.0


def by_command(file: Path, folder: Path) -> tuple[int, float, str]:
    """Run the command on the busy store; return its exit code, its seconds, and what it said."""
    began = time.monotonic()
    command = [sys.executable, "-m", "kg", "ingest", str(file), "--store", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, time.monotonic() - began, done.stderr.strip()


def main() -> int:
    """Read while a fork writes; print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reads", type=int, default=500)
    parser.add_argument("--articles", type=int, default=96)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        file, folder = Path(scratch) / "news.jsonl", Path(scratch) / "kg"
        news.write(file, lexicon.load(), options.articles, 1)
        first = _first(file)
        told = [one for one in articles([first]) if isinstance(one, Article)]
        list(jobs.extractions(told, jobs.Reading(), 1))  # loads the model before the forks
        if ended(forked(lambda: ingest(first, folder))):
            return 1
        child = forked(lambda: ingest(file, folder))
        while f'"pid": {child},' not in (folder / "lock").read_text(encoding="utf-8"):
            time.sleep(0.01)
        code, seconds, said = by_command(file, folder)
        times, seen, failed, back = [refused(folder)], {0}, 0, 0
        reads = during = last = 0
        while reads < options.reads or (store.holder(folder) and reads < 20 * options.reads):
            time.sleep(0.02)
            try:
                now = events(folder)
            except (OSError, ValueError, SyntaxError) as fault:
                print(f"read {reads}: {fault}", file=sys.stderr)
                failed += 1
            else:
                back += now < last
                if now != last:
                    times.append(refused(folder) if store.holder(folder) else 0.0)
                last = now
                seen.add(now)
            reads += 1
            during += store.holder(folder) is not None
        failed += ended(child) != 0
    print(
        f"{reads} reads, {during} of them while it wrote: {failed} failed, {back} went back, "
        f"{len(seen) - 1} states seen; a second writer was refused {len(times)} times, at most after "
        f"{max(times):.3f} s; the command ended with {code} after {seconds:.1f} s: {said}"
    )
    return 1 if failed or back or code != StoreBusyError.exit_code or max(times) > 1 else 0


def _first(file: Path) -> Path:
    """Write the first article into a file of its own."""
    first = file.with_name("first.jsonl")
    with file.open(encoding="utf-8") as lines:
        first.write_text(next(lines), encoding="utf-8")
    return first


if __name__ == "__main__":
    sys.exit(main())
