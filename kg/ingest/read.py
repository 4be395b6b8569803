"""Files, folders, archives, streams -> Articles, or the reason why not. Streaming, by kind.

Every path that was named gives at least one result; what a folder walk passes by is counted.
"""

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import UnreadableError, UsageError
from kg.ingest.archives import FAULTS, Limits, gunzip, members
from kg.ingest.clean import layout
from kg.ingest.decode import decode
from kg.ingest.feed import feed_records
from kg.ingest.furniture import furniture
from kg.ingest.html import read_html
from kg.ingest.language import language_name, language_of
from kg.ingest.metadata import Metadata, from_fields, read_metadata, text_address
from kg.ingest.meter import Meter
from kg.ingest.records import Fields, Record, jsonl_records, table_records
from kg.ingest.walk import (
    Found,
    Refused,
    kind_of,
    open_regular,
    plain_name,
    printable,
    walk,
)
from kg.model import Article

MAX_CHARS = 1_000_000  # what the language model takes at most
_LETTER = re.compile(r"[^\W\d_]")
_MAX_BYTES = 16 * 1024 * 1024  # of one document: 1,000,000 characters and their markup


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that gave no article: its name and, on one line, why and what would help."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: names of record fields, and limits."""

    fields: Mapping[str, str] = field(default_factory=dict)  # see records.field_map
    limits: Limits = field(default_factory=Limits)
    max_chars: int = MAX_CHARS


@dataclass(frozen=True, slots=True)
class _Named:
    """Where an article comes from: its key and its source by the contract."""

    key: str
    source: str


def articles(
    paths: Iterable[str | Path],
    options: Options | None = None,
    passed: Counter[str] | None = None,
    stdin: BinaryIO | None = None,
    meter: Meter | None = None,
) -> Iterator[Article | Unread]:
    """Yield the articles of files, folders and `-` (stdin), in order; folders sorted by name.

    `passed` counts the files passed over, by reason; `meter` follows what is read. Raises
    UsageError at once where a path is missing; every other fault is an `Unread` beside the good
    ones.
    """
    named = [str(path) for path in paths]
    for name in named:
        if name != "-" and not os.path.lexists(name):
            raise UsageError(f"{name}: no such file or folder")
    counted = Counter() if passed is None else passed
    return _articles(named, options or Options(), counted, stdin, meter or Meter())


def _articles(
    paths: list[str],
    options: Options,
    passed: Counter[str],
    stdin: BinaryIO | None,
    meter: Meter,
) -> Iterator[Article | Unread]:
    for name in paths:
        path = Path(name)
        if name == "-":
            yield from _stream(stdin or sys.stdin.buffer, "", _Named("-", "-"), options, passed)
        elif path.is_dir():
            for found in walk(path, passed):
                if isinstance(found, Refused):
                    yield Unread(found.name, found.reason)
                else:
                    yield from _file(found, options, passed, meter, follow=False)
        else:
            base = printable(path.name)
            yield from _file(Found(path, base, base), options, passed, meter, follow=True)


def _file(
    found: Found, options: Options, passed: Counter[str], meter: Meter, *, follow: bool
) -> Iterator[Article | Unread]:
    named = _Named(found.key, plain_name(found.name))
    try:
        descriptor = open_regular(found.path, follow=follow)
    except UnreadableError as fault:
        yield Unread(found.name, str(fault))
        return
    with os.fdopen(descriptor, "rb") as stream:
        meter.at_work = stream
        yield from _stream(stream, found.name, named, options, passed)
        meter.past += os.fstat(stream.fileno()).st_size
    meter.at_work = None


def _stream(
    stream: BinaryIO, name: str, named: _Named, options: Options, passed: Counter[str]
) -> Iterator[Article | Unread]:
    """Yield what one stream holds; faults of its form become an `Unread` under its name."""
    try:
        if name.casefold().endswith(".gz"):
            stream = gunzip(stream, options.limits)
            name = plain_name(name)
        kind = kind_of(name)
        if not kind:
            kind, stream = _sniffed(stream, name)
        if kind == "zip":
            yield from _archive(stream, named, options, passed)
        elif kind in ("text", "html"):
            yield _document(stream, kind, named, options)
        else:
            for number, record in _records(stream, kind, options):
                yield _record(number, record, named, options)
    except UnreadableError as fault:
        yield Unread(named.source, str(fault))
    except FAULTS as fault:
        yield Unread(named.source, f"broken off or damaged ({_one_line(fault)}): get it again")


