"""Self-training: trees for the sentences of GMB on which independent readings agree."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from training import corpus
from training.records import Sentence

_SHORTEST, _LONGEST = 6, 45
_BATCH = 2000


def write_names(data: Path, teachers: Sequence[Language]) -> None:
    """Write the names file of the mix: GMB, its tags where all agree, and Wikigold."""
    gmb = _in_batches(corpus.read(data / "gmb.jsonl.gz"), teachers)
    corpus.write(data / "names.jsonl.gz", [*gmb, *corpus.read(data / "wikigold.jsonl.gz")])


def add_trees(data: Path, teachers: Sequence[Language], count: int, seed: int) -> int:
    """Give trees to those of `count` tagged sentences, drawn by the seed, on which all agree.

    Rewrites the names file and gives the number of trees.
    """
    sentences = corpus.read(data / "names.jsonl.gz")
    tagged = [at for at, sentence in enumerate(sentences) if any(sentence.tags)]
    drawn = sorted(random.Random(seed).sample(tagged, min(count, len(tagged))))
    for at, labelled in zip(
        drawn, _in_batches([sentences[at] for at in drawn], teachers), strict=True
    ):
        sentences[at] = labelled
    corpus.write(data / "names.jsonl.gz", sentences)
    return sum(sentences[at].parsed for at in drawn)


def _in_batches(sentences: Sequence[Sentence], teachers: Sequence[Language]) -> list[Sentence]:
    labelled: list[Sentence] = []
    for at in range(0, len(sentences), _BATCH):
        labelled += label(sentences[at : at + _BATCH], teachers)
    return labelled


def label(sentences: Sequence[Sentence], teachers: Sequence[Language]) -> list[Sentence]:
    """Give the sentences with what the teachers say, where they are to be believed.

    A tag stays where GMB's own tagger and every teacher agree. With two teachers or more, a
    sentence gets the tree, the parts of speech and the features when all give the same tree.
    """
    if not teachers:
        return [replace(sentence, tags=[]) for sentence in sentences]
    texts = [Doc(teachers[0].vocab, words=s.words, spaces=s.spaces).text for s in sentences]
    readings = [_read(teacher, texts) for teacher in teachers]
    return [_agreed(sentence, docs) for sentence, *docs in zip(sentences, *readings, strict=True)]


def _read(teacher: Language, texts: Sequence[str]) -> list[Doc]:
    """Read each text as one sentence; the vocabulary is renewed never, the Docs are light."""
    wanted = [
        n for n in ("tok2vec", "tagger", "morphologizer", "parser") if n in teacher.pipe_names
    ]
    with teacher.select_pipes(enable=wanted):
        docs = []
        for doc in teacher.pipe(map(_one_sentence(teacher), texts), batch_size=64):
            doc.tensor = doc.tensor[:0]
            docs.append(doc)
        return docs


def _one_sentence(teacher: Language):  # type: ignore[no-untyped-def]
    def make(text: str) -> Doc:
        doc = teacher.make_doc(text)
        for token in doc:
            token.is_sent_start = token.i == 0
        return doc

    return make


def _agreed(sentence: Sentence, docs: Sequence[Doc]) -> Sentence:
    first = docs[0]
    if [t.text for t in first] != sentence.words:
        return replace(sentence, tags=[])
    tags = [
        tag if all(doc[at].tag_ == tag for doc in docs) else ""
        for at, tag in enumerate(sentence.tags)
    ]
    if len(docs) < 2 or not _SHORTEST <= len(first) <= _LONGEST or not _same_tree(docs):
        return replace(sentence, tags=tags)
    return replace(
        sentence,
        tags=tags,
        pos=[t.pos_ if all(d[t.i].pos_ == t.pos_ for d in docs) else "" for t in first],
        heads=[t.head.i for t in first],
        deps=[t.dep_ for t in first],
    )


def _same_tree(docs: Sequence[Doc]) -> bool:
    first = docs[0]
    return sum(t.head == t for t in first) == 1 and all(
        (t.head.i, t.dep_) == (doc[t.i].head.i, doc[t.i].dep_) for doc in docs[1:] for t in first
    )
