"""The closure itself: semi-naive rounds over facts, with the least of the shortest proofs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from kg.reason.axioms import TYPE, Atom, Program, Rule, key

Fact = tuple[str, str, str]  # subject, predicate, object: IRIs


# Stand for a fact's ends where only its kind matters; no IRI is like them.
_SUBJECT, _OBJECT = "?subject", "?object"


class Derivation(NamedTuple):
    """How a fact follows: by which rule, from which facts, in which round at the earliest."""

    rank: int
    rule: str
    premises: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule, seen from the atom that a new fact matches.

    `places` says for a rule of one atom where the conclusion's subject and object come from: 0 or
    2 for the fact's, or the term itself.
    """

    rule: Rule
    place: int
    places: tuple[int | str, int | str] | None
    chain: tuple[str, ...]  # the predicates, where the rule is a chain of them (or transitive)


@dataclass(frozen=True, slots=True)
class Triggers:
    """For each predicate (for types: each class) the atoms that it may match."""

    by_predicate: Mapping[str, Sequence[Trigger]]
    by_class: Mapping[str, Sequence[Trigger]]
    joined: frozenset[str]  # predicates that some rule joins on
    live: frozenset[str]  # keys of facts that may lead to a join, by whatever steps
    chains: dict[str, dict[Fact, Derivation]] = field(default_factory=dict)  # see `follow`

    def of(self, fact: Fact) -> Sequence[Trigger]:
        """Return the triggers of a fact."""
        if fact[1] == TYPE:
            return self.by_class.get(fact[2], ())
        return self.by_predicate.get(fact[1], ())


def triggers_of(program: Program) -> Triggers:
    """Index a program's rules by the facts that may set them off."""
    by_predicate: defaultdict[str, list[Trigger]] = defaultdict(list)
    by_class: defaultdict[str, list[Trigger]] = defaultdict(list)
    joined: set[str] = set()
    for rule in program.rules:
        if len(rule.body) > 1:
            joined.update(atom[1] for atom in rule.body)
        for place, atom in enumerate(rule.body):
            trigger = Trigger(rule, place, _places(rule), _chained(rule))
            if atom[1] == TYPE and isinstance(atom[2], str):
                by_class[atom[2]].append(trigger)
            else:
                by_predicate[atom[1]].append(trigger)
    return Triggers(by_predicate, by_class, frozenset(joined), _live(program))


def _live(program: Program) -> frozenset[str]:
    """Return the keys (see `axioms.key`) of facts that a rule joins, or that lead to such facts."""
    live = {key(a[1], a[2]) for rule in program.rules if len(rule.body) > 1 for a in rule.body}
    while True:
        more = {
            key(rule.body[0][1], rule.body[0][2])
            for rule in program.rules
            if key(rule.head[1], rule.head[2]) in live
        } - live
        if not more:
            return frozenset(live)
        live |= more


def follow(fact: Fact, triggers: Triggers) -> dict[Fact, Derivation]:
    """Return what follows from one fact by rules of one premise.

    That depends on the fact's key alone but for its ends, so it is worked out once for each key.
    """
    name = key(fact[1], fact[2])
    found = triggers.chains.get(name)
    if found is None:
        ends = (_SUBJECT, fact[1], fact[2] if fact[1] == TYPE else _OBJECT)
        found = triggers.chains[name] = _chain(ends, triggers)
    subject, _, value = fact
    put = {_SUBJECT: subject, _OBJECT: value}
    closed = {}
    for (s, p, o), (rank, rule, ((from_s, from_p, from_o),)) in found.items():
        conclusion = (put.get(s, s), p, put.get(o, o))
        if conclusion != fact:
            premise = (put.get(from_s, from_s), from_p, put.get(from_o, from_o))
            closed[conclusion] = Derivation(rank, rule, (premise,))
    return closed


def _chain(fact: Fact, triggers: Triggers) -> dict[Fact, Derivation]:
    known = _Facts(triggers.joined)
    known.all.add(fact)
    closed: dict[Fact, Derivation] = {}
    fresh: Iterable[Fact] = (fact,)
    rank = 0
    while fresh:
        rank += 1
        found = _round(fresh, rank, triggers, known)
        known.all.update(found)
        closed |= found
        fresh = found
    return closed


