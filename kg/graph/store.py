"""The store on disk: two Oxigraph databases, a lock, and the snapshots that readers see.

    kg.store/
      lock            held by the one writer; names it
      main/           asserted, linked and inferred graphs: what queries see, as one union
      aside/          stored texts, proofs, the ontology, quarantine: what they don't
      snapshots/N/    main and aside as published, hard-linked
      current         the number of the snapshot that readers open
      ledger.sqlite   what came in (kg/graph/ledger.py)

One write is atomic: after a kill, a graph is as it was before or as it is after. A written graph
survives a power cut once `flush` has returned. This is the only home of pyoxigraph's Store.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg import vocab
from kg.errors import StorageError
from kg.graph.disk import check_space, free, guarded
from kg.graph.lock import hold, holder
from kg.graph.snapshots import current, publish

__all__ = ["Reader", "Scratch", "Writer", "holder", "memory", "publish", "read", "work", "write"]

Answer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
# So many quads are written in bulk, which takes a third of the time, where there is so much room:
# a disk that fills up under a bulk write makes the database wait for ever. Up to a million quads
# a bulk write is atomic, too.
_MANY = 4000
ROOMY = 2**30


class Reader:
    """Two databases open for reading: `main` for queries, `aside` for what they don't see."""

    def __init__(
        self,
        main: ox.Store,
        aside: ox.Store | Path,
        path: Path | None = None,
        snapshot: Path | None = None,
    ) -> None:
        self._main = main
        self._beside = aside  # a folder: to be opened by the first who asks
        self.path = path
        self.snapshot = snapshot  # the published folder, which stays while this is open

    @property
    def _aside(self) -> ox.Store:
        if isinstance(self._beside, Path):
            with guarded(self._beside):
                self._beside = ox.Store.read_only(str(self._beside))
        return self._beside

    def query(
        self,
        text: str,
        default_graphs: Sequence[NamedNode] = (),
        named_graphs: Sequence[NamedNode] = (),
    ) -> Answer:
        """Run a SPARQL query over the union of asserted, linked and inferred graphs.

        Graphs that are named stand for the whole instead, as the SPARQL protocol has it; nothing
        is loaded for them. Raises SyntaxError for a query that is ill-formed.
        """
        if default_graphs or named_graphs:
            return self._main.query(
                text, default_graph=[*default_graphs], named_graphs=[*named_graphs]
            )
        return self._main.query(text, use_default_graph_as_union=True)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | ox.Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the matching quads of the asserted, linked and inferred graphs."""
        return self._main.quads_for_pattern(subject, predicate, value, graph)

    def aside(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | ox.Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the matching quads of texts, proofs, ontology and quarantine."""
        return self._aside.quads_for_pattern(subject, predicate, value, graph)

    def graphs(self) -> list[NamedNode]:
        """Return the names of the asserted, linked and inferred graphs, sorted."""
        names = [name for name in self._main.named_graphs() if isinstance(name, NamedNode)]
        return sorted(names, key=lambda name: name.value)

    def articles(self) -> list[NamedNode]:
        """Return the names of the articles' graphs, sorted."""
        prefix = vocab.article("").value.rpartition("/")[0] + "/"
        return [name for name in self.graphs() if name.value.startswith(prefix)]

    def asserted(self) -> Iterator[Quad]:
        """Yield what articles tell and what is known of their actors: no links, no inferences."""
        derived = {vocab.LINKS.value}
        prefix = vocab.inferred("").value
        for name in self.graphs():
            if name.value not in derived and not name.value.startswith(prefix):
                yield from self.quads(graph=name)

    def text(self, article: NamedNode) -> str | None:
        """Return the article's stored text, or None where it was not kept."""
        for quad in self.aside(article, vocab.dip("text"), None, article):
            return str(quad.object.value) if isinstance(quad.object, ox.Literal) else None
        return None

    def __len__(self) -> int:
        return len(self._main)


