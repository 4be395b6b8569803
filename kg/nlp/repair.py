"""Mends what the parser gets wrong in the same way again and again in news.

White-space tokens get the tags of white space; a clause with *that* hung on a bare time expression
goes back to the verb (`said last week that …`); a fronted date that was taken for the subject gives
the subject back (`Monday, Peru and Chile signed …`); phrases torn apart are put together again
(`kg.nlp.regroup`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.conjoined import conjoined
from kg.nlp.finite import (
    compound_subject,
    dated_verb,
    joined_verb,
    modal_verb,
    timed_verb,
)
from kg.nlp.fronted import (
    contrast,
    have_done,
    join_finite,
    lift_verb,
    nearest_name,
    one_subject,
    return_doer,
    said_behind,
    speak_above,
    take_subject,
)
from kg.nlp.regroup import (
    describe_visitor,
    free_verb,
    is_main_verb,
    join_subjects,
    join_verb,
    list_subjects,
    lone_verb,
    predicate_phrase,
    raise_verb,
    reduce_relative,
    rejoin_prefix,
    return_object,
    return_phrase,
    return_relative,
    return_subject,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TORN = _words("re persona personae personas")
_UNITS = _words("second minute hour day night week weekend month quarter year decade")
_CALENDAR = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat sun yesterday today tomorrow tonight morning
    afternoon evening"""
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_HUNG = _words("acl acl:relcl relcl xcomp ccomp parataxis conj advcl")
_DEICTIC = _words("last next this past same earlier later previous ago early late")


@dataclass(frozen=True, slots=True)
class Labels:
    """The names that a parser gives to the relations repaired here."""

    complement: str
    open_complement: str
    time: str
    subject: str
    object: str
    oblique: str
    marker: str
    passive_subject: str
    passive_auxiliary: str
    clauses_on_nouns: frozenset[str]
    time_relations: frozenset[str]
    relative: str
    relatives: frozenset[str]


UNIVERSAL = Labels(
    complement="ccomp",
    open_complement="xcomp",
    time="obl:unmarked",
    subject="nsubj",
    object="obj",
    oblique="obl",
    marker="mark",
    passive_subject="nsubj:pass",
    passive_auxiliary="aux:pass",
    clauses_on_nouns=frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp"}),
    time_relations=frozenset(
        {"obl", "obl:unmarked", "obl:tmod", "obl:npmod", "advmod", "obj", "iobj"}
    ),
    relative="acl:relcl",
    relatives=frozenset({"acl:relcl", "acl", "advcl:relcl"}),
)
CLEAR = Labels(
    complement="ccomp",
    open_complement="xcomp",
    time="npadvmod",
    subject="nsubj",
    object="dobj",
    oblique="prep",
    marker="mark",
    passive_subject="nsubjpass",
    passive_auxiliary="auxpass",
    clauses_on_nouns=frozenset({"acl", "relcl", "advcl", "ccomp"}),
    time_relations=frozenset({"npadvmod", "advmod", "dobj", "dative"}),
    relative="relcl",
    relatives=frozenset({"relcl"}),
)


