"""Mends phrases that the parser tears apart: `re-established`, `persona non grata`, joined verbs.

Each function mends one token's surroundings in place and leaves a parse without the fault as it is.
"""

from spacy.tokens import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BREAKS = frozenset({";", ":", "-", "–", "—"})
_SUBORDINATING = frozenset({"after", "before", "since", "until", "as"})
_ADDRESSEE = frozenset({"NOUN", "PROPN"})

_WORDS = """prisoners hostages detainees captives inmates soldiers sailors fishermen pilots journalists
civilians diplomats workers citizens nationals tourists engineers dissidents settlers crew crewmen men
women people airmen officers policemen students activists suspects"""
_HELD = frozenset(_WORDS.split())  # who is freed, where elections and markets are only free


def rejoin_prefix(prefix: Token, passive_auxiliary: str) -> None:
    """Make the word behind `re-` the head of its clause, where the prefix was taken for it."""
    if prefix.i + 2 >= prefix.sent.end or prefix.whitespace_:
        return
    hyphen, word = prefix.nbor(1), prefix.nbor(2)
    if hyphen.text != "-" or hyphen.whitespace_ or not word.is_alpha:
        return
    above = prefix in word.ancestors
    dependents = [c for c in prefix.children if c not in (word, hyphen)]
    if above:
        was_verb = prefix.pos_ == "VERB"
        word.dep_ = prefix.dep_
        word.head = word if prefix.head == prefix else prefix.head
        word.pos_ = "VERB" if was_verb else word.pos_
    for child in dependents:
        child.head = word
    if above and word.tag_ == "VBN" and not word.dep_.startswith("acl"):
        assisted = any(c.dep_.startswith("aux") for c in word.children)
        word.tag_ = "VBN" if assisted else "VBD"
    for child in word.children:
        if child.dep_ == "cop" and word.tag_ == "VBN":  # "the consulate was re-opened"
            child.dep_ = passive_auxiliary
    prefix.head, prefix.dep_, prefix.pos_ = word, "compound", "X"
    hyphen.head, hyphen.dep_ = word, "punct"


def join_verb(participle: Token, object_: str) -> None:
    """Make the "participle" behind *and* a verb: "ended ties with Peru and opened talks with Chile".

    So it is where the noun that it seems to describe would be the second direct object of the verb
    before *and*.
    """
    noun, sentence = participle.head, participle.sent
    if participle.i - 2 < sentence.start or noun.i < participle.i or noun.dep_ != object_:
        return
    joiner, before = participle.nbor(-1), participle.nbor(-2)
    if joiner.lower_ not in ("and", "but") or before.pos_ == "ADJ" or before.dep_ == "amod":
        return
    verb = noun.head
    if verb.pos_ != "VERB" or not any(
        c.dep_ == object_ and c.i < joiner.i for c in verb.children if c != noun
    ):
        return
    participle.head, participle.dep_, participle.pos_ = verb, "conj", "VERB"
    participle.tag_ = verb.tag_
    noun.head = joiner.head = participle


def lone_verb(participle: Token, subject: str, object_: str) -> None:
    """Make the "participle" the verb of a sentence that has none: "Fiji and Peru re-opened talks."

    So it is where the noun that it seems to describe was coordinated with the names before it.
    """
    noun, root, sentence = participle.head, participle.sent.root, participle.sent
    if _carries_clause(participle, subject):
        dep, above = noun.dep_, noun.head if noun.head != noun else participle
        participle.head, participle.dep_, participle.pos_ = above, dep, "VERB"
        noun.head, noun.dep_ = participle, object_
        return
    if noun.dep_ != "conj" or noun.head != root or root.pos_ != "PROPN" or noun.i < participle.i:
        return
    if any(t.tag_ in _FINITE and t.is_alpha for t in sentence) or any(
        c.pos_ in ("DET", "PRON", "CCONJ") for c in noun.lefts
    ):
        return
    participle.head, participle.dep_ = participle, "ROOT"
    participle.pos_, participle.tag_ = "VERB", "VBD"
    root.head, root.dep_ = participle, subject
    noun.head, noun.dep_ = participle, object_
    for child in [c for c in root.children if c.i > participle.i or c.is_punct]:
        child.head = participle
    for child in [c for c in noun.lefts if c.i < participle.i]:
        child.head = participle


def _carries_clause(participle: Token, subject: str) -> bool:
    """Tell "Chad *have normalised* relations": a subject and an auxiliary hang on the "participle"."""
    lefts = list(participle.lefts)
    own = any(c.dep_ == subject for c in lefts) and any(c.lower_ in _HAVE for c in lefts)
    return own and participle.i < participle.head.i


_HAVE = frozenset({"has", "have", "had"})


