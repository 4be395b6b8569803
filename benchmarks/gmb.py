"""Running text of the Groningen Meaning Bank, nearly all of it news of the Voice of America.

The corpus is one CSV of words, the stories one behind the other; `training/README.md` tells
where it comes from. Nothing of it is part of this repository: gold names its sentences by number.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ARCHIVE = Path("ner", "gmb_voa_ner.zip")
CLOSING = re.compile(r" ([,.;:?!%)])")
OPENING = re.compile(r"([($]) ")
CLITIC = re.compile(r" ('s|n't|'re|'ve|'ll|'d|'m|')(?= |$|[,.])")
QUOTED = re.compile(r'" ([^"]*?) "')


@cache
def sentences(corpora: Path) -> Sequence[str]:
    """The corpus's sentences in file order, as running text: no blank before a stop or within quotes.

    Args:
        corpora: the folder with `ner/gmb_voa_ner.zip`.

    Raises:
        FileNotFoundError: if the archive is not there.
    """
    rows = list[list[str]]()
    with zipfile.ZipFile(corpora / ARCHIVE) as archive, archive.open("ner_dataset.csv") as raw:
        for number, word, *_ in csv.reader(io.TextIOWrapper(raw, "latin-1", newline="")):
            if number.startswith("Sentence:"):
                rows.append([])
            if rows:
                rows[-1].append(word)
    return [running(words) for words in rows]


def running(words: Sequence[str]) -> str:
    """Words as running text."""
    text = CLOSING.sub(r"\1", " ".join(words))
    text = CLITIC.sub(r"\1", OPENING.sub(r"\1", text))
    return QUOTED.sub(r'"\1"', text)


def passage(corpora: Path, first: int, last: int) -> str:
    """The text from sentence `first` to sentence `last`, both counted from 0 and both included.

    Raises:
        FileNotFoundError: if the archive is not there.
        IndexError: if there are no such sentences.
    """
    every = sentences(corpora)
    if not 0 <= first <= last < len(every):
        raise IndexError(f"no sentences {first} to {last}: the corpus has 0 to {len(every) - 1}")
    return " ".join(every[first : last + 1])
