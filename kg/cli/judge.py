"""Commands that account for answers: explain, evaluate."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import DEFAULT_STORE, chosen, put, put_triples
from kg.cli.options import Format, Ontology, Output, Store
from kg.errors import UsageError

_PROOFS = ("text", "md", "json")
_GRAPHS = ("turtle", "trig", "nquads", "ntriples", "jsonld")
_SUFFIXES = {".md": "md", ".json": "json", ".ttl": "turtle", ".nt": "ntriples", ".jsonld": "jsonld"}


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(no_args_is_help=True)(explain)
    app.command(no_args_is_help=True)(evaluate)


def explain(
    what: Annotated[
        list[str], typer.Argument(metavar="IRI|FACT", help="An event or report, or three terms.")
    ],
    store: Store = DEFAULT_STORE,
    ontology: Ontology = None,
    output: Output = None,
    format_: Format = None,
) -> None:
    """Prove a conclusion, down to the words of articles.

    Formats: text, md, json, and RDF (turtle …) in PROV.
    Example: kgbuild explain "event/1a2b3c4d5e6f7a8b retaliationFor event/9c8d7e6f5a4b3c2d"
    """
    from kg import reason
    from kg.graph import store as stores
    from kg.query import Triples
    from kg.reason import naming, proof, render

    words = " ".join(what)
    name = chosen((*_PROOFS, *_GRAPHS), _SUFFIXES, output, format_, "text")
    with stores.read(store) as reader:
        steps = proof.explain(reader, naming.target(words), reason.program(ontology))
        called = naming.labels(reader, steps)
    if not steps:
        message = f"explain {words}: the store {store} holds no such fact or event"
        raise UsageError(message)
    if name in _GRAPHS:
        put_triples(Triples(tuple(render.triples(steps))), output, name)
        return
    written = {
        "text": lambda: render.text(steps, called),
        "md": lambda: render.markdown(steps, called),
        "json": lambda: render.as_json(steps),
    }[name]()
    put([written.encode()], output)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files, or a sentence set (.jsonl).")],
    store: Store = DEFAULT_STORE,
    output: Output = None,
    format_: Format = None,
    detail: Annotated[
        Path | None, typer.Option(help="Write each miss and slip to this file (JSON lines).")
    ] = None,
    types: Annotated[bool, typer.Option("--types", help="A line for each event type.")] = False,
    samples: Annotated[int, typer.Option(min=0, help="Samples for the intervals.")] = 1000,
) -> None:
    """Score the store's answers against gold.

    Events, fields, claims, links, retaliation.

    Example: kgbuild evaluate tests/gold/data --types --detail slips.jsonl
    """
    from kg import evaluate as judge
    from kg.graph import store as stores
    from kg.query import Table, find, run

    if not gold.exists():
        message = f"gold {gold}: no such folder or file"
        raise UsageError(message)
    name = chosen(("text", "json"), {".json": "json"}, output, format_, "text")
    with stores.read(store) as reader:

        def ask(question: str) -> Table:
            answer = run(reader, find(question))
            if not isinstance(answer, Table):
                message = f"saved query {question}: it must give rows"
                raise UsageError(message)
            return answer

        answers = judge.tables(ask)
    slips: list[dict[str, object]]
    if gold.is_dir():
        evaluation = judge.evaluate(gold, answers, samples)
        slips = evaluation.score.detail
        as_text = judge.text(evaluation, types=types)
        written = judge.as_json(evaluation) if name == "json" else as_text
    else:
        score = judge.score_sentences(gold, answers.events)
        slips = score.detail
        written = score.as_json() if name == "json" else score.text()
    if detail is not None:
        put((f"{json.dumps(slip, ensure_ascii=False)}\n".encode() for slip in slips), detail)
    put([written.encode()], output)
