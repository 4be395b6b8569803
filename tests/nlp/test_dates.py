"""Dates: one sentence, one day of publication (Wednesday, 1 December 2021), what each means."""

import itertools
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp import date_patterns
from kg.nlp.dates import find
from kg.nlp.periods import Period

WEDNESDAY = date(2021, 12, 1)

# Sentence, then for each date told: its words, its value (or first..last), its modifier.
CASES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("They must be gone by January 31.", [("January 31", "2022-01-31", "by")]),
    ("He told reporters on Wednesday that it was late.", [("Wednesday", "2021-12-01", "")]),
    ("He told reporters on Thursday that it was late.", [("Thursday", "2021-11-25", "")]),
    ("She arrived Monday night.", [("Monday", "2021-11-29", "")]),
    ("The note was handed over last week.", [("last week", "2021-11", "")]),
    ("All of them have to go by the end of next month.", [("the end of next month", "2022-01", "by")]),
    ("It happened at the end of last month.", [("the end of last month", "2021-11", "late")]),
    ("Before July 1 next year more will leave.", [("July 1 next year", "2022-07-01", "before")]),
    ("There were 300 of them in early 2017.", [("early 2017", "2017", "early")]),
    ("In April the two sides recalled their envoys.", [("April", "2021-04", "")]),
    ("The envoys came back in June.", [("June", "2021-06", "")]),
    ("The peninsula was taken in 2014.", [("2014", "2014", "")]),
    ("Since 2014 they have not met.", [("2014", "2014", "since")]),
    ("The 2014 annexation was not recognised.", [("The 2014", "2014", "")]),
    ("It was caused by the 1984 killing of a constable.", [("the 1984", "1984", "")]),
    ("The office closed on Dec. 5, 2019.", [("Dec. 5, 2019", "2019-12-05", "")]),
    ("The office closed on 5 December 2019.", [("5 December 2019", "2019-12-05", "")]),
    ("The office closed on the 5th of December 2019.", [("5th of December 2019", "2019-12-05", "")]),
    ("The office closed on December 5th.", [("December 5th", "2021-12-05", "")]),
    ("The office closed on 2019-12-05.", [("2019-12-05", "2019-12-05", "")]),
    ("The office closed on 25/12/2019.", [("25/12/2019", "2019-12-25", "")]),
    ("The office closed on 12/25/2019.", [("12/25/2019", "2019-12-25", "")]),
    ("The office closed on 05/12/2019.", [("05/12/2019", "2019", "")]),
    ("The office closed on 05.12.2019.", [("05.12.2019", "2019-12-05", "")]),
    ("On Wednesday, December 1, 2021, they met.", [("Wednesday, December 1, 2021", "2021-12-01", "")]),
    ("On Friday, March 6, they met.", [("Friday, March 6", "2020-03-06", "")]),
    ("They have 72 hours to leave the country.", [("72 hours", "2021-12-04", "within")]),
    ("The five were given a week to pack and go.", [("a week", "2021-12-08", "within")]),
    ("It gave the chargé d'affaires two days to leave.", [("two days", "2021-12-03", "within")]),
    ("It set a 48-hour deadline for the withdrawal.", [("48-hour", "2021-12-03", "within")]),
    ("They must go within two weeks.", [("within two weeks", "2021-12-15", "within")]),
    ("They must go within the next 10 days.", [("within the next 10 days", "2021-12-11", "within")]),
    ("They must go in the next 10 days.", [("in the next 10 days", "2021-12-11", "within")]),
    ("They must go within a month.", [("within a month", "2022-01-01", "within")]),
    ("It was the first such visit in three years.", []),
    ("She has served there for three years.", []),
    ("He was expelled three days ago.", [("three days ago", "2021-11-28", "")]),
    ("He was expelled two weeks ago.", [("two weeks ago", "2021-11", "about")]),
    ("He was expelled about a year ago.", [("about a year ago", "2020", "about")]),
    ("He was expelled five months ago.", [("five months ago", "2021-07", "about")]),
    ("He was named on March 3, 2021, and two days later he resigned.", [("March 3, 2021", "2021-03-03", ""), ("two days later", "2021-03-05", "")]),
    ("He was named in 2019 and expelled a year earlier.", [("2019", "2019", ""), ("a year earlier", "2018", "")]),
    ("The numbers had been higher a year earlier.", [("a year earlier", "", "")]),
    ("It arrived on May 3, 2021; the following day it was returned.", [("May 3, 2021", "2021-05-03", ""), ("the following day", "2021-05-04", "")]),
    ("The exercise ran from March 3-5.", [("March 3-5", "2022-03-03..2022-03-05", "")]),
    ("The talks lasted from 3 to 5 March 2020.", [("3 to 5 March 2020", "2020-03-03..2020-03-05", "")]),
    ("The talks were held between May 1 and 3, 2021.", [("May 1 and 3, 2021", "2021-05-01..2021-05-03", "")]),
    ("The border was shut March 30-April 2, 2020.", [("March 30-April 2, 2020", "2020-03-30..2020-04-02", "")]),
    ("It was shut from December 30, to January 2.", [("December 30", "2021-12-30", ""), ("January 2", "2022-01-02", "")]),
    ("It was in force from 2014 to 2016.", [("from 2014 to 2016", "2014-01-01..2016-12-31", "")]),
    ("There were rounds in 2001 and 2003.", [("2001", "2001", ""), ("2003", "2003", "")]),
    ("They met in the summer of 1986.", [("the summer of 1986", "1986-06-01..1986-08-31", "")]),
    ("They met last summer.", [("last summer", "2021-06-01..2021-08-31", "")]),
    ("They were allies in the 1990s.", [("the 1990s", "1990-01-01..1999-12-31", "")]),
    ("They were allies in the mid-1980s.", [("the mid-1980s", "1983-01-01..1986-12-31", "mid")]),
    ("Trade fell in the third quarter of 2021.", [("third quarter of 2021", "2021-07-01..2021-09-30", "")]),
    ("Trade fell in the first half of 2021.", [("the first half of 2021", "2021", "")]),
    ("They will be home by Christmas.", [("Christmas", "2021-12-25", "by")]),
    ("The office shuts on New Year's Eve.", [("New Year's Eve", "2021-12-31", "")]),
    ("It was agreed late last month.", [("late last month", "2021-11", "late")]),
    ("It was agreed earlier this week.", [("earlier this week", "2021-11-29..2021-12-01", "")]),
    ("It was agreed earlier this year.", [("earlier this year", "2021", "")]),
    ("It was agreed in mid-October.", [("mid-October", "2021-10", "mid")]),
    ("It was agreed in late October.", [("late October", "2021-10", "late")]),
    ("It has lasted since March.", [("March", "2021-03", "since")]),
    ("It has lasted since last September.", [("last September", "2021-09", "since")]),
    ("It must be paid before year-end.", [("year-end", "2021", "before")]),
    ("It must be paid by the end of the year.", [("the end of the year", "2021", "by")]),
    ("It must be paid by the end of the week.", [("the end of the week", "2021-12-03..2021-12-05", "by")]),
    ("He flew home yesterday.", [("yesterday", "2021-11-30", "")]),
    ("He is flying home today.", [("today", "2021-12-01", "")]),
    ("He will fly home tomorrow.", [("tomorrow", "2021-12-02", "")]),
    ("They met last Friday.", [("last Friday", "2021-11-26", "")]),
    ("They met on Friday last week.", [("Friday last week", "2021-11-26", "")]),
    ("They meet next Monday.", [("next Monday", "2021-12-06", "")]),
    ("They meet this Saturday.", [("this Saturday", "2021-12-04", "")]),
    ("They met over the weekend.", [("the weekend", "2021-11-27..2021-11-28", "")]),
    ("They must be out by Friday.", [("Friday", "2021-12-03", "by")]),
    ("Monday's talks failed.", [("Monday", "2021-11-29", "")]),
    ("The month began badly.", []),
    ("May said that she may go in May.", [("May", "2021-05", "")]),
    ("The march on the embassy was peaceful, and they march 5 miles a day.", []),
    ("The consulate is on the 5th floor.", []),
    ("The consulate has to close by the 15th.", [("the 15th", "2021-12-15", "by")]),
    ("He was the 45th ambassador and 53 years old.", []),
    ("About 2014 soldiers crossed the line.", []),
    ("They expelled 1,979 people.", []),
    ("No later than Dec. 31 the staff must go.", [("Dec. 31", "2021-12-31", "by")]),
    ("They stay until 31 January.", [("31 January", "2022-01-31", "until")]),
    ("They will stay until next June.", [("next June", "2022-06", "until")]),
    ("The law was passed in July last year.", [("July last year", "2020-07", "")]),
    ("The summit is set for December.", [("December", "2021-12", "")]),
    ("The summit is scheduled for Monday.", [("Monday", "2021-12-06", "")]),
    ("They have met twice in the past two weeks.", [("in the past two weeks", "2021-11-17..2021-12-01", "")]),
    ("Nothing happened on June 31.", []),
    ("The attacks of September 11, 2001 changed it.", [("September 11, 2001", "2001-09-11", "")]),
    ("Three attachés left the next day.", [("the next day", "", "")]),
    ("He spoke around 9 May.", [("9 May", "2021-05-09", "about")]),
    ("She resigned in 1994, 12 years after the war.", [("1994", "1994", "")]),
    ("It fell by 5 percent to 3.12 marks, 10-12 people said.", []),
]  # fmt: skip

