"""Ontology files -> Lexicon: event types with compiled patterns, word classes, actors, cues.

The format is described in docs/lexicon.md. Nothing here knows a verb, a country or an event type.
"""
