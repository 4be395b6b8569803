"""Events -> pictures as plain geometry: timelines of two parties, chains of answers, a matrix.

Templates turn the geometry into SVG, so that every word in a picture passes through their
escaping. Units are SVG user units (CSS pixels).
"""

from kg.publish.drawing.chains import Box, Chain, Edge, chains
from kg.publish.drawing.matrix import Matrix, dyads, matrix
from kg.publish.drawing.timeline import Mark, Tick, Timeline, timeline, told

__all__ = [
    "Box",
    "Chain",
    "Edge",
    "Mark",
    "Matrix",
    "Tick",
    "Timeline",
    "chains",
    "dyads",
    "matrix",
    "timeline",
    "told",
]
