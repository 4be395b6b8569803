"""The office of who speaks: its words, and neither a time nor what else stands before a name."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import read


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("On Sunday evening Prime Minister Ana Kos announced that Slovenia had expelled two Omani diplomats.", "Ana Kos", "Prime Minister"),
        ("In late May the Danish ambassador to Lima, Lars Petersen, said that Peru had expelled two Danish diplomats.", "Lars Petersen", "ambassador to Lima"),
        ("Secretary of State Ida Roy said that the United States had expelled two Omani diplomats.", "Ida Roy", "Secretary of State"),
        ("Chile acted in response to the arrest of opposition leader Jose Ruiz, who said that Peru had expelled two Chilean diplomats.", "Jose Ruiz", "opposition leader"),
        ("Danish Foreign Ministry spokeswoman Eva Lund said that Peru had expelled two Danish diplomats.", "Eva Lund", "Foreign Ministry spokeswoman"),
    ],
)  # fmt: skip
def test_an_office_is_told_in_its_own_words(
    extractor: Extractor, text: str, name: str, office: str
) -> None:
    persons = {p.name: p.office for p in read(extractor, text, "2019-05-14").persons}
    assert persons[name] == office


def test_nobody_speaks_where_neither_does(extractor: Extractor) -> None:
    text = "Peru expelled two Omani diplomats. Neither capital called the step hasty."
    assert not read(extractor, text, "2019-05-14").claims
