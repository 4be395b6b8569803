"""Sayings put behind their words, and how what is denied or threatened at a distance is meant."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import acts, read

CASES = [
    ("The US has accused Cuba of spying.", ("Accusation", "US", "CU", "actual")),
    (
        "Mali must stop arming rebels, Niger's foreign minister said.",
        ("Demand", "NE", "ML", "actual"),
    ),
    (
        '"Laos must release the fishermen," Cambodian Foreign Minister Sok Prak told reporters.',
        ("Demand", "KH", "LA", "actual"),
    ),
    (
        "Gabon is responsible for the raid, Cameroon's president said on Sunday.",
        ("Accusation", "CM", "GA", "actual"),
    ),
    (
        "Peru shipped rifles to the rebels, an Ecuadorean deputy minister charged.",
        ("Accusation", "EC", "PE", "actual"),
    ),
    (
        "Kenya threatened on Monday to break relations with Somalia unless the port was reopened.",
        ("BreakRelations", "KE", "SO", "threatened"),
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_what_a_saying_behind_it_tells(
    extractor: Extractor, text: str, wanted: tuple[str, str, str, str]
) -> None:
    assert wanted in acts(read(extractor, text))


@pytest.mark.parametrize(
    "text",
    [
        '"We must leave the union," the Greek minister said.',
        "Togo denied that its soldiers had crossed into Benin.",
        "Togo denied that it had expelled two diplomats of Benin.",
    ],
)
def test_no_act_is_told(extractor: Extractor, text: str) -> None:
    assert {a[0] for a in acts(read(extractor, text))} <= {"Denial"}
