"""The event table of political science: one row a report, coded by PLOVER and CAMEO.

Columns, their meanings and missing values are told in docs/codebook.md, which COLUMNS generates.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.errors import UsageError
from kg.graph.literals import INTEGER
from kg.graph.store import Reader
from kg.publish.view import Lookup, Party, Report
from kg.query import Cell, Table

COLUMNS: dict[str, str] = {
    "event_id": "IRI of the event; rows of one event in different articles share it.",
    "report_id": "IRI of this article's report of it.",
    "date": "Date of the event, as precise as the text: 2021-12-01, 2021-12 or 2021.",
    "date_precision": "day, month, year, or empty where no date is told.",
    "date_from": "First day on which it may have been (ISO date).",
    "date_to": "Last day on which it may have been (ISO date).",
    "published": "Day of publication of the article.",
    "source_actor": "Code of the party that acts: ISO 3166-1 alpha-2, or an organisation's name.",
    "source_iso3": "The same as ISO 3166-1 alpha-3; empty for organisations.",
    "source_cow": "Correlates of War number of the acting state; empty where it has none.",
    "target_actor": "Code of the party acted upon; empty where there is none.",
    "target_iso3": "The same as ISO 3166-1 alpha-3.",
    "target_cow": "The same as Correlates of War number.",
    "type": "Event type: local name of the ontology's class.",
    "plover": "PLOVER event code, by type and modality.",
    "cameo": "CAMEO code, by type and modality. A text, not a number: codes begin with 0.",
    "modality": "actual, planned, threatened, conditional, possible, demanded or denied.",
    "count": "How many persons or things, exactly.",
    "count_min": "Lower bound of the count.",
    "count_max": "Upper bound of the count.",
    "unit": "What is counted, in the singular.",
    "sources": "Number of independent sources that tell of the event.",
    "articles": "Number of articles that tell of the event.",
    "background": "true where the article tells it as history, not as news.",
    "article": "The article: file name or id of the record.",
    "outlet": "The article's outlet.",
    "quote": "The words that tell it.",
}


_NUMBERS = frozenset({"count", "count_min", "count_max", "sources", "articles"})


def table(reader: Reader, lookup: Lookup) -> Table:
    """Return the table: a row for each report and pair of parties, by date, event and report.

    A mutual act gives a row for each ordered pair of those who take part.
    """
    rows = []
    for article in lookup.articles:
        for report in lookup.reports_in(article.iri):
            if report.hub not in lookup.brief_of:
                continue
            rows += [_row(reader, lookup, report, pair) for pair in _pairs(report)]
    order = [list(COLUMNS).index(name) for name in ("date_from", "event_id", "report_id")]
    parties = [list(COLUMNS).index(name) for name in ("source_actor", "target_actor")]
    rows.sort(key=lambda row: [_key(row[i]) for i in (*order, *parties)])
    return Table(tuple(COLUMNS), tuple(rows))


def _key(cell: Cell) -> str:
    return getattr(cell, "value", "") or "~"


def _pairs(report: Report) -> Iterable[tuple[Party | None, Party | None]]:
    if report.targets:
        return [(a, t) for a in report.actors or (None,) for t in report.targets]
    if len(report.actors) > 1:
        return [(a, b) for a in report.actors for b in report.actors if a != b]
    return [(a, None) for a in report.actors or (None,)]


def _row(
    reader: Reader,
    lookup: Lookup,
    report: Report,
    pair: tuple[Party | None, Party | None],
) -> tuple[Cell, ...]:
    hub = lookup.brief_of[report.hub]
    number, when, article = report.number, report.date, report.quote.article
    first, second = (_codes(reader, party) for party in pair)
    precision = {10: "day", 7: "month", 4: "year"}.get(len(when.value), "") if when.first else ""
    cells: tuple[str | int | None, ...] = (
        *(report.hub, report.iri, when.value, precision, when.first, when.last),
        *(article.published, *first, *second),
        *(report.type, report.plover, report.cameo, report.modality),
        *(number.exact, number.low, number.high, number.unit),
        *(hub.sources, hub.articles),
        *("true" if report.background else "false", article.source, article.outlet),
        report.quote.words,
    )
    return tuple(_cell(cell) for cell in cells)


def _codes(reader: Reader, party: Party | None) -> tuple[str, str, str]:
    """Return code, ISO3 code and COW number; empty strings where there are none."""
    if party is None:
        return "", "", ""
    found = {
        vocab.local_name(quad.object.datatype.value): quad.object.value
        for quad in reader.quads(NamedNode(party.iri), vocab.term("skos:notation"))
        if isinstance(quad.object, Literal)
    }
    return party.code, found.get("iso3", ""), found.get("cow", "")


def _cell(value: str | int | None) -> Cell:
    if isinstance(value, int):
        return Literal(str(value), datatype=INTEGER)
    return Literal(value) if value else None


def parquet(table_: Table) -> bytes:
    """Return the table as a Parquet file: counts as integers, all else as text.

    Raises UsageError where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet as files
    except ImportError as fault:
        raise UsageError("parquet: needs pyarrow: pip install pyarrow, or export .csv") from fault
    columns = {}
    for place, name in enumerate(table_.columns):
        told = [getattr(row[place], "value", None) for row in table_.rows]
        number = name in _NUMBERS
        values = [int(v) if number and v is not None else v for v in told]
        columns[name] = pa.array(values, pa.int64() if number else pa.string())
    sink = pa.BufferOutputStream()
    files.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue().to_pybytes())


def codebook() -> Iterator[str]:
    """Yield the codebook's table of columns, in Markdown."""
    yield "| column | meaning |\n| --- | --- |\n"
    for name, meaning in COLUMNS.items():
        yield f"| `{name}` | {meaning} |\n"
