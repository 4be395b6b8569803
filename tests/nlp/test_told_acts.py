"""An act of force needs a side that its own words name; a noun of another clause fills no slot."""

import hashlib

import pytest

from kg.model import Article
from kg.nlp.extract import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _acts(extractor: Extractor, text: str) -> set[tuple[str, str, str]]:
    article = Article(
        key="a",
        source="a",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published="2018-03-14",
        published_basis="metadata",
    )
    [extraction] = extractor.extract([article])
    return {
        (
            e.type,
            "|".join(a.party.code for a in e.actors),
            "|".join(a.party.code for a in e.targets),
        )
        for e in extraction.events
    }


def test_a_pronoun_alone_makes_no_act_of_force(extractor: Extractor) -> None:
    acts = _acts(
        extractor, "Gabon expelled two Malian diplomats on Monday. It had hit a nerve, they said."
    )
    assert ("Expulsion", "GA", "ML") in acts
    assert not any(kind == "Attack" for kind, _, _ in acts)


def test_an_act_of_force_with_a_named_side_stays(extractor: Extractor) -> None:
    acts = _acts(
        extractor,
        "Gabon expelled two Malian diplomats on Monday. Its gunboats shelled Malian villages.",
    )
    assert ("Attack", "GA", "ML") in acts


def test_the_subject_behind_a_comma_is_no_object(extractor: Extractor) -> None:
    acts = _acts(
        extractor,
        "If Warsaw gives up its plans, Deputy Foreign Minister Sergei Ryabkov said,"
        " Russia will do nothing.",
    )
    assert not any(kind == "Release" for kind, _, _ in acts)


def test_who_is_struck_off_a_list_is_not_struck(extractor: Extractor) -> None:
    acts = _acts(extractor, "On Friday Lima struck Bolivia off its list of trusted buyers.")
    assert acts == {("TradeRestriction", "PE", "BO")}
