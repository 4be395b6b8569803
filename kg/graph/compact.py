"""When a store is laid out anew: after so much was written that it pays, however many runs wrote it.

A database that grew write by write keeps what belongs together in many files, and each look-up
asks several of them. Laying it out costs time by its size; so it waits until as much again as half
of it was written, and small stores, which are quick anyway, are left alone.
"""

from kg.graph.ledger import Ledger
from kg.graph.store import Writer

MUCH = 1_000_000  # quads, of some 1,200 articles with their conclusions
_SINCE, _LAID_OUT = "written since laid out", "written when laid out"


def compact_if_due(kept: Writer, book: Ledger, much: int = MUCH) -> bool:
    """Lay the store out anew where enough was written since the last time; say whether it was."""
    since = int(book.marked(_SINCE) or "0") + kept.written
    before = int(book.marked(_LAID_OUT) or "0")
    kept.written = 0
    due = since >= max(much, before // 2) and kept.compact()
    if due:
        book.mark(_LAID_OUT, str(before + since))
    book.mark(_SINCE, "0" if due else str(since))
    return due
