"""Reads the ontology's Turtle files as triples, for the parts that reason over them."""

from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from kg.errors import OntologyError
from kg.resources import folder


@cache
def triples(extra: Path | None = None) -> tuple[Triple, ...]:
    """Return all triples of `ontology/**/*.ttl` and of the user's `extra` folder, file by file.

    Raises OntologyError, naming file and line, for Turtle that does not parse.
    """
    roots = [folder("ontology")] + ([extra] if extra else [])
    found: list[Triple] = []
    for root in roots:
        for path in sorted(root.rglob("*.ttl")):
            found += _parse(path)
    return tuple(found)


def _parse(path: Path) -> list[Triple]:
    try:
        return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    except SyntaxError as fault:
        message = f"{path}:{fault.lineno or '?'}: not Turtle: {fault.msg}"
        raise OntologyError(message) from fault
