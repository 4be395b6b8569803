"""Inference under change: which conclusions by axioms come and go when some facts do.

Facts that rules join hang together by local nodes and form blocks; what follows in a block depends
on nothing outside it. So the blocks that a change touches are closed as they were and as they are,
and what no longer follows there is dropped unless other facts still bear it out. The outcome is
what closing everything anew would give.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg import vocab
from kg.reason.axioms import TYPE, Rule, key
from kg.reason.changing import Change, Growth, Outcome, Quads, Support
from kg.reason.closure import Derivation, Fact, closure, follow
from kg.reason.sound import CAUSES

_INFERRED = vocab.inferred("").value
CLOSED = vocab.inferred("owl-rl")


class Grower:
    """Works out one change over a store."""

    def __init__(self, growth: Growth, store: Quads, support: Support, change: Change) -> None:
        self._growth, self._store, self._support = growth, store, support
        self._change = change
        self._triggers = growth.triggers
        self._removed = frozenset(
            fact for fact in change.gone - change.come if not self._told(fact)
        )
        self._removed |= change.barred
        self._added = (change.come - change.gone) | change.freed
        # What is not in the store, or is no longer, by its nodes.
        self._extra: defaultdict[str, set[Fact]] = defaultdict(set)
        for fact in self._added | self._removed:
            for node in self._anchors(fact):
                self._extra[node].add(fact)

    def outcome(self) -> Outcome:
        """Return what comes and goes."""
        before, after = self._closures()
        for fact in self._added | self._removed:
            if key(fact[1], fact[2]) not in self._triggers.live:
                into = after if fact in self._added else before
                for conclusion, derivation in follow(fact, self._triggers).items():
                    into.setdefault(conclusion, derivation)
        changed = self._added | self._removed
        told = {f for f in changed if key(f[1], f[2]) in self._growth.heads}
        lost = (set(before) | (told & self._removed)) - set(after)
        kept = self._borne_out(lost)
        outcome = Outcome()
        joined, shared = self._growth.joined, self._growth.shared
        for fact in before.keys() | after.keys() | told:
            name = key(fact[1], fact[2])
            same = before.get(fact) == after.get(fact)
            if same and fact not in changed and name not in shared:
                continue  # it followed in the same way before: nothing is to be looked up
            fresh = fact[0] in self._change.fresh or fact[2] in self._change.fresh
            quads = [] if fresh else list(self._quads(fact))
            follows = (fact in after or fact in kept) and not self._is_told(fact, quads)
            stands = any(quad.graph_name == CLOSED for quad in quads)
            if follows and not stands:
                outcome.come.add(fact)
            elif stands and not follows:
                outcome.gone.add(fact)
            if name in joined:
                outcome.derivations[fact] = self._derivation(fact, after) if follows else None
        return outcome

    def _derivation(self, fact: Fact, after: Mapping[Fact, Derivation]) -> Derivation | None:
        if key(fact[1], fact[2]) not in self._growth.shared:
            return after.get(fact)
        least = self._support.least(("support", *fact))
        if least is None:
            return None
        rule, *premises = least[1].split("\x1e")
        read = tuple((s, p, o) for s, p, o in (premise.split("\x1f") for premise in premises))
        return Derivation(least[0], rule, read)

    # ---------------------------------------------------------------- blocks

    def _closures(self) -> tuple[dict[Fact, Derivation], dict[Fact, Derivation]]:
        """Close the touched blocks, as they were and as they are."""
        before: dict[Fact, Derivation] = {}
        after: dict[Fact, Derivation] = {}
        starts = {
            node
            for fact in self._added | self._removed
            if key(fact[1], fact[2]) in self._triggers.live
            for node in self._anchors(fact)
        }
        seen: set[str] = set()
        for start in sorted(starts):
            if start in seen:
                continue
            facts, nodes = self._block(start)
            seen |= nodes
            self._close(facts - self._added, before, self._support.remove)
            self._close(facts - self._removed, after, self._support.add)
        return before, after

    def _close(
        self,
        facts: set[Fact],
        into: dict[Fact, Derivation],
        note: Callable[[tuple[str, ...], int, str], None],
    ) -> None:
        for block in self._parts(facts):
            for fact, derivation in closure(sorted(block), self._triggers).items():
                if fact not in into or derivation < into[fact]:
                    into[fact] = derivation
                if key(fact[1], fact[2]) in self._growth.shared:
                    premises = ("\x1f".join(premise) for premise in derivation.premises)
                    text = "\x1e".join((derivation.rule, *premises))
                    note(("support", *fact), derivation.rank, text)

    def _block(self, start: str) -> tuple[set[Fact], set[str]]:
        """Return the facts that hang together with a node, before or after, and their nodes."""
        facts: set[Fact] = set()
        nodes, pending = {start}, [start]
        while pending:
            for fact in self._about(pending.pop()):
                if fact not in facts:
                    facts.add(fact)
                    fresh = [node for node in self._anchors(fact) if node not in nodes]
                    nodes.update(fresh)
                    pending += fresh
        return facts, nodes

    def _parts(self, facts: set[Fact]) -> Iterator[list[Fact]]:
        """Part facts into those that hang together: a change may join or split blocks."""
        by_node: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            for node in self._anchors(fact):
                by_node[node].append(fact)
        seen: set[str] = set()
        for start in sorted(by_node):
            if start in seen:
                continue
            part: set[Fact] = set()
            seen.add(start)
            pending = [start]
            while pending:
                for fact in by_node[pending.pop()]:
                    part.add(fact)
                    for node in self._anchors(fact):
                        if node not in seen:
                            seen.add(node)
                            pending.append(node)
            yield list(part)

    def _anchors(self, fact: Fact) -> list[str]:
        subject, predicate, value = fact
        if predicate == TYPE:
            return [subject]
        shared = self._growth.program.shared
        nodes = [subject] if (predicate, 0) not in shared else []
        if (predicate, 2) not in shared:
            nodes.append(value)
        return nodes or [subject]

    def _about(self, node: str) -> set[Fact]:
        """Return the facts that hang on a node, before or after the change."""
        found = {f for f in self._extra.get(node, ()) if key(f[1], f[2]) in self._triggers.live}
        if node in self._change.fresh:
            return found
        term = NamedNode(node)
        live = self._triggers.live
        for quads in (self._store.quads(term), self._store.quads(None, None, term)):
            for subject, predicate, value, graph in quads:
                name = predicate.value
                if not isinstance(value, NamedNode) or not isinstance(subject, NamedNode):
                    continue
                if (f"{TYPE} {value.value}" if name == TYPE else name) not in live:
                    continue
                fact = (subject.value, name, value.value)
                if graph.value.startswith(_INFERRED) or fact in found:
                    continue
                if node in self._anchors(fact):
                    quad = Quad(subject, predicate, value, graph)
                    if not (name in CAUSES and self._change.withdrawn(quad)):
                        found.add(fact)
        return found

    # ---------------------------------------------------------------- single facts

    def _told(self, fact: Fact) -> bool:
        """Say whether articles or links tell the fact after the change."""
        return self._is_told(fact, self._quads(fact))

    def _is_told(self, fact: Fact, quads: Iterable[Quad]) -> bool:
        change = self._change
        if fact in change.barred:
            return False
        if fact in change.come or fact in change.freed:
            return True
        return any(
            quad not in change.unlinked
            and not (fact[1] in CAUSES and change.withdrawn(quad))
            and not quad.graph_name.value.startswith(_INFERRED)  # type: ignore[union-attr]
            for quad in quads
        )

    def _quads(self, fact: Fact, graph: NamedNode | None = None) -> Iterator[Quad]:
        subject, predicate, value = map(NamedNode, fact)
        return self._store.quads(subject, predicate, value, graph)

    def _borne_out(self, lost: set[Fact]) -> set[Fact]:
        """Return those of the lost conclusions that other facts still bear out."""
        kept: set[Fact] = set()
        while True:
            more = {f for f in lost - kept if self._follows(f, lost - kept)}
            if not more:
                return kept
            kept |= more

    def _follows(self, fact: Fact, doubtful: set[Fact]) -> bool:
        name = key(fact[1], fact[2])
        if name in self._growth.shared:
            return self._support.least(("support", *fact)) is not None
        return any(
            self._holds(premise, doubtful)
            for rule in self._growth.by_head.get(name, ())
            for premise in self._premises(rule, fact)
        )

    def _premises(self, rule: Rule, fact: Fact) -> Iterator[Fact]:
        """Yield the facts of the store from which a rule of one premise concludes this one."""
        bound: dict[int, str] = {}
        for place in (0, 2):
            part = rule.head[place]
            if isinstance(part, int):
                if bound.setdefault(part, fact[place]) != fact[place]:
                    return
            elif part != fact[place]:
                return
        first, predicate, last = rule.body[0]
        subject = bound.get(first) if isinstance(first, int) else first
        value = bound.get(last) if isinstance(last, int) else last
        if subject is not None and value is not None:
            yield subject, predicate, value
            return
        found = self._store.quads(
            NamedNode(subject) if subject else None,
            NamedNode(predicate),
            NamedNode(value) if value else None,
        )
        for quad in found:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject.value, predicate, quad.object.value
        for told in sorted(self._added):
            if told[1] == predicate and subject in (None, told[0]) and value in (None, told[2]):
                yield told

    def _holds(self, fact: Fact, doubtful: set[Fact]) -> bool:
        """Say whether a fact holds after the change, told or concluded beyond doubt."""
        if self._told(fact):
            return True
        return fact not in doubtful and any(self._quads(fact, CLOSED))
