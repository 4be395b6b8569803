"""Stored text -> prose in blocks, with every character's way back.

The order of work: lines become plain characters (`normalise`), furniture is dropped
(`furniture`), hard-wrapped lines are joined to paragraphs, the dateline is cut off (`dateline`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.ingest.dateline import date_line, dateline, iso_date
from kg.ingest.furniture import Furniture, furniture, is_end, is_furniture, is_prose, without_credit
from kg.ingest.masthead import outlet
from kg.ingest.metadata import KEY_LINE, from_fields, kind_of
from kg.ingest.normalise import Line, line
from kg.model import Article, Block, BlockKind, CleanText

_BREAK = re.compile(
    r"[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
    r"|</?(?:p|div|br|h[1-6]|li|ul|ol|tr|td|table|blockquote|section|article|figure|figcaption)\b[^<>]{0,500}>",
    re.I,
)
_RULE = re.compile(r"[\s*_=~#.|:+\u2013\u2014\u2022-]*\Z")
_OPENED = re.compile(r"<(script|style|noscript|iframe|svg|!--)", re.I)
_MAX_ELEMENT = 20_000  # an unclosed element must not swallow the article
_HEAD_LINES = 14  # so many lines at most stand before an article's prose
_HEADLINE_WORDS = 32


@dataclass(frozen=True, slots=True)
class Layout:
    """The article's blocks in order, and what its head and dateline tell."""

    blocks: tuple[tuple[BlockKind, Line], ...] = ()
    title: str = ""
    published: str = ""  # full ISO date of a date line or dateline
    place: str = ""
    date: str = ""
    outlet: str = ""  # as the head or the dateline names it


@dataclass(slots=True)
class _Head:
    """What stands before an article's prose: where it ends, and what it tells."""

    end: int
    published: str = ""
    title_at: int = -1  # the line that is the headline, if any
    outlet: str = ""
    outlet_at: int = -1  # a line of its own that names the outlet


def clean(article: Article) -> CleanText:
    """Return the article's prose: normalised, without boilerplate, as blocks with offsets."""
    found = layout(article.text, article.metadata_end)
    chars: list[str] = []
    offsets: list[int] = []
    blocks: list[Block] = []
    length = 0
    for kind, piece in found.blocks:
        if blocks:  # the blank line between blocks belongs to the place behind the last block
            chars.append("\n\n")
            offsets += [offsets[-1] + 1] * 2
            length += 2
        chars.append(piece.text)
        offsets.extend(piece.offsets)
        blocks.append(Block(kind, length, length + len(piece.text)))
        length += len(piece.text)
    offsets.append(offsets[-1] + 1 if offsets else len(article.text))
    return CleanText("".join(chars), tuple(offsets), tuple(blocks), found.place, found.date)


@lru_cache(maxsize=8)
def layout(stored: str, start: int = 0) -> Layout:
    """Return the blocks of the stored text from `start` on (its metadata ends there)."""
    cues = furniture()
    lines = _lines(stored, start)
    head = _head(lines, cues)
    kept = _without_furniture(lines, head.end, head.title_at, cues)
    found = _blocks(list(_paragraphs(kept)), cues, head.published)
    return replace(found, outlet=head.outlet or found.outlet)


def _lines(stored: str, start: int) -> list[Line]:
    """Split into plain lines; a blank line, a rule and a dropped element give an empty one."""
    dropped = _elements(stored, start) if "<" in stored else []
    lines: list[Line] = []
    begin = start
    breaks = [m.span() for m in _BREAK.finditer(stored, start)] + [(len(stored), len(stored))]
    for end, next_begin in breaks:
        while dropped and dropped[0][1] <= begin:
            dropped.pop(0)
        if dropped and dropped[0][0] < end and begin < dropped[0][1]:
            begin, end = _around(stored, begin, end, dropped[0])
        if _RULE.match(stored, begin, end):
            lines.append(Line("", range(0)))
        else:
            lines.append(line(stored, begin, end))
        begin = next_begin
    return lines


