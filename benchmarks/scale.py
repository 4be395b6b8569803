"""Asks every saved question of a large store: `python -m benchmarks.scale [--copies 10]`.

Generated articles are ingested once; then all that is told, linked and inferred of them is copied
under other IRIs and, copy by copy, some years later, too far for one copy's events to be another's.
So the store of 10,000 articles is what an ingest would make of them, without parsing 10,000. Prints
rows and seconds by question, each asked in a process of its own and ended after some time.
"""

import argparse
import os
import re
import signal
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from benchmarks.queries import filled
from kg import vocab
from kg.graph import store
from kg.graph.store import Reader
from kg.query import find, library, run

SHIFT = 4000  # days between one copy and the next
_CHUNK = 50_000  # quads renamed, and written, at once
_MINTED = re.compile(re.escape(vocab.DATA) + r"[a-z]+/[0-9a-f]{16}")
_DAY = re.compile(r'(Day> ")(-?[0-9]+)"')
_DATE = re.compile(r'"([0-9]{4}-[0-9]{2}-[0-9]{2})"(?=\^\^)')


def copies(reader: Reader, count: int) -> Iterator[list[Quad]]:
    """Yield all quads of the store, chunk by chunk, and then as many copies as asked for but one."""
    quads = reader.quads()
    while chunk := list(islice(quads, _CHUNK)):
        yield chunk
        text = (serialize(chunk, format=RdfFormat.N_QUADS) or b"").decode()
        for number in range(1, count):
            yield list(parse(_copied(text, number), format=RdfFormat.N_QUADS))


def _copied(text: str, number: int) -> str:
    """Return the N-Quads with minted IRIs made others, and days and dates moved."""
    days = number * SHIFT

    def later(match: re.Match[str]) -> str:
        try:
            return f'"{date.fromisoformat(match[1]) + timedelta(days=days)}"'
        except ValueError:  # no day of the calendar
            return match[0]

    text = _MINTED.sub(rf"\g<0>-{number}", text)
    text = _DAY.sub(lambda match: f'{match[1]}{int(match[2]) + days}"', text)
    return _DATE.sub(later, text)


def multiplied(source: Path, folder: Path, count: int) -> Path:
    """Write the copies of one store to another; return its folder."""
    with store.read(source) as reader, store.write(folder) as kept:
        for chunk in copies(reader, count):
            kept.change([], chunk)
        kept.flush()
        kept.compact()  # as an ingest does after so much
        kept.publish()
    return folder


def asked(folder: Path, name: str, limit: int) -> str:
    """Ask one question in a process of its own; return its row of the table."""
    ears, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(limit)
        with store.read(folder) as reader:
            wall, cpu = time.perf_counter(), time.process_time()
            rows = len(run(reader, find(name)))
            told = f"{rows} | {time.perf_counter() - wall:.2f} | {time.process_time() - cpu:.2f}"
        os.write(mouth, told.encode())
        os._exit(0)
    os.close(mouth)
    with os.fdopen(ears) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return f"| {name} | {told or f' | over {limit} |'} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="generated and ingested")
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--limit", type=int, default=300, help="seconds a question may take")
    parser.add_argument("--ingested", type=Path, help="a store to copy instead")
    parser.add_argument("--store", type=Path, help="a large store to ask instead")
    parser.add_argument("questions", nargs="*", help="only these")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.store
        if folder is None or not folder.exists():
            source = options.ingested or filled(options.articles, Path(scratch))
            folder = multiplied(source, folder or Path(scratch) / "large.store", options.copies)
        print("| question | rows | s | CPU s |\n| --- | --- | --- | --- |")
        for name in options.questions or library():
            print(asked(folder, name, options.limit), flush=True)


if __name__ == "__main__":
    main()
