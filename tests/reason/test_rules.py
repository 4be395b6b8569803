"""Each rule file concludes what it says, and nothing where its conditions fail."""

from collections.abc import Callable

import pytest
from pyoxigraph import NamedNode, Quad

from kg import reason, vocab
from kg.errors import OntologyError
from kg.reason import rules
from kg.vocab import dip
from tests.reason.hubs import hub, told

FIRST = hub("a", "Expulsion", "FR", "ML", date="2022-01-03", count=5)
ANSWER = hub("b", "Expulsion", "ML", "FR", date="2022-01-10", count=5)


def concluded(quads: list[Quad]) -> set[tuple[str, str, str, str]]:
    """Return (rule set, subject, property or class, object) in local names."""
    found = set()
    for quad in reason.infer(quads).quads:
        graph = vocab.local_name(quad.graph_name.value)  # type: ignore[union-attr]
        if graph != reason.OWL_RL:
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, NamedNode)
            parts = (quad.subject, quad.predicate, quad.object)
            found.add((graph, *(vocab.local_name(part.value) for part in parts)))
    return found


Case = tuple[list[Quad], tuple[str, str, str], list[Quad]]
# rule -> what it needs, what it concludes, and a change that must take the conclusion away
CASES: dict[str, Case] = {
    "10-probable-retaliation": (
        FIRST + ANSWER,
        ("b", "probableRetaliationFor", "a"),
        FIRST + hub("b", "Expulsion", "ML", "FR", date="2022-03-10"),
    ),
    "20-answers-in-kind": (
        FIRST + ANSWER + told("b", "a"),
        ("b", "answersInKind", "a"),
        FIRST + hub("b", "MissionClosure", "ML", "FR", date="2022-01-10") + told("b", "a"),
    ),
    "21-answers-in-number": (
        FIRST + ANSWER + told("b", "a"),
        ("b", "answersInNumber", "a"),
        FIRST + hub("b", "Expulsion", "ML", "FR", count=6) + told("b", "a"),
    ),
    "30-escalates-in-number": (
        FIRST + hub("b", "Expulsion", "ML", "FR", count=6) + told("b", "a"),
        ("b", "exceeds", "a"),
        FIRST + ANSWER + told("b", "a"),
    ),
    "31-escalates-in-severity": (
        FIRST + hub("b", "BreakRelations", "ML", "FR") + told("b", "a"),
        ("b", "exceeds", "a"),
        FIRST + hub("b", "VisaRefusal", "ML", "FR") + told("b", "a"),
    ),
    "40-tit-for-tat": (
        FIRST + ANSWER + hub("c", "Sanctions", "FR", "ML", date="2022-01-20") + told("c", "b"),
        ("c", "continuesTitForTat", "a"),
        FIRST + ANSWER + hub("c", "Sanctions", "NE", "ML", date="2022-01-20") + told("c", "b"),
    ),
    "41-tit-for-tat-goes-on": (
        FIRST
        + ANSWER
        + hub("c", "Sanctions", "FR", "ML", date="2022-01-20")
        + hub("d", "TradeRestriction", "ML", "FR", date="2022-01-25"),
        ("d", "continuesTitForTat", "a"),
        FIRST
        + ANSWER
        + hub("c", "Sanctions", "FR", "ML", date="2022-01-20")
        + hub("d", "TradeRestriction", "ML", "FR", date="2022-04-25"),
    ),
    "50-promise-kept": (
        hub("p", "MissionClosure", "FR", "ML", factuality="threatened", reported="2022-01-02")
        + hub("q", "MissionClosure", "FR", "ML", date="2022-02-02"),
        ("q", "probablyKeeps", "p"),
        hub("p", "MissionClosure", "FR", "ML", factuality="threatened", reported="2022-01-02")
        + hub("q", "MissionClosure", "ML", "FR", date="2022-02-02"),
    ),
    "51-demand-met": (
        hub("p", "Release", "ML", "FR", factuality="demanded", reported="2022-01-02")
        + hub("q", "Release", "ML", "FR", date="2022-02-02"),
        ("q", "probablyMeets", "p"),
        hub("p", "Release", "ML", "FR", factuality="demanded", reported="2022-03-02")
        + hub("q", "Release", "ML", "FR", date="2022-02-02"),
    ),
    "60-deadline-met": (
        hub(
            "p",
            "Release",
            "ML",
            "FR",
            factuality="demanded",
            reported="2022-01-02",
            deadline="2022-02-03",
        )
        + hub("q", "Release", "ML", "FR", date="2022-02-02"),
        ("q", "withinDeadlineOf", "p"),
        hub(
            "p",
            "Release",
            "ML",
            "FR",
            factuality="demanded",
            reported="2022-01-02",
            deadline="2022-02-01",
        )
        + hub("q", "Release", "ML", "FR", date="2022-02-02"),
    ),
    "61-deadline-missed": (
        hub(
            "p",
            "Release",
            "ML",
            "FR",
            factuality="demanded",
            reported="2022-01-02",
            deadline="2022-02-01",
        )
        + hub("q", "Release", "ML", "FR", date="2022-02-02"),
        ("q", "afterDeadlineOf", "p"),
        hub(
            "p",
            "Release",
            "ML",
            "FR",
            factuality="demanded",
            reported="2022-01-02",
            deadline="2022-02-02",
        )
        + hub("q", "Release", "ML", "FR", date="2022-02-02"),
    ),
    "62-promise-broken": (
        hub(
            "p",
            "Sanctions",
            "FR",
            "ML",
            factuality="threatened",
            reported="2022-01-02",
            deadline="2022-02-01",
        )
        + hub("q", "Accusation", "FR", "ML", reported="2022-03-02"),
        ("p", "type", "ProbablyBrokenPromise"),
        hub(
            "p",
            "Sanctions",
            "FR",
            "ML",
            factuality="threatened",
            reported="2022-01-02",
            deadline="2022-02-01",
        )
        + hub("q", "Sanctions", "FR", "ML", date="2022-01-30", reported="2022-03-02"),
    ),
}


