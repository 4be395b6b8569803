"""Both SHACL engines find the same; what violates is put aside and the rest stays whole."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import validate, vocab
from kg.errors import OntologyError, UsageError
from kg.graph import quads
from kg.graph.literals import integer
from tests.graph.samples import Codebook, nordic, short

DIP = vocab.dip
GRAPH = vocab.article("nordic.txt")
GOOD = quads.describe(nordic(), Codebook())
EXPULSION, ANSWER = (
    quads.report_iri(nordic().article, nordic().events[0]),
    quads.report_iri(nordic().article, nordic().events[1]),
)


def one(predicate: str) -> NamedNode:
    """Return the subject of the first quad with this predicate."""
    subject = next(q.subject for q in GOOD if q.predicate == DIP(predicate))
    assert isinstance(subject, NamedNode)
    return subject


def plus(*triples: tuple[NamedNode, str, NamedNode | Literal]) -> list[Quad]:
    return GOOD + [Quad(s, DIP(p), o, GRAPH) for s, p, o in triples]


def minus(test: Callable[[Quad], bool]) -> list[Quad]:
    return [quad for quad in GOOD if not test(quad)]


def instead(predicate: NamedNode, value: Literal) -> list[Quad]:
    return [Quad(q.subject, q.predicate, value if q.predicate == predicate else q.object, GRAPH) for q in GOOD]  # fmt: skip


CASES = {
    "two types": (plus((EXPULSION, "eventType", DIP("Meeting"))), "report-type"),
    "no modality": (minus(lambda q: q.predicate == DIP("modality") and q.subject == ANSWER), "report-modality"),
    "an odd modality": (plus((ANSWER, "modality", Literal("maybe"))), "report-modality"),
    "both sides": (plus((EXPULSION, "target", vocab.actor("NO"))), "report-actor"),
    "a negative count": (instead(DIP("count"), integer(-1)), "report-count"),
    "a count in words": (instead(DIP("count"), Literal("two")), "report-count"),
    "no party": (minus(lambda q: q.predicate in (DIP("actor"), DIP("target"))), "Report"),
    "answers itself": (plus((ANSWER, "statedRetaliation", ANSWER)), "report-itself"),
    "answer each other": (plus((EXPULSION, "statedRetaliation", ANSWER)), "report-mutual"),
    "effect before cause": (
        [Quad(q.subject, q.predicate, integer(1), GRAPH) if q.subject == ANSWER and q.predicate in (DIP("dateFromDay"), DIP("dateToDay")) else q for q in GOOD],
        "cause-order",
    ),
    "same direction": (
        plus((ANSWER, "actor", vocab.actor("NO")), (ANSWER, "target", vocab.actor("RU"))),
        "cause-direction",
    ),
    "deadline past": (
        [Quad(q.subject, q.predicate, integer(9), GRAPH) if q.predicate in (DIP("deadlineFromDay"), DIP("deadlineToDay")) else q for q in GOOD],
        "report-deadlinePast",
    ),
    "wrong offsets": (instead(vocab.term("oa:end"), integer(200)), "evidence-length"),
    "no words": (instead(vocab.term("oa:exact"), Literal("")), "evidence-exact"),
    "a claim of nobody": (minus(lambda q: q.predicate == DIP("voice")), "claim-voice"),
    "a claim about nothing": (minus(lambda q: q.predicate == DIP("about")), "claim-about"),
    "an odd stance": (plus((one("stance"), "stance", Literal("shouts"))), "claim-stance"),
    "no hash": (minus(lambda q: q.predicate == DIP("sha256")), "article-sha256"),
    "a level of nothing": (minus(lambda q: q.predicate == DIP("measure")), "observation-measure"),
    "a code that splits": (
        [*GOOD, Quad(vocab.actor("NO"), vocab.term("skos:notation"), Literal("N|O", datatype=DIP("code")), GRAPH)],
        "argument-party",
    ),
}  # fmt: skip


def triples(every: list[Quad]) -> list[Triple]:
    return [quad.triple for quad in every]


@pytest.mark.parametrize("engine", validate.ENGINES)
def test_what_the_mapping_makes_conforms(engine: str) -> None:
    good = triples(GOOD + quads.describe(short(), Codebook()))
    assert validate.violations(good, validate.data_shapes(), engine) == []


@pytest.mark.parametrize("case", CASES)
def test_both_engines_find_the_fault_and_the_same_faults(case: str) -> None:
    broken, shape = CASES[case]
    found = {
        engine: validate.violations(triples(broken), validate.data_shapes(), engine)
        for engine in validate.ENGINES
    }
    assert shape in {one.shape for one in found["pyshacl"]}
    assert found["pyrudof"] == found["pyshacl"]
    assert all(one.message for one in found["pyshacl"])


@pytest.mark.parametrize("case", CASES)
def test_the_screen_clears_what_conforms_and_no_faulty_article(case: str) -> None:
    compiled = validate.screen(validate.data_shapes())
    assert compiled is not None
    assert compiled.clears(GOOD)
    assert not compiled.clears(CASES[case][0])


def changed(chance: random.Random) -> list[Quad]:
    """Return the good graph with one to three quads lost, doubled with other values, or altered."""
    every = list(GOOD)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(every))
        quad, other = every[place], chance.choice(every)
        values = [other.object, Literal(""), Literal("x|y"), integer(-3), Literal("2018-02-30")]
        value = chance.choice(values)
        act = chance.choice(("lose", "double", "alter", "point"))
        if act in ("lose", "alter"):
            del every[place]
        if act in ("double", "alter"):
            every.append(Quad(quad.subject, quad.predicate, value, GRAPH))
        if act == "point":
            every.append(Quad(other.subject, quad.predicate, quad.object, GRAPH))
    return sorted(set(every), key=str)


def test_what_the_screen_clears_no_engine_finds_at_fault() -> None:
    compiled = validate.screen(validate.data_shapes())
    assert compiled is not None
    chance = random.Random(3)  # noqa: S311 - a test's data
    cleared = suspected = 0
    for _ in range(60):
        every = changed(chance)
        found = validate.violations(triples(every), validate.data_shapes())
        if compiled.clears(every):
            cleared += 1
            assert found == []
        else:
            suspected += not found
    assert cleared > 4
    assert suspected < 6  # suspicions that came to nothing cost time


def test_shapes_with_an_unknown_word_are_left_to_the_engine(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    told = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dip: <https://w3id.org/kgbuild/diplomacy#> . "
        "dip:S a sh:NodeShape ; sh:targetClass dip:Article ; sh:property dip:P . "
        'dip:P a sh:PropertyShape ; sh:path dip:key ; sh:maxLength 3 ; sh:message "a key is short" .'
    )
    path.write_text(told, encoding="utf-8")
    shapes = validate.shapes(path)
    assert validate.screen(shapes) is None
    (violation,) = validate.by_graph({GRAPH: GOOD}, shapes)[GRAPH]
    assert violation.message == "a key is short"


@pytest.mark.parametrize("case", CASES)
def test_what_is_kept_conforms_and_nothing_is_lost(case: str) -> None:
    broken, _ = CASES[case]
    found = validate.violations(triples(broken), validate.data_shapes())
    parted = validate.part(broken, found)
    assert parted.aside
    assert set(parted.kept) | set(parted.aside) == set(broken)
    assert not set(parted.kept) & set(parted.aside)
    assert validate.violations(triples(list(parted.kept)), validate.data_shapes()) == []


def test_a_faulty_report_takes_its_claims_and_links_along_and_no_other_report() -> None:
    broken, _ = CASES["both sides"]
    parted = validate.part(broken, validate.violations(triples(broken), validate.data_shapes()))
    reports = {q.subject for q in parted.kept if q.object == DIP("EventReport")}
    assert reports == {ANSWER}
    left = {q.object for q in parted.kept if q.predicate == vocab.term("rdf:type")}
    assert not {DIP("Claim"), DIP("Cause")} & left
    assert DIP("Observation") in left
    assert not any(q.predicate == DIP("reportedRetaliation") for q in parted.kept)


def test_a_link_at_fault_goes_alone() -> None:
    broken, _ = CASES["effect before cause"]
    parted = validate.part(broken, validate.violations(triples(broken), validate.data_shapes()))
    assert {q.subject for q in parted.kept if q.object == DIP("EventReport")} == {EXPULSION, ANSWER}
    assert not any(q.predicate == DIP("reportedRetaliation") for q in parted.kept)


def test_a_fault_of_the_text_puts_the_whole_article_aside() -> None:
    broken, _ = CASES["wrong offsets"]
    found = validate.violations(triples(broken), validate.data_shapes())
    assert validate.part(broken, found).kept == ()


def test_the_reasons_are_kept_as_results() -> None:
    broken, _ = CASES["both sides"]
    found = validate.violations(triples(broken), validate.data_shapes())
    told = validate.reasons(GRAPH, found)
    assert {q.graph_name for q in told} == {vocab.quarantined(GRAPH)}
    assert Literal("nobody is actor and target of the same act") in {q.object for q in told}


def test_an_unknown_engine_and_an_ill_formed_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are pyrudof, pyshacl"):
        validate.violations([], validate.data_shapes(), "topbraid")
    path = tmp_path / "bad.ttl"
    path.write_text("this is no turtle", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"bad\.ttl"):
        validate.shapes(path)
