"""A part of the graph: the events of some party, type or time, with all that hangs on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg import vocab
from kg.errors import UsageError
from kg.graph.store import Reader
from kg.publish.view import Brief
from kg.query.bind import day
from kg.vocab import dip

# What points to an event or report and belongs to it.
_INWARD = (dip("reports"), dip("about"), dip("effectReport"), dip("decidedReport"))
_APART = (vocab.DATA + "event/", vocab.DATA + "report/")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events; empty strings don't narrow. Days are ISO dates."""

    actor: str = ""  # code of a party, in any role
    type: str = ""  # local name
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, actor: str = "", type_: str = "", since: str = "", until: str = "") -> "Wanted":
        """Return what a user asks for; months and years count whole. UsageError for no dates."""
        return cls(actor, type_, _day("since", since), _day("until", until))

    def __bool__(self) -> bool:
        return any((self.actor, self.type, self.since, self.until))

    def fits(self, brief: Brief) -> bool:
        """Say whether the event is one of those asked for; the undated fit no time."""
        return (
            (not self.actor or any(self.actor == party.code for party in brief.parties))
            and (not self.type or brief.type == self.type)
            and (not self.since or (brief.date.last or brief.day) >= self.since)
            and (not self.until or "" < brief.day <= self.until)
        )


def _day(name: str, value: str) -> str:
    try:
        return day(value, last=name == "until") if value else ""
    except ValueError as fault:
        raise UsageError(f"{name} {value!r}: {fault}") from fault


def part(reader: Reader, events: Iterable[Brief]) -> list[Quad]:
    """Return all quads about these events: reports, evidence, claims, causes, parties, articles.

    Other events and their reports are named where these answer them, and not described.
    """
    waiting = [NamedNode(event.iri) for event in events]
    seen = set(waiting)
    found: set[Quad] = set()
    while waiting:
        node = waiting.pop()
        about = list(reader.quads(node))
        found.update(about)
        near = [quad.object for quad in about if _part(quad.object)]
        near += [quad.subject for name in _INWARD for quad in reader.quads(None, name, node)]
        for other in near:
            if isinstance(other, NamedNode) and other not in seen:
                seen.add(other)
                waiting.append(other)
    return sorted((quad for quad in found if not _foreign(quad, seen)), key=str)


def _part(value: object) -> bool:
    """Say whether what points to this thing is told in full only with it."""
    return (
        isinstance(value, NamedNode)
        and value.value.startswith(vocab.DATA)
        and not value.value.startswith(_APART)
    )


def _foreign(quad: Quad, seen: set[NamedNode]) -> bool:
    """Say whether the quad leads from a party to an event that was not asked for."""
    subject, value = quad.subject, quad.object
    return (
        isinstance(subject, NamedNode)
        and isinstance(value, NamedNode)
        and subject.value.startswith(vocab.DATA + "actor/")
        and value.value.startswith(_APART)
        and value not in seen
    )
