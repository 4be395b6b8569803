"""HTML -> main text and metadata, and fragments of HTML -> lines of text. Never the clock."""

import logging
import re

from lxml import etree
from lxml import html as lxml_html

from kg.errors import UnreadableError
from kg.ingest.dateline import iso_date
from kg.ingest.decode import checked, decode
from kg.ingest.metadata import Metadata, as_url, language_code

_CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.I)
_INVALID_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&#?\w{1,8};")
_BLANK_LINES = re.compile(r"\n\s{0,200}\n")
_DROPPED = ("script", "style", "noscript", "template", "iframe", "svg", "nav", "footer", "aside",
            "form", "figure", "figcaption", "button", "select", "head")  # fmt: skip
_BREAKING = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
        "header",
        "main",
        "hr",
        "pre",
        "dd",
        "dt",
        "dl",
        "address",
        "td",
        "th",
    ]
)
_LATEST = "2200-01-01"  # htmldate's default is today: the clock would change the result


def read_html(data: bytes) -> tuple[str, Metadata]:
    """Return a page's main text and what its markup says about it.

    Raises UnreadableError where it can't be decoded or has no text.
    """
    declared = _CHARSET.search(data[:4096])
    page = decode(data, declared[1].decode("ascii") if declared else "")
    page = _INVALID_IN_XML.sub(" ", page)
    tree = _tree(page)
    if tree is None:
        raise UnreadableError("no HTML element in it: name it .txt if it is plain text")
    text, meta = _main_text(page)
    if not text.strip():
        text = _text_of(tree)
    if not text.strip():
        raise UnreadableError("no main text found in the page: save the article's own page")
    return checked(text), meta


def fragment_text(fragment: str) -> str:
    """Return the text of a piece of HTML with a blank line between blocks; plain text as it is."""
    if not _TAG.search(fragment):
        return fragment
    tree = _tree(f"<div>{_INVALID_IN_XML.sub(' ', fragment)}</div>")
    return "" if tree is None else _text_of(tree)


def _tree(page: str) -> lxml_html.HtmlElement | None:
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    try:
        return lxml_html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _main_text(page: str) -> tuple[str, Metadata]:
    import trafilatura  # half a second: only where a page is read

    for noisy in ("trafilatura", "htmldate"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            page,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            with_metadata=True,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": _LATEST,
            },
        )
    except (RecursionError, ValueError, AttributeError, TypeError, IndexError, etree.LxmlError):
        return "", Metadata()  # its faults on broken markup; the tree's own text is taken instead
    if found is None or isinstance(found, dict):
        return "", Metadata()
    return found.text or "", Metadata(
        title=" ".join((found.title or "").split()),
        published=iso_date(found.date or ""),
        outlet=" ".join((found.sitename or found.hostname or "").split()),
        url=as_url(found.url or ""),
        language=language_code(found.language or ""),
    )


def _text_of(tree: lxml_html.HtmlElement) -> str:
    """Return the text of a tree, a blank line at each block; furniture elements left out."""
    parts: list[str] = []
    skipping = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            skipping += tag in _DROPPED
            if tag in _BREAKING:
                parts.append("\n\n")
            if not skipping and node.text and tag:
                parts.append(" ".join(node.text.split("\n")))
        elif event == "end":
            skipping -= tag in _DROPPED
            if tag in _BREAKING:
                parts.append("\n\n")
        if event != "start" and not skipping and node.tail:
            parts.append(" ".join(node.tail.split("\n")))
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
