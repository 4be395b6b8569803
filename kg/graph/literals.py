"""Values -> typed literals: numbers, dates as precise as their text, day numbers."""

from datetime import date

from pyoxigraph import Literal

from kg import vocab

INTEGER = vocab.term("xsd:integer")
_EPOCH = date(1970, 1, 1)
_KINDS = {4: "gYear", 7: "gYearMonth", 10: "date"}


def day(iso: str) -> Literal:
    """Return the day number of an ISO date: days since 1970-01-01, as xsd:integer."""
    return Literal(str((date.fromisoformat(iso) - _EPOCH).days), datatype=INTEGER)


def time_literal(value: str) -> Literal:
    """Return the literal of a date as precise as its text.

    `2021-12-01` is an xsd:date, `2021-12` a gYearMonth, `2021` a gYear, `--01-31` a gMonthDay.
    """
    kind = "gMonthDay" if value.startswith("--") else _KINDS[len(value)]
    return Literal(value, datatype=vocab.term(f"xsd:{kind}"))


def integer(value: int) -> Literal:
    """Return the number as xsd:integer."""
    return Literal(str(value), datatype=INTEGER)
