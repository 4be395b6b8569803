"""Quads -> Turtle, TriG, N-Quads, N-Triples, JSON-LD: sorted, each subject once, no blank nodes.

The flat formats hold the union of asserted, linked and inferred graphs and nothing else: no
ontology, proofs, quarantine; the articles' full texts only where they are asked for.
"""

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from kg import vocab
from kg.graph.store import Reader

FORMATS: dict[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
SUFFIXES = {
    ".ttl": "turtle",
    ".trig": "trig",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
}
_TYPE = vocab.term("rdf:type").value
_TEXT = vocab.dip("text")
_CHUNK = 20_000  # statements written at a time


def export(reader: Reader, form: str, *, with_text: bool = False) -> Iterator[bytes]:
    """Yield the store's union graph (dataset, for TriG and N-Quads) in this format."""
    quads: Iterable[Quad] = reader.quads()
    if with_text:
        quads = [*quads, *reader.aside(None, _TEXT)]
    if FORMATS[form].supports_datasets and form != "jsonld":
        yield from dataset(quads, form)
    else:
        yield from graph((quad.triple for quad in quads), form)


def graph(triples: Iterable[Triple], form: str) -> Iterator[bytes]:
    """Yield the triples, sorted and each once, with only the prefixes that they use."""
    ordered = sorted(set(triples), key=_place)
    return _chunks(ordered, form, _prefixes(ordered))


def dataset(quads: Iterable[Quad], form: str) -> Iterator[bytes]:
    """Yield the quads, sorted by graph and subject, each once."""
    ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), *_place(quad.triple)))
    prefixes = _prefixes(quad.triple for quad in ordered)
    return _chunks(ordered, form, prefixes | _used({str(q.graph_name)[1:-1] for q in ordered}))


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    """Sort by subject; its types come first, then properties and values by their IRIs."""
    predicate = triple.predicate.value
    return (str(triple.subject), predicate != _TYPE, predicate, str(triple.object))


def _prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    iris: set[str] = set()
    for triple in triples:
        iris.add(triple.predicate.value)
        for term in (triple.subject, triple.object):
            if isinstance(term, NamedNode):
                iris.add(term.value)
            elif isinstance(term, ox.Literal):
                iris.add(term.datatype.value)
    return _used(iris)


def _used(iris: set[str]) -> dict[str, str]:
    """Return those of our prefixes under which one of these IRIs lies."""
    return {
        prefix: namespace
        for prefix, namespace in vocab.PREFIXES.items()
        if any(iri.startswith(namespace) for iri in iris)
    }


def _chunks(
    statements: Sequence[Triple] | Sequence[Quad], form: str, prefixes: dict[str, str]
) -> Iterator[bytes]:
    """Yield the statements in chunks; JSON-LD, which is one value, as a whole."""
    rdf = FORMATS[form]
    if form == "jsonld":
        yield (ox.serialize(statements, format=rdf, prefixes=prefixes) or b"") + b"\n"
        return
    if form in ("nquads", "ntriples"):
        for start in range(0, len(statements), _CHUNK):
            yield ox.serialize(statements[start : start + _CHUNK], format=rdf) or b""
        return
    yield ox.serialize(statements, format=rdf, prefixes=prefixes) or b""
