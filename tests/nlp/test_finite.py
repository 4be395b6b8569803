"""Finite verbs that the parser takes for participles, and what hangs on that."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            (
                "The United States on Wednesday lifted sanctions on a former Malian defence "
                "minister, Ali Sow, and two other officers, as Washington seeks closer ties."
            ),
            ("SanctionsRelief", "US", "ML"),
        ),
        (
            "Chadian forces crossed into Libya on Tuesday and attacked a camp, the army said.",
            ("Invasion", "TD", "LY"),
        ),
    ],
)
def test_the_verb_is_found(extractor: Extractor, text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in {act(e)[:3] for e in read(extractor, text).events}


def test_a_participle_with_its_agent_stays_one(extractor: Extractor) -> None:
    text = "Chadian troops captured by Libya and later freed went home on Tuesday."
    found = {act(e)[:3] for e in read(extractor, text).events}
    assert ("Detention", "TD", "LY") not in found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Peru sent rescue teams to Haiti, and Chile gave three planes.",
            ("SupportPledge", "CL", "HT"),
        ),
        (
            "Canada blacklisted nine banks in Laos and Brunei.",
            ("Sanctions", "CA", "BN"),
        ),
        (
            "Chad's defence minister said that 900 troops would be deployed along Niger's border.",
            ("MilitaryBuildup", "TD", "NE"),
        ),
    ],
)
def test_parties_told_beside(extractor: Extractor, text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in {act(e)[:3] for e in read(extractor, text).events}


def test_banks_that_help_act_for_no_state(extractor: Extractor) -> None:
    text = "Canada blacklisted nine banks in Laos for helping Brunei."
    assert {act(e)[0] for e in read(extractor, text).events} == {"Sanctions"}


def test_the_release_of_whom_a_pronoun_means(extractor: Extractor) -> None:
    text = "Iran has jailed a Norwegian woman. Oslo demanded her immediate release."
    assert ("Release", "IR", "NO") in {act(e)[:3] for e in read(extractor, text).events}
