"""The README's figures and its sample of answers, between markers, as benchmarks/figures.py has them."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.accuracy import Measured
from kg.evaluate import Evaluation
from kg.graph import store
from kg.publish import table
from kg.query import Table, find, run

_COLUMNS = ("type", "actors", "targets", "count", "date", "deadline", "articles", "retaliation")
_TOLD_BY = 3  # articles: rows of the sample
_CUT = 44  # characters of its widest column
# Found, roles and full F1 of the extractor's first run over each set.
_FIRST = {
    "data": (0.65, 0.52, 0.18),
    "test articles": (0.60, 0.40, 0.18),
    "seeds": (0.64, 0.37, 0.23),
}
_NAMES = {
    "data": "`data/`",
    "test articles": "`tests/articles`",
    "seeds": "news articles of one story",
}


def block(found: Measured, seconds: float, run: Mapping[str, Any]) -> str:
    """Return the Markdown between the markers.

    `seconds`: CPU of a cold start's `kgbuild ingest data/`; `run`: of benchmarks/run.py.
    """
    words = [*_told(found), _speed(found.sets["data"].articles, seconds, run)]
    lines = (textwrap.fill(f"- {line}", 110, subsequent_indent="  ") for line in words)
    return f"\n{_table(found.sets)}\n\n" + "\n".join(lines) + "\n"


def filled(readme: str, name: str, block: str) -> str:
    """Return the README with the block between its markers; ValueError where they are missing."""
    begin, end = f"<!-- {name}: python -m benchmarks.figures -->", f"<!-- end of {name} -->"
    before, found, rest = readme.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"README.md has no {begin} with {end} behind it")
    return f"{before}{begin}\n{block}\n{end}{after}"


def sample(folder: Path) -> str:
    """Return some rows of the saved query `expulsions` over the store, as a block of code."""
    with store.read(folder) as reader:
        asked = run(reader, find("expulsions"), {})
    assert isinstance(asked, Table)
    rows = [dict(zip(asked.columns, row, strict=True)) for row in asked.rows]
    lines = [list(_COLUMNS)]
    lines += [
        [_short(table.text(row[name])) for name in _COLUMNS]
        for row in rows
        if int(table.text(row["articles"])) >= _TOLD_BY
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(len(_COLUMNS))]
    told = ("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines)
    return "\n```\n" + "\n".join(line.rstrip() for line in told) + "\n```\n"


def _short(value: str) -> str:
    return value if len(value) <= _CUT else value[: _CUT - 1] + "…"


def _table(sets: Mapping[str, Evaluation]) -> str:
    heads = (
        "set",
        "articles",
        "events",
        *(f"{n} F1, first → now" for n in ("found", "roles", "full")),
    )
    lines = [f"| {' | '.join(heads)} |", "| --- " * len(heads) + "|"]
    for name, first in _FIRST.items():
        one = sets[name]
        now = (one.figures[kind][2] for kind in ("found", "roles", "full"))
        steps = (f"{a:.2f} → {b:.2f}" for a, b in zip(first, now, strict=True))
        cells = (_NAMES[name], str(one.articles), str(one.score.total["gold"]), *steps)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _told(found: Measured) -> list[str]:
    data, articles = found.sets["data"], found.sets["test articles"]
    negatives = articles.score.total
    right = [
        f"{one.score.claims['stance'] / one.score.claims['gold']:.2f}" for one in (data, articles)
    ]
    links = data.links
    assert links is not None
    pairs, answers = links.pairs, links.retaliation
    probe = found.sentences["probe_dev"].f1("triple")
    plover = found.sentences["plover_gsr_dev"].f1("triple")
    linked = (
        f"Reports of one event linked, on `data/`: precision {pairs[0]:.2f}, recall {pairs[1]:.2f} "
        f"({links.pairs_of_found[1]:.2f} where both reports were found); what answers what: precision "
        f"{answers[0]:.2f}, recall {answers[1]:.2f}."
    )
    sentences = (
        f"Short sentences of one act each: actor, act and target right in {probe:.2f} (F1); human-coded "
        f"sentences of the PLOVER set: {plover:.2f}."
    )
    alarms = f"{negatives['false_alarms']} of {negatives['negatives']} gave a false one"
    return [
        f"Articles without events: {alarms}.",
        f"Claims met with the right stance: {right[0]} on `data/`, {right[1]} on `tests/articles`.",
        linked,
        sentences,
    ]


def _speed(articles: int, seconds: float, run: Mapping[str, Any]) -> str:
    return (
        f"Speed: {articles} articles in {seconds:.0f} s of CPU from a cold start, the loading of the model "
        f"and all stages included; extraction takes {run['extract_per_parse']:.1f} times the parse alone."
    )
