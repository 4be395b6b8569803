"""Ontology files -> Lexicon: event types with compiled patterns, word classes, actors, cues.

The format is described in docs/lexicon.md. Nothing here knows a verb, a country or an event type.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg import resources, vocab
from kg.errors import OntologyError, UsageError
from kg.lexicon.patterns import Pattern, compile_pattern

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
    sha256: str

    @cached_property
    def _holders(self) -> Mapping[str, tuple[OfficeHolder, ...]]:
        """Office holders by each of their names, the latest first."""
        found: dict[str, list[OfficeHolder]] = defaultdict(list)
        for holder in self.office_holders:
            for name in holder.names:
                found[name].append(holder)
        return {n: tuple(sorted(h, key=_recency, reverse=True)) for n, h in found.items()}

    def holder(self, name: str, year: int | None = None) -> OfficeHolder | None:
        """Return who bears the name: in office in `year` if any was, else the latest."""
        holders = self._holders.get(name, ())
        if year is not None:
            for holder in holders:
                if (holder.first_year or 0) <= year <= (holder.last_year or year):
                    return holder
        return holders[0] if holders else None

    def code(self, type_: str, modality: str) -> tuple[str, str]:
        """Return the PLOVER and CAMEO codes of a type in a modality; empty where none fits."""
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


class _Graph:
    """The ontology's triples, by subject and local name of the predicate."""

    def __init__(self) -> None:
        self.values: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        self.where: dict[object, str] = {}
        self.by_type: dict[str, list[object]] = defaultdict(list)

    def read(self, path: Path, text: bytes) -> None:
        try:
            for quad in parse(text, format=RdfFormat.TURTLE):
                subject = quad.subject
                if isinstance(subject, BlankNode):
                    subject = BlankNode(f"{vocab.digest(str(path))}{subject.value}")
                value = quad.object
                if isinstance(value, BlankNode):
                    value = BlankNode(f"{vocab.digest(str(path))}{value.value}")
                name = vocab.local_name(quad.predicate.value)
                self.values[subject][name].append(value)
                self.where.setdefault(subject, path.name)
                if name == "type" and isinstance(value, NamedNode):
                    self.by_type[value.value].append(subject)
        except SyntaxError as error:
            raise OntologyError(f"{path}: not Turtle: {error}") from error

    def texts(self, subject: object, *names: str) -> tuple[str, ...]:
        """Return the literal values and local names of these predicates, in file order."""
        return tuple(
            v.value
            if isinstance(v, Literal)
            else unquote(vocab.local_name(getattr(v, "value", "")))
            for name in names
            for v in self.values[subject].get(name, ())
        )

    def text(self, subject: object, *names: str) -> str:
        found = self.texts(subject, *names)
        return found[0] if found else ""

    def notation(self, subject: object, datatype: str) -> str:
        for value in self.values[subject].get("notation", ()):
            if isinstance(value, Literal) and vocab.local_name(value.datatype.value) == datatype:
                return value.value
        return ""

    def of_type(self, *names: str) -> list[object]:
        found = {s: None for n in names for s in self.by_type[vocab.ONTOLOGY + n]}
        return sorted(found, key=str)


def files(extra: Path | None = None) -> list[Path]:
    """Return the ontology's Turtle files, the user's behind ours, each group sorted by path.

    Raises UsageError where `extra` is no folder.
    """
    if extra is not None and not extra.is_dir():
        raise UsageError(f"--ontology {extra}: no such folder; give a folder with .ttl files")
    folders = [resources.folder("ontology"), *([extra] if extra else [])]
    return [p for folder in folders for p in sorted(folder.rglob("*.ttl"))]


@lru_cache(maxsize=4)
def load(extra: Path | None = None) -> Lexicon:
    """Read the shipped ontology, with the user's files added, and compile it.

    Raises OntologyError, naming file and entry, for what can't be compiled.
    """
    graph, sha = _Graph(), hashlib.sha256()
    for path in files(extra):
        content = path.read_bytes()
        sha.update(hashlib.sha256(content).digest())
        graph.read(path, content)
    actors = _actors(graph)
    types = _types(graph)
    return Lexicon(
        types=types,
        classes=_classes(graph),
        actors={a.code: a for a in actors if a.kind != "Group"},
        groups=tuple(a for a in actors if a.kind == "Group"),
        office_holders=_office_holders(graph),
        cues=_cues(graph),
        preferred=_preferred(graph),
        not_actors=tuple(sorted(set(graph.texts(vocab.dip("notAnActor"), "phrase")))),
        given_names=frozenset(graph.texts(vocab.dip("givenNameLike"), "phrase")),
        codes=_codes(graph, types),
        sha256=sha.hexdigest(),
    )


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() else None


