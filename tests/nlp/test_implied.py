"""Accusations and denials that claims tell without a word for them."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import read

Act = tuple[str, str, str]  # type, actor, target


def acts(extractor: Extractor, text: str) -> set[Act]:
    return {
        (
            e.type,
            "|".join(a.party.code for a in e.actors),
            "|".join(a.party.code for a in e.targets),
        )
        for e in read(extractor, text, "2019-05-14").events
    }


IMPLIED = {
    "an act told by who suffered it": (
        "Chadian troops, Niger's envoy told the council, had crossed the border and attacked a garrison.",
        ("Accusation", "NE", "TD"),
    ),
    "a saying put into what is said": (
        "Lao gunboats, Thailand complained, had crossed the river.",
        ("Accusation", "TH", "LA"),
    ),
    "a cleft": (
        "It was Chad that armed the nomads, Libya's foreign minister said.",
        ("Accusation", "LY", "TD"),
    ),
    "what somebody claims, beside its denial": (
        "Peru has denied that its guards shot three herdsmen, as the government in La Paz alleges.",
        ("Accusation", "BO", "PE"),
    ),
    "each other": (
        "Haiti and Jamaica blame each other for the collision.",
        ("Accusation", "JM", "HT"),
    ),
    "a lie from beginning to end": (
        (
            "Malawi accused Zambia of sheltering gunmen. "
            "Zambia's foreign minister: “A lie from beginning to end.”"
        ),
        ("Denial", "ZM", "MW"),
    ),
}


@pytest.mark.parametrize("case", IMPLIED)
def test_a_claim_implies_a_speech_act(extractor: Extractor, case: str) -> None:
    text, wanted = IMPLIED[case]
    assert wanted in acts(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Chadian troops attacked a garrison in Niger, a British general said.",
        "Niger attacked Chad, Niger's foreign minister said.",
        "Haiti and Jamaica blame the storm for the collision.",
    ],
)
def test_no_speech_act_is_implied(extractor: Extractor, text: str) -> None:
    assert not {t for t, _, _ in acts(extractor, text)} & {"Accusation", "Denial"}


def test_nameless_sources_accuse_nobody(extractor: Extractor) -> None:
    told = acts(extractor, "Malian officials say Chadian warplanes have bombed a Malian village.")
    assert ("Attack", "TD", "ML") in told
    assert not {kind for kind, *_ in told} & {"Accusation"}
