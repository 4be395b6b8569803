"""The sample articles with the events that an attentive reader found, as extractions and a store.

The gold stands in for the extractor, so that what is published is tested on real articles alone.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from kg import lexicon, link, reason, vocab
from kg.graph import quads, store
from kg.graph.faults import faults
from kg.ingest import read
from kg.model import (
    Argument,
    Article,
    Cause,
    Claim,
    Event,
    Extraction,
    Party,
    Person,
    Quantity,
    Span,
    Time,
)

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "data"
DATA = ROOT / "data"
_MONTH_DAYS = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}


def extractions() -> list[Extraction]:
    """Return all sample articles with their gold events."""
    found = []
    for article in read.articles([DATA]):
        if not isinstance(article, Article):
            continue
        stem = Path(article.source).stem
        file = GOLD / f"{stem}.json"
        if not file.exists():
            named = [one for one in GOLD.glob("*.json") if one.stem.endswith(stem)]
            if not named:
                continue
            file = named[0]
        found.append(_extraction(article, json.loads(file.read_text(encoding="utf-8"))))
    return found


@dataclass
class _Finder:
    text: str

    def span(self, words: str, within: Span | None = None) -> Span | None:
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        low, high = (within.start, within.end) if within else (0, len(self.text))
        match = re.compile(pattern).search(self.text, low, high)
        return Span(match.start(), match.end()) if match else None


def _extraction(article: Article, gold: dict[str, Any]) -> Extraction:
    finder = _Finder(article.text)
    events: list[Event] = []
    index: dict[str, list[int]] = {}
    for entry in gold["events"]:
        for event in _events(entry, finder):
            index.setdefault(entry["eid"], []).append(len(events))
            events.append(event)
    causes = [
        Cause(kind, effect, cause, "reported", events[effect].trigger)  # type: ignore[arg-type]
        for entry in gold["events"]
        for key, kind in (("retaliation_for", "retaliation"), ("reacts_to", "reaction"))
        for other in entry[key]
        for effect in index.get(entry["eid"], ())
        for cause in index.get(other, ())
        if effect != cause
    ]
    claims = list(_claims(gold.get("claims", []), finder, index))
    return Extraction(
        article=article,
        events=tuple(events),
        claims=tuple(claims),
        causes=tuple(causes),
        model="gold",
        ontology=lexicon.load().sha256,
    )


def _party(code: str) -> Party:
    known = lexicon.load().actors.get(code)
    iri = known.iri if known else vocab.actor(code).value
    return Party(code, iri, known.label if known else code)


def _events(entry: dict[str, Any], finder: _Finder) -> Iterator[Event]:
    quote = finder.span(entry["evidence"])
    type_ = lexicon.load().types.get(entry["type"])
    if quote is None or type_ is None:
        return
    pairs: list[tuple[list[str], list[str]]] = [(entry["actor"], entry["target"])]
    if type_.frame != "ReciprocalAct":
        pairs = [
            ([a], [t]) for a in entry["actor"] for t in entry["target"] or [""] if a != t
        ] or pairs
    speaker = Person(entry["agent_person"]) if entry["agent_person"] else None
    first = finder.text[quote.start :].split()[0]
    for actors, targets in pairs:
        yield Event(
            type=entry["type"],
            trigger=Span(quote.start, quote.start + len(first)),
            quote=quote,
            actors=tuple(Argument("actor", _party(c), "dependency") for c in actors if c),
            targets=tuple(Argument("target", _party(c), "dependency") for c in targets if c),
            modality=entry["modality"],
            count=Quantity(entry["count"], unit=(entry["count_unit"] or "").rstrip("s"))
            if isinstance(entry["count"], int)
            else None,
            date=_time(entry["date"]),
            deadline=_time(entry["deadline"]),
            place=entry["place"] or "",
            condition=entry["condition"] or "",
            reason=entry["stated_reason"] or "",
            speaker=speaker,
            background=entry["salience"] == "background",
        )


def _time(value: str | None) -> Time | None:
    if not value or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return None
    if len(value) == 4:
        return Time(value, f"{value}-01-01", f"{value}-12-31")
    if len(value) == 7:
        return Time(value, f"{value}-01", f"{value}-{_MONTH_DAYS.get(value[5:], 31)}")
    return Time(value, value, value)


def _claims(
    entries: list[dict[str, Any]], finder: _Finder, index: dict[str, list[int]]
) -> Iterator[Claim]:
    for entry in entries:
        quote = finder.span(entry["quote"])
        about = index.get(entry["about_eid"] or "", [])
        if quote is None or not about:
            continue
        calls_it = re.search(r"expuls|expel", entry["quote"])
        yield Claim(
            speaker=Person(entry["speaker"] or "", "", _side(entry["speaker_affiliation"] or "")),
            about=about[0],
            stance=entry["stance"],
            quote=quote,
            claimed_type="Expulsion" if calls_it and entry["stance"] != "warns" else "",
        )


def _side(affiliation: str) -> str:
    """Return the code of the first state or organisation that the words name."""
    words = set(re.findall(r"[\w.]+", affiliation))
    for code, actor in lexicon.load().actors.items():
        if words & {form for kind in ("name", "adjective") for form in actor.forms.get(kind, ())}:
            return code
    return ""


def fill(folder: Path, articles: list[Extraction]) -> Path:
    """Put extractions into a store, linked and reasoned over, and publish it."""
    lexical = lexicon.load()
    with store.write(folder) as writer:
        for one in articles:
            assert not faults(one), faults(one)
            iri = vocab.article(one.article.key)
            writer.put_aside(iri, [quads.text(one.article)])
            writer.put(iri, quads.describe(one, lexical))
        writer.put(vocab.ACTORS, list(_actors(articles)))
        texts = writer.aside(None, vocab.dip("text"))
        linked = list(link.quads(link.links(link.read(chain(writer.asserted(), texts)))))
        writer.put(vocab.LINKS, linked)
        inference = reason.infer([*writer.asserted(), *linked])
        graphs: dict[Any, list[Quad]] = {}
        for quad in inference.quads:
            graphs.setdefault(quad.graph_name, []).append(quad)
        writer.replace(graphs)
        writer.put_aside(vocab.PROOFS, inference.proofs)
        writer.flush()
        writer.publish()
    return folder


def _actors(articles: list[Extraction]) -> Iterator[Quad]:
    from pyoxigraph import Literal, NamedNode

    codes = {
        argument.party.code
        for one in articles
        for event in one.events
        for argument in (*event.actors, *event.targets)
    }
    for code in sorted(codes):
        actor = lexicon.load().actors.get(code)
        if actor is None:
            continue
        iri = NamedNode(actor.iri)
        yield Quad(iri, vocab.term("rdf:type"), vocab.dip(actor.kind), vocab.ACTORS)
        yield Quad(iri, vocab.term("rdfs:label"), Literal(actor.label, language="en"), vocab.ACTORS)
        for kind, value in (("code", actor.code), ("iso3", actor.iso3), ("cow", actor.cow)):
            if value:
                told = Literal(value, datatype=vocab.dip(kind))
                yield Quad(iri, vocab.term("skos:notation"), told, vocab.ACTORS)
