"""Numbers in one sentence or phrase -> Quantities: exact, approximate, bounded, or pointing back.

Only what counts things: dates, years, ages, money, percentages, measures, ordinals, times of day
and numbers that are names ("Resolution 2231", "Su-27") are left out. Pure strings.
The unit (the head noun behind the number) is the caller's business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Quantity, Span
from kg.nlp import dates
from kg.nlp.numerals import DIGITS, WORDS, digits_value, words_value

_MAX_TEXT = 200_000
_SCALE = r"(?: |-)?(?P<scale>hundred|thousand|million|billion|trillion|(?:k|mn|bn|tn)\b)"
_NUMBER = re.compile(
    rf"(?<![\w.,$\u20ac\u00a3\u00a5/:#])(?<![^\d]-)(?:"
    rf"(?:(?P<lots>several|a few|many|a couple(?: of)?) )?(?P<dozen>(?P<dn>half a|an?|one|two|three|four|five|six|\d{{1,2}})[ -])?"
    rf"(?P<twelve>dozen|score)(?= |\b)(?!s)"
    rf"|(?:(?P<vague>several|a few|many) )(?P<vscale>hundred|thousand|million)\b"
    rf"|(?P<plural>(?:tens|dozens|scores|hundreds|thousands|millions)(?: of (?:thousands|millions|billions))?)(?= of\b|\b)"
    rf"|(?P<digits>{DIGITS})(?:{_SCALE})?"
    rf"|(?P<words>{WORDS}))(?![\w]|-(?!(?:strong|odd|plus|or|to)\b|\d)[A-Za-z]|[:/]\d|\.\d)",
    re.IGNORECASE,
)
_PLURALS = {
    "tens": (20, 99), "dozens": (24, None), "scores": (40, None), "hundreds": (200, None),
    "thousands": (2000, None), "millions": (2_000_000, None),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "tens of millions": (20_000_000, 99_999_999), "dozens of thousands": (24_000, None),
    "hundreds of millions": (200_000_000, 999_999_999), "thousands of millions": (2 * 10**9, None),
}  # fmt: skip
_SEVERAL = 3  # "several hundred" are three at least, "a few" and "a couple of" two
_BEFORE = re.compile(
    r"(?:^|[\s(\"\u2014-])(?P<bound>more than|no fewer than|no less than|not less than|at least|over|upwards? of|in excess of|greater than"
    r"|fewer than|less than|under|at most|up to|as many as|no more than|not more than|a maximum of|below"
    r"|nearly|almost|close to|just under|about|around|some|roughly|approximately|circa|an estimated|estimated|perhaps|possibly|probably|about another|around another|some other|well over|just over|just more than)"
    r"(?: (?:the|another|an additional|a further|an extra|other|these|those|its|their))?[ (]{1,2}\Z",
    re.IGNORECASE,
)
_AT_LEAST = frozenset(
    {"more than", "no fewer than", "no less than", "not less than", "at least", "over",
     "upward of", "upwards of", "in excess of", "greater than", "well over", "just over",
     "just more than"}
)  # fmt: skip
_AT_MOST = frozenset(
    {"fewer than", "less than", "under", "at most", "up to", "as many as", "no more than",
     "not more than", "a maximum of", "below", "just under"}
)  # fmt: skip
_RANGE = re.compile(r"(?: to | and | or |-| ?\u2013 ?| - )\Z", re.IGNORECASE)
_OR_SO = re.compile(r"(?: or so\b|-odd\b| or thereabouts\b)", re.IGNORECASE)
_OR_MORE = re.compile(r"(?: or more\b|-plus\b|\+| and more\b| or even more\b)", re.IGNORECASE)
# Behind a number, these make it no count of things.
_MEASURE = re.compile(
    r"(?:[ -]?(?:%|percent|per cent|percentage)|[ -](?:(?:US|U\.S\.|American|Canadian|Australian) )?"
    r"(?:dollars?|euros?|pounds?(?! of)|rubles?|roubles?|rupees?|yuan|yen|francs?|pesos?|lira|shekels?|cents?)\b"
    r"|[ -](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|fortnights?)\b"
    r"|[ -]?(?:km|kilomet(?:er|re)s?|mi|miles?|m|met(?:er|re)s?|cm|mm|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?"
    r"|kg|kilos?|kilograms?|grams?|tons?|tonnes?|barrels?|lit(?:er|re)s?|gallons?|degrees?|points?|megawatts?|MW|GW|knots?|mph|nautical|square|cubic)\b"
    r"| ?[ap]\.?m\b|[ -](?:o'clock|times|thirds?|quarters?|fifths?|tenths?|GMT|UTC)\b)",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[$\u20ac\u00a3\u00a5]|\b(?:USD|EUR|GBP|US\$|RMB)) ?\Z")
_AGED = re.compile(
    r"\b(?:aged?|age of|ages of|aged between)(?: \d{1,3} (?:to|and))? \Z", re.IGNORECASE
)
_OPENING = r"(?:So|But|And|Yet|Or|For|Of|In|On|By|At|To|From|With|After|Before|Since|Of|All|Some|Only|About|Around|Nearly|Almost|Over|Under|Another|These|Those|The|Its|Their|His|Her|Our|My|Your|Then|Now|Here|When|While|As|If|Because|Although|Though|Also|That|This|Today|Yesterday|Meanwhile|Last|First|Instead|Still|Thus|Later|Earlier|Just|Even|Both|Up|Among|Between|Until|Once|Where|What|Who|Which|Not|More|Most|Fewer|Less)"
_NAMED = re.compile(rf"(?:\b(?!{_OPENING}\b)[A-Z][\w'-]{{1,24}}|\b[Nn]o\.|\b(?:article|resolution|chapter|section|paragraph|page|room|number|line|phase|group of)) \Z")  # fmt: skip
_FOLLOWS_NAME = re.compile(
    r"(?: (?:of|and|was|is|has|had|on|in|to|which|that|by|at|or|as|for|with)\b|[.,;:)'\"]|\Z)"
)
_NOT_ONE = re.compile(
    r"\b(?:no|any|some|every|each|this|that|the|which|day|another|first) \Z", re.I
)
_ONE_OTHER = re.compile(r" (?:another|day|side|thing|hand|way|who)\b|'s\b", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:an equal number|the same number|an identical number|a similar number|a like number"
    r"|an equivalent number|as many again|just as many|the same amount|numbers? equal to|a matching number"
    r"|a corresponding number|a commensurate number)\b",
    re.IGNORECASE,
)
_SIMILAR = re.compile(r"similar|commensurate|corresponding", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?P<open>several(?! (?:hundred|thousand|million|dozen))|a number of|an unspecified number of|an unknown number of"
    r"|an undisclosed number of|a handful of|a few(?! (?:hundred|thousand|million|dozen))|numerous"
    r"|a group of|a large number of|a small number of|a couple of(?! dozen)|both|a pair of|a trio of)(?= [A-Za-z])",
    re.IGNORECASE,
)
_OPEN_VALUES: dict[str, tuple[int | None, int | None]] = {
    "both": (2, None), "a pair of": (2, None), "a couple of": (2, None), "a trio of": (3, None),
    "a few": (None, 2), "several": (None, 2), "a handful of": (None, 2),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written: its place, value or bounds."""

    start: int
    end: int
    value: int | None
    minimum: int | None = None
    maximum: int | None = None
    approximate: bool = False


