"""Mends sentences whose subject stands behind a fronted phrase or before an aside.

"As a heat wave closed schools across Sweden, *Algeria* denounced it"; "*Senegal*, where the holidays
have begun, lodged a protest"; "Unlike Iceland, *Nepal* did". Each function mends one token's
surroundings in place and leaves a parse without the fault as it is.
"""

from spacy.tokens import Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
# Behind a comma and a noun of one of these relations stands the subject, taken for a part of it.
_JOINED = frozenset({"conj", "appos", "list", "parataxis", "dep", "punct", "flat"})
# Participles that are no passives: "Chad, a neighbour of Mali, *apologised* to it".
_INTRANSITIVE = _words(
    """apologised apologized appealed protested mediated meddled interfered spied retaliated objected
    agreed cooperated co-operated departed travelled traveled arrived reacted responded replied
    insisted complained vowed pledged"""
)
_WHEN = frozenset({"after", "when", "because", "as"})
_PLACING = frozenset({"in", "at", "near", "outside"})
_SPEAKING = _words(
    """accusing blaming charging denouncing condemning criticising criticizing citing saying alleging
    claiming calling complaining declaring describing insisting threatening vowing warning"""
)
_OPENING = _words(
    """unlike like besides alongside despite after before during following amid in at without under
    as since for from on with"""
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


def take_subject(verb: Token, subject: str, oblique: str) -> None:
    """Give a verb the noun before it that was joined to what is fronted: "Unlike Iceland, *Nepal* …".

    "Citing its own laws, *Chad* has apologised", "Despite a drought in Italy, *Gabon* dismissed it":
    between the comma and the verb stands nothing but the noun.
    """
    lefts = list(verb.lefts)
    front = verb.sent.root
    if front.tag_ != "VBG" or front.i != front.sent.start or front not in verb.ancestors:
        front = verb
    taken = next((c for c in lefts if c.dep_.startswith(subject)), None)
    if taken is not None and front != verb and verb.head == front and _comma_before(taken):
        _leads(verb, front)  # "Citing safety, Kuwaiti troops *crossed* the line"
        return
    phrase = taken is not None and _opens_sentence(taken)
    opening = next((c for c in lefts if c.dep_ == "csubj" and c.tag_ == "VBG"), None)
    if (taken is not None and not phrase) or any(c.dep_ == "mark" for c in lefts):
        return
    begin = _begin(verb)
    noun = verb.doc[begin - 1] if begin > verb.sent.start + 1 else None
    while noun is not None and noun.dep_ in ("flat", "compound") and noun.head.i < begin:
        noun = noun.head
    if noun is None or noun.pos_ not in _NOMINAL or noun.dep_ not in _JOINED:
        return
    if not _comma_before(noun) or any(c.dep_ == "cc" for c in noun.lefts):
        return
    if front != verb:
        _leads(verb, front)
    elif noun not in verb.subtree:
        return
    if taken is not None:
        taken.dep_ = oblique
    if opening is not None:
        opening.dep_ = "advcl"
    noun.head, noun.dep_ = verb, subject


def _leads(verb: Token, front: Token) -> None:
    """Make the verb the sentence's, and the participle in front a clause beside it."""
    verb.head, verb.dep_ = verb, "ROOT"
    front.head, front.dep_ = verb, "advcl"
    for child in [c for c in front.rights if c.i > verb.i]:
        child.head = verb


def _opens_sentence(noun: Token) -> bool:
    """Tell whether the noun stands in a prepositional phrase that the sentence begins with."""
    case = next((c for c in noun.lefts if c.dep_ == "case"), None)
    return case is not None and case.i == noun.sent.start and case.lower_ in _OPENING


def return_doer(doer: Token, subject: str) -> None:
    """Give a verb the subject that the participle in between took: "*Chad*, citing laws, warned"."""
    participle = doer.head
    verb = participle.head
    if participle.tag_ != "VBG" or participle.dep_ != "advcl" or verb.i < participle.i:
        return
    if doer.i > participle.i or participle.left_edge.i < doer.left_edge.i:
        return
    if doer.doc[participle.i - 1].text != "," or any(
        c.dep_.startswith(subject) for c in verb.lefts
    ):
        return
    doer.head = verb


def said_behind(first: Token, subject: str, complement: str) -> None:
    """Make the "participle" on a first subject the verb: "Troops *crossed* the river, media reported"."""
    verb = first.head
    second = next((c for c in verb.lefts if c.dep_ == subject and c.i > first.i), None)
    if second is None or second.i + 1 != _begin(verb) or not _comma_before(second):
        return
    acts = next((c for c in first.rights if c.dep_ == "acl" and c.tag_ in ("VBN", "VBD")), None)
    if acts is None or acts.i != first.i + 1 or any(c.lower_ == "by" for c in acts.subtree):
        return
    acts.head, acts.dep_, acts.tag_ = verb, complement, "VBD"
    first.head = acts


def speak_above(participle: Token) -> None:
    """Hang "*accusing* them of spying" on who orders, not on the leaving: "asked them to leave, …".

    So, too, behind a clause that tells when: "shut its embassy after a guard died, *blaming* Iran".
    """
    below = participle.head
    if participle.lower_ not in _SPEAKING or participle.i < below.i:
        return
    asked = below.tag_ == "VB" and below.dep_ == "xcomp"
    told = below.dep_ == "advcl" and any(c.lower_ in _WHEN for c in below.lefts)
    if (asked or told) and participle.doc[participle.i - 1].text == "," and below.head.i < below.i:
        participle.head = below.head


def nearest_name(verb: Token, subject: str, object_: str) -> None:
    """Hang ", *which* recalled its envoy" on the name before it: "ties with *Taiwan*, which …"."""
    noun = verb.head
    which = next((c for c in verb.lefts if c.dep_ == subject and c.lower_ == "which"), None)
    if which is None or which.i < 2 or noun.pos_ != "NOUN" or which.nbor(-1).text != ",":
        return
    name = which.nbor(-2)
    if any(c.lower_ in _PLACING for c in name.lefts):
        return  # "the embassy in Minsk, which had 80 employees"
    if (
        name.pos_ == "PROPN"
        and noun in name.ancestors
        and any(c.dep_ == object_ for c in verb.rights)
    ):
        verb.head = name


def join_finite(verb: Token, subject: str) -> None:
    """Join a finite verb to a finite one: "protested over its plan to release water and *banned* fish"."""
    infinitive = verb.head
    bare = infinitive.tag_ == "VB" and not any(c.lower_ in ("do", "did") for c in infinitive.lefts)
    if not bare or verb.i < infinitive.i or any(c.dep_.startswith(subject) for c in verb.lefts):
        return
    above = next((a for a in infinitive.ancestors if a.tag_ in _FINITE and a.pos_ == "VERB"), None)
    tag = "VBD" if verb.tag_ == "VBN" else verb.tag_  # behind "must leave" no participle can stand
    if above is not None and above.tag_ == tag:
        verb.head, verb.tag_ = above, tag


def have_done(patient: Token, subject: str, passive_auxiliary: str) -> None:
    """Make the subject of "has meddled" one that acts: without *be* it is no passive."""
    auxiliaries = [c for c in patient.head.lefts if c.dep_.startswith("aux")]
    passive = any(c.dep_ == passive_auxiliary or c.lower_ == "been" for c in auxiliaries)
    if not passive and any(c.lower_ in ("has", "have", "had", "having") for c in auxiliaries):
        patient.dep_ = subject


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
    return verb.tag_ == "VBN" and (done or verb.lower_ in _INTRANSITIVE)


def _has_aside(noun: Token, comma: int) -> bool:
    """Tell whether the noun is the sentence's first and an aside stands between it and the comma.

    Nothing else in the sentence may be what the noun is the subject of.
    """
    between = noun.doc[noun.i + 1 : comma]
    opening = all(t.pos_ in ("DET", "ADJ", "PROPN", "NOUN", "PART", "NUM") for t in noun.lefts)
    aside = len(between) > 1 and any(t.text == "," for t in between)
    return opening and aside and noun.i - noun.sent.start < 6
