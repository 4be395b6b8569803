"""A store after any changes concludes exactly what everything anew would."""

import os
import random
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from benchmarks.synthetic import articles
from kg import lexicon, link, reason
from kg.conclude import conclude
from kg.graph import gazetteer, store
from kg.graph.ledger import Ledger, ledger
from kg.graph.store import Writer
from tests import goldgraph

GOLD = Path(__file__).parent / "gold" / "data"
# A sample; KGBUILD_PERMUTATIONS=100 runs as many.
SEEDS = range(int(os.environ.get("KGBUILD_PERMUTATIONS", "2")))
Article = list[Quad]


@pytest.fixture(scope="module")
def gold() -> list[Article]:
    return [goldgraph.article_quads(gold)[0] for gold in goldgraph.load(GOLD)]


def expected(known: Iterable[Article]) -> set[str]:
    """Return the quads that follow from these articles, linked and closed at once."""
    told = [quad for one in known for quad in one]
    actors = gazetteer.describe(gazetteer.occurring(told), lexicon.load().actors)
    linked = list(link.quads(link.links(link.read(told))))
    inference = reason.infer(chain(told, actors, linked))
    every = chain(actors, linked, inference.quads, inference.proofs, inference.withdrawn)
    return set(map(str, every))


def held(kept: Writer) -> set[str]:
    """Return what the store holds beside its articles."""
    told = {name.value for name in kept.articles()}
    quads: Iterator[Quad] = chain(kept.quads(), kept.aside())
    return {str(quad) for quad in quads if quad.graph_name.value not in told}  # type: ignore[union-attr]


def change(kept: Writer, book: Ledger, come: Iterable[Article], gone: Iterable[NamedNode]) -> None:
    """Put articles in and take others out, and conclude."""
    put = {one[0].graph_name: one for one in come} | {key: [] for key in gone}
    for name, quads in put.items():
        assert isinstance(name, NamedNode)
        known = serialize(kept.quads(graph=name), format=RdfFormat.N_QUADS) or b""
        book.outdate([(name.value, known)])
        kept.put(name, quads)
    # Half of them are at hand, the others are read back.
    at_hand = {key: put[key] for key in sorted(put, key=str)[::2] if isinstance(key, NamedNode)}
    conclude(kept, book, at_hand=at_hand)


def name(article: Article) -> NamedNode:
    assert isinstance(article[0].graph_name, NamedNode)
    return article[0].graph_name


@pytest.mark.parametrize("seed", SEEDS)
def test_articles_that_come_and_go_in_any_order(
    gold: list[Article], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's data
    waiting = chance.sample(gold, len(gold))
    present: dict[NamedNode, Article] = {}
    with store.write(tmp_path) as kept, ledger(tmp_path) as book:
        while waiting:
            size = chance.randint(1, 12)
            come, waiting = waiting[:size], waiting[size:]
            gone = chance.sample(sorted(present, key=str), min(len(present), chance.randint(0, 3)))
            present |= {name(one): one for one in come}
            if chance.random() < 0.5:  # taken back, to come again
                waiting += [present[one] for one in gone]
            for one in gone:
                del present[one]
            change(kept, book, come, gone)
        assert held(kept) == expected(present.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_articles_that_change(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    old, new = list(articles(40, seed)), list(articles(40, seed + 1000))
    with store.write(tmp_path) as kept, ledger(tmp_path) as book:
        change(kept, book, old, [])
        assert held(kept) == expected(old)
        for place in chance.sample(range(40), 6):
            old[place] = new[place]
            change(kept, book, [new[place]], [])
        assert held(kept) == expected(old)
        whole = held(kept)
        conclude(kept, book, anew=True)
        assert held(kept) == whole
