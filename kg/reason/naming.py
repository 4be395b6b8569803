"""What readers call events, reports and claims, and how they may write a fact."""

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg import vocab
from kg.errors import UsageError
from kg.reason.proof import Lookup, Step
from kg.vocab import dip


def labels(store: Lookup, steps: Iterable[Step]) -> dict[str, str]:
    """Name the events and reports of these proofs: "Expulsion (FR, ML; 2022-01-08) [1a2b3c]"."""
    found = {iri for step in steps for iri in _things(step)}
    named = {iri: _label(store, NamedNode(iri)) for iri in sorted(found)}
    return {iri: label for iri, label in named.items() if label}


def target(text: str) -> NamedNode | Triple:
    """Return the thing or the fact that a person wrote: `IRI`, or `SUBJECT PREDICATE OBJECT`.

    Terms may be `<full IRIs>`, prefixed names, names of our ontology (`retaliationFor`) or ends of
    our data's IRIs (`event/1a2b…`); the object also a "literal". Raises UsageError.
    """
    parts = re.findall(r'"[^"]*"|\S+', text)
    if len(parts) == 1:
        return _term(parts[0])
    if len(parts) == 3:
        value: NamedNode | Literal
        value = Literal(parts[2].strip('"')) if parts[2].startswith('"') else _term(parts[2])
        predicate = vocab.term("rdf:type") if parts[1] == "a" else _term(parts[1])
        return Triple(_term(parts[0]), predicate, value)
    message = f"explain {text!r}: give one IRI, or a fact as three terms: subject predicate object"
    raise UsageError(message)


def _term(word: str) -> NamedNode:
    bare = word.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    try:
        if colon and local.startswith("//"):
            return NamedNode(bare)
        if colon:
            return NamedNode(vocab.PREFIXES[prefix] + local)
        return NamedNode(vocab.DATA + bare) if "/" in bare else dip(bare)
    except KeyError as fault:
        known = ", ".join(sorted(vocab.PREFIXES))
        message = f"explain: {word!r}: no prefix {prefix!r} (there are {known})"
        raise UsageError(message) from fault
    except ValueError as fault:
        message = f"explain: {word!r} is no IRI: {fault}"
        raise UsageError(message) from fault


def _things(step: Step) -> Iterator[str]:
    for part in (step.triple.subject, step.triple.object):
        if isinstance(part, NamedNode) and part.value.startswith(vocab.DATA):
            yield part.value
    for premise in step.premises:
        yield from _things(premise)


def _label(store: Lookup, node: NamedNode) -> str:
    facts: dict[str, list[str]] = {}
    for quad in store.quads(node):
        if isinstance(quad.object, NamedNode | Literal):
            name = vocab.local_name(quad.predicate.value)
            facts.setdefault(name, []).append(vocab.local_name(quad.object.value))
    if "eventType" not in facts:
        return ""
    kind, _, end = node.value[len(vocab.DATA) :].partition("/")
    parties = ", ".join(sorted(facts.get("actor", [])) + sorted(facts.get("target", [])))
    date = "".join(f"; {day}" for day in sorted(facts.get("date", []))[:1])
    told = "report of " if kind == "report" else ""
    return f"{told}{min(facts['eventType'])} ({parties}{date}) [{end[:6]}]"
