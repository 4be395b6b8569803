"""Commands that build the graph: ingest, reason, remove."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import DEFAULT_STORE, complain, counted, say
from kg.cli.options import Engine, Ontology, Quiet, Store, Verbose
from kg.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from kg.build import Summary, Watch
    from kg.conclude import Conclusions


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(no_args_is_help=True)(ingest)
    app.command()(reason)
    app.command(no_args_is_help=True)(remove)


def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for stdin.")],
    store: Store = DEFAULT_STORE,
    ontology: Ontology = None,
    model: Annotated[str | None, typer.Option(help="Language model by name or path.")] = None,
    engine: Engine = "compiled",
    shacl: Annotated[str | None, typer.Option(help="SHACL engine: pyrudof or pyshacl.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes; 0: one a core.")] = 0,
    map_: Annotated[
        str, typer.Option("--map", help="Names of record fields: text=body,date=publishedAt")
    ] = "",
    no_text: Annotated[bool, typer.Option(help="Keep quotes and hashes, not the texts.")] = False,
    again: Annotated[bool, typer.Option(help="Read known articles again.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read articles and take them through the flow into the store.

    Example: kgbuild ingest news/ extra.jsonl --store kg.store
    """
    from kg import build
    from kg.ingest.read import Options
    from kg.ingest.records import field_map
    from kg.jobs import cores

    settings = build.Settings(
        model=model,
        ontology=ontology,
        engine=engine,
        shacl=shacl,
        jobs=jobs or cores(),
        keep_text=not no_text,
        again=again,
        reading=Options(fields=field_map(map_)),
    )
    with _progress(quiet) as watch:
        summary = build.ingest(paths, store, settings, watch)
    for unread in summary.unread:
        complain(f"not read: {unread.source}: {unread.reason}")
    if not summary.read and not summary.known and not summary.unread:
        passed = ", ".join(f"{n} {why}" for why, n in sorted(summary.passed.items()))
        raise UsageError(
            f"{', '.join(paths)}: nothing to ingest{f' (passed over: {passed})' if passed else ''}"
        )
    _tell(summary, quiet=quiet, verbose=verbose)
    if summary.unread:
        raise typer.Exit(UnreadableError.exit_code)


def _tell(summary: "Summary", *, quiet: bool, verbose: bool) -> None:
    if verbose:
        for reason, number in sorted(summary.passed.items()):
            say(f"passed over: {number} {reason}", quiet=quiet)
    if summary.outdated:
        say(f"{summary.outdated} read again: the model or the ontology changed", quiet=quiet)
    if summary.violations:
        say(
            f"put aside, with the reason: {counted(summary.violations, 'violation')} "
            f"({counted(summary.quarantined, 'whole article')}); see `kgbuild validate`",
            quiet=quiet,
        )
    known = f", {summary.known} known already" if summary.known else ""
    unread = f", {len(summary.unread)} not read" if summary.unread else ""
    say(
        f"{counted(summary.read, 'article')} in {summary.seconds:.1f} s{known}{unread}: "
        f"{counted(summary.reports, 'report')}, {counted(summary.violations, 'violation')}",
        quiet=quiet,
    )
    if summary.conclusions is not None:
        _conclude(summary.conclusions, quiet=quiet)


def _conclude(conclusions: "Conclusions", *, quiet: bool) -> None:
    say(
        f"store: {conclusions.reports} reports of {conclusions.events} events, "
        f"{conclusions.links} links, {conclusions.inferences} inferences",
        quiet=quiet,
    )


def _done(summary: "Summary", seconds: float) -> str:
    """Say what was done in these seconds, at which rate, and how long the rest will take."""
    rate = summary.read / max(seconds, 0.001)
    done = f"{summary.read} articles, {summary.reports} reports, {rate:.1f} a second"
    if not summary.share:
        return done
    left = round(seconds * (1 - summary.share) / summary.share)
    hours, minutes = left // 3600, left // 60 % 60
    clock = f"{hours} h {minutes:02} min" if hours else f"{minutes} min {left % 60:02} s"
    return f"{done}, {summary.share:.0%} read, about {clock} left"


@contextmanager
def _progress(quiet: bool) -> "Iterator[Watch | None]":
    """Show articles, rate and time left on a terminal; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    began = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading the language model")

        def watch(summary: "Summary") -> None:
            bar.update(task, description=_done(summary, time.monotonic() - began))

        yield watch


def reason(
    store: Store = DEFAULT_STORE,
    engine: Engine = "compiled",
    ontology: Ontology = None,
    quiet: Quiet = False,
) -> None:
    """Link reports and infer anew over all that the store holds.

    Example: kgbuild reason --engine owlrl
    """
    from kg import build

    _existing(store)
    settings = build.Settings(engine=engine, ontology=ontology)
    _conclude(build.conclude_again(store, settings), quiet=quiet)


def remove(
    articles: Annotated[list[str], typer.Argument(help="Keys, sources or IRIs of articles.")],
    store: Store = DEFAULT_STORE,
    ontology: Ontology = None,
    quiet: Quiet = False,
) -> None:
    """Forget articles, and all that follows from them alone.

    Example: kgbuild remove news/2021/old.txt
    """
    from kg import build

    _existing(store)
    gone = build.remove(store, articles, build.Settings(ontology=ontology))
    say(f"{len(gone)} removed", quiet=quiet)
    if len(gone) < len(set(articles)):
        raise UsageError(
            f"store {store}: {len(set(articles)) - len(gone)} of these articles are not in it: "
            "`kgbuild list` shows what is"
        )


def _existing(store: Path) -> None:
    if not (store / "main").is_dir():
        raise UsageError(
            f"store {store}: nothing there yet: run `kgbuild ingest PATH… --store {store}` first"
        )
