"""Converts the corpora into the files that training reads."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import spacy
import srsly
from spacy.language import Language

from training import corpus
from training.names import (
    name_pool,
    persons_mended,
    read_gmb,
    read_wikigold,
    retokenised,
    surnames,
)
from training.records import Sentence
from training.treebanks import read_conllu, with_names

# Shares of GMB in file order: the last tenth is the test, the 2 % before it the development set.
TEST_FROM, DEV_FROM = 0.9, 0.88


def prepare(corpora: Path, out: Path) -> None:
    """Write treebank, GMB, Wikigold, development and name-pool files under `out`."""
    out.mkdir(parents=True, exist_ok=True)
    trees = corpora / "treebanks"
    nlp = spacy.blank("en")
    corpus.write(
        out / "treebank.jsonl.gz",
        [
            *read_conllu(trees / "en_ewt-train.conllu"),
            *read_conllu(trees / "en_gum-train.conllu"),
            *pud(corpora, "w"),
        ],
    )
    rows = read_gmb(corpora / "ner" / "gmb_voa_ner.zip")
    dev, test = int(len(rows) * DEV_FROM), int(len(rows) * TEST_FROM)
    known = surnames(rows[:dev])
    gmb = [retokenised(nlp, persons_mended(sentence, known)) for sentence in rows[:test]]
    corpus.write(out / "gmb.jsonl.gz", gmb[:dev])
    corpus.write(out / "wikigold.jsonl.gz", wikigold(nlp, corpora))
    corpus.write(
        out / "dev.jsonl.gz",
        [
            *read_conllu(trees / "en_ewt-dev.conllu"),
            *read_conllu(trees / "en_gum-dev.conllu"),
            *(replace(s, tags=[]) for s in gmb[dev:]),
        ],
    )
    given, family = name_pool()
    srsly.write_json(out / "pool.json", {"given": given, "family": family})


def pud(corpora: Path, half: str) -> list[Sentence]:
    """Give PUD's news (`n`) or Wikipedia (`w`) half, with the names of Universal NER.

    Each sentence of PUD is a document of its own but for the few that follow one another.
    """
    sentences = [
        s
        for s in read_conllu(corpora / "treebanks" / "en_pud-test.conllu")
        if s.ident.startswith(half)
    ]
    return with_names(sentences, corpora / "ner" / "uner_pud-test.iob2")


def wikigold(nlp: Language, corpora: Path) -> Iterator[Sentence]:
    for rows in read_wikigold(corpora / "ner" / "wikigold.conll"):
        yield replace(retokenised(nlp, rows), tags=[])
