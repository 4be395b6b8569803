"""Where sentences begin: a pure rule splitter over a string, and the component that applies it.

The rules know lines, quotations, brackets and abbreviations, not the domain. They stand before
the parser, which by itself splits after `,"` and so cuts a quotation from its speaker.
"""

import re

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Titles and the like: a full stop after one never ends a sentence.
_NEVER = _words(
    """mr mrs ms messrs mmes mme mlle dr prof gen lt col maj capt cpt cmdr cdr sgt cpl pvt adm brig
    amb gov sen rep reps sens rev hon msgr st ste supt insp det fr mt ft vs viz cf approx pres
    dept asst assoc vol fig eds incl e.g i.e"""
)
# Before a number only: `No. 5`, `Art. 41`.
_BEFORE_NUMBER = _words("no nos art arts sec secs par para p pp ch res op ca")
# These may end a sentence; the next word decides.
_MAYBE = _words(
    """jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    inc corp ltd co bros plc jr sr esq ph.d ave blvd rd dist univ assn intl natl govt min max est
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev
    okla ore pa penn tenn tex va vt wash wis wyo ont que"""
)
# Words that, with a capital, hardly ever stand inside a name after an abbreviation.
_STARTERS = _words(
    """the this that these those he she it they we you i his her its their our my there here who
    what when where why how which in on at by for from with without under over after before during
    since until while although though as if unless because despite amid against between among
    and but or yet so nor however meanwhile moreover furthermore nevertheless nonetheless instead
    also then thus hence still now later earlier once asked some many most several both all each
    every either neither another other others such an no not last next today yesterday tomorrow
    according following about up only even more"""
)
_CLOCK_TAIL = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|yesterday"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|[a-z]{2,4}t|utc"
    r"|[a-z]+(?:\s[a-z]+)?\s(?:standard\s|daylight\s|summer\s)?time)\b",
    re.IGNORECASE,
)
# After `?"` or `!"`: a short name or pronoun, then a verb of saying.
_ATTRIBUTION = re.compile(
    r"(?:[A-Z][\w.'-]*,?\s+|(?:of|the|for|and|de|al|el|bin|von|van|der|da|dos)\s+){1,8}"
    r"(?:said|says|asked|asks|told|added|wrote|replied)\b"
)

_CLOSERS = "\"'”’»)]}"
_OPENERS = "\"'“‘„«([{"
_END = re.compile(r"(?:[.!?…。？！]+)(?:\s?\[\d{1,3}\])*[" + re.escape(_CLOSERS) + r"]*(?=\s)")
_GLUED = re.compile(r"(?<=[a-z]{3}\.)(?=[A-Z][a-z]*\s)|(?<=[a-z][.!?][\"”])(?=[A-Z][a-z]*[\s,])")
_BULLET = re.compile(r"(?<=\s)[•▪●■](?=\s)")
_LINE = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘«»()\[\]/–—-]*$")
_NEXT_WORD = re.compile(r"[\w'’]+(?:\.[A-Za-z](?=\.))*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})")


def sentence_starts(text: str) -> list[int]:
    """Give the offset of the first character of each sentence, in order.

    Lines end sentences; a sentence starts at a character that is not white space. A text without
    capital letters is split at every full stop that no abbreviation explains.
    """
    cased = sum(map(str.isupper, text)) * 400 >= len(text)
    starts: list[int] = []
    line_start = 0
    for line_end in [m.start() for m in _LINE.finditer(text)] + [len(text)]:
        begin = _skip_space(text, line_start, line_end)
        if begin < line_end:
            starts.append(begin)
            starts.extend(_starts_in_line(text, begin, line_end, cased))
        line_start = line_end
    return starts


def _starts_in_line(text: str, begin: int, end: int, cased: bool) -> list[int]:
    """Give the starts after the first within one line, sorted and without repeats."""
    found = {m.start() for m in _BULLET.finditer(text, begin + 1, end)}
    for match in _GLUED.finditer(text, begin, end):
        word = _NEXT_WORD.match(text, match.end(), end)
        after_quote = text[match.start() - 1] != "."
        if after_quote or (word and word.group().lower() in _STARTERS):
            found.add(match.end())
    for match in _END.finditer(text, begin, end):
        nxt = _skip_space(text, match.end(), end)
        if nxt < end and _ends(text, begin, match, nxt, end, cased):
            found.add(nxt)
    return sorted(found)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _ends(text: str, begin: int, match: re.Match[str], nxt: int, end: int, cased: bool) -> bool:
    """Tell whether the stop that `match` found ends a sentence, given what stands around it."""
    first = nxt
    while first < end - 1 and text[first] in _OPENERS:
        first += 1
    if not text[first].isalnum():
        return text[first] in "$€£¥#@" and not _abbreviates(text, begin, match, first, end)
    if text[first].islower() and cased:
        return False
    stop = match.group()
    quoted = any(c in '"”»' for c in stop)
    if stop[0] != "." or stop.startswith(".."):
        return not (quoted and _ATTRIBUTION.match(text, first, end))
    if first > nxt and quoted:
        return True
    return not _abbreviates(text, begin, match, first, end, _STARTERS if cased else frozenset())


def _abbreviates(
    text: str,
    begin: int,
    match: re.Match[str],
    first: int,
    end: int,
    starters: frozenset[str] = _STARTERS,
) -> bool:
    """Tell whether the full stop belongs to an abbreviation that runs on at `first`."""
    before = _WORD_BEFORE.search(text, begin, match.start())
    word = before.group().strip("'’") if before else ""
    at = before.start() if before else match.start()
    if not word:
        return False
    low = word.lower()
    if at == begin and _ENUMERATOR.fullmatch(word) and len(match.group()) == 1:
        return True
    if low in _NEVER:
        return True
    following = _NEXT_WORD.match(text, first, end)
    nxt = following.group().lower() if following else ""
    if low in _BEFORE_NUMBER:
        return nxt[:1].isdigit() or bool(re.fullmatch(r"[ivxlc]{2,}|[vxlc]", nxt))
    if low in ("a.m", "p.m", "am", "pm"):
        return not starters or (
            bool(_CLOCK_TAIL.match(text, first, end)) and nxt not in starters - {"today"}
        )
    if low in _MAYBE:
        return nxt not in starters
    if _INITIALS.fullmatch(word) and (len(word) > 1 or word.isupper()):
        return nxt not in starters
    return False


@Language.component("kg_sentences", assigns=["token.is_sent_start", "doc.sents"])
def kg_sentences(doc: Doc) -> Doc:
    """Fix the start of every sentence; the parser keeps what is set before it."""
    if not len(doc):
        return doc
    starts = set(sentence_starts(doc.text))
    flags = [1 if not token.i or token.idx in starts else -1 for token in doc]
    doc.from_array(["SENT_START"], np.array(flags, dtype="int64").astype("uint64"))  # type: ignore[arg-type]  # a column is enough
    return doc
