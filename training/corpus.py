"""The training stream: every epoch mixes treebanks with a fresh slice of names, varied anew."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import srsly
from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from training.augment import Names, Rates, vary
from training.headlines import verbs_of
from training.records import Sentence, to_doc

_LONGEST_GROUP = 6


def write(path: Path, sentences: Iterable[Sentence]) -> None:
    """Write sentences as gzipped JSON lines."""
    srsly.write_gzip_jsonl(path, [asdict(s) for s in sentences])


def read(path: Path) -> list[Sentence]:
    """Read what `write` wrote."""
    return [Sentence(**row) for row in srsly.read_gzip_jsonl(path)]


def groups(sentences: list[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
    """Cut a list into runs of one to six sentences of one document and one set of layers."""
    group: list[Sentence] = []
    size = rng.randint(1, _LONGEST_GROUP)
    for sentence in sentences:
        full = len(group) >= size or sentence.starts_document
        if group and (full or _layers(sentence) != _layers(group[0])):
            yield group
            group, size = [], rng.randint(1, _LONGEST_GROUP)
        group.append(sentence)
    if group:
        yield group


def _layers(sentence: Sentence) -> tuple[bool, bool]:
    return bool(sentence.heads), bool(sentence.ents)


@registry.readers("kg.mixed_corpus.v1")
def mixed_corpus(
    folder: str, extra_share: float, seed: int
) -> Callable[[Language], Iterator[Example]]:
    """Make the reader of an endless stream: call it once an epoch.

    An epoch is the whole of `treebank.jsonl.gz` and, of `names.jsonl.gz`, the next slice with
    `extra_share` times as many words; groups of sentences in random order.
    """
    treebank = read(Path(folder) / "treebank.jsonl.gz")
    extra = read(Path(folder) / "names.jsonl.gz")
    pool = srsly.read_json(Path(folder) / "pool.json")
    names = Names(given=tuple(pool["given"]), family=tuple(pool["family"]))
    verbs = verbs_of(treebank)
    rng = random.Random(seed)
    rng.shuffle(extra)
    wanted = extra_share * sum(len(s.words) for s in treebank)
    state = {"at": 0}

    def next_slice() -> list[Sentence]:
        taken: list[Sentence] = []
        size = 0
        while extra and size < wanted:
            if state["at"] == len(extra):
                state["at"] = 0
                rng.shuffle(extra)
            taken.append(extra[state["at"]])
            size += len(taken[-1].words)
            state["at"] += 1
        return sorted(taken, key=_layers)

    def stream(nlp: Language) -> Iterator[Example]:
        epoch = [*groups(treebank, rng), *groups(next_slice(), rng)]
        rng.shuffle(epoch)
        for group in epoch:
            yield _example(nlp, [vary(s, Rates(), names, verbs, rng) for s in group], rng)

    return stream


def _example(nlp: Language, group: list[Sentence], rng: random.Random) -> Example:
    broken = [
        s.with_break(rng.choice(["\n", "\n\n"]))
        if not s.break_after and rng.random() < Rates().paragraph
        else s
        for s in group
    ]
    gold = to_doc(nlp.vocab, broken)
    return Example(nlp.make_doc(gold.text), gold)


@registry.readers("kg.plain_corpus.v1")
def plain_corpus(path: str) -> Callable[[Language], Iterator[Example]]:
    """Make the reader of a development set: groups in file order, as they are."""
    sentences = read(Path(path))

    def stream(nlp: Language) -> Iterator[Example]:
        for group in groups(sentences, random.Random(0)):
            gold = to_doc(nlp.vocab, group)
            yield Example(nlp.make_doc(gold.text), gold)

    return stream