def find(text: str, *, previous: int | None = None) -> list[Quantity]:
    """Return the quantities told, in order; spans are into `text`; units are left empty.

    "an equal number" takes the exact number told before it, in `text` or else `previous`; where
    there is none its value stays None, as with "several" and "a number of".
    """
    text = text[:_MAX_TEXT]
    numbers = _without_dates(text, _bounded(text, list(_numbers(text))))
    found = sorted([*numbers, *_open(text)], key=lambda n: (n.start, -n.end))
    quantities: list[Quantity] = []
    end = -1
    for number in found:
        if number.start < end:
            continue
        end = number.end
        if _BACK.match(text, number.start):
            number = replace(number, value=previous)
        elif number.value is not None:
            previous = number.value
        span = Span(number.start, number.end)
        quantities.append(
            Quantity(number.value, number.minimum, number.maximum, "", number.approximate, span)
        )
    return quantities


def _numbers(text: str) -> Iterator[_Number]:
    """Yield the numbers that count things, without regard to what stands before them."""
    for match in _NUMBER.finditer(text):
        number = _valued(match)
        if number is not None and _counts(match, text):
            yield number


def _valued(match: re.Match[str]) -> _Number | None:
    start, end = match.span()
    if match["plural"]:
        low, high = _PLURALS.get(match["plural"].casefold(), (None, None))
        return _Number(start, end, None, low, high, approximate=True) if low else None
    if match["vscale"]:
        least = _SEVERAL if match["vague"].casefold() != "a few" else 2
        unit = words_value(match["vscale"]) or 1
        return _Number(start, end, None, least * unit, approximate=True)
    if match["twelve"]:
        return _dozens(match)
    if match["digits"]:
        value = digits_value(match["digits"], match["scale"] or "")
    else:
        value = words_value(match["words"])
    return None if value is None else _Number(start, end, value)


