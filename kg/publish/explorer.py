"""Pages over the graph, rendered on the server: events, actors, articles, saved questions."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import __version__, reason, vocab
from kg.errors import KgError
from kg.graph import store as stores
from kg.graph.store import Reader
from kg.publish import drawing, endpoint, page, search
from kg.publish.asking import Asked, ask
from kg.publish.marking import marked
from kg.publish.narrow import Wanted
from kg.publish.proofs import proofs
from kg.publish.runner import Limits, Runner
from kg.publish.view import Lookup, Party, words
from kg.publish.view.names import names
from kg.query import find, library
from kg.reason.proof import explain

_PAGE = 60  # events on a page
_DRAWN = 8  # timelines or chains on a page


class Places:
    """Where things stand in the explorer."""

    def event(self, iri: str) -> str:
        return self.thing(iri)

    def article(self, iri: str) -> str:
        return self.thing(iri)

    def thing(self, iri: str) -> str:
        """Return the page of a thing of ours; nothing for other IRIs."""
        kind, _, rest = iri.removeprefix(vocab.DATA).partition("/")
        known = iri.startswith(vocab.DATA) and kind in ("event", "article", "report", "actor")
        return f"/{kind}/{quote(rest, safe='%')}" if known and rest else ""

    def actor(self, party: Party) -> str:
        return self.thing(party.iri)

    def dyad(self, first: Party, second: Party) -> str:
        a, b = sorted((first, second))
        return "/dyad?" + urlencode({"a": a.iri, "b": b.iri})


class Desk:
    """The store's published state, looked at anew when another is published; and the runner."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.runner: Runner = cast("Runner", None)  # made when the event loop runs
        self._open = ExitStack()
        self._number = ""
        self._reader: Reader | None = None
        self._lookup: Lookup | None = None

    def reader(self) -> Reader:
        """Return a reader of what is published now."""
        number = (self.path / "current").read_text(encoding="utf-8")
        if self._reader is None or number != self._number:
            self._open.close()
            self._reader = self._open.enter_context(stores.read(self.path))
            self._lookup = Lookup(self._reader)
            self._number = number
        return self._reader

    def lookup(self) -> Lookup:
        """Return the records of what is published now."""
        self.reader()
        return cast("Lookup", self._lookup)

    def close(self) -> None:
        """Let go of the store."""
        self._open.close()


