"""The graph as people look at it: events, reports, claims and articles as records, read on demand.

Pages, the report, `show` and `timeline` all draw from here; nothing here knows HTML or a terminal.
"""

from kg.publish.view.lookup import Lookup
from kg.publish.view.records import (
    Article,
    Brief,
    Claim,
    Event,
    Link,
    Party,
    Proposition,
    Quote,
    Report,
    Told,
)

__all__ = [
    "Article",
    "Brief",
    "Claim",
    "Event",
    "Link",
    "Lookup",
    "Party",
    "Proposition",
    "Quote",
    "Report",
    "Told",
]
