"""Reads a plain `kgbuild query` without Typer, which takes longer to load than most answers.

What is not plainly right (an unknown option, a missing value, a wish for help) is left to Typer,
which answers or complains. A test holds both readings equal.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.cli.answer import Question, parameters
from kg.cli.common import DEFAULT_STORE

_SHORT = ("actor", "type", "since", "until")  # parameters with an option of their own
_VALUES = {f"--{name}": name for name in (*_SHORT, "store", "output", "format", "timeout")}
_VALUES |= {"-o": "output", "-O": "format"}
_PARAM = ("--param", "-p")
_FLAGS = {
    f"--{no}{name.replace('_', '-')}": (name, not no)
    for name in ("allow_service", "fail_empty", "excel_safe")
    for no in ("", "no-")
}
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)


@dataclass(slots=True)
class _Told:
    """What the words say: names of questions, values and flags by field, parameters."""

    names: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    param: list[str] = field(default_factory=list)


def read(words: Sequence[str], environment: Mapping[str, str]) -> Question | None:
    """Return the question that the words after `kgbuild` ask; None where Typer must read them.

    Raises UsageError for a parameter that isn't written as `name=value`.
    """
    if list(words[:1]) != ["query"] or "_KGBUILD_COMPLETE" in environment:
        return None
    told = _told(words[1:])
    if told is None or len(told.names) != 1:
        return None
    values = told.values
    seconds = values.get("timeout")
    if seconds is not None and not _SECONDS.fullmatch(seconds):
        return None
    store = values.get("store", environment.get("KGBUILD_STORE"))
    return Question(
        told.names[0],
        parameters(told.param, *(values.get(name, "") for name in _SHORT)),
        store=Path(store) if store else DEFAULT_STORE,
        output=Path(values["output"]) if "output" in values else None,
        format=values.get("format"),
        timeout=None if seconds is None else float(seconds),
        **told.flags,
    )


def _told(words: Sequence[str]) -> _Told | None:
    told, rest = _Told(), iter(words)
    for word in rest:
        if word in _FLAGS:
            name, wanted = _FLAGS[word]
            told.flags[name] = wanted
        elif word == "-" or not word.startswith("-"):
            told.names.append(word)
        else:
            option, joined, value = word.partition("=")
            if joined and not option.startswith("--"):
                return None
            value = value if joined else next(rest, "")
            if not value or value.startswith("--"):
                return None
            if option in _PARAM:
                told.param.append(value)
            elif option in _VALUES:
                told.values[_VALUES[option]] = value
            else:
                return None
    return told
