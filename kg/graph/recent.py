"""What was written last, at hand: reading it back from the disk costs more than making it."""

import zlib
from collections.abc import Iterable

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

_GRAPHS = 4096  # about 5 kB each
_FAST = 1  # zlib's level


class Recent:
    """The quads of the graphs written last, packed; older ones go."""

    def __init__(self) -> None:
        self._packed: dict[NamedNode, bytes] = {}

    def keep(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        """Note that the graph holds exactly these quads."""
        self.forget([graph])
        told = ox.serialize(quads, format=RdfFormat.N_QUADS)
        self._packed[graph] = zlib.compress(told or b"", _FAST)
        if len(self._packed) > _GRAPHS:
            del self._packed[next(iter(self._packed))]

    def forget(self, graphs: Iterable[object]) -> None:
        """Note that graphs have changed."""
        for graph in graphs:
            if isinstance(graph, NamedNode):
                self._packed.pop(graph, None)

    def of(self, graph: NamedNode) -> list[Quad] | None:
        """Return the quads of a graph; None where they are not at hand."""
        packed = self._packed.get(graph)
        if packed is None:
            return None
        return list(ox.parse(zlib.decompress(packed), format=RdfFormat.N_QUADS))
