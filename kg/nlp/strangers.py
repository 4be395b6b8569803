"""Acts of force by hands nobody names, on people who are abroad or of a body of states.

"Gunmen shot dead two Danes in Mali", "a UN convoy was bombed": an act on Denmark, on the UN, whoever
did it. The same on Malians in Mali is none between states.
"""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.actors import Mention
from kg.nlp.beside import Beside
from kg.nlp.force import PLACE_WORDS
from kg.nlp.matches import Fill, Match
from kg.nlp.reference import Ref, Reference

_ON = frozenset({"on", "against", "upon"})
_OF = frozenset({"of"})
_STEPS = 2  # words from a nationality up to the head of its phrase


class Strangers(Beside):
    """Victims of nameless force over one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        super().__init__(reference, lexicon)
        self._blaming = frozenset(lexicon.cues.get("blamingVerb", ()))
        self._violent = frozenset(lexicon.cues.get("violentVerb", ()))

    def victims(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """Return the targets, if such an act on them tells of another state's loss; else none."""
        if match.type.name not in self.lexicon.cues.get("namelessType", ()):
            return []
        if any(r.method != "dependency" for r in targets) or not self._is_violent(match):
            return []
        passive = match.pattern.pos == "v" and self.syntax.is_passive(match.trigger)
        if not self.force.is_unowned(match, passive=passive):
            return []  # "the arrest of a Dane": some state's, left open
        if match.pattern.pos == "n" and match.trigger.head.lemma_.lower() in self._blaming:
            return []  # "blamed the attacks on Chad"
        where = {r.code for f in match.fills if self._is_where(f) for r in f.refs}
        return [r for r in targets if r.code not in where and self._is_others(r, match)]

    @staticmethod
    def _is_where(fill: Fill) -> bool:
        """Tell whether it only tells where people were struck: "killed nine in a *Chadian town*"."""
        leads = {c.lower_ for c in fill.token.lefts}
        return fill.slot.role == "target" and not fill.slot.cls and bool(leads & PLACE_WORDS)

    def defenders(self, match: Match, others: list[Ref]) -> list[Ref]:
        """Return the state of the place where the text names only its forces.

        "Hamas attacked an army post in Egypt", "a clash between police and M23 in Uganda".
        """
        if match.type.name not in self.lexicon.cues.get("namelessType", ()):
            return []
        hit = [f.token for f in match.fills if f.slot.role == "target"]
        hit += [t for token in hit for t in token.conjuncts]
        local = [t for t in hit if not self.reference.of(t) and self._is_local(t)]
        body = any(self.lexicon.is_body(r.code) for r in others)
        places = self._places(match.trigger) - {r.code for r in others} if local and body else set()
        if len(places) != 1:
            return []
        return [Ref(places.pop(), local[0].i, local[0].i + 1, "context")]

    def _is_local(self, noun: Token) -> bool:
        """Tell whether the noun, or what it belongs to, is a state's force: "police *patrol*"."""
        words = [noun, *self.syntax.premodifiers(noun)]
        return any(self.reference.is_cue(t, "localForce") for t in words)

    def _is_violent(self, match: Match) -> bool:
        """Tell whether people did it, not an accident: "shot", "killed by a *mine*", "gunmen hit"."""
        verb = match.trigger
        if match.pattern.pos == "n" or verb.lemma_.lower() in self._violent:
            return True
        return any(self.reference.is_cue(t, "violentMeans") for t in verb.subtree)

    def _is_others(self, ref: Ref, match: Match) -> bool:
        if match.pattern.pos == "n" and not self._is_after(ref, _OF):
            return self._is_named(ref)
        if self.lexicon.is_body(ref.code):
            return match.pattern.pos == "v"
        places = self._places(match.trigger)
        return bool(places) and ref.code not in places

    def _is_named(self, ref: Ref) -> bool:
        """Tell whether the act is on a state by name: "the attacks *on Chad*"."""
        mention = self.reference.at.get(ref.start)
        return mention is not None and mention.kind == "name" and self._is_after(ref, _ON)

    def _is_after(self, ref: Ref, prepositions: frozenset[str]) -> bool:
        """Tell whether one of the prepositions leads the phrase in which the party stands."""
        word: Token = self.reference.doc[ref.end - 1]
        for _ in range(_STEPS):
            if any(c.lower_ in prepositions for c in word.lefts):
                return True
            if word.pos_ in {"VERB", "AUX"} or word.head == word:
                return False
            word = word.head
        return False

    def _places(self, verb: Token) -> set[str]:
        """Return the states of the places told with the act; else in its sentence; else the last."""
        sentence = verb.sent
        for first, last in (verb.left_edge.i, verb.right_edge.i), (sentence.start, sentence.end):
            inside = (m for m in self.reference.mentions if first <= m.start <= last)
            found = {self._place(m) for m in inside} - {""}
            if found:
                return found
        for mention in reversed(self.reference.mentions):
            if mention.start < sentence.start and self._place(mention):
                return {self._place(mention)}
        return set()

    def _place(self, mention: Mention) -> str:
        if not self.placed(mention):
            return ""  # "*Chad* says": who tells of it
        return mention.place or (mention.codes[0] if mention.codes else "")
