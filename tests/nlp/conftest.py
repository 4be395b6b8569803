"""One extractor for all tests of the language stage: the model is loaded once."""

import pytest

from kg.nlp.extract import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()
