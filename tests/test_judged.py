"""Each saved question's answer on `data/` beside the rows that a reader of the articles wrote.

tests/golden/ shows what changed; this shows what is right. `floors.csv` holds, for each question,
what precision and recall must not fall below: raise it with what gets better.
"""

import csv

import pytest

from benchmarks import golden
from kg import query
from kg.graph import store
from tests import judged
from tests.judged import Verdict, judge

LIBRARY = query.library()
with (judged.QUESTIONS / "floors.csv").open(encoding="utf-8", newline="") as file:
    FLOORS = {row["question"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    with store.read(golden.sample(tmp_path_factory.mktemp("judged"))) as reader:
        return judged.verdicts(reader)


def test_each_question_has_a_judge_and_a_floor() -> None:
    files = {path.stem for path in judged.QUESTIONS.glob("*.csv")} - {"floors"}
    assert files == set(LIBRARY) == set(FLOORS)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_question_is_answered_as_well_as_before(verdicts: dict[str, Verdict], name: str) -> None:
    verdict, floor = verdicts[name], FLOORS[name]
    wrong, missing = verdict.wrong[:5], verdict.missing[:5]
    assert verdict.precision >= float(floor["precision"]), wrong
    assert verdict.recall >= float(floor["recall"]), missing


def test_a_row_too_many_and_one_too_few_are_seen() -> None:
    right = [
        {"who": "RU", "count": "3 / 4", "quote": "~told to leave"},
        {"who": "US", "count": "", "quote": "*"},
        {"who": "PL", "count": "*", "quote": "*", "optional": "x"},
    ]
    told = [
        {"who": "RU", "count": "4", "quote": "Four were Told to leave on Monday."},
        {"who": "US", "count": "2", "quote": "Two left."},
    ]
    verdict = judge("some", told, right)
    assert (verdict.given, verdict.wanted, verdict.right) == (2, 2, 1)
    assert (verdict.wrong, verdict.missing) == ((told[1],), (right[1],))
    assert (verdict.precision, verdict.recall) == (0.5, 0.5)


def test_a_row_that_may_be_there_counts_only_where_it_is() -> None:
    right = [{"who": "PL", "optional": "x"}, {"who": "RU / BY", "optional": ""}]
    assert judge("some", [{"who": "PL"}, {"who": "BY"}], right).recall == 1.0
    assert judge("some", [{"who": "BY"}], right).wanted == 1
    assert judge("some", [{"who": "PL"}], right).recall == 0.5


def test_rows_are_paired_so_that_as_many_as_can_be_are_right() -> None:
    right = [{"who": "RU / BY"}, {"who": "RU"}]
    assert judge("some", [{"who": "RU"}, {"who": "BY"}], right).right == 2
