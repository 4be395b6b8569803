"""Mends finite verbs that the parser took for participles: `Fiji on Monday lifted sanctions`.

Each function mends one token's surroundings in place and leaves a parse without the fault as it is.
"""

from spacy.tokens import Token


def dated_verb(participle: Token, subject: str, object_: str, oblique: str, *, dated: bool) -> None:
    """Make the "participle" behind a date the verb of a name that has none of its own.

    "Fiji on Monday *lifted* sanctions on Mali": the name was the root, the sanctions hung on it.
    `dated` tells whether the word before heads a time expression.
    """
    if not dated:
        return
    noun, time = participle.head, participle.nbor(-1)
    doer = time.head
    if noun.i < participle.i or doer.i > time.i or doer not in noun.ancestors:
        return
    if noun.left_edge.i < participle.i or doer.pos_ not in ("NOUN", "PROPN"):
        return
    above = doer.head
    own = [c for c in above.children if c.dep_ == subject and c.i > participle.i]
    if above != doer and not (own and doer.dep_ == subject):
        return
    moved = [c for c in doer.children if c.i > participle.i or c.is_punct]
    label = "ROOT" if above == doer else above.dep_
    top = participle if above == doer or above.head == above else above.head
    participle.head, participle.dep_ = top, label
    participle.pos_, participle.tag_ = "VERB", "VBD"
    if above != doer:  # "lifted sanctions, as Peru seeks": that verb has a subject of its own
        above.head, above.dep_ = participle, "advcl"
    doer.head, doer.dep_ = participle, subject
    time.head, time.dep_ = participle, oblique
    for child in moved:
        child.head = participle
    noun.head, noun.dep_ = participle, object_


def compound_subject(name: Token, subject: str) -> None:
    """Give a verb the name that the parser ran together with it: "demanded that *Peru* lift the ban"."""
    verb = name.head
    if verb.pos_ != "VERB" or name.i > verb.i or any(c.dep_ == subject for c in verb.children):
        return
    if verb.dep_ in ("ccomp", "advcl", "conj", "ROOT", "parataxis"):
        name.dep_ = subject


def timed_verb(participle: Token, subject: str, object_: str) -> None:
    """Make the "participle" behind a name in a clause of time its verb: "after Fiji *lifted* a ban"."""
    noun = participle.head
    name = participle.nbor(-1) if participle.i > participle.sent.start else participle
    case = next((c for c in noun.lefts if c.lower_ in _TIMING and c.i < name.i), None)
    if case is None or name.head != noun or name.dep_ != "compound" or name.pos_ != "PROPN":
        return
    if noun.i < participle.i or any(c.i < case.i for c in noun.lefts):
        return
    above = noun.head
    participle.head, participle.dep_ = above, "advcl"
    participle.pos_, participle.tag_ = "VERB", "VBD"
    name.head, name.dep_ = participle, subject
    case.head, case.dep_ = participle, "mark"
    case.pos_ = "SCONJ"
    noun.head, noun.dep_ = participle, object_


_TIMING = frozenset({"after", "before", "since", "until", "when", "once", "as", "while", "because"})


def joined_verb(joiner: Token, subject: str) -> None:
    """Make the "participle" before *and* finite, too: "Chadian troops *crossed* the river and fired".

    So it is where the verb behind *and* has the noun before the participle for its subject.
    """
    second = joiner.head
    if joiner.dep_ != "cc" or second.tag_ != "VBD" or second.i < joiner.i:
        return
    noun = next((c for c in second.lefts if c.dep_ == subject), None)
    if noun is None or noun.i + 1 >= joiner.i:
        return
    first = noun.nbor(1)
    if first.head != noun or first.dep_ != "acl" or first.tag_ not in ("VBN", "VBD"):
        return
    if any(c.lower_ == "by" for c in first.subtree):
        return  # "men wounded by a mine and …": a participle indeed
    above, label = second.head, second.dep_
    first.dep_, first.tag_ = label, "VBD"
    first.head = first if above == second else above
    noun.head, second.head, second.dep_ = first, first, "conj"
    for child in [c for c in second.lefts if c.i < first.i]:
        child.head = first


def modal_verb(modal: Token, object_: str) -> None:
    """Make the "noun" behind a modal the verb that it is: "will no longer *issue* visas to"."""
    verb = modal.head
    if verb.pos_ != "NOUN" or verb.i < modal.i or verb.tag_ != "NN":
        return
    verb.pos_, verb.tag_ = "VERB", "VB"
    noun = verb.head
    if verb.dep_ not in ("compound", "amod") or noun.i < verb.i:
        return
    above, label = noun.head, noun.dep_
    moved = [c for c in noun.children if c != verb and c.i < verb.i]
    verb.head, verb.dep_ = (verb if above == noun else above), label
    noun.head, noun.dep_ = verb, object_
    for child in moved:
        child.head = verb