FUTURE: list[tuple[str, list[tuple[str, str]]]] = [
    ("The two will meet on Thursday in Stockholm.", [("Thursday", "2021-12-02")]),
    ("The two will meet on Wednesday.", [("Wednesday", "2021-12-01")]),
    ("He was told on Tuesday to leave by Friday.", [("Tuesday", "2021-11-30"), ("Friday", "2021-12-03")]),
    ("They will leave us on January 30.", [("January 30", "2022-01-30")]),
    ("The school will close in March.", [("March", "2022-03")]),
    ("The talks will be held in two weeks.", [("in two weeks", "2021-12")]),
    ("The talks will be held in three days.", [("in three days", "2021-12-04")]),
    ("He said on Monday that it would reopen in June.", [("Monday", "2021-11-29"), ("June", "2022-06")]),
]  # fmt: skip

UNDATED = [
    ("They must be gone by January 31.", "--01-31"), ("It closed on 5 December 2019.", "2019-12-05"), ("He spoke on Wednesday.", ""), ("He spoke last week.", ""),
    ("It ends in three months' time, within 72 hours.", ""), ("It began in March 2014.", "2014-03"), ("It began in March.", ""), ("It began yesterday.", ""),
]  # fmt: skip


def meant(
    sentence: str, anchor: date | None = WEDNESDAY, *, future: bool = False
) -> list[tuple[str, str, str]]:
    times = find(sentence, anchor, future=future)
    return [
        (sentence[t.span.start : t.span.end], t.value or (f"{t.first}..{t.last}" if t.first else ""), t.modifier)
        for t in times
        if t.span
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"), CASES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_dates_in_sentences(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    found = find(sentence, WEDNESDAY)
    told = [(sentence[t.span.start : t.span.end], t.modifier) for t in found if t.span]
    assert told == [(words, modifier) for words, _, modifier in expected]
    for t, (_, value, _) in zip(found, expected, strict=True):
        first, dots, last = value.partition("..")
        if dots:
            assert (t.first, t.last) == (first, last)
            assert t.value in (first[:7], first[:4], "")
            assert t.value != first
        else:
            assert t.value == value


@pytest.mark.parametrize(("sentence", "expected"), FUTURE)
def test_dates_where_the_future_is_meant(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(words, value) for words, value, _ in meant(sentence, future=True)] == expected


@pytest.mark.parametrize(("sentence", "value"), UNDATED)
def test_without_a_day_of_publication_relative_dates_stay_open(sentence: str, value: str) -> None:
    (found, *_) = find(sentence, None)
    assert found.value == value
    assert found.anchor == ""


def test_the_anchor_is_kept_for_what_was_counted_from_it() -> None:
    relative, absolute = find("He left on Monday, not on 3 May 2020.", WEDNESDAY)
    assert (relative.anchor, absolute.anchor) == ("2021-12-01", "")


def test_a_deadline_that_has_just_passed_is_not_put_off_for_a_year() -> None:
    (found,) = find("They had to be gone by January 31.", date(2022, 2, 3))
    assert found.value == "2022-01-31"


@pytest.mark.parametrize(
    ("anchor", "value"), [(date(2021, 12, 30), "2022-01-02"), (date(2022, 1, 5), "2022-01-02")]
)
def test_days_around_new_year_are_the_nearest(anchor: date, value: str) -> None:
    (found,) = find("It opened on January 2.", anchor)
    assert found.value == value


def test_the_future_can_be_told_by_place() -> None:
    sentence = "It closed Monday and opens Friday."
    closed, opens = find(sentence, WEDNESDAY, future=lambda at: at > 15)
    assert (closed.value, opens.value) == ("2021-11-29", "2021-12-03")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=12), st.sampled_from([w for s, _ in CASES for w in s.split()])), max_size=30),
    st.one_of(st.none(), st.dates()),
    st.booleans(),
)  # fmt: skip
def test_any_text_gives_ordered_dates_and_no_fault(
    words: list[str], anchor: date | None, future: bool
) -> None:
    text = " ".join(words)
    found = find(text, anchor, future=future)
    spans = [t.span for t in found if t.span]
    assert len(spans) == len(found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    for t in found:
        assert t.first <= t.last
        assert (
            not (t.value and t.first)
            or t.modifier == "within"
            or t.first[: len(t.value)] == t.value
        )


PIECES = ["a ", "1", "12 ", "1,", "Jan. 5 ", "January 5 to ", "5-", "two hundred and ", "twenty-", "the end of ", "early ", "within the next ", "over the weekend ", "gave x x x x x x ", "Monday to ", "last week ", "year's ", "2014-", "2014 to ", "between ", "mid-1980s ", "  ", "-", "(", "2021-12-", "12/", "on the 5th", "New Year's ", "a couple of ", "one million two ", "ed was said ", "a year earlier "]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_no_pattern_takes_long_on_100_kb(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    for name, pattern in sorted(vars(date_patterns).items()):
        if name.isupper() and hasattr(pattern, "finditer"):
            begin = time.process_time()
            for _ in pattern.finditer(text):
                pass
            assert time.process_time() - begin < 0.05 * 10, (name, piece)  # aim 50 ms; noisy clock
    begin = time.process_time()
    find(text, WEDNESDAY, future=True)
    assert time.process_time() - begin < 0.05 * 10 * 18


def test_that_year_is_the_one_told_last() -> None:
    text = "Trade fell in 2019. In March of that year they met."
    assert [t.value for t in find(text, date(2023, 2, 18))] == ["2019", "2019-03"]
    before = Period(date(2018, 5, 1), date(2018, 5, 1))
    found = find("In March of that year they met.", date(2023, 2, 18), previous=before)
    assert [t.value for t in found] == ["2018-03"]
