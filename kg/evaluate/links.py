"""Links across articles against gold: pairs of reports, B³, forbidden merges, retaliation."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import GoldLinks, Key
from kg.evaluate.match import Row

Cluster = Hashable  # number of a gold cluster, or the key of an event that stands alone
Prf = tuple[float, float, float]


def prf(hits: int, predicted: int, wanted: int) -> Prf:
    """Return precision, recall and F1; 0 where there is nothing to divide by."""
    precision = hits / predicted if predicted else 0.0
    recall = hits / wanted if wanted else 0.0
    return precision, recall, _f1(precision, recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Figures on links: see the names; `None` where the gold has nothing of the kind."""

    pairs: Prf
    pairs_right: int
    pairs_gold: int
    pairs_wrong: int
    pairs_of_found: Prf
    b3: Prf
    forbidden: int
    must_not_merge: int
    retaliation: Prf
    retaliation_hit: int
    retaliation_gold: int
    retaliation_predicted: int
    ruled_out_broken: int
    ruled_out: int


class _Groups:
    """Reports grouped by the pairs that `same-event` gives."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._parent: dict[str, str] = {}
        for row in rows:
            self._parent[self.find(row["event1"])] = self.find(row["event2"])

    def find(self, report: str) -> str:
        self._parent.setdefault(report, report)
        while self._parent[report] != report:
            report = self._parent[report]
        return report


def score_links(
    gold: GoldLinks,
    scored: Sequence[Key],
    where: Mapping[Key, str],
    same_event: Sequence[Row],
    retaliation: Sequence[Row],
) -> LinkScore:
    """Compare links and retaliation between the scored events; `where` says which were found."""
    groups = _Groups(same_event)
    wide: dict[Key, Cluster] = {k: i for i, c in enumerate(gold.same_event) for k in c}
    gold_of: dict[Key, Cluster] = {k: wide.get(k, k) for k in scored}
    pred_of: dict[Key, Cluster] = {k: groups.find(where[k]) if k in where else k for k in scored}
    gold_pairs, pred_pairs = _pairs(gold_of), _pairs(pred_of)
    both = {(a, b) for a, b in gold_pairs if a in where and b in where}
    listed = gold.pairs.get("must_not_merge", ())
    answers = _retaliation(gold, gold_of, where, groups, retaliation)
    return LinkScore(
        pairs=prf(len(gold_pairs & pred_pairs), len(pred_pairs), len(gold_pairs)),
        pairs_right=len(gold_pairs & pred_pairs),
        pairs_gold=len(gold_pairs),
        pairs_wrong=len(pred_pairs - gold_pairs),
        pairs_of_found=prf(len(both & pred_pairs), len(pred_pairs), len(both)),
        b3=_b3(gold_of, pred_of),
        forbidden=sum(
            a in where and b in where and groups.find(where[a]) == groups.find(where[b])
            for a, b in listed
        ),
        must_not_merge=len(listed),
        retaliation=answers.figures,
        retaliation_hit=len(answers.hit),
        retaliation_gold=len(answers.wanted),
        retaliation_predicted=len(answers.predicted),
        ruled_out_broken=answers.broken,
        ruled_out=answers.ruled_out,
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    predicted: set[tuple[str, str]]
    right: set[tuple[str, str]]
    hit: set[tuple[Cluster, Cluster]]
    wanted: set[tuple[Cluster, Cluster]]
    broken: int
    ruled_out: int

    @property
    def figures(self) -> Prf:
        precision = len(self.right) / len(self.predicted) if self.predicted else 0.0
        recall = len(self.hit) / len(self.wanted) if self.wanted else 0.0
        return precision, recall, _f1(precision, recall)


def _retaliation(
    gold: GoldLinks,
    gold_of: Mapping[Key, Cluster],
    where: Mapping[Key, str],
    groups: _Groups,
    rows: Sequence[Row],
) -> _Answers:
    """Compare pairs of events, not of reports; pairs that gold leaves open are passed over."""
    wide: dict[Key, Cluster] = {k: i for i, c in enumerate(gold.same_event) for k in c}

    def events(*names: str) -> set[tuple[Cluster, Cluster]]:
        listed = [pair for name in names for pair in gold.pairs.get(name, ())]
        return {(wide.get(a, a), wide.get(b, b)) for a, b in listed}

    reach = set(gold_of.values())
    wanted = {(a, b) for a, b in events("retaliation") if a in reach and b in reach}
    spared = events("retaliation_inferred", "retaliation_threats")
    ruled_out = events("retaliation_ruled_out")
    meant: defaultdict[str, set[Cluster]] = defaultdict(set)
    for key, report in where.items():
        meant[groups.find(report)].add(gold_of[key])
    predicted: set[tuple[str, str]] = set()
    right: set[tuple[str, str]] = set()
    hit: set[tuple[Cluster, Cluster]] = set()
    broken: set[tuple[str, str]] = set()
    for row in rows:
        a, b = groups.find(row["event"]), groups.find(row["retaliation_for"])
        maps = {(x, y) for x in meant.get(a, ()) for y in meant.get(b, ())}
        if not maps or (not maps & wanted and maps & spared):
            continue
        predicted.add((a, b))
        if maps & wanted:
            right.add((a, b))
            hit |= maps & wanted
        if maps & ruled_out:
            broken.add((a, b))
    return _Answers(predicted, right, hit, wanted, len(broken), len(ruled_out))


def _members(of: Mapping[Key, Cluster]) -> dict[Cluster, set[Key]]:
    found: defaultdict[Cluster, set[Key]] = defaultdict(set)
    for key, name in of.items():
        found[name].add(key)
    return found


def _pairs(of: Mapping[Key, Cluster]) -> set[tuple[Key, Key]]:
    found: set[tuple[Key, Key]] = set()
    for members in _members(of).values():
        ordered = sorted(members)
        found |= {(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :]}
    return found


def _b3(gold: Mapping[Key, Cluster], pred: Mapping[Key, Cluster]) -> Prf:
    """Return B³ over all events, those that stand alone included."""
    if not gold:
        return 0.0, 0.0, 0.0
    wanted, told = _members(gold), _members(pred)
    shared = {k: len(told[pred[k]] & wanted[gold[k]]) for k in gold}
    precision = sum(shared[k] / len(told[pred[k]]) for k in gold) / len(gold)
    recall = sum(shared[k] / len(wanted[gold[k]]) for k in gold) / len(gold)
    return precision, recall, _f1(precision, recall)
