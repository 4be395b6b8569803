"""Commands that ask the graph: query, queries."""

from typing import Annotated

import typer

from kg.cli.answer import Question, answer, parameters
from kg.cli.common import DEFAULT_STORE, chosen, put, put_rows
from kg.cli.options import Format, Output, Store


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
    question = Question(
        name,
        parameters(param, actor, type_, since, until),
        store=store,
        output=output,
        format=format_,
        timeout=timeout,
        allow_service=allow_service,
        fail_empty=fail_empty,
        excel_safe=excel_safe,
    )
    raise typer.Exit(answer(question))


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
