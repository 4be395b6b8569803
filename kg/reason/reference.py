"""The reference engine: owlrl over rdflib, for tests, small graphs and `--engine owlrl`.

owlrl 7.6 answers more than was asked (axiomatic triples, literals as subjects, error nodes): only
facts between IRIs in the ontology's own words are kept.
"""

from collections.abc import Iterable

import owlrl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.reason.axioms import TYPE, Program
from kg.reason.owl_rl import Fact


def close(facts: Iterable[Fact], axioms: Iterable[Triple], program: Program) -> set[Fact]:
    """Return the conclusions that owlrl draws in the words the compiled rules speak of."""
    given = set(facts)
    graph = rdflib.Graph()
    for triple in axioms:
        if not is_axiom(triple):
            continue
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    named = {str(s) for s in graph.subjects() if isinstance(s, rdflib.URIRef)}
    for fact in given:
        subject, predicate, value = (rdflib.URIRef(part) for part in fact)
        graph.add((subject, predicate, value))
    # Its "improved" datatypes would replace rdflib's for the whole process, and refuse "--05-03".
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    heads = {rule.head[1] for rule in program.rules}
    classes = {rule.head[2] for rule in program.rules if rule.head[1] == TYPE}
    found: set[Fact] = set()
    for s, p, o in graph:
        if not (isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef)):
            continue
        fact = (str(s), str(p), str(o))
        wanted = fact[2] in classes if fact[1] == TYPE else fact[1] in heads
        if wanted and fact[0] not in named and fact not in given:
            found.add(fact)
    return found


_AXIOMS = ("http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#")
_LISTS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def is_axiom(triple: Triple) -> bool:
    """Keep the logic; leave out labels, patterns, actors: owlrl would spend its time on them."""
    predicate = triple.predicate.value
    if isinstance(triple.object, Literal):
        return False
    if predicate == TYPE:
        return isinstance(triple.object, NamedNode) and triple.object.value.startswith(_AXIOMS)
    return predicate.startswith((*_AXIOMS, _LISTS))


def _term(term: object) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    message = f"not a term of an axiom: {term}"
    raise TypeError(message)
