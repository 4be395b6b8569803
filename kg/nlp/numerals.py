"""English number words -> integers: "twenty-seven", "two dozen", "1.2 million". Pure strings."""

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
SCALES = {
    "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 10**6,
    "billion": 10**9, "trillion": 10**12,
    "k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_SMALL_WORDS = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_SCALE_WORDS = "hundred|thousand|million|billion|trillion"
DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,3})?(?![\d,]?\d)|\d{1,9}(?:\.\d{1,3})?(?!\d)"
# Two words at most between scales: "two hundred and twenty-seven thousand".
WORDS = (
    rf"(?:{_SMALL_WORDS})(?:[ -](?:{_SMALL_WORDS}))?"
    rf"(?:[ -](?:{_SCALE_WORDS})"
    rf"(?:[ -](?:and[ -])?(?:{_SMALL_WORDS})(?:[ -](?:{_SMALL_WORDS}))?)?){{0,4}}"
    rf"|an? (?:{_SCALE_WORDS})(?: and (?:{_SMALL_WORDS})(?:[ -](?:{_SMALL_WORDS}))?)?"
)
_SPLIT = re.compile(r"[ -]+")


def words_value(words: str) -> int | None:
    """Return the integer that number words mean, or None where they make no number."""
    total = current = 0
    last = 0
    for word in _SPLIT.split(words.casefold().strip()):
        if word == "and":
            continue
        if word in ("a", "an"):
            current += 1
        elif word in _UNITS:
            if last and (last < 20 or _UNITS[word] >= 10):  # "five six", "twenty eleven"
                return None
            current += _UNITS[word]
            last = _UNITS[word] or 1
        elif word in _TENS:
            if last:
                return None
            current += _TENS[word]
            last = _TENS[word]
        elif word in SCALES:
            scale = SCALES[word]
            current = max(current, 1) * scale
            last = 0
            if scale > 100:
                total, current = total + current, 0
        else:
            return None
    return total + current


def digits_value(digits: str, scale: str = "") -> int | None:
    """Return the integer of `1,200`, `120`, or `1.2` with a scale; None for other decimals."""
    factor = SCALES.get(scale.casefold(), 1)
    whole, _, decimals = digits.replace(",", "").partition(".")
    if not decimals:
        return int(whole) * factor
    value, rest = divmod(int(whole + decimals) * factor, 10 ** len(decimals))
    return value if rest == 0 else None
