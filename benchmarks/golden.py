"""Writes the rows that each saved query gives on `data/`: `python -m benchmarks.golden [--check]`.

The files lie in `tests/golden/`, one CSV a query, and a test compares them with what the flow
gives now. Read the difference before committing new ones: each changed row is a changed answer.
"""

import argparse
import tempfile
from pathlib import Path

from kg import build
from kg.graph import store
from kg.graph.store import Reader
from kg.publish import table
from kg.query import Table, find, library, run

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"


def answers(reader: Reader) -> dict[str, bytes]:
    """Return the rows of each saved query that gives rows, as CSV, by the query's name."""
    found = {}
    for name in library():
        answer = run(reader, find(name))
        if isinstance(answer, Table):
            found[name] = "".join(table.as_csv(answer)).encode()
    return found


def sample(folder: Path) -> Path:
    """Take `data/` through the whole flow into a store in this folder, and return the store."""
    build.ingest([ROOT / "data"], folder / "kg.store", build.Settings())
    return folder / "kg.store"


def main() -> int:
    """Write the files, or, with --check, name those that differ and return 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder, store.read(sample(Path(folder))) as reader:
        now = answers(reader)
    before = {path.stem: path.read_bytes() for path in sorted(GOLDEN.glob("*.csv"))}
    changed = sorted(n for n in {*now, *before} if now.get(n) != before.get(n))
    if not check:
        GOLDEN.mkdir(exist_ok=True)
        for name in changed:
            path = GOLDEN / f"{name}.csv"
            path.write_bytes(now[name]) if name in now else path.unlink()
    print(", ".join(changed) or "no query's rows changed")
    return int(check and bool(changed))


if __name__ == "__main__":
    raise SystemExit(main())
