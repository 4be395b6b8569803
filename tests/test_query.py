"""Saved queries: found, read, bound and run; each file by itself, in two engines alike."""

import contextlib
import json
import random
import time
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg import query, vocab
from kg.errors import QueryError, UsageError
from kg.graph import quads, store
from tests.graph.samples import Codebook, nordic, short

LIBRARY = query.library()
HUB = vocab.event("x")


def linked() -> list[Quad]:
    """Both articles, with their reports of the expulsion linked and one retaliation inferred."""
    facts = quads.describe(nordic(), Codebook()) + quads.describe(short(), Codebook())
    expulsions = [
        quad.subject
        for quad in facts
        if quad.predicate == vocab.dip("eventType") and quad.object == vocab.dip("Expulsion")
    ]
    answer = next(quad.subject for quad in facts if quad.object == vocab.dip("OrderToLeave"))
    other = vocab.event("y")
    links = [Quad(e, vocab.dip("reports"), HUB, vocab.LINKS) for e in expulsions]  # type: ignore[arg-type]
    links += [Quad(answer, vocab.dip("reports"), other, vocab.LINKS)]  # type: ignore[arg-type]
    links += [Quad(other, vocab.dip("retaliationFor"), HUB, vocab.inferred("owl-rl"))]
    return facts + links


READER = store.memory(linked())


def table(name: str, **values: str) -> query.Table:
    answer = query.run(READER, query.find(name), values)
    assert isinstance(answer, query.Table)
    return answer


def records(found: query.Table) -> list[dict[str, str]]:
    return [
        {
            column: cell.value
            for column, cell in zip(found.columns, row, strict=True)
            if isinstance(cell, NamedNode | Literal)
        }
        for row in found.rows
    ]


def test_events_has_the_columns_and_the_values_of_the_contract() -> None:
    found = table("events")
    assert found.columns == (
        "article", "source", "event", "hub", "type", "plover", "cameo", "actors", "targets",
        "count", "count_min", "count_max", "unit", "date", "deadline", "date_from", "date_to",
        "place", "modality", "condition", "reason", "speaker", "quote", "start", "end",
    )  # fmt: skip
    rows = records(found)
    assert [(r["source"], r["type"], r["actors"], r["targets"]) for r in rows] == [
        ("nordic.txt", "Expulsion", "NO", "RU"),
        ("nordic.txt", "OrderToLeave", "RU", "NO"),
        ("short.txt", "Expulsion", "NO", "Bureau X Y"),
    ]
    first, answer, undated = rows
    assert first["plover"] == "EXPEL"
    assert first["cameo"] == "161"
    assert first["count"] == "2"
    assert nordic().article.text[int(first["start"]) : int(first["end"])] == first["quote"]
    assert answer["deadline"] == "2021-05"
    assert answer["speaker"] == "Maria Petrova"
    assert answer["reason"] == "in kind"
    assert undated["date"] == "--05-03"
    assert not {"date_from", "date_to", "count", "speaker", "place"} & set(undated)
    assert (undated["count_min"], undated["count_max"]) == ("2", "5")


def test_events_is_narrowed_by_its_parameters() -> None:
    assert len(table("events", actor="RU")) == 1
    assert len(table("events", target="RU")) == 1
    assert len(table("events", kind="Expulsion")) == 2
    assert len(table("events", since="2021-05-04")) == 1
    assert len(table("events", until="2021-05-04")) == 1
    assert len(table("events", actor="FR")) == 0


def test_same_event_gives_each_pair_of_articles_once() -> None:
    found = table("same-event")
    assert found.columns == ("event1", "event2")
    (row,) = records(found)
    assert row["event1"] < row["event2"]


def test_retaliation_names_the_basis_of_the_told_pair_only() -> None:
    found = table("retaliation")
    assert found.columns == ("event", "retaliation_for", "basis")
    assert [row["basis"] for row in records(found)] == ["reported"]