def _elements(stored: str, start: int) -> list[tuple[int, int]]:
    """Return the spans of scripts, styles and comments that were left in a text; in linear time."""
    lower = stored.lower() if len(stored.lower()) == len(stored) else stored
    closed: dict[str, int] = {}  # where each kind is closed next, -1 where it is not any more
    spans: list[tuple[int, int]] = []
    end = start
    for found in _OPENED.finditer(stored, start):
        if found.start() < end:
            continue
        close = "-->" if found[1] == "!--" else f"</{found[1].lower()}"
        at = closed.get(close, 0)
        if at != -1 and at < found.end():
            at = closed[close] = lower.find(close, found.end())
        if at != -1 and at - found.start() <= _MAX_ELEMENT:
            end = at + len(close) if close == "-->" else lower.find(">", at) + 1 or len(stored)
            spans.append((found.start(), end))
    return spans


def _around(stored: str, begin: int, end: int, hole: tuple[int, int]) -> tuple[int, int]:
    """Keep the longer part of a line beside a dropped element."""
    before, after = (begin, max(begin, hole[0])), (min(end, hole[1]), end)
    return max(before, after, key=lambda part: len(stored[part[0] : part[1]].strip()))


def _head(lines: list[Line], cues: Furniture) -> _Head:
    """Find where the head ends, and the date, the headline and the outlet told in it.

    The head is what stands before the first line of prose: headline, kicker, byline, date.
    """
    head = _Head(len(lines))
    seen = 0
    for at, piece in enumerate(lines):
        if not piece.text:
            continue
        seen += 1
        if seen > _HEAD_LINES:
            head.end = at
            break
        named = outlet(piece.text, cues)
        day = date_line(piece.text, cues) or (iso_date(piece.text) if named else "")
        if day:
            head.published = head.published or day
            head.outlet = head.outlet or named
        elif key := KEY_LINE.match(piece.text):
            _take_field(head, key["key"], key["value"])
        elif is_furniture(piece.text, cues):
            continue
        elif named and _is_title(lines, at) and piece.mark != "heading":
            if not head.outlet:
                head.outlet, head.outlet_at = named, at
        elif (
            piece.mark == ""
            and is_prose(piece.text)
            and (head.title_at >= 0 or not _is_title(lines, at))
        ) or dateline(piece.text, cues):
            head.end = at
            break
        elif head.title_at < 0 and piece.text.count(" ") >= 2 and _is_title(lines, at):
            head.title_at = at
    if head.title_at < 0 <= head.outlet_at and lines[head.outlet_at].text.count(" ") >= 2:
        head.title_at, head.outlet = head.outlet_at, ""  # the only line that can be the headline
    return head


def _take_field(head: _Head, key: str, value: str) -> None:
    """Take the date and the outlet of a `Key: value` line that stands behind the headline."""
    if "dat" in key.casefold() or "publish" in key.casefold():
        head.published = head.published or iso_date(value)
    elif kind_of(key) == "outlet":
        head.outlet = head.outlet or from_fields({"outlet": value}).outlet


def _is_title(lines: list[Line], at: int) -> bool:
    """Tell whether a line can be the headline: short, one line, no full stop, text behind it."""
    text = lines[at].text
    if text.count(" ") >= _HEADLINE_WORDS or not any(piece.text for piece in lines[at + 1 :]):
        return False
    if lines[at].mark == "heading":
        return True
    if text.endswith((".", ",", ";", ":")) and not text.endswith(("U.S.", "U.N.", "...")):
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    wrapped = following is not None and following.text[:1].islower()
    return not wrapped and not (is_prose(text) and ". " in text and text[-1] in "\"'")


def _without_furniture(
    lines: list[Line], head: int, title_at: int, cues: Furniture
) -> list[tuple[BlockKind | None, Line]]:
    """Drop what is no prose; blank lines stay (kind None), as they part paragraphs."""
    words_total = sum(piece.text.count(" ") for piece in lines)
    words_seen = 0
    kept: list[tuple[BlockKind | None, Line]] = []
    title = lines[title_at].text if title_at >= 0 else ""
    for at, piece in enumerate(lines):
        text = piece.text
        if at == title_at:
            kept.append(("headline", piece))
        elif not text or (at < head and KEY_LINE.match(text)) or text == title:
            kept.append((None, piece))
        elif words_seen >= 40 and words_seen * 2 >= words_total and is_end(text, cues):
            break
        elif (
            is_furniture(text, cues)
            or date_line(text, cues)
            or (at < head and outlet(text, cues))
            or (at < head and not is_prose(text) and text.isupper() and text.count(" ") < 4)
        ):
            kept.append((None, Line("", range(0))))
        else:
            kind: BlockKind = "paragraph"
            if piece.mark in ("bullet", "number"):
                kind = "item"
            elif piece.mark == "heading":
                kind = "subheading"
            kept.append((kind, piece))
            words_seen += text.count(" ")
    return kept


