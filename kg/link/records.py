"""The linker's records: what it compares, what it decides, what a hub holds."""

from dataclasses import dataclass

from pyoxigraph import Literal

# A field's literals as the article's graph holds them: ((property's local name, literal), …).
Bundle = tuple[tuple[str, Literal], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The article behind a report: what linking needs of it."""

    iri: str
    sha256: str = ""
    published: int | None = None  # day number
    sketch: frozenset[int] = frozenset()  # hashes of word shingles
    sampled: bool = False  # the sketch holds one hash in eight of a long text
    words: frozenset[str] = frozenset()  # stems of all that its reports quote
    acts: frozenset[str] = frozenset()  # who did what kind of thing to whom, of all its reports


@dataclass(frozen=True, slots=True)
class When:
    """Days since 1970-01-01, both ends included; or a month and day whose year is unknown."""

    first: int | None = None
    last: int | None = None
    month: int = 0
    day: int = 0

    @property
    def length(self) -> int:
        """Number of days meant: 1 for a day, about 30 for a month."""
        return 1 if self.first is None or self.last is None else self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about a report: who, on whose side, with which stance, calling it what."""

    iri: str
    stance: str
    claimant: str = ""
    side: str = ""  # IRI of the actor spoken for
    claimed_type: str = ""  # local name


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of one event, as the linker compares it."""

    iri: str
    source: Source
    type: str  # local name
    family: str  # local name of the family, or of the type where it has none
    actors: frozenset[str] = frozenset()  # IRIs
    targets: frozenset[str] = frozenset()
    modality: str = "actual"
    speech: bool = False
    reciprocal: bool = False
    sited: bool = False  # two towns tell two such acts apart
    depth: int = 0  # number of superclasses: the deeper, the more precise
    count: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    approximate: bool = False
    date: When | None = None
    deadline: When | None = None
    place: str = ""
    persons: frozenset[str] = frozenset()  # speaker and agent
    words: frozenset[str] = frozenset()  # stems of the evidence
    corrects: frozenset[int] = frozenset()  # counts that the words call wrong
    correction: bool = False  # the words call themselves a correction
    background: bool = False
    bundles: tuple[tuple[str, Bundle], ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def parties(self) -> frozenset[str]:
        """All parties, in whatever role."""
        return self.actors | self.targets


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing compared: both values, and what it weighs in hundredths."""

    name: str
    left: str
    right: str
    weight: int

    def __str__(self) -> str:
        return f"{self.name}: {self.left} / {self.right} ({self.weight / 100:+.2f})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side. `blocked` names what rules a link out, or is empty."""

    features: tuple[Feature, ...]
    blocked: str = ""

    @property
    def score(self) -> int:
        """Sum of the weights, in hundredths."""
        return sum(feature.weight for feature in self.features)


@dataclass(frozen=True, slots=True)
class Rival:
    """A report or hub that was not chosen, and why."""

    report: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a report stands in its hub, or why it stays apart (a candidate)."""

    report: str
    status: str  # linked, attached or candidate
    compared_with: str  # the report that spoke most strongly for it
    comparison: Comparison
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value on a hub, with the reports that bear it out."""

    field: str
    bundle: Bundle
    support: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Proposition:
    """ "The hub is of a type" (or "occurred"), with the claims that assert and deny it."""

    fact: str  # local name of a type, or `occurred`
    asserted: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hub:
    """What happened, consolidated from its reports."""

    iri: str
    reports: tuple[str, ...]  # sorted
    articles: tuple[str, ...]
    type: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    factuality: str
    values: tuple[Value, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    mended_counts: tuple[int, ...] = ()  # numbers that a report calls wrong
    independent_sources: int = 1
    first_reported: int | None = None  # day number


@dataclass(frozen=True, slots=True)
class Linkage:
    """All hubs, decisions and copies; sorted, a function of the set of reports."""

    hubs: tuple[Hub, ...]
    decisions: tuple[Decision, ...]
    copies: tuple[tuple[str, str], ...] = ()  # articles that are near-duplicates, smaller first
