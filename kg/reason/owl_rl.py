"""The compiled engine: closes facts under rules, semi-naively, with one proof for each conclusion.

A conclusion's proof is the least of its shortest derivations, so that proofs, like conclusions,
depend on the set of facts alone. Facts fall into blocks that no rule can join (see
`Program.blockwise`); a block is closed by itself, and a change closes only the blocks it touches.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.reason.axioms import TYPE, Atom, Program, Rule, key

Fact = tuple[str, str, str]  # subject, predicate, object: IRIs


@dataclass(frozen=True, slots=True, order=True)
class Derivation:
    """How a fact follows: by which rule, from which facts, in which round at the earliest."""

    rank: int
    rule: str
    premises: tuple[Fact, ...]


def close(facts: Iterable[Fact], program: Program) -> dict[Fact, Derivation]:
    """Return the conclusions that are not among the facts, each with its proof."""
    if not program.blockwise:
        return whole_closure(facts, program)
    reasoner = Reasoner(program)
    reasoner.change(add=facts)
    return reasoner.conclusions()


def whole_closure(facts: Iterable[Fact], program: Program) -> dict[Fact, Derivation]:
    """Return what `close` returns, by closing all facts as one block."""
    closed = _closure(sorted(set(facts)), _triggers(program))
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
        self._triggers = _triggers(program)
        self._reads = program.reads
        self._blocks: dict[int, _Block] = {}
        self._block_of: dict[str, int] = {}
        self._next = 0

    def change(
        self, add: Iterable[Fact] = (), remove: Iterable[Fact] = ()
    ) -> tuple[dict[Fact, Derivation], dict[Fact, Derivation]]:
        """Add and remove facts; return the touched blocks' conclusions before and after.

        Facts that no rule reads are passed over.
        """
        add = {fact for fact in add if key(fact[1], fact[2]) in self._reads}
        remove = {fact for fact in remove if key(fact[1], fact[2]) in self._reads}
        touched = {
            self._block_of[node]
            for fact in add | remove
            for node in self._anchors(fact)
            if node in self._block_of
        }
        facts: set[Fact] = set()
        before: dict[Fact, Derivation] = {}
        for number in sorted(touched):
            block = self._blocks.pop(number)
            facts |= block.facts
            _merge(before, block.closed)
            for node in block.nodes:
                del self._block_of[node]
        after: dict[Fact, Derivation] = {}
        for block in self._partition((facts - remove) | add):
            block.closed = _closure(sorted(block.facts), self._triggers)
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
        asserted = {fact for block in self._blocks.values() for fact in block.facts}
        return {fact: found[fact] for fact in sorted(found) if fact not in asserted}

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


_Triggers = Mapping[str, Sequence[tuple[Rule, int]]]


def _triggers(program: Program) -> _Triggers:
    """Return for each predicate (for types: each class) the rules' atoms that it may match."""
    found: defaultdict[str, list[tuple[Rule, int]]] = defaultdict(list)
    for rule in program.rules:
        for place, atom in enumerate(rule.body):
            found[key(atom[1], atom[2])].append((rule, place))
    return found


class _Facts:
    """Facts indexed by predicate with subject, and with object."""

    __slots__ = ("all", "backward", "forward")

    def __init__(self) -> None:
        self.all: set[Fact] = set()
        self.forward: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.backward: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, fact: Fact) -> None:
        subject, predicate, value = fact
        self.all.add(fact)
        self.forward[predicate, subject].append(value)
        self.backward[predicate, value].append(subject)


def _closure(facts: Sequence[Fact], triggers: _Triggers) -> dict[Fact, Derivation]:
    known = _Facts()
    for fact in facts:
        known.add(fact)
    closed: dict[Fact, Derivation] = {}
    fresh: Iterable[Fact] = facts
    rank = 0
    while fresh:
        rank += 1
        found: dict[Fact, Derivation] = {}
        for fact in fresh:
            for rule, place in triggers.get(key(fact[1], fact[2]), ()):
                for conclusion, premises in _matches(rule, place, fact, known):
                    if conclusion in known.all:
                        continue
                    derivation = Derivation(rank, rule.name, premises)
                    if conclusion not in found or derivation < found[conclusion]:
                        found[conclusion] = derivation
        for fact in found:
            known.add(fact)
        closed.update(found)
        fresh = list(found)
    return closed


def _matches(
    rule: Rule, place: int, fact: Fact, known: _Facts
) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Yield what the rule concludes where its atom at `place` is this fact."""
    body = rule.body
    if len(body) == 1:
        bound = _bind(body[0], fact, {})
        if bound is not None:
            yield _ground(rule.head, bound), (fact,)
        return
    start = _bind(body[place], fact, {})
    if start is None:
        return
    order = [i for i in range(len(body)) if i != place]
    yield from _join(rule, order, start, {place: fact}, known)


def _join(
    rule: Rule, order: list[int], bound: dict[int, str], used: dict[int, Fact], known: _Facts
) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    if not order:
        yield _ground(rule.head, bound), tuple(used[i] for i in range(len(rule.body)))
        return
    # Take an atom that is tied to what is bound already.
    at = next((i for i in order if _tied(rule.body[i], bound)), order[0])
    rest = [i for i in order if i != at]
    for fact in _candidates(rule.body[at], bound, known):
        more = _bind(rule.body[at], fact, bound)
        if more is not None:
            yield from _join(rule, rest, more, {**used, at: fact}, known)


def _tied(atom: Atom, bound: Mapping[int, str]) -> bool:
    return atom[0] in bound or (atom[2] in bound if isinstance(atom[2], int) else False)


def _candidates(atom: Atom, bound: Mapping[int, str], known: _Facts) -> Iterator[Fact]:
    subject = bound.get(atom[0]) if isinstance(atom[0], int) else atom[0]
    value = bound.get(atom[2]) if isinstance(atom[2], int) else atom[2]
    predicate = atom[1]
    if subject is not None and value is not None:
        if (subject, predicate, value) in known.all:
            yield subject, predicate, value
    elif subject is not None:
        for other in known.forward.get((predicate, subject), ()):
            yield subject, predicate, other
    elif value is not None:
        for other in known.backward.get((predicate, value), ()):
            yield other, predicate, value
    else:
        yield from (fact for fact in sorted(known.all) if fact[1] == predicate)


def _bind(atom: Atom, fact: Fact, bound: dict[int, str]) -> dict[int, str] | None:
    more = dict(bound)
    for place in (0, 2):
        value = atom[place]
        if isinstance(value, str):
            if value != fact[place]:
                return None
        elif more.setdefault(value, fact[place]) != fact[place]:
            return None
    return more


def _ground(atom: Atom, bound: Mapping[int, str]) -> Fact:
    subject, predicate, value = atom
    return (
        bound[subject] if isinstance(subject, int) else subject,
        predicate,
        bound[value] if isinstance(value, int) else value,
    )
