"""The linker fed with gold reports: pairs, B³, wrong and forbidden merges, retaliation, disputes.

What the figures must be stands here; a change that loses one fails.
"""

import json
import os
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from kg import link, reason
from kg.vocab import dip
from tests import goldgraph
from tests.goldgraph import Gold, Key

TESTS = Path(__file__).parents[1]
Pair = tuple[Key, Key]


@dataclass
class Result:
    """What was linked in one set of articles, beside what should have been."""

    clusters: dict[Key, set[str]]  # scored event -> hubs of its reports
    gold: dict[Key, Any]
    forbidden: list[Pair]
    retaliation: set[tuple[Any, Any]]
    wanted_retaliation: set[tuple[Any, Any]]
    spared: set[tuple[Any, Any]]
    ruled_out: set[tuple[Any, Any]]
    quads: list[Quad] = field(default_factory=list)

    @property
    def gold_pairs(self) -> set[Pair]:
        keys = sorted(self.clusters)
        return {(a, b) for a, b in combinations(keys, 2) if self.gold[a] == self.gold[b]}

    @property
    def pairs(self) -> set[Pair]:
        keys = sorted(self.clusters)
        return {
            (a, b)
            for a, b in combinations(keys, 2)
            if a[0] != b[0] and self.clusters[a] & self.clusters[b]
        }


def run(golds: list[Gold], links: dict[str, Any]) -> Result:
    """Link the gold reports of these articles, and see what follows."""
    quads: list[Quad] = []
    iris: dict[Key, list[str]] = {}
    scored: set[Key] = set()
    for gold in golds:
        told, reports = goldgraph.article_quads(gold)
        quads += told
        for event in gold["events"]:
            key = (gold["id"], event["eid"])
            iris[key] = reports[event["eid"]]
            if event["type"] not in ("Statement", "Other") and not (
                event.get("aggregate") or event.get("optional")
            ):
                scored.add(key)
    linkage = link.links(link.read(quads))
    linked = list(link.quads(linkage))
    inferred = reason.infer([*quads, *linked]).quads
    hub_of = {report: hub.iri for hub in linkage.hubs for report in hub.reports}
    cluster: dict[Key, Any] = {
        (a, e): number for number, c in enumerate(links["same_event"]) for a, e in c
    }
    of_hub = defaultdict(set)
    for key, reports in iris.items():
        for report in reports:
            of_hub[hub_of[report]].add(cluster.get(key, key))

    def pairs(name: str) -> set[tuple[Any, Any]]:
        listed = [(tuple(a), tuple(b)) for a, b in links.get(name, ())]
        return {(cluster.get(a, a), cluster.get(b, b)) for a, b in listed}

    return Result(
        clusters={key: {hub_of[report] for report in iris[key]} for key in scored},
        gold={key: cluster.get(key, key) for key in scored},
        forbidden=[
            (tuple(a), tuple(b))
            for a, b in links.get("must_not_merge", ())
            if {hub_of[r] for r in iris[tuple(a)]} & {hub_of[r] for r in iris[tuple(b)]}
        ],
        retaliation={
            (x, y)
            for q in inferred
            if q.predicate == dip("retaliationFor") and isinstance(q.subject, NamedNode)
            for x in of_hub[q.subject.value]
            for y in of_hub[q.object.value]  # type: ignore[union-attr]
        },
        wanted_retaliation=pairs("retaliation"),
        spared=pairs("retaliation_inferred") | pairs("retaliation_threats"),
        ruled_out=pairs("retaliation_ruled_out"),
        quads=[*quads, *linked, *inferred],
    )


def from_folder(folder: Path) -> Result:
    return run(goldgraph.load(folder), json.loads((folder / "_links.json").read_text()))


def from_story(path: Path) -> Result:
    story = json.loads(path.read_text())
    golds = [
        {
            "id": article["id"],
            "published": article["date"],
            "events": story["gold"][article["id"]],
            "text": article["text"],
        }
        for article in story["articles"]
        if article["id"] in story["gold"]
    ]
    return run(golds, story["links"])


def f1(pred: set[Any], gold: set[Any]) -> float:
    hits = len(pred & gold)
    return 2 * hits / (len(pred) + len(gold)) if pred or gold else 1.0


def b3(results: list[Result]) -> float:
    """Return B³ F1 over all events of all results, singletons kept."""
    precision = recall = 0.0
    size = 0
    for result in results:
        for key, hubs in result.clusters.items():
            mine = {k for k, other in result.clusters.items() if k == key or hubs & other}
            true = {k for k, other in result.gold.items() if other == result.gold[key]}
            precision += len(mine & true) / len(mine)
            recall += len(mine & true) / len(true)
            size += 1
    precision, recall = precision / size, recall / size
    return 2 * precision * recall / (precision + recall)


@pytest.fixture(scope="module")
def stories() -> dict[str, Result]:
    return {path.stem: from_story(path) for path in sorted((TESTS / "stories").glob("*.json"))}


@pytest.fixture(scope="module")
def data() -> Result:
    return from_folder(TESTS / "gold" / "data")


@pytest.fixture(scope="module")
def seeds() -> Result:
    if "KGBUILD_CORPORA" not in os.environ:
        pytest.skip("KGBUILD_CORPORA is not set: the seeds are not part of the project")
    return from_folder(Path(os.environ["KGBUILD_CORPORA"]) / "gold")


def test_the_seeds(seeds: Result) -> None:
    assert f1(seeds.pairs, seeds.gold_pairs) >= 0.95
    assert seeds.pairs <= seeds.gold_pairs
    assert b3([seeds]) >= 0.97


def test_the_project_s_own_articles(data: Result) -> None:
    assert f1(data.pairs, data.gold_pairs) >= 0.92
    assert data.pairs <= data.gold_pairs
    assert b3([data]) >= 0.97
    assert not data.forbidden


def test_the_stories_and_articles_together(stories: dict[str, Result], data: Result) -> None:
    results = [*stories.values(), data]
    pairs = {(i, pair) for i, result in enumerate(results) for pair in result.pairs}
    gold = {(i, pair) for i, result in enumerate(results) for pair in result.gold_pairs}
    assert f1(pairs, gold) >= 0.95
    assert b3(results) >= 0.97


def test_no_story_merges_what_it_forbids(stories: dict[str, Result]) -> None:
    assert len(stories) >= 15
    for name, result in stories.items():
        assert not result.forbidden, name
        assert result.pairs <= result.gold_pairs, name


def test_retaliation_is_found_and_only_where_told(stories: dict[str, Result], data: Result) -> None:
    found = wanted = hits = 0
    for name, result in [*stories.items(), ("data", data)]:
        assert not result.retaliation & result.ruled_out, name
        judged = result.retaliation - (result.spared - result.wanted_retaliation)
        found += len(judged)
        wanted += len(result.wanted_retaliation)
        hits += len(judged & result.wanted_retaliation)
    assert hits / found >= 0.98
    assert hits / wanted >= 0.95
