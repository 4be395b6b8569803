"""What makes an extraction unfit for the graph, told before anything is written."""

from collections.abc import Iterator

from kg.model import Extraction, Span


def faults(extraction: Extraction) -> list[str]:
    """Return what makes this extraction unfit for the graph.

    Spans that leave the text and indexes that lead nowhere, one readable line each; an empty
    list is the normal case.
    """
    length = len(extraction.article.text)
    told = len(extraction.events)
    found = [
        f"{what} lies at {span.start}..{span.end}, beyond the text's {length} characters"
        for what, span in _spans(extraction)
        if span.end > length or span.start == span.end
    ]
    found += [
        f"claim at {claim.quote.start} speaks of event {claim.about}, of {told}"
        for claim in extraction.claims
        if not 0 <= claim.about < told
    ]
    found += [
        f"cause at {cause.cue.start} joins events {cause.effect} and {cause.cause}, of {told}"
        for cause in extraction.causes
        if not (0 <= cause.effect < told and 0 <= cause.cause < told)
    ]
    return found


def _spans(extraction: Extraction) -> Iterator[tuple[str, Span]]:
    for event in extraction.events:
        yield f"{event.type}'s trigger", event.trigger
        yield f"{event.type}'s quote", event.quote
        for span in event.mentions:
            yield f"{event.type}'s mention", span
        for argument in (*event.actors, *event.targets):
            if argument.span is not None:
                yield f"{event.type}'s {argument.role}", argument.span
    for claim in extraction.claims:
        yield "claim", claim.quote
    for cause in extraction.causes:
        yield "cause", cause.cue
    for observation in extraction.observations:
        yield "observation", observation.quote
