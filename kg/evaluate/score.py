"""One article's answers against its gold -> counts that add up over articles."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.evaluate.disputes import JudgedClaim
from kg.evaluate.gold import GoldArticle, GoldEvent, Key, conventions
from kg.evaluate.match import (
    Row,
    align,
    codes,
    fields_agree,
    join_parts,
    modality_agrees,
    near,
    roles_agree,
    sides,
    words,
)

FIELDS = ("count", "date", "deadline", "modality")
_DONE = "actual"


@dataclass(slots=True)
class ArticleScore:
    """Counts of one article: over all events, by type, and by field of the events found."""

    total: Counter[str] = field(default_factory=Counter)
    types: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    fields: Counter[str] = field(default_factory=Counter)  # and `unreal`: what did not happen
    claims: Counter[str] = field(default_factory=Counter)
    judged: list[JudgedClaim] = field(default_factory=list)  # claims on an event of the gold
    where: dict[Key, str] = field(default_factory=dict)  # found gold event -> answered report
    scored: list[Key] = field(default_factory=list)
    detail: list[dict[str, Any]] = field(default_factory=list)  # what was missed, wrong, not full


def score_article(gold: GoldArticle, rows: Sequence[Row], claims: Sequence[Row]) -> ArticleScore:
    """Compare one article's rows of `events` and `claims` with its gold."""
    score = ArticleScore()
    known = conventions()
    wanted = [e for e in gold.events if e.type not in known.unscored and not e.spare]
    spare = [e for e in gold.events if e.type in known.unscored or e.spare]
    answers = join_parts(wanted, rows)
    match = align(wanted, answers)
    wrong = list(_wrong(answers, set(match.values()), spare))
    score.total.update(gold=len(wanted), pred=len(match) + len(wrong), found=len(match))
    if not gold.relevant:
        score.total.update(negatives=1, false_alarms=len(wrong))
    for row in wrong:
        score.types[row["type"]]["pred"] += 1
        score.total["arg_pred"] += len(codes(row.get("actors", "")))
        score.total["arg_pred"] += len(codes(row.get("targets", "")))
        score.detail.append({"article": gold.stem, "spurious": dict(row)})
    for place, event in enumerate(wanted):
        answer = answers[match[place]] if place in match else None
        _score_event(score, gold.stem, event, answer)
    _score_claims(score, gold, claims)
    return score


def _wrong(answers: Sequence[Row], used: set[int], spare: Sequence[GoldEvent]) -> Iterator[Row]:
    """Yield the answers that no gold event, scored or spare, calls for."""
    for place, row in enumerate(answers):
        if place in used or row["type"] in conventions().unscored:
            continue
        excused = any(
            row["type"] in event.names and near(event.evidence, row.get("quote", ""))
            for event in spare
        )
        if not excused:
            yield row


def _score_event(score: ArticleScore, stem: str, event: GoldEvent, row: Row | None) -> None:
    key = (stem, event.eid)
    score.scored.append(key)
    score.total["core"] += event.core
    score.total["arg_gold"] += len(event.actors) + len(event.targets)
    by_type = score.types[event.type]
    by_type["gold"] += 1
    if row is None:
        score.detail.append({"article": stem, "missed": asdict(event)})
        return
    score.where[key] = row["event"]
    by_type["pred"] += 1
    gold_actors, gold_targets, actors, targets = sides(event, row)
    roles = roles_agree(event, row)
    full = roles and fields_agree(event, row)
    score.total.update(
        arg_tp=len(gold_actors & actors) + len(gold_targets & targets),
        arg_pred=len(actors) + len(targets),
        typed=int(row["type"] in event.names),
        roles=int(roles),
        full=int(full),
        core_found=int(event.core),
        core_roles=int(event.core and roles),
    )
    by_type.update(found=1, roles=int(roles), full=int(full))
    _score_fields(score.fields, event, row)
    if not full:
        score.detail.append(
            {"article": stem, "gold": asdict(event), "pred": dict(row), "roles": roles}
        )


def _score_fields(tally: Counter[str], event: GoldEvent, row: Row) -> None:
    if event.count is not None:
        tally["count_n"] += 1
        tally["count"] += row.get("count", "").split(".")[0] == str(event.count)
    for name, value, basis in (
        ("date", event.date, event.date_basis),
        ("deadline", event.deadline, event.deadline_basis),
    ):
        if value and basis == "text":
            tally[f"{name}_n"] += 1
            tally[name] += row.get(name, "").startswith(value)
    if event.modality and event.type not in conventions().spoken:
        tally["modality_n"] += 1
        tally["modality"] += modality_agrees(event, row)
        if event.modality != _DONE and _DONE not in event.modality_alt:
            tally["unreal_n"] += 1
            tally["unreal_as_actual"] += row.get("modality", _DONE) == _DONE


def _score_claims(score: ArticleScore, gold: GoldArticle, said: Sequence[Row]) -> None:
    for claim in gold.claims:
        last = (words(claim.speaker) or [""])[-1]
        report = score.where.get((gold.stem, claim.about))
        hits = [
            row
            for row in said
            if (not last or last in words(f"{row.get('speaker', '')} {row.get('office', '')}"))
            and (
                near(claim.quote, row.get("quote", ""))
                or (row.get("about") and row.get("about") == report)
            )
        ]
        score.claims["gold"] += 1
        score.claims["met"] += bool(hits)
        right = any(row.get("stance") == claim.stance for row in hits)
        score.claims["stance"] += right
        if claim.about:
            about = (gold.stem, claim.about)
            score.judged.append(JudgedClaim(about, last, claim.stance, right))


def merged(rows: Sequence[Row]) -> list[Row]:
    """Join the rows that speak of one report; their parties are put together."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        known = found.setdefault(row["event"], dict(row))
        if known != row:
            for side in ("actors", "targets"):
                joined = codes(known.get(side, "")) | codes(row.get(side, ""))
                known[side] = "|".join(sorted(joined))
    return list(found.values())


def total(scores: Mapping[str, ArticleScore] | Sequence[ArticleScore]) -> ArticleScore:
    """Add up the counts of several articles."""
    added = ArticleScore()
    for score in scores.values() if isinstance(scores, Mapping) else scores:
        added.total.update(score.total)
        added.fields.update(score.fields)
        added.claims.update(score.claims)
        added.judged.extend(score.judged)
        for name, counts in score.types.items():
            added.types[name].update(counts)
        added.where.update(score.where)
        added.scored.extend(score.scored)
        added.detail.extend(score.detail)
    return added
