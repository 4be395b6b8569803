"""Linking and inference, measured: `python benchmarks/reason.py [--full]`. CPU seconds throughout.

Without --full, 100 and 1,000 articles; with it, 10,000 as well. Every measurement is printed as one
line of JSON.
"""

import argparse
import gc
import json
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from pyoxigraph import NamedNode, Quad, Triple

from benchmarks.synthetic import articles
from kg import grow, link, ontology, reason
from kg.conclude import conclude
from kg.graph import shelf, store
from kg.graph.ledger import ledger
from kg.graph.store import memory
from kg.link import Hub, Linker
from kg.link.write import hub_triples
from kg.reason import owl_rl, proof, reference
from kg.reason.owl_rl import Fact, Reasoner
from kg.vocab import LINKS

T = TypeVar("T")


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """Return the CPU seconds of a call, and what it returned."""
    began = time.process_time()
    value = run()
    return time.process_time() - began, value


def say(**figures: object) -> None:
    """Print one measurement."""
    print(json.dumps(figures), flush=True)


def engines(count: int) -> None:
    """The compiled engine beside owlrl, both given the articles' graphs and the links.

    owlrl is spared the literals, which it can't use; the second figure spares it all facts that no
    rule reads, which is what `--engine owlrl` does.
    """
    quads = [quad for one in articles(count) for quad in one]
    quads += link.quads(link.links(link.read(quads)))
    program = reason.program()

    def compiled() -> set[Fact]:
        return set(owl_rl.close(reason.facts(quads, program), program))

    gc.collect()
    gc.freeze()  # neither engine pays for looking through the quads that lie about
    fast = min(timed(compiled)[0] for _ in range(7))
    every = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }
    slow, expected = timed(lambda: reference.close(every, ontology.triples(), program))
    read = sorted(set(reason.facts(quads, program)))
    spared, again = timed(lambda: reference.close(read, ontology.triples(), program))
    gc.unfreeze()
    say(
        what="engines",
        articles=count,
        quads=len(quads),
        compiled=round(fast, 4),
        owlrl=round(slow, 2),
        times=round(slow / fast),
        owlrl_on_facts_read=round(spared, 2),
        times_on_facts_read=round(spared / fast),
        equal=compiled() - every == expected and compiled() == again,
    )


def scratch(count: int, *, rules: bool) -> None:
    """Linking and closing everything from scratch; with `rules`, those and all proofs too."""
    quads = [quad for one in articles(count) for quad in one]
    held = _peak()
    reading, reports = timed(lambda: link.read(quads))
    linking, linkage = timed(lambda: link.links(reports))
    writing, linked = timed(lambda: list(link.quads(linkage)))
    figures: dict[str, object] = {
        "quads": len(quads),
        "reports": len(reports),
        "events": len(linkage.hubs),
    }
    quads += linked
    linked.clear()
    closing, closed = timed(lambda: reason.close(quads))
    figures |= {
        "read": round(reading, 2),
        "link": round(linking, 2),
        "write": round(writing, 2),
        "close": round(closing, 2),
        "together": round(reading + linking + writing + closing, 2),
        "conclusions": len(closed),
        "mb_for_quads": held,
        "mb_peak": _peak(),
    }
    if rules:
        whole, inference = timed(lambda: reason.infer(quads))
        figures |= {
            "close_rules_and_proofs": round(whole, 2),
            "inferred": len(inference.quads),
            "proofs": len(inference.proofs),
        }
    say(what="from scratch", articles=count, **figures)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Growing:
    """Links and closure kept up to date, as a long-running process would."""

    def __init__(self) -> None:
        self.quads: dict[str, list[Quad]] = {}  # by article
        self.counts: Counter[Fact] = Counter()
        self.linker = Linker()
        self.program = reason.program()
        self.reasoner = Reasoner(self.program)

    def add(self, quads: list[Quad]) -> None:
        """Take one article in."""
        self.quads[str(quads[0].graph_name)] = quads
        gone, came = self.linker.add(link.read(quads))
        self._change(gone, came, told=set(reason.facts(quads, self.program)))

    def remove(self, article: str) -> None:
        """Forget an article, by the name of its graph."""
        quads = self.quads.pop(article)
        gone, came = self.linker.remove(report.iri for report in link.read(quads))
        self._change(gone, came, untold=set(reason.facts(quads, self.program)))

    def _change(
        self,
        gone: list[Hub],
        came: list[Hub],
        told: set[Fact] | None = None,
        untold: set[Fact] | None = None,
    ) -> None:
        new = {fact for hub in came for fact in self._facts(hub)} | (told or set())
        old = {fact for hub in gone for fact in self._facts(hub)} | (untold or set())
        # Several articles may assert one fact: it goes with the last of them.
        before = {fact for fact in new | old if self.counts[fact]}
        self.counts.update(new)
        self.counts.subtract(old)
        after = {fact for fact in new | old if self.counts[fact]}
        self.reasoner.change(add=after - before, remove=before - after)

    def _facts(self, hub: Hub) -> list[Fact]:
        quads = [_placed(triple) for triple in hub_triples(hub)]
        return list(reason.facts(quads, self.program))


