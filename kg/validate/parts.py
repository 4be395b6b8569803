"""An article's graph with violations -> what may enter the store, and what is put aside."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.validate.engines import Violation

DIP = vocab.dip
_TYPE = vocab.term("rdf:type")
# A fault in one of these condemns the whole article: nothing that it quotes can be trusted.
_WHOLE = {DIP("Article"), DIP("Evidence")}
# What these point to can't be put aside without the thing that points.
_NEEDED = {DIP(name) for name in ("about", "effectReport", "causeReport")}
# Things that mean nothing once nothing points to them.
_PARTS = {DIP(name) for name in ("Evidence", "Argument", "Voice", "Person", "Actor")}
_EDGES = {
    DIP(name) for name in ("statedRetaliation", "reportedRetaliation", "reactsTo", "speaksOf")
}


@dataclass(frozen=True, slots=True)
class Parted:
    """An article's graph in two."""

    kept: tuple[Quad, ...]
    aside: tuple[Quad, ...]


def part(quads: Iterable[Quad], found: Iterable[Violation]) -> Parted:
    """Put aside the reports, claims and links at fault, and all that hangs on them.

    Where the article itself or its evidence is at fault, all of it is put aside.
    """
    every = list(quads)
    focuses = {one.focus for one in found}
    gone = _culprits(every, focuses) if focuses else set()
    if not gone:
        return Parted(tuple(every), ())
    if gone & {_subject(quad) for quad in every if quad.object in _WHOLE}:
        return Parted((), tuple(every))
    gone |= {_subject(q) for q in every if q.predicate in _NEEDED and _object(q) in gone}
    kept = [q for q in every if _subject(q) not in gone and _object(q) not in gone]
    kept = _without_loose_parts(_without_loose_edges(every, kept))
    left = set(kept)
    return Parted(tuple(kept), tuple(quad for quad in every if quad not in left))


def reasons(article: NamedNode, found: Iterable[Violation]) -> list[Quad]:
    """Return the violations as SHACL results, in the graph of what was put aside of the article."""
    graph = vocab.quarantined(article)
    quads = []
    for one in sorted(found):
        iri = vocab.part("violation", article.value, one.focus, one.shape, one.path, one.value)
        fields: dict[str, NamedNode | Literal] = {
            "sh:focusNode": NamedNode(one.focus),
            "sh:resultMessage": Literal(one.message),
            "sh:sourceShape": NamedNode(vocab.PREFIXES["shape"] + one.shape),
        }
        if one.value:
            fields["sh:value"] = Literal(one.value)
        quads.append(Quad(iri, _TYPE, vocab.term("sh:ValidationResult"), graph))
        quads += [Quad(iri, vocab.term(name), value, graph) for name, value in fields.items()]
    return quads


def _subject(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else ""


def _object(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode) else ""


def _culprits(every: list[Quad], focuses: set[str]) -> set[str]:
    """Return the things of this graph that are at fault: for an argument, its report."""
    owner = {_object(q): _subject(q) for q in every if q.predicate == DIP("argument")}
    subjects = {_subject(quad) for quad in every}
    return {owner.get(focus, focus) for focus in focuses} & subjects


def _without_loose_edges(every: list[Quad], kept: list[Quad]) -> list[Quad]:
    """Drop the edges between reports whose link, with its evidence, was put aside."""
    told = _pairs(kept)
    cut = _pairs(every) - told
    return [q for q in kept if q.predicate not in _EDGES or (_subject(q), _object(q)) not in cut]


def _pairs(quads: list[Quad]) -> set[tuple[str, str]]:
    """Return the (effect, cause) pairs of the links in these quads."""
    effects = {_subject(q): _object(q) for q in quads if q.predicate == DIP("effectReport")}
    causes = {_subject(q): _object(q) for q in quads if q.predicate == DIP("causeReport")}
    return {(effects[link], causes[link]) for link in effects.keys() & causes.keys()}


def _without_loose_parts(kept: list[Quad]) -> list[Quad]:
    """Drop evidence, arguments, voices and the like to which nothing points any more."""
    while True:
        pointed = {_object(quad) for quad in kept}
        loose = {
            _subject(quad)
            for quad in kept
            if quad.predicate == _TYPE and quad.object in _PARTS and _subject(quad) not in pointed
        }
        if not loose:
            return kept
        kept = [quad for quad in kept if _subject(quad) not in loose]