def _paragraphs(kept: list[tuple[BlockKind | None, Line]]) -> Iterator[tuple[BlockKind, Line]]:
    """Join hard-wrapped lines; a line that was not wrapped is a paragraph of its own."""
    width = _wrap_width([piece for kind, piece in kept if kind is not None])
    current: Line | None = None
    current_kind: BlockKind = "paragraph"
    for kind, piece in kept:
        if (
            current is not None
            and kind == "paragraph"
            and current_kind in ("paragraph", "item")
            and _continues(current, piece, width)
        ):
            current = _joined(current, piece)
            continue
        if current is not None:
            yield current_kind, current
        current, current_kind = (piece, kind) if kind is not None else (None, current_kind)
    if current is not None:
        yield current_kind, current


def _wrap_width(pieces: list[Line]) -> int:
    """Return the column at which the text is hard-wrapped, or 0 where it is not."""
    widths = sorted(piece.raw_length for piece in pieces)
    if len(widths) < 3:
        return 0
    width = widths[int(len(widths) * 0.9)]
    full = sum(1 for w in widths if 0.75 * width <= w <= width)
    return width if 40 <= width <= 110 and full * 2 >= len(widths) else 0


def _continues(current: Line, piece: Line, width: int) -> bool:
    last, first = current.text[-1], piece.text[0]
    if piece.emphasised or current.emphasised:
        return False
    if (last.isalpha() or last in ",;-–(") and first.islower() and current.text.count(" ") >= 3:
        return True
    if not width or piece.raw_length > width * 1.3:
        return False
    # The next word did not fit: the line was broken for its width, not for a new paragraph.
    return current.raw_length + 1 + len(piece.text.split(" ", 1)[0]) > width - 3


def _joined(one: Line, two: Line) -> Line:
    """Join two lines with one space (none behind a hyphen), at the line break's place."""
    gap = "" if one.text[-1] == "-" and one.text[-2:-1].isalpha() else " "
    offsets = [*one.offsets, *([one.offsets[-1] + 1] if gap else []), *two.offsets]
    return Line(one.text + gap + two.text, offsets, one.mark, False, two.raw_length)


def _blocks(paragraphs: list[tuple[BlockKind, Line]], cues: Furniture, published: str) -> Layout:
    """Tell headline, subheadings, paragraphs and items; drop crumbs; cut the dateline off."""
    blocks: list[tuple[BlockKind, Line]] = []
    place = day = title = source = ""
    prose_at = [n for n, (_, piece) in enumerate(paragraphs) if is_prose(piece.text)]
    last_prose = prose_at[-1] if prose_at else len(paragraphs)
    seen_prose = 0
    for at, (kind, piece) in enumerate(paragraphs):
        if kind == "headline":
            title = piece.text
        elif is_furniture(piece.text, cues) or _is_crumb(
            paragraphs, at, last_prose, bool(prose_at)
        ):
            continue
        elif seen_prose < 3 and not place and (found := dateline(piece.text, cues)):
            place, day, source = found.place, found.date, found.source
            published = published or iso_date(found.date)
            piece = piece.cut(found.end, len(piece.text))
        piece = piece.cut(0, without_credit(piece.text, cues))
        if not piece.text:
            continue
        if kind == "paragraph":
            prose = is_prose(piece.text) or len(paragraphs) == 1
            seen_prose += prose
            kind = "paragraph" if prose else "subheading"
        blocks.append((kind, piece))
    return Layout(tuple(blocks), title, published, place, day, source)


def _is_crumb(
    paragraphs: list[tuple[BlockKind, Line]], at: int, last_prose: int, any_prose: bool
) -> bool:
    """Tell whether a short line is a leftover: a lone word, a nav list, the page's tail."""
    kind, piece = paragraphs[at]
    words = piece.text.count(" ") + 1
    if not any_prose or is_prose(piece.text):
        return False
    if at > last_prose and words >= 3 and piece.text.endswith((".", "!", "?")):
        return False
    if words == 1 or at > last_prose:
        return True
    around = [
        p.text.count(" ") < 4 and not is_prose(p.text)
        for _, p in paragraphs[max(0, at - 2) : at + 3]
    ]
    return words <= 4 and sum(around) >= 3 and kind != "headline"
