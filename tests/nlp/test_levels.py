"""Levels of staff: which party's mission, how many, when; and what is no level."""

from hashlib import sha256

import pytest

from kg.model import Article, Observation
from kg.nlp.extract import Extractor


def levels(extractor: Extractor, text: str) -> list[Observation]:
    digest = sha256(text.encode()).hexdigest()
    article = Article("k", "k", text, digest, published="2024-05-06", published_basis="metadata")
    (found,) = extractor.extract([article])
    return list(found.observations)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The German embassy in Minsk, which had some 80 employees, is left with 25.", [("DE", 80, ""), ("DE", 25, "")]),
        ("The Danish embassy has dwindled to 12 people from about 130 in early 2017.", [("DK", 12, ""), ("DK", 130, "2017")]),
        ("The Kenyan embassy in Asmara employs 40 people, its ambassador said.", [("KE", 40, "")]),
        ("The staff of the Polish mission in Minsk has been cut from 46 to 30.", [("PL", 46, ""), ("PL", 30, "")]),
        ("The Turkish embassy has a staff of 30.", [("TR", 30, "")]),
        ("In 2019 the Brazilian embassy in Caracas had 35 diplomats.", [("BR", 35, "2019")]),
        ("Only six diplomats remain at the Swedish embassy in Kabul.", [("SE", 6, "")]),
        ("The number of Finnish diplomats in Sofia fell from 70 to 12.", [("FI", 70, ""), ("FI", 12, "")]),
        ("Two buses left the Omani embassy. The embassy, which had 60 employees, was silent.", [("OM", 60, "")]),
    ],
)  # fmt: skip
def test_levels_are_told(extractor: Extractor, text: str, told: list[tuple[str, int, str]]) -> None:
    found = levels(extractor, text)
    got = [(o.subject.code, o.quantity.value, o.date.value if o.date else "") for o in found]
    assert got == told
    for one in found:
        span = one.quantity.span
        assert span is not None
        assert text[span.start : span.end].split()[-1].isalnum()
        assert text[one.quote.start : one.quote.end] in text


@pytest.mark.parametrize(
    "text",
    [
        "Norway expelled 15 diplomats from the Russian embassy.",
        "The embassy of India in Lagos issued 300 visas.",
        "The Iranian embassy may keep ten diplomats.",
        "Mali ordered France to reduce the staff of its embassy to 10.",
        "The Japanese embassy evacuated 30 of its employees.",
        "The Chilean factory employs 40 people.",
    ],
)
def test_what_is_no_level_or_only_wanted_is_none(extractor: Extractor, text: str) -> None:
    assert levels(extractor, text) == []


def test_of_a_cut_that_is_wanted_the_level_before_it_stands(extractor: Extractor) -> None:
    (one,) = levels(extractor, "Chile demanded that Peru cut its embassy from 50 diplomats to 18.")
    assert (one.subject.code, one.quantity.value, one.quantity.unit) == ("PE", 50, "diplomat")
