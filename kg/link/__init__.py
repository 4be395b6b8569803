"""Which reports tell of the same event: decisions with their reasons, and the hubs they make."""

from kg.link.linker import Linker, links
from kg.link.read import read
from kg.link.records import Comparison, Decision, Hub, Linkage, Report, Source
from kg.link.write import quads

__all__ = [
    "Comparison",
    "Decision",
    "Hub",
    "Linkage",
    "Linker",
    "Report",
    "Source",
    "links",
    "quads",
    "read",
]
