"""What the ontology tells, compiled: actors, office holders, event types, and the lexicon of all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.lexicon.patterns import Pattern

FORM_KINDS = (
    "name",
    "adjective",
    "people",
    "combining",
    "capital",
    "metonym",
    "ministry",
    "organ",
    "city",
    "epithet",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, territory or organisation with all the forms in which news names it."""

    code: str
    iri: str
    label: str
    kind: str  # State, FormerState, Territory, Organisation, Group
    iso3: str = ""
    cow: str = ""
    cow_abbreviation: str = ""
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    member_of: tuple[str, ...] = ()
    members: tuple[str, ...] = ()  # of a group: the codes it stands for
    first_year: int | None = None
    last_year: int | None = None
    movement: bool = False  # an armed group or another party that is no state's nor of states


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """A person known to have spoken for a state or organisation."""

    names: tuple[str, ...]
    affiliation: str
    office: str = ""
    first_year: int | None = None
    last_year: int | None = None


def _recency(holder: OfficeHolder) -> tuple[int, int, str]:
    """Order terms: still in office before ended ones, then by first year, then by code."""
    return (holder.last_year or 9999, holder.first_year or 0, holder.affiliation)


@dataclass(frozen=True, slots=True)
class EventType:
    """A class of events and the ways in which news tells of it."""

    name: str
    iri: str
    label: str
    definition: str
    frame: str
    patterns: tuple[Pattern, ...]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    confirm: tuple[str, ...]
    reject: tuple[str, ...]
    ancestors: frozenset[str]
    family: str


@dataclass(frozen=True, slots=True)
class WordCode:
    """Codes for acts of a type that certain words tell: "sent aid" is more than "pledged aid"."""

    words: frozenset[str]  # lemmas of the trigger; empty: any
    beside: frozenset[str]  # lemmas of the phrases that belong to it, one of them; empty: any
    codes: tuple[str, str]  # PLOVER, CAMEO

    def fits(self, words: Sequence[str]) -> bool:
        """Tell whether the code is for an act told with these lemmas, the trigger's first."""
        first = {words[0], words[0].removesuffix("/n")}  # a row may ask for the noun alone
        return (not self.words or not self.words.isdisjoint(first)) and (
            not self.beside or not self.beside.isdisjoint(words[1:])
        )


