"""Reads a text with the extractor, and tells who does what to whom in the form that tests compare."""

import hashlib

from kg.model import Article, Event, Extraction
from kg.nlp.extract import Extractor

Act = tuple[str, str, str, str]  # type, actors and targets joined by "+", modality


def read(extractor: Extractor, text: str, day: str = "2024-05-14") -> Extraction:
    """Return what the extractor finds in a text published on the day."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    article = Article("a", "a", text, sha, published=day, published_basis="metadata")
    (extraction,) = extractor.extract([article])
    return extraction


def act(event: Event) -> Act:
    """Return type, parties in alphabetical order, modality."""
    actors, targets = (
        "+".join(sorted(role.party.code for role in roles))
        for roles in (event.actors, event.targets)
    )
    return event.type, actors, targets, event.modality


def acts(extraction: Extraction) -> set[Act]:
    """Return the acts of all events."""
    return {act(event) for event in extraction.events}
