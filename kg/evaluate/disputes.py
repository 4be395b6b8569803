"""Disputes in the gold: acts of which one speaker says that they are so and another that they aren't.

A dispute is a gold event, or all reports of it across articles, with a claim that asserts it and a
claim by another speaker that denies or characterises it. It is shown where a claim of each side was
answered with its speaker and its stance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import Key

_SIDES = {"asserts": "for", "denies": "against", "characterises": "against"}


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim of the gold on an event, and whether it was answered with its speaker and stance."""

    about: Key
    speaker: str
    stance: str
    right: bool


def disputes(
    claims: Iterable[JudgedClaim], same_event: Sequence[Sequence[Key]] = ()
) -> tuple[int, int]:
    """Return how many disputes the gold has, and of how many both sides are shown."""
    cluster = {key: number for number, keys in enumerate(same_event) for key in keys}
    about: dict[Key | int, list[JudgedClaim]] = {}
    for claim in claims:
        if claim.stance in _SIDES:
            about.setdefault(cluster.get(claim.about, claim.about), []).append(claim)
    disputed = [told for told in about.values() if _is_disputed(told)]
    return len(disputed), sum(_both_shown(told) for told in disputed)


def _is_disputed(claims: Sequence[JudgedClaim]) -> bool:
    asserting = {c.speaker for c in claims if _SIDES[c.stance] == "for"}
    contesting = {c.speaker for c in claims if _SIDES[c.stance] == "against"}
    return any(a != b for a in asserting for b in contesting)


def _both_shown(claims: Sequence[JudgedClaim]) -> bool:
    return len({_SIDES[c.stance] for c in claims if c.right}) == len(set(_SIDES.values()))
