"""The disk under a store: room enough for a write, and faults that name the store."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StorageError

# Below this, a write may fail in the middle of RocksDB's own housekeeping.
FREE_BYTES = 48 * 2**20


def check_space(folder: Path) -> None:
    """Raise StorageError where the disk has too little room for a safe write."""
    room = free(folder)
    if room < FREE_BYTES:
        raise StorageError(
            f"store {folder}: {room // 2**20} MB free on its disk, {FREE_BYTES // 2**20} needed: "
            "make room and run the same command again"
        )


def free(folder: Path) -> int:
    """Return how many bytes are free on the folder's disk."""
    return shutil.disk_usage(folder).free


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn the database's I/O faults into a fault that names the store."""
    try:
        yield
    except OSError as fault:
        reason = str(fault).splitlines()[0]
        raise StorageError(f"store {path}: {reason}: check space and rights there") from fault
