"""Axioms of the ontology -> rules over facts, as OWL 2 RL reads them.

A rule's atoms are facts with variables: `(subject, predicate, object)`, where a variable is an
int and a constant a term. Class expressions become atoms of their own: an intersection is a body
of several atoms, `someValuesFrom` a join, nested where the ontology nests them. An axiom that
can't be turned into rules is refused by name: an inference silently left out is worse than none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.errors import OntologyError
from kg.vocab import PREFIXES, dip, local_name, term

Term = NamedNode | BlankNode
Atom = tuple["int | str", str, "int | str"]  # an int is a variable, a str an IRI

TYPE = term("rdf:type").value
_OWL = PREFIXES["owl"]
_SILENT = {  # says nothing that could be inferred from
    _OWL + name
    for name in (
        *("Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"),
        *("NamedIndividual", "Restriction", "versionInfo", "versionIRI", "imports", "deprecated"),
        *("onProperty", "someValuesFrom", "hasValue", "intersectionOf", "unionOf"),
        "disjointWith",  # a constraint: it can only contradict, and SHACL watches for that
    )
}
_CLASS_AXIOMS = {_OWL + "equivalentClass", term("rdfs:subClassOf").value}


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """`head` holds wherever all of `body` does. Variables are numbered from 0."""

    name: str  # "retaliationFor subPropertyOf …", shown in proofs
    head: Atom
    body: tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """The compiled ontology: rules, and the positions that hold shared nodes (actors, persons)."""

    rules: tuple[Rule, ...]
    shared: frozenset[tuple[str, int]]  # (predicate, 0 for subject or 2 for object)

    @property
    def reads(self) -> frozenset[str]:
        """Predicates that some rule's body reads; of types, the classes."""
        return frozenset(key(atom[1], atom[2]) for rule in self.rules for atom in rule.body)

    @property
    def blockwise(self) -> bool:
        """Say whether closing each block by itself is exact.

        Blocks are connected by local nodes alone. So the atoms of every rule must hang together
        by variables in local positions; one that joins on an actor would join across blocks.
        """
        return all(self._hangs_together(rule) for rule in self.rules)

    def _hangs_together(self, rule: Rule) -> bool:
        pending = list(rule.body[1:])
        known = self._local(rule.body[0])
        while pending:
            joined = [atom for atom in pending if self._local(atom) & known]
            if not joined:
                return False
            for atom in joined:
                known |= self._local(atom)
                pending.remove(atom)
        return True

    def _local(self, atom: Atom) -> set[int]:
        found: set[int] = set()
        for place in (0, 2):
            value = atom[place]
            if isinstance(value, int) and (atom[1], place) not in self.shared:
                found.add(value)
        return found


def compile_axioms(triples: Iterable[Triple]) -> Program:
    """Return the rules that the ontology's axioms amount to, sorted.

    Raises OntologyError, naming each axiom that is not understood.
    """
    compiler = _Compiler(triples)
    rules = sorted(set(compiler.rules()))
    if compiler.refused:
        listed = "; ".join(sorted(compiler.refused))
        message = f"ontology: can't reason with {listed} (leave it out, or use --engine owlrl)"
        raise OntologyError(message)
    return Program(tuple(rules), frozenset(compiler.shared()))


