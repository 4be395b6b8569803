"""Mends verbs behind *and* that the parser joined to another clause than that of their doer."""

from spacy.tokens import Token

_ONE, _MANY = frozenset({"has", "is", "was", "does"}), frozenset({"NNS", "NNPS"})


def _own_number(verb: Token, subject: str, complement: str) -> None:
    """Join a verb to the saying above where the number tells: "Chad says *agents* spied, and *has* shut".

    So it is where a verb behind *and* is of one, the clause it was joined to of many, the sayer one.
    """
    told = verb.head
    saying = told.head
    if told.dep_ != complement or saying == told or not saying.i < told.i < verb.i:
        return
    own = {c.dep_ for c in verb.lefts}
    many, one = (
        next((c for c in word.lefts if c.dep_ == subject), None) for word in (told, saying)
    )
    if subject in own or many is None or one is None:
        return
    of_one = verb.tag_ == "VBZ" or any(
        c.lower_ in _ONE for c in verb.lefts if c.pos_ in ("AUX", "VERB")
    )
    alone = one.tag_ not in _MANY and not any(c.dep_ == "conj" for c in one.children)
    if of_one and alone and many.tag_ in _MANY:
        verb.head = saying


_TIMES = frozenset({"after", "before", "since", "when", "as", "while", "once", "until"})


def _interposed(verb: Token, subject: str, marker: str) -> None:
    """Hang a clause of time put behind *and* on the verb it stands before: "and, after A left, shut".

    "Peru protested and, a day *after* Chile *expelled* two envoys, *recalled* its own": Peru did.
    """
    inner, left = verb.head, verb.left_edge
    first = inner.head
    if (
        inner.dep_ != "conj"
        or not first.i < inner.i < left.i
        or ","
        not in (
            left.text,
            left.nbor(-1).text,
        )
    ):
        return
    if any(c.dep_ in (subject, "cc") for c in verb.lefts):
        return
    marks = [c for c in inner.lefts if c.dep_ in (marker, "advmod") and c.lower_ in _TIMES]
    joiner = next((c for c in inner.lefts if c.dep_ == "cc"), None)
    if not marks or joiner is None or joiner.i > marks[0].i:
        return
    verb.head, verb.dep_ = first, "conj"
    inner.head, inner.dep_ = verb, "advcl"
    joiner.head = verb


def conjoined(verb: Token, subject: str, complement: str, marker: str) -> None:
    """Join a verb behind *and* to the verb that shares its doer, where the parser chose another."""
    if verb.dep_ == "conj" and verb.pos_ == "VERB":
        _own_number(verb, subject, complement)
        _interposed(verb, subject, marker)
