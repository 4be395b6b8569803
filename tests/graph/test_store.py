"""The store on a real disk: atomic writes, one writer, readers on snapshots, kills."""

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.errors import StorageError, StoreBusyError, UsageError
from kg.graph import disk, quads, store
from kg.graph.ledger import Row, ledger
from kg.graph.ledger import read as read_ledger
from tests.graph.samples import Codebook, nordic, short

NORDIC = vocab.article("nordic.txt")
SHORT = vocab.article("short.txt")


def lines(reader: store.Reader) -> list[str]:
    return sorted(str(quad) for quad in reader.quads())


def fill(path: Path, extractions: object) -> None:
    with store.write(path) as writer:
        for extraction in extractions:  # type: ignore[attr-defined]
            iri = vocab.article(extraction.article.key)
            writer.put_aside(iri, [quads.text(extraction.article)])
            writer.put(iri, quads.describe(extraction, Codebook()))
        writer.flush()
        writer.publish()


def test_what_was_put_is_read_and_putting_again_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path, [nordic()])
    with store.write(tmp_path) as writer:
        assert not writer.put(NORDIC, quads.describe(nordic(), Codebook()))
    with store.read(tmp_path) as reader:
        assert lines(reader) == [str(quad) for quad in quads.describe(nordic(), Codebook())]
        assert reader.text(NORDIC) == nordic().article.text
        assert reader.text(SHORT) is None


def test_the_order_of_articles_does_not_matter(tmp_path: Path) -> None:
    seen = set()
    for number, order in enumerate(itertools.permutations([nordic(), short()])):
        fill(tmp_path / str(number), order)
        with store.read(tmp_path / str(number)) as reader:
            seen.add("\n".join(lines(reader)))
    assert len(seen) == 1


def test_replacing_touches_this_graph_and_removing_is_as_if_never_seen(tmp_path: Path) -> None:
    fill(tmp_path / "a", [nordic(), short()])
    fill(tmp_path / "b", [nordic()])
    with store.write(tmp_path / "a") as writer:
        changed = [Quad(SHORT, vocab.dip("key"), Literal('x" } } ; CLEAR ALL #'), SHORT)]
        assert writer.put(SHORT, changed)
        assert {q.object.value for q in writer.quads(graph=SHORT)} == {'x" } } ; CLEAR ALL #'}  # type: ignore[union-attr]
        writer.drop(SHORT)
        writer.publish()
    with store.read(tmp_path / "a") as left, store.read(tmp_path / "b") as never:
        assert lines(left) == lines(never)
        assert list(left.aside()) == list(never.aside())


def test_readers_see_what_was_published_and_no_more(tmp_path: Path) -> None:
    fill(tmp_path, [nordic()])
    with store.write(tmp_path) as writer, store.read(tmp_path) as before:
        writer.put(SHORT, quads.describe(short(), Codebook()))
        with store.read(tmp_path) as during:
            assert SHORT not in during.graphs()
        writer.publish()
        assert SHORT not in before.graphs()
        assert before.text(NORDIC) is not None
        with store.read(tmp_path) as after:
            assert SHORT in after.graphs()
        writer.publish()
        assert len(list((tmp_path / "snapshots").iterdir())) == 2  # the held one and the new one
    with store.write(tmp_path) as writer:
        writer.publish()
        assert len(list((tmp_path / "snapshots").iterdir())) == 1


