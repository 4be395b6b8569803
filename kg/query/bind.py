"""Put a user's values into a query's row of parameters, as terms that the library writes."""

import re
from collections.abc import Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.errors import UsageError
from kg.graph.literals import INTEGER, time_literal
from kg.query.saved import ROW, SavedQuery, Term

_NO_DATE = "not a date, such as 2021-12-01, 2021-12 or 2021"
_UNTIL = "until"  # the parameter whose month or year ends with its last day


def bind(query: SavedQuery, values: Mapping[str, str]) -> str:
    """Return the query's text with these values in its row of parameters.

    Raises UsageError, naming all that is wrong, for unknown parameters and ill-formed values.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    wrong = [_unknown(query, name) for name in sorted(values) if name not in known]
    terms: dict[str, Term | None] = {name: known[name].default for name in known}
    for name in sorted(set(values) & set(known)):
        try:
            terms[name] = term(known[name].kind, values[name], last=name == _UNTIL)
        except ValueError as fault:
            wrong.append(f"query {query.name!r}: parameter {name}={values[name]!r}: {fault}")
    if wrong:
        raise UsageError("; ".join(wrong))
    if not values:
        return query.text
    names = " ".join(f"?{name}" for name in known)
    row = " ".join("UNDEF" if value is None else str(value) for value in terms.values())
    line = f"VALUES ({names}) {{ ({row}) }}"
    return ROW.sub(lambda _: line, query.text, count=1)


def _unknown(query: SavedQuery, name: str) -> str:
    has = ", ".join(parameter.name for parameter in query.parameters) or "none"
    return f"query {query.name!r}: no parameter {name!r} (it has {has})"


def term(kind: str, value: str, *, last: bool = False) -> Term:
    """Return the RDF term that a user's value stands for; raises ValueError telling why it can't.

    code: `RU` -> the actor's IRI; type: `Expulsion` -> the class; iri: an IRI or prefixed name;
    date: `2021-12-01` (or `2021-12`, `2021`: its first day, or its last); integer; text.
    """
    match kind:
        case "code":
            return _iri(value) if "://" in value else vocab.actor(value)
        case "type":
            return _iri(value) if "://" in value else vocab.dip(_name(value))
        case "iri":
            return _iri(value)
        case "date":
            return time_literal(day(value, last=last))
        case "integer":
            return Literal(str(_integer(value)), datatype=INTEGER)
        case _:
            return Literal(value)


def _name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]\w*", value, re.ASCII):
        raise ValueError("not the name of an event type, which is one word")
    return value


def _iri(value: str) -> NamedNode:
    bare = value.removeprefix("<").removesuffix(">")
    prefix, _, local = bare.partition(":")
    if prefix in vocab.PREFIXES and not local.startswith("//"):
        bare = vocab.PREFIXES[prefix] + local
    return NamedNode(bare)


def _integer(value: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise ValueError("not a whole number")
    return int(value)


def day(value: str, *, last: bool = False) -> str:
    """Return a day in ISO form; of a month or a year its first day, or its last.

    Raises ValueError, saying what a date looks like, for anything else.
    """
    shape = re.fullmatch(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?", value)
    if shape is None or shape[1] == "0000":
        raise ValueError(_NO_DATE)
    from calendar import monthrange  # loads locales, for the names of days

    year, month = int(shape[1]), int(shape[2] or (12 if last else 1))
    end = monthrange(year, month)[1]
    number = int(shape[3] or (end if last else 1))
    if not 1 <= number <= end:
        raise ValueError(_NO_DATE)
    return date(year, month, number).isoformat()