def raise_verb(verb: Token, subject: str) -> None:
    """Make a verb joined to a name the head of both: "Guinea-Bissau | and Somalia signed"."""
    first = verb.head
    second = next((c for c in verb.lefts if c.dep_ == subject), None)
    lone = first.pos_ == "NOUN" and first.dep_ == "ROOT"  # "the government | and rebels signed"
    if not (lone or first.pos_ == "PROPN") or first.i > verb.i or second is None:
        return
    between = [t for t in verb.doc[first.i + 1 : second.left_edge.i] if t.lower_ != "and"]
    if between or not any(t.lower_ == "and" for t in verb.doc[first.i + 1 : second.i]):
        return
    above, label = first.head, first.dep_
    first.head, first.dep_ = verb, subject
    verb.head, verb.dep_ = (verb if above == first else above), label
    second.head, second.dep_ = first, "conj"
    for child in [c for c in first.children if c.i > verb.i or c.is_punct]:
        child.head = verb
    for child in [c for c in verb.lefts if c.dep_ == "cc"]:
        child.head = second


def return_phrase(modifier: Token, passive_subject: str) -> None:
    """Put a preposition back before its phrase: "a ban | on Cabo Verdean lawmakers was imposed".

    The parser gave the preposition to the first word and made the rest a second subject.
    """
    noun = modifier.head
    verb, case = noun.head, next((c for c in modifier.lefts if c.dep_ == "case"), None)
    if case is None or noun.dep_ != passive_subject or case.i > noun.i:
        return
    first = next((c for c in verb.lefts if c.dep_ == passive_subject and c.i < case.i), None)
    if first is not None and first.i == case.i - 1:
        noun.head, noun.dep_, case.head = first, "nmod", noun


def join_subjects(second: Token, subject: str) -> None:
    """Coordinate two subjects of one verb: "the Czech Republic and Iran signed", read as two."""
    verb = second.head
    if second.i > verb.i:
        return
    joiner = next((c for c in second.lefts if c.dep_ == "cc"), None) or next(
        (c for c in verb.lefts if c.dep_ == "cc" and c.i < second.i), None
    )
    first = next(
        (c for c in verb.lefts if c.dep_ == subject and joiner is not None and c.i < joiner.i), None
    )
    if joiner is None or first is None or joiner.i >= second.i:
        return
    between = second.doc[first.i + 1 : second.i]
    if any(t.pos_ in ("VERB", "AUX") or t.text in _BREAKS for t in between):
        return
    second.head, second.dep_ = first, "conj"
    joiner.head = second


def describe_visitor(participle: Token, subject: str) -> None:
    """Hang "visiting" on the person behind it: "*Visiting* Swiss minister Ana Pop urged Israel"."""
    person = next((c for c in participle.head.children if c.dep_ == subject), None)
    if person is None or person.left_edge.i != participle.i + 1 or list(participle.children):
        return
    participle.head, participle.dep_, participle.pos_ = person, "amod", "ADJ"


def list_subjects(second: Token, subject: str) -> None:
    """Coordinate what a headline lists by a comma: "Kenya, Somalia agree to talks"."""
    verb, comma, start = second.head, second.left_edge.i - 1, second.sent.start
    named = second.doc[start : max(comma, start)]
    if not named or second.doc[comma].text != "," or verb.i != second.right_edge.i + 1:
        return
    if verb.tag_ not in ("VB", "VBP", "VBD") or any(t.pos_ != "PROPN" for t in named):
        return
    first = named.root
    if first == verb or (first.dep_ == "conj" and first.head == second):
        return
    if first.head == first or verb in first.subtree:
        return
    first.head, first.dep_ = verb, subject
    second.head, second.dep_ = first, "conj"


def predicate_phrase(persona: Token, object_: str) -> None:
    """Set `persona non grata` beside the person, as what the verb makes of the person.

    "declared two Peruvian diplomats persona non grata": the parser takes the Latin for the head of
    the whole, or for a verb.
    """
    rest = persona.doc[persona.i + 1 : persona.i + 3]
    if len(rest) < 2 or rest[0].lower_ not in ("non", "not") or persona.i == persona.sent.start:
        return
    person = persona.nbor(-1)
    verb = next(
        (t for t in reversed(persona.doc[persona.sent.start : persona.i]) if t.pos_ == "VERB"), None
    )
    if verb is None or (persona in verb.ancestors and verb.dep_ != "ccomp"):
        return
    moved = [c for c in persona.children if verb.i < c.i < persona.i and c != person]
    if persona.head != verb:
        persona.head = verb
    persona.dep_, persona.pos_ = "xcomp", "NOUN"
    for token in rest:
        token.head, token.dep_ = persona, "flat"
    if person.pos_ not in _ADDRESSEE or person.head != persona:
        return
    other = next((c for c in verb.children if c.dep_ == object_ and c.i < person.i), None)
    if other is not None and any(c.lower_ in ("and", "or", ",") for c in moved):
        person.head, person.dep_ = other, "conj"
    else:
        person.head, person.dep_ = verb, object_
    for child in moved:
        child.head = person


