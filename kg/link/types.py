"""What the ontology says about event types, for linking: families, kinds, stop words, cues."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode

from kg import ontology
from kg.vocab import dip, local_name, term


@dataclass(frozen=True, slots=True)
class Types:
    """Families and kinds of event types by local name, and the words that linking needs."""

    family: dict[str, str]
    speech: frozenset[str]
    reciprocal: frozenset[str]
    sited: frozenset[str]  # acts that two towns tell apart
    depth: dict[str, int]
    stop_words: frozenset[str]
    correction_cues: tuple[str, ...]
    correction_marks: tuple[str, ...]


@cache
def load(extra: Path | None = None) -> Types:
    """Return what the ontology (and the user's `extra` files) says about types."""
    family: dict[str, str] = {}
    parents: defaultdict[str, set[str]] = defaultdict(set)
    frames: defaultdict[str, set[str]] = defaultdict(set)
    words: defaultdict[str, set[str]] = defaultdict(set)
    for triple in ontology.triples(extra):
        if not isinstance(triple.subject, NamedNode):
            continue
        subject, predicate = local_name(triple.subject.value), triple.predicate
        value = triple.object.value if hasattr(triple.object, "value") else ""
        if predicate == dip("familyMember"):
            family[local_name(value)] = subject
        elif predicate == term("rdfs:subClassOf") and isinstance(triple.object, NamedNode):
            parents[subject].add(local_name(value))
        elif predicate == dip("frame"):
            frames[local_name(value)].add(subject)
        elif predicate in (dip("phrase"), dip("lemma")):
            words[subject].add(value)
    above = {name: _above(name, parents) for name in sorted(parents)}
    return Types(
        family=family,
        speech=frozenset(frames["SpeechAct"]),
        reciprocal=frozenset(frames["ReciprocalAct"]),
        sited=frozenset(words["sitedType"]),
        depth={name: len(kinds) for name, kinds in above.items()},
        stop_words=frozenset(words["LinkingStopWord"]),
        correction_cues=tuple(sorted(words["CorrectionCue"])),
        correction_marks=tuple(sorted(words["CorrectionMark"])),
    )


def _above(name: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        for parent in sorted(parents.get(pending.pop(), ())):
            if parent not in found:
                found.add(parent)
                pending.append(parent)
    return found