def _places(rule: Rule) -> tuple[int | str, int | str] | None:
    if len(rule.body) > 1:
        return None
    (atom,) = rule.body
    if atom[0] == atom[2] or not isinstance(atom[0], int):
        return None
    from_fact = {atom[0]: 0, atom[2]: 2}
    subject, _, value = rule.head
    return (
        from_fact[subject] if isinstance(subject, int) else subject,
        from_fact[value] if isinstance(value, int) else value,
    )


def _chained(rule: Rule) -> tuple[str, ...]:
    """Return the predicates of a body `(0 p 1) (1 q 2) …` whose ends are the conclusion's."""
    links = [(atom[0], atom[2]) for atom in rule.body]
    steps = all(here[1] == there[0] for here, there in pairwise(links))
    variables = {variable for link in links for variable in link}
    plain = all(isinstance(v, int) for v in variables) and len(variables) == len(links) + 1
    ends = (rule.head[0], rule.head[2]) == (links[0][0], links[-1][1])
    return (
        tuple(atom[1] for atom in rule.body) if len(links) > 1 and steps and plain and ends else ()
    )


class _Facts:
    """Facts; those that rules join on are indexed by predicate with subject, and with object."""

    __slots__ = ("all", "backward", "forward", "joined")

    def __init__(self, joined: frozenset[str]) -> None:
        self.all: set[Fact] = set()
        self.joined = joined
        self.forward: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.backward: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, fact: Fact) -> None:
        self.all.add(fact)
        subject, predicate, value = fact
        if predicate in self.joined:
            self.forward[predicate, subject].append(value)
            self.backward[predicate, value].append(subject)


def closure(facts: Sequence[Fact], triggers: Triggers) -> dict[Fact, Derivation]:
    """Return all that follows from the facts and is not among them, each with its least proof."""
    known = _Facts(triggers.joined)
    for fact in facts:
        known.add(fact)
    closed: dict[Fact, Derivation] = {}
    fresh: Iterable[Fact] = facts
    rank = 0
    while fresh:
        rank += 1
        found = _round(fresh, rank, triggers, known)
        for fact in found:
            known.add(fact)
        closed.update(found)
        fresh = list(found)
    return closed


def _round(
    fresh: Iterable[Fact], rank: int, triggers: Triggers, known: _Facts
) -> dict[Fact, Derivation]:
    """Return what follows in one step from the fresh facts with the known ones, least proofs."""
    found: dict[Fact, Derivation] = {}
    everything = known.all
    for fact in fresh:
        for trigger in triggers.of(fact):
            rule = trigger.rule
            if trigger.places is not None:  # one premise: the conclusion is read off the fact
                subject, value = trigger.places
                conclusion = (
                    fact[subject] if isinstance(subject, int) else subject,
                    rule.head[1],
                    fact[value] if isinstance(value, int) else value,
                )
                if conclusion not in everything:
                    derivation = Derivation(rank, rule.name, (fact,))
                    if conclusion not in found or derivation < found[conclusion]:
                        found[conclusion] = derivation
                continue
            matches = (
                _along(rule.head[1], trigger.chain, trigger.place, fact, known)
                if trigger.chain
                else _matches(rule, trigger.place, fact, known)
            )
            for conclusion, premises in matches:
                if conclusion not in everything:
                    derivation = Derivation(rank, rule.name, premises)
                    if conclusion not in found or derivation < found[conclusion]:
                        found[conclusion] = derivation
    return found


def _along(
    head: str, chain: tuple[str, ...], place: int, fact: Fact, known: _Facts
) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Yield what a chain concludes where its link at `place` is this fact: walk both ways."""
    after: list[tuple[str, tuple[Fact, ...]]] = [(fact[2], ())]
    for predicate in chain[place + 1 :]:
        after = [
            (value, (*path, (node, predicate, value)))
            for node, path in after
            for value in known.forward.get((predicate, node), ())
        ]
        if not after:
            return
    before: list[tuple[str, tuple[Fact, ...]]] = [(fact[0], ())]
    for predicate in reversed(chain[:place]):
        before = [
            (subject, ((subject, predicate, node), *path))
            for node, path in before
            for subject in known.backward.get((predicate, node), ())
        ]
        if not before:
            return
    for start, head_path in before:
        for end, tail_path in after:
            yield (start, head, end), (*head_path, fact, *tail_path)


def _matches(
    rule: Rule, place: int, fact: Fact, known: _Facts
) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Yield what the rule concludes where its atom at `place` is this fact."""
    start = _bind(rule.body[place], fact, {})
    if start is None:
        return
    order = [i for i in range(len(rule.body)) if i != place]
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
