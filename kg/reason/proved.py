"""The graph of proofs under change: what to write and to drop where conclusions came or went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import NamedNode, Quad, Triple

from kg.reason.statements import DERIVED, statement
from kg.vocab import PROOFS, dip

_OWN = frozenset({dip("byRule"), DERIVED, dip("explanation")})


class Proofs(Protocol):
    """The store's graph of proofs as it is before the change."""

    def aside(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]: ...


@dataclass(frozen=True, slots=True)
class ProofChange:
    """Quads of the graph of proofs that come and go."""

    come: frozenset[Quad]
    gone: frozenset[Quad]


def change(store: Proofs, worked_out: Iterable[Triple], proofs: Iterable[Quad]) -> ProofChange:
    """Return the change after which each of these conclusions has exactly its proof.

    `proofs` are those of all that still need one. Premises are described as long as some proof
    rests on them.
    """
    wanted = set(proofs)
    nodes = {statement(triple) for triple in worked_out}
    own = {quad for node in nodes for quad in _own(store, node)}
    new = {quad for quad in wanted - own if quad.predicate in _OWN}
    gone = own - wanted
    # A proof that stays as it is has its statements described already.
    changed = {quad.subject for quad in new}
    fresh = changed | {q.object for q in wanted if q.predicate == DERIVED and q.subject in changed}
    new |= {quad for quad in wanted if quad.subject in fresh and quad.predicate not in _OWN}
    described = {quad.subject for quad in wanted}
    loose = {quad.subject for quad in gone} | {q.object for q in gone if q.predicate == DERIVED}
    for node in sorted(loose - described, key=str):
        if isinstance(node, NamedNode) and not _needed(store, node, gone):
            gone |= set(store.aside(node, None, None, PROOFS))
    return ProofChange(frozenset(new), frozenset(gone))


def _own(store: Proofs, node: NamedNode) -> Iterator[Quad]:
    return (quad for quad in store.aside(node, None, None, PROOFS) if quad.predicate in _OWN)


def _needed(store: Proofs, node: NamedNode, gone: set[Quad]) -> bool:
    """Say whether the statement has a proof of its own left, or stands in another's."""
    if any(quad not in gone for quad in _own(store, node)):
        return True
    return any(quad not in gone for quad in store.aside(None, DERIVED, node, PROOFS))
