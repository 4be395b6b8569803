"""Ontology files -> Lexicon; the format is described in docs/lexicon.md."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg import resources, vocab
from kg.errors import OntologyError, UsageError
from kg.lexicon.entries import FORM_KINDS, Actor, EventType, Lexicon, OfficeHolder, WordCode
from kg.lexicon.patterns import compile_pattern


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
        word_codes=_word_codes(graph),
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
                movement=vocab.dip("NonStateActor") in graph.values[subject]["type"],
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
    for subject in _code_rows(graph):  # a row without notation: no code
        if graph.texts(subject, "word", "beside"):
            continue
        for of in graph.texts(subject, "eventType") or ("",):
            for modality in graph.texts(subject, "modality"):
                codes[(of, modality)] = _notations(graph, subject)
    return codes


def _word_codes(graph: _Graph) -> dict[tuple[str, str], tuple[WordCode, ...]]:
    """Read the rows that hold for certain words; the narrower come first."""
    rows: dict[tuple[str, str], list[WordCode]] = defaultdict(list)
    for subject in _code_rows(graph):
        words = frozenset(graph.texts(subject, "word"))
        beside = frozenset(graph.texts(subject, "beside"))
        if not words and not beside:
            continue
        row = WordCode(words, beside, _notations(graph, subject))
        for of in graph.texts(subject, "eventType"):
            for modality in graph.texts(subject, "modality"):
                rows[(of, modality)].append(row)
    for found in rows.values():
        found.sort(key=_narrowness)
    return {key: tuple(found) for key, found in rows.items()}


def _narrowness(row: WordCode) -> tuple[bool, int, bool, int, tuple[str, str]]:
    """Sort the codes for the fewest lemmas beside first, then those for the fewest triggers."""
    return not row.beside, len(row.beside), not row.words, len(row.words), row.codes


def _code_rows(graph: _Graph) -> list[object]:
    named = graph.values[vocab.dip("Codes")].get("codeFor", ())
    return sorted(named, key=str)


def _notations(graph: _Graph, subject: object) -> tuple[str, str]:
    return graph.notation(subject, "plover"), graph.notation(subject, "cameo")
