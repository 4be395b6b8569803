"""Commands that ask the graph: query, queries."""

import sys
from typing import Annotated

import typer

from kg.cli.common import (
    DEFAULT_STORE,
    Format,
    Output,
    Store,
    chosen,
    limited,
    put,
    put_rows,
    put_triples,
    say,
)
from kg.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(no_args_is_help=True)(query)
    app.command()(queries)


def _names(incomplete: str) -> list[str]:
    """Complete the name of a saved question."""
    from kg.query import library

    return [name for name in library() if name.startswith(incomplete)]


def query(
    name: Annotated[
        str,
        typer.Argument(
            metavar="FILE|NAME|-",
            help="A query file, a saved query, or stdin.",
            autocompletion=_names,
        ),
    ],
    param: Annotated[
        list[str], typer.Option("--param", "-p", help="A parameter's value: name=value.")
    ] = [],  # noqa: B006 (Typer copies it)
    actor: Annotated[str, typer.Option(help="The same as -p actor=CODE.")] = "",
    type_: Annotated[str, typer.Option("--type", help="The same as -p kind=TYPE.")] = "",
    since: Annotated[str, typer.Option(help="The same as -p since=DATE.")] = "",
    until: Annotated[str, typer.Option(help="The same as -p until=DATE.")] = "",
    store: Store = DEFAULT_STORE,
    output: Output = None,
    format_: Format = None,
    timeout: Annotated[float | None, typer.Option(min=0, help="Give up after seconds.")] = None,
    allow_service: Annotated[bool, typer.Option(help="Let the query use SERVICE.")] = False,
    fail_empty: Annotated[bool, typer.Option(help="Exit 1 where there is no row.")] = False,
    excel_safe: Annotated[bool, typer.Option(help="Disarm formulas in CSV and TSV.")] = False,
) -> None:
    """Answer a SPARQL query or a saved question.

    Example: kgbuild query events --param actor=RU --format csv; kgbuild query events --since 2021-03
    """
    from kg.graph import store as stores
    from kg.query import Table, find, parse, run

    short = {"actor": actor, "kind": type_, "since": since, "until": until}
    values = {name: value for name, value in short.items() if value}
    values |= dict(_pair(one) for one in param)
    saved = parse(sys.stdin.read(), "-") if name == "-" else find(name)
    with stores.read(store) as reader:
        with limited(timeout):
            answer = run(reader, saved, values, service=allow_service)
        if len(answer) == 0 and values:
            from kg.publish import things

            for hint in things.hints(reader, saved, values):
                say(hint, quiet=False)
    if isinstance(answer, Table):
        put_rows(answer, output, format_, excel_safe=excel_safe)
    else:
        put_triples(answer, output, format_)
    if fail_empty and len(answer) == 0:
        raise typer.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageError(f"--param {text!r}: write it as name=value")
    return name.strip(), value


def queries(
    name: Annotated[
        str | None, typer.Argument(help="Print this query's text.", autocompletion=_names)
    ] = None,
    output: Output = None,
    format_: Format = None,
) -> None:
    """List the saved questions with their parameters, or print one.

    Example: kgbuild queries; kgbuild queries events > my.rq
    """
    from pyoxigraph import Literal

    from kg.publish import plain
    from kg.publish import table as tables
    from kg.query import Table, find, library

    if name is not None:
        put([find(name).text.encode()], output)
        return
    rows = []
    saved_queries = [find(saved) for saved in library()]
    if chosen(tables.FORMATS, tables.SUFFIXES, output, format_, "table") == "table":
        put((f"{line}\n".encode() for line in plain.questions(saved_queries)), output)
        return
    for one in saved_queries:
        parameters = ", ".join(f"{p.name} ({p.kind})" for p in one.parameters)
        cells = (one.name, one.summary, parameters, ", ".join(one.tags))
        rows.append(tuple(Literal(cell) if cell else None for cell in cells))
    table = Table(("name", "summary", "parameters", "tags"), tuple(rows))
    put_rows(table, output, format_)
