"""The linker's records as JSON and back."""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.link.records import (
    Claim,
    Comparison,
    Decision,
    Feature,
    Hub,
    Proposition,
    Report,
    Rival,
    Source,
    Value,
    When,
)

_RECORDS = (
    *(Claim, Comparison, Decision, Feature, Hub, Proposition, Report, Rival, Source, Value),
    When,
)
_FIELDS: dict[type[object], tuple[str, ...]] = {
    class_: tuple(field.name for field in fields(class_)) for class_ in _RECORDS
}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CLASSES: dict[str, Callable[..., object]] = {class_.__name__: class_ for class_ in _RECORDS}


def encode(record: object) -> str:
    """Return a record, a tuple or a number as JSON; equal records give equal text."""
    return _JSON.encode(_plain(record))


def decode(text: str) -> Any:
    """Return what was encoded."""
    return _record(json.loads(text))


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    names = _FIELDS.get(type(value))
    if names is not None:
        return [type(value).__name__, *[_plain(getattr(value, name)) for name in names]]
    if isinstance(value, tuple):
        return ["tuple", *map(_plain, value)]
    if isinstance(value, frozenset):
        return ["set", *sorted(value)]
    if isinstance(value, Literal):
        return ["literal", value.value, value.datatype.value, value.language]
    raise TypeError(f"{value!r} is no record of the linker")


def _record(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, *parts = value
    if kind == "tuple":
        return tuple(map(_record, parts))
    if kind == "set":
        return frozenset(parts)
    if kind == "literal":
        text, datatype, language = parts
        if language:
            return Literal(text, language=language)
        return Literal(text, datatype=NamedNode(datatype))
    return _CLASSES[kind](*map(_record, parts))
