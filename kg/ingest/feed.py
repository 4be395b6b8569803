"""RSS 2.0, RSS 1.0 and Atom -> one mapping of fields an item.

A document type or an entity is refused before anything is parsed: both can make a parser read
files or fill the memory, and no feed needs them.
"""

import re
from collections.abc import Iterator

from lxml import etree

from kg.errors import UnreadableError
from kg.ingest.decode import checked, decode
from kg.ingest.html import fragment_text
from kg.ingest.records import Fields, Record

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{1,40})")
_PROLOGUE = re.compile(r"\s{0,100}<\?xml[^>]{0,300}\?>")
_FORBIDDEN = re.compile(r"<!\s{0,20}(?:DOCTYPE|ENTITY)", re.I)
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TEXTS = ("encoded", "content", "description", "summary")  # the longest wins
_DATES = ("pubdate", "published", "date", "issued", "updated")


def feed_records(data: bytes) -> Iterator[Record]:
    """Yield each item's record, counted from 1. Raises UnreadableError for what is no feed."""
    declared = _DECLARED.match(data.lstrip()[:400])
    text = decode(data, declared[1].decode("ascii") if declared else "")
    if _FORBIDDEN.search(text):
        raise UnreadableError("the XML declares a DOCTYPE or ENTITY: remove it, feeds need none")
    text = _INVALID.sub(" ", _PROLOGUE.sub("", text, count=1))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as fault:
        raise UnreadableError(f"not well-formed XML ({fault.msg}): save the feed again") from None
    items = [node for node in root.iter() if _name(node) in ("item", "entry")]
    if _name(root) not in ("rss", "rdf", "feed") or not items:
        raise UnreadableError("no RSS or Atom items in it: only feeds are read from XML")
    channel = next((node for node in root if _name(node) == "channel"), root)
    outlet = _child_text(channel, "title")
    language = _child_text(channel, "language") or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang", ""
    )
    for number, item in enumerate(items, start=1):
        yield number, _fields(item, outlet, language)


def _fields(item: etree._Element, outlet: str, language: str) -> Fields:
    texts = [fragment_text(found) for name in _TEXTS if (found := _child_text(item, name))]
    dates = [found for name in _DATES if (found := _child_text(item, name))]
    return {
        "id": _child_text(item, "guid") or _child_text(item, "id"),
        "title": " ".join(fragment_text(_child_text(item, "title")).split()),
        "text": checked(max(texts, key=len, default="")),
        "date": dates[0] if dates else "",
        "outlet": " ".join(outlet.split()),
        "url": _link(item),
        "language": language,
    }


def _link(item: etree._Element) -> str:
    """Return the item's address: RSS has it as text, Atom as an attribute (rel=alternate)."""
    links = [node for node in item if _name(node) == "link"]
    for node in links:
        if node.get("href") and node.get("rel", "alternate") == "alternate":
            return str(node.get("href")).strip()
    return next((node.text.strip() for node in links if node.text), "")


def _child_text(node: etree._Element, name: str) -> str:
    for child in node:
        if _name(child) == name:
            if len(child) and child.get("type") == "xhtml":
                return str(etree.tostring(child, encoding="unicode", with_tail=False))
            return "".join(child.itertext()).strip()
    return ""


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname.casefold() if isinstance(node.tag, str) else ""
