"""Counts, dates and terms of acts as told across clauses and sentences of an article."""

import pytest

from kg.model import Event
from kg.nlp.extract import Extractor
from tests.nlp.reading import read

_DAY = "2024-05-15"  # a Wednesday


def _events(extractor: Extractor, text: str) -> list[Event]:
    return list(read(extractor, text, _DAY).events)


def _of(events: list[Event], type_: str, actor: str) -> Event:
    found = [e for e in events if e.type == type_ and actor in {a.party.code for a in e.actors}]
    assert len(found) == 1, [(e.type, [a.party.code for a in e.actors]) for e in events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "actor", "count"),
    [
        ("Peru expelled 12 Cuban diplomats. Cuba expelled the same number of Peruvian diplomats.",
         "CU", 12),
        ("Canada expelled the Indian consul general and an attaché on Monday.", "CA", 2),
        ("Kenya expelled 45 Chinese diplomats and embassy staff.", "KE", 45),
        ("So 23 of the Iranian diplomats were expelled by Chile.", "CL", 23),
        ("Chile expelled 14 of Iran's 20 diplomats.", "CL", 14),
        ("Chile threw out a pair of Iranian diplomats.", "CL", 2),
        ("Chile expelled the Iranian ambassador along with three members of his staff.", "CL", 4),
        ("Peru has expelled three members of the Cuban embassy's technical staff.", "PE", 3),
        ("The Belarusian consul general in Oran and an attaché in Annaba are being expelled by Algeria.",
         "DZ", 2),
    ],
)  # fmt: skip
def test_how_many_were_expelled(extractor: Extractor, text: str, actor: str, count: int) -> None:
    quantity = _of(_events(extractor, text), "Expulsion", actor).count
    assert quantity is not None
    assert quantity.value == count


def test_a_range_is_no_exact_count(extractor: Extractor) -> None:
    text = "Chile expelled between five and seven Iranian diplomats."
    count = _of(_events(extractor, text), "Expulsion", "CL").count
    assert count is not None
    assert (count.value, count.minimum, count.maximum) == (None, 5, 7)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Chile imposed sanctions on 15 Iranian companies and 23 individuals.", 38),
        ("Chile ordered Iran to cut its embassy staff by 50.", 50),
        ("Chile has frozen the assets of four of the Iranian president's relatives.", 4),
    ],
)
def test_whoever_is_struck_is_counted(extractor: Extractor, text: str, count: int) -> None:
    (event,) = [e for e in _events(extractor, text) if e.count is not None]
    assert event.count is not None
    assert event.count.value == count


def test_each_party_has_its_own_count(extractor: Extractor) -> None:
    events = _events(
        extractor, "Bolivia has expelled the Mexican ambassador and two Spanish diplomats."
    )
    counts = {e.targets[0].party.code: e.count.value if e.count else None for e in events}
    assert counts == {"MX": None, "ES": 2}


def test_missions_are_counted_by_their_towns(extractor: Extractor) -> None:
    events = _events(extractor, "China closed the American consulates in Chengdu and Wuhan.")
    count = _of(events, "MissionClosure", "CN").count
    assert count is not None
    assert count.value == 2


@pytest.mark.parametrize(
    ("text", "type_", "actor", "value"),
    [
        # counted from a date told in another sentence
        ("Peru expelled two Cuban diplomats on Friday. The next day Cuba expelled three Peruvian diplomats.",
         "Expulsion", "CU", "2024-05-11"),
        ("Peru expelled two Cuban diplomats in March 2022. Cuba expelled a Peruvian attaché the following month.",
         "Expulsion", "CU", "2022-04"),
        ("Peru expelled two Cuban diplomats on Friday. Within hours Cuba expelled three Peruvian diplomats.",
         "Expulsion", "CU", "2024-05-10"),
        # in a clause that a verb of answering leads
        ("Russia responded in April by expelling 15 Dutch diplomats.", "Expulsion", "RU", "2024-04"),
        # counted from the act beside, or from the report
        ("Peru severed relations with Mexico on Sunday, hours after Mexico recognised Palestine.",
         "Recognition", "MX", "2024-05-12"),
        ("The step comes two days after Egypt severed diplomatic relations with Syria.",
         "BreakRelations", "EG", "2024-05-13"),
        # a dateline's day and its weekday are one date
        ("MOSCOW, May 13 (Agency) - Russia summoned the Greek ambassador on Monday and lodged a protest.",
         "Protest", "RU", "2024-05-13"),
        ("Kuwait gave the Philippine ambassador a week to leave on Monday.",
         "OrderToLeave", "KW", "2024-05-13"),
    ],
)  # fmt: skip
def test_day_of_the_act(
    extractor: Extractor, text: str, type_: str, actor: str, value: str
) -> None:
    date = _of(_events(extractor, text), type_, actor).date
    assert date is not None
    assert date.value == value


