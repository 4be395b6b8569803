"""Sentence sets with CAMEO gold: roots, triples and dyads of each sentence, as sets."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import ontology, vocab
from kg.errors import UsageError
from kg.evaluate.gold import conventions
from kg.evaluate.links import Prf, prf
from kg.evaluate.match import Row

# What a party counts as that is no state.
_NO_STATE = "IGO"
_STATES = {vocab.dip(name) for name in ("State", "Territory")}


@dataclass(slots=True)
class SentenceScore:
    """Pairs (gold set, answered set) a sentence, and the sentences without events."""

    roots: list[tuple[set[Any], set[Any]]] = field(default_factory=list)
    triples: list[tuple[set[Any], set[Any]]] = field(default_factory=list)
    dyads: list[tuple[set[Any], set[Any]]] = field(default_factory=list)
    empty: int = 0
    false: int = 0
    detail: list[dict[str, Any]] = field(default_factory=list)

    def f1(self, name: str) -> float:
        """Return the F1 of root, triple or dyad."""
        pairs = {"root": self.roots, "triple": self.triples, "dyad": self.dyads}[name]
        return _prf(pairs)[2]

    def text(self) -> str:
        """Return the figures as lines for people."""
        lines = []
        for name, pairs in (("root", self.roots), ("triple", self.triples), ("dyad", self.dyads)):
            precision, recall, f1 = _prf(pairs)
            lines.append(
                f"{name:8s} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  "
                f"over {len(pairs)} sentences\n"
            )
        if self.empty:
            lines.append(
                f"empty    {self.false} of {self.empty} sentences without events got one "
                f"({self.false / self.empty:.3f})\n"
            )
        return "".join(lines)

    def as_json(self) -> str:
        """Return the F1 figures and the rate of false alarms as JSON."""
        record: dict[str, float | None] = {
            name: round(_prf(pairs)[2], 3)
            for name, pairs in (
                ("root", self.roots),
                ("triple", self.triples),
                ("dyad", self.dyads),
            )
        }
        record["false"] = round(self.false / self.empty, 3) if self.empty else None
        return json.dumps(record) + "\n"


def _prf(pairs: Sequence[tuple[set[Any], set[Any]]]) -> Prf:
    hits = sum(len(gold & answered) for gold, answered in pairs)
    predicted = sum(len(answered) for _, answered in pairs)
    return prf(hits, predicted, sum(len(gold) for gold, _ in pairs))


def score_sentences(path: Path, events: Sequence[Row]) -> SentenceScore:
    """Score rows of `events` over a store that ingested the JSON lines of `path`.

    Raises UsageError, naming the line, where the file is no sentence set.
    """
    by_id: defaultdict[str, list[Row]] = defaultdict(list)
    for row in events:
        if row.get("cameo") and row.get("modality") != "denied":
            by_id[row["source"]].append(row)
    score = SentenceScore()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            sentence = json.loads(line)
            gold = [event for event in sentence["events"] if event.get("code")]
        except (ValueError, KeyError, TypeError) as fault:
            message = f"gold {path}:{number}: {fault}: give id, text and events on each line"
            raise UsageError(message) from fault
        _score(score, sentence, gold, by_id.get(sentence["id"], []))
    return score


def _score(
    score: SentenceScore, sentence: Mapping[str, Any], gold: list[Any], rows: Sequence[Row]
) -> None:
    about = {"id": sentence["id"], "text": sentence.get("text", "")}
    if not gold:
        score.empty += 1
        score.false += bool(rows)
        if rows and not sentence["events"]:
            score.detail.append({**about, "spurious": [dict(row) for row in rows]})
        return
    wanted = {event["code"][:2] for event in gold}
    told = {row["cameo"][:2] for row in rows}
    score.roots.append((wanted, told))
    gold_triples = {triple for event in gold for triple in _gold_triples(event)}
    row_triples = {triple for row in rows for triple in _row_triples(row)}
    if gold_triples:
        score.triples.append((gold_triples, row_triples))
        score.dyads.append(
            ({(a, b) for a, _, b in gold_triples}, {(a, b) for a, _, b in row_triples})
        )
    if wanted != told or gold_triples != row_triples:
        score.detail.append(
            {
                **about,
                "gold": sorted(gold_triples) or sorted(wanted),
                "pred": sorted(row_triples) or sorted(told),
            }
        )


def _gold_triples(event: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    source, target = (
        {_gold_code(actor["code"]) for actor in event.get(side) or () if actor.get("code")}
        for side in ("source", "target")
    )
    both = bool(event.get("reciprocal")) or (not target and len(source) > 1)
    return {(a, event["code"][:2], b) for a, b in _cross(source, target, both)}


def _row_triples(row: Row) -> set[tuple[str, str, str]]:
    mutual = row["type"] in conventions().mutual
    source, target = _codes(row.get("actors", "")), _codes(row.get("targets", ""))
    if not target and not mutual:
        return set()
    return {(a, row["cameo"][:2], b) for a, b in _cross(source, target, mutual)}


def _cross(source: set[str], target: set[str], both: bool) -> set[tuple[str, str]]:
    if both or not target:
        everyone = source | target
        return {(a, b) for a in everyone for b in everyone if a != b}
    return {(a, b) for a in source for b in target}


def _gold_code(code: str) -> str:
    return conventions().old_codes.get(code[:3], code[:3])


def _codes(joined: str) -> set[str]:
    return {_iso3().get(code.strip(), _NO_STATE) for code in joined.split("|") if code.strip()}


@cache
def _iso3() -> dict[str, str]:
    """Return the alpha-3 code of each state and territory of the gazetteer, by its code."""
    code, iso3, states = {}, {}, set()
    notation, kind = vocab.term("skos:notation"), vocab.term("rdf:type")
    for triple in ontology.triples():
        subject, value = triple.subject, triple.object
        if triple.predicate == kind and value in _STATES:
            states.add(subject)
        elif triple.predicate == notation and isinstance(value, Literal):
            if value.datatype == vocab.dip("code"):
                code[subject] = value.value
            elif value.datatype == vocab.dip("iso3"):
                iso3[subject] = value.value
    found = sorted(
        (code[s], iso3[s]) for s in states if isinstance(s, NamedNode) and s in code and s in iso3
    )
    return dict(found)