def test_retaliation_between_events_without_a_told_pair_is_inferred() -> None:
    told = {vocab.dip("reportedRetaliation"), vocab.dip("statedRetaliation")}
    reader = store.memory(quad for quad in linked() if quad.predicate not in told)
    answer = query.run(reader, query.find("retaliation"))
    assert isinstance(answer, query.Table)
    (row,) = records(answer)
    assert row["basis"] == "inferred"
    reports = sorted(
        str(q.subject.value)
        for q in linked()
        if q.predicate == vocab.dip("reports") and q.object == HUB  # type: ignore[union-attr]
    )
    assert row["retaliation_for"] == reports[0]


def test_claims_tell_speaker_side_stance_and_words() -> None:
    found = table("claims")
    assert found.columns == (
        "article", "speaker", "office", "affiliation", "about", "stance", "modality", "condition",
        "quote", "start", "end",
    )  # fmt: skip
    (row,) = records(found)
    assert (row["speaker"], row["office"], row["affiliation"], row["stance"]) == (
        "Maria Petrova", "Spokeswoman", "RU", "denies",
    )  # fmt: skip
    assert len(table("claims", by="Maria Petrova")) == 1
    assert len(table("claims", by="Somebody Else")) == 0
    assert len(table("claims", stance="warns")) == 0


@pytest.mark.parametrize("name", LIBRARY)
def test_a_saved_query_describes_itself_and_orders_its_rows(name: str) -> None:
    saved = query.find(name)
    assert saved.summary
    assert saved.tags
    assert all(parameter.help for parameter in saved.parameters)
    assert "ORDER BY" in saved.text
    assert "GRAPH" not in saved.text


@pytest.fixture(scope="module")
def flat() -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in linked():
        graph.parse(data=f"{quad.triple} .", format="nt")
    return graph


@pytest.mark.parametrize("name", LIBRARY)
def test_a_saved_query_gives_the_same_rows_in_rdflib(name: str, flat: rdflib.Graph) -> None:
    text = LIBRARY[name].read_text(encoding="utf-8")
    theirs = json.loads(flat.query(text).serialize(format="json") or b"{}")
    names = theirs["head"]["vars"]
    rows = [
        tuple(binding[v]["value"] if v in binding else None for v in names)
        for binding in theirs["results"]["bindings"]
    ]
    ours = [
        tuple(cell.value if isinstance(cell, NamedNode | Literal) else None for cell in row)
        for row in table(name).rows
    ]
    assert sorted(map(str, rows)) == sorted(map(str, ours))


@pytest.mark.parametrize("name", ["events", "events.rq", "queries/events.rq"])
def test_a_query_is_found_by_name_and_by_file(name: str) -> None:
    assert query.find(name).name == "events"


def test_an_unknown_query_is_met_with_the_nearest_names() -> None:
    with pytest.raises(QueryError, match="did you mean events"):
        query.find("evnts")
    with pytest.raises(QueryError, match="kgbuild queries"):
        query.find("zzzzzzzz")


def test_unknown_and_ill_formed_parameters_are_named_all_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        table("events", actr="RU", since="last week")
    assert "no parameter 'actr' (it has actor, target, kind, since, until)" in str(caught.value)
    assert "since='last week'" in str(caught.value)


ROW = """#+ param who: text  who
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?who ?n { VALUES (?fixed) { ("a") }
  VALUES (?who ?n) { ("any" "3"^^xsd:integer) }  #+ parameters
}"""


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_hostile_value_is_one_value_and_nothing_else(value: str) -> None:
    saved = query.parse(ROW, "row")
    assert [(p.name, p.kind) for p in saved.parameters] == [("who", "text"), ("n", "integer")]
    answer = query.run(READER, saved, {"who": value})
    assert isinstance(answer, query.Table)
    assert [[cell.value for cell in row] for row in answer.rows] == [[value, "3"]]  # type: ignore[union-attr]


PIECES = (
    '"', "'", '"""', "\\", "\\u0022", "\\u007D", "}", ") }", "UNDEF", "UNION { ?s ?p ?o }", "{", "|",
    "#", "#+ parameters", "\n", "\r", "\u2028", "\0", "<", ">", "?event", "$1", "\\1", "\\g<0>", ".", ";",
    "FILTER(true)", "RU", "NO", "dip:", "://", "%27", "^^", "@en", "é", "\U0001f600", "1 OR 1=1", "*",
)  # fmt: skip
HOSTILE = 1000


