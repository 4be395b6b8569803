"""Mends sentences whose subject stands behind a fronted phrase or before an aside.

"As a heat wave closed schools across Sweden, *Algeria* denounced it"; "*Senegal*, where the holidays
have begun, lodged a protest"; "Unlike Iceland, *Nepal* did". Each function mends one token's
surroundings in place and leaves a parse without the fault as it is.
"""

from spacy.tokens import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
# Behind a comma and a noun of one of these relations stands the subject, taken for a part of it.
_JOINED = frozenset({"conj", "appos", "list", "parataxis", "dep", "punct", "flat"})
_OPENING = frozenset(
    [
        "unlike",
        "like",
        "besides",
        "alongside",
        "despite",
        "after",
        "before",
        "during",
        "following",
        "amid",
        "in",
        "at",
        "without",
        "under",
        "as",
        "since",
        "for",
        "from",
        "on",
        "with",
    ]
)


def one_subject(first: Token, subject: str, object_: str) -> None:
    """Take a verb's first subject, before a comma, for the object of what is fronted.

    The verb in front was read as a participle of the noun behind it: "As a wave *closed schools*, …".
    """
    verb = first.head
    fronted = next((c for c in first.lefts if c.dep_ == "amod" and c.pos_ == "VERB"), None)
    if fronted is None or verb.i < first.i or fronted.i == fronted.sent.start:
        return
    before, second = fronted.nbor(-1), _behind_comma(first, subject)
    relative = before.tag_ == "WDT" or before.lower_ in ("that", "who")
    behind = [c.left_edge.i for c in first.lefts if c.i > fronted.i]
    if min([*behind, first.i]) != fronted.i + 1 or second is None:
        return
    if not relative and before.pos_ not in _NOMINAL:
        return
    fronted.pos_, fronted.tag_ = "VERB", "VBD"
    first.head, first.dep_ = fronted, object_
    second.head, second.dep_ = verb, subject
    if relative:
        described = before.nbor(-1) if before.i > before.sent.start else before
        fronted.head, fronted.dep_ = described, "acl:relcl"
    else:
        fronted.head, fronted.dep_ = verb, "advcl"
        for opening in [c for c in before.lefts if c.dep_ == "case"]:
            opening.head, opening.dep_, opening.pos_ = fronted, "mark", "SCONJ"
    before.head, before.dep_ = fronted, subject


def _behind_comma(first: Token, subject: str) -> Token | None:
    """Return the noun behind the comma that is the verb's subject, or was joined to the first."""
    verb = first.head
    joined = (t for t in first.subtree if t.dep_ in _JOINED and t.right_edge.i + 1 == _begin(verb))
    second = (c for c in verb.lefts if c.dep_ == subject)
    for noun in (*second, *joined):
        if noun.i > first.i and noun.pos_ in _NOMINAL and _comma_before(noun):
            return noun
    return None


def _comma_before(noun: Token) -> bool:
    """Tell whether a comma stands before the phrase, or was hung on it."""
    edge = noun.left_edge
    return "," in {edge.text, noun.doc[max(edge.i - 1, 0)].text}


def _begin(verb: Token) -> int:
    """Return where the verb begins, with its auxiliaries and adverbs."""
    own = [c.i for c in verb.lefts if c.dep_.startswith("aux") or c.pos_ in ("ADV", "PART")]
    return min([*own, verb.i])


def leave_phrase(taken: Token, subject: str, oblique: str) -> None:
    """Give a verb its subject where a fronted phrase was taken for it: "Unlike Iceland, *Nepal* …"."""
    verb = taken.head
    case = next((c for c in taken.lefts if c.dep_ == "case"), None)
    if (
        case is None
        or case.i != taken.sent.start
        or case.lower_ not in _OPENING
        or verb.i < taken.i
    ):
        return
    joined = next(
        (c for c in taken.rights if c.dep_ in _JOINED and c.pos_ in _NOMINAL and _comma_before(c)),
        None,
    )
    if joined is None or joined.i > verb.i:
        return
    taken.dep_ = oblique
    joined.head, joined.dep_ = verb, subject


def contrast(word: Token, subject: str, oblique: str) -> None:
    """Give a verb the subject before "*, unlike Ethiopia,*" or behind "*Unlike Ethiopia,*"."""
    other = word.head
    verb = other.head
    if word.dep_ != "case" or verb.pos_ not in ("VERB", "AUX", *_NOMINAL) or verb.i < other.i:
        return
    if word.i == word.sent.start or word.nbor(-1).text != ",":
        return
    before = word.nbor(-2) if word.i - 1 > word.sent.start else None
    if before is None or before.pos_ not in _NOMINAL:
        return
    doer = before
    while doer.head.i < word.i and doer.head.pos_ in _NOMINAL and doer.head != doer:
        doer = doer.head
    if other.dep_.startswith(subject):
        label, other.dep_ = other.dep_, oblique
    elif any(c.dep_.startswith(subject) for c in verb.lefts):
        return
    else:
        label = subject
    if doer.head != verb and verb not in doer.subtree:
        doer.head = verb
    if doer.head == verb:
        doer.dep_ = label


def lift_verb(verb: Token, subject: str, object_: str) -> None:
    """Make the verb behind an aside the sentence's: "*Senegal*, where …, *lodged* a protest".

    The parser joined it to a word of the aside and left the name as the root.
    """
    noun = verb.sent.root
    if noun.pos_ not in _NOMINAL or noun.i > verb.i or verb.head == verb:
        return
    lefts = list(verb.lefts)
    if any(c.dep_ in ("mark", "cop") or c.tag_ in ("WDT", "WP", "WRB") for c in lefts):
        return
    own = next((c for c in lefts if c.dep_.startswith(subject)), None)
    joiner = next((c for c in lefts if c.dep_ == "cc"), None)
    if (own is None) != (joiner is None) or not _is_finite(verb, object_):
        return
    first = min([c.i for c in (joiner, own) if c is not None] + [_begin(verb)])
    if verb.doc[first - 1].text != "," or not _has_aside(noun, first - 1):
        return
    if own is not None and joiner is not None:  # "The Seychelles, which …, and Latvia have agreed"
        if own.i < joiner.i or own.pos_ == "PRON":
            return
        own.head, own.dep_, joiner.head = noun, "conj", own
    verb.head, verb.dep_ = verb, "ROOT"
    noun.head, noun.dep_ = verb, subject
    for child in [c for c in noun.rights if c.i > verb.i]:
        child.head = verb


def _is_finite(verb: Token, object_: str) -> bool:
    """Tell whether the verb can head a sentence: finite, or taken for a participle of an object."""
    if verb.tag_ in _FINITE or any(c.dep_.startswith("aux") for c in verb.lefts):
        return True
    done = any(c.dep_ == object_ or c.dep_ in ("xcomp", "advcl") for c in verb.rights)
    return verb.tag_ == "VBN" and done


def _has_aside(noun: Token, comma: int) -> bool:
    """Tell whether the noun is the sentence's first and an aside stands between it and the comma.

    Nothing else in the sentence may be what the noun is the subject of.
    """
    between = noun.doc[noun.i + 1 : comma]
    opening = all(t.pos_ in ("DET", "ADJ", "PROPN", "NOUN", "PART", "NUM") for t in noun.lefts)
    return opening and len(between) > 1 and between[0].text == "," and noun.i - noun.sent.start < 6
