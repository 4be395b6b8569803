"""Names with the sides that bore them in the article's year: its leaders, and states under former names."""

from dataclasses import replace

from spacy.tokens import Doc

from kg.lexicon import Lexicon
from kg.nlp.actors import Mention

_FORMERLY = frozenset({"former", "ex", "ex-", "erstwhile", "onetime"})


class Bearers:
    """Who bore a name in `year`, the year of publication where it is known."""

    def __init__(self, doc: Doc, lexicon: Lexicon, year: int | None) -> None:
        self.doc, self.lexicon, self.year = doc, lexicon, year

    def of(self, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with the sides that they meant then."""
        return self._under_former_names([self._dated(m) for m in mentions])

    def _dated(self, mention: Mention) -> Mention:
        """Return the mention with the side for which a known person spoke in the article's year."""
        if mention.kind != "leader":
            return mention
        holder = self.lexicon.holder(mention.text, self.year)
        return replace(mention, codes=(holder.affiliation,)) if holder else mention

    def _under_former_names(self, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with states as they were then: in 1977 the Kremlin is the Soviet one.

        A state of that year is its successor with the same Correlates of War number; the article
        names it, and not as a former one.
        """
        year, actors = self.year, self.lexicon.actors
        named = {
            m.codes[0]
            for m in mentions
            if len(m.codes) == 1 and actors[m.codes[0]].kind == "FormerState" and not self._ex(m)
        }
        then = {
            actors[code].cow: code
            for code in sorted(named)
            if year is not None
            and actors[code].cow
            and (actors[code].first_year or 0) <= year <= (actors[code].last_year or 0)
        }
        if not then:
            return mentions
        return [
            replace(m, codes=tuple(then.get(actors[c].cow, c) for c in m.codes)) for m in mentions
        ]

    def _ex(self, mention: Mention) -> bool:
        """Tell whether the state is told as a bygone one: "the former Yugoslavia"."""
        around = self.doc[max(0, mention.start - 1) : mention.end]
        return any(t.lower_ in _FORMERLY for t in around)
