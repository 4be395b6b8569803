"""The lock of a store: one process writes, and the others are told which."""

import fcntl
import json
import os
import sys
from pathlib import Path
from typing import IO

from kg.errors import StoreBusyError


def hold(handle: IO[str], path: Path) -> None:
    """Take the lock and write down who has it; raise StoreBusyError where somebody else does."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        raise StoreBusyError(
            f"store {path}: in use by {holder(path) or 'another process'}: wait for it or stop it"
        ) from fault
    handle.seek(0)
    handle.truncate()
    command = " ".join(Path(word).name if i == 0 else word for i, word in enumerate(sys.argv[:2]))
    json.dump({"pid": os.getpid(), "host": os.uname().nodename, "command": command}, handle)
    handle.flush()


def holder(path: Path) -> str | None:
    """Return who holds the store for writing, in words; None where nobody does."""
    try:
        with (path / "lock").open(encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                return None
            told = json.loads(handle.read() or "{}")
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return f"process {told.get('pid')} ({told.get('command')}) on {told.get('host')}"
