"""What follows from all articles of the store together: events, inferences and their proofs.

After articles came, changed or went, only what they touch is linked and inferred anew
(kg/grow.py); the outcome is what doing so with everything would give. Where the ontology's axioms
or rules don't tell how far a change reaches, and with the reference engine, everything is done
anew.
"""

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg import grow, lexicon, link, reason, vocab
from kg.graph import gazetteer, shelf
from kg.graph.ledger import Ledger
from kg.graph.store import Writer
from kg.step import Tools

CHUNK = 256  # articles whose conclusions are drawn and written together


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What follows from all articles of the store together."""

    reports: int
    events: int
    links: int  # reports that share their event with another
    inferences: int


def conclude(
    kept: Writer,
    book: Ledger,
    engine: str = "compiled",
    ontology: Path | None = None,
    *,
    anew: bool = False,
    at_hand: Mapping[NamedNode, Sequence[Quad]] | None = None,
) -> Conclusions:
    """Link reports to events, infer what follows, and store both.

    `anew`: from nothing but the articles, whatever was concluded before. `at_hand`: graphs of
    articles as the store holds them, which need not be read back.
    """
    tools = _tools(engine, ontology)
    path = kept.folder / shelf.NAME
    if tools is None:
        shelf.remove(path)
        return _whole(kept, book, engine, ontology)
    made_by = f"{tools.version} {_digest(ontology)}"
    if anew or not _fits(path, book, made_by):
        _begin_anew(kept, book, path, made_by)
    with shelf.shelves(path) as shelves:
        grower = grow.Grower(kept, shelves, tools)
        waiting = book.waiting()
        while waiting:
            chunk, waiting = waiting[:CHUNK], waiting[CHUNK:]
            with _uncollected():
                changes = grower.changes(
                    {NamedNode(name): told for name, told in chunk}, at_hand or {}
                )
            book.mark("conclusions", "writing")
            kept.change_aside(*changes.aside)
            kept.change(*changes.main)
            kept.flush()
            stamp = grower.commit()
            book.concluded((name for name, _ in chunk), stamp)
        reports, events, inferences = grower.counts()
    return Conclusions(reports, events, reports - events, inferences)


def grows(engine: str, ontology: Path | None) -> bool:
    """Say whether concluding on a few articles leaves the others alone."""
    return _tools(engine, ontology) is not None


def _tools(engine: str, ontology: Path | None) -> Tools | None:
    return grow.tools(ontology) if engine == "compiled" else None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the search for cycles: a chunk makes many records, none of them in a cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _fits(path: Path, book: Ledger, made_by: str) -> bool:
    """Say whether the file beside the store stands for what the store holds."""
    if not path.exists() or book.marked("conclusions") == "writing":
        return False
    with shelf.shelves(path) as shelves:
        stamp = shelves.note("stamp")
        return bool(stamp) and stamp == book.marked("concluded") and shelves.note("by") == made_by


def _begin_anew(kept: Writer, book: Ledger, path: Path, made_by: str) -> None:
    """Forget all conclusions, and let every article wait for new ones."""
    book.mark("conclusions", "writing")
    shelf.remove(path)
    inferred = vocab.inferred("").value
    derived = [name for name in kept.graphs() if name.value.startswith(inferred)]
    kept.clear([*derived, vocab.LINKS, vocab.ACTORS, vocab.PROOFS, vocab.QUARANTINE])
    with shelf.shelves(path) as shelves:
        shelves.write_note("by", made_by)
        shelves.write_note("stamp", "0")
        shelves.commit()
    came = [name for name, _ in book.waiting()]
    book.concluded(came, "0")
    held = [name.value for name in kept.articles()]
    # Those that just came in the order in which they did: neighbours tell of the same events.
    known = set(held)
    first = [name for name in came if name in known]
    book.outdate((name, b"") for name in dict.fromkeys([*first, *held]))


def _digest(ontology: Path | None) -> str:
    """Return a hash of all that linking and inference take from the ontology."""
    parts = [
        lexicon.load(ontology).sha256,
        *(rule.construct for rule in reason.rules.load(ontology)),
    ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _whole(kept: Writer, book: Ledger, engine: str, ontology: Path | None) -> Conclusions:
    """Link and infer with everything at once, in one atomic write."""
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
    book.concluded([name for name, _ in book.waiting()], "")
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
