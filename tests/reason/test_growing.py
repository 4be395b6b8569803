"""Articles that come, change and go leave exactly what a fresh build of the rest would give."""

import os
import random
from pathlib import Path

import pytest
from pyoxigraph import Quad

from benchmarks.reason import Growing
from benchmarks.synthetic import articles
from kg import link, reason
from tests import goldgraph

GOLD = Path(__file__).parents[1] / "gold" / "data"
# A sample; KGBUILD_PERMUTATIONS=100 runs as many.
SEEDS = range(int(os.environ.get("KGBUILD_PERMUTATIONS", "3")))


@pytest.fixture(scope="module")
def gold() -> list[list[Quad]]:
    return [goldgraph.article_quads(gold)[0] for gold in goldgraph.load(GOLD)]


def fresh(known: list[list[Quad]]) -> tuple[link.Linkage, dict[object, object]]:
    quads = [quad for one in known for quad in one]
    linkage = link.links(link.read(quads))
    every = [*quads, *link.quads(linkage)]
    program = reason.program()
    return linkage, dict(reason.owl_rl.close(set(reason.facts(every, program)), program))


def name(quads: list[Quad]) -> str:
    return str(quads[0].graph_name)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_order_of_coming_and_going(gold: list[list[Quad]], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's data
    growing = Growing()
    order = chance.sample(gold, len(gold))
    for one in order:
        growing.add(one)
        if chance.random() < 0.3:  # some are taken back and come again later
            growing.remove(name(one))
    for one in order:
        if name(one) not in growing.quads:
            growing.add(one)
    linkage, concluded = fresh(gold)
    assert growing.linker.linkage() == linkage
    assert growing.reasoner.conclusions() == concluded

    gone = chance.sample(gold, 10)
    for one in gone:
        growing.remove(name(one))
    left = [one for one in gold if one not in gone]
    linkage, concluded = fresh(left)
    assert growing.linker.linkage() == linkage
    assert growing.reasoner.conclusions() == concluded


@pytest.mark.parametrize("seed", SEEDS)
def test_a_changed_article_replaces_its_telling(seed: int) -> None:
    old, new = list(articles(30, seed)), list(articles(30, seed + 1000))
    growing = Growing()
    for one in old:
        growing.add(one)
    for before, after in zip(old[:10], new[:10], strict=True):
        growing.remove(name(before))
        growing.add(after)
    linkage, concluded = fresh(new[:10] + old[10:])
    assert growing.linker.linkage() == linkage
    assert growing.reasoner.conclusions() == concluded


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_is_inferred_is_the_same_in_any_order(gold: list[list[Quad]], seed: int) -> None:
    def conclusions(known: list[list[Quad]]) -> reason.Inference:
        quads = [quad for one in known for quad in one]
        return reason.infer([*quads, *link.quads(link.links(link.read(quads)))])

    shuffled = random.Random(seed).sample(gold, len(gold))  # noqa: S311
    assert conclusions(shuffled) == conclusions(gold)


def test_no_conclusion_repeats_what_an_article_tells(gold: list[list[Quad]]) -> None:
    told = [quad for one in gold for quad in one]
    every = [*told, *link.quads(link.links(link.read(told)))]
    asserted = {quad.triple for quad in every}
    concluded = reason.infer(every).quads
    assert concluded
    assert [quad for quad in concluded if quad.triple in asserted] == []
