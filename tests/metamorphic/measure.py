"""Runs cases through one extractor and says in which features what is told held still.

A case *holds* where the second article tells what the first tells, with states, numbers and dates
changed accordingly and nothing else. Where both tell nothing that holds too, so a second rate is
kept: a case is *told* where both articles tell what the template marks: type, roles and modality,
and, where the number or the dates are what changes, these too.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Article, Event, Extraction
from kg.nlp.extract import Extractor
from tests.metamorphic.cases import FEATURES, Case, Text
from tests.metamorphic.templates import Template


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """What one event says, without its place in the text."""

    type: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    modality: str
    count: tuple[int, int, int]
    date: str
    deadline: str
    place: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went."""

    case: Case
    before: tuple[Told, ...]
    after: tuple[Told, ...]
    holds: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """How many cases of a kind held, and how many told what they should."""

    cases: int
    holds: int
    told: int

    @property
    def invariance(self) -> float:
        return self.holds / self.cases if self.cases else 1.0

    @property
    def accuracy(self) -> float:
        return self.told / self.cases if self.cases else 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """What the second article says differently: codes, numbers, days."""

    codes: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[int, int] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case) -> "Change":
        old, new = case.base.fill, case.variant.fill
        more = _more(case.template)
        return cls(
            {old.a.code: new.a.code, old.b.code: new.b.code},
            {old.count + more: new.count + more},
            {old.deadline: new.deadline, old.date: new.date},
            {old.a.name: new.a.name, old.b.name: new.b.name},
        )

    def apply(self, told: Told) -> Told:
        def codes(values: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(sorted(self.codes.get(v, v) for v in values))

        low, value, high = (self.counts.get(n, n) for n in told.count)
        return Told(
            told.type,
            codes(told.actors),
            codes(told.targets),
            told.modality,
            (low, value, high),
            self.days.get(told.date, told.date),
            self.days.get(told.deadline, told.deadline),
            _bare(self.names.get(told.place, self.names.get(f"the {told.place}", told.place))),
            self.codes.get(told.speaker, told.speaker),
        )


def _more(template: Template) -> int:
    """Return how many more than the written number are meant: "the ambassador and {n} others"."""
    told = template.allowed("count", "+0")
    return int(told[0]) if told is not None else 0


def article(text: Text) -> Article:
    """Return the text as an article with a publication date."""
    sha = hashlib.sha256(text.text.encode()).hexdigest()
    return Article(
        key=sha[:16],
        source=f"{sha[:16]}.txt",
        text=text.text,
        sha256=sha,
        published=text.published,
        published_basis="metadata",
    )


def telling(extraction: Extraction) -> tuple[Told, ...]:
    """Return what the extraction tells, sorted."""
    return tuple(sorted(_told(e) for e in extraction.events))


def _told(event: Event) -> Told:
    count = event.count
    bounds = (count.minimum or 0, count.value or 0, count.maximum or 0) if count else (0, 0, 0)
    return Told(
        event.type,
        tuple(sorted({a.party.code for a in event.actors})),
        tuple(sorted({a.party.code for a in event.targets})),
        event.modality,
        bounds,
        event.date.value if event.date else "",
        event.deadline.value if event.deadline else "",
        _bare(event.place),
        event.speaker.affiliation if event.speaker else "",
    )


def _bare(place: str) -> str:
    return place.removeprefix("the ")


def tells(told: Iterable[Told], case: Case, text: Text) -> bool:
    """Say whether one of these is the event that the case's template marks."""
    template = case.template
    fill = text.fill
    codes = {"A": fill.a.code, "B": fill.b.code}

    def parties(key: str, default: str, found: tuple[str, ...]) -> bool:
        allowed = template.allowed(key, default)
        if allowed is None:
            return True
        sets = ({codes[p] for p in way.split("|") if p} for way in allowed)
        return set(found) in sets

    def has(slot: str, key: str, feature: str) -> bool:
        due = case.feature == feature and template.has(slot)
        return due and template.allowed(key, "") is not None

    return any(
        t.type == template.type
        and parties("actor", "A", t.actors)
        and parties("target", "B", t.targets)
        and t.modality in (template.allowed("modality", "actual") or ())
        and (not has("n", "count", "number") or t.count[1] == fill.count + _more(template))
        and (not has("on", "date", "date") or t.date == fill.date)
        and (not has("by", "deadline", "date") or t.deadline == fill.deadline)
        for t in told
    )


def run(cases: Sequence[Case], extractor: Extractor) -> tuple[Outcome, ...]:
    """Extract both articles of each case, each distinct article once, and compare."""
    articles = {a.key: a for c in cases for a in (article(c.base), article(c.variant))}
    found = {x.article.key: telling(x) for x in extractor.extract(articles.values())}
    outcomes = []
    for case in cases:
        before, after = (found[article(t).key] for t in (case.base, case.variant))
        change = Change.of(case)
        if case.feature == "surroundings":  # they may tell who says so
            before, after = (tuple(replace(t, speaker="") for t in b) for b in (before, after))
        outcomes.append(
            Outcome(
                case,
                before,
                after,
                holds=tuple(sorted(change.apply(t) for t in before)) == after,
                told=tells(before, case, case.base) and tells(after, case, case.variant),
            )
        )
    return tuple(outcomes)


def by_feature(outcomes: Iterable[Outcome]) -> dict[str, Rate]:
    """Return the rates by feature, in the features' order."""
    grouped: dict[str, list[Outcome]] = {f: [] for f in FEATURES}
    for outcome in outcomes:
        grouped[outcome.case.feature].append(outcome)
    return {f: _rate(group) for f, group in grouped.items()}


def by_type(outcomes: Iterable[Outcome]) -> dict[str, Rate]:
    """Return the rates by event type, sorted by name."""
    grouped: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        grouped[outcome.case.template.type].append(outcome)
    return {t: _rate(group) for t, group in sorted(grouped.items())}


def _rate(group: Sequence[Outcome]) -> Rate:
    return Rate(len(group), sum(o.holds for o in group), sum(o.told for o in group))


def table(rates: Mapping[str, Rate]) -> str:
    """Return the rates as lines of a Markdown table."""
    rows = [
        f"| {name} | {r.cases} | {r.invariance:.3f} | {r.accuracy:.3f} |"
        for name, r in rates.items()
    ]
    return "\n".join(("| feature | cases | holds | told |", "| --- | --- | --- | --- |", *rows))


def failing(outcomes: Iterable[Outcome], least: int = 2) -> list[tuple[str, int, int, Outcome]]:
    """Return the templates that fail most: sentence, failures, cases, one outcome to look at."""
    outcomes = tuple(outcomes)
    total = Counter(o.case.template.text for o in outcomes)
    bad: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if not (outcome.holds and outcome.told):
            bad[outcome.case.template.text].append(outcome)
    rows = [(t, len(b), total[t], b[0]) for t, b in bad.items() if len(b) >= least]
    return sorted(rows, key=lambda row: (-row[1] / row[2], -row[2], row[0]))
