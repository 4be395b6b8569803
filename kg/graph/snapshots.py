"""Published states of a store: made whole, held by who reads them, removed when nobody does."""

import fcntl
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from kg.errors import StorageError, UsageError
from kg.graph.disk import guarded

_TRIES = 100


class Database(Protocol):
    """What can write a copy of itself."""

    def backup(self, target_directory: str, /) -> None:
        """Write a copy, hard-linked where the disk allows, to a folder that is not there yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published state: its folder, kept from removal as long as `hold` is open."""

    folder: Path
    hold: IO[str]


def publish(path: Path, stores: Mapping[str, Database]) -> None:
    """Write a new snapshot, make it the current one, and remove those nobody reads."""
    folder = path / "snapshots"
    number = 1 + max((int(p.name) for p in folder.glob("[0-9]*") if p.name.isdigit()), default=0)
    new = folder / str(number)
    with guarded(path):
        new.mkdir(parents=True)
        (new / "hold").touch()
        for name, store in stores.items():
            store.backup(str(new / name))
        marker = path / "current.new"
        marker.write_text(f"{number}\n", encoding="utf-8")
        marker.replace(path / "current")
    for old in sorted(folder.iterdir()):
        if old != new:
            _remove_unread(old)


def _remove_unread(snapshot: Path) -> None:
    """Remove a snapshot unless a reader holds it."""
    try:
        with (snapshot / "hold").open(encoding="utf-8") as hold:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(snapshot)
    except BlockingIOError:
        return
    except FileNotFoundError:  # a publication that was cut short
        shutil.rmtree(snapshot, ignore_errors=True)


def current(path: Path) -> Snapshot:
    """Hold the current snapshot; try again where it is replaced between the two steps."""
    for _ in range(_TRIES):
        try:
            number = (path / "current").read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError) as fault:
            raise UsageError(
                f"store {path}: nothing there yet: run `kgbuild ingest PATH… --store {path}` first"
            ) from fault
        except OSError as fault:
            raise StorageError(_closed(path, fault)) from fault
        folder = path / "snapshots" / number
        try:
            hold = (folder / "hold").open(encoding="utf-8")
        except FileNotFoundError:
            continue
        except OSError as fault:
            raise StorageError(_closed(path, fault)) from fault
        fcntl.flock(hold, fcntl.LOCK_SH)
        if (folder / "hold").exists():
            return Snapshot(folder, hold)
        hold.close()
    raise StorageError(
        f"store {path}: its snapshot {number} is missing: run `kgbuild ingest` to publish anew"
    )


def _closed(path: Path, fault: OSError) -> str:
    return f"store {path}: {fault.strerror}: check the rights there"