def test_every_rule_has_a_case() -> None:
    assert sorted(CASES) == [rule.name for rule in rules.load()]


@pytest.mark.parametrize("name", sorted(CASES))
def test_rule(name: str) -> None:
    given, expected, without = CASES[name]
    graph = vocab.local_name(next(rule.graph.value for rule in rules.load() if rule.name == name))
    assert (graph, *expected) in concluded(given)
    assert (graph, *expected) not in concluded(without)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_rule_s_words_name_all_its_values(name: str) -> None:
    (rule,) = (rule for rule in rules.load() if rule.name == name)
    made = reason.infer(CASES[name][0])
    words = [quad.object.value for quad in made.proofs if quad.predicate == dip("explanation")]
    assert words
    assert all("{" not in text and "https://" not in text for text in words)
    assert rule.summary


def test_what_texts_say_goes_before_guesses() -> None:
    guess = ("probable-retaliation", "b", "probableRetaliationFor", "a")
    assert guess in concluded(FIRST + ANSWER)
    assert guess not in concluded(FIRST + ANSWER + told("b", "a"))


@pytest.mark.parametrize(
    "change",
    [
        lambda: hub("b", "Expulsion", "ML", "FR", date="2022-01-10", factuality="planned"),
        lambda: hub("b", "Threat", "ML", "FR", date="2022-01-10"),
        lambda: hub("b", "Expulsion", "NE", "FR", date="2022-01-10"),
        lambda: hub("b", "Expulsion", "ML", "FR", date="2022-01-03"),
        lambda: hub("b", "Expulsion", "ML", "FR", date="2022-01-01/2022-01-31"),
    ],
)
def test_no_guess_without_an_act_by_the_other_side_at_its_time(
    change: Callable[[], list[Quad]],
) -> None:
    assert not concluded(FIRST + change())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "no `#\\+ summary:` line"),
        ("{head}SELECT * WHERE { ?a ?b ?c }", "one CONSTRUCT"),
        ("{head}CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b }", "not SPARQL"),
        ("{head}CONSTRUCT { ?a nope:b ?c } WHERE { ?a ?b ?c }", "not SPARQL|no known prefix"),
    ],
)
def test_an_ill_formed_rule_is_named(text: str, fault: str) -> None:
    head = "#+ summary: s\n#+ explanation: e\n#+ graph: g\n#+ premises: ?a ?b ?c .\n"
    with pytest.raises(OntologyError, match=f"x/bad.rq: .*({fault})"):
        rules.parse(text.replace("{head}", head), "x/bad.rq")


def rule(where: str, about: str = "") -> rules.SparqlRule:
    return rules.parse(
        "#+ summary: s\n#+ explanation: e\n#+ graph: g\n#+ premises: ?a dip:actor ?b .\n"
        f"{about}\nPREFIX dip: <https://w3id.org/kgbuild/diplomacy#>\n"
        f"CONSTRUCT {{ ?a dip:exceeds ?b }} WHERE {{ {where} }}",
        "a test",
    )


@pytest.mark.parametrize(
    ("where", "needs"),
    [
        ("?a a dip:Event ; dip:actor ?b .", [{"Event"}, {"actor"}]),
        ("?a dip:actor ?b . OPTIONAL { ?a dip:target ?b }", [{"actor"}]),
        ("?a dip:actor ?b FILTER NOT EXISTS { ?b dip:target ?c { ?c dip:date ?d } }", [{"actor"}]),
        ("{ ?a dip:actor ?b } UNION { ?a dip:target ?b }", []),
        ("VALUES ?p { dip:actor dip:target } ?a ?p ?b .", [{"actor", "target"}]),
        ("VALUES ?p { dip:actor UNDEF } ?a ?p ?b .", []),
        ("?a dip:actor ?b . FILTER(EXISTS { ?a dip:target ?b })", [{"actor"}]),
        ("?a dip:actor|dip:target ?b", []),
        ("?a dip:actor? ?b", []),
        ('?a dip:unit "dip:actor" ; dip:actor ?b', []),
        ("?a dip:actor ?b .\n# not dip:target\n", [{"actor"}]),
    ],
)
def test_a_rule_is_asked_only_where_it_can_answer(where: str, needs: list[set[str]]) -> None:
    found = rule(where).needs
    assert [{vocab.local_name(name) for name in names} for names in found] == needs


def test_a_rule_that_reads_its_own_conclusions_runs_on() -> None:
    scope = "#+ scope: pair"
    assert rule("?a dip:exceeds ?c . ?c dip:exceeds ?b", scope).reads_itself
    assert rule("?a dip:actor ?b").reads_itself, "without a scope it may read anything"
    assert not rule("?a dip:actor ?b", scope).reads_itself