def _actors(graph: _Graph) -> list[Actor]:
    found = []
    codes = {
        s: graph.notation(s, "code")
        for s in graph.of_type("State", "FormerState", "Territory", "Organisation")
    }
    for subject in graph.of_type("State", "FormerState", "Territory", "Organisation", "Group"):
        kind = next(
            k
            for k in ("Group", "FormerState", "Territory", "Organisation", "State")
            if vocab.dip(k) in graph.values[subject]["type"]
        )
        members = [
            codes.get(m, vocab.local_name(getattr(m, "value", "")))
            for m in graph.values[subject].get("memberState", ())
        ]
        found.append(
            Actor(
                code=graph.notation(subject, "code")
                or vocab.local_name(getattr(subject, "value", "")),
                iri=getattr(subject, "value", ""),
                label=graph.text(subject, "label"),
                kind=kind,
                iso3=graph.notation(subject, "iso3"),
                cow=graph.notation(subject, "cow"),
                cow_abbreviation=graph.notation(subject, "cowAbbreviation"),
                forms={
                    k: v for k in FORM_KINDS if (v := tuple(sorted(set(graph.texts(subject, k)))))
                },
                member_of=tuple(sorted(graph.texts(subject, "memberOf"))),
                members=tuple(sorted(members)),
                first_year=_year(graph.text(subject, "from")),
                last_year=_year(graph.text(subject, "until")),
            )
        )
    return found


def _office_holders(graph: _Graph) -> tuple[OfficeHolder, ...]:
    return tuple(
        sorted(
            (
                OfficeHolder(
                    names=tuple(sorted(graph.texts(s, "name"))),
                    affiliation=graph.text(s, "affiliation"),
                    office=graph.text(s, "office"),
                    first_year=_year(graph.text(s, "from")),
                    last_year=_year(graph.text(s, "until")),
                )
                for s in graph.of_type("OfficeHolder")
            ),
            key=lambda h: (h.names, h.affiliation, h.first_year or 0),
        )
    )


def _preferred(graph: _Graph) -> dict[str, str]:
    found = {}
    for subject in sorted(graph.values, key=str):
        if "preferredReading" in graph.values[subject]:
            for name in graph.texts(subject, "phrase", "name", "form", "label"):
                found[name] = graph.text(subject, "preferredReading")
    return found


def _classes(graph: _Graph) -> dict[str, frozenset[str]]:
    lemmas: dict[str, set[str]] = {}
    includes: dict[str, tuple[str, ...]] = {}
    for subject in graph.of_type("WordClass"):
        name = vocab.local_name(getattr(subject, "value", ""))
        lemmas[name] = {t.lower() for t in graph.texts(subject, "lemma")}
        includes[name] = graph.texts(subject, "includes")

    def closed(name: str, seen: frozenset[str]) -> set[str]:
        if name not in lemmas or name in seen:
            return set()
        return lemmas[name].union(*(closed(n, seen | {name}) for n in includes[name]))

    return {name: frozenset(closed(name, frozenset())) for name in sorted(lemmas)}


def _ancestors(
    graph: _Graph, subject: object, seen: frozenset[str] = frozenset()
) -> frozenset[str]:
    out = set(seen)
    for parent in graph.values[subject].get("subClassOf", ()):
        if isinstance(parent, NamedNode) and parent.value.startswith(vocab.ONTOLOGY):
            name = vocab.local_name(parent.value)
            if name not in out:
                out |= {name} | _ancestors(graph, parent, frozenset(out | {name}))
    return frozenset(out)


def _families(graph: _Graph) -> dict[str, str]:
    """Return each type's family (by the family's local name): types that can tell of one event."""
    return {
        member: vocab.local_name(getattr(family, "value", ""))
        for family in graph.of_type("TypeFamily")
        for member in graph.texts(family, "familyMember")
    }


def _types(graph: _Graph) -> dict[str, EventType]:
    types, classes, families = {}, _classes(graph), _families(graph)
    for subject in graph.of_type("EventType"):
        name = vocab.local_name(getattr(subject, "value", ""))
        place = f"{graph.where[subject]}: dip:{name}"
        patterns = tuple(compile_pattern(t, place) for t in graph.texts(subject, "pattern"))
        for pattern in patterns:
            for slot in pattern.slots():
                if slot.cls and slot.cls not in classes:
                    raise OntologyError(
                        f"{place}: pattern {pattern.text!r}: no word class dip:{slot.cls}"
                    )
        types[name] = EventType(
            name=name,
            iri=getattr(subject, "value", ""),
            label=graph.text(subject, "label"),
            definition=graph.text(subject, "definition"),
            frame=graph.text(subject, "frame") or "DirectedAct",
            patterns=patterns,
            examples=graph.texts(subject, "example"),
            near_misses=graph.texts(subject, "nearMiss"),
            confirm=graph.texts(subject, "confirm"),
            reject=graph.texts(subject, "reject"),
            ancestors=_ancestors(graph, subject),
            family=families.get(name, name),
        )
    return types


def _cues(graph: _Graph) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for subject in graph.of_type("CueList"):
        found[vocab.local_name(getattr(subject, "value", ""))] = graph.texts(
            subject, "lemma", "phrase"
        )
    return found


def _codes(graph: _Graph, types: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
    codes: dict[tuple[str, str], tuple[str, str]] = {}
    for name in types:
        type_ = vocab.dip(name)
        codes[(name, "")] = (graph.notation(type_, "plover"), graph.notation(type_, "cameo"))
    for subject in sorted(graph.values, key=str):
        values = graph.values[subject]
        if "modality" in values and isinstance(
            subject, BlankNode
        ):  # a row without notation: no code
            for of in graph.texts(subject, "eventType") or ("",):
                for modality in graph.texts(subject, "modality"):
                    codes[(of, modality)] = (
                        graph.notation(subject, "plover"),
                        graph.notation(subject, "cameo"),
                    )
    return codes
