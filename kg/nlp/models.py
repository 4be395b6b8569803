"""Lists the language models at hand, from their cards alone: nothing is loaded."""

import json
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

SHIPPED = Path(__file__).parent / "model"

# Components without which the extractor can't work (as in `pipeline.load`).
NEEDED = ("tagger", "parser")


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model's `meta.json` says of it.

    `name` is what `--model` takes; `figures` maps a test set to its measures in per cent;
    `problem` says in one line why the model can't be used, and is empty where it can.
    """

    name: str
    version: str
    folder: Path
    language: str = ""
    description: str = ""
    license: str = ""
    sources: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    labels: str = ""
    size: int = 0
    shipped: bool = False
    figures: dict[str, dict[str, float]] = field(default_factory=dict)
    problem: str = ""


def installed() -> list[ModelCard]:
    """List the shipped model first, then installed spaCy packages by name."""
    cards = [read_card(SHIPPED, "shipped", shipped=True)]
    for point in sorted(entry_points(group="spacy_models"), key=lambda p: p.name):
        folder = _package_folder(point.value.partition(":")[0])
        if folder is not None:
            cards.append(read_card(folder, point.name))
    return cards


def _package_folder(package: str) -> Path | None:
    """Find a model package's data: a folder `NAME-VERSION` with a card, inside the package."""
    spec = find_spec(package)
    for place in spec.submodule_search_locations or () if spec else ():
        for card in sorted(Path(place).glob("*/meta.json")):
            return card.parent
    return None


def read_card(folder: Path, name: str, *, shipped: bool = False) -> ModelCard:
    """Read a model folder's card; one that is missing or broken becomes a card with a problem."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        return ModelCard(name, "", folder, problem=f"{folder / 'meta.json'}: {fault}")
    components = tuple(meta.get("pipeline") or meta.get("components") or ())
    parser_labels = meta.get("labels", {}).get("parser", ())
    return ModelCard(
        name=name,
        version=str(meta.get("version", "")),
        folder=folder,
        language=str(meta.get("lang", "")),
        description=str(meta.get("description", "")),
        license=str(meta.get("license", "")),
        sources=tuple(s["name"] for s in meta.get("sources") or () if s.get("name")),
        components=components,
        labels=_label_set(parser_labels),
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        shipped=shipped,
        figures=meta.get("performance", {}).get("test_sets", {}),
        problem=_problem(str(meta.get("lang", "")), components),
    )


def _label_set(labels: object) -> str:
    known = set(labels) if isinstance(labels, list | tuple) else set()
    if "nsubj:pass" in known:
        return "UD"
    return "ClearNLP" if "dobj" in known else ""


def _problem(language: str, components: tuple[str, ...]) -> str:
    if language != "en":
        return f"language is {language!r}, not English"
    missing = [part for part in NEEDED if part not in components]
    return f"has no {' and no '.join(missing)}" if missing else ""
