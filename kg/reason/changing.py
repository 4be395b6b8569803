"""What inference under change needs to know: the program prepared, the change, its outcome."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from kg.reason.axioms import TYPE, Program, Rule, key
from kg.reason.closure import Derivation, Fact, Triggers, triggers_of


class Quads(Protocol):
    """A store as it is before the change of its links and inferences."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]: ...


class Support(Protocol):
    """For a conclusion that blocks share, how each block derives it."""

    def add(self, block: tuple[str, ...], day: int, name: str) -> None: ...

    def remove(self, block: tuple[str, ...], day: int, name: str) -> None: ...

    def least(self, block: tuple[str, ...]) -> tuple[int, str] | None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that come and go. The store has all articles as they are now, and the old links.

    `withdrawn` says of a cause link whether it was put aside before the change.
    """

    come: frozenset[Fact]
    gone: frozenset[Fact]
    unlinked: frozenset[Quad] = frozenset()  # of the links graph, still in the store
    barred: frozenset[Fact] = frozenset()  # in the store, but put aside after the change
    freed: frozenset[Fact] = frozenset()  # put aside before the change, and no longer
    fresh: frozenset[str] = frozenset()  # nodes of which nothing was told or concluded before
    withdrawn: Callable[[Quad], bool] = lambda _: False


@dataclass(slots=True)
class Outcome:
    """What came and went.

    Of what was touched and may take several premises, how it follows now (None: no longer).
    """

    come: set[Fact] = field(default_factory=set)
    gone: set[Fact] = field(default_factory=set)
    derivations: dict[Fact, Derivation | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Growth:
    """A program prepared for closing under change."""

    program: Program
    triggers: Triggers
    keys: frozenset[str]  # of facts that axioms read or conclude
    heads: frozenset[str]  # keys of all conclusions
    joined: frozenset[str]  # keys of conclusions that may take several premises
    shared: frozenset[str]  # keys of conclusions that several blocks may draw
    by_head: Mapping[str, tuple[Rule, ...]]  # rules of one premise, by what they conclude

    @classmethod
    def of(cls, program: Program) -> "Growth | None":
        """Prepare a program; None where what follows of a change can't be told by blocks."""
        if not program.blockwise:
            return None
        triggers = triggers_of(program)
        joins = [rule for rule in program.rules if len(rule.body) > 1]
        single = [rule for rule in program.rules if len(rule.body) == 1]
        heads = {key(rule.head[1], rule.head[2]) for rule in single}
        shared = {key(rule.head[1], rule.head[2]) for rule in joins if not _anchored(rule, program)}
        alone = {k for k in program.reads if k not in triggers.live}
        from_alone = _reached(alone, single)
        joined = {key(rule.head[1], rule.head[2]) for rule in joins}
        if shared & (program.reads | heads) or joined & from_alone:
            return None
        by_head: defaultdict[str, list[Rule]] = defaultdict(list)
        for rule in single:
            by_head[key(rule.head[1], rule.head[2])].append(rule)
        heads |= joined
        return cls(
            program,
            triggers,
            program.reads | heads,
            frozenset(heads),
            frozenset(joined),
            frozenset(shared),
            {name: tuple(rules) for name, rules in by_head.items()},
        )

    def facts(self, quads: Iterable[Quad]) -> Iterator[Fact]:
        """Yield the facts that axioms read or conclude."""
        for subject, predicate, value, _ in quads:
            name = predicate.value
            if name != TYPE and name not in self.keys:  # most of what an article tells
                continue
            if not isinstance(value, NamedNode) or not isinstance(subject, NamedNode):
                continue
            if name != TYPE or f"{TYPE} {value.value}" in self.keys:
                yield subject.value, name, value.value


def _anchored(rule: Rule, program: Program) -> bool:
    """Say whether a conclusion of the rule has a node of its block."""
    local = {
        atom[place]
        for atom in rule.body
        for place in (0, 2)
        if isinstance(atom[place], int) and (atom[1], place) not in program.shared
    }
    return bool({rule.head[0], rule.head[2]} & local)


def _reached(keys: set[str], rules: list[Rule]) -> set[str]:
    found: set[str] = set()
    while True:
        more = {
            key(rule.head[1], rule.head[2])
            for rule in rules
            if key(rule.body[0][1], rule.body[0][2]) in keys | found
        } - found
        if not more:
            return found
        found |= more
