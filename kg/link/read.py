"""Quads of the articles' graphs -> the linker's reports."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.link import types
from kg.link.copies import sketch
from kg.link.records import Bundle, Claim, Report, Source, When
from kg.vocab import dip, local_name, term

_FIELDS = {
    "date": (
        "date",
        "dateFrom",
        "dateTo",
        "dateFromDay",
        "dateToDay",
        "dateModifier",
        "dateAnchor",
    ),
    "deadline": ("deadline", "deadlineFromDay", "deadlineToDay"),
    "count": ("count", "countMin", "countMax", "countApproximate", "unit"),
    "place": ("place",),
}
# A date told as "before May" or "since 2014" is no day on which the act took place.
_OPEN = frozenset({"by", "before", "until", "after", "since", "from"})
_YEARLESS = re.compile(r"--(\d\d)-(\d\d)$")

# The properties that are read, by IRI.
_READ = {
    **{
        dip(name).value: name
        for name in (
            *(name for names in _FIELDS.values() for name in names),
            *("inArticle", "eventType", "evidence", "actor", "target", "modality", "speaker"),
            *("agentPerson", "background", "text", "sha256", "publishedDay", "attributedTo"),
            *("office", "about", "stance", "claimant", "claimedType"),
        )
    },
    **{term(name).value: name.split(":")[1] for name in ("rdf:type", "oa:exact", "foaf:name")},
}

_VALUES = (NamedNode, Literal)

# subject -> local name of the property -> values
_Node = Mapping[str, list[NamedNode | Literal]]


def read(quads: Iterable[Quad], extra: Path | None = None) -> list[Report]:
    """Return the reports that stand in these quads, sorted by IRI.

    Quads of other kinds are passed over, so that a whole dataset may be given. `extra` is the
    user's ontology folder.
    """
    nodes: defaultdict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(dict)
    graph_of: dict[str, str] = {}
    report_class = dip("EventReport")
    for subject, predicate, value, graph in quads:
        name = _READ.get(predicate.value)
        if name is None:
            continue
        if isinstance(subject, NamedNode) and isinstance(value, _VALUES):
            if name != "type":
                nodes[subject.value].setdefault(name, []).append(value)
            elif value == report_class:
                graph_of[subject.value] = getattr(graph, "value", "")
    kinds = types.load(extra)
    claims = _claims(nodes)
    sources: dict[str, Source] = {}
    reports = []
    for iri in sorted(graph_of):
        article = _iri(nodes[iri], "inArticle") or graph_of[iri]
        if article not in sources:
            sources[article] = _source(article, nodes[article])
        reports.append(_report(iri, nodes, sources[article], kinds, claims.get(iri, ())))
    return _with_gist(reports)


def _with_gist(reports: list[Report]) -> list[Report]:
    """Tell each report's source what the whole article is about."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    acts: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        words[report.source.iri] |= report.words
        roles = [" ".join(sorted(side)) for side in (report.actors, report.targets)]
        acts[report.source.iri].add(" ".join([report.family, *roles]))
    sources = {
        source.iri: replace(
            source, words=frozenset(words[source.iri]), acts=frozenset(acts[source.iri])
        )
        for source in {report.source for report in reports}
    }
    return [replace(report, source=sources[report.source.iri]) for report in reports]


def _source(iri: str, node: _Node) -> Source:
    hashes, sampled = sketch(_text(node, "text"))
    day = _integer(node, "publishedDay")
    return Source(iri, _text(node, "sha256"), day, hashes, sampled)


def _report(
    iri: str,
    nodes: Mapping[str, _Node],
    source: Source,
    kinds: types.Types,
    claims: tuple[Claim, ...],
) -> Report:
    node = nodes[iri]
    type_ = local_name(_iri(node, "eventType"))
    quote = " ".join(
        _text(nodes[e.value], "exact")
        for e in sorted(node.get("evidence", ()), key=str)
        if e.value in nodes
    )
    plain = re.sub(r"\s+", " ", quote.replace("’", "'")).casefold()
    return Report(
        iri=iri,
        source=source,
        type=type_,
        family=kinds.family.get(type_, type_),
        actors=_iris(node, "actor"),
        targets=_iris(node, "target"),
        modality=_text(node, "modality") or "actual",
        speech=type_ in kinds.speech,
        reciprocal=type_ in kinds.reciprocal,
        sited=type_ in kinds.sited,
        depth=kinds.depth.get(type_, 0),
        count=_integer(node, "count"),
        minimum=_integer(node, "countMin"),
        maximum=_integer(node, "countMax"),
        approximate=_text(node, "countApproximate") == "true",
        date=None if _text(node, "dateModifier") in _OPEN else _when(node, "date"),
        deadline=_when(node, "deadline"),
        place=_text(node, "place"),
        persons=_persons(node, nodes),
        words=stems(plain, kinds.stop_words),
        corrects=_corrected(plain, kinds.correction_cues),
        correction=any(mark in plain for mark in kinds.correction_marks),
        background=_text(node, "background") == "true",
        bundles=tuple((field, bundle) for field in _FIELDS if (bundle := _bundle(node, field))),
        claims=claims,
    )


def _claims(nodes: Mapping[str, _Node]) -> dict[str, tuple[Claim, ...]]:
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for iri in sorted(nodes):
        node = nodes[iri]
        if not (about := _iri(node, "about")) or not (stance := _text(node, "stance")):
            continue
        claimant = _iri(node, "claimant")
        side = _iri(nodes[claimant], "attributedTo") if claimant in nodes else ""
        claimed = local_name(_iri(node, "claimedType"))
        found[about].append(Claim(iri, stance, claimant, side or claimant, claimed))
    return {about: tuple(claims) for about, claims in found.items()}


def _persons(node: _Node, nodes: Mapping[str, _Node]) -> frozenset[str]:
    """Name speaker and agent so that "Maria Zakharova" and "Zakharova" are one: by family name
    (or office) and side."""
    found = set()
    for iri in _iris(node, "speaker") | _iris(node, "agentPerson"):
        person = nodes.get(iri, {})
        name = _text(person, "name").split() or _text(person, "office").split()
        side = _iri(person, "attributedTo")
        found.add(f"{name[-1].casefold()} {side}".strip() if name else iri)
    return frozenset(found)


def stems(plain: str, stop_words: frozenset[str]) -> frozenset[str]:
    """Return the first five letters of each telling word: a stem that needs no language."""
    words = re.findall(r"[^\W\d_]{3,}", plain)
    return frozenset(word[:5] for word in words if word not in stop_words)


def _corrected(plain: str, cues: tuple[str, ...]) -> frozenset[int]:
    return frozenset(int(m[1].replace(",", "")) for m in _cue_pattern(cues).finditer(plain))


@cache
def _cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(cues, key=len, reverse=True)))
    return re.compile(rf"\b(?:{words}) (\d[\d,]*)\b")


def _bundle(node: _Node, field: str) -> Bundle:
    return tuple(
        (name, value)
        for name in _FIELDS[field]
        for value in sorted(node.get(name, ()), key=str)[:1]
        if isinstance(value, Literal)
    )


def _when(node: _Node, field: str) -> When | None:
    first, last = _integer(node, f"{field}FromDay"), _integer(node, f"{field}ToDay")
    if first is not None or last is not None:
        return When(last if first is None else first, first if last is None else last)
    if yearless := _YEARLESS.match(_text(node, field)):
        return When(month=int(yearless[1]), day=int(yearless[2]))
    return None


def _iris(node: _Node, name: str) -> frozenset[str]:
    return frozenset(v.value for v in node.get(name, ()) if isinstance(v, NamedNode))


def _iri(node: _Node, name: str) -> str:
    return min(_iris(node, name), default="")


def _text(node: _Node, name: str) -> str:
    return min((v.value for v in node.get(name, ()) if isinstance(v, Literal)), default="")


def _integer(node: _Node, name: str) -> int | None:
    text = _text(node, name)
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else None
