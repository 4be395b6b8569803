"""What the fills of a match tell of its sides: told by the act's own words, at home, in one phrase."""

from kg.nlp.matches import Match
from kg.nlp.reference import Ref


def is_at_home(actors: list[Ref], targets: list[Ref]) -> bool:
    """Tell whether a side is told to do it to itself: "Cubans tried to kill the Cuban president"."""
    sides = [{r.code for r in refs} for refs in (actors, targets)]
    sure = all(r.method == "dependency" for r in (*actors, *targets))
    return sure and len(sides[0]) == 1 and sides[0] == sides[1]


def by_words(match: Match, refs: list[Ref]) -> bool:
    """Tell whether a slot of the pattern gives one of the parties by its own words."""
    filled = [r for f in match.fills for r in f.refs if r.method != "coreference"]
    return any(r.method == "dependency" or r in filled for r in refs)


def is_between(match: Match) -> bool:
    """Tell whether the parties stand in one phrase: "ties between Peru and Chile were cut"."""
    return any(
        f.slot.role == "target"
        and len(f.refs) == 2
        and any(c.lower_ == "between" for c in f.token.lefts)
        for f in match.fills
    )


def is_of_one_side(match: Match) -> bool:
    """Tell whether a phrase with "between" names one party only, and the pattern no doer."""
    return not match.pattern.before and any(
        f.slot.role == "target" and any(c.lower_ == "between" for c in f.token.lefts)
        for f in match.fills
    )


def acted_on(match: Match, code: str) -> bool:
    """Tell whether a pronoun for whom it is done to tells that the party is the target."""
    return any(
        f.slot.role == "target" and f.token.pos_ == "PRON" and any(r.code == code for r in f.refs)
        for f in match.fills
    )
