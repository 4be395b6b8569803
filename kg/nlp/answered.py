"""Whom a measure struck, where it is only named as what is answered: "in reply to the sanctions".

What a state answers was done to it: in "Peru's answer to the sanctions which Chile imposed" they
were imposed on Peru.
"""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.reference import Ref, Reference
from kg.nlp.triggers import Match

_REACH = 6  # words above an act within which the answer to it may be named


class Answered:
    """Whoever answers the acts of one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference, self.syntax = reference, reference.syntax
        self._nouns = frozenset(lexicon.cues.get("answerNoun", ()))

    def by(self, match: Match, codes: set[str], last: str) -> list[Ref]:
        """Return who answers the act, if told of one; `last` acted in the sentences before."""
        answer = self._answer(match.trigger)
        if answer is None:
            return []
        clause = self.syntax.clause_head(answer)
        subjects = (self.syntax.possessor(answer), self.syntax.subject(clause))
        for party in subjects:
            if party is None or party == answer:
                continue
            refs = [r for r in self.reference.of_all(party) if r.code not in codes]
            if len(refs) == 1:
                return refs
        word = match.trigger
        return [Ref(last, word.i, word.i + 1, "context")] if last and last not in codes else []

    def _answer(self, trigger: Token) -> Token | None:
        """Return the noun of answering on which the act hangs by "to" or "for"."""
        word = trigger
        for _ in range(_REACH):
            above = word.head
            if above == word:
                return None
            if above.lemma_.lower() in self._nouns and above.i < trigger.i:
                led = any(c.lower_ in {"to", "for"} for c in word.lefts)
                return above if led else None
            word = above
        return None
