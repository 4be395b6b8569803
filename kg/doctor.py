"""What is wrong with a store, and what to do about it: nothing is changed."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pyoxigraph import NamedNode

from kg import jobs, lexicon, vocab
from kg.errors import StorageError, StoreBusyError, UsageError
from kg.graph import disk, store
from kg.graph.ledger import Row, ledger
from kg.graph.store import Reader

State = Literal["ok", "note", "fault"]
_NAMED = 3  # articles that a finding names; the rest is counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what mends it where it is not well."""

    state: State
    part: str
    told: str
    remedy: str = ""


def examine(folder: Path, ontology: Path | None = None, model: str | None = None) -> list[Finding]:
    """Look at a store's parts and at what they say of each other; return what was found.

    Raises UsageError where there is no store at all.
    """
    if not any((folder / name).exists() for name in ("main", "ledger.sqlite", "current")):
        message = f"store {folder}: nothing there yet: run `kgbuild ingest PATH…` first"
        raise UsageError(message)
    found = [_space(folder), _holder(folder)]
    rows, read = _ledger(folder)
    found += read
    found += _snapshot(folder)
    found += _work(folder, rows)
    if rows is not None:
        found += _versions(rows, ontology, model)
    return found


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    told = f"{free // 2**20} MB free"
    if free < disk.FREE_BYTES:
        return Finding("fault", "disk", told, f"make room: {disk.FREE_BYTES // 2**20} MB needed")
    return Finding("ok", "disk", told)


def _holder(folder: Path) -> Finding:
    holder = store.holder(folder)
    if holder is None:
        return Finding("ok", "lock", "no writer")
    return Finding("note", "lock", f"held by {holder}", "wait for it, or stop it")


def _ledger(folder: Path) -> tuple[list[Row] | None, list[Finding]]:
    """Read the ledger; None for its rows where it can't be read."""
    mend = "restore a backup, or remove ledger.sqlite and ingest the same articles again"
    if not (folder / "ledger.sqlite").is_file():
        return None, [Finding("fault", "ledger", "missing", mend)]
    try:
        with ledger(folder) as book:
            damage, rows, mark = book.damage(), book.rows(), book.marked("conclusions")
    except StorageError as fault:
        return None, [Finding("fault", "ledger", str(fault), mend)]
    if damage:
        return None, [Finding("fault", "ledger", damage, mend)]
    found = [Finding("ok", "ledger", f"{len(rows)} rows")]
    if mark != "current":
        told = "links and inferences are older than the articles"
        found.append(Finding("fault", "conclusions", told, "run `kgbuild reason`"))
    return rows, found


def _snapshot(folder: Path) -> Iterator[Finding]:
    try:
        with store.read(folder) as reader:
            yield Finding("ok", "snapshot", f"{len(reader)} quads published")
    except (StorageError, UsageError) as fault:
        yield Finding("fault", "snapshot", str(fault), "run `kgbuild reason` to publish anew")


def _work(folder: Path, rows: list[Row] | None) -> Iterator[Finding]:
    """Look into the databases that the next writer will open, unless one is at work."""
    mend = "restore a backup, or ingest into a new store"
    for name in ("main", "aside"):
        if not (folder / name).is_dir():
            yield Finding("fault", name, "missing", mend)
            return
    try:
        with store.work(folder) as reader:
            yield Finding("ok", "databases", f"{len(reader)} quads")
            yield from _links(reader)
            if rows is not None:
                yield from _rows(reader, rows)
    except StoreBusyError:
        yield Finding("note", "databases", "not looked into: a writer is at work", "try later")
    except StorageError as fault:
        yield Finding("fault", "databases", str(fault), mend)


def _links(reader: Reader) -> Iterator[Finding]:
    """Every report of an event must be told by some article, every event's type by a link."""
    types = reader.quads(None, vocab.term("rdf:type"), vocab.dip("EventReport"))
    reports = {quad.subject for quad in types}
    lost = {
        str(getattr(quad.subject, "value", quad.subject))
        for quad in reader.quads(None, vocab.dip("reports"), None, vocab.LINKS)
        if quad.subject not in reports
    }
    if lost:
        told = f"{len(lost)} linked reports are in no article ({_some(lost)})"
        yield Finding("fault", "links", told, "run `kgbuild reason`")


def _rows(reader: Reader, rows: list[Row]) -> Iterator[Finding]:
    """Ledger and databases must speak of the same articles, with the same texts."""
    again = "ingest these articles again with --again"
    articles = {
        quad.subject
        for quad in reader.quads(None, vocab.term("rdf:type"), vocab.dip("Article"))
        if quad.subject == quad.graph_name
    }
    known = {vocab.article(row.key): row for row in rows if row.state != "unread"}
    lost = {r.source for iri, r in known.items() if r.state == "ingested" and iri not in articles}
    if lost:
        told = f"{len(lost)} articles of the ledger are not in the graph ({_some(lost)})"
        yield Finding("fault", "articles", told, again)
    strange = {str(iri) for iri in articles if iri not in known}
    if strange:
        told = f"{len(strange)} articles of the graph are not in the ledger ({_some(strange)})"
        yield Finding("fault", "articles", told, again)
    altered = {row.source for iri, row in known.items() if _altered(reader, iri, row)}
    if altered:
        told = f"{len(altered)} stored texts differ from their hash ({_some(altered)})"
        yield Finding("fault", "texts", told, again)
    if not (lost or strange or altered):
        yield Finding("ok", "articles", f"{len(articles)} in the graph, as the ledger says")


def _altered(reader: Reader, iri: NamedNode, row: Row) -> bool:
    text = reader.text(iri)
    return text is not None and hashlib.sha256(text.encode()).hexdigest() != row.sha256


def _some(names: set[str]) -> str:
    first = sorted(names)[:_NAMED]
    return ", ".join(first) + (" …" if len(names) > _NAMED else "")


def _versions(rows: list[Row], ontology: Path | None, model: str | None) -> Iterator[Finding]:
    """Compare what articles were read with to what is installed."""
    read = [row for row in rows if row.state != "unread"]
    present = {"model": jobs.model_name(model), "ontology": lexicon.load(ontology).sha256}
    for part, name in present.items():
        other = sum(getattr(row, part) != name for row in read)
        told = name if part == "model" else name[:16]
        if other:
            told = f"{other} of {len(read)} articles were read with another than {told}"
            yield Finding("note", part, told, "`kgbuild ingest` reads them again")
        else:
            yield Finding("ok", part, told)
