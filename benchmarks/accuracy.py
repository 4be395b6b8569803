"""Measures extraction on every gold set: `python -m benchmarks.accuracy [--corpora DIR]`.

The sets: `data/`, the test articles, and, where the corpora are at hand (KGBUILD_CORPORA), the
seeds and the sentence sets. Prints a Markdown table; `--json FILE` keeps all figures.
"""

import argparse
import json
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import build
from kg.evaluate import Evaluation, SentenceScore, as_json, evaluate, score_sentences, tables
from kg.evaluate.score import FIELDS
from kg.graph import store
from kg.query import Table, find, run

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A folder of articles with the folder of their gold."""

    name: str
    texts: Path
    gold: Path


def gold_sets(corpora: Path | None) -> list[GoldSet]:
    """Return the sets that are at hand."""
    tests = ROOT / "tests"
    sets = [
        GoldSet("data", ROOT / "data", tests / "gold" / "data"),
        GoldSet("test articles", tests / "articles", tests / "articles" / "gold"),
    ]
    if corpora is not None:
        sets.insert(0, GoldSet("seeds", corpora / "seeds", corpora / "gold"))
    return sets


def answers(paths: list[Path], folder: Path) -> Any:
    """Take the articles through the whole flow and return the saved queries' rows."""
    build.ingest(paths, folder, build.Settings(jobs=1))
    with store.read(folder) as reader:

        def ask(name: str) -> Table:
            found = run(reader, find(name), {})
            assert isinstance(found, Table)
            return found

        return tables(ask)


def score(one: GoldSet, folder: Path) -> Evaluation:
    """Ingest a set's articles and score what the store says."""
    articles = sorted(p for p in one.texts.iterdir() if p.is_file())
    return evaluate(one.gold, answers(articles, folder))


def table(scores: dict[str, Evaluation]) -> str:
    """Return the events' figures, a row a set."""
    names = ("set", "articles", "found F1", "roles F1", "full F1", "core found", "core roles")
    rows = [f"| {' | '.join((*names, 'false alarms'))} |", "| --- " * 8 + "|"]
    for name, one in scores.items():
        total, f1 = one.score.total, {k: v[2] for k, v in one.figures.items()}
        core = total["core"] or 1
        rows.append(
            f"| {name} | {one.articles} | {f1['found']:.3f} | {f1['roles']:.3f} | {f1['full']:.3f} "
            f"| {total['core_found'] / core:.3f} | {total['core_roles'] / core:.3f} "
            f"| {total['false_alarms']} in {total['negatives']} |"
        )
    return "\n".join(rows)


def pooled(scores: dict[str, Evaluation]) -> str:
    """Return the accuracy of fields and claims over all sets together, n given.

    Below the table stands the share of events that did not happen but are told as actual.
    """
    fields: Counter[str] = Counter()
    claims: Counter[str] = Counter()
    for one in scores.values():
        fields.update(one.score.fields)
        claims.update(one.score.claims)
    rows = ["| field, pooled | right | of |", "| --- | --- | --- |"]
    counts = [(f, fields[f], fields[f"{f}_n"]) for f in FIELDS]
    counts.append(("claims with stance", claims["stance"], claims["gold"]))
    rows += [f"| {name} | {right / (n or 1):.3f} | {n} |" for name, right, n in counts]
    wrong, of = fields["unreal_as_actual"], fields["unreal_n"]
    what = "Planned, threatened, possible, demanded, conditional or denied events told as actual"
    share = f"{wrong} of {of} found ({wrong / (of or 1):.3f}; aim: at most 0.02)"
    rows += ["", f"{what}: {share}."]
    return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Measured:
    """What all sets at hand gave: evaluations by set, and sentence scores by file."""

    sets: dict[str, Evaluation]
    sentences: dict[str, SentenceScore]


def measure(corpora: Path | None) -> Measured:
    """Take every set through the flow, each into a store of its own, and score it."""
    sentences: dict[str, SentenceScore] = {}
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        sets = {
            one.name: score(one, home / f"{number}.store")
            for number, one in enumerate(gold_sets(corpora))
        }
        for path in sorted((corpora / "sentences").glob("*.jsonl")) if corpora else ():
            told = answers([path], home / f"{path.stem}.store")
            sentences[path.stem] = score_sentences(path, told.events)
    return Measured(sets, sentences)


def main() -> None:
    """Print the tables for every set at hand."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    default = os.environ.get("KGBUILD_CORPORA")
    parser.add_argument("--corpora", type=Path, default=Path(default) if default else None)
    parser.add_argument("--json", type=Path, help="write all figures into this file")
    options = parser.parse_args()

    found = measure(options.corpora)
    print(table(found.sets), pooled(found.sets), sep="\n\n", end="\n\n")
    for name, told in found.sentences.items():
        print(f"{name}\n{told.text()}")
    if options.json:
        record = {name: json.loads(as_json(one)) for name, one in found.sets.items()}
        record |= {name: json.loads(told.as_json()) for name, told in found.sentences.items()}
        options.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
