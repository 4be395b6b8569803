"""The half of the argument API that asks of any word: its phrases, modifiers, conjuncts, place.

What verbs add to it (voice, subjects, objects) is in kg/nlp/syntax.py, which all rules import.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg.nlp.once import once
from kg.nlp.profiles import UNIVERSAL, Profile

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_EVERY = frozenset({"every", "all", "any", "no", "each"})
_NOT = frozenset({"not", "n't"})
_ONLY = frozenset({"only", "just", "merely", "simply"})


@dataclass(frozen=True, slots=True)
class Oblique:
    """A prepositional phrase: its preposition (lemma, `_`-joined if fixed) and its noun."""

    preposition: str
    noun: Token


@cache
def _roles(p: Profile) -> dict[str, str]:
    """Return the place under its head that each label tells: the first where it tells several."""
    table = (
        ("subject", p.subject | p.passive_subject),
        ("object", p.object | p.indirect),
        ("oblique", p.oblique | p.agent),
        ("modifier", p.nominal_modifier | p.premodifier | p.possessive | p.title),
        ("complement", p.open_complement | p.clausal_complement),
        ("adverbial", p.adverbial_clause),
        ("adnominal", p.adnominal_clause | p.relative_clause),
        ("conjunct", p.conjunct),
        ("apposition", p.apposition),
    )
    return {label: name for name, labels in reversed(table) for label in labels}


class Words:
    """What stands around a word in one document."""

    def __init__(self, doc: Doc, profile: Profile = UNIVERSAL) -> None:
        self.doc = doc
        self.profile = profile
        self.found: dict[tuple[object, ...], object] = {}
        self._roles = _roles(profile)

    @once
    def _children(self, token: Token, labels: frozenset[str]) -> list[Token]:
        return [c for c in token.children if c.dep_ in labels]

    @once
    def obliques(self, word: Token) -> list[Oblique]:
        """Return the prepositional phrases of a verb or noun, in text order."""
        p = self.profile
        found: list[Oblique] = []
        for child in word.children:
            if child.dep_ in p.preposition and not p.case:
                found.extend(
                    Oblique(child.lower_, noun)
                    for noun in child.children
                    if noun.dep_ in p.preposition_object
                )
            elif child.dep_ in p.oblique | p.nominal_modifier | p.agent:
                prepositions = self._children(child, p.case) or self._on_compound(child)
                both = [c.lower_ for c in prepositions[:2]] == ["out", "of"]
                name = "_".join(c.lower_ for c in prepositions[: 2 if both else 1])
                if prepositions:
                    name = "_".join([name, *(f.lower_ for f in prepositions[0].children)])
                found.append(Oblique(name, child))
        return found

    def _on_compound(self, noun: Token) -> list[Token]:
        """Return the preposition hung on the first part of a compound: "*of* an embassy worker"."""
        p = self.profile
        parts = [c for c in noun.lefts if c.dep_ in p.premodifier and c.pos_ in NOMINAL]
        first = noun.left_edge
        return [c for part in parts for c in self._children(part, p.case) if c == first]

    def possessor(self, noun: Token) -> Token | None:
        """Return the possessor ("Moscow's ambassador", "its ambassador")."""
        found = self._children(noun, self.profile.possessive)
        if not found:  # "Peru's “unfriendly” decision": hung on the adjective
            for word in noun.lefts:
                if word.pos_ == "ADJ":
                    found = found or self._children(word, self.profile.possessive)
        return found[0] if found else None

    def premodifiers(self, noun: Token) -> list[Token]:
        """Return adjectives, compounds and titles before the noun."""
        return [c for c in noun.lefts if c.dep_ in self.profile.premodifier]

    def appositions(self, noun: Token) -> list[Token]:
        """Return nouns in apposition."""
        return self._children(noun, self.profile.apposition)

    @once
    def conjuncts(self, word: Token) -> list[Token]:
        """Return the word and all coordinated with it, in text order, the word's own side first."""
        first = word
        while (
            first.dep_ in self.profile.conjunct
            and first.head.pos_ in NOMINAL
            and word.pos_ in NOMINAL
        ):
            first = first.head
        own = first if first == word else word
        return [own, *self._conjoined(own), *self._split_off(own)]

    def _split_off(self, subject: Token) -> list[Token]:
        """Return who the parser took for a second subject: "A's premier X *and B's Y* have met"."""
        subjects = self.profile.subject | self.profile.passive_subject
        if subject.dep_ not in subjects:
            return []
        found: list[Token] = []
        for other in subject.head.children:
            if other.dep_ not in subjects or not subject.i < other.i < subject.head.i:
                continue
            edge = other.left_edge
            if any(t.text in {";", ":"} for t in other.doc[subject.i : other.i]):
                continue
            joints = {other.doc[max(edge.i - 1, 0)].lower_, edge.lower_}
            if edge.text == ",":  # "A's premier, X, *and B's Y* have met"
                joints.add(edge.nbor(1).lower_)
            if "and" in joints or ("," in joints and self._conjoined(other)):
                found += [other, *self._conjoined(other)]
        if found:  # "the ministers of A, *B*, C and D"
            found += [
                a for a in self.appositions(subject) if a.pos_ == "PROPN" and a.i < found[0].i
            ]
        return found

    def _conjoined(self, word: Token) -> list[Token]:
        out: list[Token] = []
        for child in word.children:
            if self.excepted(child):
                continue
            if child.dep_ in self.profile.conjunct and child.pos_ in NOMINAL | {"ADJ"}:
                out.append(child)
                out.extend(self._conjoined(child))
        return out

    def excepted(self, noun: Token) -> bool:
        """Tell whether it is left out of what the noun before says: "every country *but Chad*"."""
        whole, p = noun.head, self.profile
        if noun.dep_ not in p.conjunct | p.nominal_modifier:
            return False
        if any(c.lower_ == "but" for c in noun.lefts):
            return any(c.lower_ in _EVERY for c in whole.lefts)
        return noun.dep_ in p.conjunct and self.excepted(whole)

    def auxiliaries(self, verb: Token) -> list[Token]:
        """Return auxiliaries, copulas included ("would", "has", "been")."""
        p = self.profile
        return self._children(verb, p.auxiliary | p.passive_auxiliary | p.copula)

    def negated(self, word: Token, own: frozenset[int] = frozenset()) -> bool:
        """Tell whether the word itself is negated ("did *not* expel", "*no* talks", "never").

        A negation among `own` belongs to what is told ("will *not* issue visas") and doesn't count.
        """
        for child in word.children:
            if child.i in own:
                continue
            if child.lower_ in _NOT and self._adds(child):
                continue  # "has not only closed its embassy": it has
            if child.lower_ in {*_NOT, "never", "no", "neither", "nor", "without"} and (
                child.i < word.i or child.lower_ in _NOT
            ):
                return True
            if child.dep_ in self.profile.negation:
                return True
            if child.pos_ == "AUX" and any(g.lower_ in _NOT for g in child.children):
                return True
        return False

    def _adds(self, negation: Token) -> bool:
        """Tell "not only" and the like, which add to what is told, from a negation."""
        return any(t.lower_ in _ONLY for t in self.doc[negation.i + 1 : negation.i + 2])

    def markers(self, verb: Token) -> list[Token]:
        """Return subordinators of the verb's clause ("if", "unless", "after", "that", "to")."""
        return self._children(verb, self.profile.marker)

    def infinitive(self, verb: Token) -> bool:
        """Tell whether the verb is a to-infinitive."""
        return any(
            c.lower_ == "to" and c.i < verb.i and c.pos_ in {"PART", "AUX"} for c in verb.children
        )

    @once
    def is_verbal(self, word: Token) -> bool:
        """Tell whether the word heads a clause: a verb, or a predicate with a copula."""
        return word.pos_ in {"VERB", "AUX"} or bool(self._children(word, self.profile.copula))

    def governors(self, word: Token) -> Iterator[Token]:
        """Yield the heads of the word, nearest first, up to the root."""
        while word.head != word:
            word = word.head
            yield word

    def clause_head(self, word: Token) -> Token:
        """Return the verb of the clause that the word stands in (itself if it is verbal)."""
        if self.is_verbal(word):
            return word
        for governor in self.governors(word):
            if self.is_verbal(governor):
                return governor
        return word.sent.root

    def role_of(self, word: Token) -> str:
        """Return `subject`, `object`, `oblique`, `complement`, `adverbial`, `adnominal`, `conjunct`,
        `apposition`, `modifier`, `root` or `other`: the word's place under its head."""
        return "root" if word.head == word else self._roles.get(word.dep_, "other")
