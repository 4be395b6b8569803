"""Which act answers which: cues in the clause, behind it, across sentences; and what is no answer."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read


def links(extractor: Extractor, text: str) -> set[tuple[str, str]]:
    """Return (effect, cause) as "type actor>target"."""
    found = read(extractor, text)

    def told(index: int) -> str:
        type_, actors, targets, _ = act(found.events[index])
        return f"{type_} {actors}>{targets}"

    return {(told(c.effect), told(c.cause)) for c in found.causes}


@pytest.mark.parametrize(
    "text",
    [
        "Chad expelled two Libyan diplomats in response to the expulsion of two Chadian diplomats by Libya.",
        "Libya expelled two Chadian diplomats on Monday. Chad retaliated by expelling two Libyan diplomats.",
        "Libya expelled two Chadian diplomats; in a tit-for-tat move, Chad expelled two Libyan diplomats.",
        "Chad expelled two Libyan diplomats a day after Libya expelled two Chadian diplomats.",
        "Chad expelled two Libyan diplomats. The move was in retaliation for the expulsion of two Chadian diplomats from Libya.",
        "Chad expelled two Libyan diplomats. It was payback, he let it be known, for the two Chadian diplomats whom Libya expelled.",
        "In January 1994 Libya expelled two Chadian diplomats. Chad expelled two Libyan diplomats in response.",
        "Libya expelled two Chadian diplomats. Chad struck back on Friday. It expelled two Libyan diplomats.",
        "Libya expelled two Chadian diplomats. Retaliation was not long in coming. On Friday Chad expelled two Libyan diplomats.",
        "Libya expelled two Chadian diplomats. The countermove came at once: Chad expelled two Libyan diplomats.",
        "Libya expelled two Chadian diplomats, prompting Chad to expel two Libyan diplomats.",
        "Libya expelled two Chadian diplomats. That prompted a reciprocal move by Chad, which expelled two Libyan diplomats.",
        "After Libya expelled two Chadian diplomats, Chad expelled two Libyan diplomats.",
        "In reprisal for the expulsion of two Chadian diplomats by Libya, Chad expelled two Libyan diplomats.",
        "Libya expelled two Chadian diplomats. Chad expelled two Libyan diplomats in response to what it called a hostile act.",
        "Libya expelled two Chadian diplomats last week. Chad has expelled two Libyan diplomats and called its own step a response.",
        "Libya and Mali are at odds. Chad expelled a Libyan, after Libya expelled a Chadian.",
        "Libya and Chad have swapped expulsions: Tripoli expelled two Chadian diplomats, and Chad responded by expelling two Libyan diplomats.",
        "In a reciprocal move Chad on Monday expelled two Libyan diplomats. Libya had expelled two Chadian diplomats a day earlier.",
        "Libya expelled two Chadian diplomats. Chad followed suit, expelling two Libyan diplomats.",
        "Libya's expulsion of two Chadian diplomats drew an immediate response: Chad expelled two Libyan diplomats.",
        "Stung by Libya's expulsion of two Chadian diplomats, Chad expelled two Libyan diplomats.",
        "In the past 24 hours Libya has expelled two Chadian diplomats. Chad hits back. It will expel two Libyan diplomats.",
        "Libya expelled two Chadian diplomats. Chad has expelled two Libyan diplomats, saying the step mirrored Libya's.",
    ],
)
def test_an_answer_is_linked_to_what_it_answers(extractor: Extractor, text: str) -> None:
    assert links(extractor, text) == {("Expulsion TD>LY", "Expulsion LY>TD")}


@pytest.mark.parametrize(
    "text",
    [
        "Chad expelled two Libyan diplomats. The step is unrelated to the expulsion of two Chadian diplomats by Libya.",
        "Chad expelled two Libyan diplomats. Libya expelled two Chadian diplomats last year.",
        "Chad expelled two Libyan diplomats in response to the expulsion of two Omani diplomats by Yemen.",
        "Chad and Libya exchanged expulsions of diplomats after a row.",
        "Libya expelled two Chadian diplomats. Chad replied that it would respond in kind. Chad, Mr. Haroun said, may expel two Libyan diplomats.",
        "Libya expelled two Chadian diplomats. Chad expelled two Libyan diplomats in retaliation for remarks on its president.",
        "Libya expelled two Chadian diplomats, followed by the expulsion of two Libyan diplomats from Chad.",
        "Libya expelled two Chadian diplomats. Chad has yet to respond. It expelled two Omani diplomats.",
        "Libya expelled two Chadian diplomats. Chad was urged to expel two Libyan diplomats, but Chad did not follow suit.",
        "Libya expelled two Chadian diplomats. Days later Chad expelled two Libyan diplomats.",
        (
            "In 1994 Libya expelled two Chadian diplomats. Trade recovered in the years that followed. "
            "Both presidents met often. Chad expelled two Libyan diplomats on Monday in retaliation."
        ),
    ],
)
def test_what_the_words_do_not_link_stays_unlinked(extractor: Extractor, text: str) -> None:
    assert links(extractor, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Chad expelled two Libyan diplomats. The step was Chad's answer to the sanctions that Libya imposed on Monday.",
        "Chad expelled two Libyan diplomats in response to the sanctions which Libya imposed on Monday.",
    ],
)
def test_what_is_answered_was_done_to_who_answers(extractor: Extractor, text: str) -> None:
    assert links(extractor, text) == {("Expulsion TD>LY", "Sanctions LY>TD")}


def test_a_strike_answers_a_strike(extractor: Extractor) -> None:
    text = (
        "Libya shelled a Chadian outpost on Monday. Chad bombed a Libyan airfield in retaliation."
    )
    assert links(extractor, text) == {("Attack TD>LY", "Attack LY>TD")}


def test_every_act_of_a_list_answers_every_act_named(extractor: Extractor) -> None:
    text = (
        "Chad has closed its airspace to Libyan airlines and expelled two Libyan diplomats. The steps are in "
        "reprisal for Libya's decision to expel two Chadian diplomats and to impose sanctions on Chad."
    )
    assert links(extractor, text) == {
        ("AirspaceBan TD>LY", "Expulsion LY>TD"),
        ("AirspaceBan TD>LY", "Sanctions LY>TD"),
        ("Expulsion TD>LY", "Expulsion LY>TD"),
        ("Expulsion TD>LY", "Sanctions LY>TD"),
    }


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            (
                "Libya ordered Chad to close its consulate in Benghazi. Chad responded in kind: the Libyan "
                "consulate in Abéché must close."
            ),
            ("MissionClosure TD>LY", "MissionClosure LY>TD"),
        ),
        (
            "Chad imposed an entry ban on Libyan officials as a response to the reduction of Chad's embassy staff.",
            ("TravelBan TD>LY", "StaffReduction LY>TD"),
        ),
    ],
)
def test_a_side_that_only_the_link_tells_is_filled_in(
    extractor: Extractor, text: str, link: tuple[str, str]
) -> None:
    assert links(extractor, text) == {link}


@pytest.mark.parametrize(
    "text",
    [
        "Libya expelled two Chadian diplomats. The row drags on amid tit-for-tat expulsions.",
        "Chad, retaliating for the expulsion of two Chadian diplomats by Libya, lodged a protest.",
        "Chad lodged a protest in retaliation for the expulsion of two Chadians by Libya. Chad had expelled a Libyan in March.",
    ],
)
def test_what_is_answered_is_no_answer(extractor: Extractor, text: str) -> None:
    assert links(extractor, text) == set()


def test_a_state_bears_the_name_of_its_time(extractor: Extractor) -> None:
    text = (
        "MOSCOW, Sept. 14, 1985 - Britain expelled two Soviet diplomats. The Kremlin hit back. The Russians "
        "expelled two British diplomats."
    )
    found = read(extractor, text, "1985-09-14")
    assert [[a.party.code for a in e.actors + e.targets] for e in found.events] == [
        ["GB", "SU"],
        ["SU", "GB"],
    ]
    assert [(c.effect, c.cause) for c in found.causes] == [(1, 0)]
