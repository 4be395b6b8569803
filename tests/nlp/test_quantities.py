"""Quantities: one phrase or sentence, and each number of things that it tells."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp import quantities
from kg.nlp.quantities import find

# Phrase, then (words, value, minimum, maximum, approximate) for each quantity.
Expected = tuple[str, int | None, int | None, int | None, bool]
CASES: list[tuple[str, list[Expected]]] = [
    ("27 attachés", [("27", 27, None, None, False)]),
    ("twenty-seven attachés", [("twenty-seven", 27, None, None, False)]),
    ("twenty-seven (27) attachés", [("twenty-seven", 27, None, None, False)]),
    ("ten officers", [("ten", 10, None, None, False)]),
    ("one officer", [("one", 1, None, None, False)]),
    ("the 15 officers", [("15", 15, None, None, False)]),
    ("its 120 employees", [("120", 120, None, None, False)]),
    ("a hundred guards", [("a hundred", 100, None, None, False)]),
    ("two hundred and fifty guards", [("two hundred and fifty", 250, None, None, False)]),
    ("one hundred twenty thousand troops", [("one hundred twenty thousand", 120_000, None, None, False)]),
    ("100,000 soldiers", [("100,000", 100_000, None, None, False)]),
    ("1.2 million refugees", [("1.2 million", 1_200_000, None, None, False)]),
    ("2 million refugees", [("2 million", 2_000_000, None, None, False)]),
    ("three million refugees", [("three million", 3_000_000, None, None, False)]),
    ("a dozen spies", [("a dozen", 12, None, None, False)]),
    ("two dozen spies", [("two dozen", 24, None, None, False)]),
    ("half a dozen spies", [("half a dozen", 6, None, None, False)]),
    ("several dozen spies", [("several dozen", None, 36, None, True)]),
    ("a couple of dozen spies", [("a couple of dozen", None, 24, None, True)]),
    ("dozens of spies", [("dozens", None, 24, None, True)]),
    ("scores of spies", [("scores", None, 40, None, True)]),
    ("hundreds of people", [("hundreds", None, 200, None, True)]),
    ("thousands of people", [("thousands", None, 2000, None, True)]),
    ("tens of thousands of people", [("tens of thousands", None, 20_000, 99_999, True)]),
    ("several hundred people", [("several hundred", None, 300, None, True)]),
    ("a few thousand people", [("a few thousand", None, 2000, None, True)]),
    ("about 30 people", [("30", 30, None, None, True)]),
    ("around 1,200 people", [("1,200", 1200, None, None, True)]),
    ("some 300 people", [("300", 300, None, None, True)]),
    ("roughly a dozen people", [("a dozen", 12, None, None, True)]),
    ("nearly 40 people", [("40", 40, None, None, True)]),
    ("an estimated 500 people", [("500", 500, None, None, True)]),
    ("more than 100 people", [("100", None, 100, None, False)]),
    ("at least 23 people", [("23", None, 23, None, False)]),
    ("over 700 people", [("700", None, 700, None, False)]),
    ("no fewer than nine people", [("nine", None, 9, None, False)]),
    ("up to 3,500 people", [("3,500", None, None, 3500, False)]),
    ("fewer than ten people", [("ten", None, None, 10, False)]),
    ("as many as 60 people", [("60", None, None, 60, False)]),
    ("no more than 12 people", [("12", None, None, 12, False)]),
    ("at most 12 people", [("12", None, None, 12, False)]),
    ("20 to 30 people", [("20 to 30", None, 20, 30, False)]),
    ("between 20 and 30 people", [("20 and 30", None, 20, 30, False)]),
    ("20-30 people", [("20-30", None, 20, 30, False)]),
    ("20\u201330 people", [("20\u201330", None, 20, 30, False)]),
    ("two or three people", [("two or three", None, 2, 3, False)]),
    ("rose from 120 to 1,200", [("120", 120, None, None, False), ("1,200", 1200, None, None, False)]),
    ("shrank from 1,200 to 120", [("1,200", 1200, None, None, False), ("120", 120, None, None, False)]),
    ("another 27 people", [("27", 27, None, None, False)]),
    ("an additional five people", [("five", 5, None, None, False)]),
    ("15 more people", [("15", 15, None, None, False)]),
    ("100 or so people", [("100 or so", 100, None, None, True)]),
    ("30-odd people", [("30-odd", 30, None, None, True)]),
    ("50 or more people", [("50 or more", None, 50, None, False)]),
    ("30+ people", [("30+", None, 30, None, False)]),
    ("both consuls", [("both", 2, None, None, False)]),
    ("a pair of consuls", [("a pair of", 2, None, None, False)]),
    ("several consuls", [("several", None, 2, None, True)]),
    ("a number of consuls", [("a number of", None, None, None, True)]),
    ("an unspecified number of consuls", [("an unspecified number of", None, None, None, True)]),
    ("27 must go now, followed by an equal number later", [("27", 27, None, None, False), ("an equal number", 27, None, None, False)]),
    ("the same number of consuls", [("the same number", None, None, None, False)]),
    ("60 consuls, including 12 at the UN mission", [("60", 60, None, None, False), ("12", 12, None, None, False)]),
    ("On Friday 27 consuls left", [("27", 27, None, None, False)]),
    ("In London 12 consuls left", [("12", 12, None, None, False)]),
    ("9 consuls and their families", [("9", 9, None, None, False)]),
    ("12 of the 60 staff", [("12", 12, None, None, False), ("60", 60, None, None, False)]),
]  # fmt: skip

NOTHING = [
    "a 45-year-old consul", "Ivan Petrov, 45, said no", "aged 45", "$3 million", "\u20ac20", "3 million euros", "5 percent", "5% of it", "5 per cent of it", "10 a.m. talks", "at 10:30", "the 9/11 attacks",
    "Resolution 2231 was adopted", "under Article 5 of the treaty", "an Su-27 jet", "COVID-19 rules", "a G20 summit", "the third consul", "the 21st summit", "a three-year term", "a 27-member bloc",
    "in 2014", "on May 27", "on 3 March 2021", "two weeks ago", "within 72 hours", "three hours of talks", "12 miles away", "two-thirds of them", "no one", "one another", "the 1990s", "half of its staff", "all staff", "the staff", "3.12",
]  # fmt: skip


def told(text: str, previous: int | None = None) -> list[Expected]:
    return [
        (text[q.span.start : q.span.end], q.value, q.minimum, q.maximum, q.approximate)
        for q in find(text, previous=previous)
        if q.span is not None
    ]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quantities(text: str, expected: list[Expected]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_counts_no_things(text: str) -> None:
    assert told(text) == []


def test_an_equal_number_points_back_to_what_the_caller_knows() -> None:
    assert told("an equal number of consuls", previous=14) == [
        ("an equal number", 14, None, None, False)
    ]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=10), st.sampled_from([w for s, _ in CASES for w in s.split()])),
        max_size=30,
    )
)
def test_any_text_gives_ordered_quantities_and_no_fault(words: list[str]) -> None:
    found = find(" ".join(words))
    spans = [q.span for q in found if q.span is not None]
    assert len(spans) == len(found)
    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))  # noqa: RUF007


@pytest.mark.parametrize(
    "piece", ["a ", "1", "1,", "1,234,", "12 to ", "twenty ", "two hundred and ", "a million and ", "more than ", "several ", "tens of ", "a couple of ", "(27) ", "Ab ", "$", "3-", "an equal number ", "one hundred ", "27 attach\u00e9s "]
)  # fmt: skip
def test_no_pattern_takes_long_on_100_kb(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    for name, pattern in sorted(vars(quantities).items()):
        if name.isupper() and hasattr(pattern, "finditer"):
            begin = time.process_time()
            for _ in pattern.finditer(text):
                pass
            assert time.process_time() - begin < 0.05 * 10, (name, piece)  # aim 50 ms; noisy clock
