"""Templates of sentences with slots, and how a filled template reads.

The texts stand in `templates.txt`, whose head explains the notation.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Relation = Literal["adjective", "possessive", "of"]
FILE = Path(__file__).with_name("templates.txt")
_SLOT = re.compile(r"\{([^{}]+)\}")
_OPEN = "?"
# "a European", "a Ukrainian", "a UK firm": a vowel to the eye, not to the ear.
_AN = re.compile(r"\b([Aa]) (?=[AIO]|E(?!u)|U(?!kr|g|r|K|S|\.|ni))")


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


@dataclass(frozen=True, slots=True)
class Form:
    """How a text names one state."""

    code: str
    name: str  # "the United Kingdom"
    adjective: str
    agent: str  # its government: the name, "London", "the British government"
    relation: Relation = "adjective"

    @property
    def possessive(self) -> str:
        return _possessive(self.agent)

    def of(self, noun: str, *, definite: bool) -> str:
        """Return `noun` as this state's: "the Xish noun", "X's noun", "the noun of X"."""
        if self.relation == "adjective":
            return f"the {self.adjective} {noun}" if definite else f"{self.adjective} {noun}"
        if not definite:
            return f"{noun} from {self.name}"
        if self.relation == "of":
            return f"the {noun} of {self.name}"
        return f"{_possessive(self.name)} {noun}"


@dataclass(frozen=True, slots=True)
class Fill:
    """What stands in the slots of a template, and what it means."""

    a: Form
    b: Form
    number: str = ""
    count: int = 0
    day: str = ""
    date: str = ""  # ISO
    limit: str = ""
    deadline: str = ""  # ISO
    c: Form | None = None  # a state that only stands by


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots, its twin in the passive voice, and what both tell."""

    type: str
    text: str
    passive: str = ""
    marks: tuple[tuple[str, str], ...] = ()

    def has(self, slot: str) -> bool:
        """Tell whether the sentence has the slot; "A:the" stands for every "A:the …"."""
        return any(s == slot or s.startswith(f"{slot} ") for s in _SLOT.findall(self.text))

    def allowed(self, key: str, default: str) -> tuple[str, ...] | None:
        """Return the values that a field may have; None where it is left open."""
        value = dict(self.marks).get(key, default)
        return None if value == _OPEN else tuple(value.split("/"))


def render(text: str, fill: Fill) -> str:
    """Return the sentence with its slots filled, its first letter a capital."""

    def filled(match: re.Match[str]) -> str:
        return _slot(match[1], fill)

    out = _AN.sub(r"\1n ", _SLOT.sub(filled, text))
    return out[:1].upper() + out[1:]


def within(around: str, sentence: str) -> str:
    """Return a template's sentence put in place of the "…" of another text; both keep their slots."""
    before, _, after = around.partition("…")
    inner = sentence.removesuffix(".") if after[:1] not in {"", " "} else sentence
    if before and not inner.startswith("{"):
        inner = inner[:1].lower() + inner[1:]
    return f"{before}{inner}{after}"


def _slot(slot: str, fill: Fill) -> str:
    plain = {"n": fill.number, "on": fill.day, "by": fill.limit}
    if slot in plain:
        return plain[slot]
    form = {"A": fill.a, "B": fill.b, "C": fill.c}[slot[0]]
    if form is None:
        raise ValueError(f"nothing fills {{{slot}}}")
    kind, _, noun = slot[2:].partition(" ")
    match kind:
        case "" if len(slot) == 1:
            return form.agent
        case "s":
            return form.possessive
        case "own":
            return _possessive(form.name)
        case "place":
            return form.name
        case "adj":
            return form.adjective
        case "the" | "some":
            return form.of(noun, definite=kind == "the")
    raise ValueError(f"unknown slot {{{slot}}}; see the head of {FILE.name}")


def read(path: Path = FILE) -> tuple[tuple[Template, ...], Mapping[str, tuple[str, ...]]]:
    """Return the file's templates in order, and its words by kind.

    Raises ValueError, naming the line, for what the notation doesn't know.
    """
    templates: list[Template] = []
    words: dict[str, tuple[str, ...]] = {}
    type_ = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        sign, _, rest = line.partition(" ")
        match sign:
            case "" | "#":
                continue
            case "==":
                type_ = rest.strip()
            case ">":
                text, _, marks = rest.partition(" @ ")
                pairs = tuple((k, v) for k, _, v in (m.partition("=") for m in marks.split()))
                templates.append(Template(type_, text.strip(), marks=pairs))
            case "~" if templates:
                last = templates.pop()
                templates.append(Template(last.type, last.text, rest.strip(), last.marks))
            case "%":
                kind, _, value = rest.partition(": ")
                words[kind] = (*words.get(kind, ()), value)
            case _:
                raise ValueError(f"{path.name}:{number}: starts with {sign!r}; use == > ~ % or #")
    return tuple(templates), words
