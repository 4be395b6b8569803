"""The ontology's word classes and cues, looked up for the words of one document."""

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.nlp.once import once

_NO_WORDS: frozenset[str] = frozenset()
_NO_TERMS: Mapping[str, tuple[str, ...]] = {}


class WordClasses:
    """Which classes the words of one document belong to."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc, self.lexicon = doc, lexicon
        self.found: dict[tuple[object, ...], object] = {}

    @once
    def is_class(self, token: Token, name: str) -> bool:
        """Tell whether the phrase headed by the token belongs to the word class."""
        # The third form is for plurals that have a sense of their own: troops, arms, talks.
        forms = {token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s")}
        if forms & self.lexicon.classes.get(name, frozenset()):
            return True
        near = [x for form in sorted(forms) for x in self._terms(name).get(form, ())]
        if not near:
            return False
        window = self.doc[max(0, token.i - 4) : token.i + 4]
        words = f" {' '.join(t.lemma_.lower() for t in window)} "
        plain = f" {' '.join(t.lower_ for t in window)} "
        for x in near:
            leads = token.i + 1 < len(self.doc) and self.doc[token.i + 1].head == token
            if (f" {x} " in words or f" {x} " in plain) and (
                x.split()[-1] in forms or leads or " of " in x or self._leads(token, x)
            ):
                return True
        return False

    def _leads(self, token: Token, term: str) -> bool:
        """Tell whether the term begins with the token and the parser tore it: "charge d'affaires"."""
        words = term.split()
        span = self.doc[token.i : token.i + len(words)]
        return [t.lower_ for t in span] == words and token.head not in span

    def in_compound(self, token: Token, name: str) -> bool:
        """Tell whether the token belongs to a term of several words of the class, not to a single one."""
        if token.lower_ not in self._terms(name):
            return False
        forms = {token.lemma_.lower(), token.lower_}
        return not forms & self.lexicon.classes.get(name, frozenset()) and self.is_class(
            token, name
        )

    def _terms(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """Return the class's terms of several words, by their first and last word."""
        return self.lexicon.terms.get(name, _NO_TERMS)

    def is_cue(self, token: Token, kind: str) -> bool:
        """Tell whether the word, or the compound that it ends, is a cue of this kind."""
        cues = self.lexicon.cue_words.get(kind, _NO_WORDS)
        two = f"{self.doc[token.i - 1].lower_} {token.lemma_.lower()}" if token.i else ""
        return token.lemma_.lower() in cues or token.lower_ in cues or two in cues
