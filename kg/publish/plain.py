"""Events, actors and articles as text for a terminal, readable in 80 columns."""

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from kg.publish import drawing
from kg.publish.search import Hit
from kg.publish.view import Article, Brief, Claim, Event, Lookup, Party, Report
from kg.publish.view.words import (
    capital,
    claimant,
    date_words,
    day_words,
    label,
    number_words,
    title,
    told_by,
    when_words,
)
from kg.query import SavedQuery

WIDTH = 80


def clean(words: str) -> str:
    """Return the words on one line, without characters that would steer the terminal."""
    joined = " ".join(words.split())
    return "".join(c for c in joined if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def wrapped(words: str, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield the words in lines of at most WIDTH, with these indents."""
    yield from textwrap.wrap(
        clean(words), WIDTH, initial_indent=first, subsequent_indent=rest or first
    ) or [first.rstrip()]


def one_line(brief: Brief) -> str:
    """Return date, title, count, and how sure it is."""
    marks = [number_words(brief.number)]
    marks += [brief.factuality] if brief.factuality != "actual" else []
    marks += ["disputed"] if brief.disputed else []
    told = "; ".join(mark for mark in marks if mark)
    return f"{day_words(brief)}  {title(brief)}" + (f" ({told})" if told else "")


def event(found: Event, lookup: Lookup) -> Iterator[str]:
    """Yield all that is known of an event: facts, answers, reports with quotes, claims."""
    brief = found.brief
    yield from wrapped(title(brief))
    facts = {
        "when": day_words(brief),
        "how many": number_words(brief.number),
        "by": when_words(brief.deadline),
        "where": found.place,
        "status": brief.factuality + (", disputed" if brief.disputed else ""),
        "told by": told_by(brief),
        "event": brief.iri,
    }
    for name, value in facts.items():
        if value:
            yield from wrapped(value, f"  {name:9} ", " " * 12)
    for heading, links in (("answers", brief.answers), ("answered by", found.answered_by)):
        for link in links:
            if link.other in lookup.brief_of:
                other = one_line(lookup.brief_of[link.other])
                yield from wrapped(f"{heading} ({link.basis}): {other}", "  ", "    ")
    for name, values in found.conflicts:
        told = "; ".join(f"{v.value} ({len(v.reports)})" for v in values)
        yield from wrapped(f"articles differ on {name}: {told}", "  ", "    ")
    for report in found.reports:
        yield ""
        yield from _report(report, brief)
        for claim in found.within(report):
            yield from wrapped(f"— {_stance(claim)}", "    ", "      ")
    for claim in found.besides:
        yield ""
        yield from _claim(claim)


def _source(article: Article) -> str:
    parts = (
        article.name,
        article.outlet,
        date_words(article.published or "") if article.published else "",
    )
    return ", ".join(part for part in (*parts, article.source) if part)


def _report(report: Report, brief: Brief) -> Iterator[str]:
    yield from wrapped(f"“{report.quote.words}”", "  ", "   ")
    own = [label(report.type)] if report.type != brief.type else []
    own += [report.modality] if report.modality != brief.factuality else []
    own += [f"said by {report.speaker}"] if report.speaker else []
    more = f" [{'; '.join(own)}]" if own else ""
    yield from wrapped(f"— {_source(report.quote.article)}{more}", "    ", "      ")


def _stance(claim: Claim) -> str:
    called = f": {label(claim.claimed_type)}" if claim.claimed_type else ""
    return f"{claimant(claim)} {claim.stance}{called}"


def _claim(claim: Claim) -> Iterator[str]:
    yield from wrapped(_stance(claim), "  ", "    ")
    yield from wrapped(f"“{claim.quote.words}”", "    ", "     ")
    yield from wrapped(f"— {_source(claim.quote.article)}", "      ", "        ")


def actor(party: Party, briefs: Iterable[Brief]) -> Iterator[str]:
    """Yield a party's dealings: with whom, and every event."""
    own = [brief for brief in briefs if party in brief.parties]
    yield from wrapped(f"{party.label} ({party.code})")
    yield from wrapped(party.iri, "  ")
    for (a, b), shared in drawing.dyads(own).items():
        if party in (a, b):
            other = b if a == party else a
            yield from wrapped(f"{len(shared):4}  {other.label} ({other.code})", "  ")
    yield ""
    yield from timeline(own)


def timeline(briefs: Iterable[Brief]) -> Iterator[str]:
    """Yield the events in order of time, one a line (or more, where it is long)."""
    for brief in sorted(briefs, key=lambda b: b.order):
        yield from wrapped(one_line(brief), "", "    ")


def article(found: Article, reports: Iterable[Report], lookup: Lookup) -> Iterator[str]:
    """Yield an article with the events that it tells."""
    yield from wrapped(_source(found))
    yield from wrapped(found.url or found.key, "  ")
    for warning in found.warnings:
        yield from wrapped(f"note: {warning}", "  ")
    for report in reports:
        yield ""
        hub = lookup.brief_of.get(report.hub)
        yield from wrapped(one_line(hub) if hub else capital(label(report.type)), "  ", "    ")
        yield from wrapped(f"“{report.quote.words}”", "    ", "     ")


def questions(found: Iterable[SavedQuery]) -> Iterator[str]:
    """Yield the saved questions: name and parameters, then what each asks."""
    for one in found:
        parameters = f" ({', '.join(p.name for p in one.parameters)})" if one.parameters else ""
        yield from wrapped(f"{one.name}{parameters}", "", "    ")
        yield from wrapped(one.summary, "    ")


def hits(found: Iterable[Hit]) -> Iterator[str]:
    """Yield the articles found, with their quotes."""
    for number, hit in enumerate(found):
        if number:
            yield ""
        yield from wrapped(_source(hit.article))
        for quote in hit.quotes:
            yield from wrapped(f"“{quote.words}”", "  ", "   ")
