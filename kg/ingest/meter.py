"""How much of the input was read, for telling how long the rest will take."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.ingest.walk import Found, walk


@dataclass(slots=True)
class Meter:
    """How much of the input was read: bytes, of files as they lie on the disk."""

    whole: int = 0  # 0 where it is unknown: stdin
    past: int = 0  # of files that were read to their end
    at_work: BinaryIO | None = None

    @classmethod
    def of(cls, paths: Iterable[str | Path]) -> "Meter":
        """Return a meter for all that lies under these paths, not opened yet."""
        whole = 0
        for name in map(str, paths):
            if name == "-":
                return cls()
            path = Path(name)
            every = walk(path, Counter()) if path.is_dir() else (Found(path, "", ""),)
            for found in every:
                if isinstance(found, Found):
                    with suppress(OSError):
                        whole += found.path.stat().st_size
        return cls(whole)

    def share(self) -> float:
        """Return the share of the input that was read, 0 where it is unknown."""
        at = 0
        if self.at_work is not None and not self.at_work.closed:
            with suppress(OSError):  # a stream without places
                at = self.at_work.tell()
        return min(1.0, (self.past + at) / self.whole) if self.whole else 0.0
