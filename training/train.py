"""Runs spaCy's training loop over the prepared files."""

import json
from pathlib import Path

import spacy
from spacy.cli.train import train as spacy_train
from spacy.morphology import Morphology
from spacy.training.initialize import init_nlp
from spacy.util import load_config
from thinc.api import Config, fix_random_seed

from training import corpus, curves  # they register what the configuration names

CONFIG = Path(__file__).with_name("config.cfg")
_LISTENS = "spacy.Tok2VecListener.v1"


def configure(start: Path | None, steps: int, rate: float, horizon: int, seed: int) -> Config:
    """Fill the configuration in; with `start`, go on from that model's components.

    A component of `start` with a tok2vec of its own is left out and begins anew, so that all
    share one.
    """
    config = load_config(CONFIG)
    config["system"]["seed"] = seed
    config["training"]["max_steps"] = steps
    config["training"]["optimizer"]["learn_rate"]["initial_rate"] = rate
    config["training"]["optimizer"]["learn_rate"]["total_steps"] = horizon
    if start is not None:
        made = load_config(start / "config.cfg")["components"]
        for name in config["nlp"]["pipeline"]:
            shared = made.get(name, {}).get("model", {}).get("tok2vec", {})
            if name == "tok2vec" or shared.get("@architectures") == _LISTENS:
                config["components"][name] = {"source": str(start)}
    return config


def configure_names(trained: Path, alone: Path, steps: int, rate: float, seed: int) -> Config:
    """Fill the configuration in for names alone: the recogniser with its own copy of the tok2vec.

    Writes the pipeline that training begins with to `alone`.
    """
    nlp = spacy.load(trained)
    nlp.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    for name in nlp.pipe_names:
        if name != "ner":
            nlp.remove_pipe(name)
    nlp.to_disk(alone)
    config = configure(None, steps, rate, steps, seed)
    config["nlp"]["pipeline"] = ["ner"]
    config["components"] = {"ner": {"source": str(alone)}}
    config["training"]["score_weights"] = {"ents_f": 1.0}
    config["corpora"]["train"]["extra_share"] = 3.0
    config["training"]["eval_frequency"] = 250
    return config


def begin(data: Path, vectors: Path, out: Path, seed: int) -> Path:
    """Write an untrained pipeline whose labels are those of all the data, not of a sample.

    spaCy looks at the first hundred examples of a stream only. Words without features, as in the
    sentences annotated with names alone, must not become a label of their own, to be learnt everywhere.
    """
    config = configure(None, 1, 1e-3, 1, seed)
    _set_paths(config, data, vectors, out)
    config["training"]["max_epochs"] = 0
    fix_random_seed(seed)
    labels = init_nlp(config).get_pipe("morphologizer").label_data
    for table in labels.values():
        table.pop(Morphology.EMPTY_MORPH, None)
    known = out.with_suffix(".morphologizer.json")
    known.write_text(json.dumps(labels, sort_keys=True), encoding="utf-8")
    reader = {"@readers": "spacy.read_labels.v1", "path": str(known)}
    config["initialize"].setdefault("components", {})["morphologizer"] = {"labels": reader}
    fix_random_seed(seed)
    init_nlp(config).to_disk(out)
    return out


def _set_paths(config: Config, data: Path, vectors: Path, out: Path) -> None:
    config["paths"]["data"] = str(data)
    config["paths"]["vectors"] = str(vectors)
    config["corpora"]["dev"]["path"] = str(data / "dev.jsonl.gz")
    config["training"]["logger"]["path"] = str(out.with_suffix(".csv"))


def train(config: Config, data: Path, vectors: Path, out: Path) -> Path:
    """Train and give the folder of the best model by the development set's weighted score."""
    out.mkdir(parents=True, exist_ok=True)
    _set_paths(config, data, vectors, out)
    config.to_disk(out / "config.cfg")
    fix_random_seed(config["system"]["seed"])
    spacy_train(out / "config.cfg", out)
    return out / "model-best"


__all__ = ["begin", "configure", "configure_names", "corpus", "curves", "train"]
