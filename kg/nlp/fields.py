"""Count, dates, deadline, place, condition and reason of an event, from its sentence."""

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Token

from kg.model import Quantity
from kg.nlp.act_times import ActTimes
from kg.nlp.counts import Counts
from kg.nlp.reference import Ref, Reference
from kg.nlp.syntax import NOMINAL
from kg.nlp.triggers import Match


class Fields:
    """The fields of events of one document; offsets in what it returns count the Doc's characters."""

    def __init__(self, reference: Reference, anchor: date | None) -> None:
        self.reference, self.syntax = reference, reference.syntax
        self.anchor = anchor
        self._counts = Counts(reference)
        self._times = ActTimes(reference, anchor)
        self.times, self.anchor_token = self._times.times, self._times.anchor_token
        self.split, self.is_recent = self._times.split, self._times.is_recent

    def count(self, match: Match, targets: Sequence[Ref] = ()) -> Quantity | None:
        """Return how many the act affected of the targets' side."""
        return self._counts.of(match, targets)

    def again(self, head: Token, match: Match) -> Quantity | None:
        """Return the number of a further group: "an equal number", "another 27"."""
        return self._counts.again(head, match)

    def place(self, match: Match) -> str:
        """Return the place named with `in` or `at` beside the act, empty if none."""
        for host in [match.trigger, *match.verbs]:
            for oblique in self.syntax.obliques(host):
                if oblique.preposition in {"in", "at", "near"}:
                    mention = self.reference.at.get(oblique.noun.i)
                    if mention is not None and mention.place:
                        return mention.text
                    if oblique.noun.ent_type_ in {"LOC", "GPE"}:
                        return self._name(oblique.noun)
        return ""

    def _name(self, noun: Token) -> str:
        for ent in self.reference.doc.ents:
            if ent.start <= noun.i < ent.end:
                return ent.text
        return noun.text

    def clause(self, verb: Token | None) -> str:
        """Return the words of the clause headed by the verb, at most 200 characters."""
        if verb is None:
            return ""
        words = sorted(verb.subtree, key=lambda t: t.i)
        doc = self.reference.doc
        return doc[words[0].i : words[-1].i + 1].text.strip(" ,.;")[:200]

    def reason(self, match: Match) -> str:
        """Return the stated reason: a `for`, `over` or `because` phrase beside the act."""
        for host in [match.trigger, *match.verbs]:
            for oblique in self.syntax.obliques(host):
                if (
                    oblique.preposition in {"over", "because_of", "due_to"}
                    and oblique.noun.pos_ in NOMINAL
                ):
                    return self.clause(oblique.noun)
            for child in host.children:
                if self.syntax.role_of(child) == "adverbial" and any(
                    m.lower_ in {"because", "since", "for"} for m in self.syntax.markers(child)
                ):
                    return self.clause(child)
        return ""
