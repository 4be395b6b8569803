"""`python -m training`: converts, trains, assembles, measures, writes the card."""

import argparse
import shutil
import sys
from pathlib import Path

import spacy

from training import corpus
from training.assemble import assemble, write_performance
from training.card import measured, render
from training.clusters import write_vectors
from training.curves import joined
from training.prepare import prepare
from training.silver import add_trees, write_names
from training.train import begin, configure, configure_names, train

# Of the two stages: steps of 1,500 words, first learning rate, and the step at which the falling
# rate would reach zero.
_STAGES = ((1500, 1e-3, 12_000), (5000, 9e-4, 7000))
# Of the recogniser of names alone, after that: steps and first rate, falling to zero.
_NAMES = (2500, 6e-4)
# How many of GMB's sentences are read for trees.
_TREES = 24_000


def main(arguments: list[str]) -> int:
    """Run the whole recipe, or a part of it that is named."""
    args = _parser().parse_args(arguments)
    if args.measure:
        print(render(measured({str(p): p for p in args.measure}, args.corpora), []))
        return 0
    data, out = args.out / "data", args.out
    prepare(args.corpora, data)
    vectors = args.start or write_vectors(out / "clusters")
    teachers = [args.start] if args.start else []
    write_names(data, [spacy.load(teacher) for teacher in teachers])
    first = _stage(1, args, data, vectors, args.start, args.seed)
    # The second reading that a tree must agree with: the model begun from, or another seed.
    second = args.start or _stage(1, args, data, vectors, None, args.seed + 1)
    add_trees(data, [spacy.load(second), spacy.load(first)], _TREES, args.seed)
    trees = _stage(2, args, data, vectors, first, args.seed)
    names = _names(args, data, trees)
    model = out / "model"
    assemble(trees, names, corpus.read(data / "treebank.jsonl.gz"), model)
    models = {"kgbuild_news_sm": model}
    if args.start:
        models["the model begun from"] = args.start
    found = measured(models, args.corpora)
    write_performance(model, found["kgbuild_news_sm"])
    stages = {str(n): out / f"stage{n}-{args.seed}.csv" for n in (1, 2)}
    stages["names"] = out / "names.csv"
    curve = joined(stages, model / "CURVE.csv")
    (model / "CARD.md").write_text(render(found, curve), encoding="utf-8")
    return 0


def _stage(
    number: int,
    args: argparse.Namespace,
    data: Path,
    vectors: Path,
    start: Path | None,
    seed: int,
) -> Path:
    """Train one stage and give its best model."""
    steps, rate, horizon = _STAGES[number - 1]
    if start is None:
        start = begin(data, vectors, args.out / f"begin-{seed}", seed)
    config = configure(start, steps, rate, horizon, seed)
    return train(config, data, vectors, args.out / f"stage{number}-{seed}")


def _names(args: argparse.Namespace, data: Path, trees: Path) -> Path:
    """Train the recogniser of names alone, on the sentences that have names."""
    named = args.out / "data-names"
    named.mkdir(exist_ok=True)
    for part in ("treebank.jsonl.gz", "dev.jsonl.gz"):
        corpus.write(named / part, [s for s in corpus.read(data / part) if s.ents])
    for part in ("names.jsonl.gz", "pool.json"):
        shutil.copy(data / part, named / part)
    alone = args.out / "names-begin"
    config = configure_names(trees, alone, *_NAMES, args.seed)
    return train(config, named, alone, args.out / "names")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with treebanks/, ner/")
    parser.add_argument("--out", type=Path, default=Path("trained"), help="folder to write to")
    parser.add_argument("--start", type=Path, help="go on from this model (else from scratch)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--measure", type=Path, nargs="+", metavar="MODEL", help="only measure these models"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
