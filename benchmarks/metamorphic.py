"""Prints the rates of metamorphic invariance: `python -m benchmarks.metamorphic`."""

import argparse
import os
import time
from pathlib import Path

from kg.nlp.extract import Extractor
from tests.metamorphic import measure
from tests.metamorphic.cases import Draw

SEED = 20180314


def main() -> None:
    """Draw the cases, run them, print the tables; with `--detail`, every failing template too."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=int(os.environ.get("KGBUILD_SEED", SEED)))
    parser.add_argument("--detail", type=Path, help="write the failing templates into this file")
    options = parser.parse_args()

    extractor = Extractor()
    cases = Draw(extractor.lexicon, options.seed).cases(options.cases)
    start = time.process_time()
    outcomes = measure.run(cases, extractor)
    seconds = time.process_time() - start
    print(f"seed {options.seed}, {len(cases)} cases, {seconds:.1f} s of CPU\n")
    print(measure.table(measure.by_feature(outcomes)), end="\n\n")
    print(measure.table(measure.by_type(outcomes)))
    if options.detail:
        options.detail.write_text(_detail(outcomes), encoding="utf-8")


def _verdict(outcome: measure.Outcome) -> str:
    holds = "holds" if outcome.holds else "changes"
    return f"{holds}, {'told' if outcome.told else 'not told'}"


def _detail(outcomes: tuple[measure.Outcome, ...]) -> str:
    lines = []
    for text, bad, total, outcome in measure.failing(outcomes, least=1):
        case = outcome.case
        lines += [
            f"## {case.template.type}: {text}",
            f"{bad} of {total} fail; for example {case.feature} ({_verdict(outcome)})",
        ]
        for article, told in ((case.base, outcome.before), (case.variant, outcome.after)):
            fill = article.fill
            lines.append(f"- [{fill.a.code}, {fill.b.code}, {article.published}] {article.text!r}")
            lines += [f"    - {t}" for t in told] or ["    - nothing"]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
