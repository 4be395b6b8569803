"""Takes down the capitals of headlines, so that the parser sees ordinary prose."""

import re
from collections.abc import Callable
from itertools import pairwise

from kg.nlp.sentences import sentence_starts

_WORD = re.compile(r"[^\W\d_]+(?:(?:[.&-]|'(?![sS]\b))[^\W\d_]+)*")
_LONGEST_NAME = 5
# Short words that title case leaves small, so that they say nothing about the case.
_SMALL = re.compile(
    r"an?|the|and|but|n?or|for|so|yet|as|at|by|in|off?|on|per|to|up|via|vs|with|about|after|against"
    r"|amid|among|before|between|from|into|near|out|over|since|than|that|under|until|upon|within"
    r"|without"
)


def names_within(text: str) -> frozenset[str]:
    """Give the words that the text writes with a capital inside a sentence, and never without."""
    capital: set[str] = set()
    small: set[str] = set()
    starts = sentence_starts(text)
    for start, end in pairwise([*starts, len(text)]):
        words = _WORD.findall(text, start, end)
        if is_title_case(text[start:end]):
            continue
        small.update(word for word in words if word.islower())
        capital.update(word for word in words[1:] if word[0].isupper())
    return frozenset(word for word in capital if word.lower() not in small)


def is_title_case(line: str) -> bool:
    """Tell whether nearly every longer word has a capital (or is all capitals)."""
    longer = [word for word in _WORD.findall(line) if not _SMALL.fullmatch(word.lower())]
    raised = sum(word[0].isupper() for word in longer)
    return len(longer) >= 3 and raised >= 0.8 * len(longer)


def lower_headline(line: str, known: Callable[[str], bool]) -> str:
    """Give the line in sentence case: same length, names and abbreviations as they are.

    A line that is in sentence case already comes back unchanged. In a line of capitals a known
    name gets its first letter only ("PERU" becomes "Peru" when "Peru" is known, "EU" stays).
    """
    if not is_title_case(line):
        return line
    words = list(_WORD.finditer(line))
    shouted = sum(m.group().isupper() for m in words) > 0.6 * len(words)
    letters = list(line)
    at = 0
    while at < len(words):
        taken, forms = _known_phrase(line, words[at : at + _LONGEST_NAME], known, shouted)
        for match, form in zip(words[at : at + taken], forms, strict=True):
            if at == 0 and match is words[0]:
                form = match.group()[0] + form[1:]
            letters[match.start() : match.end()] = form
        at += taken
    return "".join(letters)


def _known_phrase(
    line: str, words: list[re.Match[str]], known: Callable[[str], bool], shouted: bool
) -> tuple[int, list[str]]:
    """Give how many words the longest known phrase spans (at least one), and their new forms."""
    for size in range(len(words), 0, -1):
        phrase = line[words[0].start() : words[size - 1].end()]
        if known(phrase):
            return size, [m.group() for m in words[:size]]
        if shouted and known(_capitalised(phrase)):
            return size, [_capitalised(m.group()) for m in words[:size]]
    word = words[0].group()
    inner = "".join(part[1:] for part in word.split("-"))
    abbreviation = not shouted and (inner != inner.lower() or "." in word)
    return 1, [word if abbreviation else _lower(word)]


def _capitalised(phrase: str) -> str:
    return _WORD.sub(lambda m: m.group()[0] + _lower(m.group()[1:]), phrase)


def _lower(word: str) -> str:
    """Lower letter by letter, keeping a letter whose small form is longer."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