def test_days_after_an_act_tell_no_day(extractor: Extractor) -> None:
    text = "The step comes days after Egypt severed diplomatic relations with Syria."
    assert _of(_events(extractor, text), "BreakRelations", "EG").date is None


def test_a_term_counts_from_the_act_wherever_its_day_is_told(extractor: Extractor) -> None:
    text = (
        "Peru expelled two Cuban diplomats on Monday. "
        "The two Cuban diplomats, whom Peru expelled, must leave within 72 hours."
    )
    deadline = _of(_events(extractor, text), "Expulsion", "PE").deadline
    assert deadline is not None
    assert deadline.value == "2024-05-16"


def test_a_term_set_to_them_is_the_acts(extractor: Extractor) -> None:
    text = "Bolivia on Monday declared the Mexican ambassador persona non grata and gave him 72 hours to leave."
    deadline = _of(_events(extractor, text), "Expulsion", "BO").deadline
    assert deadline is not None
    assert deadline.value == "2024-05-16"


def test_a_demand_has_the_term_of_what_it_demands(extractor: Extractor) -> None:
    text = "Belarus demanded that Poland cut its embassy to ten diplomats by June 9."
    deadline = _of(_events(extractor, text), "Demand", "BY").deadline
    assert deadline is not None
    assert deadline.value == "2024-06-09"


def test_a_further_group_is_an_act_of_its_own(extractor: Extractor) -> None:
    text = (
        "The Russian ambassador, Ivan Petrov, said last week that 27 Russian diplomats must leave "
        "the United States by January 30, followed by an equal number by June 30."
    )
    acts = _events(extractor, text)
    found = [(e.count and e.count.value, e.deadline and e.deadline.value[5:]) for e in acts]
    assert found == [(27, "01-30"), (27, "06-30")]
    assert [e.date for e in acts] == [None, None]  # "last week" is when it was said


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Niger ordered Togo to reduce its embassy staff from 46 to 30 by June.", 30),
        ("Niger cut the staff of the Togolese embassy to twelve.", 12),
    ],
)
def test_a_cut_in_staff_is_told_by_what_is_left(
    extractor: Extractor, text: str, level: int
) -> None:
    quantity = _of(_events(extractor, text), "StaffReduction", "NE").count
    assert quantity is not None
    assert quantity.value == level


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Togo's envoy was called in on Monday. Niger has expelled two attachés from Togo. The decision was taken on Sunday.",
         "2024-05-12"),
        ("On Monday Togo struck back with words. It expelled two attachés from Niger.", "2024-05-13"),
        ("Niger is expelling two Togolese attachés.", "2024-05-15"),
        ("Benin closed its border, days after Niger expelled two Togolese attachés. It made the announcement on Monday.",
         ""),
        ("Niger on Monday said it would act, and expelled two Togolese attachés.", "2024-05-13"),
        ("On Monday, the president of Togo danced. Niger will expel two Togolese attachés.", ""),
        ("Niger has expelled two Togolese attachés. The president met voters on Sunday.", ""),
    ],
)  # fmt: skip
def test_a_day_is_told_beside_the_act(extractor: Extractor, text: str, day: str) -> None:
    events = [e for e in _events(extractor, text) if e.type == "Expulsion"]
    assert [e.date.value if e.date else "" for e in events] == [day]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Niger expelled two Togolese attachés on Monday. They have 72 hours.", "2024-05-16"),
        ("Niger expelled two Togolese attachés on Monday. Both must be gone by Friday.", "2024-05-17"),
        ("On November 2 last year Niger ordered two Togolese attachés to leave by November 9.",
         "2023-11-09"),
        ("Niger is sending two Togolese attachés home at the end of June.", "2024-06"),
        ("Niger retaliated within two days by expelling two Togolese attachés.", ""),
        ("Niger on Friday ordered two Togolese attachés to leave by 10 a.m. local time on Monday.",
         "2024-05-13"),
        ("Niger has expelled two Togolese attachés and given them 24 hours, it said on Monday.",
         "2024-05-14"),
        ("Niger expelled two Togolese attachés on Monday, with ten days to leave.", "2024-05-23"),
        ("Niger expelled two Togolese attachés on Monday. The men, neighbours said, have until May 20 to pack.",
         "2024-05-20"),
        ("Niger expelled two Togolese attachés on Monday. A spokesman said that the pair had to be gone within five days.",
         "2024-05-18"),
        ("Niger ordered two Togolese attachés to leave on 5 April 2022, with two weeks to do so.",
         "2022-04-19"),
        ("Niger expelled two Togolese attachés because Togo would have arrested them by May 20.", ""),
        ("Niger expelled two Togolese attachés on Monday. Voters have 72 hours.", ""),
    ],
)  # fmt: skip
def test_a_term_is_told_beside_the_act(extractor: Extractor, text: str, deadline: str) -> None:
    events = [e for e in _events(extractor, text) if e.type in {"Expulsion", "OrderToLeave"}]
    assert [e.deadline.value if e.deadline else "" for e in events] == [deadline]


