"""Reads the sources of names: the Groningen Meaning Bank, Wikigold, and lists of given names."""

import csv
import io
import random
import zipfile
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from spacy.language import Language

from training.records import Sentence

_TYPES = {"geo": "LOC", "org": "ORG", "per": "PERSON"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words before a name that GMB takes into it and the other sources leave out.
_TITLES = _words(
    """President Prime Minister Foreign Deputy Vice Chief Secretary General Secretary-General
    Defense Defence State of Mr. Mrs. Ms. Dr. Senator Sen. Rep. Gen. Lt. Col. Maj. Colonel Major
    Captain
    Judge King Queen Prince Princess Sheikh Sheik Ayatollah Pope Cardinal Archbishop Bishop Emir
    Sultan Chancellor Ambassador Governor Mayor Premier Justice Interior Finance Oil Information
    Health Former Acting Interim Spokesman Spokeswoman Commander Admiral Brigadier Lieutenant
    Attorney Speaker Congressman Congresswoman Representative Director Assistant Under
    Undersecretary Special Envoy Imam Mullah Reverend Rev. Professor Crown Chairman Parliament
    Parliamentary Trade Security National Adviser Advisor Cabinet Education Labor Agriculture
    Energy Environment Homeland Treasury Commerce Economy Industry Home Sir Lord Lady First
    president prime minister former spokesman spokeswoman general"""
)
# Words before a person alone; behind them GMB has one name in six as a place or an organisation.
_BEFORE_PERSONS = frozenset({"Mr.", "Mrs.", "Ms."})
_MOSTLY, _OFTEN = 0.7, 5
_CLOSES = frozenset(".,;:!?)]}%") | {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "'", "''"}
_OPENS = frozenset("([{$#") | {"``"}


def read_gmb(archive: Path) -> list[list[tuple[str, str, str]]]:
    """Give GMB's sentences in file order, each a list of (word, PTB tag, our IOB tag)."""
    with zipfile.ZipFile(archive) as packed:
        (name,) = [n for n in packed.namelist() if n.endswith(".csv")]
        table = packed.read(name).decode("cp1252")
    sentences: list[list[tuple[str, str, str]]] = []
    for mark, word, tag, name in list(csv.reader(io.StringIO(table)))[1:]:
        if mark:
            sentences.append([])
        if word.strip():
            sentences[-1].append((word, tag, name))
    places = _mostly_places(sentences)
    return [_our_types(sentence, places) for sentence in sentences if sentence]


def _mostly_places(sentences: Iterable[list[tuple[str, str, str]]]) -> frozenset[str]:
    """Find the words that GMB mostly calls places: `gpe` is given to Iraq and to Iraqi alike."""
    kinds: dict[str, Counter[str]] = {}
    for sentence in sentences:
        for word, _, name in sentence:
            if name.startswith("B-"):
                kinds.setdefault(word, Counter())[name[2:]] += 1
    return frozenset(w for w, c in kinds.items() if c["geo"] > 0.5 * c.total())


def _our_types(
    sentence: list[tuple[str, str, str]], places: frozenset[str]
) -> list[tuple[str, str, str]]:
    tags: list[str] = []
    for word, _, name in sentence:
        kind = _TYPES.get(name[2:])
        if word in places and name[2:] in ("gpe", "org") and name.startswith("B-"):
            kind = "LOC"
        tags.append(name[:2] + kind if kind else "O")
    words = [word for word, _, _ in sentence]
    for begin, end in list(_spans(tags)):
        first = begin
        person = tags[begin].endswith("PERSON")
        while first < end and words[first] in (_TITLES if person else ("the", "The")):
            first += 1
        kind = tags[begin][2:]
        for at in range(begin, end):
            tags[at] = "O" if at < first else ("B-" if at == first else "I-") + kind
    return [(word, tag, ours) for (word, tag, _), ours in zip(sentence, tags, strict=True)]


def _spans(tags: list[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, one past the last) of each run of IOB tags."""
    begin = None
    for at, tag in enumerate([*tags, "O"]):
        inside = begin is not None and tag == "I-" + tags[begin][2:]
        if begin is not None and not inside:
            yield begin, at
            begin = None
        if begin is None and tag != "O":
            begin = at


Rows = list[tuple[str, str, str]]


def surnames(sentences: Iterable[Rows]) -> frozenset[str]:
    """Find the words behind *Mr.* and its like that are mostly persons wherever they are names."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    behind: set[str] = set()
    for sentence in sentences:
        for at, (word, _, name) in enumerate(sentence):
            if name != "O":
                kinds[word][name[2:]] += 1
                if at and sentence[at - 1][0] in _BEFORE_PERSONS:
                    behind.add(word)
    return frozenset(
        word
        for word in behind
        if kinds[word].total() >= _OFTEN and kinds[word]["PERSON"] >= _MOSTLY * kinds[word].total()
    )


def persons_mended(sentence: Rows, known: Container[str]) -> Rows:
    """Make persons of the places and organisations that are none.

    Those behind *Mr.* and its like, and those that are one word, a known surname; what a
    possessive joins to the person (*Blair's office*) is no name then.
    """
    mended = list(sentence)
    for begin, end in list(_spans([name for _, _, name in sentence])):
        behind = begin and sentence[begin - 1][0] in _BEFORE_PERSONS
        if behind or (end == begin + 1 and sentence[begin][0] in known):
            owner = True
            for at in range(begin, end):
                word, tag, name = sentence[at]
                owner = owner and word != "'s"
                mended[at] = (word, tag, name[:2] + "PERSON" if owner else "O")
    return mended


def detokenise(words: list[str]) -> list[bool]:
    """Tell for each word whether a space follows, by the habits of printed English."""
    spaces = [True] * len(words)
    inside = False
    for at, word in enumerate(words):
        closing = word in _CLOSES or (word == '"' and inside)
        if closing and at:
            spaces[at - 1] = False
        if word in _OPENS or (word == '"' and not inside):
            spaces[at] = False
        if word == '"':
            inside = not inside
    return spaces


def retokenised(nlp: Language, rows: list[tuple[str, str, str]]) -> Sentence:
    """Cut a sentence anew as the tokenizer will at run time; tags stay where the cut agrees."""
    words = ['"' if row[0] in ("``", "''") else row[0] for row in rows]
    spaces = detokenise(words)
    at, starts = 0, {}
    for word, space, (_, tag, name) in zip(words, spaces, rows, strict=True):
        starts[at] = (at + len(word), tag, name)
        at += len(word) + space
    text = "".join(w + " " * s for w, s in zip(words, spaces, strict=True)).rstrip()
    doc = nlp.make_doc(text)
    tags, ents, covering = [], [], "O"
    for token in doc:
        begun = starts.get(token.idx)
        tags.append(begun[1] if begun and begun[0] == token.idx + len(token) else "")
        if begun:
            covering = begun[2]
        elif covering != "O":
            covering = "I-" + covering[2:]
        ents.append(covering)
    return Sentence(
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[tag if tag.isalpha() or tag.endswith("$") else "" for tag in tags],
        pos=[],
        morphs=[],
        lemmas=[],
        heads=[],
        deps=[],
        ents=ents,
    )


def read_wikigold(path: Path) -> Iterator[list[tuple[str, str, str]]]:
    """Yield Wikigold's sentences as (word, no tag, our IOB tag)."""
    types = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
    rows: list[tuple[str, str, str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        word, _, tag = line.strip().partition(" ")
        if not word:
            if rows:
                yield rows
            rows = []
        elif word != "-DOCSTART-":
            kind = types.get(tag[2:])
            rows.append((word, "", tag[:2] + kind if kind else "O"))


def name_pool(limit: int = 400, seed: int = 0) -> tuple[list[str], list[str]]:
    """Gather given names and family names of many countries in Latin letters from Faker.

    At most `limit` of each from one locale, drawn with the seed, so that no country outweighs
    the rest; sorted.
    """
    import faker.providers.person as person

    rng = random.Random(seed)
    given: set[str] = set()
    family: set[str] = set()
    for module in sorted(iter_modules(person.__path__), key=lambda m: m.name):
        if not module.ispkg:
            continue
        provider = import_module(f"faker.providers.person.{module.name}").Provider
        given.update(_latin(vars(provider).get("first_names"), limit, rng))
        family.update(_latin(vars(provider).get("last_names"), limit, rng))
    return sorted(given), sorted(family)


def _latin(names: object, limit: int, rng: random.Random) -> list[str]:
    """Draw from a list or a table of frequencies; some locales compute theirs: they are passed."""
    if not isinstance(names, list | tuple | dict):
        return []
    fit = sorted({n for n in names if n.isalpha() and n.istitle() and max(n) < "\u0250"})
    return rng.sample(fit, min(limit, len(fit)))
