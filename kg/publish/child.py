"""A process that answers SPARQL queries for the server: it may hang, grow or crash, and be killed.

It reads jobs from stdin and writes outcomes to stdout, each as a JSON line; the outcome's line is
followed by as many bytes as it says. One query at a time; the parent holds the clock.
"""

import json
import resource
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from kg.errors import KgError
from kg.graph import store
from kg.graph.store import Reader

ROWS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


class _Shelf:
    """The store's current snapshot, opened anew when another is published."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = ""
        self._open = ExitStack()
        self._reader: Reader | None = None

    def reader(self) -> Reader:
        """Return a reader of what is published now."""
        number = (self._path / "current").read_text(encoding="utf-8")
        if self._reader is None or number != self._number:
            self._open.close()
            self._reader = self._open.enter_context(store.read(self._path))
            self._number = number
        return self._reader


def answer(reader: Reader, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Run one query; return the outcome and its body.

    The job holds the query's `text`, the formats wanted for `rows` and for a `graph` (empty where
    the client takes none), and the graphs of a protocol dataset.
    """
    try:
        found = reader.query(
            job["text"],
            [NamedNode(iri) for iri in job.get("default_graphs", ())],
            [NamedNode(iri) for iri in job.get("named_graphs", ())],
        )
    except (SyntaxError, ValueError) as fault:
        return {"status": "ill-formed", "message": " ".join(str(fault).split())}, b""
    formats, wanted = (GRAPHS, "graph") if isinstance(found, ox.QueryTriples) else (ROWS, "rows")
    name = job[wanted]
    if isinstance(found, ox.QueryBoolean) and name == "tsv":
        name = "csv"  # the recommendation has neither for ASK; the library writes CSV only
    if not name:
        return {"status": "not acceptable", "message": wanted}, b""
    try:
        body = found.serialize(format=formats[name]) or b""  # type: ignore[arg-type]
    except (ValueError, OSError) as fault:
        return {"status": "failed", "message": " ".join(str(fault).split())}, b""
    return {"status": "ok", "format": name, "kind": wanted}, body


def main(path: Path, memory: int, source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer jobs until stdin ends, within the address space allowed."""
    shelf = _Shelf(path)
    shelf.reader()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in source:
        try:
            outcome, body = answer(shelf.reader(), json.loads(line))
        except KgError as fault:
            outcome, body = {"status": "failed", "message": str(fault)}, b""
        except MemoryError:
            outcome, body = {"status": "memory", "message": "out of memory"}, b""
        outcome["bytes"] = len(body)
        sink.write(json.dumps(outcome).encode() + b"\n" + body)
        sink.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.stdin.buffer, sys.stdout.buffer)
