"""SPARQL 1.1 Protocol, query side: requests -> jobs for the runner -> answers.

Read-only. An update is refused, as is whatever is no query by the protocol's section 2.1.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg import vocab
from kg.errors import KgError, LimitError, QueryError
from kg.publish import negotiate
from kg.publish.runner import Job, NotAcceptableError, Runner

_MOST = 1_000_000  # bytes of a request's body


class BadRequestError(KgError):
    """A request that is no query by the protocol; `status` is the answer's HTTP code."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


async def sparql(request: Request, runner: Runner) -> Response:
    """Answer one request of the SPARQL protocol, faults included."""
    try:
        job = await _job(request)
        if job is None:
            return description(request)
        outcome = await runner.run(job)
    except KgError as fault:
        return PlainTextResponse(f"{fault}\n", status_code=status_of(fault))
    formats = negotiate.ROWS if outcome.kind == "rows" else negotiate.GRAPHS
    media = negotiate.media_type(formats, outcome.format)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Response(outcome.body, headers={"Content-Type": media + charset, "Vary": "Accept"})


def status_of(fault: KgError) -> int:
    """Return the HTTP code of a fault."""
    match fault:
        case BadRequestError():
            return fault.status
        case NotAcceptableError():
            return 406
        case LimitError():
            return 503
        case QueryError():
            return 400
        case _:
            return 400


async def _job(request: Request) -> Job | None:
    """Read the query out of a request; None for a request of the service description.

    Raises BadRequestError.
    """
    pairs = await _pairs(request)
    queries = [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise BadRequestError("this endpoint is read-only: send a query", 403)
    if not queries and request.method in ("GET", "HEAD"):
        return None
    if len(queries) != 1:
        raise BadRequestError(f"{len(queries)} query parameters: give exactly one")
    rows, graph = _formats(request.headers, dict(pairs).get("format", ""))
    return Job(
        text=queries[0],
        rows=rows,
        graph=graph,
        default_graphs=[value for name, value in pairs if name == "default-graph-uri"],
        named_graphs=[value for name, value in pairs if name == "named-graph-uri"],
    )


def _formats(headers: Headers, asked: str) -> tuple[str, str]:
    """Return the formats for rows and for a graph; a `format` parameter goes before Accept."""
    if asked:
        names = set(negotiate.ROWS.values()), set(negotiate.GRAPHS.values())
        if asked not in names[0] | names[1]:
            known = ", ".join(sorted(names[0] | names[1]))
            raise BadRequestError(f"format {asked!r}: not one of {known}")
        return asked if asked in names[0] else "", asked if asked in names[1] else ""
    accept = ",".join(headers.getlist("accept"))
    rows = negotiate.chosen(accept, negotiate.ROWS)
    graph = negotiate.chosen(accept, negotiate.GRAPHS)
    if not rows and not graph:
        raise NotAcceptableError("no format that the client accepts")
    return rows, graph


async def _pairs(request: Request) -> list[tuple[str, str]]:
    """Return the request's parameters, in order, wherever the protocol lets them stand."""
    in_url = _decoded(request.url.query.encode())
    if request.method in ("GET", "HEAD"):
        return in_url
    if request.method != "POST":
        raise BadRequestError(f"{request.method}: only GET and POST", 405)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body = await _body(request)
    match kind:
        case "application/x-www-form-urlencoded":
            return _decoded(body)
        case "application/sparql-query":
            return [*in_url, ("query", _text(body))]
        case "application/sparql-update":
            raise BadRequestError("this endpoint is read-only: send a query", 403)
        case _:
            raise BadRequestError(f"content type {kind or 'missing'}: not one of a query", 415)


async def _body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST:
            raise BadRequestError(f"over {_MOST} bytes: shorten the query", 413)
    return body


def _decoded(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as fault:
        raise BadRequestError("not UTF-8, percent-encoded: encode the query so") from fault


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BadRequestError(f"no UTF-8 at byte {fault.start}: encode the query so") from fault


# ---------------------------------------------------------------- service description

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def description(request: Request) -> Response:
    """Describe the service, as Turtle (SPARQL 1.1 Service Description)."""
    accept = ",".join(request.headers.getlist("accept"))
    if negotiate.chosen(accept, {"text/turtle": "turtle"}) != "turtle":
        return PlainTextResponse("the service description is text/turtle\n", status_code=406)
    url = str(request.url.replace(query="", fragment=""))
    lines = "".join(f"{line}\n" for line in _described(url))
    return Response(
        lines.encode(), headers={"Content-Type": "text/turtle; charset=utf-8", "Vary": "Accept"}
    )


def _described(url: str) -> Iterator[str]:
    yield f"@prefix sd: <{_SD}> ."
    yield f"@prefix void: <{vocab.PREFIXES['void']}> ."
    yield f"@prefix formats: <{_FORMATS}> ."
    yield f"<{vocab.DATA}service> a sd:Service ;"
    yield f"  sd:endpoint <{url}> ;"
    yield "  sd:supportedLanguage sd:SPARQL11Query ;"
    yield "  sd:feature sd:UnionDefaultGraph ;"
    yield "  sd:resultFormat " + " , ".join(f"formats:{name}" for name in _RESULTS) + " ;"
    yield f"  sd:defaultDataset <{vocab.DATA}dataset> ."
    yield f"<{vocab.DATA}dataset> a sd:Dataset , void:Dataset ;"
    yield f"  sd:defaultGraph <{vocab.DATA}graph/union> ."
    yield f"<{vocab.DATA}graph/union> a sd:Graph ."
