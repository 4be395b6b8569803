"""A question from a page -> its answer, or the fault in words that the page can show."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import KgError
from kg.publish.runner import Job, Runner
from kg.query import SavedQuery, bind

MOST = 2_000  # rows shown


@dataclass(frozen=True, slots=True)
class Asked:
    """The query as it ran and its answer: SPARQL JSON cells (None: unbound), or a graph's text."""

    text: str
    kind: str = "rows"
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[dict[str, str] | None, ...], ...] = ()
    total: int = 0
    graph: str = ""
    fault: str = ""


async def ask(runner: Runner, query: SavedQuery | str, values: Mapping[str, str]) -> Asked:
    """Run a saved query with its parameters, or a query's text."""
    text = query if isinstance(query, str) else query.text
    try:
        if not isinstance(query, str):
            text = bind(query, values)
        outcome = await runner.run(Job(text))
    except KgError as fault:
        return Asked(text, fault=str(fault))
    if outcome.kind == "graph":
        return Asked(text, "graph", graph=outcome.body.decode())
    told: dict[str, Any] = json.loads(outcome.body)
    if "boolean" in told:
        cell = {"type": "literal", "value": "yes" if told["boolean"] else "no"}
        return Asked(text, columns=("answer",), rows=((cell,),), total=1)
    columns = tuple(told["head"]["vars"])
    found = told["results"]["bindings"]
    rows = tuple(tuple(row.get(name) for name in columns) for row in found[:MOST])
    return Asked(text, columns=columns, rows=rows, total=len(found))
