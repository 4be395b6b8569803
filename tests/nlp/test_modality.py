"""Modality in real parses: what is told as done, and what is only planned, threatened, wanted or denied."""

from functools import cache

import pytest

from kg import lexicon
from kg.model import Article
from kg.nlp.extract import Extractor


@cache
def extractor() -> Extractor:
    return Extractor(None, lexicon.load())


def told(text: str) -> dict[str, str]:
    """Return the modality of each event in the text by its type."""
    article = Article("a", "a", text, "0" * 64, published="2018-03-14", published_basis="metadata")
    (found,) = extractor().extract([article])
    return {e.type: e.modality for e in found.events}


@pytest.mark.parametrize(
    ("text", "type_", "modality"),
    [
        ("Chile expelled two Peruvian diplomats.", "Expulsion", "actual"),
        ("Chile has decided to expel two Peruvian diplomats.", "Expulsion", "actual"),
        ("Chile may expel two Peruvian diplomats.", "Expulsion", "possible"),
        ("Chile is considering expelling two Peruvian diplomats.", "Expulsion", "planned"),
        ("Chile favours expelling the Peruvian envoy.", "Expulsion", "demanded"),
        ("Chile threatened to expel two Peruvian diplomats.", "Expulsion", "threatened"),
        ("Chile did not expel any Peruvian diplomats.", "Expulsion", "denied"),
        ("Chile refused to expel the Peruvian ambassador.", "Expulsion", "denied"),
        ("Bolivia urged Chile to expel the Peruvian ambassador.", "Expulsion", "demanded"),
        (
            "Chile would expel the Peruvian envoy if Lima cut off its gas.",
            "Expulsion",
            "conditional",
        ),
        ("The presidents of Kenya and Rwanda will meet in May.", "Meeting", "planned"),
        ("The presidents of Kenya and Rwanda met in May.", "Meeting", "actual"),
        ("Oman's foreign minister plans to visit Yemen.", "Visit", "planned"),
        ("Oman's foreign minister cancelled a visit to Yemen.", "Visit", "denied"),
        ("Ghana called for talks between Togo and Benin.", "Negotiation", "demanded"),
        ("Iran offered to mediate between Peru and Chile.", "Mediation", "planned"),
        (
            "A senator predicted that two Peruvian diplomats would be expelled by Chile.",
            "Expulsion",
            "possible",
        ),
        ("Kenya has offered to host talks between Sudan and Chad.", "Mediation", "planned"),
        ("Iran volunteered to mediate between Peru and Chile.", "Mediation", "planned"),
        ("Cyprus will not recognise Kosovo.", "Recognition", "denied"),
    ],
)
def test_a_word_above_the_act_tells_how_it_is_meant(text: str, type_: str, modality: str) -> None:
    assert told(text).get(type_) == modality


@pytest.mark.parametrize(
    "text",
    [
        "Norway will never accept the annexation of Crimea by Russia.",
        "Norway would not recognise the annexation of Crimea by Russia.",
        "Norway could not forgive the annexation of Crimea by Russia.",
        "Norway will condemn the annexation of Crimea by Russia.",
    ],
)
def test_what_is_taken_for_granted_stays_actual(text: str) -> None:
    assert told(text)["Annexation"] == "actual"


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "The killing of the drivers will not go unpunished, the Algerian presidency said.",
            "Threat",
        ),
        ("Norway would not accept the demand of Russia.", "Rejection"),
        ("Reciprocal measures will follow, the Russian foreign ministry said.", "Threat"),
    ],
)
def test_a_threat_or_refusal_told_by_will_not_is_itself_made(text: str, type_: str) -> None:
    assert told(text).get(type_) == "actual"


def test_threatened_sanctions_are_not_imposed() -> None:
    found = told("The United States threatened Turkey with sanctions.")
    assert found.get("Threat") == "actual"
    assert found.get("Sanctions", "threatened") != "actual"
