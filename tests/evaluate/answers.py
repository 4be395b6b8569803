"""Answers to gold as an imperfect program would give them: some lost, some bent, some invented."""

import random
from typing import Any

from kg.evaluate import Tables

Row = dict[str, str]


def bent(golds: list[dict[str, Any]], links: dict[str, Any], seed: int) -> Tables:
    """Return rows of the four saved queries made from gold and spoilt by a seeded chance."""
    chance = random.Random(seed)  # noqa: S311 - a test's data
    events: list[Row] = []
    claims: list[Row] = []
    iri: dict[tuple[str, str], str] = {}
    for gold in golds:
        for event in gold["events"]:
            if chance.random() < 0.15:
                continue
            report = f"urn:{gold['id']}/{event['eid']}"
            iri[gold["id"], event["eid"]] = report
            events += _rows(gold["id"], report, event, chance)
        claims.extend(
            {
                "article": f"urn:{gold['id']}",
                "speaker": claim["speaker"] if chance.random() < 0.8 else "Somebody",
                "stance": claim["stance"] if chance.random() < 0.8 else "warns",
                "about": iri.get((gold["id"], claim["about_eid"]), ""),
                "quote": claim["quote"],
            }
            for claim in gold.get("claims") or ()
            if chance.random() < 0.8
        )
    known = sorted(iri.values())
    same = [
        {"event1": iri[a], "event2": iri[b]}
        for cluster in links["same_event"]
        for a, b in zip(map(tuple, cluster), map(tuple, cluster[1:]), strict=False)
        if a in iri and b in iri and chance.random() < 0.9
    ]
    same += [{"event1": chance.choice(known), "event2": chance.choice(known)} for _ in range(2)]
    answers = [
        {"event": iri[tuple(a)], "retaliation_for": iri[tuple(b)]}
        for name in ("retaliation", "retaliation_threats", "retaliation_ruled_out")
        for a, b in links.get(name, ())
        if tuple(a) in iri and tuple(b) in iri and chance.random() < 0.8
    ]
    answers += [
        {"event": chance.choice(known), "retaliation_for": chance.choice(known)} for _ in range(3)
    ]
    return Tables(events, same, answers, claims)


def _rows(article: str, report: str, event: dict[str, Any], chance: random.Random) -> list[Row]:
    row = {
        "article": f"urn:{article}",
        "source": f"{article}.txt",
        "event": report,
        "type": event["type"] if event["type"] != "Other" else "Statement",
        "modality": event["modality"] or "actual",
        "quote": event["evidence"],
        "actors": "|".join(event["actor"] or ()),
        "targets": "|".join(event["target"] or ()),
    }
    for name in ("count", "date", "deadline"):
        if event.get(name) is not None:
            row[name] = str(event[name])
    spoil = chance.random()
    if spoil < 0.1:
        row["type"] = "Warning"
    elif spoil < 0.2:
        row["targets"] = "FR"
    elif spoil < 0.3:
        row["quote"] = "nothing of the kind stands in the text"
    elif spoil < 0.4:
        row["deadline"] = "2001-01-01"
    elif spoil < 0.5:
        row["modality"] = "possible"
    row = {name: value for name, value in row.items() if value}
    if len(event["actor"] or ()) > 1 and chance.random() < 0.5:
        return [
            {**row, "event": f"{report}#{n}", "actors": code}
            for n, code in enumerate(event["actor"])
        ]
    if chance.random() < 0.1:
        return [row, {**row, "event": f"{report}+", "quote": "a second telling of something else"}]
    return [row]
