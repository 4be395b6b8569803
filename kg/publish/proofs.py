"""Proof trees -> what a page shows: each conclusion as a sentence, with its proof under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.publish.view import Lookup
from kg.publish.view.names import names
from kg.reason import render
from kg.reason.proof import Step

Told = tuple[tuple[str, str], ...]  # (the conclusion, its proof as an outline)


@dataclass(frozen=True, slots=True)
class Proofs:
    """What rules conclude, and what follows from the ontology's classes and properties alone."""

    rules: Told
    axioms: Told


def proofs(steps: Sequence[Step], lookup: Lookup) -> Proofs:
    """Return the proofs with events under their titles instead of their IRIs."""
    labels = names(lookup, sorted({iri for step in steps for iri in _iris(step)}))
    told = {
        axiom: tuple(
            (render.sentence(step.triple, labels), render.text([step], labels))
            for step in steps
            if (step.kind == "axiom") is axiom
        )
        for axiom in (False, True)
    }
    return Proofs(told[False], told[True])


def _iris(step: Step) -> Iterator[str]:
    for part in (step.triple.subject, step.triple.object):
        if isinstance(part, NamedNode):
            yield part.value
    for premise in step.premises:
        yield from _iris(premise)
