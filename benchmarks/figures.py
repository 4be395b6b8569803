"""Measures everything anew into docs/figures.md: `python -m benchmarks.figures`.

Runs accuracy (KGBUILD_CORPORA for the seeds and the sentence sets), 5,000 metamorphic cases and the
throughput of 100 and 1,000 articles: about half an hour on two cores.
"""

import argparse
import os
import platform
from pathlib import Path

from benchmarks import accuracy, metamorphic, run
from kg.nlp.extract import Extractor
from tests.metamorphic import measure
from tests.metamorphic.cases import Draw

FILE = accuracy.ROOT / "docs" / "figures.md"


def figures(corpora: Path | None, cases: int, sizes: tuple[int, ...]) -> str:
    """Return the page's text."""
    found = accuracy.measure(corpora)
    extractor = Extractor()
    outcomes = measure.run(Draw(extractor.lexicon, metamorphic.SEED).cases(cases), extractor)
    runs = [run.apart(size, metamorphic.SEED) for size in sizes]
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
    ]
    if sentences:
        head = "| sentence set | root F1 | triple F1 | dyad F1 |\n| --- | --- | --- | --- |"
        parts[6:6] = ["Human-coded sentences, and short ones of our own:", f"{head}\n{sentences}"]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    default = os.environ.get("KGBUILD_CORPORA")
    parser.add_argument("--corpora", type=Path, default=Path(default) if default else None)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--sizes", default="100,1000")
    options = parser.parse_args()
    sizes = tuple(int(size) for size in options.sizes.split(","))
    FILE.write_text(figures(options.corpora, options.cases, sizes), encoding="utf-8")


if __name__ == "__main__":
    main()
