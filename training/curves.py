"""Records the learning curves: at each look at the development set, the figures that matter."""

import csv
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from spacy.language import Language
from spacy.training import Example
from spacy.training.loggers import console_logger_v3
from spacy.util import registry

from training import corpus
from training.records import to_doc

# Heading, and where spaCy's scores have it.
COLUMNS = {
    "tag": ("tag_acc",),
    "UAS": ("dep_uas",),
    "LAS": ("dep_las",),
    "nsubj": ("dep_las_per_type", "nsubj", "f"),
    "obj": ("dep_las_per_type", "obj", "f"),
    "names": ("ents_f",),
    "persons": ("ents_per_type", "PERSON", "f"),
}
# Persons of GMB's part of the development set alone.
VOA = "VOA persons"
# The last of that, by pipeline in training: the callback leaves it for the logger.
_FOUND: dict[int, str] = {}


@registry.callbacks("kg.measure_voa.v1")
def measure_voa(path: str) -> Callable[[Language], Language]:
    """Make a callback that finds persons in GMB's part of the development set.

    spaCy calls it with the averaged weights in place, which its loggers do not get to see.
    """
    sentences = [s for s in corpus.read(Path(path)) if s.ents and not s.parsed]

    def measure(nlp: Language) -> Language:
        figure = ""
        if sentences and "ner" in nlp.pipe_names:
            gold = [to_doc(nlp.vocab, [s]) for s in sentences]
            scores = nlp.evaluate([Example(nlp.make_doc(d.text), d) for d in gold])
            figure = _per_cent(scores, COLUMNS["persons"])
        _FOUND[id(nlp)] = figure
        return nlp

    return measure


@registry.loggers("kg.curve_logger.v1")
def curve_logger(path: str) -> Callable[..., Any]:
    """Make spaCy's console logger, with the figures of each look written to a CSV file as well."""

    def setup(
        nlp: Language, stdout: IO[str] = sys.stdout, stderr: IO[str] = sys.stderr
    ) -> tuple[Callable[[dict[str, Any] | None], None], Callable[[], None]]:
        log_step, finish = console_logger_v3()(nlp, stdout, stderr)
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(["step", *COLUMNS, VOA])

        def log(info: dict[str, Any] | None) -> None:
            log_step(info)
            if info is not None:
                figures = [_per_cent(info["other_scores"], at) for at in COLUMNS.values()]
                with Path(path).open("a", encoding="utf-8", newline="") as file:
                    row = [info["step"], *figures, _FOUND.get(id(nlp), "")]
                    csv.writer(file).writerow(row)

        return log, finish

    return setup


def _per_cent(scores: Mapping[str, Any], keys: Sequence[str]) -> str:
    """Give a figure out of nested scores, empty when the run does not have it."""
    value: Any = scores
    for key in keys:
        value = (value or {}).get(key)
    return "" if value is None else f"{100 * value:.1f}"


def joined(stages: Mapping[str, Path], out: Path) -> list[list[str]]:
    """Write the curves of all stages to one CSV file and give its rows, heading first."""
    rows: list[list[str]] = []
    for stage, path in stages.items():
        with path.open(encoding="utf-8", newline="") as file:
            heading, *found = csv.reader(file)
        rows += [] if rows else [["stage", *heading]]
        rows += [[stage, *row] for row in found]
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return rows
