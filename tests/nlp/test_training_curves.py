"""The learning curves that training writes."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from training import corpus, curves
from training.records import Sentence


@pytest.fixture
def found(tmp_path: Path) -> tuple[Language, Path]:
    """Give a pipeline that finds Ana Ruiz alone, and the file of a run that looked once."""
    words = ["Ana", "Ruiz", "met", "Obi"]
    ents = ["B-PERSON", "I-PERSON", "O", "B-PERSON"]
    empty: list[str] = []
    named = Sentence(words, [True] * 4, empty, empty, empty, empty, [], empty, ents)
    corpus.write(tmp_path / "dev.jsonl.gz", [named])
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", name="ner").add_patterns(
        [{"label": "PERSON", "pattern": "Ana Ruiz"}]
    )
    nlp.config["training"].update(
        max_steps=10, eval_frequency=5, score_weights={"ents_f": 1.0}, dev_corpus="", seed=0
    )
    log, finish = curves.curve_logger(str(tmp_path / "run.csv"))(nlp)
    curves.measure_voa(str(tmp_path / "dev.jsonl.gz"))(nlp)
    scores = {"tag_acc": 0.951, "dep_las_per_type": {"obj": {"f": 0.9}}, "ents_f": 0.0}
    log({"epoch": 0, "step": 5, "losses": {}, "other_scores": scores, "score": 0.5})
    log(None)
    finish()
    return nlp, tmp_path / "run.csv"


def test_a_look_is_a_row_and_what_a_run_lacks_is_empty(found):
    heading, row = found[1].read_text().splitlines()
    assert heading == "step,tag,UAS,LAS,nsubj,obj,names,persons,VOA persons"
    assert row == "5,95.1,,,,90.0,0.0,,66.7"


def test_the_stages_join_under_one_heading(found, tmp_path: Path):
    rows = curves.joined({"1": found[1], "names": found[1]}, tmp_path / "all.csv")
    assert [row[:2] for row in rows] == [["stage", "step"], ["1", "5"], ["names", "5"]]
    assert (tmp_path / "all.csv").read_text().count("\n") == 3
