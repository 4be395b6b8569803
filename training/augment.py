"""Variants of a sentence that news brings and treebanks lack; pure, given the chance."""

import random
from dataclasses import dataclass, replace

from training.headlines import Verbs, headline
from training.records import Sentence


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each variant is made, as shares of the sentences that allow it."""

    lower: float = 0.12
    title: float = 0.02
    no_stop: float = 0.05
    curly: float = 0.03
    names: float = 0.2
    paragraph: float = 0.25
    headline: float = 0.1


@dataclass(frozen=True, slots=True)
class Names:
    given: tuple[str, ...]
    family: tuple[str, ...]


def vary(
    sentence: Sentence, rates: Rates, names: Names, verbs: Verbs, rng: random.Random
) -> Sentence:
    """Give the sentence, or a variant of it; but for headlines trees and tags keep their shape."""
    if sentence.ents and rng.random() < rates.names:
        sentence = swap_names(sentence, names, rng)
    if sentence.parsed and rng.random() < rates.headline:
        return headline(sentence, verbs, rng) or sentence
    if rng.random() < rates.no_stop:
        sentence = without_stop(sentence)
    chance = rng.random()
    if chance < rates.lower:
        return replace(sentence, words=[_lower(w) for w in sentence.words])
    if chance < rates.lower + rates.title:
        return replace(sentence, words=[w[:1].upper() + w[1:] for w in sentence.words])
    if chance < rates.lower + rates.title + rates.curly:
        return replace(sentence, words=_curly(sentence.words))
    return sentence


def _lower(word: str) -> str:
    low = word.lower()
    return low if len(low) == len(word) else word


def _curly(words: list[str]) -> list[str]:
    curly, inside = [], False
    for word in words:
        if word == '"':
            word = "”" if inside else "“"
            inside = not inside
        curly.append(word.replace("'", "’"))
    return curly


def swap_names(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    """Put other names for persons' names of plain words: the last a family name, the rest given."""
    words = list(sentence.words)
    for at, tag in enumerate(sentence.ents):
        if not tag.endswith("PERSON") or not words[at].isalpha() or not words[at].istitle():
            continue
        last = at + 1 == len(words) or sentence.ents[at + 1] != "I-PERSON"
        words[at] = rng.choice(names.family if last else names.given)
    return replace(sentence, words=words)


def without_stop(sentence: Sentence) -> Sentence:
    """Leave the final full stop out, as headlines and list lines do."""
    if (
        len(sentence.words) < 3
        or sentence.words[-1] != "."
        or (sentence.parsed and len(sentence.words) - 1 in sentence.heads)
    ):
        return sentence
    return replace(
        sentence,
        words=sentence.words[:-1],
        spaces=[*sentence.spaces[:-2], True],
        tags=sentence.tags[:-1],
        pos=sentence.pos[:-1],
        morphs=sentence.morphs[:-1],
        lemmas=sentence.lemmas[:-1],
        heads=sentence.heads[:-1],
        deps=sentence.deps[:-1],
        ents=sentence.ents[:-1],
    )
