"""What a phrase can stand for: a party that it names, a person with a side."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.model import Method, Person

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Ref:
    """A party that a phrase stands for, the tokens that say so, and how it was found."""

    code: str
    start: int
    end: int
    method: Method
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Tokens that name a person, with office and affiliation as far as the article tells them."""

    start: int
    end: int
    name: str
    office: str
    codes: tuple[str, ...]


def found_by(refs: Iterable[Ref], method: Method) -> tuple[Ref, ...]:
    """Return the same parties as found in this way."""
    return tuple(replace(r, method=method) for r in refs)
