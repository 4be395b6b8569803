"""The compiled engine: closes facts under rules, semi-naively, with one proof for each conclusion.

A conclusion's proof is the least of its shortest derivations, so that proofs, like conclusions,
depend on the set of facts alone. Facts fall into blocks that no rule can join (see
`Program.blockwise`); a block is closed by itself, and a change closes only the blocks it touches.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.reason.axioms import TYPE, Program, key
from kg.reason.closure import Derivation, Fact, closure, follow, triggers_of

__all__ = ["Derivation", "Fact", "Reasoner", "close", "whole_closure"]


def close(facts: Iterable[Fact], program: Program) -> dict[Fact, Derivation]:
    """Return the conclusions that are not among the facts, each with its proof."""
    if not program.blockwise:
        return whole_closure(facts, program)
    reasoner = Reasoner(program)
    reasoner.change(add=facts)
    return reasoner.conclusions()


def whole_closure(facts: Iterable[Fact], program: Program) -> dict[Fact, Derivation]:
    """Return what `close` returns, by closing all facts as one block."""
    closed = closure(sorted(set(facts)), triggers_of(program))
    return {fact: closed[fact] for fact in sorted(closed)}


@dataclass(slots=True)
class _Block:
    facts: set[Fact] = field(default_factory=set)
    nodes: set[str] = field(default_factory=set)
    closed: dict[Fact, Derivation] = field(default_factory=dict)


class Reasoner:
    """A closure under change: `change` adds and removes facts, `conclusions` gives what follows."""

    def __init__(self, program: Program) -> None:
        if not program.blockwise:
            message = "some rule joins facts of different blocks: close the whole graph instead"
            raise ValueError(message)
        self._program = program
        self._triggers = triggers_of(program)
        self._reads = program.reads
        self._alone: dict[Fact, dict[Fact, Derivation]] = {}
        self._blocks: dict[int, _Block] = {}
        self._block_of: dict[str, int] = {}
        self._next = 0

    def change(
        self, add: Iterable[Fact] = (), remove: Iterable[Fact] = ()
    ) -> tuple[dict[Fact, Derivation], dict[Fact, Derivation]]:
        """Add and remove facts; return the touched blocks' conclusions before and after.

        Facts that no rule reads are passed over. A fact is a fact however many articles assert
        it: the caller removes it with the last of them.
        """
        before: dict[Fact, Derivation] = {}
        after: dict[Fact, Derivation] = {}
        add = self._change_alone(add, after, gone=False)
        remove = self._change_alone(remove, before, gone=True)
        touched = {
            self._block_of[node]
            for fact in add | remove
            for node in self._anchors(fact)
            if node in self._block_of
        }
        facts: set[Fact] = set()
        for number in sorted(touched):
            block = self._blocks.pop(number)
            facts |= block.facts
            _merge(before, block.closed)
            for node in block.nodes:
                del self._block_of[node]
        for block in self._partition((facts - remove) | add):
            block.closed = closure(sorted(block.facts), self._triggers)
            _merge(after, block.closed)
            self._blocks[self._next] = block
            self._block_of.update(dict.fromkeys(block.nodes, self._next))
            self._next += 1
        return before, after

    def conclusions(self) -> dict[Fact, Derivation]:
        """Return all conclusions, each with its least proof."""
        found: dict[Fact, Derivation] = {}
        for block in self._blocks.values():
            _merge(found, block.closed)
        for closed in self._alone.values():
            _merge(found, closed)
        asserted = {fact for block in self._blocks.values() for fact in block.facts}
        asserted.update(self._alone)
        return {fact: found[fact] for fact in sorted(found) if fact not in asserted}

    def _change_alone(
        self, facts: Iterable[Fact], closed: dict[Fact, Derivation], *, gone: bool
    ) -> set[Fact]:
        """Add or remove the facts that no rule joins with others; return those that some rule may.

        What follows from the former goes into `closed`.
        """
        joined = set()
        for fact in facts:
            name = key(fact[1], fact[2])
            if name in self._triggers.live:
                joined.add(fact)
            elif gone:
                _merge(closed, self._alone.pop(fact, {}))
            elif name in self._reads:
                self._alone[fact] = follow(fact, self._triggers)
                _merge(closed, self._alone[fact])
        return joined

    def _anchors(self, fact: Fact) -> list[str]:
        """Return the fact's nodes in local positions; its subject where it has none."""
        subject, predicate, value = fact
        if predicate == TYPE:
            return [subject]
        shared = self._program.shared
        nodes = [subject] if (predicate, 0) not in shared else []
        if (predicate, 2) not in shared:
            nodes.append(value)
        return nodes or [subject]

    def _partition(self, facts: Iterable[Fact]) -> Iterator[_Block]:
        leader: dict[str, str] = {}

        def find(node: str) -> str:
            while leader[node] != node:
                leader[node] = leader[leader[node]]
                node = leader[node]
            return node

        for fact in facts:
            first, *rest = self._anchors(fact)
            leader.setdefault(first, first)
            for node in rest:
                leader.setdefault(node, node)
                leader[find(node)] = find(first)
        blocks: defaultdict[str, _Block] = defaultdict(_Block)
        for fact in facts:
            blocks[find(self._anchors(fact)[0])].facts.add(fact)
        for node in leader:
            blocks[find(node)].nodes.add(node)
        yield from blocks.values()


def _merge(into: dict[Fact, Derivation], more: Mapping[Fact, Derivation]) -> None:
    for fact, derivation in more.items():
        if fact not in into or derivation < into[fact]:
            into[fact] = derivation
