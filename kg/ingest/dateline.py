"""Datelines ("MOSCOW, Dec 1 (Agency) -"), date lines and dates in metadata. Never the clock.

Only full dates count for the day of publication; what a dateline leaves open (the year) stays so.
"""

import re
from dataclasses import dataclass
from datetime import date

from kg.ingest.furniture import Furniture, is_date_remainder
from kg.ingest.months import MONTHS

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,? ?)"
_CLOCK = (
    r"(?:\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d{1,9})?(?: ?[ap]\.?m\b\.?)?"
    r"(?: ?(?:GMT|UTC|Z\b|[A-Z]{2,4}T\b)?(?: ?[+-]\d\d:?\d\d)?)|\b\d{1,2} ?[ap]\.?m\b\.?)"
)
_FULL = re.compile(
    rf"\b{_WEEKDAY}?(?:"
    rf"(?P<y1>{_YEAR})[-/.](?P<m1>0[1-9]|1[0-2])[-/.](?P<d1>0[1-9]|[12]\d|3[01])(?=T?\b|T\d)"
    rf"|(?P<y4>{_YEAR})(?P<m4>0[1-9]|1[0-2])(?P<d4>0[1-9]|[12]\d|3[01])(?=\b|T\d)"
    rf"|(?P<m2>{_MONTH}),? ?(?P<d2>{_DAY})(?:st|nd|rd|th)?,? ?(?P<y2>{_YEAR})\b"
    rf"|(?P<d3>{_DAY})(?:st|nd|rd|th)?(?: of)?[ -]?(?P<m3>{_MONTH}),?[ -]?(?P<y3>{_YEAR})\b"
    rf"|(?P<a5>\d{{1,2}})(?P<s5>[./-])(?P<b5>\d{{1,2}})(?P=s5)(?P<y5>{_YEAR})\b)",
    re.I,
)
_CLOCKS = re.compile(_CLOCK, re.I)
_ZONE = re.compile(r"\b(?:GMT|UTC|EST|EDT|CET|CEST|BST|IST|MSK|PST|PDT|EET|EEST)(?:[+-]\d{1,2})?\b")

_CAPITAL = "[A-Z\u00c0-\u00de\u0100-\u017d]"
_NAME = rf"{_CAPITAL}[\w\u00c0-\u017f'.-]{{0,24}}"
_NOT_MONTH = rf"(?!(?i:{_MONTH}|{_WEEKDAY}))"
_PLACE = (
    rf"(?P<place>{_NOT_MONTH}{_NAME}"
    rf"(?:(?:[ /-]| / )(?:de |of |la |al-|el-|the )?{_NOT_MONTH}{_NAME}){{0,4}}"
    rf"(?:, {_NOT_MONTH}{_NAME}(?: {_NAME}){{0,2}})?)"
)
_DAYPART = (
    rf"(?P<date>(?i:{_WEEKDAY}?(?:{_MONTH} {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?"
    rf"|{_DAY}(?:st|nd|rd|th)? {_MONTH}(?:,? {_YEAR})?)))"
)
_AGENCY = r"(?P<agency>[(/\[][^()/\[\]\n]{2,40}(?:/[A-Z]{2,4})?[)/\]])"
_SEPARATOR = r"(?P<dash> ?(?:---?|\u2014|\u2013|\u2015)| -(?= )|:(?= ))"
_DATELINE = re.compile(
    rf"(?:{_PLACE})?(?:(?<=[\w.]),? ?)?(?:{_DAYPART})?[.,]?(?: ?{_AGENCY})?[.,]? ?{_SEPARATOR}? ?"
    rf"(?=[\"'(0-9]|{_CAPITAL})"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, and where the prose behind it starts."""

    end: int
    place: str = ""
    date: str = ""  # as written, without the weekday's meaning resolved
    source: str = ""  # the agency or paper in brackets


def dateline(text: str, cues: Furniture) -> Dateline | None:
    """Return the dateline at the start of a paragraph, or None.

    A place in capitals needs a dash or an agency behind it; one in ordinary letters needs a date
    or an agency, so that "Moscow – once an ally – said" is left alone.
    """
    found = _DATELINE.match(text, 0, min(len(text), 160))
    if not found or found.end() == 0:
        return None
    place = (found["place"] or "").strip(" ,.")
    source = (found["agency"] or "").strip("()/[]")
    agency = source.casefold()
    by_agency = agency in cues.agencies or any(
        part.strip() in cues.agencies for part in re.split(r"[/,]|\d", agency)
    )
    day, dash = found["date"] or iso_date(source), found["dash"] or ""
    capitals = bool(place) and _capitals(place)
    dressed = bool(dash and place and (capitals or day)) and source[:1].isupper()
    if source and not by_agency and not dressed:
        return None  # an outlet that we don't know counts only in a dateline's full dress
    if place and not place[0].isupper():
        return None
    if not (by_agency or (dash and (day or capitals)) or (day and place)):
        return None
    if not by_agency and not day and place.casefold() in cues.not_places:
        return None
    if not place and not day and not (by_agency and dash):
        return None
    if dash == ":" and not (day or by_agency) and (len(place) < 4 or text.count(" ") < 12):
        return None
    if not by_agency and not dash and not text[: found.end()].rstrip().endswith("."):
        return None
    named = "" if iso_date(source) or not source[:1].isupper() else source.strip()
    return Dateline(found.end(), place, day.strip(" ,"), named)


def _capitals(place: str) -> bool:
    """Tell whether the city is in capitals ("KYIV, Ukraine", "NEW DELHI", "St. PETERSBURG")."""
    letters = [c for c in place.split(",")[0] if c.isalpha()]
    return sum(map(str.isupper, letters)) >= max(3, 0.75 * len(letters))


def iso_date(text: str) -> str:
    """Return the first full date in `text` as ISO 8601, or an empty string.

    Digits alone ("03/04/2021") count only where they can be read in one way.
    """
    for found in _FULL.finditer(text[:300]):
        if day := _iso(found):
            return day
    return ""


def without_dates(text: str) -> str:
    """Return a line without its full dates and clock times."""
    return _ZONE.sub(" ", _CLOCKS.sub(" ", _FULL.sub(" ", text)))


def date_line(text: str, cues: Furniture) -> str:
    """Return the date of a line that is a date line or a dated byline, else an empty string."""
    if len(text) > 160:
        return ""
    full = _FULL.search(text)
    if not full or not (day := _iso(full)):
        return ""
    return day if is_date_remainder(without_dates(text), cues) else ""


def _iso(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts["y5"]:
        first, second = int(parts["a5"]), int(parts["b5"])
        if (
            parts["s5"] == "." or first > 12 or first == second
        ):  # 03.04.2021: day first wherever dots are used
            day, month = first, second
        elif second > 12:
            day, month = second, first
        else:
            return ""
        return _checked(int(parts["y5"]), month, day)
    for n in "1234":
        if parts[f"y{n}"]:
            name = parts[f"m{n}"].rstrip(".").casefold()
            month = MONTHS.get(name) or int(name)
            return _checked(int(parts[f"y{n}"]), month, int(parts[f"d{n}"]))
    return ""


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
