"""`python -m training`: converts, trains, assembles, measures, writes the card."""

import argparse
import sys
from pathlib import Path

import spacy

from training import corpus
from training.assemble import assemble, write_performance
from training.card import measured, render
from training.clusters import write_vectors
from training.prepare import prepare
from training.silver import label_names
from training.train import configure, curve, train

# Steps of 1,500 words and first learning rate of the two stages.
_STAGES = ((2500, 1e-3), (6000, 8e-4))


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
    first = _stage(1, args, data, vectors, args.start, teachers)
    # The second reading that a tree must agree with: the model begun from, or another seed.
    second = args.start or _stage(1, args, data, vectors, None, [], seed=args.seed + 1)
    best = _stage(2, args, data, vectors, first, [second, first])
    model = out / "model"
    assemble(best, corpus.read(data / "treebank.jsonl.gz"), model)
    models = {"kgbuild_news_sm": model}
    if args.start:
        models["the model begun from"] = args.start
    found = measured(models, args.corpora)
    write_performance(model, found["kgbuild_news_sm"])
    rows = [
        [str(stage), *row]
        for stage in (1, 2)
        for row in curve(out / f"stage{stage}-{args.seed}.jsonl")
    ]
    (model / "CARD.md").write_text(render(found, rows), encoding="utf-8")
    return 0


def _stage(
    number: int,
    args: argparse.Namespace,
    data: Path,
    vectors: Path,
    start: Path | None,
    teachers: list[Path],
    seed: int | None = None,
) -> Path:
    """Label the names' sentences with what the teachers agree on, train on, give the best."""
    seed = args.seed if seed is None else seed
    steps, rate = _STAGES[number - 1]
    label_names(data, [spacy.load(teacher) for teacher in teachers])
    config = configure(start, steps, rate, seed)
    out = args.out / f"stage{number}-{seed}"
    return train(config, data, vectors, out)


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
