"""Rewrites parses with UD labels as ClearNLP ones, the scheme of the official spaCy models."""

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

_RENAMED = {
    "obj": "dobj",
    "iobj": "dative",
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "nsubj:outer": "nsubj",
    "aux:pass": "auxpass",
    "nmod:poss": "poss",
    "acl:relcl": "relcl",
    "advcl:relcl": "advcl",
    "compound:prt": "prt",
    "cc:preconj": "preconj",
    "det:predet": "predet",
    "flat": "compound",
    "fixed": "prep",
    "nmod:desc": "compound",
    "discourse": "intj",
    "vocative": "npadvmod",
    "obl:unmarked": "npadvmod",
    "obl:tmod": "npadvmod",
    "obl:npmod": "npadvmod",
    "nmod:unmarked": "npadvmod",
    "nmod:tmod": "npadvmod",
    "list": "dep",
    "orphan": "dep",
    "goeswith": "dep",
}
_PHRASES = frozenset({"obl", "nmod", "obl:agent"})
_WITH_VERB = frozenset({"nsubj", "aux", "advmod", "mark", "punct", "cc", "advcl", "obl", "ccomp"})


@Language.component("clear_labels")
def clear_labels(doc: Doc) -> Doc:
    """Rewrite the whole parse: prepositions head their nouns, copulas their predicates."""
    heads = [token.head.i for token in doc]
    labels = [_RENAMED.get(token.dep_, token.dep_) for token in doc]
    for token in doc:
        if token.dep_ in _PHRASES:
            _raise_preposition(token, heads, labels)
        if token.dep_ == "advmod" and token.lower_ in {"not", "n't", "never"}:
            labels[token.i] = "neg"
        if token.dep_ == "mark" and token.lower_ == "to":
            labels[token.i] = "aux"
    for token in doc:
        for copula in [c for c in token.children if c.dep_ == "cop"]:
            _raise_copula(copula, heads, labels)
    offsets = np.array([[head - at] for at, head in enumerate(heads)], dtype="int64")
    names = np.array([[doc.vocab.strings.add(label)] for label in labels], dtype="uint64")
    return doc.from_array(["HEAD", "DEP"], np.hstack([offsets.astype("uint64"), names]))


def _raise_preposition(noun: Token, heads: list[int], labels: list[str]) -> None:
    case = next((c for c in noun.children if c.dep_ == "case"), None)
    if case is None:
        labels[noun.i] = "npadvmod"
        return
    heads[case.i] = noun.head.i
    labels[case.i] = "agent" if noun.dep_ == "obl:agent" else "prep"
    heads[noun.i] = case.i
    labels[noun.i] = "pobj"


def _raise_copula(copula: Token, heads: list[int], labels: list[str]) -> None:
    predicate = copula.head
    heads[copula.i] = copula.i if predicate.head == predicate else heads[predicate.i]
    labels[copula.i] = labels[predicate.i]
    heads[predicate.i] = copula.i
    labels[predicate.i] = "acomp" if predicate.pos_ == "ADJ" else "attr"
    for child in predicate.children:
        if child.dep_ in _WITH_VERB and child != copula and heads[child.i] == predicate.i:
            heads[child.i] = copula.i
