"""Reports that may tell of one event -> clusters that do, by complete link, with the reasons.

The result is a function of the set of reports: every choice is made on scores and, where those
are equal, not made at all. Order of IRIs decides only between outcomes that are the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.link.records import Comparison, Decision, Report, Rival

STRONG = 200  # what links two reports
_SPOKEN = 150  # what links two reports of words said, which carry no number and no deadline
_WEAK = 75  # what lets a report that names too little join the one cluster it fits
_VAGUE = 100  # the same where the other stands alone too
_MARGIN = 50  # by which one of two excluding answers must be the better
_CLEAR = 100  # the same, for a report that names too little
_TELLING_WORDS = 60  # likeness of words that makes them the same words
_ALIKE = 25  # likeness that, from one speaker, makes them the same matter
_SHOWN = 5  # rivals kept with a decision

_HARD = ("date", "deadline", "count")

Look = Callable[[str, str], Comparison]
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Clustering:
    """Clusters (sorted lists of report IRIs) and the decision on each report that had a choice."""

    clusters: tuple[tuple[str, ...], ...]
    decisions: tuple[Decision, ...]


def cluster(
    reports: Mapping[str, Report], edges: Mapping[str, Mapping[str, Comparison]], look: Look
) -> Clustering:
    """Cluster one component: reports, their comparisons that nothing rules out, and `look`.

    `look(a, b)` compares any two of the reports, also those without an edge.
    """
    strong = _strong(reports, edges)
    chosen, doubts = _choose(reports, strong, look)
    groups = _Groups(sorted(reports), look)
    for _, a, b in sorted((-strong[pair].score, *pair) for pair in chosen):
        groups.merge(a, b)
    linked = {iri for iri in reports if len(groups.of(iri)) > 1}
    doubts |= _attach(reports, edges, groups, look)
    clusters = tuple(sorted({groups.of(iri) for iri in reports}))
    decisions = [
        _decision(iri, groups, edges[iri], doubts, linked, look) for iri in sorted(reports)
    ]
    return Clustering(clusters, tuple(d for d in decisions if d))


def _strong(
    reports: Mapping[str, Report], edges: Mapping[str, Mapping[str, Comparison]]
) -> dict[_Pair, Comparison]:
    return {
        (a, b): comparison
        for a in reports
        for b, comparison in edges[a].items()
        if a < b
        and comparison.score >= (_SPOKEN if reports[a].speech else STRONG)
        and _telling(reports[a], reports[b], comparison)
    }


def _telling(report: Report, other: Report, comparison: Comparison) -> bool:
    """Say whether a comparison holds evidence for this very act, not only for its kind.

    Acts of which a report tells no actor are told in general words: those need a day or a number.

    Two threats of one speaker are two acts: only the same words, or the same speaker at the same
    time in the same manner, make them one.
    """
    weight = {feature.name: feature.weight for feature in comparison.features}
    words = weight.get("words", 0) >= _TELLING_WORDS or "text" in weight
    if report.speech:
        same_time = weight.get("date", 0) >= 200 or weight.get("published", 0) >= 75
        same_time |= weight.get("words", 0) >= _ALIKE
        return words or ("speaker" in weight and "modality" in weight and same_time)
    telling: tuple[str, ...] = _HARD
    if report.reciprocal or (report.actors and other.actors):
        telling = (*_HARD, "published", "story")
    return words or any(weight.get(name, 0) >= 75 for name in telling)


def _choose(
    reports: Mapping[str, Report], strong: Mapping[_Pair, Comparison], look: Look
) -> tuple[set[_Pair], set[_Pair]]:
    """Keep for each report its best match in each article, and no two that exclude each other.

    Returns the pairs kept, and those that stay in doubt because two answers are equally good.
    """
    around: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (a, b), comparison in strong.items():
        around[a].append((comparison.score, b))
        around[b].append((comparison.score, a))
    lost: set[_Pair] = set()
    doubts: set[_Pair] = set()
    for iri, neighbours in around.items():
        ranked = sorted(neighbours, key=lambda n: (-n[0], n[1]))
        for i, (high, x) in enumerate(ranked):
            for low, y in ranked[i + 1 :]:
                same_article = reports[x].source.iri == reports[y].source.iri
                if not same_article and not look(*sorted((x, y))).blocked:
                    continue
                lost.add(_pair(iri, y))
                if high - low < (1 if same_article else _MARGIN):
                    lost.add(_pair(iri, x))
                    doubts |= {_pair(iri, x), _pair(iri, y)}
    return {pair for pair in strong if pair not in lost}, doubts


def _attach(
    reports: Mapping[str, Report],
    edges: Mapping[str, Mapping[str, Comparison]],
    groups: "_Groups",
    look: Look,
) -> set[_Pair]:
    """Let reports that stand alone join what they fit; return the pairs in doubt.

    Clusters that don't exclude each other are one answer; of those that do, one must be clearly
    the better. Two reports of one article never join the same cluster.
    """
    wishes: defaultdict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    doubts: set[_Pair] = set()
    for iri in sorted(reports):
        if len(groups.of(iri)) > 1 or reports[iri].speech:
            continue
        fits = sorted(_fits(iri, edges[iri], groups, look), key=lambda fit: (-fit[0], fit[1]))
        fits = [fit for fit in fits if fits[0][0] - fit[0] < _CLEAR]
        if _exclusive([groups.of(other) for _, other in fits], look):
            doubts |= {_pair(iri, other) for _, other in fits}
            continue
        for score, other in fits:
            alone = len(groups.of(other)) == 1
            news = not (reports[iri].background or reports[other].background)
            known = not alone or _placed(edges[iri][other], news=news)
            known &= _same_kind(edges[iri][other])
            known &= not alone or _is_told_whole(reports[iri], reports[other], edges[iri][other])
            if known and score >= (_VAGUE if alone else _WEAK):
                wishes[groups.of(other)[0], reports[iri].source.iri].append((score, iri, other))
    granted = []
    for rivals in wishes.values():
        rivals.sort(key=lambda wish: (-wish[0], wish[1], wish[2]))
        if len(rivals) > 1 and rivals[0][0] == rivals[1][0]:
            doubts |= {_pair(iri, other) for _, iri, other in rivals}
        else:
            granted.append(rivals[0])
    for _, iri, other in sorted(granted, key=lambda wish: (-wish[0], wish[1], wish[2])):
        if _pair(iri, other) not in doubts:
            groups.merge(iri, other)
    return doubts


def _placed(comparison: Comparison, *, news: bool) -> bool:
    """Say whether it is more than type and parties that speaks for it.

    "Its meddling in elections", twice told in passing with no date and at no known time, may be
    two things; the news itself told twice in the same words hardly is.
    """
    return any(
        (feature.name not in ("type", "modality", "words", "parties") and feature.weight > 0)
        or (news and feature.name == "words" and feature.weight >= _TELLING_WORDS)
        for feature in comparison.features
    )


def _is_told_whole(report: Report, other: Report, comparison: Comparison) -> bool:
    """Say whether one names who did it; two that don't need a day, a number or the same text."""
    if report.reciprocal or report.actors or other.actors:
        return True
    return any(f.name in (*_HARD, "text") and f.weight >= 75 for f in comparison.features)


