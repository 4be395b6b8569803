"""Signs in a clause itself that what it tells has not happened, or not yet.

Beside auxiliaries and the words above a trigger (kg/nlp/modality.py): "is *to* visit", "has *yet* to
open", a question, "*whether* they would", "when they meet" in a clause to come, "in case of an
invasion", and a report that the next sentence takes back.
"""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Modality
from kg.nlp.syntax import NOMINAL, Syntax

_BE = frozenset({"is", "are", "was", "were", "am", "be", "been", "'s", "'re", "’s", "’re"})
_PRESENT = frozenset({"VBZ", "VBP"})
_WHEN = frozenset({"when", "before", "after"})
_ONCE = frozenset({"until", "till", "once"})
_OPEN = frozenset({"when", "why", "how", "where", "who", "what", "which", "whose"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_BACK = frozenset({"that", "this", "it"})
_TO_COME = frozenset({"tomorrow", "next", "coming"})
_RETRACTION = 12  # tokens of a sentence that only takes back the one before
_THERE = frozenset({"at", "during"})
_BEFORE = 6  # tokens before a noun in which the preposition that leads it is sought


class Signs:
    """Signs of the unreal in one document."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self.syntax, self.doc = syntax, syntax.doc
        cues = lexicon.cues
        self._phrases: tuple[tuple[Modality, tuple[tuple[str, ...], ...]], ...] = (
            ("denied", _words(cues.get("deniedPhrase", ()))),
            ("planned", _words(cues.get("plannedPhrase", ()))),
            ("possible", _words(cues.get("possiblePhrase", ()))),
        )
        self._wrong = frozenset(cues.get("retractingWord", ()))

    def scheduled(self, verb: Token) -> bool:
        """Tell whether it is set for later: "is to visit", a headline's "Denmark to shut"."""
        if not self.syntax.infinitive(verb):
            return False
        mark = next(c for c in verb.children if c.lower_ == "to")
        if any(c.lower_ in _BE and c.i < mark.i for c in verb.children):
            return True
        head = verb.head
        if head.lemma_ == "be" and head.i < verb.i and self.syntax.own_subject(head) is not None:
            return True
        bare = verb if head == verb else head
        return bare.head == bare and not any(
            t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in verb.sent
        )

    def timetabled(self, verb: Token) -> bool:
        """Tell a present tense with a day to come: "arrives *later this week*", "meets *next* Tuesday"."""
        helpers = self.syntax.auxiliaries(verb)
        present = verb.tag_ in _PRESENT or (
            verb.tag_ == "VBG" and any(h.tag_ in _PRESENT for h in helpers)
        )
        if not present:
            return False
        for child in verb.rights:
            if self.syntax.role_of(child) in {"object", "oblique", "modifier", "other"}:
                words = [t.lower_ for t in child.subtree][:5]
                if _TO_COME & {*words} or words[:2] == ["later", "this"]:
                    return True
        return False

    def outstanding(self, verb: Token) -> bool:
        """Tell "has *yet* to open"."""
        return any(
            c.lower_ == "to" and c.i > 0 and self.doc[c.i - 1].lower_ == "yet"
            for c in verb.children
        )

    def doubted(self, verb: Token) -> bool:
        """Tell whether it stands behind "whether"."""
        for word in (verb, *self.syntax.governors(verb)):
            if any(m.lower_ == "whether" for m in self.syntax.markers(word)):
                return True
            if self.syntax.role_of(word) in {"adnominal", "adverbial", "complement"}:
                return False
        return False

    def asked(self, verb: Token) -> bool:
        """Tell whether the sentence asks if it happened: a yes-or-no question."""
        if any(
            self.syntax.role_of(w) in {"adnominal", "adverbial", "complement"}
            for w in (verb, *self.syntax.governors(verb))
        ):
            return False
        sentence = verb.sent
        ends = sentence.text.rstrip(" \n\"'”’»)")
        opening = [t.lower_ for t in sentence if t.is_alpha][:3]
        return ends.endswith("?") and not _OPEN & {*opening}

    def pending(self, verb: Token) -> Token | None:
        """Return the verb above a clause that is still to come: "will decide *when they meet*".

        The clause's own verb where it alone tells: "*until* it withdraws".
        """
        word = verb
        for _ in range(3):
            role = self.syntax.role_of(word)
            if role == "adverbial" or any(
                c.lower_ in _WHEN and c.i < word.i for c in word.children
            ):
                break
            if role not in {"complement", "conjunct"} or word.head == word:
                return None
            word = word.head
        else:
            return None
        present = word.tag_ in _PRESENT or any(
            a.tag_ in _PRESENT for a in self.syntax.auxiliaries(word)
        )
        leads = {c.lower_ for c in word.children if c.i < word.i}
        if not present or word.head == word:
            return None
        return word if leads & _ONCE else word.head if leads & _WHEN else None

    def definite(self, noun: Token) -> bool:
        """Tell "*the* visit", "*his* visit" from "a visit", "talks"."""
        return self.syntax.possessor(noun) is not None or any(
            c.lower_ in _DEFINITE for c in noun.lefts
        )

    def happened(self, verb: Token) -> bool:
        """Tell whether a clause that describes a noun is in the past: "talks that were held"."""
        auxiliaries = self.syntax.auxiliaries(verb)
        if any(a.tag_ == "MD" for a in auxiliaries):
            return False
        if verb.dep_ in self.syntax.profile.relative_clause:
            return verb.tag_ in {"VBD", "VBN"} or any(a.tag_ == "VBD" for a in auxiliaries)
        return verb.tag_ == "VBN" and not auxiliaries

    def phrase(self, noun: Token) -> Modality | None:
        """Return what the words that lead the noun's phrase tell: "*in case of* an invasion"."""
        if noun.pos_ not in NOMINAL:
            return None
        first = noun.left_edge.i
        start = max(noun.sent.start, first - _BEFORE)
        words = tuple(t.lower_ for t in self.doc[start : noun.i])
        for modality, phrases in self._phrases:
            for phrase in phrases:
                size = len(phrase)
                for at in range(len(words) - size + 1):
                    if words[at : at + size] == phrase and start + at + size >= first:
                        return modality
        return None

    def attended(self, noun: Token) -> bool:
        """Tell whether somebody did something there: "agreed *at a meeting* in Oslo"."""
        if noun.pos_ not in NOMINAL or not {c.lower_ for c in noun.lefts} & _THERE:
            return False
        verb = noun.head
        finite = verb.tag_ == "VBD" or (
            verb.tag_ == "VBN" and any(a.tag_ == "VBD" for a in self.syntax.auxiliaries(verb))
        )
        return finite and self.syntax.role_of(noun) == "oblique"

    def retracted(self, verb: Token) -> bool:
        """Tell whether it is said to be untrue: "the report that …  was wrong", "That was wrong."."""
        for word in (verb, *self.syntax.governors(verb)):
            if word.head != word and self._untrue(word.head) and word.i < word.head.i:
                return True
        end = verb.sent.end
        if end >= len(self.doc):
            return False
        following = self.doc[end].sent
        words = [t for t in following if not t.is_space]
        return (
            len(words) <= _RETRACTION
            and words[0].lower_ in _BACK
            and words[0].head == following.root
            and self._untrue(following.root)
            and self._is_reported(verb)
        )

    def _is_reported(self, verb: Token) -> bool:
        return any(
            self.syntax.role_of(w) == "complement" for w in (verb, *self.syntax.governors(verb))
        )

    def _untrue(self, word: Token) -> bool:
        copular = any(c.lower_ in _BE for c in word.children)
        return copular and word.lower_ in self._wrong and not self.syntax.negated(word)


def _words(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(p.split()) for p in phrases)
