"""The domain as data: event types with compiled patterns, word classes, actors, cues.

Nothing here knows a verb, a country or an event type: they come from the ontology's files.
"""

from kg.lexicon.entries import FORM_KINDS, Actor, EventType, Lexicon, OfficeHolder
from kg.lexicon.read import files, load

__all__ = ["FORM_KINDS", "Actor", "EventType", "Lexicon", "OfficeHolder", "files", "load"]
