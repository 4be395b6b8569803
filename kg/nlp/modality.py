"""How an event is meant: happened, planned, threatened, conditional, possible, demanded, denied.

The words above the trigger decide, nearest first: its auxiliaries and negation, then what it hangs
on as complement or object ("plans to …", "call for the …"), then an if-clause beside it. A decision
of the actor's own that is announced counts as done, even if worded "will expel".
"""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Modality
from kg.nlp.syntax import Syntax

_POSSIBLE_AUX = frozenset({"may", "might", "could", "can"})
_FUTURE_AUX = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_WOULD = frozenset({"would", "'d", "’d"})
_DUTY_AUX = frozenset({"should", "must", "ought"})
_CHAIN = frozenset({"complement", "object", "oblique", "adnominal", "modifier"})


@dataclass(frozen=True, slots=True)
class Mood:
    """A modality with the words that decided it and the condition, if one is told."""

    modality: Modality
    condition: Token | None = None  # the verb of the if-clause
    cue: Token | None = None


class Moods:
    """Modality of triggers in one document. `decides` types count as done when announced."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self.syntax = syntax
        cues = lexicon.cues
        self._tables: tuple[tuple[Modality, frozenset[str]], ...] = (
            ("denied", frozenset(cues.get("negatingCue", ()))),
            ("threatened", frozenset(cues.get("threatenedCue", ()))),
            ("demanded", frozenset(cues.get("demandedCue", ()))),
            ("planned", frozenset(cues.get("plannedCue", ()))),
            ("possible", frozenset(cues.get("possibleCue", ()))),
        )
        self._decided = frozenset(cues.get("decidedCue", ()))
        self._reporting = frozenset(cues.get("reportingVerb", ()))
        self._conditions = frozenset(cues.get("conditionMarker", ()))

    def of(self, trigger: Token, own: frozenset[int], *, decides: bool, speech: bool) -> Mood:
        """Return the trigger's mood. `own` are tokens of the pattern itself, which don't count."""
        condition = self._condition(trigger)
        verb = self.syntax.clause_head(trigger)
        if self.syntax.negated(trigger) or (
            verb != trigger and self._supports(trigger, verb) and self.syntax.negated(verb)
        ):
            return Mood("denied", condition)
        if self._in_condition(trigger):
            return Mood("possible", None)
        auxiliary = self._auxiliary(trigger if self.syntax.is_verbal(trigger) else verb, trigger)
        if speech:
            if auxiliary == "possible":
                return Mood("possible", condition)
            chained = self._chain(trigger, own)
            return Mood(chained.modality if chained and chained.modality in {"denied", "planned", "possible"} else "actual", condition)
        chained = self._chain(trigger, own)
        if chained is not None:
            if chained.modality == "planned" and condition is not None:
                return Mood("conditional", condition, chained.cue)
            return Mood(chained.modality, condition, chained.cue)
        if condition is not None and auxiliary in {"would", "future", "possible", "duty"}:
            return Mood("conditional", condition)
        if auxiliary == "possible":
            return Mood("possible")
        if auxiliary in {"future", "would", "duty"}:
            return Mood("actual" if decides else "planned")
        return Mood("actual", condition)

    def _supports(self, trigger: Token, verb: Token) -> bool:
        return self.syntax.role_of(trigger) in {"object", "subject", "complement"} and trigger.head == verb

    def _auxiliary(self, verb: Token, trigger: Token) -> str:
        if verb != trigger and not self._supports(trigger, verb):
            return ""
        words = {t.lower_ for t in self.syntax.auxiliaries(verb)}
        head = verb.head
        if not words and self.syntax.role_of(verb) == "conjunct":
            words = {t.lower_ for t in self.syntax.auxiliaries(head)}
        for name, group in (("possible", _POSSIBLE_AUX), ("future", _FUTURE_AUX), ("would", _WOULD), ("duty", _DUTY_AUX)):
            if words & group:
                return name
        return ""

    def _condition(self, trigger: Token) -> Token | None:
        """Return the verb of an if- or unless-clause beside the trigger's clause or above it."""
        verb = self.syntax.clause_head(trigger)
        steps = 0
        while steps < 4:
            for child in verb.children:
                if self.syntax.role_of(child) == "adverbial" and any(m.lower_ in {"if", "unless", "provided", "providing", "should"} for m in (*self.syntax.markers(child), *child.lefts)):
                    return child
            if verb.head == verb or self.syntax.role_of(verb) not in {"complement", "conjunct", "adverbial"} or verb.lemma_.lower() in self._reporting:
                return None
            verb = verb.head
            steps += 1
        return None

    def _in_condition(self, trigger: Token) -> bool:
        verb = self.syntax.clause_head(trigger)
        for word in (verb, *self.syntax.governors(verb)):
            if any(m.lower_ in {"if", "unless", "lest", "provided"} for m in self.syntax.markers(word)):
                # "asked if", "whether" are questions, not conditions
                return self.syntax.role_of(word) in {"adverbial", "other"}
            if word.lemma_.lower() in self._reporting:
                return False
        return False

    def _chain(self, trigger: Token, own: frozenset[int]) -> Mood | None:
        """Walk up from the trigger through complements and objects; the nearest cue decides."""
        word = trigger
        for modifier in trigger.lefts:
            if modifier.dep_ in self.syntax.profile.premodifier and modifier.i not in own:
                found = self._cue(modifier, ("possible", "planned"))
                if found:
                    return Mood(found, cue=modifier)
        for _ in range(6):
            head = word.head
            if head == word:
                return None
            role = self.syntax.role_of(word)
            if role == "conjunct":
                word = head
                continue
            if role == "subject" and (self.syntax.is_passive(head) or head.pos_ == "ADJ"):
                role = "object"
            if role not in _CHAIN:
                return None
            if head.i not in own:
                lemma = head.lemma_.lower()
                infinitive = self.syntax.is_verbal(word) and self.syntax.infinitive(word)
                nominal = not self.syntax.is_verbal(word)
                if infinitive or nominal or role == "adnominal":
                    found = self._cue(head, None)
                    if found and not (nominal and lemma in self._decided):
                        if found == "denied" and self.syntax.negated(head):
                            return None
                        return Mood(found, cue=head)
                    if self.syntax.negated(head) and infinitive:
                        return Mood("denied", cue=head)
                elif lemma in self._reporting and lemma not in self._threats():
                    found = self._cue(head, ("demanded",))
                    if found and any(m.lower_ == "that" for m in self.syntax.markers(word)) and word.tag_ == "VB":
                        return Mood(found, cue=head)
                    return None
                elif lemma in self._threats():
                    return Mood("threatened", cue=head)
                if lemma in self._decided and self.syntax.is_verbal(head) and not infinitive:
                    return None
                if self.syntax.is_verbal(head) and (infinitive or nominal):
                    auxiliary = self._auxiliary(head, head)
                    if auxiliary == "possible":
                        return Mood("possible", cue=head)
            word = head
        return None

    def _threats(self) -> frozenset[str]:
        return self._tables[1][1]

    def _cue(self, word: Token, only: tuple[str, ...] | None) -> Modality | None:
        forms = {word.lemma_.lower(), word.lower_}
        for modality, lemmas in self._tables:
            if (only is None or modality in only) and forms & lemmas:
                return modality
        return None
