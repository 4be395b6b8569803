"""Records -> the words that people read: dates, numbers, names of types, titles of events."""

import re
from functools import cache

from pyoxigraph import Literal

from kg import ontology, vocab
from kg.ingest.months import NAMES
from kg.publish.view.records import Brief, Claim, Number, Report, When

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNCHANGED = ("staff", "personnel", "people", "s")
_PLURALS = (
    ("person", "people"),
    ("man", "men"),
    ("ay", "ays"),
    ("ey", "eys"),
    ("oy", "oys"),
    ("y", "ies"),
    ("ch", "ches"),
    ("sh", "shes"),
)
UNDATED = "undated"


@cache
def _labels() -> dict[str, str]:
    label = vocab.term("rdfs:label")
    return {
        triple.subject.value: triple.object.value
        for triple in ontology.triples()
        if triple.predicate == label
        and isinstance(triple.object, Literal)
        and hasattr(triple.subject, "value")
    }


def label(name: str) -> str:
    """Return the label of a class or property; the words of its name where it has none."""
    known = _labels().get(vocab.ONTOLOGY + name)
    return known or " ".join(part.lower() for part in _CAMEL.split(name))


def capital(words: str) -> str:
    """Return the words with the first letter as a capital, the rest as it is."""
    return words[:1].upper() + words[1:]


def date_words(value: str) -> str:
    """Return an ISO date as read: `2021-12-01` is 1 December 2021, `--01-31` is 31 January."""
    if value.startswith("--"):
        month, day = value[2:].split("-")
        return f"{int(day)} {NAMES[int(month) - 1]}"
    parts = value.split("-")
    year = parts[0].lstrip("0")
    if len(parts) == 1:
        return year
    month = NAMES[int(parts[1]) - 1]
    return f"{month} {year}" if len(parts) == 2 else f"{int(parts[2])} {month} {year}"


def short_date(value: str) -> str:
    """Return an ISO date as on an axis: `2021-12-01` is 1 Dec 2021."""
    words = date_words(value).split()
    return " ".join(word[:3] if word in NAMES else word for word in words)


def when_words(when: When) -> str:
    """Return a date as precise as its text; empty where none is known."""
    return date_words(when.value) if when.value else ""


def number_words(number: Number) -> str:
    """Return a count with its unit: `27 diplomats`, `about 30`, `10 to 12`; empty if unknown."""
    if number.exact is not None:
        amount = str(number.exact)
    elif number.low is not None and number.high is not None:
        same = number.low == number.high
        amount = str(number.low) if same else f"{number.low} to {number.high}"
        amount = f"about {amount}" if number.approximate else amount
    elif number.low is not None:
        amount = f"at least {number.low}"
    elif number.high is not None:
        amount = f"at most {number.high}"
    else:
        return ""
    if not number.unit:
        return amount
    return f"{amount} {number.unit if amount == '1' else plural(number.unit)}"


def plural(noun: str) -> str:
    """Return the regular English plural of a noun phrase in the singular."""
    if noun.endswith(_UNCHANGED):
        return noun
    for ending, other in _PLURALS:
        if noun.endswith(ending):
            return noun[: -len(ending)] + other
    return noun + "s"


def parties_words(event: Brief | Report) -> str:
    """Return who acts towards whom: `Norway → Russia`; of reciprocal acts, all who take part."""
    actors = ", ".join(party.label for party in event.actors) or "unknown"
    if not event.targets:
        return actors
    return f"{actors} → {', '.join(party.label for party in event.targets)}"


def title(event: Brief) -> str:
    """Return the event in one line: `Expulsion: Norway → Russia`."""
    return f"{capital(label(event.type))}: {parties_words(event)}"


def day_words(event: Brief) -> str:
    """Return the event's date, or when it was first reported, or that neither is known."""
    if event.date.value:
        return date_words(event.date.value)
    if event.first_reported:
        return f"reported {date_words(event.first_reported)}"
    return UNDATED


def told_by(event: Brief) -> str:
    """Return how many articles tell of the event, and how many of them are no copies."""
    if event.articles == 1:
        return "1 article"
    return f"{event.articles} articles, {event.sources} independent"


def claimant(claim: Claim) -> str:
    """Return who speaks, in what office, and for whom: `Ann Lee, foreign minister (for NZ)`."""
    who = claim.speaker or claim.office or "somebody"
    if claim.office.casefold() not in who.casefold():
        who = f"{who}, {claim.office}"
    return f"{who} (for {claim.side})" if claim.side else who
