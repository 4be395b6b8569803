"""Paths -> the regular files to read, in an order that nothing but their names decides."""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UnreadableError

KINDS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv",
    ".xml": "feed", ".rss": "feed", ".atom": "feed", ".zip": "zip",
}  # fmt: skip
_SKIPPED_STEMS = ("readme", "license", "licence")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it lies, its key and its name as given."""

    path: Path
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A path that can't be read, and why."""

    name: str
    reason: str


def kind_of(name: str) -> str:
    """Return the kind that a name's suffix means (`.gz` aside), or an empty string."""
    return KINDS.get(Path(plain_name(name)).suffix.casefold(), "")


def plain_name(name: str) -> str:
    """Return the name without `.gz`."""
    return name[:-3] if name.casefold().endswith(".gz") else name


def printable(name: str) -> str:
    """Return a file's name as text that can be stored: stray bytes are written as escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def passed_over(name: str) -> str:
    """Return why a walk passes a file by, or an empty string where it is read."""
    base = name.rsplit("/", 1)[-1]
    if base.startswith("."):
        return "hidden"
    if base.casefold().startswith(_SKIPPED_STEMS):
        return "README or LICENSE"
    return "" if kind_of(base) else "other suffix"


def walk(root: Path, passed: Counter[str]) -> Iterator[Found | Refused]:
    """Yield the files below a folder, sorted by name at each level; count what is passed over.

    Symbolic links are not followed: one to a place inside is read there anyway, one that leads
    out of the folder is refused.
    """
    yield from _below(root, "", root.resolve(), passed)


def _below(
    folder: Path, prefix: str, root: Path, passed: Counter[str]
) -> Iterator[Found | Refused]:
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as fault:
        yield Refused(prefix or str(folder), f"folder can't be opened: {fault.strerror}")
        return
    for entry in ordered:
        key = prefix + printable(entry.name)
        if entry.is_symlink():
            yield from _link(entry, key, root, passed)
        elif entry.is_dir(follow_symlinks=False):
            if entry.name.startswith("."):
                passed["hidden"] += 1
            else:
                yield from _below(Path(entry.path), key + "/", root, passed)
        elif why := passed_over(entry.name):
            passed[why] += 1
        elif not entry.is_file(follow_symlinks=False):
            passed["not a regular file"] += 1
        else:
            yield Found(Path(entry.path), key, printable(entry.name))


def _link(
    entry: "os.DirEntry[str]", key: str, root: Path, passed: Counter[str]
) -> Iterator[Refused]:
    try:
        inside = Path(entry.path).resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop
        inside = True
    if inside or passed_over(entry.name) == "hidden":
        passed["symbolic link"] += 1
    else:
        yield Refused(key, "a symbolic link out of the folder: name its target explicitly")


def open_regular(path: Path, *, follow: bool) -> int:
    """Open a regular file and return its descriptor. Raises UnreadableError with the reason.

    The check is made on the open file, so that nothing can be exchanged in between; pipes and
    devices are opened without waiting and refused.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as fault:
        raise UnreadableError(f"can't be opened: {fault.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError("not a regular file (pipe, device or socket): use - for stdin")
    return descriptor
