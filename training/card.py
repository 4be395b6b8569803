"""Writes the model's card: sources, figures by test set and by relation, size, speed."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import run
from sys import executable

from kg.nlp.pipeline import load
from kg.nlp.sentences import sentence_starts
from training.assemble import SOURCES
from training.evaluate import RELATIONS, articles, measure, sentence_splitting, speed, test_sets

Figures = Mapping[str, Mapping[str, float]]
_CONDITIONS = (
    "Per cent, on raw text through `kg.nlp.pipeline` (our sentence splitter and repairs included); "
    "attachment scores without punctuation. None of the test sets was trained on (but the model "
    "begun from had seen most of GMB's last tenth); GUM's dev part, half of its news here, helped "
    "to choose the checkpoint. PUD has no `obl:agent`, and its names follow other guidelines than "
    "GMB's."
)
_LOOKS = (
    "Per cent, without our splitter and repairs; trees of EWT and GUM dev, names of GUM dev and of 2 % "
    "of GMB, *VOA persons* of the latter alone. The first look of a stage comes before the averages "
    "of the weights have settled."
)
_LEAD = ("tag_acc", "dep_uas", "dep_las", "lemma_acc", "PERSON", "ORG", "LOC")
_HEADINGS = ("tag", "UAS", "LAS", "lemma", "PERSON", "ORG", "LOC")


def measured(models: Mapping[str, Path], corpora: Path) -> dict[str, dict[str, object]]:
    """Measure each model on every test set, and side by side for speed, with our components."""
    pipelines = {name: load(folder) for name, folder in models.items()}
    texts = articles(corpora)
    found: dict[str, dict[str, object]] = {}
    for name, nlp in pipelines.items():
        found[name] = {
            "version": nlp.meta["version"],
            "test_sets": {test.name: measure(nlp, test) for test in test_sets(corpora)},
            "sentence_starts_f": sentence_splitting(sentence_starts, corpora),
            "megabytes": megabytes(models[name]),
            "compressed_megabytes": compressed_megabytes(models[name]),
            "first_sentence_seconds": first_sentence(models[name]),
        }
    for _ in range(2):  # in turn, so that another's load on the machine weighs on all alike
        for name, nlp in pipelines.items():
            best = max(speed(nlp, texts), float(str(found[name].get("tokens_a_second", 0))))
            found[name]["tokens_a_second"] = best
    return found


def megabytes(folder: Path) -> float:
    return round(sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6, 1)


def compressed_megabytes(folder: Path) -> float:
    """Give the size that the model takes in a wheel (a ZIP archive)."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path)
    return round(packed.tell() / 1e6, 1)


def first_sentence(folder: Path) -> float:
    """Give the CPU seconds of a fresh process for importing, loading and one sentence."""
    program = (
        "import sys, time; from pathlib import Path; from kg.nlp.pipeline import annotate, load; "
        "list(annotate(load(Path(sys.argv[1])), ['Peru recalled its envoy.'])); "
        "print(time.process_time())"
    )
    best = min(
        float(run([executable, "-c", program, folder], capture_output=True, check=True).stdout)
        for _ in range(3)
    )
    return round(best, 2)


def render(found: Mapping[str, Mapping[str, object]], curve: Sequence[Sequence[str]]) -> str:
    """Give the card as Markdown; the first model is the one that it is the card of.

    The curve's first row is its heading; without a curve that part is left out.
    """
    name = next(iter(found))
    lines = [
        f"# {name}",
        "",
        f"English pipeline for news, version {found[name]['version']}; weights under CC BY-SA 4.0.",
        "",
        "## Made from",
        "",
        "| source | version | licence | used for |",
        "|---|---|---|---|",
        *(
            f"| [{s['name']}]({s['url']}) | {s['version']} | {s['license']} | {s['use']} |"
            for s in SOURCES
        ),
        "",
        "## Figures",
        "",
        _CONDITIONS,
        "",
    ]
    for model in found:
        lines += [f"### {model}", "", *_table(_sets(found[model])), ""]
    lines += ["### By relation (F)", "", *_relations(found, _sets(found[name])), ""]
    lines += ["### Size and speed", "", *_costs(found), ""]
    if curve:
        lines += ["## Learning curve on the development set", "", _LOOKS, "", *_curve(curve), ""]
    return "\n".join(lines)


def _sets(figures: Mapping[str, object]) -> Figures:
    sets = figures["test_sets"]
    assert isinstance(sets, dict)
    return sets


def _table(sets: Figures) -> list[str]:
    rows = [f"| test set | {' | '.join(_HEADINGS)} |", "|---" * (len(_HEADINGS) + 1) + "|"]
    for name, figures in sets.items():
        cells = [f"{figures[key]:.1f}" if key in figures else "" for key in _LEAD]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def _relations(found: Mapping[str, Mapping[str, object]], sets: Figures) -> list[str]:
    names = [name for name, figures in sets.items() if "dep_las" in figures]
    rows = [f"| relation | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for relation in RELATIONS:
        cells = []
        for name in names:
            values = [_sets(figures)[name].get(relation) for figures in found.values()]
            cells.append(" (was ".join(f"{v:.0f}" for v in values if v is not None))
            cells[-1] += ")" if "(" in cells[-1] else ""
        rows.append(f"| {relation} | {' | '.join(cells)} |")
    return rows


def _curve(rows: Sequence[Sequence[str]]) -> list[str]:
    heading, *looks = rows
    table = [heading, ["---"] * len(heading), *looks]
    return ["| " + " | ".join(row) + " |" for row in table]


def _costs(found: Mapping[str, Mapping[str, object]]) -> list[str]:
    keys = [key for key in next(iter(found.values())) if key != "test_sets"]
    rows = [f"| | {' | '.join(found)} |", "|---" * (len(found) + 1) + "|"]
    for key in keys:
        cells = [str(figures[key]) for figures in found.values()]
        rows.append(f"| {key.replace('_', ' ')} | {' | '.join(cells)} |")
    return rows
