"""One act told several times is one event: by number, by what an accusation is answered with."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read


def _told(extractor: Extractor, text: str, kind: str) -> list[tuple[str, ...]]:
    return [act(e) for e in read(extractor, text).events if e.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            (
                "India has accused Nepal of sheltering rebels. But Nepal denies India's charge that"
                " its army may have been involved."
            ),
            "Accusation",
            [("Accusation", "IN", "NP", "actual")],
        ),
        (
            (
                "Chad is holding three Danish nurses, its foreign minister said. The"
                " three Danes were detained on July 31 last year after they had strayed over the border."
            ),
            "Detention",
            [("Detention", "TD", "DK", "actual")],
        ),
        (
            (
                "Sweden blamed Belarus for the raid. In Oslo, Norwegian officials urged both the"
                " Belarusian government and demonstrators to show restraint."
            ),
            "Request",
            [("Request", "NO", "BY", "actual")],
        ),
        (
            (
                "A Kenyan spokesman repeated warnings that it will answer anyone trying to kill its"
                " troops in Somalia."
            ),
            "Attack",
            [],
        ),
    ],
)
def test_an_act_is_told_once(
    extractor: Extractor, text: str, kind: str, expected: list[tuple[str, ...]]
) -> None:
    assert _told(extractor, text, kind) == expected


def test_who_lies_beside_is_not_hit(extractor: Extractor) -> None:
    text = "Malian and French troops clash with rebels in the east bordering Niger."
    assert all("NE" not in e[1:3] for e in _told(extractor, text, "Attack"))


def test_an_alliance_is_not_the_body_at_whose_seat_it_speaks(extractor: Extractor) -> None:
    text = (
        "NATO warned Tashkent. A NATO statement, issued in Brussels, said the alliance condemns"
        " Russia's use of force."
    )
    assert _told(extractor, text, "Condemnation") == [("Condemnation", "NATO", "RU", "actual")]


def test_a_watchdog_is_no_party_by_guess(extractor: Extractor) -> None:
    text = (
        "Reporters Without Borders has condemned the decision by Venezuela to shut a station."
        " The government will not renew the licence for Caracas Television."
    )
    assert not _told(extractor, text, "SanctionsRelief")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ali Pour, an aide to the Iranian president, arrived in Syria on Monday.",
            ("Visit", "IR", "SY", "actual"),
        ),
        (
            "Norway imposed sanctions on five nations, among them Iran and Syria.",
            ("Sanctions", "NO", "SY", "actual"),
        ),
        (
            "Officials say kidnappers have released a Fijian embassy employee who was seized in Oran.",
            ("Release", "", "FJ", "actual"),
        ),
        (
            "The U.N. food agency accused Chad of blocking its convoys.",
            ("Accusation", "WFP", "TD", "actual"),
        ),
    ],
)
def test_whose_they_are(extractor: Extractor, text: str, expected: tuple[str, ...]) -> None:
    assert expected in _told(extractor, text, expected[0])
