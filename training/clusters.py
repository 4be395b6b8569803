"""Word vectors out of Brown clusters: the words of a cluster share a row."""

import gzip
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import spacy
from spacy.vectors import Vectors

_WORDS = 120_000
_PREFIXES = (4, 6, 9)
_RANDOM = 64


def write_vectors(out: Path) -> Path:
    """Write a blank pipeline whose vectors table holds the 120,000 commonest clustered words.

    A row is the one-hot prefixes of the cluster's path (4, 6 and 9 bits) and 64 random numbers
    of the cluster's own, so that near clusters are near and each can be told.
    """
    clusters: dict[str, int] = _table("en_lexeme_cluster")
    chances: dict[str, float] = _table("en_lexeme_prob")
    words = [word for word, cluster in clusters.items() if cluster and word.strip()]
    words = sorted(words, key=lambda word: (-chances.get(word, -99.0), word))[:_WORDS]
    rows = {c: at for at, c in enumerate(sorted({clusters[word] for word in words}))}
    blocks = []
    for bits in _PREFIXES:
        heads = [cluster & (2**bits - 1) for cluster in rows]
        place = {head: at for at, head in enumerate(sorted(set(heads)))}
        block = np.zeros((len(rows), len(place)), dtype="float32")
        block[np.arange(len(rows)), [place[head] for head in heads]] = 1
        blocks.append(block)
    blocks.append(np.random.default_rng(0).normal(0, 0.25, (len(rows), _RANDOM)))
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=np.hstack(blocks).astype("float32"), keys=None
    )
    for word in words:
        nlp.vocab.vectors.add(nlp.vocab.strings.add(word), row=rows[clusters[word]])
    nlp.to_disk(out)
    return out


def _table(name: str) -> dict:  # type: ignore[type-arg]
    packed = files("spacy_lookups_data") / "data" / f"{name}.json.gz"
    return json.loads(gzip.decompress(packed.read_bytes()))  # type: ignore[no-any-return]
