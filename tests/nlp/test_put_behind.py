"""Sayings put behind their words, and how what is denied or threatened at a distance is meant."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import acts, read

CASES = [
    (
        "Malawi and Benin have normalised relations after a row.",
        ("RestoreRelations", "BJ+MW", "", "actual"),
    ),
    (
        "Chad said it would not take part in talks with Libya.",
        ("Negotiation", "LY+TD", "", "denied"),
    ),
    (
        "Togo charged on Sunday that troops of Benin had shelled a port.",
        ("Accusation", "TG", "BJ", "actual"),
    ),
    (
        "Mali will close the border with Niger if the raids go on, its defence minister warned.",
        ("Warning", "ML", "NE", "actual"),
    ),
    (
        "Oman will expel Yemen's diplomats, its minister warned.",
        ("Expulsion", "OM", "YE", "threatened"),
    ),
    ("Iran agreed on Sunday to free four Syrian soldiers.", ("Release", "IR", "SY", "planned")),
    ("Laos denounced the killing of two Cambodian traders.", ("Condemnation", "LA", "", "actual")),
    ("Chad expelled up to 20 Libyan diplomats.", ("Expulsion", "TD", "LY", "actual")),
    (
        "Kenya repeated its demand on Monday that Uganda ease sanctions on Rwanda.",
        ("SanctionsRelief", "UG", "RW", "demanded"),
    ),
    (
        "Cyprus was the first European Union state to recognise Kosovo.",
        ("Recognition", "CY", "XK", "actual"),
    ),
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
        "Three men suspected by the West of planting the bomb fled, a Syrian newspaper said.",
        "Iran refused on Sunday to expel three Syrian diplomats.",
        "Turkey protested against the arrest of Cypriot fishermen.",
        "A statement issued by the Maltese ministry said that the harbour was calm.",
        "The UN appealed for an end to fighting between Chadian troops and rebels.",
        "Togo denied that its soldiers had crossed into Benin.",
        "Togo denied that it had expelled two diplomats of Benin.",
    ],
)
def test_no_act_is_told(extractor: Extractor, text: str) -> None:
    told = acts(read(extractor, text))
    assert {a[0] for a in told if a[3] != "denied"} <= {"Denial", "Request", "Rejection"}
