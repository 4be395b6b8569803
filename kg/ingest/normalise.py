"""One stretch of stored text -> its plain characters, each with its place in the stored text.

The normalisation table is here: typographic quotes and spaces become plain ones, invisible
characters vanish, markup (Markdown, HTML remains, addresses) is taken out. A kept character
equals the stored character at its offset, up to `TABLE` and character references.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPACES = "\t\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a"
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
TABLE: dict[str, str] = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_HYPHENS, "-"),
}
# Soft hyphen, zero-width, bidirectional controls, variation selectors, other controls.
INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\x00-\x08\x0b-\x1f\x7f-\x9f\U000e0000-\U000e007f"
)
_PLAIN = re.compile(r"[ -~\u00c0-\u017f\u2013\u2014\u2026\u20ac\u00a3]*\Z")
_ACTIVE = re.compile(r"[*_`<>&\[\]\\|#~]|  |://|www\.")
_TARGET = r"(?:\([^()\s]{0,2000}(?:[ ]\"[^\"\n]{0,200}\")?\)|\[[^\[\]]{0,60}\])"
_ADDRESS = r"(?:https?|ftp)://[^\s<>\")\]]{1,2000}|\bwww\.[^\s<>\")\]]{3,500}"
_MARKUP = re.compile(
    rf"""
    (?P<comment><!--[^<>]{{0,500}}-->)
  | (?P<auto><(?:https?://|mailto:)[^\s<>]{{1,2000}}>)
  | (?P<tag></?[a-zA-Z][^<>]{{0,500}}>)
  | (?P<image>!\[[^\[\]]{{0,300}}\]{_TARGET})
  | (?P<link>\[(?P<label>[^\[\]]{{1,300}})\]{_TARGET})
  | (?P<note>\[\^?\d{{1,3}}\]|\[edit\])
  | (?P<address>{_ADDRESS})
  | (?P<entity>&(?:[a-zA-Z]{{2,8}}|\#\d{{1,6}}|\#[xX][0-9a-fA-F]{{1,5}});)
  | (?P<escape>\\(?=[\\`*_\[\]()\#+.!>~|-]))
  | (?P<emphasis>(?<![\s*])\*+|\*+(?![\s*])
      |(?<!\w)_+(?=\w|["'(\[])|(?<=[\w.,!?;:"')\]])_+(?!\w)|~~|`+)
  | (?P<space>[ {_SPACES}]+)
  | (?P<invisible>[{INVISIBLE}]+)
  | (?P<typographic>[{_DOUBLE}{_SINGLE}{_HYPHENS}])
    """,
    re.VERBOSE,
)
_MARK = re.compile(
    rf"[ {_SPACES}{INVISIBLE}]{{0,12}}"
    r"(?:(?P<heading>\#{1,6}(?=[ \t]))|(?P<quote>>)"
    r"|(?P<bullet>[-*+\u2022\u00b7\u25aa\u25cf\u2023\u25e6](?=[ \t\xa0]))"
    r"|(?P<number>\d{1,2}[.)](?=[ \t]+[A-Z\"\u201c])))"
)
_TRAILING_HASHES = re.compile(r" #{1,6}\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """Plain characters with their offsets in the stored text, and the mark before them."""

    text: str
    offsets: Sequence[int]
    mark: str = ""  # heading, bullet, number, quote, or empty
    emphasised: bool = False  # the whole line was bold or italic
    raw_length: int = 0  # width of the stored line

    def cut(self, start: int, end: int) -> "Line":
        """Return the part `start:end`, without spaces at its ends."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip(" "))
        end = max(start, end - (len(part) - len(part.rstrip(" "))))
        return Line(
            self.text[start:end],
            self.offsets[start:end],
            self.mark,
            self.emphasised,
            self.raw_length,
        )


def line(stored: str, start: int, end: int) -> Line:
    """Return the plain characters of `stored[start:end]` (no newline inside)."""
    width = end - start
    mark = ""
    for _ in range(3):  # "> - text": a list in a quotation
        found = _MARK.match(stored, start, end)
        if not found:
            break
        mark = found.lastgroup or mark
        start = found.end()
    raw = stored[start:end]
    if _PLAIN.match(raw) and not _ACTIVE.search(raw):
        return Line(raw, range(start, end), mark, False, width).cut(0, len(raw))
    stripped = raw.strip()
    emphasised = (
        len(stripped) > 4 and stripped[0] in "*_" and stripped[-1] in "*_" and mark != "bullet"
    )
    chars: list[str] = []
    offsets: list[int] = []
    _plain(stored, start, end, chars, offsets)
    whole = Line("".join(chars), offsets, mark, emphasised, width)
    whole = whole.cut(0, len(whole.text))
    if mark == "heading" and (hashes := _TRAILING_HASHES.search(whole.text)):
        whole = whole.cut(0, hashes.start())
    return whole


def _plain(stored: str, start: int, end: int, chars: list[str], offsets: list[int]) -> None:
    """Append the plain characters of `stored[start:end]` and their offsets."""
    place = start
    for found in _MARKUP.finditer(stored, start, end):
        _keep(stored, place, found.start(), chars, offsets)
        place = found.end()
        kind = found.lastgroup
        at = found.start()
        if kind == "link":
            _plain(stored, *found.span("label"), chars, offsets)
        elif kind == "space" or (kind == "tag" and found[0][:3].lower() in ("<br", "<p>", "</p")):
            if chars and chars[-1] != " ":
                chars.append(" ")
                offsets.append(at)
        elif kind == "typographic":
            chars.append(TABLE[found[0]])
            offsets.append(at)
        elif kind == "entity":
            _reference(found[0], at, chars, offsets)
    _keep(stored, place, end, chars, offsets)


def _keep(stored: str, start: int, end: int, chars: list[str], offsets: list[int]) -> None:
    chars.extend(stored[start:end])
    offsets.extend(range(start, end))


def _reference(entity: str, at: int, chars: list[str], offsets: list[int]) -> None:
    """Append the character that a reference like `&amp;` means; unknown ones stay as written."""
    meant = html.unescape(entity)
    if meant == entity:
        _keep(entity, 0, len(entity), chars, [])
        offsets.extend(range(at, at + len(entity)))
        return
    for char in meant[:1]:
        if re.match(f"[{INVISIBLE}]", char):
            return
        chars.append(TABLE.get(char, char))
        offsets.append(at)
