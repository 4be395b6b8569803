"""A disk that fills up ends the writing with exit 7 and one line; room made lets it go on."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.graph import disk, store

ROOT = Path(__file__).parent.parent
MB = 2**20
KEPT = disk.FREE_BYTES // MB  # free megabytes below which nothing is begun
SIZE = 400  # megabytes of the disk once there is room
LONGEST = 120  # seconds, on a busy machine; what waits for the disk waits for ever
HANG = 10  # seconds that a full disk may take beyond what the whole work takes where there is room
# The disk's megabytes, and those that must be free for writing in bulk: too few to begin, enough
# for the first batches in either way, for all but the last of what follows, and from bulk to none.
LEVELS = [
    *((KEPT - 20, 1024), (KEPT + 1, 1024), (KEPT + 4, 1024), (KEPT + 8, 1024), (KEPT + 16, 1024)),
    *((KEPT + 18, 1024), (KEPT + 2, KEPT), (KEPT + 4, KEPT), (KEPT + 6, KEPT), (KEPT + 8, KEPT + 5)),
]  # fmt: skip
# Writes articles, and what follows from them, as an ingest does after extraction.
PROGRAM = """
import hashlib, sys
from itertools import islice
from pathlib import Path

from benchmarks.synthetic import articles
from kg.conclude import conclude
from kg.errors import KgError
from kg.graph import disk, store
from kg.graph.ledger import ledger

folder, store.ROOMY, disk.FREE_BYTES = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
found = articles(48)
try:
    with store.write(folder) as kept, ledger(folder) as book:
        while batch := list(islice(found, 16)):
            new = {one[0].graph_name: one for one in batch}
            book.outdate((name.value, b"") for name in new)
            kept.replace(new)
            kept.flush()
        conclude(kept, book)
        kept.publish()
        print(hashlib.sha256("".join(sorted(map(str, kept.quads()))).encode()).hexdigest())
except KgError as fault:
    print(fault, file=sys.stderr)
    sys.exit(fault.exit_code)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the program left behind, and the seconds it took."""

    returncode: int
    stdout: str
    stderr: str
    seconds: float


def written(folder: Path, roomy: int = store.ROOMY, free: int = disk.FREE_BYTES) -> Run:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(roomy), str(free)],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return Run(done.returncode, done.stdout, done.stderr, time.monotonic() - began)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same where there is room: it prints the digest of the store."""
    done = written(tmp_path_factory.mktemp("room") / "kg")
    assert done.returncode == 0, done.stderr
    return done


def assert_told_in_time(full: Run, undisturbed: Run) -> None:
    """Exit 7, one line, and no waiting for room; twice the time where others work here, too."""
    assert full.returncode == 7, full
    assert full.stderr.count("\n") == 1
    assert full.seconds <= 2 * undisturbed.seconds + HANG, full


@pytest.fixture
def sized(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Give a disk of so many megabytes, or give it another size; it goes with the test."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(megabytes: int) -> Path:
        again = ",remount" if folder.is_mount() else ""
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m{again}", "tmpfs", str(folder)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as fault:
            pytest.skip(f"no small disk can be mounted here: {fault}")
        return folder

    yield mount
    if folder.is_mount():
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "roomy"), LEVELS)
def test_a_disk_too_small_ends_it_and_room_lets_it_go_on(
    size: int, roomy: int, sized: Callable[[int], Path], undisturbed: Run
) -> None:
    folder = sized(size) / "kg"
    full = written(folder, roomy * MB)
    assert_told_in_time(full, undisturbed)
    assert "make room and run the same command again" in full.stderr
    sized(SIZE)
    assert written(folder).stdout == undisturbed.stdout


@pytest.mark.parametrize("size", [6, 14, 22])
def test_a_disk_that_somebody_else_fills_ends_it_too(
    size: int, sized: Callable[[int], Path], undisturbed: Run
) -> None:
    """Without the reserve that is looked for before each write: the write itself has no room."""
    folder = sized(size) / "kg"
    full = written(folder, free=0)
    assert_told_in_time(full, undisturbed)
    assert " space" in full.stderr  # the engine's words, or those of SQLite with our remedy
    sized(SIZE)
    assert written(folder).stdout == undisturbed.stdout
