"""SPARQL rules beyond OWL RL: `ontology/rules/*.rq`, run in the order of their names.

A rule is a CONSTRUCT query that runs unchanged in any engine, with its metadata in comments:

    #+ summary: …
    #+ explanation: {effect} came {days} days after {cause} …      variables of the WHERE part
    #+ graph: probable-retaliation                                 conclusions' graph
    #+ premises: ?effect dip:actor ?b . …                          what the conclusion rests on
    #+ scope: pair                                                 see below; may be left out

Each rule runs until it concludes nothing new, then the next. A rule may say FILTER NOT EXISTS of
what earlier rules conclude, never of its own conclusions or of later ones.

The scope says how far a new event reaches, so that few events are looked at again. `pair`: all
events that the rule names, but for those in FILTER NOT EXISTS, are between the same two parties,
which it names as actor and target of each. `answer`: it speaks of two events alone, of which a
relation that earlier rules or axioms conclude holds. Without it, all events are looked at again.
A rule of either scope names each relation that it reads, as a term or in VALUES.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import vocab
from kg.errors import OntologyError
from kg.graph.store import Reader, Scratch
from kg.resources import folder

Term = NamedNode | Literal
_CONSTRUCT = re.compile(r"\bCONSTRUCT\s*\{(?P<template>[^{}]*)\}\s*WHERE\b", re.IGNORECASE)
_TOKEN = re.compile(r"\?\w+|[\w-]*:[\w-]+|\ba\b|\.|\S+")
_A = vocab.term("rdf:type").value
_NAME = re.compile(r"(?<![?:\w])[a-z]+:\w+")
_VALUES = re.compile(r"\bVALUES\s+(\?\w+)\s*\{([^{}]*)\}", re.IGNORECASE)
_NEEDED = ("summary", "explanation", "graph", "premises")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple of variables (`?x`) and terms."""

    parts: tuple[str | NamedNode, str | NamedNode, str | NamedNode]

    def fill(self, row: Mapping[str, Term]) -> Triple | None:
        """Return the triple with the row's values; None where one is unbound or out of place."""
        subject, predicate, value = (
            row.get(p[1:]) if isinstance(p, str) else p for p in self.parts
        )
        if (
            isinstance(subject, NamedNode)
            and isinstance(predicate, NamedNode)
            and value is not None
        ):
            return Triple(subject, predicate, value)
        return None


@dataclass(frozen=True, slots=True)
class SparqlRule:
    """One rule file."""

    name: str
    summary: str
    explanation: str
    graph: NamedNode
    conclusions: tuple[Pattern, ...]
    premises: tuple[Pattern, ...]
    construct: str  # as it stands in the file
    select: str  # the same question, asked for its variables
    scope: str = ""  # pair, answer, or empty: all
    needs: tuple[frozenset[str], ...] = ()  # of each of these, some term stands in what it reads

    @property
    def reads_itself(self) -> bool:
        """Whether it may conclude more from its own conclusions."""
        read = reads([self])
        told = (pattern.parts[1] for pattern in self.conclusions)
        named = {one.value for one in told if isinstance(one, NamedNode)}
        return not self.scope or len(named) < len(self.conclusions) or bool(named & (read | {_A}))


@dataclass(frozen=True, slots=True)
class RuleConclusion:
    """A triple that a rule concludes, from what, and why in words."""

    triple: Triple
    rule: SparqlRule
    premises: tuple[Triple, ...]
    row: tuple[tuple[str, Term], ...]

    @property
    def quad(self) -> Quad:
        """The triple in its rule set's graph."""
        return Quad(self.triple.subject, self.triple.predicate, self.triple.object, self.rule.graph)


def reads(rules: Iterable[SparqlRule]) -> frozenset[str]:
    """Return the IRIs of the properties and classes that the rules' questions name."""
    names = {name for rule in rules for name in re.findall(r"\b[a-z]+:\w+", rule.select)}
    known = {vocab.term(name).value for name in names if name.split(":")[0] in vocab.PREFIXES}
    return frozenset(known)


@cache
def load(extra: Path | None = None) -> tuple[SparqlRule, ...]:
    """Return the rules of the ontology and of the user's `extra/rules`, in the order they run.

    Raises OntologyError, naming the file, for a rule that can't be used.
    """
    folders = [folder("ontology") / "rules"] + ([extra / "rules"] if extra else [])
    paths = sorted((path for f in folders for path in f.glob("*.rq")), key=lambda path: path.name)
    return tuple(parse(path.read_text(encoding="utf-8"), str(path)) for path in paths)


