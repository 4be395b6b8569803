"""What a saying that is put behind its words says: "Chad must withdraw, Sudan's minister *said*"."""

from spacy.tokens import Token

from kg.nlp.syntax import Syntax


def said_before(verb: Token, syntax: Syntax) -> list[Token]:
    """Return the clause that a saying verb follows, by its head: `withdraw`; none where it leads.

    Quotations in front hang on the verb; otherwise the verb, with a subject of its own and behind a
    comma or a quotation mark, hangs loosely on the clause that it attributes.
    """
    profile = syntax.profile
    fronted = [
        c
        for c in verb.children
        if c.dep_ in profile.clausal_complement | profile.loose and c.i < verb.i
    ]
    if fronted:
        return [c for c in fronted if _is_clause(c, syntax)]
    subject = syntax.own_subject(verb)
    loosely = profile.loose | profile.adverbial_clause
    if subject is None or verb.dep_ not in loosely or syntax.markers(verb) or verb.head.i > verb.i:
        return []
    first = min(verb.i, subject.left_edge.i)
    behind = first > 0 and verb.doc[first - 1].is_punct
    clause = syntax.clause_head(verb.head)
    return [clause] if behind and clause.i < first and _is_clause(clause, syntax) else []


def _is_clause(word: Token, syntax: Syntax) -> bool:
    """Tell whether it heads a finite clause without a conjunction: a verb, or a predicate."""
    if syntax.own_subject(word) is None or syntax.markers(word):
        return False
    return syntax.is_verbal(word) or syntax.copula_subject(word) is not None
