"""Namespaces, and one minting function for each kind of IRI; no IRI is spelled elsewhere.

Minted IRIs are content-based: the same article, report or claim gets the same IRI in any run, so
that the graph is a function of the set of articles.
"""

import hashlib
import os
from functools import cache
from urllib.parse import quote

from pyoxigraph import NamedNode

ONTOLOGY = "https://w3id.org/kgbuild/diplomacy#"
DATA = os.environ.get("KGBUILD_BASE", "https://w3id.org/kgbuild/data/")

PREFIXES: dict[str, str] = {
    "dip": ONTOLOGY,
    "data": DATA,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "time": "http://www.w3.org/2006/time#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sosa": "http://www.w3.org/ns/sosa/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": "https://w3id.org/kgbuild/shapes#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
}

# Graphs beside the articles' own (the name of an article's graph is the article's IRI).
LINKS = NamedNode(DATA + "graph/links")
PROOFS = NamedNode(DATA + "graph/proofs")
QUARANTINE = NamedNode(DATA + "graph/quarantine")
ONTOLOGY_GRAPH = NamedNode(DATA + "graph/ontology")
ACTORS = NamedNode(DATA + "graph/actors")


def inferred(rule_set: str) -> NamedNode:
    """Return the graph of a rule set's inferences: `owl-rl`, or the name of a rule file."""
    return NamedNode(f"{DATA}graph/inferred/{rule_set}")


@cache
def term(prefixed: str) -> NamedNode:
    """Return the term of a prefixed name: `dip:actor`. Raises KeyError for an unknown prefix."""
    prefix, local = prefixed.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


@cache
def dip(local: str) -> NamedNode:
    """Return the term of our ontology with this local name."""
    return NamedNode(ONTOLOGY + local)


def local_name(iri: str) -> str:
    """Return what follows the last `#` or `/`."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for these parts in this order."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def article(key: str) -> NamedNode:
    """Mint the IRI of the article with this key; it also names the article's graph."""
    return NamedNode(f"{DATA}article/{digest(key)}")


def quarantined(article_iri: NamedNode) -> NamedNode:
    """Return the graph of what was put aside of an article, with the reasons."""
    return NamedNode(f"{QUARANTINE.value}/{article_iri.value.rsplit('/', 1)[-1]}")


def report(article_key: str, type_: str, start: int, actors: str, targets: str) -> NamedNode:
    """Mint a report's IRI from article, type, trigger start and the pair of parties (codes)."""
    return NamedNode(f"{DATA}report/{digest(article_key, type_, str(start), actors, targets)}")


def event(smallest_report: str) -> NamedNode:
    """Mint the hub's IRI from the smallest IRI of its reports."""
    return NamedNode(f"{DATA}event/{digest(smallest_report)}")


def proposition(hub: str, fact: str) -> NamedNode:
    """Mint the IRI of "`hub` is `fact`", which claims assert or deny."""
    return NamedNode(f"{DATA}proposition/{digest(hub, fact)}")


def part(kind: str, *parts: str) -> NamedNode:
    """Mint the IRI of a thing that hangs on an article: evidence, claim, cause, observation …"""
    return NamedNode(f"{DATA}{kind}/{digest(*parts)}")


def actor(code: str) -> NamedNode:
    """Return the IRI of the state or organisation with this code (or, if unknown, label)."""
    return NamedNode(f"{DATA}actor/{quote(code, safe='-._~')}")


def person(name: str, affiliation: str) -> NamedNode:
    """Mint the IRI of a person, told apart by name and affiliation."""
    return NamedNode(f"{DATA}person/{digest(name.casefold(), affiliation)}")
