"""SPARQL constraints of a simple kind, answered over one article's quads without a store.

    SELECT $this WHERE { $this a:p ?x ; a:q ?y . { … } UNION { … } FILTER(?x < STRLEN(?y) - 1) }

Triple patterns whose subject is known from what stands before, unions, comparisons. Whatever else
a question holds is refused. A comparison of values that are no plain whole numbers counts as true:
an answer here is a suspicion, and the engine has the last word.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

Term = NamedNode | Literal
About = Mapping[str, Mapping[str, Sequence[Term]]]
Row = Mapping[str, Term]
# Yields the rows that a part of a question makes of one row.
Part = Callable[[About, Row], Iterator[Row]]
Value = Callable[[Row], int | Term | None]

_TOKEN = re.compile(
    r'\s*("(?:[^"\\]|\\.)*"|[?$]\w+|!=|<=|>=|[-+{}().;,<>=]|[A-Za-z][\w-]*:[\w-]+|\w+)'
)
_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "<": int.__lt__,
    ">": int.__gt__,
    "<=": int.__le__,
    ">=": int.__ge__,
    "=": int.__eq__,
    "!=": int.__ne__,
}


class UnknownWordError(Exception):
    """A word of a shape or question that is not compiled."""


@dataclass(frozen=True, slots=True)
class Question:
    """A compiled question about one node, `$this`."""

    parts: tuple[Part, ...]

    def answers(self, about: About, this: str) -> bool:
        """Say whether the question has an answer for this node."""
        return any(True for _ in _run(self.parts, about, {"this": NamedNode(this)}))


def question(text: str, prefixes: Mapping[str, str]) -> Question:
    """Compile a question; raises UnknownWordError for what is not of the simple kind."""
    tokens = _tokens(text)
    if [t.lower() for t in tokens[:4]] != ["select", "$this", "where", "{"]:
        raise UnknownWordError(text)
    reader = _Reader(tokens[3:], prefixes, {"this"})
    parts = reader.group()
    if reader.tokens:
        raise UnknownWordError(reader.tokens[0])
    return Question(parts)


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise UnknownWordError(text[at : at + 10])
        found.append(match[1])
        at = match.end()
    return found


def _run(parts: Sequence[Part], about: About, row: Row) -> Iterator[Row]:
    if not parts:
        yield row
        return
    for more in parts[0](about, row):
        yield from _run(parts[1:], about, more)


class _Reader:
    """Reads tokens from the left; `known` are the variables that are bound so far."""

    def __init__(self, tokens: list[str], prefixes: Mapping[str, str], known: set[str]) -> None:
        self.tokens = tokens
        self.prefixes = prefixes
        self.known = known

    def group(self) -> tuple[Part, ...]:
        """Read `{ … }`; filters come last, as SPARQL has it."""
        self._take("{")
        parts: list[Part] = []
        filters: list[Part] = []
        while self.tokens[0] != "}":
            if self.tokens[0] == "{":
                parts.append(self._union())
            elif self.tokens[0].upper() == "FILTER":
                filters.append(self._filter())
            elif self.tokens[0] == ".":
                self.tokens.pop(0)
            else:
                parts += self._triples()
        self._take("}")
        return (*parts, *filters)

    def _union(self) -> Part:
        before = set(self.known)
        choices = [self.group()]
        bound = [self.known]
        while self.tokens[0].upper() == "UNION":
            self.tokens.pop(0)
            self.known = set(before)
            choices.append(self.group())
            bound.append(self.known)
        self.known = set.intersection(*bound)

        def part(about: About, row: Row) -> Iterator[Row]:
            for choice in choices:
                yield from _run(choice, about, row)

        return part

    def _triples(self) -> list[Part]:
        subject = self.tokens.pop(0)
        if subject[0] not in "?$" or subject[1:] not in self.known:
            raise UnknownWordError(subject)
        found = []
        while True:
            predicate = self._constant(self.tokens.pop(0))
            if not isinstance(predicate, NamedNode):
                raise UnknownWordError(str(predicate))
            while True:
                found.append(self._triple(subject[1:], predicate.value, self.tokens.pop(0)))
                if self.tokens[0] != ",":
                    break
                self.tokens.pop(0)
            if self.tokens[0] != ";":
                return found
            self.tokens.pop(0)

    def _triple(self, subject: str, predicate: str, word: str) -> Part:
        if word[0] not in "?$":
            wanted = self._constant(word)
            return lambda about, row: (
                row for value in _values(about, row[subject], predicate) if value == wanted
            )
        name = word[1:]
        if name in self.known:
            return lambda about, row: (
                row for value in _values(about, row[subject], predicate) if value == row[name]
            )
        self.known.add(name)
        return lambda about, row: (
            {**row, name: value} for value in _values(about, row[subject], predicate)
        )

    def _constant(self, word: str) -> Term:
        if word.startswith('"') and "\\" not in word:
            return Literal(word[1:-1])
        prefix, colon, local = word.partition(":")
        if not colon or prefix not in self.prefixes:
            raise UnknownWordError(word)
        return NamedNode(self.prefixes[prefix] + local)

    def _filter(self) -> Part:
        self.tokens.pop(0)
        self._take("(")
        left = self._value()
        sign = self.tokens.pop(0)
        if sign not in _COMPARE:
            raise UnknownWordError(sign)
        right = self._value()
        self._take(")")
        return lambda _about, row: iter((row,) if _holds(left(row), sign, right(row)) else ())

    def _value(self) -> Value:
        first = self._operand()
        if self.tokens[0] != "-":
            return first
        self.tokens.pop(0)
        second = self._operand()

        def value(row: Row) -> int | None:
            a, b = first(row), second(row)
            return a - b if isinstance(a, int) and isinstance(b, int) else None

        return value

    def _operand(self) -> Value:
        word = self.tokens.pop(0)
        if word.upper() == "STRLEN":
            self._take("(")
            name = self._variable()
            self._take(")")
            return lambda row: len(row[name].value)
        if word.isdigit():
            number = int(word)
            return lambda _row: number
        self.tokens.insert(0, word)
        name = self._variable()
        return lambda row: _plain(row[name])

    def _variable(self) -> str:
        word = self.tokens.pop(0)
        if word[0] not in "?$" or word[1:] not in self.known:
            raise UnknownWordError(word)
        return word[1:]

    def _take(self, wanted: str) -> None:
        if not self.tokens or self.tokens.pop(0) != wanted:
            raise UnknownWordError(wanted)


def _values(about: About, subject: Term, predicate: str) -> Sequence[Term]:
    node = about.get(subject.value) if isinstance(subject, NamedNode) else None
    return node.get(predicate, ()) if node is not None else ()


def _plain(term: Term) -> int | Term:
    if isinstance(term, Literal) and re.fullmatch(r"[+-]?[0-9]{1,18}", term.value):
        return int(term.value)
    return term


def _holds(left: int | Term | None, sign: str, right: int | Term | None) -> bool:
    if isinstance(left, int) and isinstance(right, int):
        return _COMPARE[sign](left, right)
    if isinstance(left, NamedNode) and isinstance(right, NamedNode) and sign in ("=", "!="):
        return (left == right) is (sign == "=")
    return True
