"""Sentences whose subject stands behind a fronted phrase or before an aside, read by the whole pipeline."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read

CASES = [
    (
        "As a storm closed airports across Latvia, Chile expelled two Omani diplomats.",
        ("Expulsion", "CL", "OM"),
    ),
    (
        "In a step that alarmed traders in Malta, Nepal recalled its ambassador to Peru.",
        ("AmbassadorRecall", "NP", "PE"),
    ),
    (
        "Gabon, where schools have closed for Easter, lodged a protest with Togo.",
        ("Protest", "GA", "TG"),
    ),
    (
        "Fiji, which has small forces of its own, appealed to Tonga to reopen the pipeline.",
        ("Request", "FJ", "TO"),
    ),
    (
        "Pakistan, a small member of the bloc, apologised to Nauru on Friday.",
        ("Apology", "PK", "NR"),
    ),
    (
        "Romania, citing its own laws, warned Belize against further tests.",
        ("Warning", "RO", "BZ"),
    ),
    (
        "Citing concerns over safety, Gabon has apologised to Taiwan for the mistake.",
        ("Apology", "GA", "TW"),
    ),
    (
        "Acting on advice from lawyers in Togo, Norway alleged that Benin had violated the treaty.",
        ("Accusation", "NO", "BJ"),
    ),
    ("Bhutanese troops crossed into Nepal, local media reported.", ("Invasion", "BT", "NP")),
    (
        "Jamaica shut two Armenian consulates, and prices in Grenada fell slightly.",
        ("MissionClosure", "JM", "AM"),
    ),
    ("Cuba, unlike Belize, imposed sanctions on Haiti.", ("Sanctions", "CU", "HT")),
    ("Unlike Estonia, Malta expelled two Omani diplomats.", ("Expulsion", "MT", "OM")),
    (
        "Angola fired missiles at Zambia, according to a report in a Maltese newspaper.",
        ("Attack", "AO", "ZM"),
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_who_stands_by_takes_no_part(
    extractor: Extractor, sentence: str, expected: tuple[str, str, str]
) -> None:
    events = read(extractor, sentence, "2018-03-14").events
    assert [act(event) for event in events] == [(*expected, "actual")]
