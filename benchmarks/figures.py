"""Measures everything anew into docs/figures.md and the README: `python -m benchmarks.figures`.

Runs accuracy (KGBUILD_CORPORA for the seeds and the sentence sets), 5,000 metamorphic cases, the
throughput of 100 and 1,000 articles and the saved questions beside the bare engine: about half an
hour on two cores. Without the corpora the README stays as it is.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import accuracy, metamorphic, queries, readme, run
from kg.nlp.extract import Extractor
from tests.metamorphic import measure
from tests.metamorphic.cases import Draw

FILE = accuracy.ROOT / "docs" / "figures.md"
README = accuracy.ROOT / "README.md"
_BESIDE = (
    f"The saved questions on {queries.ARTICLES} generated articles, beside pyoxigraph alone on the same "
    "databases on disk (the best of five):"
)


def page(found: accuracy.Measured, runs: list[dict[str, Any]], cases: int) -> str:
    """Return the page's text; measures invariance and the questions on the way."""
    extractor = Extractor()
    outcomes = measure.run(Draw(extractor.lexicon, metamorphic.SEED).cases(cases), extractor)
    with tempfile.TemporaryDirectory() as scratch:
        asked = queries.measure(queries.filled(queries.ARTICLES, Path(scratch)))
    sentences = "\n".join(
        f"| {name} | {told.f1('root'):.3f} | {told.f1('triple'):.3f} | {told.f1('dyad'):.3f} |"
        for name, told in found.sentences.items()
    )
    swapped = f"What is told under changes that should change nothing else ({cases:,} pairs"
    about = f"Python {platform.python_version()}, {platform.machine()}"
    parts = [
        "# Figures",
        "Written by `python -m benchmarks.figures`.",
        "Events, against gold that was written before the extractor saw the texts:",
        accuracy.table(found.sets),
        "Fields of the events found, all sets together (aim: 0.90 each):",
        accuracy.pooled(found.sets),
        f"{swapped}; aim: 0.95 in every feature):",
        measure.table(measure.by_feature(outcomes)),
        f"The whole flow on generated articles ({about}, CPU seconds of one process):",
        run.table(runs),
        _BESIDE,
        queries.table(asked),
    ]
    if sentences:
        head = "| sentence set | root F1 | triple F1 | dyad F1 |\n| --- | --- | --- | --- |"
        parts[6:6] = ["Human-coded sentences, and short ones of our own:", f"{head}\n{sentences}"]
    return "\n\n".join(parts) + "\n"


def cold_start() -> tuple[float, str]:
    """Run `kgbuild ingest data/` into a new store.

    Return the CPU seconds of all its processes, and a sample of what it answers.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "kg.store"
        command = [sys.executable, "-m", "kg", "ingest", "data", "-q", "--store", str(folder)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, cwd=accuracy.ROOT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return seconds, readme.sample(folder)


def main() -> None:
    """Measure, and write the page and the README's figures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    default = os.environ.get("KGBUILD_CORPORA")
    parser.add_argument("--corpora", type=Path, default=Path(default) if default else None)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--sizes", default="100,1000")
    options = parser.parse_args()
    sizes = tuple(int(size) for size in options.sizes.split(","))
    found = accuracy.measure(options.corpora)
    runs = [run.apart(size, metamorphic.SEED) for size in sizes]
    FILE.write_text(page(found, runs, options.cases), encoding="utf-8")
    if options.corpora is not None:
        seconds, answers = cold_start()
        text = README.read_text(encoding="utf-8")
        text = readme.filled(text, "figures", readme.block(found, seconds, runs[0]))
        README.write_text(readme.filled(text, "result", answers), encoding="utf-8")


if __name__ == "__main__":
    main()