def return_subject(verb: Token, subject: str, marker: str, oblique: str) -> None:
    """Give a clause behind *after* and the like the subject that a preposition took along.

    "came after Jordan and Oman named envoys": *Jordan* was hung on *came*, *named* has no subject.
    """
    if any(c.dep_.startswith(subject) for c in verb.children) or verb.head.i > verb.i:
        return
    for noun in verb.head.children:
        if noun.dep_ != oblique or not verb.head.i < noun.i < verb.i:
            continue
        taken = next((c for c in noun.lefts if c.lower_ in _SUBORDINATING), None)
        between = verb.doc[noun.right_edge.i + 1 : verb.i]
        if taken is not None and all(t.pos_ in ("AUX", "ADV", "PART") for t in between):
            noun.head, noun.dep_ = verb, subject
            taken.head, taken.dep_, taken.pos_ = verb, marker, "SCONJ"
            verb.dep_ = "advcl"
            return


def return_object(up: Token, object_: str, oblique: str) -> None:
    """Give a verb back its object behind a bound: "sent *up to 20 soldiers*" is not sent up to them."""
    to, number = up.nbor(1), up.nbor(2)
    noun = number.head if number.dep_ == "nummod" else number
    verb = noun.head
    if to.lower_ != "to" or number.pos_ != "NUM" or to.head != noun or noun.dep_ != oblique:
        return
    if verb.pos_ != "VERB" or verb.i > up.i or any(c.dep_ == object_ for c in verb.children):
        return
    noun.dep_ = object_
    for word in (up, to):
        word.head, word.dep_ = number if number != noun else noun, "advmod"


def free_verb(free: Token, complement: str, object_: str) -> None:
    """Make a verb of the adjective in "agreed to *free* four hostages", where people can be held."""
    noun = free.head
    to = free.nbor(-1) if free.i > free.sent.start else free
    verb = noun.head
    if to.lower_ == "to" and any(c.dep_ == object_ for c in free.rights):
        free.pos_, free.tag_ = "VERB", "VB"
    if to.lower_ != "to" or free.dep_ != "amod" or noun.i < free.i or noun.lower_ not in _HELD:
        return
    if verb.pos_ != "VERB" or verb.i > to.i:
        return
    free.pos_, free.tag_, free.dep_, free.head = "VERB", "VB", complement, verb
    noun.head, noun.dep_ = free, object_
    to.head, to.dep_, to.pos_, to.tag_ = free, "mark", "PART", "TO"


def return_relative(verb: Token, object_: str, relative: str) -> None:
    """Hang a clause with *who* behind a time on the person: "expelled four men in May, *who* …"."""
    time = verb.head
    if verb.i < time.i or not any(c.lower_ in ("who", "whom") for c in verb.subtree):
        return
    above = next((a for a in time.ancestors if a.pos_ == "VERB"), None)
    if above is None:
        return
    person = next((c for c in above.children if c.dep_ == object_ and above.i < c.i < time.i), None)
    if person is not None:
        verb.head, verb.dep_ = person, relative


def is_main_verb(verb: Token, subject: str, passive_auxiliary: str) -> bool:
    """Tell whether the verb it hangs on is a participle of its own subject.

    "Two men *jailed* in Oman were freed", "a drone *launched* from Yemen hit a hotel": behind the
    subject without an auxiliary or object, with neither *and* nor comma before the finite verb.
    """
    participle = verb.head
    if verb.dep_ not in ("conj", "advcl") or participle.i >= verb.i:
        return False
    passive = any(c.dep_ == passive_auxiliary and c.tag_ in _FINITE for c in verb.children)
    if not passive and verb.tag_ not in _FINITE:
        return False
    if any(c.dep_ in ("cc", "mark") or c.dep_.startswith(subject) for c in verb.children):
        return False
    if participle.tag_ not in ("VBN", "VBD") or participle.i == participle.sent.start:
        return False
    before = participle.nbor(-1)
    joined = any(t.text in (",", ";", "and", "but") for t in participle.doc[participle.i : verb.i])
    bare = not any(c.dep_.startswith(("aux", "obj", "dobj")) for c in participle.children)
    return not joined and bare and before.head == participle and before.dep_.startswith(subject)


def reduce_relative(verb: Token, subject: str, passive_subject: str) -> None:
    """Give the finite verb the subject, and the subject the participle that stands behind it."""
    participle = verb.head
    noun = participle.nbor(-1)
    passive = any(c.dep_.startswith("aux") and "pass" in c.dep_ for c in verb.children)
    moved = [c for c in participle.children if c.i > verb.i or c.i < noun.i]
    verb.dep_ = participle.dep_
    verb.head = verb if participle.head == participle else participle.head
    noun.head, noun.dep_ = verb, passive_subject if passive else subject
    participle.head, participle.dep_, participle.tag_ = noun, "acl", "VBN"
    for child in moved:
        child.head = verb
