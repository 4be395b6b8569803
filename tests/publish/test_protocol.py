"""SPARQL 1.1 Protocol, query side, against a real server: 20 cases, then bombs and reach."""

import http.client
import json
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest

from tests.publish.server import TIMEOUT, Server

QUERY = "SELECT ?s WHERE { ?s a <https://w3id.org/kgbuild/diplomacy#Event> } ORDER BY ?s LIMIT 2"
CONSTRUCT = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@dataclass
class Case:
    name: str
    status: int
    method: str = "GET"
    path: str = "/sparql"
    body: bytes | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    media: str = ""


GRAPH = "https://w3id.org/kgbuild/data/graph/links"
IN_URL = "/sparql?" + urlencode({"query": QUERY})
CASES = [
    Case("GET", 200, path=IN_URL, media="application/sparql-results+json"),
    Case("POST as a form", 200, "POST", body=urlencode({"query": QUERY}), headers=FORM),
    Case("POST directly", 200, "POST", body=QUERY, headers=DIRECT),
    Case(
        "a form type with a charset",
        200,
        "POST",
        body=urlencode({"query": QUERY}),
        headers={"Content-Type": FORM["Content-Type"] + "; charset=UTF-8"},
    ),
    Case("default graph, GET", 200, path=IN_URL + "&default-graph-uri=" + quote(GRAPH, "")),
    Case(
        "default graphs, POST",
        200,
        "POST",
        body=urlencode(
            [("query", QUERY), ("default-graph-uri", GRAPH), ("default-graph-uri", "urn:other")]
        ),
        headers=FORM,
    ),
    Case(
        "named graph",
        200,
        path="/sparql?"
        + urlencode({"query": "ASK { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": GRAPH}),
    ),
    Case(
        "dataset, direct POST",
        200,
        "POST",
        path="/sparql?" + urlencode({"default-graph-uri": GRAPH}),
        body=QUERY,
        headers=DIRECT,
    ),
    Case("ASK", 200, path="/sparql?query=" + quote("ASK {}"), media="application/sparql-results"),
    Case(
        "SELECT",
        200,
        path=IN_URL,
        headers={"Accept": "application/sparql-results+xml"},
        media="application/sparql-results+xml",
    ),
    Case("CONSTRUCT", 200, path="/sparql?query=" + quote(CONSTRUCT), media="text/turtle"),
    Case(
        "DESCRIBE",
        200,
        path="/sparql?query=" + quote(f"DESCRIBE <{GRAPH}>"),
        headers={"Accept": "application/rdf+xml"},
        media="application/rdf+xml",
    ),
    Case("no query to POST", 400, "POST", body="", headers=FORM),
    Case("two queries", 400, path=IN_URL + "&query=" + quote("ASK {}")),
    Case("another method", 405, "PUT", path=IN_URL),
    Case("a form without its type", 415, "POST", body=urlencode({"query": QUERY})),
    Case("a wrong type", 415, "POST", body=QUERY, headers={"Content-Type": "text/plain"}),
    Case("no UTF-8", 400, "POST", body=QUERY.encode("utf-16"), headers=DIRECT),
    Case("ill-formed", 400, path="/sparql?query=" + quote("SELECT WHERE")),
    Case("an update", 403, "POST", body="update=" + quote("CLEAR ALL"), headers=FORM),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_protocol(case: Case, server: Server) -> None:
    status, media, body = server.ask(case.method, case.path, case.body, case.headers)
    assert status == case.status, body[:300]
    assert media.startswith(case.media)
    if case.status == 200:
        assert body


def test_there_are_twenty() -> None:
    assert len(CASES) == 20


def test_a_default_graph_narrows_the_answer(server: Server) -> None:
    count = quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    def number(more: str) -> int:
        body = server.get(f"/sparql?query={count}{more}")[2]
        return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])

    links = number("&default-graph-uri=" + quote(GRAPH, ""))
    assert 0 < links < number("")
    assert number("&default-graph-uri=file:///etc/passwd") == 0


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_formats_by_quality(accept: str, media: str, server: Server) -> None:
    assert server.query(QUERY, accept)[1].startswith(media)


def test_what_is_not_offered_is_not_acceptable(server: Server) -> None:
    assert server.query(QUERY, "image/png")[0] == 406
    assert server.query(QUERY, "text/turtle")[0] == 406


def test_the_service_describes_itself(server: Server) -> None:
    from pyoxigraph import RdfFormat, parse

    status, media, body = server.get("/sparql", "text/turtle")
    assert (status, media.split(";")[0]) == (200, "text/turtle")
    assert any("SPARQL11Query" in str(quad) for quad in parse(body, format=RdfFormat.TURTLE))


def test_no_other_origin_is_let_in(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", IN_URL, headers={"Origin": "http://evil.example"})
    response = connection.getresponse()
    assert "Access-Control-Allow-Origin" not in response.headers
    response.read()
    connection.close()
    status, _, _ = server.ask("GET", IN_URL, None, {"Host": "evil.example"})
    assert status == 400


NEST = "{" * 5000 + "}" * 5000
BOMBS = {
    "nested groups": "SELECT * " + NEST,
    "nested lists": "SELECT * { ?s ?p " + "(" * 500 + ")" * 500 + " }",
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "sort of a product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?c ?f",
    "wide paths": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?c (!<urn:x>)* ?d }",
    "growing text": "SELECT (STRLEN(GROUP_CONCAT(?o)) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }",
    "many signs": "SELECT * { FILTER(" + "!" * 60_000 + "true) }",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_leaves_the_server_alive(name: str, server: Server) -> None:
    began = time.monotonic()
    status, _, _ = server.ask("POST", "/sparql", BOMBS[name], DIRECT)
    assert status in (400, 503)
    assert time.monotonic() - began < TIMEOUT + 1
    began = time.monotonic()
    assert server.query(QUERY)[0] == 200
    assert time.monotonic() - began < 1


REACHES = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service silent <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{0}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "LOAD <{0}>",
    "LOAD <file:///etc/passwd> INTO GRAPH <urn:g>",
]


def test_nothing_reaches_out(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.3)
        url = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        for text in REACHES:
            status, _, _ = server.ask("POST", "/sparql", text.format(url), DIRECT)
            assert status == 400, text
        for name in ("default-graph-uri", "named-graph-uri"):
            assert server.get(f"{IN_URL}&{name}={quote(url, '')}")[0] == 200
        with pytest.raises(TimeoutError):
            trap.accept()
