"""Mends what the parser gets wrong in the same way again and again in news.

Three repairs: white-space tokens get the tags of white space; a clause with *that* hung on a
bare time expression goes back to the verb (`said last week that …`); a fronted date that was
taken for the subject gives the subject back (`Monday, Peru and Chile signed …`).
"""

from dataclasses import dataclass

from spacy.language import Language
from spacy.symbols import NOUN, NUM, PRON, PROPN, SPACE, VERB
from spacy.tokens import Doc, Token

_UNITS = frozenset("second minute hour day night week weekend month quarter year decade".split())
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sep sept oct
    nov dec mon tue tues wed thu thur thurs fri sat sun yesterday today tomorrow tonight morning
    afternoon evening""".split()
)
_DEICTIC = frozenset("last next this past same earlier later previous ago early late".split())


@dataclass(frozen=True, slots=True)
class Labels:
    """The names that a parser gives to the relations repaired here."""

    complement: str
    time: str
    subject: str
    passive_subject: str
    passive_auxiliary: str
    clauses_on_nouns: frozenset[str]
    time_relations: frozenset[str]


UNIVERSAL = Labels(
    complement="ccomp",
    time="obl:unmarked",
    subject="nsubj",
    passive_subject="nsubj:pass",
    passive_auxiliary="aux:pass",
    clauses_on_nouns=frozenset({"acl", "acl:relcl", "advcl", "advcl:relcl", "ccomp"}),
    time_relations=frozenset(
        {"obl", "obl:unmarked", "obl:tmod", "obl:npmod", "advmod", "obj", "iobj"}
    ),
)
CLEAR = Labels(
    complement="ccomp",
    time="npadvmod",
    subject="nsubj",
    passive_subject="nsubjpass",
    passive_auxiliary="auxpass",
    clauses_on_nouns=frozenset({"acl", "relcl", "advcl", "ccomp"}),
    time_relations=frozenset({"npadvmod", "advmod", "dobj", "dative"}),
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
            token.pos, token.tag_ = SPACE, "_SP"
        elif token.lower_ == "that":
            _return_clause(token, labels)
        elif is_time(token):
            _return_subject(token, labels)
    return doc


def is_universal(doc: Doc) -> bool:
    """Tell whether the parse uses UD labels, by those that ClearNLP lacks or has alone."""
    return not any(t.dep_ in _CLEAR_ONLY for t in doc)


_CLEAR_ONLY = frozenset({"pobj", "prep", "dobj", "nsubjpass", "auxpass", "poss", "attr", "acomp"})


def is_time(token: Token) -> bool:
    """Tell whether the word heads a time expression that can stand without a preposition."""
    low = token.lower_.rstrip(".")
    if low in _CALENDAR:
        return token.pos in (NOUN, PROPN, NUM) or low != "may"
    if token.pos == NUM and token.shape_ == "dddd":
        return True
    if low in _UNITS or token.lemma_ in _UNITS:
        return any(child.lower_ in _DEICTIC for child in token.children)
    return False


def _return_clause(that: Token, labels: Labels) -> None:
    """Hang a that-clause under a time expression on the verb that the expression modifies."""
    clause = that.head
    noun = clause.head
    if clause.dep_ not in labels.clauses_on_nouns or not is_time(noun) or that.i != noun.i + 1:
        return
    if any(child.lower_ in ("the", "a", "an") for child in noun.children):
        return
    verb = noun.head
    while verb.pos != VERB and verb.head is not verb:
        verb = verb.head
    if verb.pos != VERB or verb.i > noun.i or verb is clause:
        return
    if any(child.dep_ == labels.complement for child in verb.rights):
        return
    clause.head, clause.dep_ = verb, labels.complement
    that.dep_ = "mark"


def _return_subject(time: Token, labels: Labels) -> None:
    """Make the nominal joined to a fronted time expression the subject of its verb."""
    verb = time.head
    if verb.pos != VERB or time.i > verb.i:
        return
    is_subject = time.dep_ in (labels.subject, labels.passive_subject)
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
    return any(c.dep_ in (labels.subject, labels.passive_subject) for c in verb.lefts)


def _is_other_nominal(token: Token, verb: Token) -> bool:
    return (
        token.dep_ in ("conj", "appos", "list", "parataxis", "dep")
        and token.pos in (NOUN, PROPN, PRON)
        and token.i < verb.i
        and not is_time(token)
    )
