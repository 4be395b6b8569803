"""How each saved question is answered on `data/`, by the rows that a reader of the articles wrote.

`python -m benchmarks.judged [QUESTION…]`: a Markdown table, and the wrong and missing rows of those
named. What is right stands in `tests/questions/`, how rows are compared in `tests/judged.py`.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks import golden
from kg.graph import store
from tests import judged


def main() -> None:
    """Print the verdict on each question, as a Markdown table, and the rows of those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", nargs="*", help="print this one's wrong and missing rows")
    asked = parser.parse_args().question
    print("| question | rows | right | wrong | missing | P | R |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, store.read(golden.sample(Path(folder))) as reader:
        found = judged.verdicts(reader)
    for name, v in found.items():
        print(
            f"| `{name}` | {v.given} | {v.right} | {len(v.wrong)} | {len(v.missing)} "
            f"| {v.precision:.2f} | {v.recall:.2f} |"
        )
    print(f"\n{sum(not v.wrong and not v.missing for v in found.values())} of {len(found)} right")
    for name in asked:
        for label, told in (("wrong", found[name].wrong), ("missing", found[name].missing)):
            for row in told:
                print(f"{name}: {label}: {row}")


if __name__ == "__main__":
    main()
