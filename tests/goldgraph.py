"""Gold JSON -> the quads that a perfect extraction would give; shared by link and reason tests."""

import calendar
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.link import types
from kg.vocab import dip, term

Gold = dict[str, Any]
Key = tuple[str, str]
_EPOCH = date(1970, 1, 1)
_INT = term("xsd:integer")


def load(folder: Path) -> list[Gold]:
    """Return the articles of a gold folder, by name."""
    files = sorted(p for p in folder.glob("*.json") if not p.name.startswith("_"))
    return [json.loads(p.read_text()) for p in files]


def article_quads(gold: Gold, world: bool = True) -> tuple[list[Quad], dict[str, list[str]]]:
    """Return the article's quads and, for each event id, the IRIs of its reports.

    Without `world`, dates that the text alone does not give are left out.
    """
    key = gold["id"]
    graph = vocab.article(key)
    quads: list[Quad] = []
    iris: dict[str, list[str]] = {}

    def say(subject: NamedNode, name: str, value: NamedNode | Literal) -> None:
        quads.append(Quad(subject, dip(name), value, graph))

    quads.append(Quad(graph, term("rdf:type"), dip("Article"), graph))
    say(graph, "sha256", Literal(vocab.digest(key)))
    say(graph, "source", Literal(key))
    if gold.get("published") and (world or gold.get("published_basis") != "world"):
        say(graph, "publishedDay", _number(_days(gold["published"])[0]))
    for place, event in enumerate(gold["events"]):
        iris[event["eid"]] = []
        for actors, targets in _pairs(event):
            report = vocab.report(key, event["type"], place, "|".join(actors), "|".join(targets))
            if report.value in iris[event["eid"]]:
                continue
            iris[event["eid"]].append(report.value)
            _report(quads, graph, report, event, actors, targets, world)
    for event in gold["events"]:
        for cause in event.get("retaliation_for") or ():
            for effect, answered in _answers(event, gold, iris, cause):
                say(NamedNode(effect), "reportedRetaliation", NamedNode(answered))
    _claims(quads, graph, gold, iris)
    return quads, iris


def _answers(event: Gold, gold: Gold, iris: dict[str, list[str]], cause: str) -> Iterator[Key]:
    """Pair the reports of effect and cause that stand between the same two parties."""
    effects, causes = iris[event["eid"]], iris.get(cause, [])
    if len(effects) == 1 or len(causes) == 1:
        yield from product(effects, causes)
        return
    other = next(e for e in gold["events"] if e["eid"] == cause)
    for (ea, et), effect in zip(_pairs(event), effects, strict=False):
        for (ca, ct), answered in zip(_pairs(other), causes, strict=False):
            if set(ea) == set(ct) or (set(et) == set(ca) and not ct):
                yield effect, answered


def _report(
    quads: list[Quad],
    graph: NamedNode,
    report: NamedNode,
    event: Gold,
    actors: list[str],
    targets: list[str],
    world: bool,
) -> None:
    def say(subject: NamedNode, name: str, value: NamedNode | Literal) -> None:
        quads.append(Quad(subject, dip(name), value, graph))

    quads.append(Quad(report, term("rdf:type"), dip("EventReport"), graph))
    say(report, "inArticle", graph)
    say(report, "eventType", dip(event["type"]))
    for code in actors:
        say(report, "actor", vocab.actor(code))
    for code in targets:
        say(report, "target", vocab.actor(code))
    for name, codes in (("actorCodes", actors), ("targetCodes", targets)):
        if codes:
            say(report, name, Literal("|".join(sorted(codes))))
    say(report, "modality", Literal(event.get("modality") or "actual"))
    for field, name in (("count", "count"), ("count_min", "countMin"), ("count_max", "countMax")):
        if event.get(field) is not None:
            say(report, name, _number(event[field]))
    for field in ("date", "deadline"):
        value = event.get(field)
        if value and (world or event.get(f"{field}_basis") != "world"):
            first, last = _days(value)
            kind = {10: "date", 7: "gYearMonth", 4: "gYear"}[len(value)]
            say(report, field, Literal(value, datatype=term(f"xsd:{kind}")))
            say(report, f"{field}FromDay", _number(first))
            say(report, f"{field}ToDay", _number(last))
    if event.get("place"):
        say(report, "place", Literal(event["place"]))
    if event.get("agent_person"):
        person = vocab.person(event["agent_person"], (event["actor"] or [""])[0])
        say(report, "agentPerson", person)
        quads.append(Quad(person, term("foaf:name"), Literal(event["agent_person"]), graph))
        if event["actor"]:
            say(person, "attributedTo", vocab.actor(event["actor"][0]))
    if event.get("salience") == "background":
        say(report, "background", Literal(True))
    evidence = vocab.part("evidence", report.value)
    say(report, "evidence", evidence)
    quads.append(Quad(evidence, term("oa:exact"), Literal(event["evidence"]), graph))
    for name, place in (("oa:start", 0), ("oa:end", len(event["evidence"]))):
        quads.append(Quad(evidence, term(name), _number(place), graph))


def _claims(quads: list[Quad], graph: NamedNode, gold: Gold, iris: dict[str, list[str]]) -> None:
    for place, claim in enumerate(gold.get("claims") or ()):
        for report in iris.get(claim.get("about_eid") or "", ()):
            node = vocab.part("claim", gold["id"], str(place), report)
            quads += [
                Quad(node, term("rdf:type"), dip("Claim"), graph),
                Quad(node, dip("about"), NamedNode(report), graph),
                Quad(node, dip("stance"), Literal(claim["stance"]), graph),
                Quad(node, dip("claimant"), vocab.person(claim["speaker"], ""), graph),
            ]


def _pairs(event: Gold) -> list[tuple[list[str], list[str]]]:
    """Return the parties of each report: one a pair for directed acts, all together otherwise."""
    actors, targets = list(event.get("actor") or ()), list(event.get("target") or ())
    if event["type"] in types.load().reciprocal | _RECIPROCAL:
        return [(sorted({*actors, *targets}), [])]
    pairs = [
        ([a] if a else [], [t] if t else [])
        for a in actors or [""]
        for t in targets or [""]
        if a != t
    ]
    return pairs or [(actors, targets)]


# As the scorer has them, for gold fed before the frames say so.
_RECIPROCAL = {"Meeting", "Visit", "Negotiation", "Agreement", "Mediation", "RestoreRelations"}


def _days(value: str) -> tuple[int, int]:
    parts = [int(p) for p in re.findall(r"\d+", value)]
    if len(parts) == 3:
        first = last = date(*parts)
    elif len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        last = date(parts[0], parts[1], calendar.monthrange(*parts)[1])
    else:
        first, last = date(parts[0], 1, 1), date(parts[0], 12, 31)
    return (first - _EPOCH) // timedelta(1), (last - _EPOCH) // timedelta(1)


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=_INT)
