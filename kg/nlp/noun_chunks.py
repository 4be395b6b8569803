"""Base noun phrases over Universal Dependencies labels, for `doc.noun_chunks`.

spaCy's own iterator for English is written for ClearNLP labels and finds half of the phrases in
a UD parse.
"""

from collections.abc import Iterator

from spacy.errors import Errors
from spacy.tokens import Doc, Span, Token

# Words with these relations belong to their head's phrase and head none of their own.
_INNER = frozenset({"compound", "flat", "fixed", "det", "nummod", "goeswith", "amod", "expl"})
# Left dependents that a phrase takes in, with all below them.
_LEFT = frozenset({"det", "amod", "nummod", "compound", "nmod", "flat", "advmod", "goeswith"})
# Right dependents that a phrase takes in: names and numbers written after their head.
_RIGHT = frozenset({"flat", "compound", "goeswith", "nummod"})


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, label) in tokens for each base noun phrase, in order, never nested.

    A phrase holds determiners, modifiers, possessors and parts of names; prepositions, relative
    clauses, appositions and conjuncts stay outside (a conjunct is a phrase of its own). Raises
    `ValueError` where the text was not parsed.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError(Errors.E029)
    label = doc.vocab.strings.add("NP")
    last = -1
    for token in doclike:
        if not _heads_phrase(token):
            continue
        start, end = _left_edge(token), _right_edge(token)
        if start <= last:
            start = last + 1
        if start <= token.i:
            yield start, end + 1, label
            last = end


def _relation(token: Token) -> str:
    return token.dep_.partition(":")[0]


def _heads_phrase(token: Token) -> bool:
    if token.pos_ not in ("NOUN", "PROPN", "PRON"):
        return False
    if token.dep_ == "nmod:poss" and token.i < token.head.i:
        return False
    if _relation(token) in _INNER:
        return False
    # A conjunct within a modifier ("trade and defence ministers") is inside its head's phrase.
    first = token
    while first.dep_ == "conj":
        first = first.head
    return not (
        first != token
        and (_relation(first) in _INNER or first.dep_ == "nmod:poss")
        and first.head.i > token.i
    )


def _left_edge(token: Token) -> int:
    """Give the first token of the phrase: taken-in dependents with nothing foreign between."""
    edge = token.i
    for child in reversed(list(token.lefts)):
        relation = _relation(child)
        if relation in _LEFT or (relation == "punct" and child.is_quote):
            edge = child.left_edge.i
        elif relation != "punct" or edge == token.i:
            break
    while edge < token.i and token.doc[edge].is_punct:
        edge += 1
    return edge


def _right_edge(token: Token) -> int:
    edge = token.i
    for child in token.rights:
        if _relation(child) in _RIGHT and child.left_edge.i == edge + 1:
            edge = child.right_edge.i
        else:
            break
    return edge