def _same_kind(comparison: Comparison) -> bool:
    """Say whether the types agree, or a date, deadline or number speaks for their mix-up."""
    return any(
        feature.name == "type" or (feature.name in _HARD and feature.weight >= 100)
        for feature in comparison.features
    )


def _exclusive(clusters: list[tuple[str, ...]], look: Look) -> bool:
    return any(
        look(*_pair(x, y)).blocked
        for i, left in enumerate(clusters)
        for right in clusters[i + 1 :]
        for x in left
        for y in right
    )


def _fits(
    iri: str, edges: Mapping[str, Comparison], groups: "_Groups", look: Look
) -> Iterable[tuple[int, str]]:
    """Yield for each cluster that nothing keeps the report from: best score, and with which."""
    best: dict[tuple[str, ...], tuple[int, str]] = {}
    for other, comparison in edges.items():
        group = groups.of(other)
        if group not in best or (-comparison.score, other) < (-best[group][0], best[group][1]):
            best[group] = (comparison.score, other)
    for group, fit in best.items():
        if not any(look(*_pair(iri, member)).blocked for member in group):
            yield fit


def _decision(
    iri: str,
    groups: "_Groups",
    edges: Mapping[str, Comparison],
    doubts: set[_Pair],
    linked: set[str],
    look: Look,
) -> Decision | None:
    own = groups.of(iri)
    ranked = sorted(edges, key=lambda other: (-edges[other].score, other))
    inside = [other for other in ranked if other in own]
    outside = [other for other in ranked if other not in own]
    rivals = tuple(_rival(iri, other, own, doubts, look) for other in outside[:_SHOWN])
    if inside:
        status = "linked" if iri in linked else "attached"
        return Decision(iri, status, inside[0], edges[inside[0]], rivals)
    open_ = [other for other in outside if _pair(iri, other) in doubts]
    if open_:
        return Decision(iri, "candidate", open_[0], edges[open_[0]], rivals)
    return None


def _rival(iri: str, other: str, own: tuple[str, ...], doubts: set[_Pair], look: Look) -> Rival:
    if _pair(iri, other) in doubts:
        return Rival(other, "fits as well as another")
    for member in own:
        if member != iri and (blocked := look(*_pair(member, other)).blocked):
            return Rival(other, f"excludes a report of this event: {blocked}")
    return Rival(other, "too little speaks for it")


def _pair(a: str, b: str) -> _Pair:
    return (a, b) if a < b else (b, a)


class _Groups:
    """A partition that merges two groups only if no pair across them is ruled out."""

    def __init__(self, members: Iterable[str], look: Look) -> None:
        self._group: dict[str, tuple[str, ...]] = {member: (member,) for member in members}
        self._look = look

    def of(self, member: str) -> tuple[str, ...]:
        return self._group[member]

    def merge(self, a: str, b: str) -> None:
        left, right = self._group[a], self._group[b]
        if left == right or any(self._look(*_pair(x, y)).blocked for x in left for y in right):
            return
        merged = tuple(sorted(left + right))
        for member in merged:
            self._group[member] = merged
