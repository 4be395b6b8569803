"""Two acts beside each other: done to each other's doers, told together, one later than the other."""

from collections.abc import Sequence

from kg.nlp.drafts import Draft


def opposite(effect: Draft, cause: Draft) -> bool:
    """Tell whether the cause was done to the effect's actor by the effect's target.

    A side that one of the two leaves open agrees with anybody, if the other side is told of both.
    """
    a, t = set(effect.actor_codes()), set(effect.target_codes())
    ca, ct = set(cause.actor_codes()), set(cause.target_codes())
    struck_back = bool(t & ca)  # at whoever did it
    struck = bool(a & ct)  # who was struck
    if a and t and ca and ct:
        return struck_back and struck
    if struck_back and struck:
        return True
    return (struck_back and not (a and ct)) or (struck and not (t and ca))


def is_mutual(i: int, drafts: Sequence[Draft]) -> bool:
    """Tell whether one word tells the act of both sides: "exchanged expulsions" answer nothing."""
    a = drafts[i]
    words = set(a.triggers)  # where either act is told by itself too, one may answer the other
    return any(
        b is not a
        and (words <= set(b.triggers) or words >= set(b.triggers))
        and a.actor_codes() == b.target_codes()
        and a.target_codes() == b.actor_codes()
        for b in drafts
    )


def just_told(cause: Draft, effect: Draft) -> bool:
    """Tell whether the same sentence or the one before tells it: history further off isn't answered."""
    start = effect.triggers[0].sent.start
    previous = effect.trigger.doc[start - 1].sent.start if start else 0
    return any(previous <= t.i < effect.triggers[0].i for t in cause.triggers)


def is_later(cause: Draft, effect: Draft) -> bool:
    """Tell whether the would-be cause is dated after its effect."""
    if cause.date is None or effect.date is None or not cause.date.first or not effect.date.last:
        return False
    return cause.date.first > effect.date.last
