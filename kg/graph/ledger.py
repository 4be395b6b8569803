"""The ledger: what came in, from where, with which result; one row a key, in SQLite.

A row is written only after the store's flush, so that a row is a promise: what it says is on the
disk. A missing row costs one article's work again, nothing else.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from kg.errors import StorageError

State = Literal["ingested", "unread", "quarantined"]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one article, or of a file that could not be read as one."""

    key: str  # of the article; of what was not read, its source
    source: str
    sha256: str
    state: State
    reason: str = ""
    model: str = ""
    ontology: str = ""


_COLUMNS = tuple(field.name for field in fields(Row))


class Ledger:
    """The rows of one store; made by `ledger`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def record(self, rows: Iterable[Row]) -> None:
        """Write or replace the rows, all or none of them."""
        marks = ", ".join("?" * len(_COLUMNS))
        with self._connection:
            self._connection.executemany(
                f"INSERT OR REPLACE INTO came_in VALUES ({marks})",  # noqa: S608 (marks only)
                [astuple(row) for row in rows],
            )

    def forget(self, key: str) -> None:
        """Remove the row of this key, if there is one."""
        with self._connection:
            self._connection.execute("DELETE FROM came_in WHERE key = ?", (key,))

    def row(self, key: str) -> Row | None:
        """Return the row of this key."""
        found = self._connection.execute("SELECT * FROM came_in WHERE key = ?", (key,)).fetchone()
        return Row(*found) if found else None

    def rows(self) -> list[Row]:
        """Return all rows, by key."""
        return [Row(*row) for row in self._connection.execute("SELECT * FROM came_in ORDER BY key")]

    def outdate(self, told: Iterable[tuple[str, bytes]]) -> None:
        """Note graphs that are about to change, with what they told when it was last concluded from.

        What was noted of a graph before stands: nothing was concluded since.
        """
        with self._connection:
            self._connection.executemany("INSERT OR IGNORE INTO waiting VALUES (?, ?)", told)
            self._note("conclusions", "outdated")

    def waiting(self) -> list[tuple[str, bytes]]:
        """Return the graphs of which nothing is concluded yet, with what they told before.

        They stand in the order in which they came: neighbours often tell of the same events.
        """
        found = self._connection.execute("SELECT graph, told FROM waiting ORDER BY rowid")
        return [(str(graph), bytes(told)) for graph, told in found]

    def concluded(self, graphs: Iterable[str], stamp: str) -> None:
        """Note that what follows from these graphs is in the store, as the stamp's state has it."""
        with self._connection:
            self._connection.executemany(
                "DELETE FROM waiting WHERE graph = ?", [(graph,) for graph in graphs]
            )
            left = self._connection.execute("SELECT count(*) FROM waiting").fetchone()[0]
            self._note("concluded", stamp)
            self._note("conclusions", "outdated" if left else "current")

    def damage(self) -> str:
        """Return what SQLite finds wrong with the file; empty where it is whole."""
        found = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        return "" if found == "ok" else str(found)

    def mark(self, name: str, value: str) -> None:
        """Note a fact about the whole store, such as whether its inferences are up to date."""
        with self._connection:
            self._note(name, value)

    def _note(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def marked(self, name: str) -> str:
        """Return what was noted under this name; empty where nothing was."""
        found = self._connection.execute(
            "SELECT value FROM note WHERE name = ?", (name,)
        ).fetchone()
        return str(found[0]) if found else ""


@contextmanager
def ledger(store: Path) -> Iterator[Ledger]:
    """Open the ledger of the store in this folder, making it where there is none."""
    path = store / "ledger.sqlite"
    try:
        connection = sqlite3.connect(path, timeout=10)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            columns = ", ".join(f"{name} TEXT NOT NULL" for name in _COLUMNS)
            with connection:
                connection.execute(
                    f"CREATE TABLE IF NOT EXISTS came_in ({columns}, PRIMARY KEY (key))"
                )
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
                )
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS waiting (graph TEXT PRIMARY KEY, told BLOB NOT NULL)"
                )
            yield Ledger(connection)
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise StorageError(f"ledger {path}: {fault}: check space and rights there") from fault


def read(store: Path) -> list[Row]:
    """Return the rows of the store in this folder, by key, without writing anything there."""
    path = store / "ledger.sqlite"
    # A reader of a write-ahead log makes a file beside it; where none can be made, none is needed.
    mode = "mode=ro" if os.access(store, os.W_OK) else "immutable=1"
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?{mode}", uri=True, timeout=10)
        try:
            # A ledger may have been killed between its making and that of its tables.
            begun = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'came_in'")
            return Ledger(connection).rows() if begun.fetchone() else []
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise StorageError(f"ledger {path}: {fault}: check the rights there") from fault
