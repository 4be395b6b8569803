"""What the commands share: talk, output of rows and graphs. Quick to load."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query import Table, Triples

INTERRUPTED = 130

DEFAULT_STORE = Path("kg.store")


def say(text: str, *, quiet: bool = False) -> None:
    """Print a line of talk to stderr."""
    if not quiet:
        sys.stderr.write(f"{text}\n")


def counted(number: int, noun: str) -> str:
    """Return `1 article`, `2 articles`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def complain(text: str) -> None:
    """Print a fault to stderr, on one line."""
    say(f"kgbuild: {' '.join(text.split())}")


def chosen(
    formats: Iterable[str],
    suffixes: dict[str, str],
    output: Path | None,
    format_: str | None,
    default: str,
) -> str:
    """Return the format asked for, else that of the output's suffix, else the default.

    Raises UsageError for one that is not known.
    """
    known = list(formats)
    if format_ is None:
        return suffixes.get(output.suffix.lower(), default) if output is not None else default
    if format_ not in known:
        from difflib import get_close_matches

        near = get_close_matches(format_, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"--format {format_}: not one of {', '.join(known)}{hint}")
    return format_


def put(pieces: Iterable[bytes], output: Path | None) -> None:
    """Write to the file, in one step, or to stdout."""
    if output is not None and str(output) != "-":
        from kg.publish import files

        files.write(output, pieces)
        return
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def put_rows(
    table: "Table", output: Path | None, format_: str | None, *, excel_safe: bool = False
) -> None:
    """Write rows in the format asked for."""
    from kg.publish import table as tables

    name = chosen(tables.FORMATS, tables.SUFFIXES, output, format_, "table")
    if excel_safe:
        table = tables.excel_safe(table)
    if name == "table" and output is None and sys.stdout.isatty():
        import shutil

        lines = tables.as_table(table, shutil.get_terminal_size().columns)
    else:
        lines = tables.FORMATS[name](table)
    put((line.encode("utf-8", "replace") for line in lines), output)


def put_triples(triples: "Triples", output: Path | None, format_: str | None) -> None:
    """Write a graph in the format asked for."""
    from kg.publish import turtle

    name = chosen(turtle.FORMATS, turtle.SUFFIXES, output, format_, "turtle")
    put(turtle.graph(triples.triples, name), output)
