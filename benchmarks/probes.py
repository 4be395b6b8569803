"""How the extractor reads probes: texts with their gold, written before it saw them.

usage: python -m benchmarks.probes FILE… [--detail]

`benchmarks.probe_files` tells the form of the files. Those that name sentences of the Groningen
Meaning Bank need the environment variable ``KGBUILD_CORPORA``: the folder with `ner/gmb_voa_ner.zip`.
"""

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.probe_files import Act, Cause, Probe, Reading, Said, probes
from kg.lexicon import load
from kg.model import Article, Event, Extraction
from kg.nlp.extract import Extractor


@dataclass(slots=True)
class Score:
    """Counts over probes: events expected, told, found by type, with right sides, and full."""

    expected: int = 0
    told: int = 0
    found: int = 0
    roles: int = 0
    full: int = 0
    false_alarms: int = 0
    empty: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def f1(self, right: int) -> float:
        """F1 of `right` events, between 0 and 1."""
        return 2 * right / (self.expected + self.told) if self.expected + self.told else 1.0

    def add(self, other: "Score") -> None:
        """Count what another counted, too."""
        for name in ("expected", "told", "found", "roles", "full", "false_alarms", "empty"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.asked.update(other.asked)
        self.right.update(other.right)

    def __str__(self) -> str:
        parts = [
            f"found P {self.found / max(self.told, 1):.3f} R {self.found / max(self.expected, 1):.3f}",
            f"F1 {self.f1(self.found):.3f}",
            f" roles F1 {self.f1(self.roles):.3f}  full F1 {self.f1(self.full):.3f}",
            f"({self.expected} events)  {self.false_alarms} of {self.empty} empty texts told one",
            *(f" {name} {self.right[name]}/{asked}" for name, asked in sorted(self.asked.items())),
        ]
        return " ".join(parts)


def _told(event: Event) -> Act:
    count = event.count.value if event.count and not event.count.approximate else None
    values = {
        "count": "" if count is None else str(count),
        "date": event.date.value if event.date else "",
        "deadline": event.deadline.value if event.deadline else "",
    }
    return Act(
        event.type,
        frozenset(actor.party.code for actor in event.actors),
        frozenset(target.party.code for target in event.targets),
        event.modality,
        tuple((name, value) for name, value in values.items() if value),
    )


def told(extraction: Extraction) -> Reading:
    """What the extractor tells of a text, as probes tell it; what it tells as denied stays."""
    acts = tuple(_told(event) for event in extraction.events)
    claims = tuple(
        Said(
            f"{claim.speaker.name} {claim.speaker.office} {claim.speaker.affiliation}".lower(),
            claim.stance,
            acts[claim.about].type,
        )
        for claim in extraction.claims
    )
    causes = tuple(
        (
            acts[one.effect].type,
            acts[one.effect].actors,
            acts[one.cause].type,
            acts[one.cause].actors,
        )
        for one in extraction.causes
    )
    return Reading(acts, claims, causes)


def read(extractor: Extractor, found: Iterable[Probe]) -> Iterator[tuple[Probe, Reading]]:
    """Each probe with what the extractor tells of it."""
    wanted = list(found)
    articles = [
        Article(
            probe.place,
            probe.place,
            probe.text,
            hashlib.sha256(probe.text.encode()).hexdigest(),
            published=probe.published,
            published_basis="metadata",
        )
        for probe in wanted
    ]
    for probe, extraction in zip(wanted, extractor.extract(articles), strict=True):
        yield probe, told(extraction)


def pairs(gold: Iterable[Act], acts: Iterable[Act]) -> list[tuple[Act, Act]]:
    """Expected and told acts of one type, paired: those with most in common first."""
    wanted, left, paired = list(gold), list(acts), list[tuple[Act, Act]]()
    for least in (3, 2, 1, 0):
        for act in list(wanted):
            for other in left:
                common = (act.sides() == other.sides()) * 2 + (act.modality == other.modality)
                if act.type == other.type and common >= least:
                    paired.append((act, other))
                    left.remove(other)
                    wanted.remove(act)
                    break
    return paired


def score(readings: Iterable[tuple[Probe, Reading]], *, show: bool = False) -> Score:
    """Counts over all readings; with `show` every difference is printed."""
    total = Score()
    for probe, reading in readings:
        differences = [
            *_count_acts(total, probe.gold.acts, reading.acts),
            *_count_links(total, probe.gold, reading),
        ]
        if show and differences:
            print(f"{probe.place} {probe.text}", *differences, sep="\n")
    return total


def _count_acts(total: Score, told_of: Sequence[Act], told: Sequence[Act]) -> Iterator[str]:
    gold, acts = ([one for act in some for one in act.each()] for some in (told_of, told))
    paired = pairs(gold, acts)
    total.expected += len(gold)
    total.told += len(acts)
    total.found += len(paired)
    total.empty += not gold
    total.false_alarms += bool(acts) and not gold
    for act, other in paired:
        sides, modality, values = (
            act.sides() == other.sides(),
            act.modality == other.modality,
            dict(other.fields),
        )
        total.roles += sides
        total.full += sides and modality
        fields = {name: _agrees(values.get(name, ""), value) for name, value in act.fields}
        total.asked.update(fields.keys())
        total.right.update(name for name, right in fields.items() if right)
        if not (sides and modality and all(fields.values())):
            yield f"  wrong    {other}\n  expected {act}"
    yield from (f"  missed   {act}" for act in gold if not any(act is one for one, _ in paired))
    yield from (f"  spurious {act}" for act in acts if not any(act is other for _, other in paired))


def _agrees(told: str, expected: str) -> bool:
    """Whether a field's value is as expected, or more precise; `-` expects none."""
    return not told if expected == "-" else told.startswith(expected)


def _count_links(total: Score, gold: Reading, reading: Reading) -> Iterator[str]:
    for claim in gold.claims:
        total.asked["claims"] += 1
        if any(claim.meets(other) for other in reading.claims):
            total.right["claims"] += 1
        else:
            yield f"  no claim {claim}; told {', '.join(map(str, reading.claims))}"
    for cause in gold.causes:
        total.asked["causes"] += 1
        if any(_agree(cause, other) for other in reading.causes):
            total.right["causes"] += 1
        else:
            yield f"  no cause {cause[0]} < {cause[2]}"
    if gold.causes or gold.acts:
        total.asked["invented causes"] += len(reading.causes)
        total.right["invented causes"] += sum(
            not any(_agree(cause, other) for other in gold.causes) for cause in reading.causes
        )


def _agree(one: Cause, other: Cause) -> bool:
    """Tell whether types agree and actors meet: acts of several may be told in one or apart."""
    types = (one[0], one[2]) == (other[0], other[2])
    return types and all(not a ^ b or a & b for a, b in ((one[1], other[1]), (one[3], other[3])))


def main() -> None:
    """Print the score of each file and of all; with `--detail`, what was read otherwise, too."""
    parser = argparse.ArgumentParser(description="Score the extractor on probes.")
    parser.add_argument("files", nargs="+", type=Path, help="probe files")
    parser.add_argument("--detail", action="store_true", help="print what differs")
    chosen = parser.parse_args()
    extractor = Extractor(None, load())
    total = Score()
    for path in chosen.files:
        counted = score(read(extractor, probes(path)), show=chosen.detail)
        total.add(counted)
        print(path.stem, counted)
    if len(chosen.files) > 1:
        print("all", total)


if __name__ == "__main__":
    main()
