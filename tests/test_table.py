"""Rows as text: what is not known, what would steer a terminal or a spreadsheet, what is too wide."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.graph.literals import integer
from kg.publish import table as tables
from kg.query import Table

ROW = (vocab.event("x"), Literal('a, "b"\nc'), integer(3), None)
TABLE = Table(("event", "words", "number", "nothing"), (ROW,))
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_what_is_not_known_is_empty_and_left_out_of_json() -> None:
    assert list(csv.reader(io.StringIO("".join(tables.as_csv(TABLE)))))[1][3] == ""
    (record,) = map(json.loads, "".join(tables.as_jsonl(TABLE)).splitlines())
    assert record == {"event": vocab.event("x").value, "words": 'a, "b"\nc', "number": 3}
    (binding,) = json.loads("".join(tables.as_json(TABLE)))["results"]["bindings"]
    assert binding["event"]["type"] == "uri"
    assert binding["number"]["datatype"].endswith("#integer")
    assert "datatype" not in binding["words"]
    assert "nothing" not in binding


@given(TEXT)
def test_csv_and_json_give_back_any_value(value: str) -> None:
    one = Table(("x", "y"), ((Literal(value), Literal("end")),))
    read = list(csv.reader(io.StringIO("".join(tables.as_csv(one)), newline="")))
    assert read[1:] == [[value, "end"]]
    (binding,) = json.loads("".join(tables.as_json(one)))["results"]["bindings"]
    assert binding["x"]["value"] == value


@given(TEXT)
def test_no_value_steers_the_terminal_or_breaks_a_line(value: str) -> None:
    lines = list(tables.as_table(Table(("x",), ((Literal(value),),)), 40))
    assert len(lines) >= 2
    assert not any(c < " " or c == "\x7f" for line in lines for c in line.removesuffix("\n"))


@given(TEXT)
def test_no_value_becomes_markup(value: str) -> None:
    page = "".join(tables.as_html(Table(("x",), ((Literal(f"<script>{value}</script>"),),))))
    assert page.count("<script") == 0
    row = "".join(tables.as_md(Table(("x",), ((Literal(value),),)))).split("\n")
    assert len(row) == 4


def test_only_web_addresses_become_links() -> None:
    page = "".join(
        tables.as_html(Table(("x",), ((NamedNode("javascript:alert(1)"),), (vocab.event("x"),))))
    )
    assert page.count("<a href=") == 1


def test_formulas_are_disarmed_on_request_and_numbers_are_not() -> None:
    row = (Literal("=HYPERLINK(1)"), Literal("@x"), integer(-3), Literal("plain"))
    safe = tables.excel_safe(Table(("a", "b", "c", "d"), (row,)))
    assert [tables.text(cell) for cell in safe.rows[0]] == ["'=HYPERLINK(1)", "'@x", "-3", "plain"]


def test_a_table_fits_the_terminal_and_turns_to_records_where_it_can_not() -> None:
    words = Literal("many words " * 20)
    wide = Table(tuple("abc"), ((words, words, integer(1)),))
    assert max(map(len, tables.as_table(wide, 60))) <= 61
    wider = Table(tuple("abcdefghij"), ((words,) * 10,))
    lines = list(tables.as_table(wider, 60))
    assert lines[0].startswith("── 1 ")
    assert "".join(lines).count("many words") > 100
    assert max(map(len, lines)) <= 61
