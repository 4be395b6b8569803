"""Output files that appear only when they are complete."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kg.errors import StorageError


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces to the file in one step: it is there whole, or as it was before.

    Raises StorageError where the folder can't be written or its disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as fault:
        raise _unwritable(path, fault) from fault
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as fault:
        raise _unwritable(path, fault) from fault
    finally:
        part.unlink(missing_ok=True)


def _unwritable(path: Path, fault: OSError) -> StorageError:
    return StorageError(f"output {path}: {fault.strerror}: choose another -o/--output")


def _umask() -> int:
    """Return the process's mask for new files; there is no way to read it without setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
