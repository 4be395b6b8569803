"""What was written last is told from memory, and only as long as it is what the store holds."""

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import recent, store

ONE, OTHER = NamedNode("https://example.org/one"), NamedNode("https://example.org/other")
KNOWS = NamedNode("https://example.org/knows")


def quad(graph: NamedNode, text: str) -> Quad:
    return Quad(ONE, KNOWS, Literal(text), graph)


def test_what_is_told_is_what_the_store_holds(tmp_path: Path) -> None:
    with store.write(tmp_path) as kept:

        def same(graph: NamedNode) -> set[Quad]:
            told, held = set(kept.told(graph)), set(kept.quads(graph=graph))
            assert told == held
            return held

        kept.replace({ONE: [quad(ONE, "a"), quad(ONE, "b\n\u2028")], OTHER: [quad(OTHER, "c")]})
        assert len(same(ONE)) == 2
        kept.replace({ONE: [quad(ONE, "a")]})
        assert len(same(ONE)) == 1
        kept.change([quad(ONE, "a")], [quad(ONE, "d"), quad(OTHER, "e")])
        assert same(ONE) == {quad(ONE, "d")}
        assert len(same(OTHER)) == 2
        kept.drop(OTHER)
        assert not same(OTHER)
        kept.put(OTHER, [quad(OTHER, "f")])
        kept.clear([OTHER])
        assert not same(OTHER)


def test_only_the_last_ones_are_at_hand(monkeypatch) -> None:
    monkeypatch.setattr(recent, "_GRAPHS", 2)
    at_hand = recent.Recent()
    graphs = [NamedNode(f"https://example.org/{n}") for n in range(3)]
    for graph in graphs:
        at_hand.keep(graph, [quad(graph, "x")])
    assert at_hand.of(graphs[0]) is None
    assert at_hand.of(graphs[2]) == [quad(graphs[2], "x")]
