"""Commands that look after the store: validate, list, stats."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import DEFAULT_STORE, counted, put_rows, say
from kg.cli.options import Format, Output, Quiet, Store


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(validate)
    app.command("list")(list_)
    app.command()(stats)


def validate(
    store: Store = DEFAULT_STORE,
    shapes: Annotated[
        Path | None, typer.Option(help="Your own SHACL shapes instead of ours.")
    ] = None,
    engine: Annotated[str | None, typer.Option(help="SHACL engine: pyrudof or pyshacl.")] = None,
    output: Output = None,
    format_: Format = None,
    quiet: Quiet = False,
) -> None:
    """Check the graph by the shapes; show what was put aside, and why.

    Exits with 1 where there is any violation.
    Example: kgbuild validate --engine pyshacl
    """
    from kg import catalogue
    from kg.graph import store as stores

    with stores.read(store) as reader:
        found = catalogue.violations(reader, shapes, engine)
    if len(found):
        put_rows(found, output, format_)
    say(counted(len(found), "violation") if len(found) else "no violations", quiet=quiet)
    if len(found):
        raise typer.Exit(1)


def list_(store: Store = DEFAULT_STORE, output: Output = None, format_: Format = None) -> None:
    """List what came in: each file with its state and the reason.

    Example: kgbuild list --format csv -o articles.csv
    """
    from kg.catalogue import rows

    put_rows(rows(store), output, format_)


def stats(store: Store = DEFAULT_STORE, output: Output = None, format_: Format = None) -> None:
    """Count articles, reports, events, links and inferences.

    Example: kgbuild stats --format json
    """
    from kg.catalogue import figures

    put_rows(figures(store), output, format_)
