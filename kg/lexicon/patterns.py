"""Pattern strings of the ontology -> compiled patterns. The notation: docs/lexicon.md.

A compiled pattern says, for its head, what must be subject, object, prepositional phrase,
complement and word beside it; `kg.nlp.triggers` matches it against a parsed sentence.
"""

import re
from dataclasses import dataclass

from kg.errors import OntologyError

ROLES = frozenset({"actor", "target", "party", "topic", "place", ""})
_SLOT = re.compile(
    r"\{(?P<role>[a-z]*)(?::(?P<cls>[A-Za-z]\w*))?\}(?P<poss>'s|’s)?(?P<need>!?)(?:'s)?"
)
_HEAD = re.compile(r"(?P<words>[^\s/]+)/(?P<pos>[vna])")
_TOKEN = re.compile(r"\(|\)|\{[^}]*\}(?:'s|’s)?!?(?:'s)?|[^\s()]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a pattern that a phrase fills."""

    role: str  # actor, target, party, topic, place or "" (must be there, fills no role)
    cls: str = ""  # word class that the phrase's head must belong to
    required: bool = False
    party: bool = False  # the phrase must resolve to a party ("!" on a role)


@dataclass(frozen=True, slots=True)
class Words:
    """A word (or fixed sequence) that must stand beside the head: any of the alternatives."""

    alternatives: tuple[tuple[str, ...], ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Phrase:
    """A prepositional slot: `on|against {target}`."""

    prepositions: frozenset[str]
    slot: Slot


@dataclass(frozen=True, slots=True)
class Complement:
    """An infinitive, gerund or that-clause complement and what belongs to its verb."""

    lemmas: frozenset[str]  # empty: any verb (that-clause)
    subject: Slot | None = None
    object: Slot | None = None
    phrases: tuple[Phrase, ...] = ()
    words: tuple[Words, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which a type of event is told."""

    text: str
    heads: tuple[tuple[str, ...], ...]  # alternatives; each a head lemma with what follows it
    pos: str  # v, n or a
    before: tuple[Slot, ...] = ()
    words_before: tuple[Words, ...] = ()
    object: Slot | None = None
    phrases: tuple[Phrase, ...] = ()
    words: tuple[Words, ...] = ()
    complement: Complement | None = None

    def slots(self) -> tuple[Slot, ...]:
        """Return all slots, in the order of the notation."""
        inner = self.complement
        found = [*self.before, self.object, *(p.slot for p in self.phrases)]
        if inner is not None:
            found += [inner.subject, inner.object, *(p.slot for p in inner.phrases)]
        return tuple(s for s in found if s is not None)


@dataclass(slots=True)
class _Builder:
    """What has been read behind the head (or behind a complement's verb) so far."""

    object: Slot | None = None
    phrases: tuple[Phrase, ...] = ()
    words: tuple[Words, ...] = ()


def compile_pattern(text: str, place: str) -> Pattern:
    """Compile one pattern string. `place` names file and type in errors.

    Raises OntologyError for a pattern without exactly one head, with an unknown role, or with
    brackets that don't match.
    """
    tokens = _TOKEN.findall(text)
    heads = [i for i, t in enumerate(tokens) if _HEAD.fullmatch(t)]
    if len(heads) != 1:
        raise OntologyError(
            f"{place}: pattern {text!r} has {len(heads)} heads; mark exactly one with /v, /n or /a"
        )
    head = _HEAD.fullmatch(tokens[heads[0]])
    assert head is not None  # noqa: S101
    before, words_before = _before(tokens[: heads[0]], text, place)
    after, complement = _after(tokens[heads[0] + 1 :], head["pos"], text, place)
    return Pattern(
        text=text,
        heads=tuple(tuple(w.split("_")) for w in head["words"].lower().split("|")),
        pos=head["pos"],
        before=before,
        words_before=words_before,
        object=after.object,
        phrases=after.phrases,
        words=after.words,
        complement=complement,
    )


def _slot(token: str, optional: bool, text: str, place: str) -> Slot:
    found = _SLOT.fullmatch(token)
    if found is None or found["role"] not in ROLES:
        known = ", ".join(sorted(r for r in ROLES if r))
        raise OntologyError(f"{place}: pattern {text!r}: no slot {token!r}; roles are {known}")
    role, cls = found["role"], found["cls"] or ""
    strict = bool(found["need"])
    return Slot(role, cls, required=(bool(cls) or strict) and not optional, party=strict)


def _words(token: str, optional: bool) -> Words:
    return Words(
        tuple(tuple(w.split("_")) for w in token.lower().split("|")), required=not optional
    )


def _before(tokens: list[str], text: str, place: str) -> tuple[tuple[Slot, ...], tuple[Words, ...]]:
    slots: list[Slot] = []
    words: list[Words] = []
    optional = False
    for token in tokens:
        if token in "()":
            optional = token == "("
        elif token.startswith("{"):
            slots.append(_slot(token, optional, text, place))
        elif token not in {"'s", "’s"}:
            words.append(_words(token, optional))
    return tuple(slots), tuple(words)


def _after(
    tokens: list[str], pos: str, text: str, place: str
) -> tuple[_Builder, Complement | None]:
    outer = _Builder()
    inner: _Builder | None = None
    lemmas: frozenset[str] = frozenset()
    subject: Slot | None = None
    inner_required = True
    optional, direct = False, True
    i = 0
    while i < len(tokens):
        token, here = tokens[i], inner or outer
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if token in "()":
            optional = token == "("
        elif token.startswith("{"):
            slot = _slot(token, optional, text, place)
            if (direct and pos != "n") or (inner is not None and direct):
                here.object = slot
            else:  # a noun's slot without preposition: of
                here.phrases = (*here.phrases, Phrase(frozenset({"of"}), slot))
            direct = False
        elif token.lower() == "that" and following.startswith("{"):
            inner, subject = _Builder(), _slot(following, optional, text, place)
            inner_required, direct = not optional, True
            i += 1
        elif token.lower() == "does" and subject is not None and following and not lemmas:
            lemmas = frozenset(following.lower().split("|"))  # what the that-clause's subject does
            i += 1
        elif following.startswith("{"):
            slot = _slot(following, optional, text, place)
            preps = frozenset(token.lower().split("|"))
            here.phrases = (*here.phrases, Phrase(preps, slot))
            direct = False
            i += 1
        elif (
            token.lower() in {"to", "from"}
            and inner is None
            and following
            and following not in "()"
        ):
            inner, lemmas = _Builder(), frozenset(following.lower().split("|"))
            inner_required, direct = not optional, True
            i += 1
        else:
            here.words = (*here.words, _words(token, optional))
        i += 1
    if inner is None:
        return outer, None
    return outer, Complement(
        lemmas, subject, inner.object, inner.phrases, inner.words, inner_required
    )
