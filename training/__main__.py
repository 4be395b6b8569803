"""`python -m training`: converts, trains, assembles, measures, writes the card."""

import argparse
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
from training.stages import named, stage, twice

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
    if args.start:
        first, second = stage(1, args, data, vectors, args.start, args.seed), args.start
    else:
        first, second = twice(args, data, vectors)
    add_trees(data, [spacy.load(second), spacy.load(first)], _TREES, args.seed)
    trees = stage(2, args, data, vectors, first, args.seed)
    names = named(args, data, trees)
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
