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


def once(
    method: Callable[Concatenate[S, Token, P], R],
) -> Callable[Concatenate[S, Token, P], R]:
    """Remember what a method finds for a word; a list is copied, since a caller may change it."""
    name = method.__name__

    @wraps(method)
    def looked_up(self: S, token: Token, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (name, token.i, args, *kwargs.items()) if kwargs else (name, token.i, args)
        try:  # most are there: a third of the time of asking first
            found = self.found[key]
        except KeyError:
            found = self.found[key] = method(self, token, *args, **kwargs)
        return found.copy() if type(found) is list else found  # type: ignore[return-value]

    return cast("Callable[Concatenate[S, Token, P], R]", looked_up)
