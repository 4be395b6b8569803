"""A pattern that fits at a trigger, and what fills its slots."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.lexicon import EventType
from kg.lexicon.patterns import Pattern, Slot
from kg.model import Method
from kg.nlp.reference import Ref


@dataclass(slots=True)
class Fill:
    """What fills a slot: the phrase's head, the parties it gives, and how it was found."""

    slot: Slot
    token: Token
    refs: tuple[Ref, ...]
    method: Method
    position: str  # subject, object, phrase, possessor


@dataclass(slots=True)
class Match:
    """A pattern that fits at a trigger."""

    type: EventType
    pattern: Pattern
    trigger: Token
    anchor: Token  # the pattern's head where it was found: the copula of "*are* in talks"
    fills: list[Fill] = field(default_factory=list)
    verbs: list[Token] = field(default_factory=list)  # complement verbs that belong to it
    extra: list[Token] = field(default_factory=list)  # fixed words that belong to it
    score: float = 0.0
    rivals: list["Match"] = field(default_factory=list)  # weaker patterns at the same trigger

    def role(self, *names: str) -> list[Ref]:
        """Return the parties in these roles, in text order, each once."""
        found: dict[str, Ref] = {}
        for fill in self.fills:
            if fill.slot.role in names:
                for ref in fill.refs:
                    found.setdefault(ref.code, ref)
        return list(found.values())

    def tokens(self) -> list[Token]:
        """Return trigger, complement verbs, fixed words and heads of fillers."""
        return [self.trigger, *self.verbs, *self.extra, *(f.token for f in self.fills)]

    def is_mediated(self) -> bool:
        """Tell whether somebody stands between the parties: they have an act of their own, too."""
        return self.type.frame == "ReciprocalAct" and any(
            s.role == "actor" for s in self.pattern.slots()
        )

    def affected(self) -> list[Token]:
        """Return the heads of phrases that had to be of a word class."""
        return [f.token for f in self.fills if f.slot.cls]
