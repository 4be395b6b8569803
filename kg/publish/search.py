"""Full-text search over quotes and titles."""

import re
import unicodedata
from dataclasses import dataclass

from kg.publish.view import Article, Lookup, Quote

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """An article, with those of its quotes that hold the words."""

    article: Article
    quotes: tuple[Quote, ...]
    hubs: tuple[str, ...]  # events told by these quotes
    score: int


def folded(text: str) -> list[str]:
    """Return a text's words without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def search(lookup: Lookup, words: str, most: int = 20) -> list[Hit]:
    """Return the articles with a title or quote that holds all the words, the best first.

    A word matches those that begin with it. Titles weigh more than quotes.
    """
    asked = folded(words)
    if not asked:
        return []
    hits = []
    for article in lookup.articles:
        told = lookup.reports_in(article.iri)
        found = [report for report in told if _holds(report.quote.words, asked)]
        quotes = tuple({r.quote.start: r.quote for r in found}.values())
        score = 3 * _holds(article.title, asked) + len(quotes)
        if score:
            hubs = tuple(sorted({report.hub for report in found if report.hub}))
            hits.append(Hit(article, quotes, hubs, score))
    return sorted(hits, key=lambda hit: -hit.score)[:most]


def _holds(text: str, asked: list[str]) -> bool:
    words = folded(text)
    return all(any(word.startswith(one) for word in words) for one in asked)
