"""What an article's head says about it: front matter, a block of `Key: value` lines.

Values are taken as written; only dates are read (`dateline.iso_date`). Never the clock.
"""

import re
from dataclasses import dataclass

from kg.ingest.dateline import iso_date

_NAMES = {
    "title": "title", "headline": "title", "head": "title", "subject": "title",
    "source": "outlet", "outlet": "outlet", "publication": "outlet", "publisher": "outlet",
    "newspaper": "outlet", "site": "outlet", "website": "outlet", "agency": "outlet",
    "site_name": "outlet", "sitename": "outlet", "media": "outlet",
    "date": "published", "published": "published", "publication date": "published",
    "date published": "published", "published on": "published", "published at": "published",
    "publishedat": "published", "pubdate": "published", "publish date": "published",
    "publication_date": "published", "publish_date": "published", "date_published": "published",
    "datepublished": "published", "posted": "published", "posted on": "published",
    "issued": "published", "release date": "published", "created": "published",
    "url": "url", "link": "url", "permalink": "url", "canonical": "url", "canonical url": "url",
    "source url": "url", "source_url": "url", "web": "url", "address": "url",
    "language": "language", "lang": "language",
    "author": "author", "authors": "author", "by": "author", "byline": "author",
    "updated": "other", "last updated": "other", "modified": "other", "section": "other",
    "category": "other", "categories": "other", "tags": "other", "keywords": "other",
    "country": "other", "place": "other", "location": "other", "dateline": "other", "id": "other",
    "copyright": "other", "license": "other", "licence": "other", "retrieved": "other",
    "accessed": "other", "access date": "other", "contact": "other", "description": "other",
    "word count": "other", "words": "other", "editor": "other", "type": "other", "format": "other",
    "topic": "other", "topics": "other", "embargo": "other", "from": "other", "to": "other",
}  # fmt: skip
_ALTERNATIVES = "|".join(
    re.escape(name).replace("\\ ", "[ _-]") for name in sorted(_NAMES, key=len, reverse=True)
)
KEY_LINE = re.compile(
    rf"(?P<key>{_ALTERNATIVES})[*_ ]{{0,3}}[:=][*_ ]{{0,3}}(?P<value>[^\n]*)\Z", re.I
)
_DECORATED = re.compile(r"[ \t>*_+-]{0,6}")
_URL = re.compile(r"https?://[^\s<>\"'\]]{3,2000}", re.I)
_ADDRESS_LINE = re.compile(r"^[ \t*_]{0,8}<?(https?://[^\s<>*]{8,2000})>?[ \t*_]{0,8}$", re.M)
_FRONT = re.compile(r"\s{0,20}(---|\+\+\+)[ \t]*\n")
_LANGUAGE_NAMES = {"english": "en", "eng": "en"}


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields known; empty where nothing was said. `end` is where the metadata ends."""

    title: str = ""
    published: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    end: int = 0


def read_metadata(text: str) -> Metadata:
    """Return what front matter or the leading block of `Key: value` lines says."""
    front = _FRONT.match(text)
    if front:
        fence = re.compile(rf"^{re.escape(front[1])}[ \t]*(?:\n|\Z)", re.M)
        close = fence.search(text, front.end(), front.end() + 20_000)
        if close:
            lines = text[front.end() : close.start()].split("\n")
            if any(KEY_LINE.match(entry.strip()) for entry in lines):
                return from_fields(_fields(lines), close.end())
    return _leading_block(text)


def from_fields(fields: dict[str, str], end: int = 0) -> Metadata:
    """Return metadata of named fields; `Source:` is the outlet, or the URL when it is one."""
    outlet, url = fields.get("outlet", ""), fields.get("url", "")
    if outlet and (address := as_url(outlet)):
        url, outlet = url or address, ""
    return Metadata(
        title=" ".join(fields.get("title", "").split()),
        published=iso_date(fields.get("published", "")),
        outlet=" ".join(outlet.split()),
        url=as_url(url),
        language=language_code(fields.get("language", "")),
        end=end,
    )


def as_url(value: str) -> str:
    """Return the web address that `value` is (also as `<…>` or a Markdown link), else ""."""
    found = _URL.search(value)
    if not found:
        return ""
    around = value.replace(found[0], "", 1)
    if len(around.strip(" <>()[]\"'")) > 3 and not value.lstrip().startswith(("[", "<", "http")):
        return ""
    return found[0].rstrip(").,;>")


def text_address(text: str, title: str) -> str:
    """Return the article's address where the text shows it on a line of its own, else "".

    It must be the only such line, and its path must repeat three words of the headline: other
    addresses on a page are those of other articles.
    """
    found = {match[1] for match in _ADDRESS_LINE.finditer(text)}
    if len(found) != 1:
        return ""
    address = found.pop()
    path = set(re.findall(r"[a-z]{4,}", address.partition("://")[2].partition("/")[2].casefold()))
    words = set(re.findall(r"[a-z]{4,}", title.casefold()))
    return address if len(path & words) >= 3 else ""


def language_code(value: str) -> str:
    """Return the language's two letters for `en-US`, `eng`, `English`; else what was written."""
    code = value.strip().casefold().replace("_", "-")
    return _LANGUAGE_NAMES.get(code, code.split("-")[0])


def kind_of(key: str) -> str:
    """Return what a key that `KEY_LINE` found tells: title, outlet, published, …, or other."""
    folded = key.casefold()
    return _NAMES.get(folded) or _NAMES[re.sub("[_-]", " ", folded)]


def _fields(lines: list[str]) -> dict[str, str]:
    """Collect the known fields; the first of a kind wins."""
    fields: dict[str, str] = {}
    for entry in lines:
        found = KEY_LINE.match(_bare(entry))
        if found:
            kind = kind_of(found["key"])
            value = found["value"].strip().strip("\"'").rstrip("*_ ")
            if kind == "outlet" and as_url(value):
                kind = "url"  # "Source:" is the outlet, or the URL when it is one
            if value and kind != "other":
                fields.setdefault(kind, value)
    return fields


def _bare(entry: str) -> str:
    """Return a line without list marks and emphasis at its start."""
    return entry[_DECORATED.match(entry).end() :].rstrip()  # type: ignore[union-attr]


def _leading_block(text: str) -> Metadata:
    """Read the run of `Key: value` lines at the very start; one blank line may follow each."""
    place = 0
    end = 0
    lines: list[str] = []
    while place < len(text) and len(lines) < 40:
        stop = text.find("\n", place, place + 3000)
        stop = stop if stop >= 0 else min(len(text), place + 3000)
        entry = _bare(text[place:stop])
        if entry and not KEY_LINE.match(entry):
            break
        if entry:
            lines.append(entry)
            end = min(stop + 1, len(text))
        place = stop + 1
    fields = _fields(lines)
    # "From: here to there" alone is a headline, not metadata: one real field must be among them.
    if not fields:
        return Metadata()
    return from_fields(fields, end)
