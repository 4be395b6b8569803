"""gzip and zip: members opened one by one, bounded in what they expand to."""

import gzip
import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from kg.errors import UnreadableError
from kg.ingest.walk import kind_of, passed_over

FAULTS = (
    gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError,
    RuntimeError, UnicodeError, OSError, ValueError,
)  # fmt: skip
_FREE = 4 * 1024 * 1024  # so much may come out before the ratio is looked at
_MEMBERS = 200_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a compressed file may become: bytes in all, and bytes out for each byte in."""

    expanded: int = 16 * 1024**3
    ratio: int = 200


class Bounded(io.RawIOBase):
    """A stream that raises UnreadableError once more comes out than the limits allow."""

    def __init__(self, stream: BinaryIO, packed: Callable[[], int], limits: Limits) -> None:
        self._stream, self._packed, self._limits = stream, packed, limits
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(min(len(buffer), 1 << 16))
        self._count += len(data)
        if self._count > self._limits.expanded:
            raise UnreadableError(f"expands to over {self._limits.expanded >> 20} MB: unpack it")
        if self._count > _FREE and self._count > self._limits.ratio * max(1, self._packed()):
            raise UnreadableError(
                f"expands more than {self._limits.ratio} times, like a zip bomb: unpack it"
            )
        buffer[: len(data)] = data
        return len(data)


def gunzip(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """Return the expanded stream of a gzip stream, bounded."""
    packed = _Counted(stream)
    unpacked = gzip.GzipFile(fileobj=packed, mode="rb")
    bounded = Bounded(cast("BinaryIO", unpacked), lambda: packed.count, limits)
    return cast("BinaryIO", io.BufferedReader(bounded, 1 << 16))


class _Counted(io.RawIOBase):
    """Counts the bytes read through it (a pipe can't tell its position)."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


def members(
    stream: BinaryIO, limits: Limits, passed: Counter[str]
) -> Iterator[tuple[str, BinaryIO | UnreadableError]]:
    """Yield a zip's members by name in order, each with its bounded stream or its fault.

    Raises UnreadableError where the archive itself can't be read.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except FAULTS as fault:
        raise UnreadableError(f"not a readable zip archive ({fault}): pack it again") from None
    with archive:
        entries = archive.infolist()
        if len(entries) > _MEMBERS:
            raise UnreadableError(f"over {_MEMBERS:,} members: split the archive")
        seen: set[str] = set()
        for entry in sorted(entries, key=lambda entry: entry.filename):
            name = entry.filename.encode("utf-8", "backslashreplace").decode("utf-8")
            if entry.is_dir():
                continue
            if refusal := _refusal(entry, name, seen):
                yield name, UnreadableError(refusal)
            elif why := passed_over(name):
                passed[why] += 1
            else:
                yield name, _member(archive, entry, limits)
            seen.add(name)


def _refusal(entry: zipfile.ZipInfo, name: str, seen: set[str]) -> str:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        return "a member whose path leads out of the archive: pack it again"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a symbolic link in an archive: pack the file itself"
    if entry.flag_bits & 1:
        return "an encrypted member: unpack it with its password first"
    if name in seen:
        return "a second member of the same name: pack it again"
    if kind_of(name) == "zip":
        return "an archive inside an archive: unpack it first"
    return ""


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits
) -> BinaryIO | UnreadableError:
    try:
        opened = archive.open(entry)
    except FAULTS as fault:
        return UnreadableError(f"can't be unpacked ({fault}): pack it again")
    packed = entry.compress_size
    bounded = Bounded(cast("BinaryIO", opened), lambda: packed, limits)
    return cast("BinaryIO", io.BufferedReader(bounded, 1 << 16))
