"""The explorer: every page answers, links lead somewhere, and faults are pages."""

import re
from html.parser import HTMLParser

import pytest

from kg.query import library
from tests.publish.server import Server


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "iframe", "img", "object"}
        for name, value in attrs:
            assert not name.startswith("on")
            assert name != "style"
            if name == "href" and value and value.startswith("/"):
                self.found.add(value)


def links(body: bytes) -> set[str]:
    parser = _Links()
    parser.feed(body.decode())
    return parser.found


def test_a_walk_over_links_finds_no_dead_end(server: Server) -> None:
    seen: dict[str, int] = {}
    waiting = ["/"]
    while waiting and len(seen) < 140:
        path = waiting.pop(0)
        status, media, body = server.get(path)
        seen[path] = status
        if media.startswith("text/html"):
            # A few of each kind: events are many.
            fresh = sorted(links(body) - seen.keys() - set(waiting))
            kinds: dict[str, int] = {}
            for link in fresh:
                kind = link.split("/")[1].split("?")[0]
                kinds[kind] = kinds.get(kind, 0) + 1
                if kinds[kind] <= 8:
                    waiting.append(link)
    assert {path: status for path, status in seen.items() if status not in (200, 307)} == {}
    kinds_seen = {path.split("/")[1].split("?")[0] for path in seen}
    assert kinds_seen >= {"event", "events", "article", "actor", "dyad", "queries", "sparql"}


@pytest.mark.parametrize("name", library())
def test_every_saved_question_is_a_form_with_an_answer(name: str, server: Server) -> None:
    for view in ("table", "timeline", "graph"):
        status, _, body = server.get(f"/queries/{name}?view={view}")
        assert status == 200
        assert b"<h1>" in body


def test_an_answer_calls_things_by_their_names(server: Server) -> None:
    page = server.get("/queries/expulsions")[2].decode()
    assert re.search(r'<a href="/event/[0-9a-f]+"[^>]*><bdi>Expulsion: Norway → Russia</bdi>', page)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    assert not [cell for cell in cells if "w3id.org" in cell]  # no bare IRI, joined ones neither


def test_an_event_has_its_proofs_rules_first(server: Server) -> None:
    page = server.get("/queries/retaliation?view=graph")[2].decode()
    event = re.search(r'href="(/event/[0-9a-f]+)"', page)
    assert event is not None
    why = server.get(event[1])[2].decode().partition("Why it holds")[2]
    assert why.index("<summary>") < why.index("by the ontology")
    assert "“" in why  # down to quoted words


def test_a_parameter_that_does_not_fit_is_a_fault_in_words(server: Server) -> None:
    status, _, body = server.get("/queries/events?since=yesterday")
    assert status == 400
    assert "not a date" in body.decode()


def test_filters_narrow_and_search_finds(server: Server) -> None:
    every = server.get("/events")[2].decode()
    some = server.get("/events?actor=NO&since=2023-01-01&until=2023-12-31")[2].decode()
    assert "Norway" in some
    assert "Venezuela" not in some.split("</form>")[1]
    assert len(some) < len(every)
    assert "Norway" in server.get("/search?q=norw")[2].decode()


@pytest.mark.parametrize(
    "path",
    [
        "/event/none",
        "/article/none",
        "/actor/none",
        "/report/none",
        "/dyad",
        "/nowhere",
        "/queries/x",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(path: str, server: Server) -> None:
    status, media, body = server.get(path)
    assert status == 404
    assert media.startswith("text/html")
    assert b"Not here" in body


def test_an_ill_formed_query_in_the_editor_is_told(server: Server) -> None:
    status, _, body = server.get("/ask?text=SELECT+WHERE")
    assert status == 400
    assert b'role="alert"' in body


def test_marked_text_is_the_text() -> None:
    from kg.publish.marking import marked
    from tests.publish import gold

    text = gold.extractions()[0].article.text
    assert "".join(piece.text for piece in marked(text, ())) == text
