"""The graph of parties and events -> GraphML and dynamic GEXF, for network tools.

Nodes are parties and events; edges say who acts, towards whom, and what answers what. What XML
can't hold (control characters) is left out of the words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from kg.publish.view import Brief, Lookup
from kg.publish.view.words import label, title

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A party or an event; `start` and `end` are ISO days, empty where not known."""

    iri: str
    label: str
    kind: str  # party or event
    type: str = ""
    status: str = ""
    start: str = ""
    end: str = ""
    count: str = ""
    sources: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """`kind`: acts (party to event), towards (event to party), answers (event to event)."""

    source: str
    target: str
    kind: str
    basis: str = ""
    start: str = ""
    end: str = ""


def nodes(lookup: Lookup) -> Iterator[Node]:
    """Yield parties, by code, then events, in order of time."""
    for party in sorted({party for brief in lookup.briefs for party in brief.parties}):
        yield Node(party.iri, party.label, "party", party.code)
    for brief in lookup.briefs:
        start, end = _days(brief)
        count = "" if brief.number.exact is None else str(brief.number.exact)
        yield Node(
            iri=brief.iri,
            label=title(brief),
            kind="event",
            type=label(brief.type),
            status=brief.factuality,
            start=start,
            end=end,
            count=count,
            sources=str(brief.sources),
        )


def edges(lookup: Lookup) -> Iterator[Edge]:
    """Yield the edges, event by event; only answers to events that are there."""
    for brief in lookup.briefs:
        days = _days(brief)
        for party in brief.actors:
            yield Edge(party.iri, brief.iri, "acts", "", *days)
        for party in brief.targets:
            yield Edge(brief.iri, party.iri, "towards", "", *days)
        for link in brief.answers:
            if link.other in lookup.brief_of:
                yield Edge(brief.iri, link.other, "answers", link.basis, *days)


def _days(brief: Brief) -> tuple[str, str]:
    return brief.day, brief.date.last or brief.day


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("", words))


def _quoted(words: str) -> str:
    return quoteattr(_NOT_XML.sub("", words))


_NODE_KEYS = ("label", "kind", "type", "status", "start", "end", "count", "sources")
_EDGE_KEYS = ("kind", "basis", "start", "end")


def graphml(lookup: Lookup) -> Iterator[str]:
    """Yield a GraphML document, directed."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for domain, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for key in keys:
            kind = "int" if key in ("count", "sources") else "string"
            yield (
                f'<key id="{domain}-{key}" for="{domain}" attr.name="{key}" attr.type="{kind}"/>\n'
            )
    yield '<graph id="kgbuild" edgedefault="directed">\n'
    for node in nodes(lookup):
        data = _data("node", ((key, getattr(node, key)) for key in _NODE_KEYS))
        yield f"<node id={_quoted(node.iri)}>{data}</node>\n"
    for number, edge in enumerate(edges(lookup)):
        data = _data("edge", ((key, getattr(edge, key)) for key in _EDGE_KEYS))
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        yield f'<edge id="e{number}" {ends}>{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(domain: str, values: Iterator[tuple[str, str]]) -> str:
    told = ((key, value) for key, value in values if value)
    return "".join(f'<data key="{domain}-{key}">{_text(value)}</data>' for key, value in told)


def gexf(lookup: Lookup) -> Iterator[str]:
    """Yield a dynamic GEXF 1.3 document: events and their edges live on their days."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n'
    own = tuple(key for key in _NODE_KEYS if key not in ("label", "start", "end"))
    for domain, keys in (("node", own), ("edge", ("kind", "basis"))):
        yield f'<attributes class="{domain}">\n'
        for key in keys:
            kind = "integer" if key in ("count", "sources") else "string"
            yield f'<attribute id="{key}" title="{key}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in nodes(lookup):
        values = _attvalues((key, getattr(node, key)) for key in own)
        yield (
            f"<node id={_quoted(node.iri)} label={_quoted(node.label)}"
            f"{_life(node.start, node.end)}>{values}</node>\n"
        )
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(edges(lookup)):
        values = _attvalues((key, getattr(edge, key)) for key in ("kind", "basis"))
        yield (
            f'<edge id="e{number}" source={_quoted(edge.source)} target={_quoted(edge.target)}'
            f"{_life(edge.start, edge.end)}>{values}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _attvalues(values: Iterator[tuple[str, str]]) -> str:
    told = [(key, value) for key, value in values if value]
    inner = "".join(f'<attvalue for="{key}" value={_quoted(value)}/>' for key, value in told)
    return f"<attvalues>{inner}</attvalues>"


def _life(start: str, end: str) -> str:
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


FORMATS: dict[str, Callable[[Lookup], Iterator[str]]] = {"graphml": graphml, "gexf": gexf}
SUFFIXES = {".graphml": "graphml", ".gexf": "gexf"}