@dataclass(frozen=True)
class Lexicon:
    """The domain as the extractor and the graph see it."""

    types: Mapping[str, EventType]
    classes: Mapping[str, frozenset[str]]  # word class -> lemmas (multiword joined by blanks)
    actors: Mapping[str, Actor]
    groups: tuple[Actor, ...]
    office_holders: tuple[OfficeHolder, ...]
    cues: Mapping[str, tuple[str, ...]]  # kind -> lemmas or phrases
    preferred: Mapping[str, str]  # ambiguous form -> code
    not_actors: tuple[str, ...]
    given_names: frozenset[str]
    codes: Mapping[tuple[str, str], tuple[str, str]]  # (type, modality) -> (PLOVER, CAMEO)
    word_codes: Mapping[tuple[str, str], tuple[WordCode, ...]]  # (type, modality) -> by words
    sha256: str

    @cached_property
    def _holders(self) -> Mapping[str, tuple[OfficeHolder, ...]]:
        """Office holders by each of their names, the latest first."""
        found: dict[str, list[OfficeHolder]] = defaultdict(list)
        for holder in self.office_holders:
            for name in holder.names:
                found[name].append(holder)
        return {n: tuple(sorted(h, key=_recency, reverse=True)) for n, h in found.items()}

    @cached_property
    def cue_words(self) -> Mapping[str, frozenset[str]]:
        """The cues, to ask whether a word is one."""
        return {kind: frozenset(words) for kind, words in self.cues.items()}

    def holder(self, name: str, year: int | None = None) -> OfficeHolder | None:
        """Return who bears the name: in office in `year` if any was, else the latest."""
        holders = self._holders.get(name, ())
        if year is not None:
            for holder in holders:
                if (holder.first_year or 0) <= year <= (holder.last_year or year):
                    return holder
        return holders[0] if holders else None

    def is_body(self, code: str) -> bool:
        """Tell whether the code is an organisation's."""
        actor = self.actors.get(code)
        return actor is not None and actor.kind == "Organisation"

    def is_movement(self, code: str) -> bool:
        """Tell whether the code is an armed group's or of another party that is no state."""
        actor = self.actors.get(code)
        return actor is not None and actor.movement

    @cached_property
    def epithets(self) -> Mapping[str, frozenset[str]]:
        """The codes of the actors that "the North", "the kingdom" can mean, by the bare noun."""
        found: dict[str, set[str]] = defaultdict(set)
        for code, actor in self.actors.items():
            for form in actor.forms.get("epithet", ()):
                found[form].add(code)
        return {form: frozenset(codes) for form, codes in found.items()}

    @cached_property
    def _by_office(self) -> Mapping[tuple[str, str], tuple[OfficeHolder, ...]]:
        """Office holders by family name and the last word of their office: ("Carter", "president")."""
        found: dict[tuple[str, str], list[OfficeHolder]] = defaultdict(list)
        for holder in self.office_holders:
            for last in sorted({name.split()[-1] for name in holder.names}):
                found[(last, holder.office.split()[-1])].append(holder)
        return {key: tuple(holders) for key, holders in found.items()}

    def titled(self, last: str, office: str, year: int | None) -> OfficeHolder | None:
        """Return who of this family name held the office in `year`, if the holders are of one side."""
        word = office.lower().rpartition(" ")[2]
        holders = [
            holder
            for holder in self._by_office.get((last, word), ())
            if year is None or (holder.first_year or 0) <= year <= (holder.last_year or year)
        ]
        return holders[0] if len({h.affiliation for h in holders}) == 1 else None

    def code(self, type_: str, modality: str, words: Sequence[str] = ()) -> tuple[str, str]:
        """Return the PLOVER and CAMEO codes of a type in a modality; empty where none fits.

        `words` are the lemmas that tell the act, the trigger's first; a code for them goes first.
        """
        if words:
            for row in self.word_codes.get((type_, modality), ()):
                if row.fits(words):
                    return row.codes
        for key in ((type_, modality), ("", modality), (type_, "")):
            if key in self.codes:
                return self.codes[key]
        return ("", "")

    @cached_property
    def by_head(self) -> Mapping[str, tuple[tuple[EventType, Pattern, tuple[str, ...]], ...]]:
        """Index the patterns by the first word of each head."""
        index: dict[str, list[tuple[EventType, Pattern, tuple[str, ...]]]] = defaultdict(list)
        for type_ in self.types.values():
            for pattern in type_.patterns:
                for head in pattern.heads:
                    index[head[0]].append((type_, pattern, head))
        return {k: tuple(v) for k, v in index.items()}

    @cached_property
    def lemma_of(self) -> Mapping[str, str]:
        """Map regular inflections of the patterns' verbs and of classed nouns to their lemmas.

        Small lemmatizers stumble over rare verbs ("expelled", "annexed"); the lexicon knows which
        words matter, so it spells their forms out.
        """
        words = {
            h[0] for t in self.types.values() for p in t.patterns for h in p.heads if p.pos != "n"
        }
        words |= {
            w
            for t in self.types.values()
            for p in t.patterns
            if p.complement
            for w in p.complement.lemmas
        }
        words |= {w for cue in self.cues.values() for w in cue if w.isalpha()}
        return {form: word for word in sorted(words) for form in _inflections(word)}

    @cached_property
    def terms(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Map each word class to its terms of several words, by their first and last word."""
        found: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for name, lemmas in self.classes.items():
            terms: dict[str, list[str]] = defaultdict(list)
            for term in sorted(lemmas):
                words = term.split()
                for word in sorted({words[0], words[-1]}) if len(words) > 1 else ():
                    terms[word].append(term)
            found[name] = {k: tuple(v) for k, v in terms.items()}
        return found

    @cached_property
    def measure_nouns(self) -> Mapping[str, EventType]:
        """Map the nouns that name a measure ("expulsion") to its type."""
        return {
            head[0]: type_
            for entries in self.by_head.values()
            for type_, pattern, head in entries
            if pattern.pos == "n" and len(head) == 1 and "Measure" in type_.ancestors
        }

    @cached_property
    def by_iri(self) -> Mapping[str, Actor]:
        """Index the actors by IRI."""
        return {a.iri: a for a in self.actors.values()}


def _inflections(verb: str) -> set[str]:
    """Return the regular forms of a verb: -s, -ed, -ing, with e dropped, y changed, consonant doubled."""
    if verb.endswith("e"):
        return {verb + "s", verb + "d", verb[:-1] + "ing"}
    if len(verb) > 2 and verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    forms = {verb + "s", verb + "ed", verb + "ing"}
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(verb + "es")
    if (
        len(verb) > 2
        and verb[-1] not in "aeiouwxy"
        and verb[-2] in "aeiou"
        and verb[-3] not in "aeiou"
    ):
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms
