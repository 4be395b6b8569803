"""Reports of one event -> the hub: type, roles, values, factuality, propositions."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kg import vocab
from kg.link.compare import apart, mends
from kg.link.copies import independent, near_duplicates
from kg.link.records import Bundle, Hub, Proposition, Report, Value

# From the strongest to the weakest.
_MODALITIES = ("actual", "planned", "possible", "conditional", "threatened", "demanded", "denied")
_ASSERTING = frozenset({"asserts", "characterises"})
OCCURRED = "occurred"
_FIELDS = ("date", "deadline", "count", "place")


def consolidate(reports: Sequence[Report]) -> Hub:
    """Return the hub of these reports, which must be sorted by IRI and not be empty."""
    propositions = tuple(_propositions(reports))
    mended = frozenset(wrong for report in reports for wrong, _ in mends(report, reports))
    typed = _type(reports, propositions)
    roles = _roles(reports)
    sources = {report.source.iri: report.source for report in reports}
    names = sorted(sources)
    copies = {
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if near_duplicates(sources[a], sources[b])
    }
    days = [s.published for s in sources.values() if s.published is not None]
    return Hub(
        iri=vocab.event(reports[0].iri).value,
        reports=tuple(report.iri for report in reports),
        articles=tuple(names),
        type=typed,
        actors=tuple(sorted(roles[0])),
        targets=tuple(sorted(roles[1])),
        factuality=_factuality(reports),
        values=tuple(value for field in _FIELDS for value in _values(field, reports, mended)),
        mended_counts=tuple(sorted(mended)),
        propositions=propositions,
        independent_sources=independent([sources[name] for name in names], copies),
        first_reported=min(days, default=None),
    )


def _type(reports: Sequence[Report], propositions: Sequence[Proposition]) -> str:
    """Return the majority's type; of equal ones the deeper class, then the first by name.

    A type that somebody denies is left to the claims, where a report offers another.
    """
    votes = Counter(report.type for report in reports)
    depth = {report.type: report.depth for report in reports}
    denied = {p.fact for p in propositions if p.denied}
    offered = [name for name in votes if name not in denied] or list(votes)
    return min(offered, key=lambda name: (-votes[name], -depth[name], name))


def _roles(reports: Sequence[Report]) -> tuple[frozenset[str], frozenset[str]]:
    votes = Counter((report.actors, report.targets) for report in reports)

    def rank(roles: tuple[frozenset[str], frozenset[str]]) -> tuple[bool, int, int, list[str]]:
        actors, targets = roles
        # A report that leaves a side out does not vote against the one that names it.
        partial = any(
            roles != other
            and actors <= other[0]
            and targets <= other[1]
            and not (actors and targets)
            for other in votes
        )
        return partial, -votes[roles], -len(actors | targets), sorted(actors) + sorted(targets)

    return min(votes, key=rank)


def _factuality(reports: Sequence[Report]) -> str:
    """Return the strongest modality that a report gives and the actor does not deny."""
    actors = {iri for report in reports for iri in report.actors}
    denied = any(
        claim.stance == "denies" and not claim.claimed_type and claim.side in actors
        for report in reports
        for claim in report.claims
    )
    given = {report.modality for report in reports} - ({"actual"} if denied else set())
    return min(given, key=_MODALITIES.index, default="denied")


def _propositions(reports: Sequence[Report]) -> Iterator[Proposition]:
    asserted: defaultdict[str, set[str]] = defaultdict(set)
    denied: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        for claim in report.claims:
            fact = claim.claimed_type or OCCURRED
            if claim.stance in _ASSERTING:
                asserted[fact].add(claim.iri)
            elif claim.stance == "denies":
                denied[fact].add(claim.iri)
    for fact in sorted(asserted.keys() | denied.keys()):
        yield Proposition(fact, tuple(sorted(asserted[fact])), tuple(sorted(denied[fact])))


def _values(field: str, reports: Sequence[Report], mended: frozenset[int]) -> Iterator[Value]:
    """Yield each value told for a field, the chosen one first.

    A report bears out every value that agrees with its own and is no vaguer; so the most precise
    of several values that agree has the most support. A number that a report mends comes last.
    """
    told: dict[str, tuple[Bundle, Report]] = {}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for report in reports:
        bundle = dict(report.bundles).get(field)
        if bundle:
            text = _main(field, bundle)
            told.setdefault(text, (bundle, report))
            holders[text].append(report.iri)
    support = {
        text: sorted(
            iri
            for other, iris in holders.items()
            if _bears_out(field, told[other][1], told[text][1])
            for iri in iris
        )
        for text in told
    }

    def rank(text: str) -> tuple[bool, int, tuple[int, int], str]:
        report = told[text][1]
        wrong = field == "count" and report.count in mended
        return wrong, -len(support[text]), _vagueness(field, report), text

    ranked = sorted(told, key=rank)
    for place, text in enumerate(ranked):
        yield Value(field, told[text][0], tuple(support[text]), chosen=place == 0)


def _main(field: str, bundle: Bundle) -> str:
    values = dict(bundle)
    names = ("count", "countMin", "countMax") if field == "count" else (field,)
    return " ".join(values[name].value if name in values else "" for name in names)


def _vagueness(field: str, report: Report) -> tuple[int, int]:
    when = {"date": report.date, "deadline": report.deadline}.get(field)
    if when is not None:
        return int(when.first is None), when.length
    return (int(report.count is None), int(report.approximate)) if field == "count" else (0, 0)


def _bears_out(field: str, teller: Report, told: Report) -> bool:
    """Does the teller's value hold the told one (the same, or a month that holds the day)?"""
    if field in ("date", "deadline"):
        a = teller.date if field == "date" else teller.deadline
        b = told.date if field == "date" else told.deadline
        if a and b and a.first is not None and a.last is not None:
            inside = b.first is not None and b.last is not None
            return inside and a.first <= (b.first or 0) <= (b.last or 0) <= a.last
        if a and b and a.first is None and b.first is not None and b.length == 1:
            return apart(a, b) == 0  # "January 31", whatever the year
    return _main(field, dict(teller.bundles)[field]) == _main(field, dict(told.bundles)[field])