@Language.component(
    "kg_repair",
    requires=["token.dep", "token.head", "token.pos"],
    assigns=["token.dep", "token.head", "token.pos", "token.tag"],
)
def kg_repair(doc: Doc) -> Doc:
    """Mend the parse in place; a parse without these faults is left as it is."""
    labels = UNIVERSAL if is_universal(doc) else CLEAR
    for token in doc:
        if token.is_space:
            token.pos_, token.tag_ = "SPACE", "_SP"
        elif token.lower_ in _BY_WORD:
            _BY_WORD[token.lower_](token, labels)
        elif is_time(token):
            _return_subject(token, labels)
        elif token.dep_ == "amod" and token.tag_ in ("VBN", "VBD"):
            timed_verb(token, labels.subject, labels.object)
            join_verb(token, labels.object)
            lone_verb(token, labels.subject, labels.object)
            dated = token.i > token.sent.start and is_time(token.nbor(-1))
            dated_verb(token, labels.subject, labels.object, labels.time, dated=dated)
        elif token.dep_ == labels.subject and token.pos_ in ("PROPN", "NOUN"):
            _sort_subjects(token, labels)
        elif is_main_verb(token, labels.subject, labels.passive_auxiliary):
            reduce_relative(token, labels.subject, labels.passive_subject)
        elif token.dep_ == "conj" and token.pos_ == "VERB":
            raise_verb(token, labels.subject)
        elif token.dep_ == "compound" and token.pos_ == "PROPN":
            compound_subject(token, labels.subject)
            return_phrase(token, labels.passive_subject)
        elif token.tag_ == "VBG" and token.dep_ in ("csubj", "advcl", labels.marker):
            _mend_gerund(token, labels)
        elif token.dep_ in labels.relatives and is_time(token.head):
            return_relative(token, labels.object, labels.relative)
        elif token.dep_ in ("advcl", "conj", "xcomp") and token.tag_ in _FINITE:
            return_subject(token, labels.subject, labels.marker, labels.oblique)
        elif token.dep_ == labels.passive_subject:
            have_done(token, labels.subject, labels.passive_auxiliary)
        joined_verb(token, labels.subject)
        conjoined(token, labels.subject, labels.complement, labels.marker)
        _find_subject(token, labels)
    return doc


def _find_subject(token: Token, labels: Labels) -> None:
    if token.pos_ not in ("VERB", "AUX"):
        return
    if token.dep_ == labels.relative:
        nearest_name(token, labels.subject, labels.object)
    elif token.dep_ == "conj" and (token.tag_ in _FINITE or token.tag_ == "VBN"):
        join_finite(token, labels.subject)
    if token.tag_ == "MD":
        modal_verb(token, labels.object)
    if token.dep_ in _HUNG:
        lift_verb(token, labels.subject, labels.object)
    if token.tag_ in _FINITE or token.dep_ == "ROOT":
        verb = token if token.pos_ == "VERB" else token.head
        take_subject(verb, labels.subject, labels.oblique)


def _mend_gerund(token: Token, labels: Labels) -> None:
    if token.dep_ == "advcl":
        speak_above(token)
    elif token.dep_ == "csubj":
        describe_visitor(token, labels.subject)
    else:
        _return_participle(token, labels)


def _sort_subjects(token: Token, labels: Labels) -> None:
    if token.pos_ == "PROPN":
        join_subjects(token, labels.subject)
        list_subjects(token, labels.subject)
    if token.dep_ == labels.subject:
        one_subject(token, labels.subject, labels.object)
        said_behind(token, labels.subject, labels.complement)
        return_doer(token, labels.subject)


def _contrast(word: Token, labels: Labels) -> None:
    contrast(word, labels.subject, labels.oblique)


def _rejoin(token: Token, labels: Labels) -> None:
    if token.lower_ == "re":
        rejoin_prefix(token, labels.passive_auxiliary)
    else:
        predicate_phrase(token, labels.object)


def _return_bounded(up: Token, labels: Labels) -> None:
    if up.i + 2 < len(up.doc):
        return_object(up, labels.object, labels.oblique)


def _return_verb(free: Token, labels: Labels) -> None:
    free_verb(free, labels.open_complement, labels.object)


def _no_longer(longer: Token, labels: Labels) -> None:
    """Make "no longer" an adverb again: "Fiji will *no longer* issue visas"."""
    before = longer.nbor(-1) if longer.i > longer.sent.start else longer
    if before.lower_ != "no" or longer.dep_ not in (labels.subject, "amod"):
        return
    verb = longer.head
    if longer.dep_ == "amod" and verb.i == longer.i + 1:  # "will no longer *issue* visas", a noun
        modal = any(c.tag_ == "MD" for c in verb.lefts)
        verb.pos_, verb.tag_ = "VERB", "VB" if modal else "VBP"
    longer.dep_, longer.pos_, longer.tag_ = "advmod", "ADV", "RB"
    name = next((t for t in verb.lefts if t.i < longer.i and t.pos_ in ("NOUN", "PROPN")), None)
    if name is not None and not _has_subject(verb, labels):
        name.dep_ = labels.subject