class Writer(Reader):
    """The one process that changes the store; made by `write`."""

    def __init__(self, path: Path) -> None:
        with guarded(path):
            super().__init__(ox.Store(str(path / "main")), ox.Store(str(path / "aside")), path)
        self.folder = path
        self.written = 0  # quads put in and taken out since it was opened

    def put(self, graph: NamedNode, quads: Iterable[Quad]) -> bool:
        """Make the graph hold exactly these quads, in one atomic write; False if it did already."""
        return self.replace({graph: quads})

    def put_aside(self, graph: NamedNode, quads: Iterable[Quad]) -> bool:
        """Like `put`, for a graph that queries don't see."""
        return self._replace(self._aside, {graph: quads})

    def replace(self, graphs: Mapping[NamedNode, Iterable[Quad]]) -> bool:
        """Make each graph hold exactly its quads, all in one atomic write."""
        return self._replace(self._main, graphs)

    def replace_aside(self, graphs: Mapping[NamedNode, Iterable[Quad]]) -> bool:
        """Like `replace`, for graphs that queries don't see."""
        return self._replace(self._aside, graphs)

    def change(self, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Take out quads, then put in others: two writes, each atomic."""
        self._change(self._main, list(gone), [])
        self._change(self._main, [], list(new))

    def change_aside(self, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Like `change`, for what queries don't see."""
        self._change(self._aside, list(gone), [])
        self._change(self._aside, [], list(new))

    def clear(self, graphs: Iterable[NamedNode]) -> None:
        """Empty graphs, seen by queries or not; each by itself."""
        with guarded(self.folder):
            for graph in graphs:
                for store in (self._main, self._aside):
                    store.remove_graph(graph)

    def drop(self, article: NamedNode) -> None:
        """Forget an article: its graph, its text and what of it was put aside."""
        self._replace(self._aside, {article: (), vocab.quarantined(article): ()})
        self._replace(self._main, {article: ()})

    def flush(self) -> None:
        """Return when all that was written is on the disk."""
        with guarded(self.folder):
            self._aside.flush()
            self._main.flush()

    def compact(self) -> bool:
        """Lay out anew, in order, what queries see: they then take half the time; ~2 µs a quad.

        Nothing is done, and False returned, where the disk has no room for a second copy.
        """
        held = sum(file.stat().st_size for file in (self.folder / "main").iterdir())
        if free(self.folder) < 2 * held + ROOMY:
            return False
        with guarded(self.folder):
            self._main.optimize()
        return True

    def publish(self) -> None:
        """Show readers the present state, at once and as a whole; older snapshots go."""
        publish(self.folder, {"main": self._main, "aside": self._aside})

    def close(self) -> None:
        """Let go of the databases, so that they can be opened again."""
        del self._main, self._beside

    def _replace(self, store: ox.Store, graphs: Mapping[NamedNode, Iterable[Quad]]) -> bool:
        gone: set[Quad] = set()
        new: list[Quad] = []
        for graph, quads in graphs.items():
            before = set(store.quads_for_pattern(None, None, None, graph))
            if not before:
                new += quads
                continue
            after = set(quads)
            gone |= before - after
            new += after - before
        self._change(store, list(gone), new)
        return bool(gone or new)

    def _change(self, store: ox.Store, gone: list[Quad], new: list[Quad]) -> None:
        if not gone and not new:
            return
        check_space(self.folder)
        self.written += len(gone) + len(new)
        with guarded(self.folder):
            if gone:  # an update is one transaction, deletions and insertions together
                update = [_data("DELETE", gone), *([_data("INSERT", new)] if new else [])]
                store.update(" ;\n".join(update))
            elif len(new) >= _MANY and free(self.folder) >= ROOMY:
                store.bulk_extend(new)
            else:
                store.extend(new)


def _data(verb: str, quads: list[Quad]) -> str:
    """Return an update of ground quads; every term is written by the library, none by us."""
    blocks: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        blocks.setdefault(str(quad.graph_name), []).append(quad.triple)
    body = "\n".join(
        f"GRAPH {name} {{ {_ntriples(triples)} }}" for name, triples in sorted(blocks.items())
    )
    return f"{verb} DATA {{ {body} }}"


def _ntriples(triples: list[ox.Triple]) -> str:
    return (ox.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


class Scratch(Reader):
    """Quads in memory that may grow, for rules that read what they concluded before."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        super().__init__(ox.Store(), ox.Store())
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self._main.extend(quads)


def memory(quads: Iterable[Quad] = (), aside: Iterable[Quad] = ()) -> Reader:
    """Return a reader over quads held in memory."""
    main, beside = ox.Store(), ox.Store()
    main.extend(quads)
    beside.extend(aside)
    return Reader(main, beside)


# ---------------------------------------------------------------- one writer


@contextmanager
def write(path: Path) -> Iterator[Writer]:
    """Open the store for writing, making it where there is none.

    Raises StoreBusyError, naming the holder, where another process writes to it.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = (path / "lock").open("a+", encoding="utf-8")
    except OSError as fault:
        raise StorageError(f"store {path}: {fault.strerror}: choose another --store") from fault
    with handle:
        hold(handle, path)
        check_space(path)
        writer = Writer(path)
        try:
            yield writer
        finally:
            writer.close()


# ---------------------------------------------------------------- many readers


@contextmanager
def read(path: Path) -> Iterator[Reader]:
    """Open the store's published state; a writer at work is neither waited for nor seen.

    Raises UsageError where there is no store, or none was published.
    """
    snapshot = current(path)
    with snapshot.hold:
        with guarded(path):
            main = ox.Store.read_only(str(snapshot.folder / "main"))
        yield Reader(main, snapshot.folder / "aside", path, snapshot.folder)


@contextmanager
def work(path: Path) -> Iterator[Reader]:
    """Open what the next writer will find, to look at it; no writer may begin meanwhile.

    Raises StoreBusyError where one is at work, StorageError where a database can't be opened.
    """
    try:
        handle = (path / "lock").open("a+", encoding="utf-8")
    except OSError as fault:
        raise StorageError(f"store {path}: {fault.strerror}: check its rights") from fault
    with handle:
        hold(handle, path)
        with guarded(path):
            main = ox.Store.read_only(str(path / "main"))
            aside = ox.Store.read_only(str(path / "aside"))
        yield Reader(main, aside, path)
