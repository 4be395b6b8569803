"""The argument API: who is subject, object, agent … of a word, whatever labels the parser uses.

The extractor's rules stand on this module and never on labels. Two profiles are known: Universal
Dependencies (the shipped model) and ClearNLP (the official English spaCy models); `profile_of`
chooses by the parser's labels. Where a parser of this size is often wrong (obl against nmod, a
verb hung as parataxis on its own subject), the functions answer what the reader would. Below it
stand kg/nlp/understood.py (subjects), voice.py (the words beside a verb) and syntax_words.py.
"""

from spacy.tokens import Token

from kg.nlp.once import once
from kg.nlp.profiles import CLEARNLP, UNIVERSAL, Profile, profile_of
from kg.nlp.syntax_words import NOMINAL, Oblique
from kg.nlp.understood import RELATIVE, Understood

__all__ = [
    "CLEARNLP",
    "NOMINAL",
    "RELATIVE",
    "UNIVERSAL",
    "Oblique",
    "Profile",
    "Syntax",
    "profile_of",
]

_BE = frozenset({"be"})


class Syntax(Understood):
    """The argument API over one document."""

    @once
    def objects(self, verb: Token) -> list[Token]:
        """Return the direct objects; for a passive verb its subject; shared ones of conjuncts too."""
        p = self.profile
        if self.is_passive(verb):
            patient = self.patient(verb)
            return [patient, *self._objects(verb)] if patient is not None else self._objects(verb)
        found = self._objects(verb)
        if not found:
            found = self._children(verb, p.indirect)
        if not found:  # a name that the parser took for a predicate: "accused Novak of"
            found = [
                c
                for c in self._children(verb, p.open_complement)
                if c.pos_ == "PROPN" and c.i > verb.i and not self.is_verbal(c)
            ]
        if not found and verb.dep_ in p.relative_clause:
            own = self.own_subject(verb)
            if own is not None and own.lower_ not in RELATIVE:  # "the diplomats it expelled"
                return [verb.head]
        if not found:  # "condemned and denounced the attack"
            for other in verb.children:
                if other.dep_ in p.conjunct and self.is_verbal(other) and other.i - verb.i <= 3:
                    return self._objects(other)
        return [self._described(verb, o) if o.lower_ in RELATIVE else o for o in found]

    def _described(self, verb: Token, relative: Token) -> Token:
        """Return what a relative pronoun means: the clause's head, or the name before it.

        "Told them not to enter *Chad*, which it accuses …": the parser hung it on the verb.
        """
        p = self.profile
        if verb.dep_ in p.relative_clause and not self.is_verbal(verb.head):
            return verb.head
        if verb.dep_ in p.relative_clause | p.adverbial_clause and relative.i < verb.i:
            before = self.doc[verb.sent.start : relative.i]
            name = next((t for t in reversed(before) if t.is_alpha), None)
            if name is not None and name.pos_ == "PROPN":
                return name
        return relative

    def indirect_objects(self, verb: Token) -> list[Token]:
        """Return the indirect objects ("denied *Russian officials* visas")."""
        return self._children(verb, self.profile.indirect)

    def complements(self, verb: Token) -> list[Token]:
        """Return the heads of clausal complements, open and closed."""
        p = self.profile
        return self._children(verb, p.open_complement | p.clausal_complement)

    def copula_subject(self, predicate: Token) -> Token | None:
        """Return the subject of a nominal or adjectival predicate ("*This* is not an expulsion")."""
        p = self.profile
        if p.copula:
            return self.own_subject(predicate) if self._children(predicate, p.copula) else None
        if predicate.dep_ in {"attr", "acomp"} and predicate.head.lemma_ in _BE:
            return self.own_subject(predicate.head)
        return None

    @once
    def trails(self, verb: Token) -> bool:
        """Tell whether a saying is put behind or into what is said: "…, a spokesman added"."""
        p = self.profile
        marks = self.markers(verb)
        if marks and ({m.lower_ for m in marks} != {"as"} or self.complements(verb)):
            return False  # but "…, as Lima claims"
        if verb.dep_ in p.loose | p.adverbial_clause:
            return True
        subject = self.own_subject(verb)
        if subject is None or subject.lower_ in RELATIVE or subject.i <= verb.head.i:
            return False
        first = subject.left_edge  # the comma itself, where the parser hung it on the speaker
        behind_comma = "," in {first.text, self.doc[max(first.i - 1, 0)].text}
        told = any(c.i > verb.i for c in self.complements(verb))
        if verb.dep_ in p.relative_clause:  # ", a general in Hanoi predicted." hung on a noun
            return behind_comma
        if (
            verb.dep_ in p.clausal_complement
        ):  # "Togo will go, its ministry says": hung on the first
            return behind_comma and not told
        joined = any(c.pos_ == "CCONJ" for c in verb.children)
        return verb.dep_ in p.conjunct and not joined and not told

    @once
    def told(self, verb: Token) -> list[Token]:
        """Return the verbs and predicates of what a verb passes on, behind it or before it.

        "Says that Chad arms them", "Chad, it complained, arms them", "said it was Chad that arms them".
        """
        found = self.complements(verb)
        if self.trails(verb) and self.own_subject(verb) is not None:
            before = self.clause_head(verb.head)
            if before != verb and verb not in self.complements(before):
                found.insert(0, before)
        return found

    def cleft(self, predicate: Token) -> list[Token]:
        """Return the verbs of "it was Chad *that armed them*"."""
        p = self.profile
        it = any(c.lower_ == "it" and c.i < predicate.i for c in predicate.children)
        if predicate.pos_ not in NOMINAL or not it or not self._children(predicate, p.copula):
            return []
        behind = p.relative_clause | p.adverbial_clause | p.loose
        return [
            c
            for c in self._children(predicate, behind)
            if (own := self.own_subject(c)) is not None and own.lower_ in RELATIVE
        ]
