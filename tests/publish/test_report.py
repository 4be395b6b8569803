"""The report: whole, self-contained, within its size, deaf to hostile words."""

import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.graph import store
from kg.publish import drawing
from kg.publish.report import report
from kg.publish.view import Article, Brief, Claim, Event, Lookup, Quote, Report, Told, words
from kg.publish.view.records import Number, When


@pytest.fixture(scope="module")
def page(gold_store: Path) -> str:
    with store.read(gold_store) as reader:
        return report(Lookup(reader))


class _Shape(HTMLParser):
    """Collects ids, links and tags, and checks that elements nest."""

    VOID = frozenset({"meta", "link", "br", "input", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag


def shape(page: str) -> _Shape:
    found = _Shape()
    found.feed(page)
    assert found.open == []
    return found


def test_it_is_one_file_without_scripts_or_addresses_to_load(page: str) -> None:
    found = shape(page)
    assert not found.tags & {"script", "iframe", "img", "object", "embed", "link", "base"}
    assert not [name for name in found.attributes if name.startswith("on") or name == "style"]
    assert "default-src 'none'" in page
    assert not re.search(r"@import|url\(", page)


def test_links_within_lead_somewhere_and_ids_are_single(page: str) -> None:
    found = shape(page)
    assert len(found.ids) == len(set(found.ids))
    inside = {link[1:] for link in found.links if link.startswith("#")}
    assert inside
    assert inside <= set(found.ids)


def test_every_event_and_quote_stands_in_it(page: str, gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        lookup = Lookup(reader)
        assert page.count('<article class="event" id="e-') == len(lookup.briefs)
        assert len(lookup.briefs) > 150
        from markupsafe import escape

        for article in lookup.articles:
            for told in lookup.reports_in(article.iri):
                assert str(escape(told.quote.words)) in page


def test_a_hundred_articles_stay_below_a_megabyte(page: str, gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        articles = len(Lookup(reader).articles)
    assert len(page.encode()) / articles * 100 < 1_000_000


def test_the_same_graph_gives_the_same_page(page: str, gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        assert report(Lookup(reader)) == page


def test_every_answer_is_an_arrow_in_a_chain(gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        briefs = Lookup(reader).briefs
    answers = {(link.other, brief.iri) for brief in briefs for link in brief.answers}
    drawn = {
        (edge.cause.event.iri, edge.answer.event.iri)
        for chain in drawing.chains(briefs)
        for edge in chain.edges
    }
    assert answers
    assert drawn == answers
    for chain in drawing.chains(briefs):
        for box in chain.boxes:
            assert 0 <= box.x <= chain.width - box.width
            assert 0 <= box.y <= chain.height - box.height


def test_marks_of_a_timeline_stand_apart_and_in_order(gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        pairs = drawing.dyads(Lookup(reader).briefs)
    for (first, second), events in list(pairs.items())[:12]:
        line = drawing.timeline(first, second, events)
        if line is None:
            continue
        places = [(mark.x, mark.y) for mark in line.marks]
        assert len(places) == len(set(places))
        days = [mark.event.day for mark in sorted(line.marks, key=lambda m: m.x)]
        assert days == sorted(days)
        assert all(0 < y < line.height for _, y in places)


def test_no_row_or_column_of_the_matrix_stands_empty(gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        briefs = Lookup(reader).briefs
    for size in (2, 5, 9, 14, 40):
        drawn = drawing.matrix(briefs, size)
        assert len(drawn.parties) <= size
        for i, row in enumerate(drawn.counts):
            assert any(row) or any(other[i] for other in drawn.counts)
    assert drawn.left_out == 0


def test_dates_of_a_timeline_do_not_run_into_each_other(gold_store: Path) -> None:
    """Pages from 348 pixels on show the coarse ones, from 700 on all; a date takes 66 at most."""
    with store.read(gold_store) as reader:
        pairs = drawing.dyads(Lookup(reader).briefs)
    seen = 0
    for (first, second), events in pairs.items():
        line = drawing.timeline(first, second, events)
        ticks = line.ticks if line else ()
        for width, fine in ((348, False), (700, True)):
            spans = [_span(tick, width) for tick in ticks if fine or not tick.fine]
            assert all(left >= 0 and right <= width for left, right in spans)
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), (first, second, spans)
            seen += len(spans)
    assert seen > 60


def _span(tick: drawing.Tick, width: int) -> tuple[float, float]:
    at, long = tick.x * width / 100, len(tick.words) * 6
    left = {"start": at, "middle": at - long / 2, "end": at - long}[tick.anchor]
    return left, left + long


def test_a_vaguer_date_is_no_conflict_and_a_claim_in_a_quote_is_told_with_it() -> None:
    told = [
        Told("date", "2019-12-30", True, ("urn:a",)),
        Told("date", "2019-12", False, ("urn:b",)),
        Told("date", "2019", False, ("urn:c",)),
        Told("date", "2019-12-3", False, ("urn:d",)),
    ]
    article = Article("urn:x", "x", "x.txt")
    quote = Quote(article, "Chad expelled two, it said", 10, 36)
    one = Report("urn:r", "urn:e", "Expulsion", "actual", quote)
    claims = tuple(
        Claim(
            f"urn:{at}", "urn:r", who, office, "TD", "asserts", "", "", "", Quote(a, "", at, at + 4)
        )
        for who, office, a, at in (
            ("the Foreign Ministry", "Foreign Ministry", article, 30),
            ("Ann Bo", "minister", article, 40),
            ("", "", Article("urn:y", "y", "y.txt"), 30),
        )
    )
    event = Event(_brief(), "", (one,), claims, (), tuple(told), (), ())
    assert event.conflicts == (("date", (told[0], told[3])),)
    assert event.within(one) == claims[:1]
    assert event.besides == claims[1:]
    names = ["the Foreign Ministry (for TD)", "Ann Bo, minister (for TD)", "somebody (for TD)"]
    assert [words.claimant(claim) for claim in claims] == names


def _brief() -> Brief:
    day = When("2019-12-30", "2019-12-30", "2019-12-30")
    return Brief(
        *("urn:e", "Expulsion", "actual", (), (), day, When(), Number(), "", 1, 1, False, "", ())
    )
