"""Matches the lexicon's patterns against a parsed sentence.

`matches` yields, for each word that can tell of an event, the best pattern with the phrases that
fill its slots. Slots are filled from the argument API first; where the parse is off, by a window
over the sentence, and the match says so.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.lexicon.patterns import Pattern
from kg.nlp.fills import Filler
from kg.nlp.heads import Heads
from kg.nlp.matches import Fill, Match
from kg.nlp.reference import Reference

__all__ = ["Fill", "Match", "Matcher"]

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


@lru_cache(maxsize=8192)
def _spaced(text: str) -> str:
    """Return the words of a text, lower case, with one space before, between and behind them."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


class Matcher:
    """The patterns of one lexicon, matched through one document's references."""

    def __init__(self, lexicon: Lexicon, reference: Reference) -> None:
        self.lexicon = lexicon
        self.reference = reference
        self.syntax = reference.syntax
        self.doc = reference.doc
        self.heads = Heads(lexicon, reference)
        self.filler = Filler(lexicon, reference, self.heads)
        self._here: frozenset[str] = frozenset()  # all forms of the sentence at hand
        self._governed = self.syntax.profile.auxiliary | self.syntax.profile.copula

    def matches(self, sentence: DocSpan) -> list[Match]:
        """Return the best match at each trigger of the sentence, without double tellings."""
        found: list[Match] = []
        text = sentence.text.lower()
        self._here = frozenset(
            f for i in range(sentence.start, sentence.end) for f in self.heads.forms[i]
        )
        for token in sentence:
            at_token = [m for m in self._at(token) if self._allowed(m, sentence, text)]
            best: dict[str, Match] = {}
            for match in at_token:
                family = match.type.family
                if family not in best or match.score > best[family].score:
                    best[family] = match
            if best:
                ranked = sorted(best.values(), key=lambda m: (-m.score, m.type.name))
                close = [
                    m
                    for m in ranked[1:]
                    if m.score >= ranked[0].score - 0.5 and m.pattern.complement
                ]
                others = [m for m in at_token if m is not ranked[0] and m not in close]
                ranked[0].rivals = sorted(others, key=lambda m: (-m.score, m.type.name))[:4]
                found += [ranked[0], *close]
        return self._without_doubles(found)

    def _at(self, token: Token) -> Iterator[Match]:
        if (
            token.dep_ in self.syntax.profile.auxiliary
            and token.lemma_ == "have"
            and token.head.tag_ == "VBN"
        ):
            return  # "talks *have* been postponed": of the tense, nobody has them
        fits: dict[str, bool] = {}  # by part of speech
        for key in dict.fromkeys(self.heads.lemmas(token)):
            for type_, pattern, head in self.lexicon.by_head.get(key, ()):
                if pattern.pos not in fits:
                    fits[pattern.pos] = self._fits(token, pattern.pos)
                if not fits[pattern.pos] or not self._words_here(pattern):
                    continue
                rest = self.heads.rest_of_head(token, head, pattern.pos)
                if rest is None:
                    continue
                trigger = self.heads.syntactic_head(token, rest, pattern.pos)
                if pattern.pos == "v" and token.dep_ in self._governed:
                    # "must leave", "are in talks": the pattern's head is not the clause's
                    trigger = token.head
                if trigger != token and token.lemma_ == "be" and trigger.tag_ == "VBG":
                    continue  # "*are* holding talks in Cairo": nobody is said to be there
                match = Match(type_, pattern, trigger, anchor=token, extra=rest)
                if self.filler.fill(match):
                    yield match

    def _fits(self, token: Token, pos: str) -> bool:
        """Tell whether the word may be the head of patterns of this part of speech."""
        if not self.heads.fits(token, pos):
            return False
        return pos != "n" or not (
            self.reference.in_compound(token, "staff")  # "charge d'affaires"
            or self.reference.in_compound(token, "captive")  # "prisoner of war"
            or self.heads.describes(token)
        )

    def _words_here(self, pattern: Pattern) -> bool:
        """Tell whether the words that the pattern needs are in the sentence at all."""
        here, needed = self._here, pattern.words
        if pattern.words_before:
            needed = (*pattern.words_before, *needed)
        complement = pattern.complement
        if complement is not None and complement.required:
            if complement.lemmas and here.isdisjoint(complement.lemmas):
                return False
            needed = (*needed, *complement.words)
        for words in needed:
            if words.required and not any(map(here.issuperset, words.alternatives)):
                return False
        return True

    def _allowed(self, match: Match, sentence: DocSpan, text: str) -> bool:
        if match.type.reject:
            words = _spaced(text)
            if any(_spaced(phrase) in words for phrase in match.type.reject):
                return False
        if not match.type.confirm:
            return True
        for word in match.type.confirm:
            if word.startswith(":"):
                if any(self.reference.is_class(t, word[1:]) for t in sentence):
                    return True
            elif word.lower() in text or any(t.lemma_.lower() == word.lower() for t in sentence):
                return True
        return False

    def _without_doubles(self, found: list[Match]) -> list[Match]:
        """Drop matches whose trigger belongs to another match of the same family.

        The noun in another's slot goes whatever its score: the *embargo* of "lifted the embargo".
        """
        owned_nouns = {
            (m.type.family, noun.i)
            for m in found
            for f in m.fills
            if m.pattern.pos == "v" and f.slot.cls and not m.is_mediated()
            if not f.slot.role or f.position == "object"
            for noun in (f.token, *self.filler.of_which(f.token))  # "two sets of *sanctions*"
        }
        found = [
            m
            for m in found
            if m.pattern.pos != "n" or (m.type.family, m.trigger.i) not in owned_nouns
        ]
        kept: list[Match] = []
        for match in sorted(found, key=lambda m: (-m.score, m.trigger.i, m.type.name)):
            owned = False
            for other in kept:
                same = other.type.family == match.type.family
                if other.is_mediated() and match.pattern.pos == "n":
                    continue  # "mediated the *talks*": the talks are told, too
                belongs = {t.i for t in (*other.verbs, *other.extra)} | {
                    f.token.i for f in other.fills if f.slot.cls or not f.slot.role
                }
                if {other.type.frame, match.type.frame} == {"DirectedAct", "ReciprocalAct"}:
                    continue  # "flew to Rome to *meet*", "is there for *talks*": the visit apart
                mine = {t.i for t in (*match.verbs, *match.extra)}
                if same and (match.trigger.i in belongs or other.trigger.i in mine):
                    owned = True
                    break
                if (match.trigger.i == other.trigger.i and same) or _is_part(match, other):
                    owned = True
                    break
            if not owned:
                kept.append(match)
        return sorted(kept, key=lambda m: (m.trigger.i, m.type.name))


def _is_part(match: Match, other: Match) -> bool:
    """Tell whether another act's words say it all: "is ready to *send* troops", a promise of help.

    What is said to be done (asked, threatened) is told beside the saying.
    """
    complement = other.pattern.complement
    if other.type.frame == "SpeechAct" or complement is None or complement.subject is not None:
        return False
    if match.trigger not in other.verbs:
        return False
    told = {f.token.i for f in other.fills}
    return all(f.token.i in told for f in match.fills)
