"""Answers about a word that hold as long as its document does, worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from spacy.tokens import Token

P = ParamSpec("P")
R = TypeVar("R")


class Remembering(Protocol):
    """One document's reader that remembers what it found."""

    found: dict[tuple[object, ...], object]


S = TypeVar("S", bound=Remembering)
_NEW = object()


def once(
    method: Callable[Concatenate[S, Token, P], R],
) -> Callable[Concatenate[S, Token, P], R]:
    """Remember what a method finds for a word; a list is copied, since a caller may change it."""
    name = method.__name__

    @wraps(method)
    def looked_up(self: S, token: Token, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (name, token.i, *args, *kwargs.items())
        found = self.found.get(key, _NEW)
        if found is _NEW:
            found = self.found[key] = method(self, token, *args, **kwargs)
        return cast("R", found.copy() if type(found) is list else found)

    return cast("Callable[Concatenate[S, Token, P], R]", looked_up)
