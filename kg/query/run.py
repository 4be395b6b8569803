"""Run a query over the store's union graph -> Table or Triples."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.errors import QueryError
from kg.graph.store import Reader
from kg.query.bind import bind
from kg.query.guard import guard
from kg.query.saved import SavedQuery

Cell = NamedNode | Literal | ox.BlankNode | ox.Triple | None
_LONGEST = 120  # characters of the parser's complaint


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of terms under named columns; None is a value that is not known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE query, sorted, each once."""

    triples: tuple[ox.Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)


def run(
    reader: Reader,
    query: SavedQuery,
    values: Mapping[str, str] | None = None,
    *,
    service: bool = False,
) -> Table | Triples:
    """Run the query with these parameter values; rows come in the query's own order.

    An ASK query gives one row with the column `answer`. Raises QueryError, with line and column,
    for a query that is ill-formed, and UsageError for parameters that it does not have.
    """
    text = bind(query, values or {})
    guard(text, service=service)
    try:
        answer = reader.query(text)
    except SyntaxError as fault:
        raise QueryError(_syntax(query.name, str(fault))) from fault
    if isinstance(answer, ox.QueryBoolean):
        truth = Literal("true" if bool(answer) else "false", datatype=vocab.term("xsd:boolean"))
        return Table(("answer",), ((truth,),))
    if isinstance(answer, ox.QueryTriples):
        return Triples(tuple(sorted(set(answer), key=str)))
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(map(tuple, answer)))


def _syntax(name: str, fault: str) -> str:
    """Return the parser's complaint on one line, without all that it would have liked instead."""
    told = " ".join(fault.split())
    place = re.match(r"error at ([0-9]+):([0-9]+): (.*)", told)
    where = f"query {name!r}"
    if place is not None:
        where, told = f"{where}, line {place[1]}, column {place[2]}", place[3]
    return f"{where}: {told if len(told) <= _LONGEST else told[: _LONGEST - 1] + '…'}"
