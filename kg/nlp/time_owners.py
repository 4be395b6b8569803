"""Whose a time is: the act that a sentence tells nearest above it, beside it or right before it."""

from collections.abc import Iterable, Sequence
from datetime import date

from spacy.tokens import Token

from kg.model import Time
from kg.nlp.reference import Reference
from kg.nlp.times import Times
from kg.nlp.triggers import Match

_ABOUT = frozenset({"to", "for", "after", "over", "following", "despite", "against", "amid"})
_DATED = frozenset(
    "day week month year end start beginning middle night morning afternoon evening hours".split()  # noqa: SIM905
)
_BESIDE = frozenset({"after", "before"})


class TimeOwners:
    """The acts that times belong to, over one document."""

    def __init__(self, reference: Reference, anchor: date | None) -> None:
        self.reference, self.syntax = reference, reference.syntax
        self.anchor = anchor
        self._told = Times(reference, anchor)
        self.is_recent = self._told.is_recent

    def anchor_token(self, time: Time) -> Token | None:
        """Return the head of the words that tell the date."""
        return self._told.anchor_token(time)

    def _names_another(self, time: Time, match: Match) -> bool:
        """Tell whether the date tells which thing is meant, or the clause beside: not the act's day.

        "Sunday's vote", "the 1989 accord"; "in May, weeks after it closed the border" for *closed*.
        """
        token = self.anchor_token(time)
        if token is None:
            return False
        between = self.reference.doc[token.i + 1 : match.trigger.i]
        beside = [t for t in between if t.lower_ in _BESIDE and self._opens(t, match.trigger)]
        if beside and not any(t.is_punct for t in between if t.i > beside[-1].i):
            return True
        if self._hangs(match.trigger) and token.i < match.trigger.i - 1:
            return True
        noun, p = token.head, self.syntax.profile
        if token.dep_ in p.nominal_modifier and noun.i < token.i and noun.pos_ == "NOUN":
            of = any(c.lower_ == "of" for c in token.lefts)  # "the assembly of 1918"
            decided = self._decided(noun, time) if of else None
            if decided is not None:
                return decided not in (match.trigger, *match.verbs)
            return of and not self._is_part_of(noun, time, match)
        if (
            noun.i < token.i
            or token.dep_ not in p.possessive | p.premodifier
            or noun.pos_ not in {"NOUN", "PROPN"}
        ):
            return False
        return not self._is_part_of(noun, time, match)

    def _decided(self, noun: Token, time: Time) -> Token | None:
        """Return the act that a dated decision is about: "the decision of 13 April *to expel* them"."""
        if not self.reference.is_cue(noun, "decisionNoun") or time.span is None:
            return None
        following = [t for t in noun.sent if t.idx >= time.span.end][:3]
        if not following or following[0].lower_ != "to":
            return None
        return next((t for t in following[1:] if t.pos_ == "VERB"), None)

    def _is_part_of(self, noun: Token, time: Time, match: Match) -> bool:
        """Tell whether the noun is among the act's words, or the act hangs on it, or is a date."""
        inside = [t for t in noun.lefts if time.span is None or t.idx < time.span.start]
        dated = any(t.lower_ in _DATED for t in (noun, *inside))
        if match.trigger.pos_ == "NOUN" and match.trigger.is_ancestor(noun):
            return True  # "the raid on the airport of 4 July"
        own = {t.i for t in match.tokens()}
        return dated or noun.i in own or noun in self.syntax.governors(match.trigger)

    def _hangs(self, trigger: Token) -> bool:
        """Tell whether a noun tells what another act is about: "in response to the reduction"."""
        word = trigger
        while word.pos_ in {"NOUN", "PROPN"} and word.head != word:
            if self.syntax.role_of(word) in {"oblique", "modifier"} and any(
                c.lower_ in _ABOUT for c in word.lefts
            ):
                return True
            word = word.head
        return False

    def _opens(self, marker: Token, verb: Token) -> bool:
        """Tell whether "after" opens the verb's clause, though hung on its subject perhaps."""
        clause = self.syntax.clause_head(verb)
        above = marker.head
        return above == clause or (above.head == clause and self.syntax.role_of(above) == "subject")

    def _took(self, time: Time, match: Match) -> bool:
        """Tell whether it is how long the act took: "reciprocated within two days"."""
        token = self.anchor_token(time)
        if token is None or match.type.name in self.reference.lexicon.cues.get("deadlineType", ()):
            return False
        verb = self.syntax.clause_head(token)
        if self.syntax.infinitive(verb) or verb.pos_ not in {"VERB", "AUX"}:
            return False
        ahead = any(a.tag_ == "MD" for a in self.syntax.auxiliaries(verb))
        setting = verb.lemma_.lower() in self.reference.lexicon.cues.get("settingVerb", ())
        return not ahead and not setting and verb.tag_ in {"VBD", "VBG", "VBN"}

    def _departs(self, time: Time, match: Match) -> bool:
        """Tell whether it is the day to be gone: "were expelled and would leave on Friday"."""
        cues = self.reference.lexicon.cues
        token = self.anchor_token(time)
        if token is None or match.type.name not in cues.get("departureType", ()):
            return False
        verb = self.syntax.clause_head(token)
        if verb == match.trigger and verb.tag_ == "VBG" and self.anchor is not None:
            helped = {a.lemma_.lower() for a in self.syntax.auxiliaries(verb)}
            return "be" in helped and time.first > self.anchor.isoformat()
        if verb.lemma_.lower() not in cues.get("departureVerb", ()):
            return False
        ahead = any(t.tag_ in {"MD", "TO"} for t in verb.lefts if token.i > verb.i)
        return ahead or (verb == match.trigger and verb.tag_ == "VB")

    def _owner(self, time: Time, match: Match, others: Sequence[Match]) -> Token | None:
        """Return the trigger (or complement verb) that the time belongs to."""
        token = self.anchor_token(time)
        if token is None:
            return None
        within = time.span
        triggers = {
            t.i: t
            for m in (match, *others)
            for t in (m.trigger, *m.verbs)
            if within is None or not within.start <= t.idx < within.end  # "in March"
        }
        if not triggers:
            return None
        beside = self._told_ago(time, triggers.values())
        if beside is not None:
            return beside
        word = token
        for _ in range(12):  # the nearest trigger above the time
            if word.i in triggers:
                return triggers[word.i]
            below = [t for t in triggers.values() if self._is_told_by(t, word)]
            if below:  # "responded in April by expelling two attachés"
                return min(below, key=lambda t: (abs(t.i - token.i), t.i))
            if word.head == word:
                break
            word = word.head
        return min(triggers.values(), key=lambda t: (abs(t.i - token.i), t.i))

    def _told_ago(self, time: Time, triggers: Iterable[Token]) -> Token | None:
        """Return the noun right before the time: "the first talks since the invasion three years ago"."""
        if time.span is None or not self.reference.text.endswith("ago", 0, time.span.end):
            return None
        words = self.reference.doc.char_span(
            time.span.start, time.span.end, alignment_mode="expand"
        )
        ends = [t for t in triggers if t.pos_ == "NOUN" and words and t.i < words.start]
        near = max(ends, key=lambda t: t.i, default=None)
        if near is None or words is None:
            return None
        between = self.reference.doc[near.i + 1 : words.start]
        return near if all(t.pos_ not in {"VERB", "AUX", "PUNCT"} for t in between) else None

    def _is_told_by(self, trigger: Token, verb: Token) -> bool:
        """Tell whether a verb says by its complement what was done: "hit back by expelling"."""
        above = trigger.head if trigger.head.pos_ != "ADV" else trigger.head.head
        if verb.pos_ != "VERB" or above != verb:  # "hit back hours later by expelling", torn
            return False
        markers = {m.lower_ for m in self.syntax.markers(trigger)}
        return self.syntax.role_of(trigger) in {"complement", "adverbial"} and markers <= {
            "by",
            "to",
        }