def _sniffed(stream: BinaryIO, name: str) -> tuple[str, BinaryIO]:
    """Tell the kind of stdin, or of a named file without a known suffix, from its first bytes."""
    if Path(name).suffix.casefold() == ".json":
        raise UnreadableError("one JSON document: give one object a line and the suffix .jsonl")
    if isinstance(stream, io.BufferedReader):  # a second buffer would close the first one early
        buffered = stream
    else:
        buffered = io.BufferedReader(cast("io.RawIOBase", stream), 1 << 16)
    head = buffered.peek(4096)[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head.lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        kind = "html"
    elif lower.startswith((b"<rss", b"<feed", b"<rdf")):
        kind = "feed"
    elif lower.startswith(b"<?xml"):
        kind = "html" if b"<html" in lower else "feed"
    elif head.startswith(b"{") and b'"' in head[:20]:
        kind = "jsonl"
    else:
        kind = "text"
    return kind, cast("BinaryIO", buffered)


def _archive(
    stream: BinaryIO, named: _Named, options: Options, passed: Counter[str]
) -> Iterator[Article | Unread]:
    if not stream.seekable():
        raise UnreadableError("a zip archive in a pipe or in gzip: unpack it and name the file")
    for name, member in members(stream, options.limits, passed):
        base = name.rsplit("/", 1)[-1]
        if isinstance(member, UnreadableError):
            yield Unread(f"{named.source}/{name}", str(member))
        else:
            inner = _Named(f"{named.key}/{name}", plain_name(base))
            for found in _stream(member, base, inner, options, passed):
                if isinstance(found, Unread):
                    found = Unread(f"{named.source}/{name}", found.reason)
                yield found


def _document(stream: BinaryIO, kind: str, named: _Named, options: Options) -> Article | Unread:
    data = _limited(stream)
    if not data.strip():
        raise UnreadableError("empty: nothing to read in it")
    if kind == "html":
        text, meta = read_html(data)
        # A page's lang attribute is often its template's: the text itself decides.
        meta = Metadata(meta.title, meta.published, meta.outlet, meta.url)
    else:
        text = decode(data)
        meta = read_metadata(text)
    return _article(text, meta, named, options)


def _limited(stream: BinaryIO) -> bytes:
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise UnreadableError(f"too long: over {_MAX_BYTES >> 20} MB in one document: split it")
    return data


def _records(stream: BinaryIO, kind: str, options: Options) -> Iterator[Record]:
    if kind == "jsonl":
        return jsonl_records(stream, options.fields)
    if kind == "feed":
        return feed_records(_limited(stream))
    return table_records(stream, "\t" if kind == "tsv" else ",", options.fields)


def _record(
    number: int, record: Fields | UnreadableError, named: _Named, options: Options
) -> Article | Unread:
    place = f"{named.source}#{number}" if number else named.source
    if isinstance(record, UnreadableError):
        return Unread(place, str(record))
    meta = from_fields({**record, "published": record.get("date", "")})
    text = record.get("text", "")
    if not text.strip():
        text = record.get("title", "")
    identity = record.get("id", "").strip()
    inner = _Named(identity or f"{named.key}#{number}", identity or place)
    try:
        return _article(text, meta, inner, options)
    except UnreadableError as fault:
        return Unread(place, str(fault))


def _article(text: str, meta: Metadata, named: _Named, options: Options) -> Article:
    """Return the article of a stored text. Raises UnreadableError with the reason why not."""
    if not text[meta.end :].strip():
        raise UnreadableError("empty: no text in it")
    if len(text) > options.max_chars:
        raise UnreadableError(
            f"too long: {len(text):,} characters (at most {options.max_chars:,}): split it"
        )
    if not _LETTER.search(text, meta.end):
        raise UnreadableError("no words in it, only digits or signs: not an article")
    language = meta.language or language_of(text[meta.end :], furniture())
    if language != "en":
        raise UnreadableError(
            f"not English but {language_name(language)} ({language}): translate it or leave it out"
        )
    found = layout(text, meta.end)
    if not found.blocks:
        raise UnreadableError("no prose in it, only page furniture: save the article's own text")
    title = meta.title or found.title
    url = meta.url or text_address(text, title)
    return Article(
        key=url or named.key,
        source=named.source,
        text=text,
        sha256=sha256(text.encode("utf-8")).hexdigest(),
        title=title,
        published=meta.published or found.published,
        published_basis="metadata" if meta.published else "text" if found.published else "",
        outlet=meta.outlet or found.outlet,
        url=url,
        metadata_end=meta.end,
    )


def _one_line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__
