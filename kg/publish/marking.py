"""An article's text and its reports -> pieces to mark."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from kg.publish.view import Report


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, with the events that it tells of."""

    text: str
    hubs: tuple[str, ...] = ()


def marked(text: str, reports: Iterable[Report]) -> tuple[Piece, ...]:
    """Cut the text wherever a quote starts or ends; the pieces joined are the text."""
    spans = [(r.quote.start, min(r.quote.end, len(text)), r.hub) for r in reports]
    cuts = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    pieces = []
    for start, end in itertools.pairwise(cuts):
        hubs = tuple(sorted({hub for s, e, hub in spans if s <= start and end <= e and hub}))
        pieces.append(Piece(text[start:end], hubs))
    return tuple(pieces)
