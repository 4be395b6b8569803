"""A store's published state as one folder or archive, and a store out of it."""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg import vocab
from kg.errors import StorageError, StoreBusyError, UsageError
from kg.graph import store
from kg.graph.ledger import Row, ledger
from kg.graph.store import Reader

ARCHIVES = (".tar.gz", ".tgz", ".tar")
_LABEL = "backup.json"
_KIND = "kgbuild backup"


def backup(folder: Path, target: Path) -> int:
    """Write the store's published state to a folder or archive that appears when complete.

    A writer at work is not disturbed; what it has not published yet is left out, in the ledger
    too, so that a later ingest reads it again. Returns the number of articles.
    """
    if target.exists() and (target.is_file() or any(target.iterdir())):
        message = f"backup {target}: there already: choose another name, or remove it"
        raise UsageError(message)
    with store.read(folder) as reader, _beside(target) as made:
        content = made / "store"
        content.mkdir()
        for name in ("main", "aside"):
            shutil.copytree(_published_folder(reader) / name, content / name)
        with ledger(folder) as book:
            rows = [row for row in book.rows() if _published(reader, row)]
        with ledger(content) as copy:
            copy.record(rows)
            copy.mark("conclusions", "current")  # a state is published after its conclusions
        label = {"kind": _KIND, "articles": len(rows), "quads": len(reader)}
        (content / _LABEL).write_text(json.dumps(label) + "\n", encoding="utf-8")
        if target.name.endswith(ARCHIVES):
            _pack(content, made / target.name)
            (made / target.name).replace(target)
        else:
            content.replace(target)
    return len(rows)


def _published_folder(reader: Reader) -> Path:
    if reader.snapshot is None:
        message = "backup: only a store on disk can be backed up"
        raise UsageError(message)
    return reader.snapshot


def _pack(content: Path, archive: Path) -> None:
    with tarfile.open(archive, "w" if archive.suffix == ".tar" else "w:gz") as packed:
        for path in sorted(content.iterdir()):
            packed.add(path, path.name)


def _published(reader: Reader, row: Row) -> bool:
    """Say whether the published state holds the article as the ledger has it."""
    if row.state == "unread":
        return True
    iri = vocab.article(row.key)
    if row.state == "quarantined":
        return any(True for _ in reader.aside(graph=vocab.quarantined(iri)))
    hashes = {quad.object for quad in reader.quads(iri, vocab.dip("sha256"), None, iri)}
    return any(getattr(one, "value", "") == row.sha256 for one in hashes)


def restore(source: Path, folder: Path, *, replace: bool = False) -> int:
    """Make a store out of a backup; it appears when complete. Returns the number of articles.

    Raises UsageError where there is no backup, or a store already and `replace` is not given.
    """
    if not source.exists():
        message = f"restore {source}: no such file or folder"
        raise UsageError(message)
    if folder.exists() and not replace:
        message = f"store {folder}: there already: give another --store, or --replace"
        raise UsageError(message)
    if (holder := store.holder(folder)) is not None:
        message = f"store {folder}: in use by {holder}: wait for it or stop it"
        raise StoreBusyError(message)
    with _beside(folder) as made:
        content = made / "store"
        _unpack(source, content)
        articles = _label(source, content)
        (content / _LABEL).unlink()
        with store.write(content) as kept:
            kept.publish()
        if folder.exists():
            folder.replace(made / "old")
        content.replace(folder)
    return articles


def _unpack(source: Path, content: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, content)
        return
    try:
        with tarfile.open(source) as packed:
            packed.extractall(content, filter="data")
    except (tarfile.TarError, EOFError) as fault:
        message = f"restore {source}: {fault}: not an archive that `kgbuild backup` made"
        raise UsageError(message) from fault


def _label(source: Path, content: Path) -> int:
    """Return the number of articles that the backup says it has."""
    message = f"restore {source}: not a backup: make one with `kgbuild backup`"
    try:
        told = json.loads((content / _LABEL).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as fault:
        raise UsageError(message) from fault
    whole = all((content / name).exists() for name in ("main", "aside", "ledger.sqlite"))
    if not isinstance(told, dict) or told.get("kind") != _KIND or not whole:
        raise UsageError(message)
    return int(told["articles"])


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a folder on the target's disk to work in, and remove it with all that is left there."""
    place = target.absolute().parent
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".kgbuild-", dir=place) as made:
            yield Path(made)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise StorageError(f"{target}: {reason}: check space and rights there") from fault
