"""Commands that show the graph to people: report, serve, show, timeline, search, cite."""

import sys
from typing import Annotated

import typer

from kg.cli.common import DEFAULT_STORE, put, say
from kg.cli.options import Output, Quiet, Store
from kg.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command()(report)
    app.command()(serve)


def report(
    store: Store = DEFAULT_STORE,
    output: Output = None,
    title: Annotated[str, typer.Option(help="Heading of the page.")] = "Events between states",
    quiet: Quiet = False,
) -> None:
    """Write the graph as one page that needs no network and no script.

    Example: kgbuild report -o report.html
    """
    from kg.graph import store as stores
    from kg.publish.report import report as page
    from kg.publish.view import Lookup

    if output is None and sys.stdout.isatty():
        raise UsageError("report: a page is nothing for a terminal: name a file, -o report.html")
    with stores.read(store) as reader:
        lookup = Lookup(reader)
        put([page(lookup, title).encode()], output)
        if output is not None:
            say(f"{output}: {len(lookup.briefs)} events", quiet=quiet)


def serve(
    store: Store = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: a free one.")] = 8088,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take.")] = 30.0,
    memory: Annotated[int, typer.Option(min=256, help="MB a query may take.")] = 2048,
    quiet: Quiet = False,
) -> None:
    """Serve the explorer and a SPARQL endpoint until Ctrl-C.

    Example: kgbuild serve --port 8088
    """
    from kg.publish import serving

    serving.serve(
        store,
        serving.Limits(timeout=timeout, memory=memory * 2**20),
        host=host,
        port=port,
        ready=lambda address: say(f"explorer: {address}  SPARQL: {address}sparql", quiet=quiet),
    )
