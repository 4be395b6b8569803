"""Dataset -> violations of the SHACL shapes, by either of two engines with equal results.

`pyrudof` is fast and takes many articles at once; `pyshacl` is the reference, and serves where
pyrudof has no wheel. A violation is data: nothing is raised for it, and nothing is lost. What
violates is put aside with the reason, and the rest is kept (kg/validate/parts.py).
"""

import importlib.util
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg import resources, vocab
from kg.errors import OntologyError, UsageError

SH = vocab.PREFIXES["sh"]
_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that breaks a shape: where, what, and the shape's words for it."""

    focus: str  # IRI of the node
    shape: str  # local name of the shape
    message: str
    path: str = ""  # local name of the property; empty where the node as a whole is at fault
    value: str = ""  # without its datatype; empty where a value is missing


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes file: its Turtle, and each named shape's or constraint's message, both ways."""

    text: str
    messages: Mapping[str, str]
    named: Mapping[str, str]  # message -> the IRI it belongs to


@cache
def shapes(path: Path) -> Shapes:
    """Read a shapes file; raises OntologyError, naming the place, where it is no Turtle."""
    text = path.read_text(encoding="utf-8")
    try:
        quads = list(ox.parse(text, format=RdfFormat.TURTLE))
    except SyntaxError as fault:
        raise OntologyError(f"shapes {path}: {fault}: mend the file") from fault
    message = vocab.term("sh:message")
    messages = {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate == message
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
    }
    return Shapes(text, messages, {told: iri for iri, told in sorted(messages.items())})


def data_shapes() -> Shapes:
    """Return the shapes of what an article's graph must look like."""
    return shapes(resources.folder("shapes") / "data.ttl")


def conclusion_shapes() -> Shapes:
    """Return the shapes of what links and inferences must look like."""
    return shapes(resources.folder("shapes") / "inferred.ttl")


def default_engine() -> str:
    """Return `pyrudof` where it is installed, else `pyshacl`."""
    return "pyrudof" if importlib.util.find_spec("pyrudof") else "pyshacl"


def violations(
    triples: Iterable[Triple], against: Shapes, engine: str | None = None
) -> list[Violation]:
    """Return the violations of the shapes in this graph, sorted, each once.

    Raises UsageError for an engine that is not known or not installed.
    """
    name = engine or default_engine()
    if name not in ENGINES:
        raise UsageError(f"no validation engine {name!r} (there are {', '.join(ENGINES)})")
    if importlib.util.find_spec(name) is None:
        raise UsageError(f"validation engine {name!r} is not installed: pip install {name}")
    data = (ox.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    return sorted(set(ENGINES[name](data, against))) if data else []


def _by_pyrudof(data: str, against: Shapes) -> list[Violation]:
    import pyrudof

    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_data(data, pyrudof.RDFFormat.NTriples, reader_mode=pyrudof.ReaderMode.Strict)
    engine.read_shacl(against.text, pyrudof.ShaclFormat.Turtle)
    report = engine.validate_shacl()
    return [
        _violation(
            entry.focus_node,
            entry.source_shape or "",
            entry.path or "",
            _lexical(entry.value or ""),
            _lexical(entry.message or ""),
            against,
        )
        for entry in report
    ]


def _lexical(term: str) -> str:
    """Return the value of a term as pyrudof writes it: `"x"`, `"5"^^<…>`, an IRI or a number."""
    if not term.startswith('"'):
        return _bare(term)
    try:
        (quad,) = ox.parse(f"{_PREFIXES}<x:s> <x:p> {term} .", format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        return term.strip('"')
    return quad.object.value if isinstance(quad.object, Literal) else term


def _by_pyshacl(data: str, against: Shapes) -> list[Violation]:
    import pyshacl

    with warnings.catch_warnings():
        # pySHACL 0.40 still calls what rdflib 7.6 announces to remove; no user can mend that.
        warnings.simplefilter("ignore", DeprecationWarning)
        _, results, _ = pyshacl.validate(
            data_graph=data,
            data_graph_format="nt",
            shacl_graph=against.text,
            shacl_graph_format="turtle",
            inference="none",
        )
    found: dict[str, dict[str, ox.NamedNode | ox.BlankNode | Literal]] = {}
    listed = set()  # results of the report; what a result gives as its details is none
    for quad in ox.parse(results.serialize(format="nt"), format=RdfFormat.N_TRIPLES):
        if not isinstance(quad.object, Triple):
            found.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object
        if quad.predicate == vocab.term("sh:result"):
            listed.add(str(quad.object))
    return [
        _violation(
            _value(fields, "focusNode"),
            _value(fields, "sourceConstraint") or _value(fields, "sourceShape"),
            _value(fields, "resultPath"),
            _value(fields, "value"),
            "",
            against,
        )
        for fields in (found[result] for result in sorted(listed))
    ]


ENGINES: dict[str, Callable[[str, Shapes], list[Violation]]] = {
    "pyrudof": _by_pyrudof,
    "pyshacl": _by_pyshacl,
}


def _value(fields: Mapping[str, ox.NamedNode | ox.BlankNode | Literal], name: str) -> str:
    term = fields.get(SH + name)
    return term.value if term is not None else ""


def _bare(iri: str) -> str:
    return iri.removeprefix("<").removesuffix(">")


def _violation(
    focus: str, shape: str, path: str, value: str, told: str, against: Shapes
) -> Violation:
    """Make the violation; pyrudof tells a SPARQL constraint by its message alone."""
    shape = against.named.get(told, shape)
    return Violation(
        focus=_bare(focus),
        shape=vocab.local_name(shape),
        message=against.messages.get(shape, told or "breaks a shape"),
        path=vocab.local_name(path),
        value="" if value == focus else value,
    )
