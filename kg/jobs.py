"""The extraction over processes: articles in, extractions out, in the same order as with one.

Each process loads the model once. Few articles are read in this process, since a second model
costs more time than it saves.
"""

import json
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.lexicon import load
from kg.model import Article, Extraction
from kg.nlp.models import SHIPPED, installed

if TYPE_CHECKING:
    from kg.nlp.extract import Extractor

_BATCH = 8  # articles parsed together
_WORTH = 48  # below this many articles, one process is faster
_AHEAD = 8  # batches a process that may wait to be written: drawing conclusions takes seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """Which language model and which additions to the ontology read the articles."""

    model: str | None = None
    ontology: Path | None = None


def model_name(model: str | None) -> str:
    """Return name and version of a model, as extractions carry them, without loading it."""
    folder = SHIPPED if model is None else Path(model)
    for card in installed() if model is not None else ():
        if card.name == model:
            folder = card.folder
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelError(
            f"--model {model}: no language model there: `kgbuild models` lists those installed"
        ) from fault
    return f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _extractor(reading: Reading) -> "Extractor":
    from kg.nlp.extract import Extractor  # spaCy takes a second

    return Extractor(reading.model, load(reading.ontology))


def extractions(articles: Iterable[Article], reading: Reading, jobs: int) -> Iterator[Extraction]:
    """Yield an extraction an article, in the articles' order; `jobs` processes work at it.

    Nothing is loaded before the first article arrives; few batches are in memory at a time.
    """
    rest = iter(articles)
    first = list(islice(rest, _WORTH if jobs > 1 else 1))
    if not first:
        return
    every = chain(first, rest)
    if jobs < 2 or len(first) < _WORTH:
        yield from _extractor(reading).extract(every, batch_size=_BATCH)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_end_with_parent) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        try:
            while batch := list(islice(every, _BATCH)):
                waiting.append(pool.submit(_batch, batch, reading))
                if len(waiting) > _AHEAD * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: killed, it can't tell its children."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _batch(articles: list[Article], reading: Reading) -> list[Extraction]:
    return list(_extractor(reading).extract(articles, batch_size=_BATCH))
