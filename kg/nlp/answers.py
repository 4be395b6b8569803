"""Words that make one act the answer to another, read in a sentence: where, whose, and to what.

"In response to the closure" names behind it what it answers, "retaliated" leaves that open, "prompting
Oslo to expel" has the answer behind it; "after" tells of an answer only between opposite acts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.date_patterns import MONTHS, UNITS, WEEKDAYS
from kg.nlp.reference import Reference

Kind = Literal["answer", "result", "sequence"]
# "payback, she let it be known, for the expulsion": the cue and its preposition apart
_TO = re.compile(
    r"[\"'\u201d\u2019]?(?:,[\"'\u201d\u2019]?[^,]{1,40},)? ?\b(?:to|for)\b", re.IGNORECASE
)
_BY_WITH = re.compile(r" (?:by|with|in)\b", re.IGNORECASE)
_SAYS = re.compile(r"(?: within \w+| \w+ly| on \w+)? that\b|[:,]? [\"\u201c]", re.IGNORECASE)
_BY = re.compile(r" by\b", re.IGNORECASE)
_POINTER = frozenset({"it", "this", "that", "these", "those", "they", "both", "which"})
_POINTING = frozenset(
    {"the", "this", "that", "these", "those", "its", "their", "his", "her", "own", "all", "both"}
)
_WHAT = frozenset({"it", "this", "that", "these", "those", "what", "them", "one", "ones"})
_INSIDE = frozenset({"'", "’", '"', "“", "”", "-"})
_BESIDE = frozenset({"after", "because", "since", "when"})
_CONTENT = frozenset({"NOUN", "VERB", "PROPN"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in the Doc: characters from `start` to `end`, its main word, and what it says of itself.

    `named`: what is answered stands behind it. `doer`: codes of whoever answers, if told.
    `points`: its clause is about an act told before ("the move is a response").
    """

    kind: Kind
    start: int
    end: int
    word: Token
    named: bool
    doer: frozenset[str]
    points: bool


