"""The public Python API: open a store, ask it, take the answers to pandas or rdflib.

import kg
graph = kg.open("kg.store")
graph.query("expulsions", actor="NO").to_pandas()
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import Literal, NamedNode

from kg.graph import store as stores
from kg.publish import turtle
from kg.publish.view import Article, Brief, Event, Lookup
from kg.query import Cell, Table, Triples, find, library, parse, run

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

__all__ = ["Answer", "Graph", "open_store"]

_NUMBERS = {"integer": int, "decimal": float, "double": float}


class Answer:
    """Rows under named columns. Iterate for dicts of plain values; None is not known."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.table.columns

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.table.rows:
            yield dict(zip(self.columns, map(_plain, row), strict=True))

    def to_pandas(self) -> "pd.DataFrame":
        """Return the rows as a data frame; needs pandas."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=list(self.columns))


class Graph:
    """A store's published state, open for reading; close it, or use it in a `with` block."""

    def __init__(self, path: Path | str) -> None:
        self._open = ExitStack()
        self._reader = self._open.enter_context(stores.read(Path(path)))
        self._lookup = Lookup(self._reader)

    @property
    def questions(self) -> list[str]:
        """Names of the saved questions."""
        return list(library())

    @property
    def events(self) -> tuple[Brief, ...]:
        """All events in order of time, each in one record."""
        return self._lookup.briefs

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, by date."""
        return self._lookup.articles

    def event(self, iri: str) -> Event | None:
        """Return all that is known of an event; None where there is none of this IRI."""
        return self._lookup.event(iri)

    def query(self, question: str, **parameters: object) -> Answer:
        """Ask a saved question, a query file, or a SPARQL SELECT or ASK query's text.

        Raises QueryError for an unknown or ill-formed query (or one that gives a graph),
        UsageError for parameters that it does not have.
        """
        saved = parse(question, "text") if _is_text(question) else find(question)
        found = run(self._reader, saved, {name: str(v) for name, v in parameters.items()})
        if isinstance(found, Triples):
            from kg.errors import QueryError

            raise QueryError(f"query {saved.name!r}: gives a graph: use `graph` or SELECT")
        return Answer(found)

    def to_rdflib(self) -> "rdflib.Graph":
        """Return the union of asserted, linked and inferred graphs as an rdflib graph."""
        import importlib

        library_ = importlib.import_module("rdflib")
        graph: rdflib.Graph = library_.Graph()
        text = b"".join(turtle.export(self._reader, "ntriples"))
        return graph.parse(data=text, format="nt")

    def close(self) -> None:
        """Let go of the store."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(path: Path | str = "kg.store") -> Graph:
    """Open a store for reading. Raises UsageError where there is none."""
    return Graph(path)


def _is_text(question: str) -> bool:
    return any(sign in question for sign in "{\n")


def _plain(cell: Cell) -> str | int | float | bool | None:
    match cell:
        case None:
            return None
        case Literal():
            kind = cell.datatype.value.rpartition("#")[2]
            if kind == "boolean":
                return cell.value in ("true", "1")
            return _NUMBERS[kind](cell.value) if kind in _NUMBERS else cell.value
        case NamedNode():
            return cell.value
        case _:
            return str(cell)
