"""The shipped pipeline as a whole: loading, offsets, sentences, phrases, determinism."""

from pathlib import Path

import pytest
import spacy

from kg.errors import ModelError
from kg.nlp.pipeline import annotate, load, plain, prepare, uses_universal

TEXT = (
    "Peru Recalls Envoy From Chile\n\n"
    "LIMA, March 3 (Andes Wire) – “We regret this,” said Gen. Ana Ruiz of the U.N. mission.\u00a0She "
    "said last week that 12 diplomats had been told to leave.\r\nMr. Soto’s office didn’t comment.\n"
)


@pytest.fixture(scope="module")
def nlp():
    return load()


def test_the_shipped_model_has_our_components_in_order(nlp):
    names = nlp.pipe_names
    assert names.index("kg_sentences") < names.index("parser") < names.index("kg_repair")
    assert uses_universal(nlp)
    assert nlp.analyze_pipes()["problems"]["kg_repair"] == []


def test_offsets_are_those_of_the_text_given(nlp):
    (doc,) = annotate(nlp, [TEXT])
    assert len(doc.text) == len(TEXT)
    for token in doc:
        given = TEXT[token.idx : token.idx + len(token)]
        assert plain(given) == token.text
    assert TEXT[doc[0].idx : doc[4].idx + len(doc[4])] == "Peru Recalls Envoy From Chile"


def test_sentences_keep_their_quotation_and_its_speaker(nlp):
    (doc,) = annotate(nlp, [TEXT])
    assert [s.text.split()[0] for s in doc.sents] == ["Peru", "LIMA,", "She", "Mr."]
    assert all(sum(t.head == t for t in s) == 1 for s in doc.sents)


def test_white_space_is_tagged_as_such(nlp):
    (doc,) = annotate(nlp, [TEXT])
    spaces = [t for t in doc if t.is_space]
    assert spaces
    assert all(t.pos_ == "SPACE" for t in spaces)


def test_annotating_in_batches_changes_nothing(nlp):
    texts = [TEXT, "Chile answered on Monday. It did not apologise.", "", "Stop"]
    one = [d.to_json() for d in annotate(nlp, texts, batch_size=1)]
    many = [d.to_json() for d in annotate(nlp, texts, batch_size=4)]
    assert one == many


@pytest.mark.parametrize("text", ["", "\n", "  \n\n ", "…", "“”", "?!", "\u200b", "a" * 3000])
def test_odd_texts_are_annotated_without_a_fault(nlp, text):
    (doc,) = annotate(nlp, [text])
    assert len(doc.text) == len(text)


def test_plain_keeps_the_length_of_every_character():
    every = "".join(map(chr, range(0x20, 0x3100)))
    assert len(plain(every)) == len(every)
    assert plain("“Peru’s\u00a0‘no’”") == "\"Peru's 'no'\""


def test_noun_chunks_take_possessors_and_leave_clauses(nlp):
    (doc,) = annotate(nlp, ["The foreign minister of Peru met Chile's new envoy, who had left."])
    chunks = [c.text for c in doc.noun_chunks]
    assert "The foreign minister" in chunks
    assert "Peru" in chunks
    assert "Chile's new envoy" in chunks


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Peru Expels Two Envoys in Row With EU", "Peru expels two envoys in row with EU"),
        ("PERU EXPELS TWO OF EU'S ENVOYS", "Peru expels two of EU's envoys"),
        ("Peru expels two envoys after row", "Peru expels two envoys after row"),
        ("Ruiz Says the U.S. Recalled Envoy", "Ruiz says the U.S. recalled envoy"),
        ("Tit-for-Tat Moves by North Macedonia Over", "Tit-for-tat moves by North Macedonia over"),
        ("Minister İpek Leaves for Peru", "Minister İpek leaves for Peru"),
    ],
)
def test_headlines_come_down_to_sentence_case(headline, expected):
    known = {"Peru", "EU", "North Macedonia", "Chile", "İpek"}.__contains__
    text = headline + "\n\nThe minister said that Ruiz had left."
    ready = prepare(text, [(0, len(headline))], known)
    assert ready[: len(headline)] == expected
    assert len(ready) == len(text)
    assert ready[len(headline) :] == text[len(headline) :]


def test_a_model_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(ModelError, match=r"model 'xx_none_sm': not installed"):
        load("xx_none_sm")
    with pytest.raises(ModelError, match=r"no such model folder"):
        load(tmp_path)


def test_a_model_of_another_language_or_without_parser_is_refused(tmp_path: Path):
    spacy.blank("de").to_disk(tmp_path / "de")
    spacy.blank("en").to_disk(tmp_path / "en")
    with pytest.raises(ModelError, match="choose an English model"):
        load(tmp_path / "de")
    with pytest.raises(ModelError, match="no tagger and no parser"):
        load(tmp_path / "en")


def test_a_broken_model_is_refused_on_one_line(tmp_path: Path):
    (tmp_path / "meta.json").write_text('{"lang": "en"}')
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = ???")
    with pytest.raises(ModelError, match="does not load") as caught:
        load(tmp_path)
    assert "\n" not in str(caught.value)
