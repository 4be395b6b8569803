"""Dataset -> violations of the shapes, and what to keep of an article that has some."""

from kg.validate.engines import (
    ENGINES,
    Shapes,
    Violation,
    conclusion_shapes,
    data_shapes,
    default_engine,
    shapes,
    violations,
)
from kg.validate.parts import Parted, part, reasons
from kg.validate.screen import by_graph, screen

__all__ = [
    "ENGINES",
    "Parted",
    "Shapes",
    "Violation",
    "by_graph",
    "conclusion_shapes",
    "data_shapes",
    "default_engine",
    "part",
    "reasons",
    "screen",
    "shapes",
    "violations",
]
