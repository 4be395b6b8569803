"""The outlet's name where the head of a text shows it: "The Tatra Courier, 15 May 2019".

By the last word that names of newspapers and agencies end in (`dip:outletWord`), or by the name
of an agency that we know. Authors ("By …") and datelines are no outlets.
"""

import re

from kg.ingest.dateline import without_dates
from kg.ingest.furniture import Furniture

_PARTS = re.compile(r"\s*[|\u2022\u00b7]\s*|\s+[-\u2013\u2014]\s+|,\s+")
_REMARK = re.compile(r"\s*\([^()]{1,40}\)\Z")  # "(English page)"
_WORD = re.compile(r"[^\W\d_][\w'\u2019.&-]*")
_SMALL = frozenset({"of", "the", "and", "de", "di", "da", "la", "le", "el", "del", "des", "der"})
_LONGEST = 5  # words; what is longer is a headline


def outlet(text: str, cues: Furniture) -> str:
    """Return the outlet that a line names, alone or beside a date and a byline, else ""."""
    if len(text) > 120 or text.endswith((".", "?", "!")):
        return ""
    parts = (part.strip(" ,;:") for part in _PARTS.split(without_dates(text)))
    return next((part for part in parts if is_outlet(part, cues)), "")


def is_outlet(name: str, cues: Furniture) -> bool:
    """Tell whether a name is that of an outlet: capitals, few words, the last of which says so."""
    if name.casefold() in cues.agencies:
        return True
    words = _WORD.findall(_REMARK.sub("", name))
    if not 2 <= len(words) <= _LONGEST or words[0].casefold() in {"by", "from"}:
        return False
    capital = all(word[0].isupper() or word in _SMALL for word in words)
    return capital and words[-1].casefold() in cues.outlet_words