def is_universal(doc: Doc) -> bool:
    """Tell whether the parse uses UD labels, by those that ClearNLP lacks or has alone."""
    return not any(t.dep_ in _CLEAR_ONLY for t in doc)


_CLEAR_ONLY = frozenset({"pobj", "prep", "dobj", "nsubjpass", "auxpass", "poss", "attr", "acomp"})


def is_time(token: Token) -> bool:
    """Tell whether the word heads a time expression that can stand without a preposition."""
    low = token.lower_.rstrip(".")
    if low in _CALENDAR:
        return token.pos_ in ("NOUN", "PROPN", "NUM") or low != "may"
    if token.pos_ == "NUM" and token.shape_ == "dddd":
        return True
    if low in _UNITS or low.removesuffix("s") in _UNITS:
        return any(child.lower_ in _DEICTIC for child in token.children)
    return False


def _return_participle(word: Token, labels: Labels) -> None:
    """Make a fronted participle with an object a clause: "Accusing Peru of it, Chile …" is no marker."""
    fronted = word.i <= word.sent.start + 1 and word.i < word.head.i
    if fronted and any(c.dep_ == labels.object for c in word.rights):
        word.dep_ = "advcl"


def _return_clause(that: Token, labels: Labels) -> None:
    """Hang a that-clause beside a time expression on the verb that the expression modifies."""
    clause = that.head
    time = that.nbor(-1) if that.i > that.sent.start else that
    if not is_time(time) or clause.i < that.i:
        return
    if time.head == clause and clause.dep_ == labels.complement and clause.head.i < time.i:
        time.head = clause.head
    elif clause.head == time and clause.dep_ in labels.clauses_on_nouns:
        verb = _verb_before(time)
        if verb is None or any(child.lower_ in ("the", "a", "an") for child in time.children):
            return
        if any(child.dep_ == labels.complement for child in verb.rights):
            return
        clause.head, clause.dep_ = verb, labels.complement
    else:
        return
    if that.dep_ == "mark" or sum(_is_subject(c, labels) for c in clause.lefts) > 1:
        that.dep_, that.pos_, that.tag_ = "mark", "SCONJ", "IN"


def _verb_before(time: Token) -> Token | None:
    """Give the nearest verb above a time expression, where it stands before it."""
    for above in time.ancestors:
        if above.pos_ == "VERB":
            return above if above.i < time.i else None
    return None


def _return_subject(time: Token, labels: Labels) -> None:
    """Make the nominal joined to a fronted time expression the subject of its verb."""
    verb = time.head
    if verb.pos_ != "VERB" or time.i > verb.i:
        return
    is_subject = _is_subject(time, labels)
    if is_subject and any(_is_subject(c, labels) and c.i < time.i for c in verb.lefts):
        time.dep_ = labels.time  # "the group *Tuesday* submitted a report"
        return
    if not is_subject and (time.dep_ not in labels.time_relations or _has_subject(verb, labels)):
        return
    joined = next((c for c in time.rights if _is_other_nominal(c, verb)), None)
    if joined is None or not any(t.text == "," for t in time.doc[time.i + 1 : joined.i]):
        return
    passive = any(child.dep_ == labels.passive_auxiliary for child in verb.lefts)
    if is_subject:
        time.dep_ = labels.time
    joined.head = verb
    joined.dep_ = labels.passive_subject if passive else labels.subject


def _has_subject(verb: Token, labels: Labels) -> bool:
    return any(_is_subject(child, labels) for child in verb.lefts)


def _is_subject(token: Token, labels: Labels) -> bool:
    return token.dep_ in (labels.subject, labels.passive_subject)


def _is_other_nominal(token: Token, verb: Token) -> bool:
    return (
        token.dep_ in ("conj", "appos", "list", "parataxis", "dep")
        and token.pos_ in ("NOUN", "PROPN", "PRON")
        and token.i < verb.i
        and not is_time(token)
    )


_BY_WORD: dict[str, Callable[[Token, Labels], None]] = {
    "that": _return_clause,
    "up": _return_bounded,
    "free": _return_verb,
    "longer": _no_longer,
    **dict.fromkeys(("unlike", "besides", "alongside"), _contrast),
    **dict.fromkeys(sorted(_TORN), _rejoin),
}
