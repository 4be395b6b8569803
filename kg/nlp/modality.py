"""How an event is meant: happened, planned, threatened, conditional, possible, demanded, denied.

The words above the trigger decide, nearest first: its auxiliaries and negation, then what it hangs
on as complement or object (kg/nlp/above.py: "plans to …", "call for the …"), then an if-clause
beside it, then signs in the clause itself (kg/nlp/unreal.py). A decision of the actor's own that is
announced counts as done, even if worded "will expel".
"""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.lexicon.entries import EventType
from kg.model import Modality
from kg.nlp.above import Above
from kg.nlp.cue_words import LATER, CueWords
from kg.nlp.moods import Kind, Mood
from kg.nlp.syntax import Syntax

__all__ = ["Kind", "Mood", "Moods"]

_NOBODY: frozenset[int] = frozenset()
_NO_WORDS: frozenset[str] = frozenset()


class Moods:
    """Modality of triggers in one document."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self.syntax = syntax
        self.words = words = CueWords(syntax, lexicon)
        self.signs, self.above = words.signs, Above(words)
        self._offering = words.list("offeringVerb")
        self._said = frozenset[str]().union(
            *(words.list(n) for n in ("denyingType", "warningType", "promisedType"))
        )
        self._answering = words.list("answeringType")
        self._promised, self._promising = words.list("promisedType"), words.list("promisingWord")
        self._held, self._lasting = words.list("heldType"), words.list("lastingType")

    def kind(self, type_: EventType) -> Kind:
        """Return what the type means for the mood of its events."""
        return Kind(
            decides="Measure" in type_.ancestors or type_.name in self._said,
            speech=type_.frame == "SpeechAct",
            answers=type_.name in self._answering,
            held=type_.name in self._held,
            lasting=type_.name in self._lasting,
            promised=type_.name in self._promised,
        )

    def _offers(self, trigger: Token, kind: Kind) -> bool:
        """Tell whether the trigger itself sets the act for later: "volunteered to", "is due in"."""
        forms = self.words.forms(trigger) - (self._promising if kind.promised else _NO_WORDS)
        return bool(forms & self._offering or (kind.held and forms & self.words.announcing))

    def _calls_off(self, trigger: Token) -> bool:
        """Tell whether the trigger itself says that it will not be: "*postponed* the visit"."""
        verbal = self.syntax.is_verbal(trigger)
        return verbal and self.words.cue(trigger, ("denied",)) is not None

    def of(self, trigger: Token, own: frozenset[int], kind: Kind) -> Mood:
        """Return the trigger's mood. `own` are tokens of the pattern itself, which don't count."""
        condition = self._condition(trigger)
        verb = self.syntax.clause_head(trigger)
        if self._is_negated(trigger, verb, own):
            return Mood("denied", condition)
        if kind.held and self._calls_off(trigger):
            return Mood("denied", condition)
        if self._in_condition(trigger) or self._is_doubted(trigger, verb):
            return Mood("possible", None)
        auxiliary = self.words.auxiliary(
            trigger if self.syntax.is_verbal(trigger) else verb, trigger, own
        )
        if kind.speech:
            return self._spoken(trigger, own, kind, auxiliary, condition)
        if kind.lasting and self._stands(trigger, verb):
            return Mood(self.signs.phrase(trigger) or "actual", condition)
        mood = self._told(trigger, own, kind, auxiliary, condition)
        if mood.modality != "actual":
            return mood
        sign = self._sign(trigger, verb, kind)
        if sign is None and self._offers(trigger, kind):
            sign = "planned"
        return Mood(sign, condition, trigger) if sign else mood

    def _stands(self, noun: Token, verb: Token) -> bool:
        """Tell whether what lasts is there whatever its clause tells: "*under a pact* both will"."""
        role = self.syntax.role_of(noun)
        if self.syntax.is_verbal(noun) or role not in {"oblique", "subject"}:
            return False
        if role == "oblique":
            return any(c.lower_ in {"under", "through"} for c in noun.lefts)
        words = {"be"} if self.syntax.objects(verb) else self.words.occurring | {"be"}
        occurs = self.words.forms(verb) & words
        return self.signs.definite(noun) and not occurs and not self.syntax.is_passive(verb)

    def _is_negated(self, trigger: Token, verb: Token, own: frozenset[int]) -> bool:
        return (
            self._negated_argument(trigger)
            or self.syntax.negated(trigger, own)
            or (
                verb != trigger and self.words.supports(trigger, verb) and self.syntax.negated(verb)
            )
            or self.signs.outstanding(trigger if self.syntax.is_verbal(trigger) else verb)
        )

    def _shares(self, trigger: Token, verb: Token) -> bool:
        """Tell whether a "not" of the verb is meant for the noun: "a pact will *not* harm" is none."""
        active = self.syntax.role_of(trigger) == "subject" and not self.syntax.is_passive(verb)
        occurs = bool(self.words.forms(verb) & (self.words.occurring | {"be"}))
        return self.words.supports(trigger, verb) and (occurs or not active)

    def _spoken(
        self,
        trigger: Token,
        own: frozenset[int],
        kind: Kind,
        auxiliary: str,
        condition: Token | None,
    ) -> Mood:
        """Words are done by saying them; a refusal to say them, or a plan to, is not."""
        if auxiliary in {"possible", "past"}:
            return Mood("possible" if auxiliary == "possible" else "denied", condition)
        chained = self.above.judge(trigger, own, kind)
        if chained and kind.answers and chained.modality == "threatened":
            return chained
        if chained and chained.modality in {"denied", "planned", "possible"}:
            if self._is_answered(trigger, chained):
                return Mood("actual", condition)
            return Mood(chained.modality, condition)
        later = auxiliary == "future" and not kind.decides
        return Mood("planned" if later else "actual", condition)

    def _is_answered(self, trigger: Token, above: Mood) -> bool:
        """Tell whether what was asked is refused: "rejected Mali's *demand*", which was made."""
        cue = above.cue
        if above.modality != "denied" or cue is None or self.syntax.is_verbal(trigger):
            return False
        refused = self.words.forms(cue) & self.words.refusing and not self.syntax.negated(cue)
        return bool(refused)

    def _told(
        self,
        trigger: Token,
        own: frozenset[int],
        kind: Kind,
        auxiliary: str,
        condition: Token | None,
    ) -> Mood:
        if kind.held and self.signs.attended(trigger):
            return Mood("actual", condition)
        chained = self.above.judge(trigger, own, kind)
        if chained is not None and kind.promised and chained.modality == "planned":
            promise = chained.cue is not None and self.words.forms(chained.cue) & self._promising
            chained = None if promise else chained
        if chained is not None:
            if chained.modality == "planned" and condition is not None:
                return Mood("conditional", condition, chained.cue)
            return Mood(chained.modality, condition, chained.cue)
        if condition is not None and auxiliary in LATER | {"possible", "past"}:
            return Mood("conditional", condition)
        if auxiliary == "future" and self.words.forms(trigger) & self.words.announcing:
            return Mood("planned", condition)
        if auxiliary == "possible":
            return Mood("possible")
        if auxiliary == "past":
            return Mood("denied")
        if auxiliary == "advice" or (auxiliary == "duty" and not kind.decides):
            return Mood("demanded")
        if auxiliary == "would" and self._is_supposed(trigger):
            return Mood("possible")
        if auxiliary in LATER:
            return Mood("actual" if kind.decides else "planned")
        return Mood("actual", condition)

    def _sign(self, trigger: Token, verb: Token, kind: Kind) -> Modality | None:
        """Return what the clause itself tells of an act that no word above puts in doubt."""
        verbal = self.syntax.is_verbal(trigger)
        found = None if verbal else self.signs.phrase(trigger)
        if found and (found != "planned" or kind.held):
            return found
        if verbal or self.words.supports(trigger, verb):
            if self.signs.retracted(verb):
                return "denied"
            above = self.signs.pending(verb)
            if above is not None and above in {verb, *self.syntax.governors(verb)}:
                once = above == verb or self.syntax.role_of(above) == "adverbial"
                before = kind.held and any(m.lower_ == "before" for m in verb.children)
                if once or before or self._is_to_come(above):
                    return "possible" if once else "planned"
            if self.signs.asked(verb):
                return "possible"
            if kind.held and self.signs.timetabled(verb):
                return "planned"
        return None

    def _is_doubted(self, trigger: Token, verb: Token) -> bool:
        verbal = self.syntax.is_verbal(trigger)
        return (verbal or self.words.supports(trigger, verb)) and self.signs.doubted(verb)

    def _is_to_come(self, verb: Token) -> bool:
        """Tell whether the clause above is about what will or may be."""
        above = [verb, *list(self.syntax.governors(verb))[:2]]
        return (
            any(self.words.auxiliary(v, v, _NOBODY) for v in above if self.syntax.is_verbal(v))
            or self.words.cue(verb, ("planned", "demanded", "threatened")) is not None
            or self.above.judge(verb, _NOBODY, Kind()) is not None
        )

    def _negated_argument(self, trigger: Token) -> bool:
        """Tell whether nobody did it, or to nobody: "no diplomat was told", "expelled no one"."""
        for child in trigger.children:
            if self.syntax.role_of(child) in {"subject", "object"} and (
                child.lower_ in {"nobody", "none"} or any(c.lower_ == "no" for c in child.children)
            ):
                return True
        return False

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
                or self.words.forms(verb) & self.words.reporting
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
            if self.words.forms(word) & self.words.reporting:
                return False
        return False

    def _is_supposed(self, noun: Token) -> bool:
        """Tell "further cuts would hurt": what an act that nobody has announced would lead to."""
        return (
            not self.syntax.is_verbal(noun)
            and self.syntax.role_of(noun) == "subject"
            and not self.syntax.is_passive(noun.head)
            and not self.signs.definite(noun)
            and not self.words.forms(noun.head) & self.words.occurring
        )