def parse(text: str, place: str) -> SparqlRule:
    """Return the rule written in this text; `place` names it in errors."""
    about = dict(re.findall(r"^#\+ (\w+): (.*)$", text, re.MULTILINE))
    if lacking := [name for name in _NEEDED if not about.get(name)]:
        message = f"{place}: no `#+ {lacking[0]}:` line: add it"
        raise OntologyError(message)
    found = _CONSTRUCT.search(text)
    if not found:
        message = f"{place}: a rule is one CONSTRUCT {{ … }} WHERE {{ … }} without nested braces"
        raise OntologyError(message)
    try:
        Scratch().query(text)
    except SyntaxError as fault:
        message = f"{place}: not SPARQL: {str(fault).splitlines()[0]}"
        raise OntologyError(message) from fault
    return SparqlRule(
        name=Path(place).stem,
        summary=about["summary"],
        explanation=about["explanation"],
        graph=vocab.inferred(about["graph"]),
        conclusions=tuple(_patterns(found["template"], place)),
        premises=tuple(_patterns(about["premises"], place)),
        construct=text,
        select=text[: found.start()] + "SELECT DISTINCT * WHERE" + text[found.end() :],
        scope=about.get("scope", "").strip(),
        needs=tuple(_needs(text[found.end() :])),
    )


def _needs(where: str) -> Iterator[frozenset[str]]:
    """Yield terms of which one each must stand in the data, or the question has no answer.

    They are those of the patterns that always have to match: none of a nested group. Nothing is
    yielded where property paths (or literals, which may look like names) leave it open.
    """
    bare = re.sub(r"(?<!\S)#.*", "", where).strip()[1:-1]
    choices = {variable: names.split() for variable, names in _VALUES.findall(bare)}
    for group in (r"\{[^{}]*\}", r"\([^()]*\)"):
        while (less := re.sub(group, " ", bare)) != bare:
            bare = less
    if re.search(r"[/|^*+\"']|\w\?", bare):
        return
    for name in sorted(set(_NAME.findall(bare))):
        if name.split(":")[0] in vocab.PREFIXES:
            yield frozenset({vocab.term(name).value})
    for variable, names in sorted(choices.items()):
        if all(map(_NAME.fullmatch, names)) and re.search(rf"\{variable}\b", bare):
            yield frozenset(vocab.term(name).value for name in names)


def _patterns(text: str, place: str) -> Iterator[Pattern]:
    tokens = _TOKEN.findall(text)
    for sentence in " ".join(tokens).split(" . "):
        parts = sentence.removesuffix(" .").split()
        if not parts:
            continue
        if len(parts) != 3:
            message = f"{place}: {sentence!r} is no triple of variables and prefixed names"
            raise OntologyError(message)
        yield Pattern((_part(parts[0], place), _part(parts[1], place), _part(parts[2], place)))


def _part(word: str, place: str) -> str | NamedNode:
    if word.startswith("?"):
        return word
    if word == "a":
        return vocab.term("rdf:type")
    try:
        return vocab.term(word)
    except (KeyError, ValueError) as fault:
        message = f"{place}: {word!r} has no known prefix (known: {', '.join(vocab.PREFIXES)})"
        raise OntologyError(message) from fault


def conclude(
    quads: Iterable[Quad], rules: Sequence[SparqlRule], background: Iterable[Triple] = ()
) -> list[RuleConclusion]:
    """Return what the rules conclude from the quads, each conclusion once, in the rules' order.

    `background` is what the ontology says of types (their severity). Of several ways to the same
    conclusion, the first by its premises stands for all.
    """
    told = list(quads)
    told += [Quad(t.subject, t.predicate, t.object, vocab.ONTOLOGY_GRAPH) for t in background]
    reader = Scratch(told)
    there = {name for quad in told for name in _terms(quad)}
    found: dict[Triple, RuleConclusion] = {}
    for rule in rules:
        while all(choice & there for choice in rule.needs):
            fresh = {
                triple: conclusion
                for triple, conclusion in _fire(rule, reader).items()
                if triple not in found
            }
            if not fresh:
                break
            found |= fresh
            new = [conclusion.quad for conclusion in fresh.values()]
            reader.add(new)
            there.update(name for quad in new for name in _terms(quad))
            if not rule.reads_itself:
                break
    return list(found.values())


def _terms(quad: Quad) -> Iterator[str]:
    """Yield the IRIs of a quad, but for its graph."""
    yield quad.predicate.value
    for end in (quad.subject, quad.object):
        if isinstance(end, NamedNode):
            yield end.value


def _fire(rule: SparqlRule, reader: Reader) -> dict[Triple, RuleConclusion]:
    best: dict[Triple, tuple[str, RuleConclusion]] = {}
    for row in _rows(rule, reader):
        premises = tuple(t for p in rule.premises if (t := p.fill(row)) is not None)
        rank = " ".join(map(str, premises))
        for pattern in rule.conclusions:
            triple = pattern.fill(row)
            if triple is not None and (triple not in best or rank < best[triple][0]):
                made = RuleConclusion(triple, rule, premises, tuple(sorted(row.items())))
                best[triple] = (rank, made)
    return {triple: best[triple][1] for triple in sorted(best, key=str)}


def _rows(rule: SparqlRule, reader: Reader) -> Iterator[dict[str, Term]]:
    answer = reader.query(rule.select)
    if not isinstance(answer, ox.QuerySolutions):
        message = f"rule {rule.name}: not a question for rows"
        raise OntologyError(message)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {
            name: value
            for name in names
            if isinstance(value := solution[name], NamedNode | Literal)
        }
