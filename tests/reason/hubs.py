"""Short ways to write linked events for the tests of rules and proofs."""

from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import vocab
from kg.vocab import LINKS, dip, term

_INTEGER = term("xsd:integer")


def day(iso: str) -> int:
    """Return the day number of an ISO date."""
    return (date.fromisoformat(iso) - date(1970, 1, 1)).days


def hub(name: str, type_: str, actor: str, target: str, **values: Any) -> list[Quad]:
    """Return an event by an actor against a target; `date`, `deadline`, `count`, `factuality`,
    `reported` (first day of publication) as given."""
    node = NamedNode(vocab.DATA + f"event/{name}")
    factuality = values.get("factuality", "actual")
    triples = [
        Triple(node, dip("eventType"), dip(type_)),
        Triple(node, dip("actor"), vocab.actor(actor)),
        Triple(node, dip("target"), vocab.actor(target)),
        Triple(node, dip("factuality"), Literal(factuality)),
    ]
    classes = ["Event", type_, *(["OccurredEvent"] if factuality == "actual" else [])]
    triples += [Triple(node, term("rdf:type"), dip(name)) for name in classes]
    numbers = {"count": values.get("count")}
    for field in ("date", "deadline"):
        if field in values:
            first, _, last = values[field].partition("/")
            numbers[f"{field}FromDay"] = day(first)
            numbers[f"{field}ToDay"] = day(last or first)
    if "reported" in values:
        numbers["firstReportedDay"] = day(values["reported"])
    for key, number in numbers.items():
        if number is not None:
            triples.append(Triple(node, dip(key), Literal(str(number), datatype=_INTEGER)))
    return [Quad(t.subject, t.predicate, t.object, LINKS) for t in triples]


def told(effect: str, cause: str) -> list[Quad]:
    """Say that a report of `effect` calls it an answer to `cause`."""
    reports = [NamedNode(vocab.DATA + f"report/{name}") for name in (effect, cause)]
    events = [NamedNode(vocab.DATA + f"event/{name}") for name in (effect, cause)]
    article = vocab.article("told")
    return [
        Quad(reports[0], dip("reportedRetaliation"), reports[1], article),
        *(Quad(r, dip("reports"), e, LINKS) for r, e in zip(reports, events, strict=True)),
    ]