class Answers:
    """The cues of one document's sentences."""

    def __init__(self, lexicon: Lexicon, reference: Reference) -> None:
        cues = lexicon.cues
        self.reference, self.syntax = reference, reference.syntax
        self._answer = _pattern(cues.get("retaliationPhrase", ()))
        self._result = _pattern(cues.get("resultPhrase", ()))
        self._sequence = _pattern(cues.get("sequencePhrase", ()))
        self._came = _pattern(cues.get("answerCame", ()))
        self._unlinked = _pattern(cues.get("unlinkedPhrase", ()))
        self._pointing = frozenset(cues.get("pointingNoun", ()))
        self._general = self._pointing | frozenset(cues.get("answeredNoun", ()))
        self._calling = frozenset(cues.get("characterisingVerb", ())) | frozenset(
            cues.get("reportingVerb", ())
        )
        self._ahead = frozenset(cues.get("plannedCue", ())) | frozenset(cues.get("negatingCue", ()))

    def of(self, sentence: DocSpan) -> list[Cue]:
        """Return the sentence's cues in text order; none where the text denies a link."""
        text = sentence.text.lower()
        if self._unlinked.search(text):
            return []
        found = [*self._found("answer", self._answer, sentence, text)]
        found += self._found("result", self._result, sentence, text)
        found += self._found("sequence", self._sequence, sentence, text)
        return found

    def _found(
        self, kind: Kind, pattern: re.Pattern[str], sentence: DocSpan, text: str
    ) -> Iterator[Cue]:
        base = sentence.start_char
        for match in pattern.finditer(text):
            start, end = match.span()
            behind = text[end:]
            if kind == "sequence" and _BY.match(behind) and not match.group().endswith(" by"):
                continue  # "followed by" turns it round
            if kind == "result" and _BY.match(behind):
                continue
            words = sentence.doc.char_span(base + start, base + end, alignment_mode="expand")
            if words is None:
                continue
            word = words.root
            if kind == "answer" and self._is_saying(word, behind):
                continue
            named = kind != "answer" or match.group().endswith((" to", " for"))
            if not named and (preposition := _TO.match(behind)):
                named, end = True, end + preposition.end()
            pointer = self._pointer(word)
            doer = frozenset() if kind == "result" else self._doer(word) or self._owner(pointer)
            yield Cue(kind, base + start, base + end, word, named, doer, pointer is not None)

    def _is_saying(self, word: Token, behind: str) -> bool:
        """Tell whether the verb only says something: "Moscow replied that it would respond"."""
        if word.pos_ != "VERB" or _BY_WITH.match(behind):
            return False
        said = any(
            any(m.lower_ == "that" for m in self.syntax.markers(c))
            for c in self.syntax.complements(word)
        )
        return said or bool(_SAYS.match(behind))

    def _doer(self, word: Token) -> frozenset[str]:
        """Return who answers: the verb's subject, the noun's possessor, adjective or `by`."""
        if word.pos_ == "VERB":
            subject = self.syntax.subject(word)
            refs = self.reference.of_all(subject) if subject is not None else ()
            return frozenset(r.code for r in refs)
        for noun in (word, word.head):
            if noun.pos_ not in {"NOUN", "PROPN"}:
                continue
            possessor = self.syntax.possessor(noun)
            by = [o.noun for o in self.syntax.obliques(noun) if o.preposition == "by"]
            for party in (possessor, *by):
                if party is not None and party.lower_ not in {"its", "their"}:
                    codes = frozenset(r.code for r in self.reference.of_all(party))
                    if codes:
                        return codes
        return frozenset()

    def _owner(self, noun: Token | None) -> frozenset[str]:
        """Return whose act a pointing phrase means: "its own step", "the Russian move"."""
        if noun is None or noun.pos_ != "NOUN":
            return frozenset()
        possessor = self.syntax.possessor(noun)
        refs = self.reference.of(possessor) if possessor is not None else ()
        return frozenset(r.code for r in refs or self.reference.premodifying(noun))

    def _pointer(self, word: Token) -> Token | None:
        """Return the phrase of the cue's clause for an act told before: "the step is a response".

        So does "took the decision in reprisal", "called its own step a response".
        """
        clause = self.syntax.clause_head(word)
        for verb in (clause, *self.syntax.governors(clause)):
            subject = self.syntax.own_subject(verb)
            if subject is not None and subject.i < word.i:
                said = self.syntax.copula_subject(word) == subject or (
                    verb.lemma_.lower() in self._calling and self.syntax.is_passive(verb)
                )
                if self.is_pointer(subject) or (said and subject.lower_ in _POINTER):
                    return subject
                objects = [o for o in self.syntax.objects(verb) if o.i < word.i and o != subject]
                return next((o for o in objects if self.is_pointer(o)), None)
        return None

    def is_pointer(self, noun: Token) -> bool:
        """Tell whether the phrase means an act told before: "this", "the move", "its own steps"."""
        if noun.lower_ in _POINTER:
            return not self.reference.of_all(noun) or noun.lower_ in {"this", "that", "these"}
        led = {t.lower_ for t in noun.lefts} & _POINTING or self.syntax.possessor(noun) is not None
        return noun.lemma_.lower() in self._pointing and bool(led)

    def is_open(self, cue: Cue) -> bool:
        """Tell whether what stands behind the cue only points: "for the move", "to what it did".

        So it is where every word of content is a party, an act in general, or a verb of calling.
        """
        return all(self._says_nothing(t) for t in self._answered(cue))

    def answered(self, cue: Cue, word: Token) -> bool:
        """Tell whether the word stands in what is answered: the removal of "for the removal of"."""
        return any(t.i == word.i for t in self._answered(cue))

    def is_beside(self, cue: Cue, word: Token) -> bool:
        """Tell whether the word stands in a clause of time or reason behind the cue."""
        between = cue.word.doc[cue.word.i + 1 : word.i]
        return word.i > cue.word.i and any(
            t.lower_ in _BESIDE
            and t.pos_ in {"SCONJ", "ADP"}
            and not any(f.is_punct for f in cue.word.doc[t.i + 1 : word.i])
            for t in between
        )

    def _answered(self, cue: Cue) -> list[Token]:
        words: list[Token] = []
        for token in cue.word.sent:
            if token.idx < cue.end:
                continue
            if token.is_punct and words and token.text not in _INSIDE:
                break
            words.append(token)
        return words

    def is_general(self, cue: Cue, word: Token) -> bool:
        """Tell whether the act's noun is of no one act: "in the face of tit-for-tat expulsions"."""
        return (
            word.tag_ == "NNS"
            and word.i > cue.word.i
            and self.syntax.role_of(word) in {"oblique", "modifier"}
            and not self.reference.owner(word)
        )

    def _says_nothing(self, token: Token) -> bool:
        if token.pos_ not in _CONTENT or token.ent_type_ in {"DATE", "PERSON"}:
            return True
        lemma = token.lemma_.lower()
        if token.i in self.reference.at or lemma in self._general or lemma in self._calling:
            return True
        return lemma in {"do", "take", "have", "make"} or token.lower_ in _DAYS

    def is_told(self, cue: Cue) -> bool:
        """Tell whether the answer was given: neither denied nor still to come ("has yet to respond")."""
        clause = self.syntax.clause_head(cue.word)
        if self._came.search(cue.word.sent.text.lower()):
            return True
        for word in (cue.word, clause):
            if self.syntax.negated(word) or self.syntax.infinitive(word):
                return False
            if any(a.tag_ == "MD" for a in self.syntax.auxiliaries(word)):
                return False
        return clause == cue.word or clause.lemma_.lower() not in self._ahead


_DAYS = frozenset({*MONTHS, *WEEKDAYS, *UNITS})


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    if not phrases:
        return re.compile(r"(?!)")
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(re.escape(p.lower()) for p in longest_first) + r")\b")
