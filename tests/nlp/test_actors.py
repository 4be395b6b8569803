"""Actors in real parses: which forms count, what only looks like an actor, who speaks for whom."""

from functools import cache

import pytest

from kg import lexicon
from kg.nlp import pipeline
from kg.nlp.actors import Gazetteer, Mention


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(lexicon.load(), pipeline.load())


def mentions(text: str) -> list[Mention]:
    (doc,) = pipeline.annotate(pipeline.load(), [text], batch_size=1)
    return gazetteer().mentions(doc)


def codes(text: str) -> list[str]:
    return ["+".join(m.codes) for m in mentions(text) if m.codes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Georgia summoned the Armenian ambassador.", ["GE", "AM"]),
        ("A Georgia Tech student met a Belgian diplomat.", ["BE"]),
        ("The fair opens in Atlanta, Georgia, next week.", []),
        ("Jordan recalled its envoy to Chad.", ["JO", "TD"]),
        ("Jordan Peterson gave a lecture in a packed hall.", []),
        ("Turkey and Niger signed a treaty.", ["TR", "NE"]),
        ("Congo accused Rwanda of sending troops.", ["CD", "RW"]),
        ("The Republic of Congo thanked Gabon.", ["CG", "GA"]),
        ("Nigerien officers spoke to their Nigerian colleagues.", ["NE", "NG"]),
        ("Moscow answered Washington within hours.", ["RU", "US"]),
        ("The Washington Post reported that Itamaraty had protested.", ["BR"]),
        ("Two Namibian envoys met the Namibian premier in Fiji.", ["NA", "NA", "FJ"]),
        ("The Namibian president and an editor of The Namibian shook hands.", ["NA"]),
        ("New Mexico thanked Mexico for its help.", ["MX"]),
        ("The note cites the Vienna Convention on Diplomatic Relations.", []),
        ("Guinea thanked Guinea-Bissau and Equatorial Guinea.", ["GN", "GW", "GQ"]),
        ("North Korea rejected the offer made by South Korea.", ["KP", "KR"]),
        ("The Security Council condemned the attack.", ["UN"]),
        ("The Soviet Union protested to East Germany.", ["SU", "DD"]),
        ("The Baltic states closed their airspace.", ["EE+LT+LV"]),
    ],
)
def test_forms_and_what_only_looks_like_them(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_brussels_acts_for_the_union_and_lies_in_belgium() -> None:
    assert codes("Brussels condemned the decision.") == ["EU"]
    assert gazetteer().place_of("Brussels") == "BE"


def test_a_group_is_no_place() -> None:
    (group,) = mentions("The Baltic states closed their airspace.")
    assert group.place == ""


@pytest.mark.parametrize(
    ("name", "year", "side"),
    [
        ("António Guterres", 2001, "PT"),
        ("António Guterres", 2019, "UN"),
        ("Tusk", 2016, "EU"),
        ("Donald Tusk", 2024, "PL"),
        ("Jens Stoltenberg", 2008, "NO"),
        ("Jens Stoltenberg", None, "NO"),
        ("Lavrov", 2018, "RU"),
    ],
)
def test_a_person_speaks_for_the_side_of_that_year(name: str, year: int | None, side: str) -> None:
    holder = lexicon.load().holder(name, year)
    assert holder is not None
    assert holder.affiliation == side


def test_nobody_bears_an_unknown_name() -> None:
    assert lexicon.load().holder("Tyne Ashgrove", 2018) is None
