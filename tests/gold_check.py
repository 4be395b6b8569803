"""Finds the slips in gold files: evidence that the text does not hold, links to nowhere, contradictions.

Every check takes plain parsed JSON and yields faults as text; test_gold.py runs them over the folders. The
vocabulary of the gold format (types, codes, modalities, stances) is data: tests/gold/vocabulary.json.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold"
VOCABULARY: dict[str, Any] = json.loads((GOLD / "vocabulary.json").read_text(encoding="utf-8"))
TYPES = {*VOCABULARY["types"], *VOCABULARY["unscored_types"]}
CODES = {*VOCABULARY["states"], *VOCABULARY["organisations"]}
THREATS = set(VOCABULARY["threats"])
ARTICLE_KEYS = {
    "id",
    "url",
    "published",
    "outlet",
    "episode",
    "relevant",
    "events",
    "claims",
    "entities",
}
PAIR_KEYS = (
    "retaliation",
    "retaliation_inferred",
    "retaliation_threats",
    "retaliation_ruled_out",
    "must_not_merge",
    "part_of",
)

Record = dict[str, Any]
Key = tuple[str, str]


class _MainText(HTMLParser):
    """Collects the words inside <article>, scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.mute = 0
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag == "article"
        self.mute += tag in ("script", "style")
        if tag in ("p", "h1", "h2", "h3", "li", "figcaption", "time"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "article"
        self.mute -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self.depth and not self.mute:
            self.parts.append(data)


def main_text(html: str) -> str:
    """Give the article of a web page as a reader sees it, single-spaced."""
    parser = _MainText()
    parser.feed(html)
    return " ".join("".join(parser.parts).split())


def read_articles(folder: Path) -> dict[str, str]:
    """Map each article's id (file stem, or the record's id) to its text; HTML gives its main text."""
    texts: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        raw = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            texts.update({r["id"]: r["text"] for r in map(json.loads, raw.splitlines())})
        else:
            texts[path.stem] = main_text(raw) if path.suffix == ".html" else raw
    return texts


def article_faults(gold: Record, text: str) -> Iterator[str]:
    """Yield what is wrong inside one article's gold, given the article's text."""
    missing = ARTICLE_KEYS - gold.keys()
    if missing:
        yield f"no {', '.join(sorted(missing))}"
        return
    if gold["relevant"] != bool(gold["events"]):
        yield "relevant must say whether there are events"
    events = {e["eid"]: e for e in gold["events"]}
    if len(events) != len(gold["events"]):
        yield "an eid occurs twice"
    for eid, event in events.items():
        yield from (f"{eid}: {fault}" for fault in event_faults(event, events, text))
    for claim in gold["claims"]:
        if claim["about_eid"] not in events:
            yield f"claim about unknown {claim['about_eid']}"
        if claim["stance"] not in VOCABULARY["stances"]:
            yield f"unknown stance {claim['stance']}"
        if claim["quote"] not in text:
            yield f"claim's quote is not in the text: {claim['quote']!r}"
        if not claim["speaker"]:
            yield "claim without a speaker"


def event_faults(event: Record, events: Mapping[str, Record], text: str) -> Iterator[str]:
    """Yield what is wrong with one gold event."""
    if not re.fullmatch(r"e[1-9]\d*", event["eid"]):
        yield "ill-formed eid"
    for name in (event["type"], *event["type_alt"]):
        if name not in TYPES:
            yield f"unknown type {name}"
    if event["type"] in event["type_alt"]:
        yield "the type is its own alternative"
    actor, target = set(event["actor"]), set(event["target"])
    if actor - CODES or target - CODES:
        yield f"unknown codes {sorted((actor | target) - CODES)}"
    if actor & target and actor != target:
        yield "a party on both sides of a directed act"
    if target and event["type"] in VOCABULARY["reciprocal"]:
        yield "a reciprocal act lists all its parties as actors"
    yield from _wording_faults(event, text)
    yield from _date_faults(event)
    for ref in (*event["retaliation_for"], *event["reacts_to"]):
        if ref not in events or ref == event["eid"]:
            yield f"refers to {ref}"
        elif not actor & set(events[ref]["target"]):
            yield f"answers {ref}, which was not directed at its actor"


def _wording_faults(event: Record, text: str) -> Iterator[str]:
    evidence, unit = event["evidence"], event["count_unit"]
    if evidence not in text:
        yield f"evidence is not in the text: {evidence!r}"
    if len(evidence.split()) < 2 or len(evidence) > 400:
        yield "evidence must have at least two words and at most 400 characters"
    if event["count"] is not None and (event["count"] < 1 or not unit):
        yield "a count is positive and has a unit"
    low, high = event.get("count_min"), event.get("count_max")
    if (low or high) and (event["count"] is not None or (low or 0) >= (high or 10**9)):
        yield "an approximate count is a range without an exact value"
    for modality in (event["modality"], *event.get("modality_alt", ())):
        if modality not in VOCABULARY["modalities"]:
            yield f"unknown modality {modality}"
    if event["condition"] and event["condition"] not in text:
        yield "condition is not in the text"
    if event["stated_reason"] and event["stated_reason"] not in text:
        yield "reason is not in the text"
    if event["salience"] not in ("core", "background"):
        yield f"unknown salience {event['salience']}"


def _date_faults(event: Record) -> Iterator[str]:
    for field in ("date", "deadline"):
        value, basis = event[field], event[f"{field}_basis"]
        if bool(value) != (basis in ("text", "world")):
            yield f"{field} and its basis must come together"
        if value and not _is_date(value):
            yield f"ill-formed {field} {value}"
    if event["date"] and event["deadline"]:
        short = min(len(event["date"]), len(event["deadline"]))
        if event["deadline"][:short] < event["date"][:short]:
            yield "deadline before the date"


def _is_date(value: str) -> bool:
    if value.startswith("--"):  # a day of an undated article: no year, --02-29 included
        value = "2000" + value[1:]
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def link_faults(links: Record, golds: Mapping[str, Record]) -> Iterator[str]:
    """Yield what is wrong with the links across the articles `golds` (by id)."""
    events: dict[Key, Record] = {(a, e["eid"]): e for a, g in golds.items() for e in g["events"]}
    cluster: dict[Key, int] = {}
    for number, members in enumerate(links["same_event"]):
        keys = [(m[0], m[1]) for m in members]
        for key in keys:
            if key in cluster:
                yield f"{key} is in two clusters"
            cluster[key] = number
        if len({k[0] for k in keys}) != len(keys) or len(keys) < 2:
            yield f"a cluster joins different articles: {keys}"
        if all(k in events for k in keys):
            yield from _cluster_faults([events[k] for k in keys], keys)
    unknown = {k for k in cluster if k not in events}
    hub = {k: cluster.get(k, k) for k in events}
    pairs: dict[str, set[tuple[Any, Any]]] = {}
    for name in PAIR_KEYS:
        ends = [((a[0], a[1]), (b[0], b[1])) for a, b in links.get(name, ())]
        unknown |= {k for pair in ends for k in pair if k not in events}
        pairs[name] = {(hub.get(a, a), hub.get(b, b)) for a, b in ends}
        if any(a == b for a, b in pairs[name]):
            yield f"{name}: an event with itself, or two reports of one event"
    if unknown:
        yield f"links to unknown events {sorted(unknown)}"
    for name in ("retaliation_ruled_out", "retaliation_inferred", "retaliation_threats"):
        if pairs["retaliation"] & pairs[name]:
            yield f"a retaliation is also in {name}"
    yield from _told_faults(golds, hub, pairs)


def _cluster_faults(reports: list[Record], keys: list[Key]) -> Iterator[str]:
    names = [{r["type"], *r["type_alt"]} for r in reports]
    if not all(r["type"] in n or names[0] & n for r in reports for n in names):
        yield f"types do not fit together: {keys}"
    for side in ("actor", "target"):
        told = [set(r[side]) for r in reports if r[side]]
        if any(not a & b for a in told for b in told):
            yield f"the {side}s differ: {keys}"
    labels = {r["cluster"] for r in reports}
    if len(labels) != 1 or None in labels:
        yield f"labels differ within a cluster: {sorted(map(str, labels))}"


def _told_faults(
    golds: Mapping[str, Record], hub: Mapping[Key, Any], pairs: Mapping[str, set[Any]]
) -> Iterator[str]:
    """Compare what articles tell (`retaliation_for`, labels) with the pairs and clusters of the links."""
    told: dict[bool, set[Any]] = {True: set(), False: set()}
    labels: dict[str, set[Any]] = defaultdict(set)
    for article, gold in golds.items():
        for event in gold["events"]:
            here = hub[article, event["eid"]]
            if event["cluster"]:
                labels[event["cluster"]].add(here)
            for ref in event["retaliation_for"]:
                if (article, ref) in hub:
                    told[event["type"] in THREATS].add((here, hub[article, ref]))
    if told[False] != pairs["retaliation"]:
        yield f"retaliation told in articles and in links differ: {told[False] ^ pairs['retaliation']}"
    if not told[True] <= pairs["retaliation_threats"]:
        yield "a threat's retaliation_for is not in retaliation_threats"
    for label, hubs in sorted(labels.items()):
        if len(hubs) > 1:
            yield f"label {label} names {len(hubs)} events"


def question_faults(questions: list[Record], golds: Mapping[str, Record]) -> Iterator[str]:
    """Yield what is wrong with the questions about the articles `golds`."""
    known = {(a, e["eid"]) for a, g in golds.items() for e in g["events"]}
    if len({q["qid"] for q in questions}) != len(questions):
        yield "a qid occurs twice"
    for q in questions:
        if not q["question"].endswith("?") or not q["answer"] or not q["answer_kind"]:
            yield f"{q['qid']}: no question, answer or kind"
        if not q["support"] or any((a, e) not in known for a, e in q["support"]):
            yield f"{q['qid']}: support is unknown"


def story_faults(story: Record) -> Iterator[str]:
    """Yield what is wrong with one mini-story: its articles, their gold and the links between them."""
    ids = [a["id"] for a in story["articles"]]
    if len(set(ids)) != 3 or set(ids) != set(story["gold"]):
        yield "a story has three articles, each with its gold"
        return
    golds: dict[str, Record] = {}
    for article in story["articles"]:
        golds[article["id"]] = {
            **dict.fromkeys(ARTICLE_KEYS),
            "relevant": True,
            "events": story["gold"][article["id"]],
            "claims": [],
        }
        if not _is_date(article["date"]) or len(article["date"]) != 10:
            yield f"{article['id']}: ill-formed date {article['date']}"
        faults = article_faults(golds[article["id"]], article["text"])
        yield from (f"{article['id']}: {fault}" for fault in faults)
    yield from link_faults(story["links"], golds)
    if any(i not in ids for group in story.get("copies", ()) for i in group):
        yield "copies names an unknown article"