def _desk(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


def _render(template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    text = (
        page.environment()
        .get_template(template)
        .render(place=Places(), version=__version__, **shown)
    )
    return HTMLResponse(text, status_code=status)


async def home(request: Request) -> Response:
    """The whole graph at a glance."""
    lookup = _desk(request).lookup()
    briefs = lookup.briefs
    return _render(
        "home.html",
        articles=len(lookup.articles),
        events=len(briefs),
        matrix=drawing.matrix(briefs),
        latest=[b for b in reversed(briefs) if b.day][:12],
        queries=_saved(),
    )


async def events(request: Request) -> Response:
    """List events, narrowed by party, type and time."""
    briefs = _desk(request).lookup().briefs
    given = request.query_params
    asked = Wanted.of(*(given.get(n, "").strip() for n in ("actor", "type", "since", "until")))
    found = [brief for brief in briefs if asked.fits(brief)]
    number = max(int(given.get("page", "1")) if given.get("page", "1").isdecimal() else 1, 1)
    pages = max((len(found) + _PAGE - 1) // _PAGE, 1)
    number = min(number, pages)
    link = {name: getattr(asked, name) for name in ("actor", "type", "since", "until")}
    return _render(
        "events.html",
        found=found[(number - 1) * _PAGE : number * _PAGE],
        total=len(found),
        number=number,
        pages=pages,
        asked=asked,
        more=lambda n: "/events?" + urlencode({k: v for k, v in link.items() if v} | {"page": n}),
        types=sorted({b.type for b in briefs}, key=words.label),
        parties=sorted({p for b in briefs for p in b.parties}, key=lambda p: p.label),
    )


async def event(request: Request) -> Response:
    """One event: all reports, claims, links and the proof of each inference."""
    desk = _desk(request)
    iri = f"{vocab.DATA}event/{request.path_params['id']}"
    found = desk.lookup().event(iri)
    if found is None:
        raise HTTPException(404, f"no event {request.path_params['id']}")
    steps = await asyncio.to_thread(explain, desk.reader(), NamedNode(iri), reason.program())
    return _render(
        "event.html",
        event=found,
        iri=iri,
        briefs=desk.lookup().brief_of,
        proofs=proofs(steps, desk.lookup()),
    )


async def report(request: Request) -> Response:
    """Lead from a report to its event."""
    lookup = _desk(request).lookup()
    hub = lookup.report(f"{vocab.DATA}report/{request.path_params['id']}").hub
    if not hub:
        raise HTTPException(404, f"no report {request.path_params['id']}")
    return RedirectResponse(Places().event(hub))


async def article(request: Request) -> Response:
    """An article's text, with the words that tell of events marked."""
    lookup = _desk(request).lookup()
    iri = f"{vocab.DATA}article/{request.path_params['id']}"
    if not lookup.is_article(iri):
        raise HTTPException(404, f"no article {request.path_params['id']}")
    told = lookup.reports_in(iri)
    text = lookup.text(iri)
    return _render(
        "article.html",
        article=lookup.article(iri),
        told=told,
        briefs=lookup.brief_of,
        pieces=marked(text, told) if text is not None else (),
    )


async def actors(request: Request) -> Response:
    """All parties, with how much they did and suffered."""
    briefs = _desk(request).lookup().briefs
    parties = sorted({p for b in briefs for p in b.parties}, key=lambda p: p.label)
    rows = [
        (p, sum(p in b.actors for b in briefs), sum(p in b.targets for b in briefs))
        for p in parties
    ]
    return _render("actors.html", rows=rows)


async def actor(request: Request) -> Response:
    """One party: with whom it has dealings, and all its events."""
    briefs = _desk(request).lookup().briefs
    iri = f"{vocab.DATA}actor/{quote(request.path_params['code'], safe='-._~')}"
    own = [b for b in briefs if any(p.iri == iri for p in b.parties)]
    if not own:
        raise HTTPException(404, f"no events of {request.path_params['code']}")
    party = next(p for b in own for p in b.parties if p.iri == iri)
    pairs = [
        ((a if b == party else b), len(shared))
        for (a, b), shared in drawing.dyads(own).items()
        if party in (a, b)
    ]
    return _render("actor.html", party=party, pairs=pairs, events=own)


async def dyad(request: Request) -> Response:
    """Two parties: timeline, chains of answers, and all their events."""
    given = request.query_params
    briefs = _desk(request).lookup().briefs
    wanted = {given.get("a", ""), given.get("b", "")}
    for (first, second), shared in drawing.dyads(briefs).items():
        if {first.iri, second.iri} == wanted:
            return _render(
                "dyad.html",
                first=first,
                second=second,
                timeline=drawing.timeline(first, second, shared),
                chains=drawing.chains(shared),
                events=sorted(shared, key=lambda b: b.order),
            )
    raise HTTPException(404, "no events between these two")


def _saved() -> list[Any]:
    return [find(name) for name in library()]


async def queries(request: Request) -> Response:
    """The saved questions."""
    return _render("queries.html", queries=_saved())


async def query(request: Request) -> Response:
    """A saved question as a form, with its answer."""
    name = request.path_params["name"]
    if name not in library():
        raise HTTPException(404, f"no saved query {name}")
    saved = find(name)
    given = request.query_params
    values = {p.name: given[p.name] for p in saved.parameters if given.get(p.name, "").strip()}
    asked = await ask(_desk(request).runner, saved, values)
    view = given.get("view") or saved.view
    return _answer(request, "query.html", asked, view, saved=saved, values=values)


async def editor(request: Request) -> Response:
    """A query editor, with the answer to what was typed."""
    text = request.query_params.get("text", "")
    if not text.strip():
        sample = find("same-event").text if "same-event" in library() else "ASK {}"
        return _render("editor.html", text=sample, asked=None)
    asked = await ask(_desk(request).runner, text, {})
    return _answer(
        request, "editor.html", asked, request.query_params.get("view", "table"), text=text
    )


def _answer(request: Request, template: str, asked: Asked, view: str, **shown: Any) -> Response:
    """Show an answer as table, timeline or graph."""
    lookup = _desk(request).lookup()
    known = lookup.brief_of
    iris = {cell["value"] for row in asked.rows for cell in row if cell and cell["type"] == "uri"}
    report_prefix = f"{vocab.DATA}report/"
    hubs = {lookup.report(iri).hub for iri in iris if iri.startswith(report_prefix)} | iris
    found = [known[iri] for iri in sorted(hubs) if iri in known]
    timelines = []
    if view == "timeline":
        pairs = list(drawing.dyads(found).items())[:_DRAWN]
        drawn = (drawing.timeline(first, second, shared) for (first, second), shared in pairs)
        timelines = [one for one in drawn if one is not None]
    links = {
        form: "/sparql?" + urlencode({"query": asked.text, "format": form})
        for form in (("csv", "json", "xml") if asked.kind == "rows" else ("turtle", "jsonld"))
    }
    given = {k: v for k, v in request.query_params.items() if k != "view"}
    return _render(
        template,
        400 if asked.fault else 200,
        asked=asked,
        names=names(lookup, sorted(iris | _joined(asked))),
        view=view,
        timelines=timelines,
        chains=drawing.chains(found)[:_DRAWN] if view == "graph" else [],
        links=links,
        views={v: "?" + urlencode(given | {"view": v}) for v in ("table", "timeline", "graph")},
        **shown,
    )


def _joined(asked: Asked) -> set[str]:
    """Return the IRIs that an answer's texts hold, joined by bars."""
    texts = {cell["value"] for row in asked.rows for cell in row if cell}
    return {iri for text in texts if text.startswith(vocab.DATA) for iri in text.split("|")}


async def look(request: Request) -> Response:
    """Full-text search over quotes and titles."""
    asked = request.query_params.get("q", "").strip()
    hits = search.search(_desk(request).lookup(), asked, 100) if asked else []
    return _render("search.html", asked=asked, hits=hits)


async def style(request: Request) -> Response:
    """The style sheet."""
    return Response(str(page.style()), media_type="text/css")


async def _missing(request: Request, fault: Exception) -> Response:
    told = cast("HTTPException", fault)
    return _render("fault.html", told.status_code, message=told.detail)


async def _wrong(request: Request, fault: Exception) -> Response:
    return _render("fault.html", endpoint.status_of(cast("KgError", fault)), message=str(fault))


HANDLERS: Mapping[type[Exception] | int, Callable[[Request, Exception], Awaitable[Response]]] = {
    HTTPException: _missing,
    KgError: _wrong,
}


def routes() -> list[Route]:
    """Return the explorer's pages."""
    return [
        Route("/", home),
        Route("/events", events),
        Route("/event/{id}", event),
        Route("/report/{id}", report),
        Route("/article/{id}", article),
        Route("/actors", actors),
        Route("/actor/{code:path}", actor),
        Route("/dyad", dyad),
        Route("/queries", queries),
        Route("/queries/{name}", query),
        Route("/ask", editor),
        Route("/search", look),
        Route("/style.css", style),
    ]
