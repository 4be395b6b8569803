"""What follows from all articles of the store together: events, inferences and their proofs."""

from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg import lexicon, link, reason, vocab
from kg.graph import gazetteer
from kg.graph.ledger import Ledger
from kg.graph.store import Writer


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What follows from all articles of the store together."""

    reports: int
    events: int
    links: int  # reports that share their event with another
    inferences: int


def conclude(
    kept: Writer, book: Ledger, engine: str = "compiled", ontology: Path | None = None
) -> Conclusions:
    """Link reports to events, infer what follows, and store both in one atomic write."""
    kept.put(vocab.ACTORS, _actors(kept, ontology))
    reports = link.read(chain(kept.asserted(), kept.aside(None, vocab.dip("text"))), ontology)
    linkage = link.links(reports)
    linked = list(link.quads(linkage))
    inference = reason.infer(chain(kept.asserted(), linked), engine, ontology)
    derived: dict[NamedNode, list[Quad]] = {vocab.LINKS: linked}
    derived |= {
        name: [] for name in kept.graphs() if name.value.startswith(vocab.inferred("").value)
    }
    for quad in inference.quads:
        if isinstance(quad.graph_name, NamedNode):
            derived.setdefault(quad.graph_name, []).append(quad)
    kept.put_aside(vocab.PROOFS, inference.proofs)
    kept.put_aside(vocab.QUARANTINE, inference.withdrawn)
    kept.replace(derived)
    kept.flush()
    book.mark("conclusions", "current")
    return Conclusions(
        reports=len(reports),
        events=len(linkage.hubs),
        links=sum(len(hub.reports) - 1 for hub in linkage.hubs),
        inferences=len(inference.quads),
    )


def _actors(kept: Writer, ontology: Path | None) -> list[Quad]:
    code = kept.quads(None, vocab.term("skos:notation"))
    articles = (quad for quad in code if quad.graph_name != vocab.ACTORS)
    return gazetteer.describe(gazetteer.occurring(articles), lexicon.load(ontology).actors)