def test_a_thousand_hostile_parameters_give_no_row_more() -> None:
    """Each value stands for nothing in the graph: refused, or no row."""
    draw = random.Random(20180314)  # noqa: S311 (a test's draw)
    asked = [(find, one) for find in map(query.find, LIBRARY) for one in find.parameters]
    extra, refused = [], 0
    for number in range(HOSTILE):
        saved, one = asked[number % len(asked)]
        value = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 6)))
        value = f"{value} hostile" if one.kind == "text" else value + draw.choice(("", " ", "'"))
        if value in ("RU", "NO"):
            continue
        try:
            found = table(saved.name, **{one.name: value})
        except UsageError:
            refused += 1
            continue
        if found.rows:
            extra.append((saved.name, one.name, value))
    assert extra == []
    assert 0 < refused < HOSTILE


@pytest.mark.parametrize(
    ("declaration", "word"),
    [
        ("#+ param x: code  x\nSELECT * { VALUES (?y) { (1) }  #+ parameters\n }", "x not in"),
        ("#+ param x: colour  x\nSELECT * { VALUES (?x) { (1) }  #+ parameters\n }", "colour"),
        ("SELECT * {\n VALUES (?x) { (no:such) }  #+ parameters\n }", "ill-formed"),
        ("SELECT * {\n VALUES (?x) { (1) (2) }  #+ parameters\n }", "2 rows"),
    ],
)
def test_an_ill_formed_declaration_is_refused(declaration: str, word: str) -> None:
    with pytest.raises(QueryError, match=word):
        query.parse(declaration, "bad")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        r'SELECT * { ?s ?p "\u0022" . SERVICE <http://127.0.0.1:9/> { ?s ?p "x" } }',
        "SELECT * { ?s ?p ?a FILTER(?a<1)SERVICE?x#>\n{ ?s ?p ?o } }",
        "PREFIX SERVICE: <http://127.0.0.1:9/> SELECT * { SERVICE:x ?p ?o }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * { ?s ?p 'it''s' } #'\nSERVICE<http://127.0.0.1:9/>{}",
    ],
)
def test_what_reaches_beyond_the_store_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="beyond the store"):
        query.run(READER, query.SavedQuery("x", text))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?from ?service { ?from ?service 'SERVICE <x> LOAD' } # SERVICE",
        "SELECT * { ?s <http://example.org/service/from> ?o }",
        "PREFIX schema: <https://schema.org/> SELECT * { ?s schema:fromLocation ?o }",
        '''SELECT * { ?s ?p """a "SERVICE" b""" }''',
    ],
)
def test_the_same_words_elsewhere_are_not(text: str) -> None:
    query.run(READER, query.SavedQuery("x", text))


def test_a_syntax_error_names_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text("SELECT ?x {\n  ?x ?y \n}", encoding="utf-8")
    with pytest.raises(QueryError, match="line 3, column"):
        query.run(READER, query.find(str(path)))


def test_ask_and_construct_are_answered() -> None:
    yes = query.run(READER, query.SavedQuery("x", "ASK { ?s ?p ?o }"))
    assert isinstance(yes, query.Table)
    assert str(yes.rows[0][0]).startswith('"true"')
    triples = query.run(READER, query.SavedQuery("x", "CONSTRUCT WHERE { ?s a ?o }"))
    assert isinstance(triples, query.Triples)
    assert list(triples.triples) == sorted(set(triples.triples), key=str)


@pytest.mark.parametrize("piece", [".", '"', '"""', "<", "a:", "\\\\", "a", "#", "\\\\u0053", "VALUES (?a) { (", "#+ "])  # fmt: skip
def test_no_text_makes_the_guard_or_the_reader_hang(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    for read in (query.guard, lambda one: query.parse(one, "x")):
        with contextlib.suppress(QueryError):
            read(text)
    assert time.process_time() - began < 0.5
