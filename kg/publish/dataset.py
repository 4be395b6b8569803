"""A description of the data set for its export: DCAT and VoID, versions, licence, sizes."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import __version__, vocab
from kg.graph.literals import integer

DATASET = NamedNode(vocab.DATA + "dataset")
_LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"


def describe(quads: Iterable[Quad]) -> list[Triple]:
    """Return what an export of these quads says about itself, sorted.

    There is no clock in it: the same graph gives the same description.
    """
    return sorted(_describe(quads), key=str)


def _describe(quads: Iterable[Quad]) -> Iterator[Triple]:
    term = vocab.term
    type_ = term("rdf:type")
    triples = {quad.triple for quad in quads}
    yield Triple(DATASET, type_, term("dcat:Dataset"))
    yield Triple(DATASET, type_, term("void:Dataset"))
    yield Triple(DATASET, term("dcterms:title"), Literal("Events between states", language="en"))
    yield Triple(DATASET, term("dcterms:license"), NamedNode(_LICENCE))
    yield Triple(DATASET, term("dcat:version"), Literal(__version__))
    yield Triple(DATASET, term("void:triples"), integer(len(triples)))
    yield Triple(DATASET, term("void:uriSpace"), Literal(vocab.DATA))
    vocabularies = {vocab.ONTOLOGY, *(vocab.PREFIXES[name] for name in ("prov", "oa", "sem"))}
    for namespace in vocabularies:
        yield Triple(DATASET, term("void:vocabulary"), NamedNode(namespace))
    classes = Counter(_value(t) for t in triples if t.predicate == type_)
    yield Triple(DATASET, term("void:classes"), integer(len(classes)))
    properties = {t.predicate.value for t in triples}
    yield Triple(DATASET, term("void:properties"), integer(len(properties)))
    for name in ("Article", "EventReport", "Event", "Claim"):
        part = vocab.part("partition", name)
        yield Triple(DATASET, term("void:classPartition"), part)
        yield Triple(part, term("void:class"), vocab.dip(name))
        yield Triple(part, term("void:entities"), integer(classes[vocab.dip(name).value]))
    for one in sorted({_value(t) for t in triples if t.predicate == vocab.dip("model")}):
        yield Triple(DATASET, vocab.dip("model"), Literal(one))


def _value(triple: Triple) -> str:
    return str(getattr(triple.object, "value", ""))
