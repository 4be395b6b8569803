"""The store of the sample articles with their gold events, filled once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publish import gold
from tests.publish.server import Server, running


@pytest.fixture(scope="session")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gold.fill(tmp_path_factory.mktemp("gold"), gold.extractions())


@pytest.fixture(scope="session")
def server(gold_store: Path) -> Iterator[Server]:
    with running(gold_store) as one:
        yield one
