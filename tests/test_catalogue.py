"""What a store is said to hold: violations put aside, present, and in the conclusions."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import catalogue, validate, vocab
from kg.graph import quads, store
from tests.graph.samples import Codebook, nordic

ARTICLE = vocab.article("nordic.txt")
GOOD = quads.describe(nordic(), Codebook())


def told(reader: store.Reader, engine: str) -> list[tuple[str, str]]:
    found = catalogue.violations(reader, engine=engine)
    return [(str(row[1].value), str(row[3].value)) for row in found.rows]  # type: ignore[union-attr]


@pytest.mark.parametrize("engine", validate.ENGINES)
def test_each_kind_of_violation_is_shown_with_where_it_stands(engine: str) -> None:
    report = next(q.subject for q in GOOD if q.predicate == vocab.dip("eventType"))
    assert isinstance(report, NamedNode)
    hubs = [vocab.event(name) for name in "ab"]
    links = [Quad(report, vocab.dip("reports"), hub, vocab.LINKS) for hub in hubs]
    broken = Quad(report, vocab.dip("modality"), Literal("perhaps"), ARTICLE)
    put_aside = validate.reasons(
        ARTICLE, [validate.Violation(report.value, "report-actor", "nobody is both")]
    )
    assert told(store.memory(GOOD), engine) == []
    found = told(store.memory([*GOOD, broken, *links], put_aside), engine)
    assert ("put aside", "nobody is both") in found
    assert any(state == "in the store" and "modality" in why for state, why in found)
    assert ("concluded", "a report tells of one event") in found
