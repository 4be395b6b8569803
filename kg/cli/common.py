"""What the commands share: options, output of rows and graphs, limits of time."""

import os
import select
import shutil
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import LimitError, UsageError

if TYPE_CHECKING:
    from kg.query import Table, Triples

INTERRUPTED = 130

Store = Annotated[
    Path,
    typer.Option("--store", envvar="KGBUILD_STORE", help="Folder of the store.", show_default=True),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-O", help="Output format; else guessed from the output file's suffix."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")]
Ontology = Annotated[
    Path | None, typer.Option("--ontology", help="Folder with your own ontology files (.ttl).")
]
Engine = Annotated[str, typer.Option("--engine", help="OWL RL engine: compiled or owlrl.")]
DEFAULT_STORE = Path("kg.store")


def say(text: str, *, quiet: bool = False) -> None:
    """Print a line of talk to stderr."""
    if not quiet:
        typer.echo(text, err=True)


def counted(number: int, noun: str) -> str:
    """Return `1 article`, `2 articles`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def complain(text: str) -> None:
    """Print a fault to stderr, on one line."""
    typer.echo(f"kgbuild: {' '.join(text.split())}", err=True)


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
        lines = tables.as_table(table, shutil.get_terminal_size().columns)
    else:
        lines = tables.FORMATS[name](table)
    put((line.encode("utf-8", "replace") for line in lines), output)


def put_triples(triples: "Triples", output: Path | None, format_: str | None) -> None:
    """Write a graph in the format asked for."""
    from kg.publish import turtle

    name = chosen(turtle.FORMATS, turtle.SUFFIXES, output, format_, "turtle")
    put(turtle.graph(triples.triples, name), output)


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Let Ctrl-C, and the limit of time, end the process at once while the engine works.

    The engine looks at no signal; a thread does. Nothing is half written while it works.
    """
    ears, mouth = os.pipe()
    os.set_blocking(mouth, False)
    before = signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
    watcher = threading.Thread(target=_watch, args=(ears, seconds), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(mouth)  # ends the watcher
        watcher.join()
        os.close(ears)


def _watch(ears: int, seconds: float | None) -> None:
    ready, _, _ = select.select([ears], [], [], seconds)
    if not ready:
        complain(f"the query took more than {seconds:g} s: narrow it or raise --timeout")
        os._exit(LimitError.exit_code)
    if os.read(ears, 1):  # a signal; nothing to read means that the work is done
        os._exit(INTERRUPTED)
