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
        self._presupposing = frozenset(cues.get("presupposingVerb", ()))
        self._stances = frozenset(cues.get("stanceVerb", ()))
        self._conditions = frozenset(cues.get("conditionMarker", ()))

    def of(self, trigger: Token, own: frozenset[int], *, decides: bool, speech: bool) -> Mood:
        """Return the trigger's mood. `own` are tokens of the pattern itself, which don't count."""
        condition = self._condition(trigger)
        verb = self.syntax.clause_head(trigger)
        if (
            self._negated_argument(trigger)
            or self.syntax.negated(trigger, own)
            or (verb != trigger and self._supports(trigger, verb) and self.syntax.negated(verb))
        ):
            return Mood("denied", condition)
        if self._in_condition(trigger):
            return Mood("possible", None)
        auxiliary = self._auxiliary(trigger if self.syntax.is_verbal(trigger) else verb, trigger)
        if speech:
            if auxiliary == "possible":
                return Mood("possible", condition)
            chained = self._chain(trigger, own)
            return Mood(
                chained.modality
                if chained and chained.modality in {"denied", "planned", "possible"}
                else "actual",
                condition,
            )
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

    def _negated_argument(self, trigger: Token) -> bool:
        """Tell whether nobody did it, or to nobody: "no diplomat was told", "expelled no one"."""
        for child in trigger.children:
            if self.syntax.role_of(child) in {"subject", "object"} and (
                child.lower_ in {"nobody", "none"} or any(c.lower_ == "no" for c in child.children)
            ):
                return True
        return False

    def _supports(self, trigger: Token, verb: Token) -> bool:
        return (
            self.syntax.role_of(trigger) in {"object", "subject", "complement"}
            and trigger.head == verb
            and not self._presupposed(trigger, verb)
        )

    def _presupposed(self, word: Token, head: Token) -> bool:
        """Tell whether the noun is taken for granted: "will never accept the *annexation*"."""
        if self.syntax.is_verbal(word):
            return False
        lemma = head.lemma_.lower()
        if lemma in self._presupposing:
            return True
        # "cannot support *Russia's* war": whoever wages it, the stance is another's
        return lemma in self._stances and self._is_anothers(word)

    def _is_anothers(self, noun: Token) -> bool:
        owner = self.syntax.possessor(noun)
        if owner is not None:
            return owner.lower_ not in {"its", "their", "his", "her", "our", "my"}
        definite = any(c.lower_ == "the" for c in noun.lefts)
        return definite and any(c.tag_ in {"JJ", "NNP"} for c in self.syntax.premodifiers(noun))

    def _auxiliary(self, verb: Token, trigger: Token) -> str:
        if verb != trigger and not self._supports(trigger, verb):
            return ""
        words = {t.lower_ for t in self.syntax.auxiliaries(verb)}
        head = verb.head
        if not words and self.syntax.role_of(verb) == "conjunct":
            words = {t.lower_ for t in self.syntax.auxiliaries(head)}
        for name, group in (
            ("possible", _POSSIBLE_AUX),
            ("future", _FUTURE_AUX),
            ("would", _WOULD),
            ("duty", _DUTY_AUX),
        ):
            if words & group:
                return name
        return ""

    def _condition(self, trigger: Token) -> Token | None:
        """Return the verb of an if- or unless-clause beside the trigger's clause or above it."""
        verb = self.syntax.clause_head(trigger)
        steps = 0
        while steps < 4:
            for child in verb.children:
                if self.syntax.role_of(child) == "adverbial" and any(
                    m.lower_ in {"if", "unless", "provided", "providing", "should"}
                    for m in (*self.syntax.markers(child), *child.lefts)
                ):
                    return child
            if (
                verb.head == verb
                or self.syntax.role_of(verb) not in {"complement", "conjunct", "adverbial"}
                or verb.lemma_.lower() in self._reporting
            ):
                return None
            verb = verb.head
            steps += 1
        return None

    def _in_condition(self, trigger: Token) -> bool:
        verb = self.syntax.clause_head(trigger)
        for word in (verb, *self.syntax.governors(verb)):
            if any(
                m.lower_ in {"if", "unless", "lest", "provided"} for m in self.syntax.markers(word)
            ):
                # "asked if", "whether" are questions, not conditions
                return self.syntax.role_of(word) in {"adverbial", "other"}
            if word.lemma_.lower() in self._reporting:
                return False
        return False

    def _chain(self, trigger: Token, own: frozenset[int]) -> Mood | None:
        """Walk up from the trigger through complements and objects; the nearest cue decides."""
        for modifier in trigger.lefts:
            if modifier.dep_ in self.syntax.profile.premodifier and modifier.i not in own:
                found = self._cue(modifier, ("possible", "planned"))
                if found:
                    return Mood(found, cue=modifier)
        for marker in self.syntax.markers(trigger):  # "is due to meet"
            if marker.i not in own and self._cue(marker, ("planned",)):
                return Mood("planned", cue=marker)
        word = trigger
        for _ in range(6):
            head = word.head
            role = self.syntax.role_of(word)
            if role == "subject" and (self.syntax.is_passive(head) or head.pos_ == "ADJ"):
                role = "object"
            if role == "adverbial" and self._follows(word, head):
                role = "complement"
            if head == word or role not in _CHAIN | {"conjunct"}:
                return None
            if role != "conjunct" and head.i not in own:
                goes_on, mood = self._step(word, head, role)
                if not goes_on:
                    return mood
            word = head
        return None

    def _follows(self, word: Token, head: Token) -> bool:
        """Tell whether an infinitive right behind a verb was taken for a purpose: "offered to host"."""
        return word.i - head.i == 2 and self.syntax.infinitive(word)

    def _step(self, word: Token, head: Token, role: str) -> tuple[bool, Mood | None]:
        """Judge one head above the trigger: (whether the walk goes on, what it decides)."""
        if self._presupposed(word, head):
            return False, None
        lemma = head.lemma_.lower()
        verbal = self.syntax.is_verbal(word)
        infinitive = verbal and (self.syntax.infinitive(word) or self._gerund(word))
        if infinitive or not verbal or role == "adnominal":
            found = self._cue(head, None)
            if found and (verbal or lemma not in self._decided):
                negated = found == "denied" and self.syntax.negated(head)
                return False, None if negated else Mood(found, cue=head)
            if infinitive and self.syntax.negated(head):
                return False, Mood("denied", cue=head)
        elif role == "complement" and self._cue(head, ("possible",)):
            return False, Mood("possible", cue=head)  # "predicted that two would be expelled"
        elif lemma in self._threats():
            return False, Mood("threatened", cue=head)
        elif lemma in self._reporting:
            return False, self._reported(word, head)
        if lemma in self._decided and self.syntax.is_verbal(head) and not infinitive:
            return False, None
        if self.syntax.is_verbal(head) and (infinitive or not verbal):
            possible = self._auxiliary(head, head) == "possible"
            return not possible, Mood("possible", cue=head) if possible else None
        return True, None

    def _gerund(self, verb: Token) -> bool:
        """Tell "considered *expelling*", where the verb above decides, from "after *expelling*"."""
        return (
            verb.tag_ == "VBG"
            and self.syntax.role_of(verb) == "complement"
            and not any(True for _ in self.syntax.auxiliaries(verb))
            and not self.syntax.markers(verb)
        )

    def _reported(self, word: Token, head: Token) -> Mood | None:
        """Tell "demanded that Paris recall its envoy" (wanted) from "said that Paris recalled" (told)."""
        found = self._cue(head, ("demanded",))
        that = any(m.lower_ == "that" for m in self.syntax.markers(word))
        subject = self.syntax.own_subject(word)
        bare = word.tag_ == "VB" or (
            # "demanded that Bolivia close": without -s beside one state
            word.tag_ == "VBP" and subject is not None and subject.tag_ in {"NN", "NNP"}
        )
        return Mood(found, cue=head) if found and that and bare else None

    def _threats(self) -> frozenset[str]:
        return self._tables[1][1]

    def _cue(self, word: Token, only: tuple[str, ...] | None) -> Modality | None:
        lemma = word.lemma_.lower()
        forms = {lemma, word.lower_}
        forms |= {f"{lemma} {p.lower_}" for p in self.syntax.particles(word)}  # "ruled *out*"
        for modality, lemmas in self._tables:
            if (only is None or modality in only) and forms & lemmas:
                return modality
        return None
