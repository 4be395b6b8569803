"""What every test stands on."""

import os
import signal

import pytest
from hypothesis import settings

from kg.nlp.extract import Extractor

# A job that a shell starts in the background ignores Ctrl-C, and so would all that the tests start
# and interrupt: a handler, unlike an ignored signal, isn't handed down to other programs.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# New random cases belong at the desk; a check of a given commit gives the same answer each time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """One extractor for all tests: the model is loaded once."""
    return Extractor()
