"""Gold files -> records: what a person found in each article, and what holds across articles."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg import ontology
from kg.errors import UsageError
from kg.vocab import dip, local_name

Key = tuple[str, str]  # article's stem, event's id
Pair = tuple[Key, Key]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One event of the gold, with the fields that are scored."""

    eid: str
    type: str
    type_alt: tuple[str, ...]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    evidence: str
    modality: str = ""
    modality_alt: tuple[str, ...] = ()
    count: int | None = None
    date: str = ""
    date_basis: str = "text"
    deadline: str = ""
    deadline_basis: str = "text"
    core: bool = False
    spare: bool = False  # an aggregate, or either way is right

    @property
    def names(self) -> frozenset[str]:
        """Types that count as right."""
        return frozenset((self.type, *self.type_alt))


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim of the gold."""

    speaker: str
    about: str
    stance: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article's gold."""

    stem: str
    relevant: bool
    events: tuple[GoldEvent, ...]
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class GoldLinks:
    """What holds across articles: clusters of events, and pairs of them."""

    same_event: tuple[tuple[Key, ...], ...] = ()
    pairs: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)


def stem(name: str) -> str:
    """Return what gold and answers call an article by: the file's name without its suffix."""
    return re.sub(r"\.(txt|md|html)$", "", name.rstrip("/").rsplit("/", 1)[-1])


def load(folder: Path) -> tuple[list[GoldArticle], GoldLinks | None]:
    """Read a gold folder: one JSON file an article, and `_links.json` where there is one.

    Raises UsageError, naming the file, where the folder holds no gold or a file is ill-formed.
    """
    paths = sorted(path for path in folder.glob("*.json") if not path.name.startswith("_"))
    if not paths:
        message = f"gold {folder}: no JSON files there: give a folder with one file an article"
        raise UsageError(message)
    found: dict[str, GoldArticle] = {}
    for path in paths:
        article = _article(_json(path), path)
        found[article.stem] = article
    links = folder / "_links.json"
    return list(found.values()), _links(_json(links)) if links.is_file() else None


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        message = f"gold {path}: {fault}: mend the file"
        raise UsageError(message) from fault
    if not isinstance(value, dict):
        message = f"gold {path}: not a JSON object: mend the file"
        raise UsageError(message)
    return value


def _article(record: dict[str, Any], path: Path) -> GoldArticle:
    try:
        return GoldArticle(
            stem=stem(record["id"]),
            relevant=record.get("relevant", True),
            events=tuple(_event(event) for event in record["events"]),
            claims=tuple(
                GoldClaim(c.get("speaker") or "", c.get("about_eid") or "", c["stance"], c["quote"])
                for c in record.get("claims", ())
            ),
        )
    except KeyError as fault:
        message = f"gold {path}: no field {fault}: add it"
        raise UsageError(message) from fault


def _event(record: dict[str, Any]) -> GoldEvent:
    return GoldEvent(
        eid=record["eid"],
        type=record["type"],
        type_alt=tuple(record.get("type_alt") or ()),
        actors=tuple(record.get("actor") or ()),
        targets=tuple(record.get("target") or ()),
        evidence=record["evidence"],
        modality=record.get("modality") or "",
        modality_alt=tuple(record.get("modality_alt") or ()),
        count=record.get("count"),
        date=record.get("date") or "",
        date_basis=record.get("date_basis", "text") or "",
        deadline=record.get("deadline") or "",
        deadline_basis=record.get("deadline_basis", "text") or "",
        core=record.get("salience") == "core",
        spare=bool(record.get("aggregate") or record.get("optional")),
    )


def _links(record: dict[str, Any]) -> GoldLinks:
    def key(value: list[str]) -> Key:
        return stem(value[0]), value[1]

    return GoldLinks(
        same_event=tuple(tuple(key(k) for k in cluster) for cluster in record["same_event"]),
        pairs={
            name: tuple((key(a), key(b)) for a, b in listed)
            for name, listed in record.items()
            if name != "same_event" and isinstance(listed, list)
        },
    )


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the ontology says about counting (ontology/scoring.ttl)."""

    family: Mapping[str, int]
    unscored: frozenset[str]
    mutual: frozenset[str]
    spoken: frozenset[str]
    old_codes: Mapping[str, str]

    def kin(self, one: str, other: str) -> bool:
        """Say whether two types pass for one another."""
        return self.family.get(one, one) == self.family.get(other, other)


@cache
def conventions() -> Conventions:
    """Return the conventions of scoring, read from the ontology."""
    groups: dict[object, set[str]] = {}
    for triple in ontology.triples():
        if triple.predicate == dip("scoresAs"):
            value = getattr(triple.object, "value", "")
            groups.setdefault(triple.subject, set()).add(value)
    named = {
        local_name(getattr(subject, "value", "")): frozenset(values)
        for subject, values in groups.items()
    }
    special = {"UnscoredTypes", "MutualTypes", "SpokenTypes", "OldCodes"}
    families = sorted(sorted(values) for name, values in named.items() if name not in special)
    return Conventions(
        family={name: number for number, names in enumerate(families) for name in names},
        unscored=named["UnscoredTypes"],
        mutual=named["MutualTypes"],
        spoken=named["SpokenTypes"],
        old_codes=dict(pair.split("=") for pair in sorted(named["OldCodes"])),
    )
