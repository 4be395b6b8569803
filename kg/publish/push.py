"""Push graphs to another store by the SPARQL 1.1 Graph Store HTTP Protocol: one PUT a graph."""

import base64
import http.client
import ssl
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from kg.errors import StorageError, UsageError
from kg.graph.store import Reader
from kg.vocab import dip

_TIMEOUT = 60.0  # seconds for one graph


def push(reader: Reader, url: str, *, with_text: bool = False) -> Iterator[tuple[str, int]]:
    """PUT each graph of the store; yield its name and number of triples once it is there.

    Texts go only where `with_text` says so. Raises UsageError for an address that is none,
    StorageError where the other side refuses or can't be reached.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"--to {url}: not an http(s) address of a graph store")
    for graph in reader.graphs():
        quads = list(reader.quads(graph=graph))
        if with_text:
            quads += reader.aside(graph, dip("text"), None, graph)
        _put(url, graph, _body(quads))
        yield graph.value, len(quads)


def _body(quads: list[Quad]) -> bytes:
    triples = sorted({quad.triple for quad in quads}, key=str)
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _put(url: str, graph: NamedNode, body: bytes) -> None:
    parts = urlsplit(url)
    mark = "&" if parts.query else "?"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # N-Triples is Turtle, which every graph store must take.
    headers = {"Content-Type": "text/turtle; charset=utf-8"}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    host = parts.hostname or ""
    shown = parts._replace(netloc=host + (f":{parts.port}" if parts.port else "")).geturl()
    connection = (
        http.client.HTTPSConnection(
            host, parts.port, timeout=_TIMEOUT, context=ssl.create_default_context()
        )
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=_TIMEOUT)
    )
    try:
        connection.request("PUT", f"{path}{mark}graph={quote(graph.value, safe='')}", body, headers)
        answer = connection.getresponse()
        told = answer.read(200).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as fault:
        raise StorageError(f"--to {shown}: {fault}: is the graph store running?") from fault
    finally:
        connection.close()
    if answer.status not in range(200, 300):
        raise StorageError(
            f"--to {shown}: {answer.status} {answer.reason} for {graph.value}: {told.strip()}"
        )
