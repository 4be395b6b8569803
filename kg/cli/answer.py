"""What `kgbuild query` does once its words are read. Quick to load: no Typer."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.cli.common import DEFAULT_STORE, chosen, put_rows, put_triples, say
from kg.cli.limits import limited
from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Question:
    """A query by file, name or `-`, its parameters, where it is asked and how it is answered."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    store: Path = DEFAULT_STORE
    output: Path | None = None
    format: str | None = None
    timeout: float | None = None  # seconds
    allow_service: bool = False
    fail_empty: bool = False
    excel_safe: bool = False


def parameters(
    told: Iterable[str], actor: str, type_: str, since: str, until: str
) -> dict[str, str]:
    """Return the parameters' values: those with an option of their own, then the `name=value`s.

    Raises UsageError for one that isn't written so.
    """
    short = {"actor": actor, "kind": type_, "since": since, "until": until}
    return {name: value for name, value in short.items() if value} | dict(map(_pair, told))


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f"--param {text!r}: write it as name=value")
    return name.strip(), value


def answer(question: Question) -> int:
    """Write the answer, and hints to stderr where it is empty; return the exit code."""
    from kg.graph import store as stores
    from kg.query import Table, find, parse, run

    _refuse_unknown(question.format)  # before the query runs, which may take long
    values = question.values
    saved = parse(sys.stdin.read(), "-") if question.name == "-" else find(question.name)
    with stores.read(question.store) as reader:
        with limited(question.timeout):
            found = run(reader, saved, values, service=question.allow_service)
        if len(found) == 0 and values:
            from kg.publish import things

            for hint in things.hints(reader, saved, values):
                say(hint)
    if isinstance(found, Table):
        put_rows(found, question.output, question.format, excel_safe=question.excel_safe)
    else:
        put_triples(found, question.output, question.format)
    return int(question.fail_empty and len(found) == 0)


def _refuse_unknown(format_: str | None) -> None:
    """Raise UsageError for a format of neither rows nor graphs."""
    if format_ is not None:
        from kg.publish import table, turtle

        chosen((*table.FORMATS, *turtle.FORMATS), {}, None, format_, "")
