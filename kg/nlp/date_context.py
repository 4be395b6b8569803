"""What surrounds a date expression: its lead, the tense around it, and what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kg.nlp import date_patterns as p
from kg.nlp.periods import Period

_BY = frozenset({"by", "no later than", "not later than", "on or before"})

_BEFORE = frozenset({"before", "prior to", "ahead of"})

_UNTIL = frozenset({"until", "till", "up to", "up until", "through"})

MODIFIERS = {
    **dict.fromkeys(_BY, "by"),
    **dict.fromkeys(_BEFORE, "before"),
    **dict.fromkeys(_UNTIL, "until"),
    **dict.fromkeys(("after", "following"), "after"),
    **dict.fromkeys(("since", "ever since"), "since"),
    **dict.fromkeys(("effective", "effective from", "effective on", "with effect from"), "from"),
    **dict.fromkeys(("about", "around", "circa"), "about"),
}

_LEAD = 48  # characters before a date within which its lead begins: "by 10 a.m. local time on"

LIMITS = frozenset({"by", "before", "until", "within"})

PAST = frozenset({"last", "past", "the past", "the last", "this past", "previous"})

NEXT = frozenset({"next", "the next", "coming", "the coming", "this coming", "upcoming"})


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression with its meaning; `value` is set where no calendar day can be told."""

    start: int
    end: int
    period: Period | None = None
    value: str = ""
    modifier: str = ""
    relative: bool = False  # counted from the day of publication
    attributive: bool = False  # "the 2014 annexation": what stands before it is not its lead
    later_of: tuple[str, int, str] | None = None  # ("earlier", 2, "day"): counted from another date


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: anchor, the word that leads it, whether the future is meant."""

    text: str
    anchor: date | None
    future: bool | Callable[[int], bool]
    previous: Period | None = None  # the date told before the text

    def lead(self, start: int) -> str:
        """Return the preposition or determiner before the expression, in lower case."""
        found = p.LEAD.search(self.text, max(0, start - _LEAD), start)
        return found["lead"].casefold() if found else ""

    def modifier(self, start: int) -> str:
        """Return the meaning of the lead: by, before, until, after, since, about or empty."""
        return MODIFIERS.get(self.lead(start), "")

    def behind(self, start: int) -> bool:
        """Tell whether the words before speak of the past at this place: "since", "back to"."""
        return bool(p.BEHIND.search(self.text, max(0, start - 24), start))

    def told_as_past(self, start: int) -> bool:
        """Tell whether the last verb before speaks of the past: "expelled them on September 18"."""
        verbs = list(p.TENSE.finditer(self.text, max(0, start - 60), start))
        return bool(verbs) and not verbs[-1]["ahead"]

    def ahead(self, start: int) -> bool:
        """Tell whether the words around speak of the future at this place."""
        if p.SCHEDULED.search(self.text, max(0, start - 24), start):
            return True
        if callable(self.future):
            return self.future(start)
        if not self.future:
            return False
        ahead = True
        for tense in p.TENSE.finditer(self.text, max(0, start - 60), start):
            passive = self.text[max(0, tense.start() - 3) : tense.start()] == "be "  # will be held
            ahead = bool(tense["ahead"]) or (passive and ahead)
        return ahead
