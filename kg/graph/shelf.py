"""What linking and inference look up again, kept beside the store: `kg.store/concluded.sqlite`.

It repeats what follows from the store, in a form in which the few things that a new article touches
are found at once. It may be lost: then everything is concluded anew. Values are JSON, so that a
file from elsewhere can do no more than be wrong.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

from kg.errors import StorageError

V = TypeVar("V")
NAME = "concluded.sqlite"
_CACHE = 65_536  # KB of the file that stay in memory: what a new article touches lies scattered
_KEPT = 8192  # values of a shelf that stay in memory between two commits


class Shelf(MutableMapping[str, V], Generic[V]):
    """Values by name: read when asked for, written by `Shelves.commit`; it tells what changed."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        encode: Callable[[V], str],
        decode: Callable[[str], V],
    ) -> None:
        self._connection = connection
        self._name = name
        self._encode, self._decode = encode, decode
        self._cache: dict[str, V | None] = {}
        self._before: dict[str, V | None] = {}
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {name} (key TEXT PRIMARY KEY, value TEXT NOT NULL)"
        )

    def _find(self, key: str) -> V | None:
        if key in self._cache:
            return self._cache[key]
        row = self._connection.execute(
            f"SELECT value FROM {self._name} WHERE key = ?",  # noqa: S608 (a name of ours)
            (key,),
        ).fetchone()
        found = None if row is None else self._decode(row[0])
        self._cache[key] = found
        return found

    def __getitem__(self, key: str) -> V:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __setitem__(self, key: str, value: V) -> None:
        self._before.setdefault(key, self._find(key))
        self._cache[key] = value

    def __delitem__(self, key: str) -> None:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        self._before.setdefault(key, found)
        self._cache[key] = None

    def __iter__(self) -> Iterator[str]:
        stored = self._connection.execute(f"SELECT key FROM {self._name}")  # noqa: S608
        names = {row[0] for row in stored} | set(self._before)
        return iter(sorted(name for name in names if self._find(name) is not None))

    def __len__(self) -> int:
        """Return how many there are; this looks through all of them."""
        return sum(1 for _ in self)

    def before(self, key: str) -> V | None:
        """Return the value at the last commit."""
        return self._before[key] if key in self._before else self._find(key)

    def changes(self) -> Iterator[tuple[str, V | None, V | None]]:
        """Yield each name written since the last commit with the value then and now, sorted."""
        for key in sorted(self._before):
            yield key, self._before[key], self._cache[key]

    def grown(self) -> int:
        """Return by how many values it grew since the last commit."""
        return sum((new is not None) - (old is not None) for _, old, new in self.changes())

    def write(self) -> None:
        """Hand what changed to the database, and forget how it was."""
        gone = [(key,) for key, _, new in self.changes() if new is None]
        new = [(key, self._encode(new)) for key, _, new in self.changes() if new is not None]
        self._connection.executemany(f"DELETE FROM {self._name} WHERE key = ?", gone)  # noqa: S608
        self._connection.executemany(
            f"INSERT OR REPLACE INTO {self._name} VALUES (?, ?)",  # noqa: S608
            new,
        )
        self._before.clear()
        for key in list(self._cache)[:-_KEPT]:
            del self._cache[key]


class Days:
    """Names by block and day: which of a block lie within a stretch of days."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "CREATE TABLE IF NOT EXISTS days (block INTEGER, day INTEGER, name TEXT,"
            " PRIMARY KEY (block, day, name)) WITHOUT ROWID"
        )

    def add(self, block: tuple[str, ...], day: int, name: str) -> None:
        """Put a name on a day."""
        self._connection.execute(
            "INSERT OR IGNORE INTO days VALUES (?, ?, ?)", _row(block, day, name)
        )

    def remove(self, block: tuple[str, ...], day: int, name: str) -> None:
        """Take a name off a day."""
        self._connection.execute(
            "DELETE FROM days WHERE block = ? AND day = ? AND name = ?", _row(block, day, name)
        )

    def between(
        self, block: tuple[str, ...], first: int | None = None, last: int | None = None
    ) -> Iterable[str]:
        """Return the names from the first to the last day, or all of the block."""
        low, high = -(2**62) if first is None else first, 2**62 if last is None else last
        found = self._connection.execute(
            "SELECT name FROM days WHERE block = ? AND day BETWEEN ? AND ?",
            (_number(block), low, high),
        )
        return [row[0] for row in found]

    def least(self, block: tuple[str, ...]) -> tuple[int, str] | None:
        """Return the first name of the first day; None where the block is empty."""
        found = self._connection.execute(
            "SELECT day, name FROM days WHERE block = ? ORDER BY day, name LIMIT 1",
            (_number(block),),
        ).fetchone()
        return None if found is None else (int(found[0]), str(found[1]))


def _row(block: tuple[str, ...], day: int, name: str) -> tuple[int, int, str]:
    return _number(block), day, name


def _number(block: tuple[str, ...]) -> int:
    digest = blake2b("\x1f".join(block).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class Shelves:
    """The file with all shelves; changes count once they are committed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._shelves: list[Shelf[object]] = []
        self.days = Days(connection)
        connection.execute("CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT)")
        self.begin()

    def shelf(self, name: str, encode: Callable[[V], str], decode: Callable[[str], V]) -> Shelf[V]:
        """Return the shelf of this name, making it where there is none."""
        made = Shelf(self._connection, name, encode, decode)
        self._shelves.append(made)  # type: ignore[arg-type]
        return made

    def note(self, name: str) -> str:
        """Return what was noted under this name; empty where nothing was."""
        row = self._connection.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def write_note(self, name: str, value: str) -> None:
        """Note something, with the next commit."""
        self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def begin(self) -> None:
        """Begin a stretch of changes."""
        self._connection.execute("BEGIN")

    def commit(self) -> None:
        """Put all that changed on the disk, all or nothing."""
        for shelf in self._shelves:
            shelf.write()
        self._connection.execute("COMMIT")
        self.begin()


@contextmanager
def shelves(path: Path | None) -> Iterator[Shelves]:
    """Open the file, making it where there is none; None: in memory. What isn't committed goes."""
    try:
        connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=10)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            yield Shelves(connection)
        finally:
            connection.close()
    except sqlite3.Error as fault:
        raise StorageError(f"{path}: {fault}: remove it, and run `kgbuild reason`") from fault


def remove(path: Path) -> None:
    """Remove the file, so that everything is concluded anew."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