def test_queries_see_asserted_linked_and_inferred_but_not_what_is_aside(tmp_path: Path) -> None:
    def quad(graph: NamedNode) -> Quad:
        return Quad(NORDIC, vocab.dip("key"), Literal(graph.value), graph)

    with store.write(tmp_path) as writer:
        for graph in (NORDIC, vocab.LINKS, vocab.inferred("owl-rl")):
            writer.put(graph, [quad(graph)])
        writer.put_aside(vocab.PROOFS, [quad(vocab.PROOFS)])
        rows = list(writer.query("SELECT ?v { ?s ?p ?v }"))  # type: ignore[arg-type]
        assert len(rows) == 3
        assert len(list(writer.asserted())) == 1


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from kg.graph import store\n"
        f"with store.write(Path({str(tmp_path)!r})):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        began = time.monotonic()
        with pytest.raises(StoreBusyError, match=f"process {other.pid}"), store.write(tmp_path):
            pass
        assert time.monotonic() - began < 1
        assert f"process {other.pid}" in (store.holder(tmp_path) or "")
        assert other.stdin is not None
        other.stdin.close()
        other.wait()
    assert store.holder(tmp_path) is None
    with store.write(tmp_path):
        pass


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, Quad
from kg import vocab
from kg.graph import store
with store.write(Path(sys.argv[1])) as writer:
    print("open", flush=True)
    for round in range(100000):
        for n in range(5):
            iri = vocab.article(str(n))
            writer.put(iri, [Quad(iri, vocab.dip(f"p{i}"), Literal(str(round)), iri) for i in range(300)])
"""


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_leaves_whole_graphs_only(tmp_path: Path, seed: int) -> None:
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(random.Random(seed).uniform(0.02, 0.25))  # noqa: S311
        os.kill(child.pid, signal.SIGKILL)
    with store.write(tmp_path) as writer:
        for graph in writer.graphs():
            rounds = {str(quad.object) for quad in writer.quads(graph=graph)}
            assert len(rounds) == 1
            assert len(list(writer.quads(graph=graph))) == 300


def test_a_store_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing there yet"), store.read(tmp_path / "none"):
        pass


def test_a_disk_that_is_nearly_full_is_refused_before_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.write(tmp_path) as writer:
        monkeypatch.setattr(disk, "FREE_BYTES", shutil.disk_usage(tmp_path).free * 2)
        with pytest.raises(StorageError, match="make room") as caught:
            writer.put(NORDIC, quads.describe(nordic(), Codebook()))
        assert caught.value.exit_code == 7
        assert not writer.graphs()


def test_a_folder_that_can_not_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="choose another"), store.write(tmp_path / "file" / "kg"):
        pass


def test_a_ledger_killed_before_it_had_tables_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").touch()
    assert read_ledger(tmp_path) == []
    with ledger(tmp_path) as book:
        assert book.rows() == []


def test_the_ledger_keeps_the_last_word_on_each_key(tmp_path: Path) -> None:
    with ledger(tmp_path) as book:
        book.record([Row("b", "b.txt", "1", "ingested"), Row("a", "a.bin", "", "unread", "binary")])
        book.record([Row("b", "b.txt", "2", "quarantined", "broken")])
        book.mark("inferred", "old")
    with ledger(tmp_path) as book:
        assert [row.key for row in book.rows()] == ["a", "b"]
        assert book.row("b") == Row("b", "b.txt", "2", "quarantined", "broken")
        assert book.marked("inferred") == "old"
        assert book.marked("nothing") == ""
        book.forget("b")
        assert book.row("b") is None


def test_what_is_written_in_bulk_is_what_is_written_by_and_by(tmp_path: Path) -> None:
    every = [
        quad
        for n in range(store._MANY // 2)
        for quad in (
            Quad(vocab.article(str(n)), vocab.dip("key"), Literal(str(n)), vocab.LINKS),
            Quad(
                vocab.article(str(n)), vocab.dip("source"), vocab.article(str(n + 1)), vocab.ACTORS
            ),
        )
    ]
    with store.write(tmp_path / "bulk") as kept:
        kept.change([], every)
        kept.flush()
        bulk = set(kept.quads())
        some = {quad for quad in every if quad.object == Literal("7")}
        assert set(kept.quads(None, None, Literal("7"))) == some  # by another index
        kept.change(every[:9], every[:1])
        assert set(kept.quads()) == {*every[:1], *every[9:]}
    with store.write(tmp_path / "slow") as kept:
        for at in range(0, len(every), 1000):
            kept.change([], every[at : at + 1000])
        assert set(kept.quads()) == bulk == set(every)