def test_one_telling_gives_the_act_its_name(extractor: Extractor) -> None:
    events = _events(
        extractor,
        "Niger ordered two Togolese attachés to leave by Friday. The two attachés were expelled by Niger on Monday.",
    )
    assert [e.type for e in events] == ["Expulsion"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Peru announced on Monday an entry ban on Chileans as a response to the expulsion of two diplomats by Chile.",
         ""),
        ("Chile, where final results of Sunday's vote are due, has expelled two Peruvian diplomats.", ""),
        ("Peru closed its border in March 2020 several months after Chile expelled two Peruvian diplomats.", ""),
        ("Chile expelled two Peruvian diplomats over their remarks on the treaty of 1929.", ""),
        ("Chile expelled two Peruvian diplomats at the end of April.", "2024-04"),
        ("Chile decided to expel two Peruvian diplomats, following a meeting on Friday.", "2024-05-10"),
        ("Monday's expulsion of two Peruvian diplomats by Chile was no surprise.", "2024-05-13"),
        ("The row goes back to September 18, when Chile expelled two Peruvian diplomats.", "2023-09-18"),
        ("Chile expelled two Peruvian diplomats a week ago, on 7 May.", "2024-05-07"),
        ("Chile expelled two Peruvian diplomats for remarks about last year's election.", ""),
        ("Chile said last night that it would expel two Peruvian diplomats.", "2024-05-14"),
        ("They were the first talks with Peru since the expulsion of two Peruvian diplomats by Chile five years ago.",
         "2019"),
        ("Early on Monday morning Chile expelled two Peruvian diplomats.", "2024-05-13"),
        ("Chile has expelled two Peruvian diplomats with effect from June 1, it said on Monday.", "2024-05-13"),
        ("Chile left the pact on Friday and will expel two Peruvian diplomats, a minister announced on Monday.",
         "2024-05-13"),
        ("Chile, which took in two exiles in March, expelled two Peruvian diplomats.", ""),
        ("Chile, which on Monday expelled two Peruvian diplomats, wants talks.", "2024-05-13"),
        ("The mayor spoke on 9 May; on 11 May Chile expelled two Peruvian diplomats.", "2024-05-11"),
        ("First published on 3 March 2022\n\nChile on Friday expelled two Peruvian diplomats.",
         "2022-02-25"),
        ("From our archive, 7 November 1962\n\nChile yesterday expelled two Peruvian diplomats.",
         "1962-11-06"),
    ],
)  # fmt: skip
def test_a_date_beside_the_act_is_not_its_own(extractor: Extractor, text: str, day: str) -> None:
    events = [e for e in _events(extractor, text) if e.type == "Expulsion"]
    assert [e.date.value if e.date else "" for e in events] == [day]


def test_the_unit_is_what_is_counted_not_the_word_for_how_many(extractor: Extractor) -> None:
    (event,) = read(extractor, "Peru expelled a number of Cuban diplomats on Monday.").events
    assert event.count is None or event.count.unit == "diplomat"
    (event,) = read(extractor, "Peru expelled ten of Cuba's diplomats on Monday.").events
    assert event.count is not None
    assert (event.count.value, event.count.unit) == (10, "diplomat")


@pytest.mark.parametrize(
    "text",
    [
        "Germany has cancelled $300 million of Iraq's debt.",
        "The United Nations imposed two sets of sanctions on Iran.",
    ],
)
def test_sums_and_sets_are_no_count(extractor: Extractor, text: str) -> None:
    assert [e.count for e in _events(extractor, text)] == [None]


@pytest.mark.parametrize(
    ("text", "type_", "day"),
    [
        (
            "Chile is giving Bolivia food, which is facing hunger after floods last year.",
            "SupportPledge",
            None,
        ),
        ("Peru has accused Chile of killing 30 fishermen in 2002.", "Accusation", None),
        ("Peru has accused Chile of killing 30 fishermen in 2002.", "Attack", "2002"),
        ("Peru lifted its ban on Chilean beef in April.", "TradeRestriction", None),
        ("Peru lifted its ban on Chilean beef in April.", "SanctionsRelief", "2024-04"),
    ],
)
def test_a_day_of_what_is_told_of_is_not_the_acts(
    extractor: Extractor, text: str, type_: str, day: str | None
) -> None:
    dates = [e.date.value if e.date else None for e in _events(extractor, text) if e.type == type_]
    assert dates == [day]
