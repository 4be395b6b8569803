"""The graph -> one self-contained page: no network, no script, for screen and paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg import __version__, vocab
from kg.publish import drawing, page
from kg.publish.view import Brief, Lookup, Party, words

_TIMELINES = 40  # pairs of parties that get a timeline, those with most events
_LEAST = 2  # events of a pair that make a timeline worth drawing


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand in the report: links within the page."""

    drawn: frozenset[tuple[str, str]]

    def anchor(self, iri: str) -> str:
        """Return the id of an event or article: kind and digits of its IRI."""
        kind, _, digits = iri.removeprefix(vocab.DATA).partition("/")
        return f"{kind[:1]}-{digits}"

    def event(self, iri: str) -> str:
        return f"#{self.anchor(iri)}"

    def article(self, iri: str) -> str:
        return f"#{self.anchor(iri)}"

    def pair(self, first: Party, second: Party) -> str:
        a, b = sorted((first, second))
        return f"d-{vocab.digest(a.iri, b.iri)[:8]}"

    def dyad(self, first: Party, second: Party) -> str:
        a, b = sorted((first, second))
        return f"#{self.pair(a, b)}" if (a.iri, b.iri) in self.drawn else ""


def report(lookup: Lookup, heading: str = "Events between states") -> str:
    """Return the whole graph as one HTML page; the same graph gives the same page."""
    briefs = lookup.briefs
    events = [event for brief in briefs if (event := lookup.event(brief.iri)) is not None]
    timelines = _timelines(drawing.dyads(briefs))
    disputes = [
        (event, [p for p in event.propositions if p.disputed])
        for event in events
        if any(p.disputed for p in event.propositions)
    ]
    return (
        page.environment()
        .get_template("report.html")
        .render(
            heading=heading,
            articles=lookup.articles,
            events=events,
            briefs=lookup.brief_of,
            reports=sum(len(event.reports) for event in events),
            span=_span(briefs),
            matrix=drawing.matrix(briefs),
            timelines=timelines,
            chains=drawing.chains(briefs),
            disputes=disputes,
            conflicting=[event for event in events if event.conflicts],
            place=_Places(frozenset((t.first.iri, t.second.iri) for t in timelines)),
            style=page.style(),
            style_hash=page.style_hash(),
            version=__version__,
            base=vocab.DATA,
        )
    )


def _timelines(
    pairs: Mapping[tuple[Party, Party], list[Brief]],
) -> list[drawing.Timeline]:
    drawn = [
        drawing.timeline(first, second, events)
        for (first, second), events in list(pairs.items())[:_TIMELINES]
        if len(events) >= _LEAST
    ]
    return [one for one in drawn if one is not None]


def _span(briefs: Iterable[Brief]) -> str:
    """Return the first and last date, each as precise as its text."""
    dated = sorted((b for b in briefs if b.day), key=lambda b: b.order)
    if not dated:
        return ""
    told = [b.date.value if b.date.first else b.first_reported for b in (dated[0], dated[-1])]
    first, last = map(words.date_words, told)
    return first if first == last else f"{first} to {last}"
