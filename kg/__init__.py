"""kgbuild: a knowledge graph of diplomatic events from news, with evidence and proofs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: "Path | str" = "kg.store") -> "Graph":  # noqa: A001 (as in `kg.open(…)`)
    """Open a store for reading; see kg.api.Graph. Raises UsageError where there is none."""
    from kg.api import open_store

    return open_store(path)
