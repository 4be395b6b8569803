"""What a page shows, as frozen records: strings and numbers, no RDF terms."""

from dataclasses import dataclass

# From the surest basis of an answer in kind to a guess.
BASES = ("stated", "reported", "inferred", "probable")
# Broad classes of core.ttl by which pictures are coloured; the first that fits counts.
KINDS = ("CooperativeEvent", "HostileEvent", "SpeechActEvent", "Measure")


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """A state or organisation: its code, its label and its IRI."""

    code: str
    label: str
    iri: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article without its text."""

    iri: str
    key: str
    source: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    sha256: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the title, or the source where there is none."""
        return self.title or self.source


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words of an article, with their place in its stored text (code points)."""

    article: Article
    words: str
    start: int
    end: int

    def stands_in(self, other: "Quote") -> bool:
        """Say whether these words lie within the other's, in the same article."""
        inside = other.start <= self.start and self.end <= other.end
        return inside and self.article.iri == other.article.iri


@dataclass(frozen=True, slots=True)
class Number:
    """A count with its bounds; None is not known."""

    exact: int | None = None
    low: int | None = None
    high: int | None = None
    approximate: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as its text, and the days that it spans; empty strings are not known."""

    value: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of one event."""

    iri: str
    hub: str  # IRI of its event; empty where it is not linked yet
    type: str  # local name
    modality: str
    quote: Quote
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    number: Number = Number()
    date: When = When()
    deadline: When = When()
    place: str = ""
    condition: str = ""
    reason: str = ""
    speaker: str = ""
    plover: str = ""
    cameo: str = ""
    background: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's saying something about an event."""

    iri: str
    about: str  # IRI of the report
    speaker: str
    office: str
    side: str  # code of the party spoken for
    stance: str
    modality: str
    condition: str
    claimed_type: str  # local name, or empty
    quote: Quote


@dataclass(frozen=True, slots=True)
class Proposition:
    """What some claims assert and others deny: that the event is of a type, or that it occurred."""

    iri: str
    fact: str  # local name of a type, or `occurred`
    asserted: tuple[Claim, ...]
    denied: tuple[Claim, ...]

    @property
    def disputed(self) -> bool:
        """Say whether there are claims on both sides."""
        return bool(self.asserted and self.denied)


@dataclass(frozen=True, slots=True)
class Link:
    """An edge between two events: the other one, and on whose word (one of BASES)."""

    other: str  # IRI of the event
    basis: str


@dataclass(frozen=True, slots=True)
class Told:
    """A value that reports give for a field of the event, with the reports that bear it out."""

    field: str
    value: str
    chosen: bool
    reports: tuple[str, ...]

    def holds(self, other: "Told") -> bool:
        """Say whether this is the year or month of the other's date."""
        return self.field in ("date", "deadline") and other.value.startswith(f"{self.value}-")


@dataclass(frozen=True, slots=True)
class Brief:
    """An event in one line: what lists, timelines and chains need."""

    iri: str
    type: str  # local name
    factuality: str
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    date: When
    deadline: When
    number: Number
    first_reported: str  # ISO date, or empty
    sources: int  # independent ones
    articles: int
    disputed: bool
    kind: str  # local name of the broad class that it falls under, or empty
    answers: tuple[Link, ...]  # what it answers in kind

    @property
    def parties(self) -> tuple[Party, ...]:
        """Return all parties, actors first, each once."""
        return tuple(dict.fromkeys((*self.actors, *self.targets)))

    @property
    def day(self) -> str:
        """Return the ISO date by which the event is placed in time; empty where none is known."""
        return self.date.first or self.first_reported

    @property
    def order(self) -> tuple[str, str, str]:
        """Return the key that puts events in order of time; the undated come last."""
        return (self.day or "9999", self.date.last, self.iri)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, with all that articles tell of it."""

    brief: Brief
    place: str
    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    propositions: tuple[Proposition, ...]
    values: tuple[Told, ...]
    answered_by: tuple[Link, ...]
    classes: tuple[str, ...]  # local names of all its classes, inferred ones included

    def within(self, report: Report) -> tuple[Claim, ...]:
        """Return the claims whose words stand in this report's quote."""
        return tuple(claim for claim in self.claims if claim.quote.stands_in(report.quote))

    @property
    def besides(self) -> tuple[Claim, ...]:
        """Return the claims whose words stand in no report's quote."""
        quotes = [report.quote for report in self.reports]
        return tuple(c for c in self.claims if not any(map(c.quote.stands_in, quotes)))

    @property
    def conflicts(self) -> tuple[tuple[str, tuple[Told, ...]], ...]:
        """Return the fields for which articles tell what does not agree: ((field, values), …).

        A vaguer value that holds the chosen one (the month of the day), or whose reports bear it
        out, agrees and is left out.
        """
        found = []
        for name in sorted({told.field for told in self.values}):
            values = [told for told in self.values if told.field == name]
            chosen = [told for told in values if told.chosen]
            reports = {report for told in chosen for report in told.reports}
            other = [
                told
                for told in values
                if not told.chosen
                and not reports.issuperset(told.reports)
                and not any(told.holds(one) for one in chosen)
            ]
            if other:
                found.append((name, (*chosen, *other)))
        return tuple(found)
