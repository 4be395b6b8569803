"""The store of the sample articles with their gold events, filled once."""

from pathlib import Path

import pytest

from tests.publish import gold


@pytest.fixture(scope="session")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gold.fill(tmp_path_factory.mktemp("gold"), gold.extractions())
