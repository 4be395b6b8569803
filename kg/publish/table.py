"""Rows -> text: table csv tsv json jsonl md html. A value that is not known is an empty cell."""

import csv
import html
import io
import json
import textwrap
import unicodedata
from collections.abc import Callable, Iterator

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.query import Cell, Table

XSD_STRING = vocab.term("xsd:string")
# A spreadsheet runs what starts so.
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_GAP = "  "
_READABLE = 12  # below this a cut value tells nothing, and rows are printed as records
_LEAST = 6  # columns of a table on a terminal are not cut below this width


def text(cell: Cell) -> str:
    """Return a term as people read it: the value of a literal, the IRI, or nothing."""
    match cell:
        case None:
            return ""
        case NamedNode() | Literal() | ox.BlankNode():
            return cell.value
        case _:
            return str(cell)


def short(cell: Cell) -> str:
    """Return a term for a terminal: IRIs as prefixed names, line breaks as blanks."""
    if isinstance(cell, NamedNode):
        return _prefixed(cell.value)
    value = " ".join(text(cell).split())
    if value.startswith(vocab.DATA):  # IRIs of ours, joined by bars
        return _printable("|".join(map(_prefixed, value.split("|"))))
    return _printable(value)


def _prefixed(iri: str) -> str:
    for prefix, namespace in vocab.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _printable(value: str) -> str:
    """Return the value without characters that would steer the terminal."""
    return "".join(c for c in value if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


# ---------------------------------------------------------------- one function a format


def as_csv(table: Table) -> Iterator[str]:
    """Yield lines of comma-separated values, quoted as RFC 4180 says."""
    yield from _separated(table, ",")


def as_tsv(table: Table) -> Iterator[str]:
    """Yield lines with tabs between values; values with tabs or breaks are quoted as in CSV."""
    yield from _separated(table, "\t")


def excel_safe(table: Table) -> Table:
    """Return the table with an apostrophe before what a spreadsheet would take for a formula."""
    rows = tuple(tuple(_inert(cell) for cell in row) for row in table.rows)
    return Table(table.columns, rows)


def _inert(cell: Cell) -> Cell:
    if isinstance(cell, Literal) and cell.value.startswith(_LIVE) and not _is_number(cell):
        return Literal("'" + cell.value)
    return cell


def _is_number(cell: Literal) -> bool:
    return vocab.local_name(cell.datatype.value) in ("integer", "decimal", "double", "gMonthDay")


def _separated(table: Table, delimiter: str) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    # With this terminator values with either break are quoted; the lines themselves end in \n.
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for row in (table.columns, *([text(cell) for cell in row] for row in table.rows)):
        writer.writerow(row)
        yield buffer.getvalue().removesuffix("\r\n") + "\n"
        buffer.seek(0)
        buffer.truncate()


def as_json(table: Table) -> Iterator[str]:
    """Yield the W3C SPARQL 1.1 JSON results form."""
    yield json.dumps({"head": {"vars": list(table.columns)}}, ensure_ascii=False)[:-1]
    yield ', "results": {"bindings": ['
    for number, row in enumerate(table.rows):
        binding = {
            column: _json_term(cell)
            for column, cell in zip(table.columns, row, strict=True)
            if cell is not None
        }
        yield ("\n" if number == 0 else ",\n") + json.dumps(binding, ensure_ascii=False)
    yield "\n]}}\n"


def _json_term(cell: Cell) -> dict[str, str]:
    match cell:
        case NamedNode():
            return {"type": "uri", "value": cell.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": cell.value}
        case Literal():
            term = {"type": "literal", "value": cell.value}
            if cell.language:
                term["xml:lang"] = cell.language
            elif cell.datatype != XSD_STRING:
                term["datatype"] = cell.datatype.value
            return term
        case _:
            return {"type": "literal", "value": str(cell)}


def as_jsonl(table: Table) -> Iterator[str]:
    """Yield a JSON object a line: numbers and truth values as such, what is not known left out."""
    for row in table.rows:
        record = {
            column: _plain(cell)
            for column, cell in zip(table.columns, row, strict=True)
            if cell is not None
        }
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _plain(cell: Cell) -> str | int | float | bool:
    value = text(cell)
    kind = vocab.local_name(cell.datatype.value) if isinstance(cell, Literal) else ""
    try:
        match kind:
            case "integer":
                return int(value)
            case "decimal" | "double":
                return float(value)
            case "boolean":
                return value in ("true", "1")
    except ValueError:
        return value
    return value


def as_md(table: Table) -> Iterator[str]:
    """Yield a Markdown table."""
    yield "| " + " | ".join(table.columns) + " |\n"
    yield "|" + " --- |" * len(table.columns) + "\n"
    for row in table.rows:
        yield "| " + " | ".join(_md(cell) for cell in row) + " |\n"


def _md(cell: Cell) -> str:
    value = short(cell)
    for sign in "\\|`*_<>[]":
        value = value.replace(sign, "\\" + sign)
    return value


def as_html(table: Table) -> Iterator[str]:
    """Yield a page with one table; every value is escaped, only web addresses become links."""
    yield (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>kgbuild</title>\n'
        "<style>body{font:1rem/1.4 system-ui,sans-serif;margin:1rem;color-scheme:light dark}"
        "table{border-collapse:collapse}td,th{border:1px solid #8886;padding:.25rem .5rem;"
        "text-align:left;vertical-align:top}</style>\n<table>\n<thead><tr>"
    )
    yield "".join(f'<th scope="col">{html.escape(name)}</th>' for name in table.columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>\n"
    yield "</tbody>\n</table>\n</html>\n"


def _html(cell: Cell) -> str:
    value = html.escape(text(cell))
    if isinstance(cell, NamedNode) and value.startswith(("https://", "http://")):
        return f'<a href="{value}">{html.escape(short(cell))}</a>'
    return value


def as_table(table: Table, width: int | None = None) -> Iterator[str]:
    """Yield lines for a terminal of this width; the widest columns are cut first.

    Where too little would be left of them, each row is printed as a record of its own. Without a
    width nothing is cut. Columns without any value are left out.
    """
    kept = [i for i in range(len(table.columns)) if any(row[i] is not None for row in table.rows)]
    kept = kept or list(range(len(table.columns)))
    cells = [[table.columns[i] for i in kept]]
    cells += [[short(row[i]) for i in kept] for row in table.rows]
    widths = [max(_columns(line[i]) for line in cells) for i in range(len(kept))]
    if width is not None:
        needed, widths = widths, _fitted(widths, width)
        if any(size < min(least, _READABLE) for size, least in zip(widths, needed, strict=True)):
            yield from _records(cells, width)
            return
    for number, line in enumerate(cells):
        fields = (_padded(value, size) for value, size in zip(line, widths, strict=True))
        yield _GAP.join(fields).rstrip() + "\n"
        if number == 0:
            yield _GAP.join("─" * size for size in widths) + "\n"


def _records(cells: list[list[str]], width: int) -> Iterator[str]:
    """Yield a block of lines for each row, with its column's name before each value."""
    names = cells[0]
    margin = max(map(_columns, names)) + len(_GAP)
    for number, row in enumerate(cells[1:], start=1):
        yield f"── {number} ".ljust(width, "─") + "\n"
        for name, value in zip(names, row, strict=True):
            lines = textwrap.wrap(value, max(width - margin, _READABLE))
            for i, line in enumerate(lines):
                yield f"{name if i == 0 else '':<{margin}}{line}\n"


def _fitted(widths: list[int], width: int) -> list[int]:
    room = max(width - len(_GAP) * (len(widths) - 1), _LEAST * len(widths))
    limit = max(widths, default=0)
    while sum(min(size, limit) for size in widths) > room and limit > _LEAST:
        limit -= 1
    return [min(size, limit) for size in widths]


def _columns(value: str) -> int:
    """Return how many columns of a terminal the value takes."""
    if value.isascii():
        return len(value)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in value
    )


def _padded(value: str, size: int) -> str:
    if _columns(value) > size:
        while _columns(value) > size - 1:
            value = value[:-1]
        value += "…"
    return value + " " * (size - _columns(value))


FORMATS: dict[str, Callable[[Table], Iterator[str]]] = {
    "table": as_table,
    "csv": as_csv,
    "tsv": as_tsv,
    "json": as_json,
    "jsonl": as_jsonl,
    "md": as_md,
    "html": as_html,
}
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
}
