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
