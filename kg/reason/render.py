"""Proof trees as text, Markdown, JSON and RDF (PROV)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.reason.proof import Quote, Step
from kg.reason.statements import DERIVED, OBJECT, PREDICATE, SUBJECT, statement
from kg.vocab import DATA, PREFIXES, dip, local_name, part, term

Labels = Mapping[str, str]  # IRI -> how a reader calls it


def text(steps: Sequence[Step], labels: Labels | None = None) -> str:
    """Return proofs as an indented outline: each triple, why it holds, and the words behind it."""
    lines = [line for step in steps for line in _lines(step, 0, labels or {})]
    return "".join(f"{line}\n" for line in lines)


def markdown(steps: Sequence[Step], labels: Labels | None = None) -> str:
    """Return proofs as nested Markdown lists."""
    return "".join(line for step in steps for line in _items(step, 0, labels or {}))


def as_json(steps: Sequence[Step]) -> str:
    """Return proofs as JSON: triple, kind, rule, words, quotes, premises."""
    return json.dumps([_record(step) for step in steps], ensure_ascii=False, indent=1) + "\n"


def triples(steps: Sequence[Step]) -> list[Triple]:
    """Return proofs in PROV: statements derived from statements and from quoted words; sorted."""
    return sorted({triple for step in steps for triple in _prov(step)}, key=str)


def name(value: object, labels: Labels) -> str:
    """Call a term by its label, its prefixed name, or its value."""
    if not isinstance(value, NamedNode):
        return f'"{value.value}"' if isinstance(value, Literal) else str(value)
    if value.value in labels:
        return labels[value.value]
    if value.value.startswith(DATA):
        kind, _, last = value.value[len(DATA) :].partition("/")
        return last if kind == "actor" else f"{kind}/{last}"
    for prefix, namespace in PREFIXES.items():
        if value.value.startswith(namespace):
            return f"{prefix}:{value.value[len(namespace) :]}"
    return value.value


def sentence(triple: Triple, labels: Labels) -> str:
    """Return the triple as three names in a row; our own properties without their prefix."""
    middle = "a" if triple.predicate == term("rdf:type") else local_name(triple.predicate.value)
    return f"{name(triple.subject, labels)} {middle} {name(triple.object, labels)}"


def _why(step: Step) -> str:
    if step.kind in ("axiom", "rule"):
        return f"{step.kind} {step.rule}" + (f": {step.words}" if step.words else "")
    return f"{step.kind}: {step.words}" if step.words else step.kind


def _lines(step: Step, depth: int, labels: Labels) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}{sentence(step.triple, labels)}"
    yield f"{indent}  [{_why(step)}]"
    for quote in step.quotes:
        yield f"{indent}  {_cited(quote)}"
    for premise in step.premises:
        yield from _lines(premise, depth + 1, labels)


def _items(step: Step, depth: int, labels: Labels) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}- **{sentence(step.triple, labels)}** ({_why(step)})\n"
    for quote in step.quotes:
        yield f"{indent}  > {_cited(quote)}\n"
    for premise in step.premises:
        yield from _items(premise, depth + 1, labels)


def _cited(quote: Quote) -> str:
    place = "" if quote.start is None else f" {quote.start}-{quote.end}"
    return f"“{' '.join(quote.text.split())}” ({quote.source or quote.article}{place})"


def _record(step: Step) -> dict[str, Any]:
    record: dict[str, Any] = {
        "triple": [str(part) for part in (step.triple.subject, step.triple.predicate)]
        + [str(step.triple.object)],
        "kind": step.kind,
    }
    if step.rule:
        record["rule"] = step.rule
    if step.words:
        record["words"] = step.words
    if step.quotes:
        record["quotes"] = [
            {
                "article": quote.article,
                "source": quote.source,
                "text": quote.text,
                "start": quote.start,
                "end": quote.end,
            }
            for quote in step.quotes
        ]
    if step.premises:
        record["premises"] = [_record(premise) for premise in step.premises]
    return record


def _prov(step: Step) -> Iterator[Triple]:
    node = statement(step.triple)
    yield Triple(node, term("rdf:type"), term("rdf:Statement"))
    yield Triple(node, SUBJECT, step.triple.subject)
    yield Triple(node, PREDICATE, step.triple.predicate)
    yield Triple(node, OBJECT, step.triple.object)
    if step.rule:
        yield Triple(node, dip("byRule"), Literal(step.rule))
    if step.words:
        yield Triple(node, dip("explanation"), Literal(step.words))
    for quote in step.quotes:
        words = part("quote", quote.article, str(quote.start), quote.text)
        yield Triple(node, DERIVED, words)
        yield Triple(words, term("rdf:type"), term("oa:TextQuoteSelector"))
        yield Triple(words, term("oa:exact"), Literal(quote.text))
        if quote.article:
            yield Triple(words, dip("inArticle"), NamedNode(quote.article))
    for premise in step.premises:
        yield Triple(node, DERIVED, statement(premise.triple))
        yield from _prov(premise)
