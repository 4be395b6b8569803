"""Saved query: find, read, bind, run -> Table.

A query file runs by itself in any SPARQL 1.1 engine. Its comments that start with `#+` describe
it, and one line declares its parameters with their defaults:

    #+ summary: Who expelled whom
    #+ param actor: code  the state that acts
    VALUES (?actor ?since) { (UNDEF "2020-01-01"^^xsd:date) }  #+ parameters

A value given by the user becomes a term, and the library writes the term; text is never pasted.
"""

from kg.query.bind import bind, term
from kg.query.guard import guard
from kg.query.run import Cell, Table, Triples, run
from kg.query.saved import Parameter, SavedQuery, find, library, parse

__all__ = [
    "Cell",
    "Parameter",
    "SavedQuery",
    "Table",
    "Triples",
    "bind",
    "find",
    "guard",
    "library",
    "parse",
    "run",
    "term",
]
