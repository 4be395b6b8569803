"""Runs the metamorphic cases once, and prints the seed and the measured rates at the end."""

import os

import pytest

from kg.nlp.extract import Extractor
from tests.metamorphic import measure
from tests.metamorphic.cases import Draw

SEED = int(os.environ.get("KGBUILD_SEED", "20180314"))
CASES = 500
_LINES = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def outcomes(pytestconfig: pytest.Config) -> tuple[measure.Outcome, ...]:
    extractor = Extractor()
    found = measure.run(Draw(extractor.lexicon, SEED).cases(CASES), extractor)
    table = measure.table(measure.by_feature(found))
    pytestconfig.stash[_LINES] = f"KGBUILD_SEED={SEED}, {CASES} cases\n{table}"
    return found


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Write what the metamorphic cases measured, passed or failed."""
    if _LINES in config.stash:
        terminalreporter.write_sep("-", "metamorphic invariance")
        terminalreporter.write_line(config.stash[_LINES])
