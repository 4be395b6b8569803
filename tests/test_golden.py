"""Each saved question's answer on `data/`, as kept in tests/golden/.

After a change that is meant: `python -m benchmarks.golden`, and read the difference.
"""

import pytest

from benchmarks import golden
from kg import query
from kg.graph import store

LIBRARY = query.library()
REGENERATE = "rows changed: `python -m benchmarks.golden`, then read the difference"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = golden.sample(tmp_path_factory.mktemp("golden"))
    with store.read(folder) as reader:
        return golden.answers(reader)


def test_there_is_a_file_for_each_question_and_no_other() -> None:
    assert {path.stem for path in golden.GOLDEN.glob("*.csv")} == set(LIBRARY)


def test_there_are_thirty_questions() -> None:
    assert len(LIBRARY) >= 30


@pytest.mark.parametrize("name", LIBRARY)
def test_a_question_has_the_expected_rows(answers: dict[str, bytes], name: str) -> None:
    expected = (golden.GOLDEN / f"{name}.csv").read_bytes()
    assert answers[name].decode() == expected.decode(), REGENERATE
