"""Which other parties a sentence names, and how they stand to an act told in it."""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Method
from kg.nlp.actors import Mention
from kg.nlp.force import PLACE_WORDS, Force
from kg.nlp.lists import run_before
from kg.nlp.matches import Match
from kg.nlp.reference import Ref, Reference

_WHEN = frozenset({"after", "before", "while", "when", "since"})
_BESIDE = frozenset({"alongside", "beside", "like", "unlike"})


class Beside:
    """The parties beside the acts of one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference, self.lexicon, self.syntax = reference, lexicon, reference.syntax
        self.force = Force(reference, lexicon)

    def _left_of(self, match: Match, taken: set[str]) -> list[Ref]:
        sentence = match.trigger.sent
        before = [
            m
            for m in self.reference.mentions
            if sentence.start <= m.start < match.trigger.i and m.government and not self.placed(m)
        ]
        doc, mentions = self.reference.doc, self.reference.mentions
        if before and before[0].start == sentence.start and self._resumes(match.trigger, before[0]):
            before.append(before[0])  # "Togo, one of the last to do so, gave in"
        for mention in reversed(before):
            if self.force.judges(mention.start, match):
                return []
            if not set(mention.codes) & taken:
                run = run_before(doc, mentions, mention)
                return [Ref(c, m.start, m.end, "window") for m in run for c in m.codes]
        return []

    def _resumes(self, verb: Token, first: Mention) -> bool:
        """Tell whether the verb goes on behind what stands between commas after the first name."""
        doc = self.reference.doc
        helped = [verb, *self.syntax.auxiliaries(verb)]
        before = doc[min(t.i for t in helped) - 1]
        return doc[first.end].text == "," and before.text == "," and before.i > first.end

    def others(self, match: Match, taken: set[str]) -> list[Ref]:
        """Return other parties of the sentence, places left out, nearest to the trigger first."""
        sentence = match.trigger.sent
        found: list[Ref] = []
        mentions = [m for m in self.reference.mentions if sentence.start <= m.start < sentence.end]
        for mention in sorted(mentions, key=lambda m: (abs(m.start - match.trigger.i), m.start)):
            if self.syntax.excepted(self.reference.doc[mention.start : mention.end].root):
                continue
            if mention.codes and not self.placed(mention) and mention.kind != "combining":
                found.extend(
                    Ref(c, mention.start, mention.end, "window")
                    for c in mention.codes
                    if c not in taken
                )
        for i, person in sorted(self.reference.persons.items()):
            if sentence.start <= i < sentence.end and i == person.start:
                found.extend(
                    Ref(c, person.start, person.end, "window", self.reference.person_record(person))
                    for c in person.codes
                    if c not in taken
                )
        return found

    def below(self, match: Match, taken: set[str]) -> list[Ref]:
        """Return other parties named behind the act in what hangs on it, nearest first.

        Whoever is named in another clause of the sentence, or in one that the act's clause only
        belongs to, has no part in the act: "Peru aided rebels, and Chile closed its port".
        """
        doc = self.reference.doc
        return [
            r
            for r in self.others(match, taken)
            if r.start > match.trigger.i and self._hangs_on(doc[r.start : r.end].root, match)
        ]

    def _hangs_on(self, word: Token, match: Match) -> bool:
        """Tell whether a word belongs to the act's clause, or to one that completes it."""
        tokens = {match.trigger, *match.verbs, *match.affected()}
        says = match.type.frame == "SpeechAct"  # "warned of more if Peru …": said to Peru
        clauses, below = 0, word
        for above in self.syntax.governors(word):
            if says and self.reference.suffered(below, above):
                return False  # "condemned the arrest of *Chadians*"
            below = above
            if above in tokens:
                return True
            role = self.syntax.role_of(above)
            if not says and self.reference.is_cue(above, "borderVerb"):
                return False  # "rebels in the east *bordering* Chad"
            clauses += role == "adnominal"
            if clauses > 1 and not says:  # "envoys named in a report accused of ties with Peru"
                return False
            if role == "conjunct" and self.syntax.is_verbal(above):
                return False
            if role == "adverbial" and not says and self._is_aside(above):
                return False
        return False

    def _is_aside(self, clause: Token) -> bool:
        """Tell whether a clause beside the act has doers of its own, or tells when: "after halting …"."""
        marks = {m.lower_ for m in self.syntax.markers(clause)}
        return self.syntax.own_subject(clause) is not None or bool(marks & _WHEN)

    @staticmethod
    def from_context(code: str, match: Match, method: Method = "context") -> Ref:
        return Ref(code, match.trigger.i, match.trigger.i + 1, method)

    def placed(self, mention: Mention) -> bool:
        """Tell whether the mention stands as a place: "in Vienna", "at Geneva"."""
        head: Token = self.reference.doc[mention.end - 1]
        if mention.start > 0:
            before = self.reference.doc[mention.start - 1]
            if before.lower_ == "the" and mention.start > 1:
                before = self.reference.doc[mention.start - 2]
            if before.lower_ in PLACE_WORDS | _BESIDE:
                return True
        return mention.kind == "city" or any(c.lower_ in PLACE_WORDS for c in head.lefts)
