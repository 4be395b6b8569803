"""What stands around the prose: the cue lists of `ontology/furniture.ttl` and tests by them.

The lists are data; the shapes (what a caption, a nav list, a line of prose looks like) are here.
"""

import re
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.resources import folder
from kg.vocab import dip

_EDGES = "/ \t*_#|>«»\"'.,:;!?…-–—·•+()[]"
_BRACKET = re.compile(r"[(\[{]([^()\[\]{}]{2,200})[)\]}][. ]{0,3}\Z")
_BRACKET_ENDS = (")", "]", "}", ").", "].", ") ", "] ")
_READING_TIME = re.compile(
    r"\d{1,3}[- ]?(?:min(?:ute)?s?\.?)(?: of)? read(?:ing)?(?: time)?\Z|read(?:ing)? time", re.I
)
_COUNTER = re.compile(
    r"[\d,.]{1,9}[km]? ?(?:views?|shares?|comments?|likes?|reads?|followers?|photos?|images?"
    r"|retweets?|hits)\Z",
    re.I,
)
_AGO = re.compile(
    r"(?:\d{1,3}|an?) (?:second|minute|min|hour|hr|day|week|month|year)s? ago\Z", re.I
)
_HANDLES = re.compile(r"(?:(?:follow )?[@#][\w.]{1,40}[ ,|/·]*){1,12}\Z", re.I)
_MAIL = re.compile(r"\S{1,80}@[\w-]{1,60}\.\w{1,20}")
_WORD = re.compile(r"[^\W\d_]+(?:[-'.][^\W\d_]+)*")
_END_MARKS = ".!?:;…\"')]"
_BYLINE = re.compile(r"(?:By|BY|by:|By:) (?=[^\W\d])")
_SMALL = frozenset(
    [
        "and",
        "of",
        "the",
        "for",
        "in",
        "at",
        "with",
        "from",
        "de",
        "da",
        "di",
        "van",
        "von",
        "der",
        "al",
        "bin",
        "el",
        "la",
        "le",
        "du",
    ]
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of phrases to look for as whole words anywhere in a line."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def within(self, lower: str) -> bool:
        """Tell whether one stands in `lower`; plain search first, as it is ten times faster."""
        return any(word in lower for word in self.words) and bool(self.pattern.search(lower))


@dataclass(frozen=True, slots=True)
class Furniture:
    """The cue lists, ready for use; all in lower case."""

    line: frozenset[str]
    start: tuple[str, ...]
    words: Phrases
    end: tuple[str, ...]
    caption: Phrases
    credit: Phrases  # the caption words with a slash: "/AFP"
    agencies: frozenset[str]
    not_places: frozenset[str]
    date_words: frozenset[str]
    outlet_words: frozenset[str]
    english: frozenset[str]


@cache
def furniture() -> Furniture:
    """Return the lists of `ontology/furniture.ttl`. Raises OntologyError if it is ill-formed."""
    path = folder("ontology") / "furniture.ttl"
    lists: dict[str, list[str]] = {}
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if quad.predicate == dip("phrase") and isinstance(quad.subject, ox.NamedNode):
                lists.setdefault(quad.subject.value, []).append(quad.object.value)
    except (OSError, SyntaxError) as fault:
        raise OntologyError(f"{path}: {fault}; restore the file") from fault

    def phrases(kind: str) -> list[str]:
        found = lists.get(dip(kind).value)
        if not found:
            raise OntologyError(f"{path}: no phrases of dip:{kind}; restore the list")
        return sorted(set(found))

    return Furniture(
        line=frozenset(phrases("furnitureLine")),
        start=tuple(phrases("furnitureStart")),
        words=_alternatives(phrases("furnitureWords")),
        end=tuple(phrases("endOfArticle")),
        caption=_alternatives(phrases("captionWord")),
        credit=_alternatives([phrase for phrase in phrases("captionWord") if "/" in phrase]),
        agencies=frozenset(phrases("agency")),
        not_places=frozenset(phrases("notADateline")),
        date_words=frozenset(phrases("dateLineWord")),
        outlet_words=frozenset(phrases("outletWord")),
        english=frozenset(phrases("englishWord")),
    )


def _alternatives(phrases: list[str]) -> Phrases:
    pattern = re.compile(
        "|".join(
            (r"(?<!\w)" if phrase[0].isalnum() else "")
            + re.escape(phrase)
            + (r"(?!\w)" if phrase[-1].isalnum() else "")
            for phrase in sorted(phrases, key=len, reverse=True)
        )
    )
    return Phrases(tuple(phrases), pattern)


def is_furniture(text: str, cues: Furniture) -> bool:
    """Tell whether a line (plain characters) is no part of the article's prose."""
    if len(text) > 600:
        return False
    lower = text.casefold()
    bare = lower.strip(_EDGES)
    if not bare or not any(map(str.isalpha, bare)) or bare in cues.line or lower in cues.line:
        return True
    count = text.count(" ") + 1
    if count <= 60 and lower.startswith(cues.start) and _starts(text, lower, count, cues):
        return True
    if count <= 40 and cues.words.within(lower):
        return True
    if count <= 12 and any(p.search(bare) for p in (_READING_TIME, _COUNTER, _AGO, _HANDLES)):
        return True
    if count <= 12 and not is_prose(text) and cues.credit.within(lower):
        return True
    if count <= 8 and (_MAIL.search(text) or _HANDLES.match(text)):
        return True
    return is_caption(text, cues) or is_byline(text) or _is_menu(text)


def _starts(text: str, lower: str, count: int, cues: Furniture) -> bool:
    """Weigh a furniture start: one without a colon must not open a sentence of prose.

    "Published figures show that …" is prose; "Published on 3 May" and "Related: …" are not.
    """
    cue = max((c for c in cues.start if lower.startswith(c)), key=len)
    if lower[len(cue) - 1].isalnum() and lower[len(cue) : len(cue) + 1].isalpha():
        return False
    if (
        cue.endswith((":", "("))
        or cue.startswith(("(", "©"))
        or cue.strip().count(" ") >= 2
        or count <= 8
    ):
        return True
    return not (is_prose(text) and count > 14)


def is_caption(text: str, cues: Furniture) -> bool:
    """Tell whether a line ends with a bracket that credits a picture."""
    bracket = _trailing_bracket(text)
    return bracket is not None and cues.caption.within(bracket[1].casefold())


def _trailing_bracket(text: str) -> re.Match[str] | None:
    if not text.endswith(_BRACKET_ENDS):
        return None
    return _BRACKET.search(text, max(text.rfind("("), text.rfind("["), text.rfind("{"), 0))


def is_byline(text: str) -> bool:
    """Tell whether a line is "By Ann Author" (and "in Geneva") or "By our Gulf staff"."""
    lead = _BYLINE.match(text)
    if not lead or len(text) > 120 or text.endswith((".", "?", "!", ":")):
        return False
    words = text[lead.end() :].replace(",", " ").replace("|", " ").split()
    named = all(word[0].isupper() or word.casefold() in _SMALL for word in words)
    return bool(words) and (len(words) <= 5 or (named and len(words) <= 10))


def is_end(text: str, cues: Furniture) -> bool:
    """Tell whether a line says that the article is over."""
    if len(text) > 300:
        return False
    lower = text.casefold().lstrip(_EDGES.replace("(", ""))
    return lower.startswith(cues.end) and not (is_prose(text) and text.count(" ") > 25)


def is_prose(text: str) -> bool:
    """Tell whether a line reads as a sentence or more: an end mark, or many words."""
    words = text.count(" ") + 1
    return (words >= 5 and text.endswith(tuple(_END_MARKS))) or words > 20


def _is_menu(text: str) -> bool:
    """Tell whether a line is a bar of links: "World | Politics | Opinion", "A » B » C"."""
    bars = sum(text.count(bar) for bar in (" | ", " » ", " > ", " / ", " • ", " · "))
    return bars >= 2 and len(text.split()) <= 4 * (bars + 1) and not text.endswith((".", "?", "!"))


def without_credit(text: str, cues: Furniture) -> int:
    """Return the length of a paragraph without the agency's name in brackets at its end."""
    bracket = _trailing_bracket(text)
    if bracket and bracket[1].casefold().strip(". ") in cues.agencies and bracket.start() > 40:
        return len(text[: bracket.start()].rstrip())
    return len(text)


def is_date_remainder(rest: str, cues: Furniture) -> bool:
    """Tell whether what stands beside a date leaves the line a date line or a byline.

    `rest` is the line without its full dates and clock times.
    """
    words = _WORD.findall(rest)
    open_words = [w for w in words if w.casefold() not in cues.date_words]
    return len(open_words) <= 6 and all(w[0].isupper() or w in _SMALL for w in open_words)
