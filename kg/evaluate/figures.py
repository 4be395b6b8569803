"""Figures of an evaluation, and how people and machines read them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.evaluate.links import LinkScore, Prf, prf
from kg.evaluate.score import FIELDS, ArticleScore

_FEW = 3  # gold events of a type, below which its F1 is left out of the mean


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies in 95 of 100 samples of as many articles, drawn with replacement."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of answers against a gold folder."""

    articles: int
    score: ArticleScore
    links: LinkScore | None
    intervals: Mapping[str, Interval]

    @property
    def figures(self) -> dict[str, Prf]:
        """Precision, recall and F1 by name; for single figures, the third alone."""
        found = event_figures(self.score)
        said = self.score.claims
        if said["gold"]:
            found["claims"] = (0.0, 0.0, said["stance"] / said["gold"])
        if self.links is not None:
            found["links"] = self.links.pairs
            found["retaliation"] = self.links.retaliation
        return found


def event_figures(score: ArticleScore) -> dict[str, Prf]:
    """Return the figures on events: found, typed, roles, full, args, macro."""
    total = score.total
    figures = {
        name: prf(total[name], total["pred"], total["gold"])
        for name in ("found", "typed", "roles", "full")
    }
    figures["args"] = prf(total["arg_tp"], total["arg_pred"], total["arg_gold"])
    each = type_scores(score.types)
    figures["macro"] = (0.0, 0.0, sum(each) / len(each) if each else 0.0)
    return figures


def type_scores(types: Mapping[str, Counter[str]]) -> list[float]:
    """Return the F1 (roles) of the types with enough gold."""
    enough = [counts for counts in types.values() if counts["gold"] >= _FEW]
    return [prf(counts["roles"], counts["pred"], counts["gold"])[2] for counts in enough]


def text(evaluation: Evaluation, *, types: bool = False) -> str:
    """Return the figures as lines for people; with `types`, a line for each event type."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(evaluation, types))


def _line(name: str, figures: Prf, note: str = "") -> str:
    precision, recall, f1 = figures
    return f"{name:12s} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {note}"


def _lines(evaluation: Evaluation, types: bool) -> Iterator[str]:
    score, figures, total = evaluation.score, evaluation.figures, evaluation.score.total
    for name in ("found", "typed", "roles", "full", "args"):
        yield _line(name, figures[name], _between(evaluation.intervals.get(name)))
    each = type_scores(score.types)
    yield f"macro        roles F1 over {len(each)} types {figures['macro'][2]:.3f}"
    core = total["core"] or 1
    yield (
        f"core         {total['core_found']}/{total['core']} found "
        f"({total['core_found'] / core:.3f}), {total['core_roles']} with right roles "
        f"({total['core_roles'] / core:.3f})"
    )
    told = "  ".join(f"{f} {score.fields[f]}/{score.fields[f + '_n']}" for f in FIELDS)
    yield f"fields       {told}  (of found events)"
    if score.fields["unreal_n"]:
        yield _unreal_line(score.fields)
    yield (
        f"articles {evaluation.articles}, gold events {total['gold']}, predicted {total['pred']}; "
        f"{total['negatives']} articles without events, {total['false_alarms']} false alarms"
    )
    if types:
        yield from _type_lines(score.types)
    if score.claims["gold"]:
        yield _claims_line(score.claims)
    if score.claims["disputes"]:
        yield _disputes_line(score.claims)
    if evaluation.links is not None:
        yield from _link_lines(evaluation.links)


def _between(interval: Interval | None) -> str:
    return "" if interval is None else f"(F1 {interval.low:.3f} to {interval.high:.3f})"


def _type_lines(types: Mapping[str, Counter[str]]) -> Iterator[str]:
    for name, counts in sorted(types.items(), key=lambda item: (-item[1]["gold"], item[0])):
        yield (
            f"   {name:22s} gold {counts['gold']:3d} predicted {counts['pred']:3d} "
            f"found {counts['found']:3d} roles {counts['roles']:3d} full {counts['full']:3d}"
        )


def _unreal_line(fields: Counter[str]) -> str:
    wrong, of = fields["unreal_as_actual"], fields["unreal_n"]
    return (
        f"not actual   {wrong}/{of} planned, threatened, possible, demanded, conditional or denied "
        f"events told as actual ({wrong / of:.3f})"
    )


def _claims_line(claims: Counter[str]) -> str:
    wanted = claims["gold"]
    return (
        f"claims       {claims['met']}/{wanted} met ({claims['met'] / wanted:.3f}), "
        f"{claims['stance']} with the right stance ({claims['stance'] / wanted:.3f})"
    )


def _disputes_line(claims: Counter[str]) -> str:
    wanted, shown = claims["disputes"], claims["disputes_shown"]
    return f"disputes     both sides of {shown}/{wanted} with speaker ({shown / wanted:.3f})"


def _link_lines(links: LinkScore) -> Iterator[str]:
    yield _line(
        "same-event",
        links.pairs,
        f"pairs of reports: {links.pairs_right} of {links.pairs_gold}; {links.pairs_wrong} wrong",
    )
    yield _line("  of found", links.pairs_of_found, "both reports found")
    yield _line("  B3", links.b3, "all events, singletons kept")
    if links.must_not_merge:
        yield f"forbidden merges {links.forbidden} of {links.must_not_merge}"
    if links.ruled_out:
        broken = f"{links.ruled_out_broken} of {links.ruled_out}"
        yield f"retaliation where the text rules it out: {broken}"
    yield _line(
        "retaliation",
        links.retaliation,
        f"pairs of events: {links.retaliation_hit} of {links.retaliation_gold} gold, "
        f"{links.retaliation_predicted} predicted between known events",
    )


def as_json(evaluation: Evaluation) -> str:
    """Return all figures as one JSON object; rates rounded to six places."""
    record: dict[str, Any] = {
        "f1": {name: round(figures[2], 3) for name, figures in evaluation.figures.items()},
        "figures": {
            name: dict(zip(("precision", "recall", "f1"), map(_round, figures), strict=True))
            for name, figures in evaluation.figures.items()
        },
        "intervals": {
            name: [_round(interval.low), _round(interval.high)]
            for name, interval in evaluation.intervals.items()
        },
        "articles": evaluation.articles,
        "events": dict(sorted(evaluation.score.total.items())),
        "fields": dict(sorted(evaluation.score.fields.items())),
        "claims": dict(sorted(evaluation.score.claims.items())),
        "types": {n: dict(sorted(c.items())) for n, c in sorted(evaluation.score.types.items())},
    }
    if evaluation.links is not None:
        record["links"] = {
            "b3": [_round(figure) for figure in evaluation.links.b3],
            "pairs_of_found": [_round(figure) for figure in evaluation.links.pairs_of_found],
            "wrong_pairs": evaluation.links.pairs_wrong,
            "forbidden_merges": evaluation.links.forbidden,
            "ruled_out_retaliation": evaluation.links.ruled_out_broken,
        }
    return json.dumps(record, indent=1) + "\n"


def _round(value: float) -> float:
    return round(value, 6)
