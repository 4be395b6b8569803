"""The domain's files by themselves: every event type is complete and every pattern well formed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

ONTOLOGY = Path(__file__).parents[1] / "ontology"
FILES = [
    ONTOLOGY / "frames.ttl",
    ONTOLOGY / "codes.ttl",
    *sorted((ONTOLOGY / "events").glob("*.ttl")),
]
DIP = "https://w3id.org/kgbuild/diplomacy#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

EXPECTED = {
    "Expulsion",
    "OrderToLeave",
    "VisaRefusal",
    "StaffReduction",
    "HiringBan",
    "AmbassadorRecall",
    "AmbassadorWithdrawal",
    "AmbassadorReturn",
    "AmbassadorSummons",
    "MissionClosure",
    "MissionOpening",
    "Sanctions",
    "SanctionsRelief",
    "TravelBan",
    "TradeRestriction",
    "AirspaceBan",
    "Meeting",
    "Visit",
    "Negotiation",
    "Agreement",
    "Mediation",
    "BreakRelations",
    "RestoreRelations",
    "Recognition",
    "Demand",
    "Request",
    "Threat",
    "Warning",
    "Accusation",
    "Denial",
    "Rejection",
    "Protest",
    "Condemnation",
    "Apology",
    "SupportPledge",
    "Statement",
    "MilitaryBuildup",
    "MilitaryDeployment",
    "MilitaryExercise",
    "Invasion",
    "Annexation",
    "Attack",
    "CyberAttack",
    "ElectionInterference",
    "Espionage",
    "Poisoning",
    "Detention",
    "Release",
}

SLOT = re.compile(r"\{(actor|target|party|topic)?(:[a-z][A-Za-z]*)?\}(?:'s)?!?")
HEAD = re.compile(r"[^\s{}()/]+/[vna]")
WORD = re.compile(r"[a-zéèêëàâçîïôûüñáíóú$€£][\w'|$€£-]*(?:\|[\w'-]+)*|\(|\)")
MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")
PAIR = re.compile(
    r"(?:actor|target|party)=[A-Z][A-Za-z]*(?:\|[A-Z][A-Za-z]*)*"
    r"|(?:count|count_min|count_max)=\d+"
    r"|(?:date|deadline)=(?:\d{4}(?:-\d\d(?:-\d\d)?)?|--\d\d-\d\d)"
    r"|place=[^=]+|speaker=[^=]+|condition=[^=]+|reason=[^=]+"
    r"|modality=(?:actual|planned|threatened|conditional|possible|demanded|denied)"
)


def quads(path: Path) -> Iterator[Quad]:
    return iter(list(parse(path=str(path), format=RdfFormat.TURTLE)))


def load() -> dict[str, dict[str, list[object]]]:
    graph: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    for path in FILES:
        for quad in quads(path):
            graph[str(getattr(quad.subject, "value", quad.subject))][quad.predicate.value].append(
                quad.object
            )
    return graph


GRAPH = load()


def instances(of: str) -> set[str]:
    wanted = NamedNode(DIP + of)
    return {
        subject.removeprefix(DIP)
        for subject, facts in GRAPH.items()
        if wanted in facts.get(RDF_TYPE, [])
    }


def values(type_: str, predicate: str) -> list[str]:
    found = GRAPH[DIP + type_].get(predicate, [])
    return [value.value for value in found if isinstance(value, Literal | NamedNode)]


TYPES = sorted(instances("EventType"))
CLASSES = instances("WordClass")


def test_exactly_the_types_of_the_contract_are_there() -> None:
    assert set(TYPES) == EXPECTED


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_is_complete(type_: str) -> None:
    assert len(values(type_, RDFS + "label")) == 1
    assert len(values(type_, SKOS + "definition")) == 1
    assert len(values(type_, RDFS + "subClassOf")) == 1
    frames = values(type_, DIP + "frame")
    assert {frame.removeprefix(DIP) for frame in frames} <= instances("Frame")
    assert len(frames) == 1
    notations = [
        value for value in GRAPH[DIP + type_][SKOS + "notation"] if isinstance(value, Literal)
    ]
    codes = {value.datatype.value.removeprefix(DIP): value.value for value in notations}
    assert set(codes) == {"plover", "cameo"}
    assert re.fullmatch(r"[A-Z]+", codes["plover"])
    assert re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", codes["cameo"])


@pytest.mark.parametrize("type_", TYPES)
def test_a_types_patterns_are_well_formed(type_: str) -> None:
    patterns = values(type_, DIP + "pattern")
    assert patterns
    assert len(set(patterns)) == len(patterns)
    for pattern in patterns:
        tokens = pattern.split()
        heads = [token for token in tokens if HEAD.fullmatch(token)]
        assert len(heads) == 1, pattern
        for token in tokens:
            slot = SLOT.fullmatch(token)
            assert slot or HEAD.fullmatch(token) or WORD.fullmatch(token), f"{token!r}: {pattern}"
            if slot and slot[2]:
                assert slot[2][1:] in CLASSES, f"no word class {slot[2]!r}: {pattern}"
        for head in heads:
            lemmas = head[:-2].split("|")
            assert all(lemmas), pattern
            assert len(set(lemmas)) == len(lemmas), pattern
            assert head == head.lower(), pattern


@pytest.mark.parametrize("type_", TYPES)
def test_a_types_roles_are_those_of_its_frame(type_: str) -> None:
    reciprocal = values(type_, DIP + "frame") == [DIP + "ReciprocalAct"]
    for pattern in values(type_, DIP + "pattern"):
        roles = {slot[1] for slot in SLOT.finditer(pattern) if slot[1] and slot[1] != "topic"}
        # A reciprocal act counts everyone as a party, the mediator and both sides too.
        assert roles <= {"actor", "target"} or (reciprocal and roles == {"party"}), pattern


@pytest.mark.parametrize("type_", TYPES)
def test_confirmations_name_known_classes(type_: str) -> None:
    for word in values(type_, DIP + "confirm"):
        assert not word.startswith(":") or word[1:] in CLASSES, word


def test_word_classes_are_complete_and_include_known_ones() -> None:
    for name in CLASSES:
        lemmas = values(name, DIP + "lemma")
        assert lemmas or values(name, DIP + "includes"), name
        assert all(lemma == lemma.lower().strip() for lemma in lemmas), name
        for included in values(name, DIP + "includes"):
            assert included.removeprefix(DIP) in CLASSES, (name, included)


def test_code_rows_name_known_types_and_modalities() -> None:
    rows = [facts for subject, facts in GRAPH.items() if DIP + "modality" in facts]
    assert rows
    for facts in rows:
        for type_ in facts.get(DIP + "eventType", []):
            assert isinstance(type_, NamedNode)
            assert type_.value.removeprefix(DIP) in TYPES
        notations = facts.get(SKOS + "notation", [])
        assert len(notations) in (0, 2)
        for modality in facts[DIP + "modality"]:
            assert isinstance(modality, Literal)
            assert PAIR.fullmatch(f"modality={modality.value}")


@pytest.mark.parametrize("type_", TYPES)
def test_a_types_examples_are_well_marked(type_: str) -> None:
    for example in values(type_, DIP + "example"):
        marks = MARK.findall(example)
        assert marks, example
        assert not set("[]") & set(MARK.sub("", example)), example
        for _, pairs in marks:
            for pair in pairs.split(";"):
                assert PAIR.fullmatch(pair.strip()), f"{pair!r}: {example}"
    for miss in values(type_, DIP + "nearMiss"):
        assert not set("[]") & set(miss), miss


@pytest.mark.parametrize("type_", TYPES)
def test_a_type_has_its_examples_and_near_misses(type_: str) -> None:
    assert len(values(type_, DIP + "example")) >= 6
    assert len(values(type_, DIP + "nearMiss")) >= 2


def test_no_sentence_stands_twice() -> None:
    sentences = [
        MARK.sub(r"\1", sentence)
        for type_ in TYPES
        for predicate in ("example", "nearMiss")
        for sentence in set(values(type_, DIP + predicate))
    ]
    repeated = {sentence for sentence in sentences if sentences.count(sentence) > 1}
    # One sentence may be an example of one type and a near miss of another, but not of one type.
    for sentence in repeated:
        owners = [
            (type_, predicate)
            for type_ in TYPES
            for predicate in ("example", "nearMiss")
            if sentence in [MARK.sub(r"\1", s) for s in values(type_, DIP + predicate)]
        ]
        assert len({type_ for type_, _ in owners}) == len(owners), sentence
