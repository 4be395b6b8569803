"""The day of a decision is the day of the act decided, and not of the act that answers it."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Peru protested against Chile's decision of 9 May to expel two Peruvian envoys.",
        "According to Peru this is a reaction to Chile's decision of 9 May to expel two Peruvian envoys.",
    ],
)
def test_a_dated_decision_dates_what_it_decides(extractor: Extractor, text: str) -> None:
    days = {e.type: e.date and e.date.value for e in read(extractor, text, "2024-05-14").events}
    assert days.pop("Expulsion") == "2024-05-09"
    assert "2024-05-09" not in days.values()
