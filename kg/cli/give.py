"""The command that takes the graph elsewhere: export."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import DEFAULT_STORE, chosen, put, put_rows, say
from kg.cli.options import Format, Output, Quiet, Store
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph.store import Reader
    from kg.publish.narrow import Wanted
    from kg.publish.view import Lookup

_ROWS = ("csv", "tsv", "parquet")


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(export)


def export(
    file: Annotated[Path | None, typer.Argument(help="Write to this file; - is stdout.")] = None,
    store: Store = DEFAULT_STORE,
    output: Output = None,
    format_: Format = None,
    with_text: Annotated[bool, typer.Option(help="Add the articles' full texts.")] = False,
    about: Annotated[bool, typer.Option(help="Add a description of the data set.")] = False,
    actor: Annotated[str, typer.Option(help="Only events of this party, by code.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Only events of this type.")] = "",
    since: Annotated[str, typer.Option(help="Only events from this day on.")] = "",
    until: Annotated[str, typer.Option(help="Only events up to this day.")] = "",
    excel_safe: Annotated[bool, typer.Option(help="Disarm formulas in CSV and TSV.")] = False,
    to: Annotated[str, typer.Option(help="Push to this graph store (SPARQL 1.1 GSP).")] = "",
    quiet: Quiet = False,
) -> None:
    """Write the graph, the event table or a network for other tools.

    Turtle 1.1 unless the file's suffix or --format says otherwise.
    Formats: turtle trig nquads ntriples jsonld; graphml gexf (networks); csv tsv parquet (the
    event table, see docs/codebook.md).
    Example: kgbuild export graph.ttl; kgbuild export events.csv --since 2021-01-01
    """
    from kg.graph import store as stores
    from kg.publish import network, push, things, turtle
    from kg.publish.narrow import Wanted
    from kg.publish.view import Lookup

    wanted = Wanted.of(actor, type_, since, until)
    target = file or output
    if to and (target is not None or wanted):
        raise UsageError("--to takes the whole graph and writes no file: leave the others out")
    forms = [*turtle.FORMATS, *network.FORMATS, *_ROWS]
    suffixes = {**turtle.SUFFIXES, **network.SUFFIXES, **{f".{name}": name for name in _ROWS}}
    name = chosen(forms, suffixes, target, format_, "turtle")
    with stores.read(store) as reader:
        if to:
            for graph, size in push.push(reader, to, with_text=with_text):
                say(f"{graph}: {size} triples", quiet=quiet)
            return
        things.check(Lookup(reader), actor, type_)
        if name in turtle.FORMATS:
            put(_graph(reader, name, wanted, with_text=with_text, about=about), target)
            return
        lookup = Lookup(reader, wanted.fits if wanted else None)
        if name in network.FORMATS:
            put((piece.encode() for piece in network.FORMATS[name](lookup)), target)
        else:
            _rows(reader, lookup, name, target, excel_safe=excel_safe)


def _graph(
    reader: "Reader", name: str, wanted: "Wanted", *, with_text: bool, about: bool
) -> Iterable[bytes]:
    from pyoxigraph import NamedNode, Quad

    from kg.publish import dataset, narrow, turtle
    from kg.publish.view import Lookup
    from kg.vocab import DATA, dip

    if not wanted and not about:
        return turtle.export(reader, name, with_text=with_text)
    quads = list(reader.quads())
    if wanted:
        quads = narrow.part(reader, Lookup(reader, wanted.fits).briefs)
    if with_text:
        articles = {quad.graph_name for quad in quads}
        quads += [q for q in reader.aside(None, dip("text")) if q.graph_name in articles]
    if about:
        home = NamedNode(DATA + "graph/dataset")
        told = dataset.describe(quads)
        quads += [Quad(t.subject, t.predicate, t.object, home) for t in told]
    if name in ("trig", "nquads"):
        return turtle.dataset(quads, name)
    return turtle.graph((quad.triple for quad in quads), name)


def _rows(
    reader: "Reader", lookup: "Lookup", name: str, target: Path | None, *, excel_safe: bool
) -> None:
    from kg.publish import events_table

    table = events_table.table(reader, lookup)
    if name == "parquet":
        put([events_table.parquet(table)], target)
    else:
        put_rows(table, target, name, excel_safe=excel_safe)
