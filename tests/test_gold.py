"""The gold of the sample articles says what the articles say, and the checks that prove it can fail."""

import copy
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gold_check import (
    GOLD,
    Record,
    article_faults,
    link_faults,
    question_faults,
    read_articles,
    story_faults,
)

DATA = Path(__file__).parents[1] / "data"
TEXTS = read_articles(DATA)
GOLDS: dict[str, Record] = {
    p.stem: json.loads(p.read_text(encoding="utf-8"))
    for p in sorted((GOLD / "data").glob("[!_]*.json"))
}
LINKS: Record = json.loads((GOLD / "data/_links.json").read_text(encoding="utf-8"))
STORIES: dict[str, Record] = {
    p.stem: json.loads(p.read_text(encoding="utf-8"))
    for p in sorted((Path(__file__).parent / "stories").glob("*.json"))
}
QUESTIONS: list[Record] = json.loads((GOLD / "data/_questions.json").read_text(encoding="utf-8"))


def test_every_article_has_its_gold() -> None:
    assert sorted(TEXTS) == sorted(GOLDS)
    assert all(gold["id"] == name for name, gold in GOLDS.items())


@pytest.mark.parametrize("name", sorted(GOLDS))
def test_article(name: str) -> None:
    assert list(article_faults(GOLDS[name], TEXTS[name])) == []


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_length(name: str) -> None:
    assert 150 <= len(TEXTS[name].split()) <= 500


def test_links() -> None:
    assert list(link_faults(LINKS, GOLDS)) == []


def test_questions() -> None:
    assert list(question_faults(QUESTIONS, GOLDS)) == []


def test_breadth() -> None:
    voices = Counter(g["episode"] for g in GOLDS.values() if g["relevant"])
    assert len(voices) >= 8
    assert min(voices.values()) >= 3
    assert {p.suffix for p in DATA.iterdir()} == {".txt", ".md", ".html", ".jsonl"}
    assert any(not g["relevant"] for g in GOLDS.values())


SLIPS: dict[str, Callable[[Record], None]] = {
    "an eid occurs twice": lambda g: g["events"].append(g["events"][0]),
    "evidence is not in the text": lambda g: g["events"][0].update(evidence="words nobody wrote"),
    "unknown type": lambda g: g["events"][0].update(type="Expulsions"),
    "unknown codes": lambda g: g["events"][0].update(actor=["UK"]),
    "both sides": lambda g: g["events"][0].update(actor=["RU", "NO"], target=["RU"]),
    "ill-formed date": lambda g: g["events"][0].update(date="2023-02-30", date_basis="text"),
    "come together": lambda g: g["events"][0].update(date="2023-02-28", date_basis=None),
    "deadline before": lambda g: g["events"][0].update(
        date="2023-04", date_basis="text", deadline="2023-03-31", deadline_basis="text"
    ),
    "refers to e99": lambda g: g["events"][0].update(retaliation_for=["e99"]),
    "not directed at its actor": lambda g: g["events"][0].update(
        retaliation_for=[g["events"][2]["eid"]]
    ),
    "unknown modality": lambda g: g["events"][0].update(modality="certain"),
    "has a unit": lambda g: g["events"][0].update(count=15, count_unit=None),
    "claim about unknown": lambda g: g["claims"][0].update(about_eid="e99"),
    "quote is not in the text": lambda g: g["claims"][0].update(quote="never said"),
    "unknown stance": lambda g: g["claims"][0].update(stance="believes"),
    "relevant must": lambda g: g.update(relevant=False),
    "no url": lambda g: g.pop("url"),
}


@pytest.mark.parametrize("fault", SLIPS)
def test_slip_in_article_is_caught(fault: str) -> None:
    name = "no-ru-2023-wire"
    gold = copy.deepcopy(GOLDS[name])
    SLIPS[fault](gold)
    assert any(fault in found for found in article_faults(gold, TEXTS[name]))


LINK_SLIPS: dict[str, Callable[[Record], None]] = {
    "two clusters": lambda k: k["same_event"].append(k["same_event"][0]),
    "joins different articles": lambda k: k["same_event"].append([k["must_not_merge"][0][0]]),
    "unknown events": lambda k: k["retaliation"].append([["nowhere", "e1"], ["nowhere", "e2"]]),
    "differ": lambda k: k["retaliation"].pop(),
    "also in retaliation_ruled_out": lambda k: k["retaliation_ruled_out"].append(
        k["retaliation"][0]
    ),
    "two reports of one event": lambda k: k["must_not_merge"].append(k["same_event"][0][:2]),
    "label ve-break names": lambda k: k["same_event"].pop(),
    "types do not fit": lambda k: k["same_event"].append(
        [["no-ru-2023-wire", "e1"], ["pl-by-2021-wire", "e6"]]
    ),
}


@pytest.mark.parametrize("fault", LINK_SLIPS)
def test_slip_in_links_is_caught(fault: str) -> None:
    links = copy.deepcopy(LINKS)
    LINK_SLIPS[fault](links)
    assert any(fault in found for found in link_faults(links, GOLDS))


def test_slip_in_questions_is_caught() -> None:
    questions = copy.deepcopy(QUESTIONS)
    questions[0]["support"] = [["nowhere", "e1"]]
    questions[1]["qid"] = questions[0]["qid"]
    assert len(list(question_faults(questions, GOLDS))) == 2


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    story = STORIES[name]
    assert story["name"] == name
    assert story["trap"]
    assert list(story_faults(story)) == []


def test_stories_forbid_something() -> None:
    ids = Counter(a["id"] for s in STORIES.values() for a in s["articles"])
    forbidden = [p for s in STORIES.values() for p in s["links"]["must_not_merge"]]
    ruled_out = [p for s in STORIES.values() for p in s["links"]["retaliation_ruled_out"]]
    assert len(STORIES) >= 16
    assert max(ids.values()) == 1
    assert len(forbidden) >= 16
    assert len(ruled_out) >= 16


STORY_SLIPS: dict[str, Callable[[Record], None]] = {
    "three articles": lambda s: s["articles"].pop(),
    "ill-formed date": lambda s: s["articles"][0].update(date="October 2022"),
    "evidence is not in the text": lambda s: s["articles"][0].update(text="Nothing happened."),
    "without an exact value": lambda s: s["gold"]["s02b"][0].update(count=30),
    "unknown events": lambda s: s["links"]["must_not_merge"].append(
        [["s02a", "e9"], ["s02b", "e1"]]
    ),
    "copies names": lambda s: s.update(copies=[["s02a", "s02z"]]),
}


@pytest.mark.parametrize("fault", STORY_SLIPS)
def test_slip_in_story_is_caught(fault: str) -> None:
    story = copy.deepcopy(STORIES["02-about-thirty"])
    STORY_SLIPS[fault](story)
    assert any(fault in found for found in story_faults(story))
