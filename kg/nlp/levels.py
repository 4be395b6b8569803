"""How large a mission is said to be: "down to 120 people from about 1,200", "it employs 40".

Levels are observations, not acts. A number counts as one where the words that hold it (`levelHeld`,
`levelMoved`) have a mission or its staff as what they are said of. What is only demanded, planned or
possible gives the level that it starts from, never the one that it leads to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.model import Quantity, Span, Time
from kg.nlp import quantities
from kg.nlp.fields import Fields
from kg.nlp.reference import Ref, Reference

MEASURE = "staff"
_MISSIONS = ("mission", "post")
_FROM = frozenset({"from"})
_TO = frozenset({"to", "at", "with", "of"})
_SHORT = 5  # tokens between a number and the date that is its own: "1,200 in early 2017"
_STEPS = 6  # heads up from a number to the verb that holds it


@dataclass(frozen=True, slots=True)
class Level:
    """One level: of which party's mission, how many, when; spans are the Doc's characters."""

    party: Ref
    quantity: Quantity
    time: Time | None
    start: int  # tokens of the sentence that tells it
    end: int


class Levels:
    """Levels of staff over one document."""

    def __init__(self, reference: Reference, fields: Fields) -> None:
        self.reference, self.syntax, self.fields = reference, reference.syntax, fields
        cues = reference.lexicon.cues
        self._held = frozenset(cues.get("levelHeld", ()))
        self._moved = frozenset(cues.get("levelMoved", ()))
        self._stayed = frozenset(cues.get("levelStayed", ()))
        self._units = frozenset(cues.get("levelUnit", ()))
        self._demanding = frozenset(cues.get("demandingVerb", ()))

    def of(self, doc_sentences: Iterator[DocSpan]) -> list[Level]:
        """Return the levels told, in text order, each number once."""
        return [level for sentence in doc_sentences for level in self._in(sentence)]

    def _in(self, sentence: DocSpan) -> Iterator[Level]:
        if not any(t.lemma_.lower() in self._held | self._moved for t in sentence):
            return
        for quantity in quantities.find(sentence.text):
            if quantity.span is None or (quantity.value, quantity.minimum) == (None, None):
                continue
            base = sentence.start_char
            told = replace(
                quantity, span=Span(quantity.span.start + base, quantity.span.end + base)
            )
            number = self._token(sentence, told)
            level = self._level(sentence, told, number) if number is not None else None
            if level is not None:
                yield level

    @staticmethod
    def _token(sentence: DocSpan, quantity: Quantity) -> Token | None:
        """Return the last word of the number itself."""
        span = quantity.span
        inside = (t for t in sentence if span is not None and span.start <= t.idx < span.end)
        return next((t for t in reversed(list(inside)) if t.pos_ == "NUM" or t.like_num), None)

    def _level(self, sentence: DocSpan, quantity: Quantity, number: Token) -> Level | None:
        noun = number.head if number.head.pos_ == "NOUN" and number.head.i > number.i else number
        if noun != number and not self._counts(noun):
            return None
        hold = self._holder(noun)
        if hold is None:
            return None
        verb, preposition = hold
        if preposition not in _FROM and self._is_unreal(verb):
            return None
        party = self._party(verb)
        if party is None:
            return None
        unit = noun.lemma_.lower() if noun != number else ""
        return Level(
            party,
            replace(quantity, unit=unit or quantity.unit),
            self._time(sentence, noun, preposition),
            sentence.start,
            sentence.end,
        )

    def _counts(self, noun: Token) -> bool:
        """Tell whether the noun counts staff: "80 *employees*", not "80 visas"."""
        return noun.lemma_.lower() in self._units or self.reference.is_class(noun, "staff")

    def _holder(self, noun: Token) -> tuple[Token, str] | None:
        """Return the verb that holds a number, and the preposition before the number, if any."""
        preposition = self._preposition(noun)
        word = noun
        for _ in range(_STEPS):
            above = word.head
            if above == word:
                return None
            if above.pos_ in {"VERB", "AUX"}:
                return (above, preposition) if self._holds(above, noun, preposition) else None
            if above.pos_ == "NOUN" and preposition == "of":  # "a staff of 30"
                if not self.reference.is_class(above, "post"):
                    return None
            elif above.pos_ != "ADP" and preposition not in _FROM | _TO:
                return None
            word = above
        return None

    def _holds(self, verb: Token, noun: Token, preposition: str) -> bool:
        lemma = verb.lemma_.lower()
        if lemma in self._stayed and self.syntax.own_subject(verb) == noun:
            return not preposition  # "only six diplomats remain at the embassy"
        if preposition in {"", "of"}:
            return lemma in self._held and self.syntax.own_subject(verb) != noun
        return lemma in self._moved and preposition in _FROM | _TO

    @staticmethod
    def _preposition(noun: Token) -> str:
        if noun.head.pos_ == "ADP":
            return noun.head.lower_
        return next((c.lower_ for c in noun.lefts if c.pos_ == "ADP"), "")

    def _is_unreal(self, verb: Token) -> bool:
        """Tell whether a level is only wanted, planned or possible, or denied."""
        if self.syntax.infinitive(verb) or self.syntax.negated(verb):
            return True
        if any(a.tag_ == "MD" for a in self.syntax.auxiliaries(verb)):
            return True
        above = verb.head
        return above != verb and above.lemma_.lower() in self._demanding

    def _party(self, verb: Token) -> Ref | None:
        """Return whose mission a verb is said of: its subject, or what is cut or left."""
        said_of = [self.syntax.doer_or_patient(verb), *self.syntax.objects(verb)]
        said_of += [o.noun for o in self.syntax.obliques(verb) if o.preposition in {"at", "in"}]
        if self.syntax.role_of(verb) == "adnominal":  # "the embassy in Minsk, which had 80 staff"
            said_of += [verb.head, verb.head.head]
        for token in said_of:
            if token is not None and any(self.reference.is_class(token, c) for c in _MISSIONS):
                refs = self.reference.of(self._named(token))
                if refs:
                    return refs[0]
        return None

    def _named(self, mission: Token) -> Token:
        """Return the mission that "the embassy" means: the last one of that word told with its owner."""
        if self.reference.named_owner(mission):
            return mission
        same = (t for t in reversed(mission.doc[: mission.i]) if t.lemma_ == mission.lemma_)
        return next((t for t in same if self.reference.named_owner(t)), mission)

    def _time(self, sentence: DocSpan, noun: Token, preposition: str) -> Time | None:
        """Return the day of a level: right behind the number, else the one of the whole clause."""
        times = [t for t in self.fields.times(sentence) if t.span is not None]
        behind = noun.idx + len(noun)
        for time in times:
            token = self.fields.anchor_token(time)
            if token is not None and 0 < token.i - noun.i <= _SHORT and time.span is not None:
                between = sentence.doc.text[behind : time.span.start]
                if "," not in between and not any(c.isdigit() for c in between):
                    return time
        if preposition in _FROM or any(self._behind_number(t, sentence) for t in times):
            return None
        return times[0] if len(times) == 1 else None

    @staticmethod
    def _behind_number(time: Time, sentence: DocSpan) -> bool:
        """Tell whether a date belongs to a number of its own, told before it."""
        start = time.span.start if time.span is not None else 0
        return any(t.like_num and t.idx < start for t in sentence)
