"""The cards of the models at hand."""

import json
from pathlib import Path

import pytest

from kg.nlp.models import installed, read_card


def test_the_shipped_model_is_listed_first_and_can_be_used():
    first = installed()[0]
    assert first.shipped
    assert first.problem == ""
    assert first.labels == "UD"
    assert "CC" in first.license
    assert first.size > 1_000_000


@pytest.mark.parametrize(
    ("meta", "problem"),
    [
        ({"lang": "de", "pipeline": ["tagger", "parser"]}, "language is 'de', not English"),
        ({"lang": "en", "pipeline": ["tok2vec", "ner"]}, "has no tagger and no parser"),
        ({"lang": "en", "pipeline": ["tagger", "parser"]}, ""),
    ],
)
def test_a_card_says_why_a_model_does_not_fit(tmp_path: Path, meta, problem):
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    assert read_card(tmp_path, "m").problem == problem


def test_a_clear_model_is_told_by_its_labels(tmp_path: Path):
    meta = {"lang": "en", "pipeline": ["tagger", "parser"], "labels": {"parser": ["dobj", "prep"]}}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    assert read_card(tmp_path, "m").labels == "ClearNLP"


def test_a_broken_card_is_a_problem_not_a_crash(tmp_path: Path):
    assert "meta.json" in read_card(tmp_path, "m").problem
    (tmp_path / "meta.json").write_text("{")
    assert read_card(tmp_path, "m").problem
