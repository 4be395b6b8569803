"""The parts of the training recipe that turn corpora into sentences, and its variants."""

import os
import random
from pathlib import Path

import numpy as np
import pytest
import spacy
import srsly

from kg.nlp.sentences import sentence_starts
from training.augment import Names, swap_names, without_stop
from training.lemmas import exceptions_from
from training.names import detokenise, persons_mended, retokenised, surnames
from training.records import to_doc
from training.treebanks import read_conllu

CONLLU = """\
# newdoc id = d
# sent_id = d-1
# newpar
1	Ana	Ana	PROPN	NNP	Number=Sing	4	nsubj	_	Entity=(1-person-new(2-person-new)
2	Ruiz	Ruiz	PROPN	NNP	Number=Sing	1	flat	_	Entity=1)
3-4	didn't	_	_	_	_	_	_	_	SpaceAfter=No
3	did	do	AUX	VBD	_	4	aux	_	_
4	n't	not	PART	RB	_	0	root	_	_
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = d-2
1	It	it	PRON	PRP	_	2	nsubj	_	Entity=(3-organization-giv)
2	left	leave	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_
"""


@pytest.fixture
def sentences(tmp_path: Path):
    (tmp_path / "t.conllu").write_text(CONLLU)
    return list(read_conllu(tmp_path / "t.conllu"))


def test_conllu_becomes_sentences_with_true_spaces_and_names(sentences):
    first, second = sentences
    assert first.spaces == [True, True, False, False, True]
    assert first.ents[:2] == ["B-PERSON", "I-PERSON"]
    assert first.starts_document
    assert first.starts_paragraph
    assert second.ents == ["O", "O", "O"]
    assert second.heads == [1, 1, 1]


def test_sentences_join_to_one_doc_with_a_paragraph_between(sentences):
    first, second = sentences
    doc = to_doc(spacy.blank("en").vocab, [first.with_break("\n\n"), second])
    assert doc.text == "Ana Ruiz didn't.\n\nIt left."
    assert [e.text for e in doc.ents] == ["Ana Ruiz"]
    assert doc[5].is_space
    assert doc[5].head.text == "n't"
    assert len(list(doc.sents)) == 2


def test_a_final_stop_is_left_out_whole(sentences):
    shorter = without_stop(sentences[1])
    assert shorter.words == ["It", "left"]
    assert shorter.heads == [1, 1]
    assert len(shorter.deps) == len(shorter.ents) == len(shorter.spaces) == 2


def test_names_are_exchanged_and_nothing_else(sentences):
    names = Names(given=("Noa",), family=("Okoye",))
    changed = swap_names(sentences[0], names, random.Random(0))  # noqa: S311  # a seed, no secret
    assert changed.words == ["Noa", "Okoye", "did", "n't", "."]
    assert changed.ents == sentences[0].ents


def test_gmbs_mistaken_persons_are_put_right():
    def rows(text: str):
        return [(word, "NNP", tag) for word, _, tag in (w.partition("/") for w in text.split())]

    sure = [rows("Mr./O Ruiz/B-PERSON left/O")] * 4 + [rows("Mr./O Ruiz/B-ORG left/O")]
    known = surnames([*sure, rows("Lima/B-LOC waits/O")])
    assert known == {"Ruiz"}
    wrong = rows("Ms./O Okoye/B-LOC 's/I-LOC staff/I-LOC met/O Ruiz/B-ORG in/O Lima/B-LOC")
    wrong += rows("at/O Ruiz/B-ORG Bank/I-ORG")
    assert [name for _, _, name in persons_mended(wrong, known)] == [
        *("O", "B-PERSON", "O", "O", "O", "B-PERSON", "O", "B-LOC"),
        *("O", "B-ORG", "I-ORG"),
    ]


def test_words_of_gmb_are_spaced_and_cut_anew():
    words = ["Peru", "'s", "envoy", "said", '"', "no", '"', "(", "twice", ")", "."]
    text = "".join(w + " " * s for w, s in zip(words, detokenise(list(words)), strict=True))
    assert text == 'Peru\'s envoy said "no" (twice). '
    rows = [("tit-for-tat", "JJ", "O"), ("Ruiz", "NNP", "B-PERSON"), ("-Diaz", "NNP", "I-PERSON")]
    cut = retokenised(spacy.blank("en"), rows)
    assert len(cut.words) == len(cut.ents) == len(cut.tags)
    assert cut.ents[cut.words.index("Ruiz")] == "B-PERSON"
    assert cut.tags[cut.words.index("tit")] == ""


def test_lemma_exceptions_are_the_lemmas_of_most(sentences):
    kept = exceptions_from(sentences)
    assert kept["aux"]["did"] == ["do"]
    assert "leave" not in kept.get("verb", {})  # seen once only


@pytest.mark.skipif(
    "KGBUILD_CORPORA" not in os.environ, reason="KGBUILD_CORPORA names no folder of treebanks"
)
def test_sentences_of_paragraphs_are_found():
    from training.evaluate import sentence_splitting

    assert sentence_splitting(sentence_starts, Path(os.environ["KGBUILD_CORPORA"])) >= 98


def test_a_pipeline_is_begun_from_nothing(sentences, tmp_path: Path):
    from training import corpus
    from training.train import begin

    for name in ("treebank", "dev", "names"):
        corpus.write(tmp_path / f"{name}.jsonl.gz", sentences)
    srsly.write_json(tmp_path / "pool.json", {"given": ["Ana"], "family": ["Ruiz"]})
    vectors = spacy.blank("en")
    vectors.vocab.set_vector("left", np.array([0.5, 1.0], dtype="f"))
    vectors.to_disk(tmp_path / "vectors")
    begun = spacy.load(begin(tmp_path, tmp_path / "vectors", tmp_path / "begun", seed=7))
    assert set(begun.pipe_labels["tagger"]) == {"NNP", "VBD", "RB", ".", "PRP"}
