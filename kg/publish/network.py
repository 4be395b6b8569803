"""The graph of parties and events -> GraphML and dynamic GEXF, for network tools.

Nodes are parties and events; edges say who acts, towards whom, and what answers what. What XML
can't hold (control characters) is left out of the words.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from kg.publish.view import Brief, Lookup
from kg.publish.view.words import label, title

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A party or an event, with what tools may colour, size and filter by."""

    iri: str
    label: str
    life: tuple[str, str]  # first and last ISO day, empty where not known
    values: dict[str, str]  # by _NODE_KEYS; what is not known is missing


@dataclass(frozen=True, slots=True)
class Edge:
    """`kind`: acts (party to event), towards (event to party), answers (event to event)."""

    source: str
    target: str
    life: tuple[str, str]
    values: dict[str, str]  # by _EDGE_KEYS


def nodes(lookup: Lookup) -> Iterator[Node]:
    """Yield parties, by code, then events, in order of time."""
    for party in sorted({party for brief in lookup.briefs for party in brief.parties}):
        yield Node(party.iri, party.label, ("", ""), {"kind": "party", "type": party.code})
    for brief in lookup.briefs:
        exact = brief.number.exact
        values = {"kind": "event", "type": label(brief.type), "status": brief.factuality}
        values |= {} if exact is None else {"count": str(exact)}
        values |= {"sources": str(brief.sources)}
        yield Node(brief.iri, title(brief), _days(brief), values)


def edges(lookup: Lookup) -> Iterator[Edge]:
    """Yield the edges, event by event; only answers to events that are there."""
    for brief in lookup.briefs:
        days = _days(brief)
        for party in brief.actors:
            yield Edge(party.iri, brief.iri, days, {"kind": "acts"})
        for party in brief.targets:
            yield Edge(brief.iri, party.iri, days, {"kind": "towards"})
        for link in brief.answers:
            if link.other in lookup.brief_of:
                values = {"kind": "answers", "basis": link.basis}
                yield Edge(brief.iri, link.other, days, values)


def _days(brief: Brief) -> tuple[str, str]:
    return brief.day, brief.date.last or brief.day


def _text(words: str) -> str:
    return escape(_NOT_XML.sub("", words))


def _quoted(words: str) -> str:
    return quoteattr(_NOT_XML.sub("", words))


_NODE_KEYS = ("kind", "type", "status", "count", "sources")
_EDGE_KEYS = ("kind", "basis")
_KEYS = (("node", _NODE_KEYS), ("edge", _EDGE_KEYS))
_WHOLE = ("count", "sources")  # whole numbers


def graphml(lookup: Lookup) -> Iterator[str]:
    """Yield a GraphML document, directed; it has no label or time of its own, so these are keys."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for domain, keys in _KEYS:
        for key in (*(("label",) if domain == "node" else ()), *keys, "start", "end"):
            kind = "int" if key in _WHOLE else "string"
            yield (
                f'<key id="{domain}-{key}" for="{domain}" attr.name="{key}" attr.type="{kind}"/>\n'
            )
    yield '<graph id="kgbuild" edgedefault="directed">\n'
    for node in nodes(lookup):
        data = _data("node", {"label": node.label} | node.values, node.life)
        yield f"<node id={_quoted(node.iri)}>{data}</node>\n"
    for number, edge in enumerate(edges(lookup)):
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        data = _data("edge", edge.values, edge.life)
        yield f'<edge id="e{number}" {ends}>{data}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(domain: str, values: Mapping[str, str], life: tuple[str, str]) -> str:
    told = {**values, "start": life[0], "end": life[1]}
    return "".join(
        f'<data key="{domain}-{key}">{_text(value)}</data>' for key, value in told.items() if value
    )


def gexf(lookup: Lookup) -> Iterator[str]:
    """Yield a dynamic GEXF 1.3 document: events and their edges live on their days.

    An edge's kind is told as such, too: Gephi merges edges between the same ends but for that.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n'
    for domain, keys in _KEYS:
        yield f'<attributes class="{domain}">\n'
        for key in keys:
            kind = "integer" if key in _WHOLE else "string"
            yield f'<attribute id="{key}" title="{key}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in nodes(lookup):
        yield (
            f"<node id={_quoted(node.iri)} label={_quoted(node.label)}"
            f"{_life(*node.life)}>{_attvalues(node.values)}</node>\n"
        )
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(edges(lookup)):
        yield (
            f'<edge id="e{number}" source={_quoted(edge.source)} target={_quoted(edge.target)}'
            f" kind={_quoted(edge.values['kind'])}{_life(*edge.life)}>"
            f"{_attvalues(edge.values)}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _attvalues(values: Mapping[str, str]) -> str:
    inner = "".join(
        f'<attvalue for="{key}" value={_quoted(value)}/>' for key, value in values.items() if value
    )
    return f"<attvalues>{inner}</attvalues>"


def _life(start: str, end: str) -> str:
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


FORMATS: dict[str, Callable[[Lookup], Iterator[str]]] = {"graphml": graphml, "gexf": gexf}
SUFFIXES = {".graphml": "graphml", ".gexf": "gexf"}
