"""Which answer is meant for which gold event: likeness, and the best one-to-one assignment."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.evaluate.gold import GoldEvent, conventions

Row = Mapping[str, str]
Sides = tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]

_LONGEST_QUOTE = 450
# Told apart by the contract, but not when scoring.
_ALIKE = {"possible": "conditional", "threatened": "conditional"}


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, curly apostrophes made straight."""
    return re.findall(r"\w+", text.replace("\u2019", "'").replace("\u2018", "'").lower())


def near(evidence: str, quote: str) -> bool:
    """Say whether two quotes tell of the same stretch of text.

    At least 4 shared words, and 60 % of the shorter one.
    """
    if len(quote) > _LONGEST_QUOTE:
        return False
    a, b = Counter(words(evidence)), Counter(words(quote))
    short = min(a.total(), b.total())
    shared = (a & b).total()
    return short >= 2 and shared >= min(4, short) and shared >= 0.6 * short


def codes(joined: str) -> frozenset[str]:
    """Return the codes joined by `|`, `,` or `;`, in capitals."""
    return frozenset(c.strip().upper() for c in re.split(r"[|;,]", joined) if c.strip())


def sides(gold: GoldEvent, row: Row) -> Sides:
    """Return gold actors, gold targets, answered actors and targets; one set for mutual acts."""
    gold_actors = frozenset(code.upper() for code in gold.actors)
    gold_targets = frozenset(code.upper() for code in gold.targets)
    actors, targets = codes(row.get("actors", "")), codes(row.get("targets", ""))
    if gold.type in conventions().mutual:
        nobody: frozenset[str] = frozenset()
        return gold_actors | gold_targets, nobody, actors | targets, nobody
    return gold_actors, gold_targets, actors, targets


def roles_agree(gold: GoldEvent, row: Row) -> bool:
    """Say whether actors and targets are the gold's."""
    gold_actors, gold_targets, actors, targets = sides(gold, row)
    return gold_actors == actors and gold_targets == targets


def modality_agrees(gold: GoldEvent, row: Row) -> bool:
    """Say whether the modality is the gold's, or one that counts as right."""
    told = row.get("modality", "actual")
    alike = _ALIKE.get(gold.modality, gold.modality) == _ALIKE.get(told, told)
    return alike or told in gold.modality_alt


def fields_agree(gold: GoldEvent, row: Row) -> bool:
    """Say whether count, dates that the text itself gives, and modality agree, and no deadline is
    invented."""
    count = row.get("count", "").split(".")[0]
    good = count in ("", "1") if gold.count is None else count == str(gold.count)
    if gold.date and gold.date_basis == "text":
        good &= row.get("date", "").startswith(gold.date)
    if gold.deadline and gold.deadline_basis == "text":
        good &= row.get("deadline", "").startswith(gold.deadline)
    elif not gold.deadline:
        good &= not row.get("deadline")
    if gold.modality and gold.type not in conventions().spoken:
        good &= modality_agrees(gold, row)
    return good


def weight(gold: GoldEvent, row: Row) -> int:
    """Return how well a row answers a gold event; 0 where it does not at all."""
    exact = row["type"] in gold.names
    if not exact and not conventions().kin(gold.type, row["type"]):
        return 0
    close, roles = near(gold.evidence, row.get("quote", "")), roles_agree(gold, row)
    if not close and not (roles and gold.actors and exact):
        return 0
    gold_actors, gold_targets, actors, targets = sides(gold, row)
    shared = len(gold_actors & actors) + len(gold_targets & targets)
    full = roles and fields_agree(gold, row)
    return 8 + 4 * close + 2 * exact + 4 * roles + shared + full


def align(golds: Sequence[GoldEvent], rows: Sequence[Row]) -> dict[int, int]:
    """Return the best one-to-one assignment by total weight: gold index -> row index."""
    n, m = len(golds), len(rows)
    if not n or not m:
        return {}
    size = max(n, m)
    cost = [
        [-weight(golds[i], rows[j]) if i < n and j < m else 0 for j in range(size)]
        for i in range(size)
    ]
    return {
        i: j for i, j in sorted(_assignment(cost).items()) if i < n and j < m and cost[i][j] < 0
    }


def _assignment(cost: Sequence[Sequence[int]]) -> dict[int, int]:
    """Solve the assignment problem by the Hungarian method with potentials, O(n³)."""
    size = len(cost)
    over_rows, over_columns = [0.0] * (size + 1), [0.0] * (size + 1)
    match, way = [0] * (size + 1), [0] * (size + 1)
    for i in range(1, size + 1):
        match[0], column = i, 0
        least, used = [float("inf")] * (size + 1), [False] * (size + 1)
        while match[column] != 0:
            used[column] = True
            row, delta, following = match[column], float("inf"), 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[row - 1][j - 1] - over_rows[row] - over_columns[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    over_rows[match[j]] += delta
                    over_columns[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            before = way[column]
            match[column] = match[before]
            column = before
    return {match[j] - 1: j - 1 for j in range(1, size + 1)}


def join_parts(golds: Sequence[GoldEvent], rows: Sequence[Row]) -> list[Row]:
    """Join the rows, one a pair of parties, that answer one gold act of several parties."""
    left = list(rows)
    for gold in golds:
        actors = frozenset(code.upper() for code in gold.actors)
        targets = frozenset(code.upper() for code in gold.targets)
        if len(actors) < 2 and len(targets) < 2:
            continue
        parts = [
            row
            for row in left
            if conventions().kin(row["type"], gold.type)
            and near(gold.evidence, row.get("quote", ""))
            and codes(row.get("actors", "")) <= actors
            and codes(row.get("targets", "")) <= targets
        ]
        if len(parts) > 1:
            whole = dict(parts[0])
            for side in ("actors", "targets"):
                whole[side] = "|".join(sorted({c for p in parts for c in codes(p.get(side, ""))}))
            left = [*(row for row in left if row not in parts), whole]
    return left
