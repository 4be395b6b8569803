"""Hyphenated spellings of one word are one token, with the lemma of the plain spelling."""

import pytest

from kg.nlp.extract import Extractor


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Peru and Chile signed a cease-fire.", "cease-fire", "ceasefire"),
        ("Cease-fires rarely last, Chad said.", "Cease-fires", "ceasefire"),
        ("Chad's pull-out from Mali began.", "pull-out", "pullout"),
    ],
)
def test_a_hyphen_does_not_split_a_word(
    extractor: Extractor, text: str, word: str, lemma: str
) -> None:
    [token] = [t for t in extractor.nlp(text) if t.text == word]
    assert (token.lemma_, token.pos_) == (lemma, "NOUN")


def test_other_hyphens_still_part_words(extractor: Extractor) -> None:
    assert [t.text for t in extractor.nlp("a Peru-Chile pact")][1:4] == ["Peru", "-", "Chile"]
