"""What the gazetteer knows of the actors that occur -> quads of the actors' graph."""

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.lexicon import Actor

_NOTATION = vocab.term("skos:notation")


def occurring(quads: Iterable[Quad]) -> set[str]:
    """Return the codes of the parties that occur in these quads."""
    code = vocab.dip("code")
    return {
        quad.object.value
        for quad in quads
        if quad.predicate == _NOTATION
        and isinstance(quad.object, Literal)
        and quad.object.datatype == code
    }


def describe(codes: Iterable[str], actors: Mapping[str, Actor]) -> list[Quad]:
    """Return class, label, codes, years and memberships of the known ones among these, sorted."""
    quads: set[Quad] = set()
    for code in codes:
        if code in actors:
            quads.update(_actor(actors[code], actors))
    return sorted(quads, key=str)


def _actor(actor: Actor, actors: Mapping[str, Actor]) -> Iterable[Quad]:
    iri = NamedNode(actor.iri)
    notations = {
        "code": actor.code,
        "iso3": actor.iso3,
        "cow": actor.cow,
        "cowAbbreviation": actor.cow_abbreviation,
    }
    yield _quad(iri, "rdf:type", vocab.dip(actor.kind))
    yield _quad(iri, "rdfs:label", Literal(actor.label, language="en"))
    for kind, value in notations.items():
        if value:
            yield _quad(iri, "skos:notation", Literal(value, datatype=vocab.dip(kind)))
    for name, year in (("from", actor.first_year), ("until", actor.last_year)):
        if year is not None:
            told = Literal(f"{year:04}", datatype=vocab.term("xsd:gYear"))
            yield _quad(iri, f"dip:{name}", told)
    for code in actor.member_of:
        member = actors.get(code)
        yield _quad(iri, "dip:memberOf", NamedNode(member.iri) if member else vocab.actor(code))


def _quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, vocab.term(predicate), value, vocab.ACTORS)
