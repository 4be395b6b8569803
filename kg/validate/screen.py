"""A quick look that clears most articles of all violations, so that the engine sees the rest only.

The shapes are compiled to checks over an article's quads. A check may suspect what the engine then
finds in order; it never clears what an engine would report. Shapes that hold a word unknown here
are not compiled, and then every article goes to the engine.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from kg import vocab
from kg.validate.engines import Shapes, Violation, violations
from kg.validate.question import Question, UnknownWordError, question

SH = vocab.PREFIXES["sh"]
_TYPE = vocab.term("rdf:type").value
_FIRST, _REST, _NIL = (vocab.term(f"rdf:{name}").value for name in ("first", "rest", "nil"))
# What a datatype's values look like where they are well-formed and in their plainest spelling.
_LEXICAL = {
    vocab.term(f"xsd:{name}").value: re.compile(pattern, re.ASCII)
    for name, pattern in {
        "string": r"[\s\S]*",
        "integer": r"[+-]?\d{1,18}",
        "boolean": r"true|false",
        "date": r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|"
        r"(?!0000)\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)|"
        r"(?!0000)\d{4}-(?:0[13578]|1[02])-31|\d\d(?:0[48]|[2468][048]|[13579][26])-02-29",
        "gYearMonth": r"(?!0000)\d{4}-(?:0[1-9]|1[0-2])",
        "gYear": r"(?!0000)\d{4}",
    }.items()
}
_INTEGER = vocab.term("xsd:integer").value

Term = NamedNode | Literal
Node = Mapping[str, Sequence[Term]]
# Says whether a value is in order, given the graph and what is known of the node that has it.
ValueCheck = Callable[["Graph", Node, Term], bool]
NodeCheck = Callable[["Graph", str], bool]
_NOTHING: Node = {}


@dataclass(frozen=True, slots=True)
class Graph:
    """One article's quads by subject, predicate and (for types) class."""

    about: dict[str, dict[str, list[Term]]]

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "Graph":
        """Index these quads."""
        about: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for subject, predicate, value, _ in quads:
            about[subject.value][predicate.value].append(value)
        return cls(about)  # type: ignore[arg-type]

    def node(self, iri: str) -> Node:
        """Return what is known of this subject."""
        return self.about.get(iri, _NOTHING)

    def is_a(self, term: Term, class_: str) -> bool:
        """Say whether the term is an instance of the class."""
        return isinstance(term, NamedNode) and any(
            kind.value == class_ for kind in self.node(term.value).get(_TYPE, ())
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """Compiled shapes: for each class the checks of its instances."""

    checks: Mapping[str, Sequence[NodeCheck]]

    def clears(self, quads: Iterable[Quad]) -> bool:
        """Say whether an article's graph surely breaks no shape."""
        graph = Graph.of(quads)
        for iri, node in graph.about.items():
            for class_ in node.get(_TYPE, ()):
                for check in self.checks.get(class_.value, ()):
                    if not check(graph, iri):
                        return False
        return True


def by_graph(
    graphs: Mapping[NamedNode, Sequence[Quad]], against: Shapes, engine: str | None = None
) -> dict[NamedNode, list[Violation]]:
    """Return the violations in each of these graphs, found for all of them in one go.

    The screen clears what it can. An engine that is asked for by name sees everything.
    """
    compiled = screen(against) if engine is None else None
    rest = [
        quad
        for quads in graphs.values()
        if compiled is None or not compiled.clears(quads)
        for quad in quads
    ]
    home = {quad.subject.value: quad.graph_name for quad in rest}  # type: ignore[union-attr]
    found: dict[NamedNode, list[Violation]] = {}
    for one in violations((quad.triple for quad in rest), against, engine):
        found.setdefault(home[one.focus], []).append(one)  # type: ignore[arg-type]
    return found


def screen(against: Shapes) -> Screen | None:
    """Return the shapes compiled, or None where they hold a word that is not compiled."""
    return _screen(against.text)


@cache
def _screen(text: str) -> Screen | None:
    try:
        return _Compiler(text).screen()
    except UnknownWordError:
        return None


@dataclass(slots=True)
class _Compiler:
    text: str
    facts: dict[str, dict[str, list[Term | ox.BlankNode]]] = field(default_factory=dict)

    def screen(self) -> Screen:
        for quad in ox.parse(self.text, format=RdfFormat.TURTLE):
            node = self.facts.setdefault(str(quad.subject), {})
            node.setdefault(quad.predicate.value, []).append(quad.object)
        checks: defaultdict[str, list[NodeCheck]] = defaultdict(list)
        for name, node in self.facts.items():
            for class_ in node.get(SH + "targetClass", ()):
                checks[_iri(class_)].extend(self._shape(name))
        return Screen(checks)

    def _shape(self, name: str) -> list[NodeCheck]:
        """Return the checks of a node by a node shape or a property shape."""
        node = self.facts.get(name, {})
        if SH + "path" in node:
            return [self._property(node)]
        checks: list[NodeCheck] = []
        plain: list[ValueCheck] = []
        for predicate, values in node.items():
            word = predicate.removeprefix(SH)
            if predicate == _TYPE or word in ("targetClass", "message"):
                continue
            for value in values:
                if word == "property":
                    checks += self._shape(str(value))
                elif word == "sparql":
                    checks.append(self._asked(str(value)))
                elif word == "or":
                    checks.append(_any_of([self._shape(str(v)) for v in self._list(value)]))
                else:
                    plain.append(self._value(word, value))
        if plain:
            checks.append(
                lambda graph, iri: all(
                    check(graph, graph.node(iri), NamedNode(iri)) for check in plain
                )
            )
        return checks

    def _property(self, node: Mapping[str, Sequence[Term | ox.BlankNode]]) -> NodeCheck:
        path = _iri(node[SH + "path"][0])
        least, most = 0, 10**9
        checks: list[ValueCheck] = []
        for predicate, values in node.items():
            word = predicate.removeprefix(SH)
            if predicate == _TYPE or word in ("path", "message"):
                continue
            for value in values:
                if word == "minCount":
                    least = int(_text(value))
                elif word == "maxCount":
                    most = int(_text(value))
                else:
                    checks.append(self._value(word, value))

        def check(graph: Graph, iri: str) -> bool:
            known = graph.node(iri)
            found = known.get(path, ())
            if not least <= len(found) <= most:
                return False
            return all(test(graph, known, value) for value in found for test in checks)

        return check

    def _value(self, word: str, value: Term | ox.BlankNode) -> ValueCheck:
        """Return the check of one value by one of SHACL's words."""
        if word == "or":
            return self._either(value)
        if word == "in":
            allowed = {str(term) for term in self._list(value)}
            return lambda _graph, _node, term: str(term) in allowed
        if word == "node":
            inner = self._shape(str(value))
            return lambda graph, _node, term: (
                isinstance(term, NamedNode) and all(test(graph, term.value) for test in inner)
            )
        maker = _WORDS.get(word)
        if maker is None or isinstance(value, ox.BlankNode):
            raise UnknownWordError(word)
        return maker(value)

    def _either(self, value: Term | ox.BlankNode) -> ValueCheck:
        """Return the check of a value by a list of shapes, one of which must hold."""
        choices: list[list[ValueCheck]] = []
        for name in self._list(value):
            node = self.facts.get(str(name), {})
            choices.append(
                [
                    self._value(predicate.removeprefix(SH), inner)
                    for predicate, inners in node.items()
                    for inner in inners
                ]
            )
        return lambda graph, node, term: any(
            all(test(graph, node, term) for test in tests) for tests in choices
        )

    def _asked(self, name: str) -> NodeCheck:
        """Return the check by a SPARQL constraint: its question has no answer for the node."""
        (text,) = self.facts[name][SH + "select"]
        asked: Question = question(_text(text), vocab.PREFIXES)
        return lambda graph, iri: not asked.answers(graph.about, iri)

    def _list(self, head: Term | ox.BlankNode) -> list[Term | ox.BlankNode]:
        found = []
        while not (isinstance(head, NamedNode) and head.value == _NIL):
            node = self.facts[str(head)]
            found.append(node[_FIRST][0])
            head = node[_REST][0]
        return found


def _any_of(choices: Sequence[Sequence[NodeCheck]]) -> NodeCheck:
    return lambda graph, iri: any(all(test(graph, iri) for test in tests) for tests in choices)


def _datatype(value: Term) -> ValueCheck:
    wanted = _LEXICAL.get(value.value)
    if wanted is None:
        raise UnknownWordError(value.value)
    return lambda _graph, _node, term: (
        isinstance(term, Literal)
        and term.datatype == value
        and wanted.fullmatch(term.value) is not None
    )


def _kind(value: Term) -> ValueCheck:
    if value.value != SH + "IRI":
        raise UnknownWordError(value.value)
    return lambda _graph, _node, term: isinstance(term, NamedNode)


def _pattern(value: Term) -> ValueCheck:
    pattern = re.compile(value.value, re.ASCII)
    # `$` of SPARQL is the very end; Python's also stands before a last line break.
    return lambda _graph, _node, term: (
        pattern.search(term.value) is not None and not term.value.endswith("\n")
    )


def _length(value: Term) -> ValueCheck:
    least = int(value.value)
    return lambda _graph, _node, term: len(term.value) >= least


def _class(value: Term) -> ValueCheck:
    return lambda graph, _node, term: graph.is_a(term, value.value)


def _least(value: Term) -> ValueCheck:
    least = int(value.value)

    def check(_graph: Graph, _node: Node, term: Term) -> bool:
        number = _number(term)
        return number is not None and number >= least

    return check


def _below(*, equal: bool) -> Callable[[Term], ValueCheck]:
    def maker(value: Term) -> ValueCheck:
        def check(_graph: Graph, node: Node, term: Term) -> bool:
            low = _number(term)
            for other in node.get(value.value, ()):
                high = _number(other)
                if low is None or high is None or low > high or (low == high and not equal):
                    return False
            return True

        return check

    return maker


def _disjoint(value: Term) -> ValueCheck:
    return lambda _graph, node, term: term not in node.get(value.value, ())


_WORDS: Mapping[str, Callable[[Term], ValueCheck]] = {
    "datatype": _datatype,
    "nodeKind": _kind,
    "pattern": _pattern,
    "minLength": _length,
    "class": _class,
    "minInclusive": _least,
    "lessThan": _below(equal=False),
    "lessThanOrEquals": _below(equal=True),
    "disjoint": _disjoint,
}


def _number(term: Term) -> int | None:
    if isinstance(term, Literal) and term.datatype.value == _INTEGER:
        return int(term.value) if _LEXICAL[_INTEGER].fullmatch(term.value) else None
    return None


def _iri(term: Term | ox.BlankNode) -> str:
    if isinstance(term, NamedNode):
        return term.value
    raise UnknownWordError(str(term))


def _text(term: Term | ox.BlankNode) -> str:
    if isinstance(term, Literal):
        return term.value
    raise UnknownWordError(str(term))