class _Compiler:
    def __init__(self, triples: Iterable[Triple]) -> None:
        self._about: defaultdict[Term, list[tuple[str, object]]] = defaultdict(list)
        self.refused: set[str] = set()
        for triple in triples:
            if isinstance(triple.subject, NamedNode | BlankNode):
                self._about[triple.subject].append((triple.predicate.value, triple.object))
        self._property_rules = {
            term("rdfs:subPropertyOf").value: self._sub_property,
            term("rdfs:domain").value: self._domain,
            term("rdfs:range").value: self._range,
            _OWL + "inverseOf": self._inverse,
            _OWL + "equivalentProperty": self._equivalent,
            _OWL + "propertyChainAxiom": self._chain,
        }

    def rules(self) -> Iterator[Rule]:
        for subject, facts in self._about.items():
            for predicate, value in facts:
                if predicate in _CLASS_AXIOMS:
                    yield from self._class_axiom(subject, predicate, value)
                elif predicate in self._property_rules and isinstance(subject, NamedNode):
                    yield from self._property_rules[predicate](subject, value)
                elif predicate == TYPE and isinstance(value, NamedNode):
                    yield from self._characteristic(subject, value.value)
                elif predicate.startswith(_OWL) and predicate not in _SILENT:
                    self._refuse(subject, predicate)

    def shared(self) -> Iterator[tuple[str, int]]:
        """Yield the positions whose domain or range is a class of shared things."""
        roots = {s for s, facts in self._about.items() if (dip("broadcast").value in dict(facts))}
        kinds = set(roots)
        while True:
            more = {
                s
                for s, facts in self._about.items()
                if s not in kinds
                and any(p == term("rdfs:subClassOf").value and v in kinds for p, v in facts)
            }
            if not more:
                break
            kinds |= more
        places = {term("rdfs:domain").value: 0, term("rdfs:range").value: 2}
        for subject, facts in self._about.items():
            for predicate, value in facts:
                if predicate in places and value in kinds and isinstance(subject, NamedNode):
                    yield subject.value, places[predicate]
                    for inverse in self._inverses(subject):
                        yield inverse, 2 - places[predicate]

    def _inverses(self, of: NamedNode) -> Iterator[str]:
        inverse = _OWL + "inverseOf"
        for subject, facts in self._about.items():
            for predicate, value in facts:
                if predicate == inverse and isinstance(subject, NamedNode):
                    if value == of:
                        yield subject.value
                    elif subject == of and isinstance(value, NamedNode):
                        yield value.value

    def _characteristic(self, subject: Term, kind: str) -> Iterator[Rule]:
        if not kind.startswith(_OWL) or kind in _SILENT:
            return
        name = getattr(subject, "value", "")
        if kind == _OWL + "TransitiveProperty":
            yield Rule(f"{_short(name)} transitive", (0, name, 2), ((0, name, 1), (1, name, 2)))
        elif kind == _OWL + "SymmetricProperty":
            yield Rule(f"{_short(name)} symmetric", (1, name, 0), ((0, name, 1),))
        else:
            self._refuse(subject, kind)

    def _sub_property(self, subject: NamedNode, value: object) -> Iterator[Rule]:
        if name := self._named(subject, "subPropertyOf", value):
            label = f"{_short(subject.value)} subPropertyOf {_short(name)}"
            yield Rule(label, (0, name, 1), ((0, subject.value, 1),))

    def _equivalent(self, subject: NamedNode, value: object) -> Iterator[Rule]:
        if name := self._named(subject, "equivalentProperty", value):
            for a, b in ((subject.value, name), (name, subject.value)):
                label = f"{_short(a)} equivalentProperty {_short(b)}"
                yield Rule(label, (0, b, 1), ((0, a, 1),))

    def _inverse(self, subject: NamedNode, value: object) -> Iterator[Rule]:
        if name := self._named(subject, "inverseOf", value):
            for a, b in ((subject.value, name), (name, subject.value)):
                yield Rule(f"{_short(a)} inverseOf {_short(b)}", (1, b, 0), ((0, a, 1),))

    def _domain(self, subject: NamedNode, value: object) -> Iterator[Rule]:
        if name := self._named(subject, "domain", value):
            label = f"{_short(subject.value)} domain {_short(name)}"
            yield Rule(label, (0, TYPE, name), ((0, subject.value, 1),))

    def _range(self, subject: NamedNode, value: object) -> Iterator[Rule]:
        name = self._named(subject, "range", value)
        if name and not name.startswith((PREFIXES["xsd"], PREFIXES["rdfs"])):
            label = f"{_short(subject.value)} range {_short(name)}"
            yield Rule(label, (1, TYPE, name), ((0, subject.value, 1),))

    def _chain(self, subject: NamedNode, value: object) -> Iterator[Rule]:
        links = [getattr(item, "value", "") for item in self._list(value)]
        body = tuple((i, link, i + 1) for i, link in enumerate(links))
        label = f"{_short(subject.value)} propertyChain ({' '.join(map(_short, links))})"
        yield Rule(label, (0, subject.value, len(links)), body)

    def _class_axiom(self, subject: Term, predicate: str, value: object) -> Iterator[Rule]:
        word = local_name(predicate)
        pairs = [(subject, value)]
        if word == "equivalentClass":
            pairs.append((value, subject))  # type: ignore[arg-type]  # both are terms
        for left, right in pairs:
            if not isinstance(right, NamedNode):
                # OWL RL reads an anonymous superclass only through its named parts.
                for part in self._parts(right):
                    yield from self._sub_class(left, part, word)
                continue
            yield from self._sub_class(left, right, word)

    def _sub_class(self, left: object, right: NamedNode, word: str) -> Iterator[Rule]:
        for body in self._expression(left, 0, count(1)):
            label = f"{_describe(body)} {word} {_short(right.value)}"
            yield Rule(label, (0, TYPE, right.value), tuple(body))

    def _parts(self, expression: object) -> Iterator[NamedNode]:
        """Yield the named classes that an anonymous superclass implies: those it intersects."""
        facts = dict(self._about.get(expression, ()))  # type: ignore[call-overload]
        if _OWL + "intersectionOf" in facts:
            for member in self._list(facts[_OWL + "intersectionOf"]):
                if isinstance(member, NamedNode):
                    yield member
        elif _OWL + "someValuesFrom" not in facts and _OWL + "unionOf" not in facts:
            self._refuse(expression, "superclass")

    def _expression(self, expression: object, node: int, fresh: "count[int]") -> list[list[Atom]]:
        """Return the bodies, any of which puts variable `node` into the class expression."""
        if isinstance(expression, NamedNode):
            if expression.value == _OWL + "Thing":
                return [[]]
            return [[(node, TYPE, expression.value)]]
        facts = dict(self._about.get(expression, ()))  # type: ignore[call-overload]
        if _OWL + "unionOf" in facts:
            members = self._list(facts[_OWL + "unionOf"])
            return [body for m in members for body in self._expression(m, node, fresh)]
        if _OWL + "intersectionOf" in facts:
            bodies: list[list[Atom]] = [[]]
            for member in self._list(facts[_OWL + "intersectionOf"]):
                more = self._expression(member, node, fresh)
                bodies = [body + extra for body in bodies for extra in more]
            return bodies
        on = facts.get(_OWL + "onProperty")
        if isinstance(on, NamedNode) and _OWL + "someValuesFrom" in facts:
            other = next(fresh)
            inner = self._expression(facts[_OWL + "someValuesFrom"], other, fresh)
            return [[(node, on.value, other), *body] for body in inner]
        value = facts.get(_OWL + "hasValue")
        if isinstance(on, NamedNode) and isinstance(value, NamedNode):
            return [[(node, on.value, value.value)]]
        self._refuse(expression, "class expression")
        return []

    def _named(self, subject: NamedNode, word: str, value: object) -> str:
        if isinstance(value, NamedNode):
            return value.value
        self._refuse(subject, word)
        return ""

    def _list(self, head: object) -> list[object]:
        items = []
        while isinstance(head, BlankNode):
            facts = dict(self._about[head])
            items.append(facts[term("rdf:first").value])
            head = facts[term("rdf:rest").value]
        return items

    def _refuse(self, subject: object, what: str) -> None:
        name = _short(subject.value) if isinstance(subject, NamedNode) else "an anonymous class"
        self.refused.add(f"{local_name(what)} of {name}")


def key(predicate: str, value: int | str) -> str:
    """Return what a fact or atom is looked up by: its predicate, and of a type the class."""
    return f"{predicate} {value}" if predicate == TYPE else predicate


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _describe(body: list[Atom]) -> str:
    parts = []
    for _, predicate, value in body:
        if predicate == TYPE:
            parts.append(_short(str(value)))
        else:
            parts.append(f"some {_short(predicate)}")
    return " and ".join(parts)
