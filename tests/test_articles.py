"""The test articles are enough, varied, and true: the gold beside them says only what the texts say."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.gold_check import VOCABULARY, Record, article_faults, link_faults

ARTICLES = Path(__file__).parent / "articles"
TEXTS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(ARTICLES.iterdir())
    if path.suffix in {".txt", ".md"}
}
GOLDS: dict[str, Record] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ARTICLES / "gold").glob("[!_]*.json"))
}
LINKS: Record = json.loads((ARTICLES / "gold/_links.json").read_text(encoding="utf-8"))
EVENTS = [event for gold in GOLDS.values() for event in gold["events"]]
SCORED = [e for e in EVENTS if not e.get("optional") and not e.get("aggregate")]


def test_every_article_has_its_gold() -> None:
    assert sorted(TEXTS) == sorted(GOLDS)
    assert all(gold["id"] == name for name, gold in GOLDS.items())


def test_there_are_enough_of_both_kinds() -> None:
    kinds = Counter(name[0] for name in GOLDS)
    assert kinds["p"] >= 60
    assert kinds["n"] >= 40
    assert all(gold["relevant"] == (name[0] == "p") for name, gold in GOLDS.items())


@pytest.mark.parametrize("name", sorted(GOLDS))
def test_article(name: str) -> None:
    # A speech act may answer an act between two others; only retaliation must come from its victim.
    gold = GOLDS[name] | {"events": [e | {"reacts_to": []} for e in GOLDS[name]["events"]]}
    assert list(article_faults(gold, TEXTS[name])) == []


@pytest.mark.parametrize("name", sorted(GOLDS))
def test_answered_acts_exist(name: str) -> None:
    known = {e["eid"] for e in GOLDS[name]["events"]}
    for event in GOLDS[name]["events"]:
        assert set(event["reacts_to"]) <= known - {event["eid"]}


def test_links() -> None:
    assert list(link_faults(LINKS, GOLDS)) == []


def test_every_type_is_told_at_least_three_times() -> None:
    told = Counter(event["type"] for event in EVENTS)
    assert {kind: told[kind] for kind in VOCABULARY["types"] if told[kind] < 3} == {}


def test_every_modality_and_stance_occurs() -> None:
    assert {event["modality"] for event in SCORED} == set(VOCABULARY["modalities"])
    stances = {claim["stance"] for gold in GOLDS.values() for claim in gold["claims"]}
    assert stances == set(VOCABULARY["stances"])


def test_the_world_is_wide() -> None:
    parties = {code for event in SCORED for code in (*event["actor"], *event["target"])}
    assert len(parties) >= 120
    decades = {gold["published"][:3] for gold in GOLDS.values() if gold["published"]}
    assert decades >= {"197", "198", "199", "200", "201", "202"}


def test_no_sentence_is_shared_with_the_ontology() -> None:
    """Examples teach, articles measure: a sentence in both would measure memory."""
    files = sorted((Path(__file__).parents[1] / "ontology").rglob("*.ttl"))
    taught = " ".join(_unmarked_words(path.read_text(encoding="utf-8")) for path in files)
    assert shared_sentences(taught) == []


def test_a_shared_sentence_is_seen() -> None:
    sentence = "The [Dutch](actor=NL) government will send 40 million euros' worth of demining"
    example = f'"{sentence} equipment to [Ukraine](target=UA), Defence Minister Pieter Hoogland'
    taught = _unmarked_words(f'{example} announced this afternoon." ,')
    assert len(shared_sentences(f"before it {taught} and after it")) == 1


def shared_sentences(taught: str) -> list[str]:
    """List the articles' sentences of five words or more that stand in `taught` (words only)."""
    lines = (line for text in TEXTS.values() for line in text.splitlines())
    parts = (part for line in lines for part in re.split(r"(?<=[.!?])[\"”)]?\s+| - ", line))
    sentences = {_unmarked_words(part) for part in parts}
    long = sorted(s for s in sentences if len(s.split()) >= 5)
    return [s for s in long if f" {s} " in f" {taught} "]


def _unmarked_words(text: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\(\w+=[^)]*\)", r"\1", text)
    return " ".join(re.findall(r"\w+", plain.replace("’", "'").lower()))