def _dozens(match: re.Match[str]) -> _Number | None:
    """half a dozen, a dozen, two dozen, several dozen; "score" only with a number before it."""
    unit = words_value(match["twelve"]) or 12
    if match["lots"]:
        least = 2 if "couple" in match["lots"] or "few" in match["lots"] else _SEVERAL
        return _Number(*match.span(), None, least * unit, approximate=True)
    if not match["dn"]:
        return None
    many = match["dn"].casefold()
    if many == "half a":
        return _Number(*match.span(), unit // 2)
    if unit == 20 and many in ("a", "an"):
        return None
    times = int(many) if many.isdigit() else (words_value(many) or 1)
    return _Number(*match.span(), times * unit)


def _counts(match: re.Match[str], text: str) -> bool:
    """Tell whether the number counts things, by what stands around it."""
    start, end = match.span()
    before, after = text[max(0, start - 40) : start], text[end : end + 30]
    if _MEASURE.match(after) or _MONEY.search(before) or _AGED.search(before):
        return False
    word = match[0].casefold()
    if word == "one" and (_NOT_ONE.search(before) or _ONE_OTHER.match(after)):
        return False
    if match["digits"]:
        if match["digits"].startswith("0") and len(match["digits"]) > 1:
            return False
        if before.endswith(", ") and after.startswith(",") and len(match["digits"]) == 2:
            return False  # "Ivan Petrov, 45, said"
        if _NAMED.search(before) and _FOLLOWS_NAME.match(after):
            return False
        if before.endswith("(") and after.startswith(")") and _repeats(text, start):
            return False
    return True


def _repeats(text: str, start: int) -> bool:
    """Tell whether "(27)" stands behind the same number in words."""
    return bool(re.search(rf"(?:{WORDS}) \(\Z", text[max(0, start - 60) : start], re.IGNORECASE))


def _bounded(text: str, numbers: list[_Number]) -> Iterator[_Number]:
    """Join ranges and apply what stands before and behind: about 30, 20 to 30, 30 or more."""
    at = 0
    while at < len(numbers):
        number = numbers[at]
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        lead = text[max(0, number.start - 40) : number.start]
        if following is not None and _is_range(text, number, following, lead):
            assert number.value is not None  # noqa: S101  (tested in _is_range)
            yield _Number(number.start, following.end, None, number.value, following.value)
            at += 2
            continue
        at += 1
        yield _with_bound(text, number, lead)


def _is_range(text: str, one: _Number, two: _Number, lead: str) -> bool:
    """Tell whether two numbers are the ends of a range: "20 to 30", "between 20 and 30"."""
    if one.value is None or two.value is None or one.value >= two.value:
        return False
    between = text[one.end : two.start]
    if not _RANGE.fullmatch(between) or two.start - one.end > 5:
        return False
    words = between.strip(" ").casefold()
    before = lead.rstrip().casefold()
    if words == "and":
        return before.endswith("between")
    return not before.endswith("from")  # "rose from 20 to 30": two numbers


def _with_bound(text: str, number: _Number, lead: str) -> _Number:
    behind = text[number.end : number.end + 20]
    if number.value is None:
        return number
    if extra := _OR_SO.match(behind):
        return replace(number, end=number.end + extra.end(), approximate=True)
    if extra := _OR_MORE.match(behind):
        return replace(number, end=number.end + extra.end(), value=None, minimum=number.value)
    found = _BEFORE.search(lead)
    if not found:
        return number
    bound = " ".join(found["bound"].casefold().split())
    if bound in _AT_LEAST:
        return replace(number, value=None, minimum=number.value)
    if bound in _AT_MOST:
        return replace(number, value=None, maximum=number.value)
    return replace(number, approximate=True)


def _without_dates(text: str, numbers: Iterator[_Number]) -> list[_Number]:
    kept = list(numbers)
    if not kept:
        return kept
    taken = [t.span for t in dates.find(text, None) if t.span]
    left: list[_Number] = []
    at = 0
    for number in kept:
        while at < len(taken) and taken[at].end <= number.start:
            at += 1
        if at == len(taken) or taken[at].start >= number.end:
            left.append(number)
    return left


def _open(text: str) -> Iterator[_Number]:
    """Yield what points back ("an equal number") and what names no number ("several")."""
    for match in _BACK.finditer(text):
        yield _Number(*match.span(), None, approximate=bool(_SIMILAR.search(match[0])))
    for match in _OPEN.finditer(text):
        value, least = _OPEN_VALUES.get(match["open"].casefold(), (None, None))
        approximate = value is None or match["open"].casefold().startswith("a couple")
        yield _Number(*match.span("open"), value, least, approximate=approximate)
