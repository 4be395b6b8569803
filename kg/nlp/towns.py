"""In which town the mission is that an act opens or closes: two consulates are two acts."""

from spacy.tokens import Token

from kg.nlp.matches import Match
from kg.nlp.reference import Reference

_IN = frozenset({"in", "at"})
_TOWNS = frozenset({"city", "capital"})


def town_of(match: Match, reference: Reference) -> str:
    """Return the town of the mission that the act is about, empty where none or several are told.

    Named behind it ("its consulate in Ostrava") or before it ("the Ostrava consulate").
    """
    if match.type.name not in reference.lexicon.cues.get("sitedType", ()):
        return ""
    missions = [t for t in match.affected() if reference.is_class(t, "mission")]
    hosts = [match.trigger, *missions] if missions else []
    found = {name for host in hosts for name in _named(host, reference)}
    return found.pop() if len(found) == 1 else ""


def _named(host: Token, reference: Reference) -> list[str]:
    syntax = reference.syntax
    behind = [
        place
        for oblique in syntax.obliques(host)
        if oblique.preposition in _IN and oblique.noun.pos_ == "PROPN"
        for place in syntax.conjuncts(oblique.noun)
    ]
    names = [_town(place, reference, known=False) for place in behind]
    names += [_town(word, reference, known=True) for word in syntax.premodifiers(host)]
    return [name for name in names if name]


def _town(word: Token, reference: Reference, *, known: bool) -> str:
    """Return the town that the word names; one that no gazetteer knows only if it may be `known`."""
    mention = reference.at.get(word.i)
    if mention is not None:
        return mention.text.removeprefix("the ") if mention.kind in _TOWNS else ""
    if known or word.ent_type_ == "PERSON":
        return ""
    name = next((e.text for e in reference.doc.ents if e.start <= word.i < e.end), word.text)
    return name.removeprefix("the ")
