"""The evaluation: saved queries' tables and a gold folder in, figures out."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.evaluate.disputes import disputes
from kg.evaluate.figures import Evaluation, Interval, event_figures
from kg.evaluate.gold import load, stem
from kg.evaluate.links import score_links
from kg.evaluate.match import Row
from kg.evaluate.score import ArticleScore, merged, score_article, total
from kg.query import Table

SAMPLES = 1000
_SEED = 20260101  # figures don't change from run to run


@dataclass(frozen=True, slots=True)
class Tables:
    """Rows of the saved queries that are scored; what is not known is missing from a row."""

    events: Sequence[Row]
    same_event: Sequence[Row] | None = None
    retaliation: Sequence[Row] | None = None
    claims: Sequence[Row] = ()


def tables(ask: Callable[[str], Table]) -> Tables:
    """Ask the saved queries by name and return their rows as text."""
    return Tables(
        events=_rows(ask("events")),
        same_event=_rows(ask("same-event")),
        retaliation=_rows(ask("retaliation")),
        claims=_rows(ask("claims")),
    )


def _rows(table: Table) -> list[Row]:
    return [
        {
            name: cell.value
            for name, cell in zip(table.columns, row, strict=True)
            if isinstance(cell, NamedNode | Literal)
        }
        for row in table.rows
    ]


def evaluate(gold: Path, answers: Tables, samples: int = SAMPLES) -> Evaluation:
    """Score answers against a gold folder; `samples` of articles give the intervals (0: none).

    Raises UsageError where the folder holds no gold.
    """
    golds, links = load(gold)
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    article: dict[str, str] = {}
    for row in merged(answers.events):
        name = stem(row.get("source") or row["article"])
        rows[name].append(row)
        article[name] = row["article"]
    claims: defaultdict[str, list[Row]] = defaultdict(list)
    for row in answers.claims:
        claims[row["article"]].append(row)
    scores = [
        score_article(one, rows.get(one.stem, []), claims.get(article.get(one.stem, ""), []))
        for one in golds
    ]
    added = total(scores)
    told, shown = disputes(added.judged, links.same_event if links is not None else ())
    added.claims.update(disputes=told, disputes_shown=shown)
    linked = None
    if links is not None and answers.same_event is not None and answers.retaliation is not None:
        linked = score_links(
            links, added.scored, added.where, answers.same_event, answers.retaliation
        )
    return Evaluation(len(golds), added, linked, _intervals(scores, samples))


def _intervals(scores: Sequence[ArticleScore], samples: int) -> dict[str, Interval]:
    """Bootstrap the F1 of each figure over articles (percentile method)."""
    if samples < 2 or len(scores) < 2:
        return {}
    chance = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    drawn: defaultdict[str, list[float]] = defaultdict(list)
    bare = [ArticleScore(s.total, s.types) for s in scores]
    for _ in range(samples):
        sample = event_figures(total(chance.choices(bare, k=len(bare))))
        for name, figures in sample.items():
            drawn[name].append(figures[2])
    edge = max(0, round(0.025 * samples) - 1)
    return {
        name: Interval(values[edge], values[-1 - edge])
        for name, found in drawn.items()
        if (values := sorted(found))
    }
