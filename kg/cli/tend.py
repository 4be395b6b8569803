"""Commands that tend a store and its tools: models, doctor, backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import DEFAULT_STORE, put_rows, say
from kg.cli.options import Format, Ontology, Output, Quiet, Store


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(models)
    app.command()(doctor)
    app.command(no_args_is_help=True)(backup)
    app.command(no_args_is_help=True)(restore)


def models(output: Output = None, format_: Format = None) -> None:
    """List the language models at hand.

    `ingest --model` takes their names, or a folder.

    Example: kgbuild models; kgbuild ingest news/ --model en_core_web_sm
    """
    from pyoxigraph import Literal

    from kg.nlp.models import installed
    from kg.query import Table

    rows = []
    for card in installed():
        cells = (
            card.name,
            card.version,
            card.language,
            card.labels,
            f"{card.size / 1e6:.1f} MB" if card.size else "",
            card.license,
            card.problem or card.description,
        )
        rows.append(tuple(Literal(cell) if cell else None for cell in cells))
    columns = ("name", "version", "language", "labels", "size", "license", "remark")
    put_rows(Table(columns, tuple(rows)), output, format_)


def doctor(
    store: Store = DEFAULT_STORE,
    ontology: Ontology = None,
    model: Annotated[str | None, typer.Option(help="Language model by name or path.")] = None,
    output: Output = None,
    format_: Format = None,
    quiet: Quiet = False,
) -> None:
    """Look for faults in a store.

    Looks at disk, lock, ledger, snapshot, databases, links, texts and versions.
    Changes nothing. Exits with 1 where there is a fault; a note is none.
    Example: kgbuild doctor --store kg.store
    """
    from pyoxigraph import Literal

    from kg.doctor import examine
    from kg.query import Table

    found = examine(store, ontology, model)
    rows = [
        tuple(Literal(cell) if cell else None for cell in (f.state, f.part, f.told, f.remedy))
        for f in found
    ]
    put_rows(Table(("state", "part", "told", "remedy"), tuple(rows)), output, format_)
    faults = sum(one.state == "fault" for one in found)
    say(f"{faults} faults" if faults else "no faults", quiet=quiet)
    if faults:
        raise typer.Exit(1)


def backup(
    target: Annotated[
        Path, typer.Argument(metavar="FILE|FOLDER", help="A .tar.gz, .tgz or .tar, or a folder.")
    ],
    store: Store = DEFAULT_STORE,
    quiet: Quiet = False,
) -> None:
    """Copy the store as published; an ingest may go on meanwhile.

    Example: kgbuild backup monday.tar.gz
    """
    from kg import backup as backups

    articles = backups.backup(store, target)
    say(f"{target}: {articles} articles or files of the ledger", quiet=quiet)


def restore(
    source: Annotated[
        Path, typer.Argument(metavar="FILE|FOLDER", help="What `kgbuild backup` made.")
    ],
    store: Store = DEFAULT_STORE,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a store there.")] = False,
    quiet: Quiet = False,
) -> None:
    """Make a store out of a backup.

    Example: kgbuild restore monday.tar.gz --store kg.store
    """
    from kg import backup as backups

    articles = backups.restore(source, store, replace=replace)
    say(f"store {store}: {articles} articles or files of the ledger", quiet=quiet)