def _placed(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, LINKS)


def one_more(count: int, more: int = 40) -> float:
    """One more article into `count`: linking and inference, the median of several."""
    growing = Growing()
    (*known,) = articles(count + more)
    for one in known[:count]:
        growing.add(one)
    times = sorted(timed(lambda one=one: growing.add(one))[0] for one in known[count:])  # type: ignore[misc]
    median = statistics.median(times)
    say(
        what="one more",
        articles=count,
        median_ms=round(1000 * median, 2),
        worst_ms=round(1000 * times[-1], 2),
    )
    return median


def stored(count: int, more: int = 20) -> float:
    """One more article into a store of `count`: medians of linking and inference alone, and of all
    that `conclude` does: opening, writing, flushing, too."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with store.write(folder) as kept, ledger(folder) as book:
            (*known,) = articles(count + more)

            def put(some: list[list[Quad]]) -> None:
                names = [one[0].graph_name for one in some]
                book.outdate((name.value, b"") for name in names if isinstance(name, NamedNode))
                kept.replace(dict(zip(names, some, strict=True)))  # type: ignore[arg-type]

            put(known[:count])
            scratch_time, _ = timed(lambda: conclude(kept, book))
            alone, times = [], []
            tools = grow.tools(None)
            assert tools is not None
            for one in known[count:]:
                put([one])
                name = one[0].graph_name
                assert isinstance(name, NamedNode)
                with shelf.shelves(folder / shelf.NAME) as shelves:  # not kept: for the time only
                    grower = grow.Grower(kept, shelves, tools)
                    alone.append(timed(lambda: grower.changes({name: b""}, {name: one}))[0])  # noqa: B023
                times.append(timed(lambda: conclude(kept, book))[0])
    median = statistics.median(alone)
    say(
        what="one more in a store",
        articles=count,
        from_scratch_ms_each=round(1000 * scratch_time / count, 2),
        link_and_infer_ms=round(1000 * median, 2),
        conclude_ms=round(1000 * statistics.median(times), 2),
        mb_peak=_peak(),
    )
    return median


def explaining(count: int) -> None:
    """Proofs out of a store of `count` articles."""
    quads = [quad for one in articles(count) for quad in one]
    quads += link.quads(link.links(link.read(quads)))
    inference = reason.infer(quads)
    reader = memory([*quads, *inference.quads], inference.proofs)
    explainer = proof.Explainer(reader, reason.program())
    step = max(1, len(inference.quads) // 2000)
    times = []
    deepest = 0
    for quad in inference.quads[::step]:
        seconds, found = timed(lambda quad=quad: explainer.explain(quad.triple))  # type: ignore[misc]
        times.append(seconds)
        deepest = max(deepest, found.depth if found else 99)
    say(
        what="explain",
        articles=count,
        asked=len(times),
        median_ms=round(1000 * statistics.median(times), 2),
        worst_ms=round(1000 * max(times), 2),
        steps=deepest,
    )


def main() -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 articles as well (minutes)")
    full = parser.parse_args().full
    reason.program()
    engines(100)
    explaining(1000)
    sizes = (1000, 10_000) if full else (1000,)
    for count in sizes:
        scratch(count, rules=count <= 1000)
    for count in (200, *sizes):
        stored(count)
    medians = [one_more(count) for count in sizes]
    if full:
        say(what="one more, 10,000 against 1,000", times=round(medians[1] / medians[0], 2))


if __name__ == "__main__":
    main()
