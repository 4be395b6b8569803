"""JSONL, CSV and TSV -> one mapping of fields a record, streaming and with bounded memory.

Fields by contract: `id title text date outlet url language`; others by a map such as
`text=body,date=publishedAt,outlet=source.name`.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.errors import UnreadableError, UsageError
from kg.ingest.decode import checked, decode, encoding_of_mark

FIELDS = ("id", "title", "text", "date", "outlet", "url", "language")
MAX_LINE = 16 * 1024 * 1024  # bytes; an article has at most 1,000,000 characters
MAX_FIELD = 4 * 1024 * 1024  # characters
_UNPRINTABLE = re.compile(rb"[^\t\n\r -~]")
Fields = dict[str, str]
Record = tuple[int, Fields | UnreadableError]


def field_map(written: str) -> dict[str, str]:
    """Return the map that `text=body,date=publishedAt` means. Raises UsageError."""
    mapping: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in written.split(","))):
        ours, equals, theirs = (p.strip() for p in part.partition("="))
        if not equals or not theirs or ours not in FIELDS:
            raise UsageError(
                f"--map: '{part}' is not FIELD=NAME with FIELD one of {', '.join(FIELDS)}"
            )
        mapping[ours] = theirs
    return mapping


def jsonl_records(stream: BinaryIO, mapping: Mapping[str, str]) -> Iterator[Record]:
    """Yield each line's record with its line number; a bad line yields its fault instead."""
    for number, line in _lines(stream):
        if isinstance(line, UnreadableError):
            yield number, line
        elif line.strip():
            yield number, _json_fields(line, mapping)


def _json_fields(line: str, mapping: Mapping[str, str]) -> Fields | UnreadableError:
    try:
        record = json.loads(line)
    except RecursionError:
        return UnreadableError("JSON nested too deeply: give one flat object a line")
    except ValueError as fault:
        return UnreadableError(f"not JSON ({fault}): give one object a line")
    if not isinstance(record, dict):
        return UnreadableError("not a JSON object: give one object a line")
    fields: Fields = {}
    for ours in FIELDS:
        value = _at(record, mapping.get(ours, ours))
        if isinstance(value, bool | int | float):
            value = str(value)
        if isinstance(value, str):
            try:
                fields[ours] = checked(value)
            except UnreadableError as fault:
                return fault
    return fields or _no_fields(sorted(map(str, record)))


def _at(record: dict[str, object], path: str) -> object:
    """Return the value under a name, or under a dotted path where no such name is there."""
    if path in record:
        return record[path]
    value: object = record
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _no_fields(names: list[str]) -> UnreadableError:
    had = ", ".join(names[:12])[:200] or "nothing"
    return UnreadableError(f"no field 'text' or 'title' (it has {had}): use --map text=NAME")


def table_records(stream: BinaryIO, delimiter: str, mapping: Mapping[str, str]) -> Iterator[Record]:
    """Yield each row's record, counted from 1 behind the header row; streaming.

    `delimiter` "," stands for whichever of comma, semicolon and tab the header uses.
    A fault of the table's form ends the reading, since what follows can't be told apart.
    """
    csv.field_size_limit(MAX_FIELD)
    lines = _raising(_lines(stream))
    number = 0
    try:
        header_line = next(lines, "")
        if delimiter == ",":
            delimiter = max(",;\t", key=lambda mark: (header_line.count(mark), mark == ","))
        header = next(csv.reader([header_line], delimiter=delimiter), [])
        names = [name.strip() for name in header]
        columns = _columns(names, mapping)
        if "text" not in columns and "title" not in columns:
            yield 0, _no_fields(names)
            return
        for row in csv.reader(lines, delimiter=delimiter, strict=False):
            if not row:
                continue
            number += 1
            yield number, _row_fields(row, columns)
    except csv.Error as fault:
        yield number + 1, UnreadableError(f"not a table ({fault}): quote fields with line breaks")
    except UnreadableError as fault:
        yield number + 1, fault


def _columns(names: list[str], mapping: Mapping[str, str]) -> dict[str, int]:
    lower = [name.casefold() for name in names]
    columns: dict[str, int] = {}
    for ours in FIELDS:
        theirs = mapping.get(ours, ours)
        if theirs in names:
            columns[ours] = names.index(theirs)
        elif theirs.casefold() in lower:
            columns[ours] = lower.index(theirs.casefold())
    return columns


def _row_fields(row: list[str], columns: Mapping[str, int]) -> Fields | UnreadableError:
    try:
        return {ours: checked(row[at]) for ours, at in columns.items() if at < len(row)}
    except UnreadableError as fault:
        return fault


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str | UnreadableError]]:
    """Yield numbered lines of a byte stream, decoded line by line; too long a line is a fault."""
    head = stream.read(4)
    encoding, skip = encoding_of_mark(head)
    rest = _Prefixed(head[skip:], stream)
    if encoding.startswith(("utf-16", "utf-32")):
        text = io.TextIOWrapper(io.BufferedReader(rest), encoding, errors="replace", newline="")
        yield from _text_lines(text)
        return
    lines = io.BufferedReader(rest, 1 << 16)
    number = 0
    while line := lines.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = lines.readline(MAX_LINE)
            yield number, UnreadableError(f"a line of over {MAX_LINE >> 20} MB: split it")
            continue
        try:
            if _UNPRINTABLE.search(line):
                yield number, decode(line)
            else:  # the common case, ten times faster
                yield number, line.decode("ascii").replace("\r\n", "\n").replace("\r", "\n")
        except UnreadableError as fault:
            yield number, fault


def _text_lines(text: io.TextIOWrapper) -> Iterator[tuple[int, str | UnreadableError]]:
    number = 0
    while line := text.readline(MAX_LINE):
        number += 1
        try:
            yield number, checked(line)
        except UnreadableError as fault:
            yield number, fault


def _raising(lines: Iterator[tuple[int, str | UnreadableError]]) -> Iterator[str]:
    for _, line in lines:
        if isinstance(line, UnreadableError):
            raise line
        yield line


class _Prefixed(io.RawIOBase):
    """A stream with bytes put back in front of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
