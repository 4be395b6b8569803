"""A store laid out anew: when it is due, and that nothing but the layout changes."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.graph import store
from kg.graph.compact import compact_if_due
from kg.graph.ledger import ledger

GRAPH = vocab.article("some.txt")


def some(first: int, count: int) -> list[Quad]:
    """Return quads of which each differs from the others."""
    return [
        Quad(NamedNode(f"https://example.org/{n}"), vocab.dip("count"), Literal(n), GRAPH)
        for n in range(first, first + count)
    ]


def files(path: Path) -> set[str]:
    """Return the names of the table files of what queries see."""
    return {file.name for file in (path / "main").glob("*.sst")}


def test_compacting_waits_until_half_as_much_was_written_again_over_any_number_of_runs(
    tmp_path: Path,
) -> None:
    def run(first: int, count: int) -> bool:
        with store.write(tmp_path) as kept, ledger(tmp_path) as book:
            kept.change([], some(first, count))
            kept.flush()
            return compact_if_due(kept, book, much=40)

    assert [run(0, 39), run(39, 1), run(40, 39), run(79, 1)] == [False, True, False, True]
    assert [run(80, 41), run(121, 0)] == [True, False]  # half of 80 written
    assert [run(121, 59), run(180, 1), run(181, 1)] == [False, True, False]  # half of 121


def test_compacting_changes_the_files_and_no_quad(tmp_path: Path) -> None:
    with store.write(tmp_path) as kept:
        for first in range(0, 60, 20):
            kept.change([], some(first, 20))
            kept.flush()
        before, quads = files(tmp_path), sorted(map(str, kept.quads()))
        kept.publish()
        assert kept.compact()
        assert files(tmp_path) != before
        assert sorted(map(str, kept.quads())) == quads
        with store.read(tmp_path) as reader:  # what was published is not touched
            assert sorted(map(str, reader.quads())) == quads
        kept.publish()
    with store.read(tmp_path) as reader:
        assert sorted(map(str, reader.quads())) == quads


def test_a_disk_without_room_for_a_copy_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "ROOMY", 2**62)
    with store.write(tmp_path) as kept, ledger(tmp_path) as book:
        kept.change([], some(0, 50))
        kept.flush()
        before = files(tmp_path)
        assert not compact_if_due(kept, book, much=40)
        assert files(tmp_path) == before
        monkeypatch.undo()
        assert compact_if_due(kept, book, much=40)  # what was written stays noted
