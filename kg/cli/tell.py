"""Commands that tell in words: show, timeline, search, cite."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import DEFAULT_STORE, chosen, put, say
from kg.cli.options import Format, Output, Store

if TYPE_CHECKING:
    from kg.graph.store import Reader
    from kg.publish.view import Lookup


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    for command in (show, timeline, search, cite):
        app.command(no_args_is_help=command is not timeline)(command)


@contextmanager
def _looking(store: Path) -> "Iterator[tuple[Reader, Lookup]]":
    from kg.graph import store as stores
    from kg.publish.view import Lookup

    with stores.read(store) as reader:
        yield reader, Lookup(reader)


def _lines(lines: Iterable[str], output: Path | None) -> None:
    put((f"{line}\n".encode("utf-8", "replace") for line in lines), output)


def show(
    thing: Annotated[str, typer.Argument(help="IRI, code of an actor, or source of an article.")],
    store: Store = DEFAULT_STORE,
    output: Output = None,
) -> None:
    """Show all that is known of an event, report, article or actor.

    Example: kgbuild show NO
    """
    from kg.publish import plain, things

    with _looking(store) as (_, lookup):
        found = things.find(lookup, thing)
        match found.kind:
            case "event":
                told = lookup.event(found.iri)
                _lines(plain.event(told, lookup) if told else (), output)
            case "article":
                article = lookup.article(found.iri)
                _lines(plain.article(article, lookup.reports_in(found.iri), lookup), output)
            case _:
                _lines(plain.actor(lookup.party(found.iri), lookup.briefs), output)


def timeline(
    parties: Annotated[
        list[str] | None, typer.Argument(help="Codes of one or more parties; none: all events.")
    ] = None,
    since: Annotated[str, typer.Option(help="Only from this day on: 2021-12-01.")] = "",
    until: Annotated[str, typer.Option(help="Only up to this day.")] = "",
    store: Store = DEFAULT_STORE,
    output: Output = None,
) -> None:
    """List events in order of time, all or of one or two parties.

    Example: kgbuild timeline NO RU --since 2023-01-01
    """
    from kg.publish import plain, things
    from kg.publish.narrow import Wanted

    wanted = Wanted.of(since=since, until=until)
    with _looking(store) as (_, lookup):
        named = {things.party(lookup, name) for name in parties or ()}
        found = [b for b in lookup.briefs if named.issubset(b.parties) and wanted.fits(b)]
        _lines(plain.timeline(found), output)


def search(
    words: Annotated[list[str], typer.Argument(help="Words; each may be a beginning.")],
    most: Annotated[int, typer.Option("--most", min=1, help="Articles to show at most.")] = 20,
    store: Store = DEFAULT_STORE,
    output: Output = None,
) -> None:
    """Find words in quotes and titles.

    Example: kgbuild search persona non grata
    """
    from kg.publish import plain
    from kg.publish.search import search as find

    with _looking(store) as (_, lookup):
        hits = find(lookup, " ".join(words), most)
        _lines(plain.hits(hits), output)
    if not hits:
        say(f"no quote or title with {' '.join(words)!r}", quiet=False)


def cite(
    what: Annotated[
        list[str], typer.Argument(help="Events, articles or actors; `all` for every article.")
    ],
    store: Store = DEFAULT_STORE,
    output: Output = None,
    format_: Format = None,
) -> None:
    """Cite articles, or those behind events, as BibTeX or RIS.

    Example: kgbuild cite NO -o sources.bib
    """
    from kg.publish import cite as citing
    from kg.publish import things

    form = chosen(citing.FORMATS, citing.SUFFIXES, output, format_, "bibtex")
    with _looking(store) as (_, lookup):
        articles = things.articles(lookup, what)
        put((entry.encode() for entry in citing.FORMATS[form](articles)), output)
