"""The records that pass between the stages: frozen, slotted, without behaviour worth a test.

Words kept apart: a *mention* is text, an *entity* a thing; a *report* is one article's telling of
one event, an *event* (the hub) is what happened; a *claim* is somebody's saying so. All spans are
half-open ranges of Unicode code points into the article's stored text unless said otherwise.
"""

from dataclasses import dataclass, field
from typing import Literal

Basis = Literal["metadata", "text", ""]
Modality = Literal[
    "actual", "planned", "threatened", "conditional", "possible", "demanded", "denied"
]
Stance = Literal["asserts", "denies", "characterises", "warns", "demands"]
Method = Literal["dependency", "window", "coreference", "context", "default"]
BlockKind = Literal["headline", "subheading", "paragraph", "item"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came in: its key, its stored text and what is known about it."""

    key: str  # URL, else the record's id, else the path relative to the folder given
    source: str  # the file's name as given, the record's id, `file.jsonl#N`, or `-`
    text: str  # the stored text; every offset points into it
    sha256: str  # of the stored text in UTF-8, hexadecimal
    title: str = ""
    published: str = ""  # ISO date, or empty where neither metadata nor text tells it
    published_basis: Basis = ""
    outlet: str = ""
    url: str = ""
    language: str = "en"
    # Where the stored text is metadata (front matter, a leading block of `Key: value` lines):
    metadata_end: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of clean text that is parsed on its own: offsets into `CleanText.text`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CleanText:
    """The article's prose, normalised and free of boilerplate, with the way back.

    `offsets[i]` is the place in the stored text of the i-th character of `text`;
    `offsets[len(text)]` is the place behind the last one. Blocks don't overlap, are in order,
    and are set apart by two newlines.
    """

    text: str
    offsets: tuple[int, ...]
    blocks: tuple[Block, ...]
    dateline_place: str = ""  # "MOSCOW, Dec 1 (Agency) -" is not part of any block
    dateline_date: str = ""  # as written there, e.g. "Dec 1"

    def span(self, start: int, end: int) -> Span:
        """Return the stored text's span of the clean text's `start:end`."""
        if end <= start:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Party:
    """A state or organisation, as the gazetteer or (for unknown bodies) the text names it."""

    code: str  # ISO 3166-1 alpha-2, or the organisation's short name
    iri: str  # the gazetteer's IRI; minted from the code where the gazetteer has none
    label: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one article names them."""

    name: str  # the longest form the article uses; empty for a bare office
    office: str = ""  # "foreign ministry spokeswoman", as written, without the affiliation
    affiliation: str = ""  # code of the state or organisation spoken for
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """A party in a role, and how it was found there."""

    role: Literal["actor", "target"]
    party: Party
    method: Method
    span: Span | None = None  # None where it was inferred from context, not from a mention
    person: Person | None = None  # who acted for the party


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds: exact, approximate, a range, or one that points back."""

    value: int | None  # None where only bounds are known
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""  # head noun, singular lemma phrase: "diplomat", "embassy employee"
    approximate: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A date as precise as the text and no more."""

    value: str  # "2021-12-01", "2021-12", "2021" or "--01-31"
    first: str = ""  # xsd:date of the earliest day meant; empty where the year is unknown
    last: str = ""
    modifier: str = ""  # by, before, until, after, since, about, early, mid, late, or empty
    anchor: str = ""  # the ISO date from which it was counted; empty for absolute dates
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One article's telling of one event: a report, in the graph's words."""

    type: str  # local name of the ontology's class
    trigger: Span
    quote: Span  # clause or sentence with the trigger and the told roles
    actors: tuple[Argument, ...] = ()
    targets: tuple[Argument, ...] = ()
    modality: Modality = "actual"
    count: Quantity | None = None
    date: Time | None = None
    deadline: Time | None = None
    place: str = ""
    condition: str = ""
    reason: str = ""
    speaker: Person | None = None  # who reports or announces the act
    agent: Person | None = None  # who acts for the actor, where the text names them
    background: bool = False  # history told as context, not the news
    headline: bool = False  # found in the headline alone
    mentions: tuple[Span, ...] = ()  # other triggers in the article for the same act
    words: tuple[
        str, ...
    ] = ()  # lemmas that tell it: the trigger's (a noun's with /n), then its phrases'


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's saying something about a reported event (or calling it something)."""

    speaker: Person
    about: int  # index into Extraction.events
    stance: Stance
    quote: Span
    modality: Modality = "actual"
    condition: str = ""
    claimed_type: str = ""  # local name of the type asserted or denied ("is not an expulsion")


@dataclass(frozen=True, slots=True)
class Cause:
    """A link that the article's words make between two of its events."""

    kind: Literal["retaliation", "reaction", "promise"]
    # retaliation: effect answers cause in kind; reaction: a speech act answers an act;
    # promise: the threat or pledge (effect) speaks of the act (cause).
    effect: int  # index into Extraction.events
    cause: int
    basis: Literal["stated", "reported"]
    cue: Span


@dataclass(frozen=True, slots=True)
class Observation:
    """A level, not an act: "shrunk to 120 staff from about 1,200 in early 2017"."""

    subject: Party
    measure: str  # "staff", "diplomats"
    quantity: Quantity
    date: Time | None
    quote: Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article tells."""

    article: Article
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    causes: tuple[Cause, ...] = ()
    observations: tuple[Observation, ...] = ()
    persons: tuple[Person, ...] = ()
    model: str = ""  # name and version of the language model
    ontology: str = ""  # sha256 of the ontology files the lexicon came from
    warnings: tuple[str, ...] = field(
        default=()
    )  # "no publication date: relative dates unresolved"
