"""Who let captives go, for whom they were swapped, and on whom a spy spied."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # who held them lets them go, where only their own clause names the captor
        (
            "Two Danish nurses held in Chad since October were freed on Sunday.",
            ("Release", "TD", "DK"),
        ),
        ("A Danish nurse jailed by Chad has been set free.", ("Release", "TD", "DK")),
        ("Two Danes held in Togo were allowed to board a plane.", ("Release", "TG", "DK")),
        # two sides that let captives go let go each other's
        ("Togo and Benin each returned 40 prisoners of war.", ("Release", "BJ", "TG")),
        # swaps are two acts
        ("Togo freed a Danish nurse in exchange for three spies.", ("Release", "DK", "TG")),
        ("Peru traded a smuggler for a sailor held by Chile.", ("Release", "CL", "PE")),
        ("Peru traded a smuggler for a sailor held by Chile.", ("Release", "PE", "CL")),
        # who catches spies was spied on
        ("Norway has jailed a clerk who had spied for Belarus.", ("Espionage", "BY", "NO")),
        # hackers and ships
        ("A hacking group backed by Iran broke into Omani networks.", ("CyberAttack", "IR", "OM")),
        ("Iran seized a Panamanian-flagged tanker.", ("Detention", "IR", "PA")),
    ],
)
def test_captives_and_spies(extractor: Extractor, text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in {act(e)[:3] for e in read(extractor, text).events}


@pytest.mark.parametrize(
    "text",
    [
        "Togo freed a Danish nurse for lack of evidence.",  # for no one
        "Togo freed a Danish nurse in return for a promise.",
    ],
)
def test_nobody_is_swapped_where_no_captive_is_told(extractor: Extractor, text: str) -> None:
    found = [act(e)[:3] for e in read(extractor, text).events]
    assert [a for a in found if a[0] == "Release"] == [("Release", "TG", "DK")]


def test_how_many_come_back_is_counted_apart(extractor: Extractor) -> None:
    text = "Togo freed two Danish nurses in exchange for seven spies."
    counts = {(act(e)[1], e.count.value if e.count else None) for e in read(extractor, text).events}
    assert counts == {("TG", 2), ("DK", 7)}


def test_who_is_left_out_of_a_ban_is_no_target(extractor: Extractor) -> None:
    text = "India has barred the export of rice to every country but Bhutan."
    assert not [e for e in read(extractor, text).events if "BT" in act(e)[1:3]]


def test_whose_support_it_is(extractor: Extractor) -> None:
    text = "Ghana stopped all imports from Togo in support of Benin."
    assert ("SupportPledge", "GH", "BJ") in {act(e)[:3] for e in read(extractor, text).events}


def test_what_is_demanded_to_be_done_is_not_done(extractor: Extractor) -> None:
    text = "Togo is demanding that Ghana's sanctions against Benin be lifted."
    found = {act(e)[0]: act(e)[3] for e in read(extractor, text).events}
    assert found["SanctionsRelief"] == "demanded"


def test_whom_kidnappers_let_go_no_state_had_seized(extractor: Extractor) -> None:
    text = "Nigerian authorities say kidnappers have released a Polish oil worker seized last week."
    assert not [e for e in read(extractor, text).events if act(e)[1] == "NG"]
