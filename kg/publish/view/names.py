"""IRIs -> what a reader calls the things: an event's title, an article's headline, a source."""

from collections.abc import Iterable

from kg import vocab
from kg.publish.view.lookup import Lookup
from kg.publish.view.words import title

_REPORT, _ARTICLE = f"{vocab.DATA}report/", f"{vocab.DATA}article/"


def names(lookup: Lookup, iris: Iterable[str]) -> dict[str, str]:
    """Return the names of the events, reports and articles among the IRIs."""
    found = {}
    for iri in iris:
        if iri in lookup.brief_of:
            found[iri] = title(lookup.brief_of[iri])
        elif iri.startswith(_REPORT) and (source := lookup.report(iri).quote.article.source):
            found[iri] = f"as told in {source}"
        elif iri.startswith(_ARTICLE) and (name := lookup.article(iri).name):
            found[iri] = name
    return found
