"""What a store holds, as rows: its ledger, its figures, its violations."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg import validate, vocab
from kg.errors import UsageError
from kg.graph import ledger, store
from kg.graph.ledger import Row
from kg.graph.literals import integer
from kg.graph.store import Reader
from kg.query import Cell, Table

_BATCH = 64  # articles validated together: pyrudof takes 7 kB a triple
_COUNTED = ("Article", "EventReport", "Event", "OccurredEvent", "Claim", "Cause", "Observation")


def rows(folder: Path) -> Table:
    """Return the ledger: one row an article or unreadable file, by key."""
    with store.read(folder):
        found = ledger.read(folder)
    columns = tuple(field.name for field in fields(Row))
    return Table(
        columns, tuple(tuple(_text(getattr(row, name)) for name in columns) for row in found)
    )


def figures(folder: Path) -> Table:
    """Return name and value of what can be counted: states in the ledger, classes, graphs."""
    with store.read(folder) as reader:
        states = Counter(row.state for row in ledger.read(folder))
        counted = [(f"ledger: {state}", number) for state, number in sorted(states.items())]
        counted += [(_words(name), _size(reader, name)) for name in _COUNTED]
        counted += [
            ("quads", len(reader)),
            ("links", sum(1 for _ in reader.quads(None, vocab.dip("reports")))),
        ]
        prefix = vocab.inferred("").value
        counted += [
            (f"inferred: {name.value.removeprefix(prefix)}", _in_graph(reader, name))
            for name in reader.graphs()
            if name.value.startswith(prefix)
        ]
        counted.append(("put aside", sum(1 for _ in reader.aside(None, _TYPE, _RESULT))))
    return Table(("what", "number"), tuple((Literal(what), integer(n)) for what, n in counted))


_TYPE = vocab.term("rdf:type")
_RESULT = vocab.term("sh:ValidationResult")


def _size(reader: Reader, class_: str) -> int:
    return len({quad.subject for quad in reader.quads(None, _TYPE, vocab.dip(class_))})


def _in_graph(reader: Reader, name: NamedNode) -> int:
    return sum(1 for _ in reader.quads(graph=name))


def _words(name: str) -> str:
    """Return the class's name in small words: EventReport -> event reports."""
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return f"{spaced}s"


def _text(value: str) -> Cell:
    return Literal(value) if value else None


# ---------------------------------------------------------------- violations


def violations(reader: Reader, shapes: Path | None = None, engine: str | None = None) -> Table:
    """Return all violations: those put aside at ingest, and those of the graphs as they are now."""
    if shapes is not None and not shapes.is_file():
        raise UsageError(f"--shapes {shapes}: no such file")
    against = validate.shapes(shapes) if shapes is not None else validate.data_shapes()
    found = [*_put_aside(reader), *_present(reader, against, engine)]
    if shapes is None:
        found += _concluded(reader, engine)
    columns = ("article", "state", "focus", "message", "value")
    return Table(columns, tuple(found))


def _put_aside(reader: Reader) -> Iterator[tuple[Cell, ...]]:
    sources = {vocab.quarantined(name).value: name for name in _articles(reader, aside=True)}
    results = reader.aside(None, _TYPE, _RESULT)
    for quad in sorted(results, key=str):
        graph = quad.graph_name
        if not isinstance(graph, NamedNode) or not isinstance(quad.subject, NamedNode):
            continue
        told = {
            vocab.local_name(q.predicate.value): q.object
            for q in reader.aside(quad.subject, None, None, graph)
        }
        yield (
            sources.get(graph.value),
            Literal("put aside"),
            _cell(told.get("focusNode")),
            _cell(told.get("resultMessage")),
            _cell(told.get("value")),
        )


def _present(
    reader: Reader, against: validate.Shapes, engine: str | None
) -> Iterator[tuple[Cell, ...]]:
    rest = iter(_articles(reader))
    while batch := list(islice(rest, _BATCH)):
        home: dict[str, NamedNode] = {}
        triples = []
        for name in batch:
            for quad in reader.quads(graph=name):
                triples.append(quad.triple)
                home.setdefault(str(getattr(quad.subject, "value", "")), name)
        for one in validate.violations(triples, against, engine):
            value = Literal(one.value) if one.value else None
            message = Literal(one.message)
            yield (
                home.get(one.focus),
                Literal("in the store"),
                NamedNode(one.focus),
                message,
                value,
            )


def _concluded(reader: Reader, engine: str | None) -> Iterator[tuple[Cell, ...]]:
    """Check links and inferences, some events at a time with their reports and neighbours."""
    against = validate.conclusion_shapes()
    reports = vocab.dip("reports")
    rest = iter(sorted({_name(quad.object) for quad in reader.quads(None, reports)}))
    while batch := list(islice(rest, _BATCH)):
        mine = set(batch)
        mine |= {
            _name(q.subject) for hub in batch for q in reader.quads(None, reports, NamedNode(hub))
        }
        near = {
            _name(quad.object)
            for one in mine
            for quad in reader.quads(NamedNode(one))
            if _is_iri(quad.object) and quad.predicate != _TYPE
        }
        triples = {q.triple for one in sorted(mine | near) for q in reader.quads(NamedNode(one))}
        for one in validate.violations(sorted(triples, key=str), against, engine):
            if one.focus in mine:  # of the neighbours not all is here
                value = Literal(one.value) if one.value else None
                state = Literal("concluded")
                yield (None, state, NamedNode(one.focus), Literal(one.message), value)


def _is_iri(term: object) -> bool:
    return isinstance(term, NamedNode)


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _articles(reader: Reader, *, aside: bool = False) -> list[NamedNode]:
    """Return the articles in the store, sorted; `aside`: those put aside as a whole too."""
    class_ = vocab.dip("Article")
    found = {quad.subject for quad in reader.quads(None, _TYPE, class_)}
    if aside:
        found |= {quad.subject for quad in reader.aside(None, _TYPE, class_)}
        found |= {quad.subject for quad in reader.aside(None, vocab.dip("text"))}
    return sorted((one for one in found if isinstance(one, NamedNode)), key=str)


def _cell(term: object) -> Cell:
    return term if isinstance(term, NamedNode | Literal) else None
