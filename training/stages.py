"""The stages of training: how long each lasts and what it begins from."""

import argparse
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from training import corpus
from training.train import begin, configure, configure_names, train

# Of a stage: steps of 1,500 words, first learning rate, and the step at which the falling rate would
# reach zero. The first stage needs more of them from scratch than from a model.
_SCRATCH = (4000, 1e-3, 7000)
_STAGES = ((1500, 1e-3, 12_000), (5000, 9e-4, 7000))
# Of the recogniser of names alone, after that: steps and first rate, falling to zero.
_NAMES = (2500, 6e-4)


def twice(args: argparse.Namespace, data: Path, vectors: Path) -> list[Path]:
    """Train the first stage from scratch with two seeds, on two cores: trees must agree in both."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        seeds = (args.seed, args.seed + 1)
        runs = [pool.submit(stage, 1, args, data, vectors, None, seed) for seed in seeds]
        return [run.result() for run in runs]


def stage(
    number: int,
    args: argparse.Namespace,
    data: Path,
    vectors: Path,
    start: Path | None,
    seed: int,
) -> Path:
    """Train one stage and give its best model."""
    steps, rate, horizon = _STAGES[number - 1] if start else _SCRATCH
    if start is None:
        start = begin(data, vectors, args.out / f"begin-{seed}", seed)
    config = configure(start, steps, rate, horizon, seed)
    return train(config, data, vectors, args.out / f"stage{number}-{seed}")


def named(args: argparse.Namespace, data: Path, trees: Path) -> Path:
    """Train the recogniser of names alone, on the sentences that have names."""
    folder = args.out / "data-names"
    folder.mkdir(exist_ok=True)
    for part in ("treebank.jsonl.gz", "dev.jsonl.gz"):
        corpus.write(folder / part, [s for s in corpus.read(data / part) if s.ents])
    for part in ("names.jsonl.gz", "pool.json"):
        shutil.copy(data / part, folder / part)
    alone = args.out / "names-begin"
    config = configure_names(trees, alone, *_NAMES, args.seed)
    return train(config, folder, alone, args.out / "names")
