"""Networks for other tools: GEXF held to what its version 1.3 asks, both formats read by networkx."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from lxml import etree
from typer.testing import CliRunner

from kg.cli.app import app
from kg.graph import store
from kg.publish import network
from kg.publish.view import Lookup

SPACE = "{http://gexf.net/1.3}"


@pytest.fixture
def lookup(gold_store: Path) -> Iterator[Lookup]:
    with store.read(gold_store) as reader:
        yield Lookup(reader)


@pytest.fixture(params=["graphml", "gexf"])
def file(request: pytest.FixtureRequest, gold_store: Path, tmp_path: Path) -> Path:
    target = tmp_path / f"network.{request.param}"
    result = CliRunner().invoke(app, ["export", str(target), "--store", str(gold_store)])
    assert result.exit_code == 0
    return target


def read(file: Path) -> nx.MultiDiGraph:
    """Return the network as networkx reads it, parallel edges kept apart."""
    if file.suffix == ".gexf":
        return nx.MultiDiGraph(nx.read_gexf(file, version="1.3"))
    return nx.MultiDiGraph(nx.read_graphml(file, force_multigraph=True))


def told(values: dict[str, str], life: tuple[str, str], **more: str) -> dict[str, object]:
    """Return what a reader should find on a node or an edge."""
    whole = {key: int(value) for key, value in values.items() if key in ("count", "sources")}
    found = {**values, **more, "start": life[0], "end": life[1], **whole}
    return {key: value for key, value in found.items() if value != ""}


def test_networkx_reads_all_that_was_written(file: Path, lookup: Lookup) -> None:
    graph = read(file)
    nodes = {n.iri: told(n.values, n.life, label=n.label) for n in network.nodes(lookup)}
    assert dict(graph.nodes(data=True)) == nodes
    assert len(nodes) > 200
    edges = [(e.source, e.target, told(e.values, e.life)) for e in network.edges(lookup)]
    found = [
        (source, target, {key: value for key, value in data.items() if key != "id"})
        for source, target, data in graph.edges(data=True)
    ]
    assert sorted(found, key=str) == sorted(edges, key=str)


@pytest.mark.parametrize("file", ["gexf"], indirect=True)
def test_gexf_is_what_its_version_asks(file: Path, lookup: Lookup) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("gexf.xsd")))
    document = etree.parse(file)
    schema.assertValid(document)
    lives = [(one.get("start"), one.get("end")) for one in document.iter(f"{SPACE}node")]
    assert all(bool(start) == bool(end) and (not start or start <= end) for start, end in lives)
    alive = {node.get("id"): node.get("start") for node in document.iter(f"{SPACE}node")}
    assert {b.iri: b.day or None for b in lookup.briefs}.items() <= alive.items()
    for domain in ("node", "edge"):
        declared = document.xpath(
            "//g:attributes[@class=$of]/g:attribute/@id", namespaces={"g": SPACE[1:-1]}, of=domain
        )
        used = {
            v.get("for")
            for one in document.iter(SPACE + domain)
            for v in one.iter(f"{SPACE}attvalue")
        }
        assert used <= set(declared)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('version="1.3"', 'version="1.4"'),
        ('timeformat="date"', 'timeformat="day"'),
        ('target="', 'target="https://example.org/'),
        ('<attvalue for="kind"', "<attvalue"),
        ('start="', 'start="on '),
    ],
)
@pytest.mark.parametrize("file", ["gexf"], indirect=True)
def test_the_schema_refuses_what_it_should(file: Path, before: str, after: str) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("gexf.xsd")))
    text = file.read_text(encoding="utf-8")
    assert before in text
    assert not schema.validate(etree.fromstring(text.replace(before, after, 1).encode()))


def test_xml_stays_well_formed_whatever_the_words() -> None:
    hostile = "a\x00b\x0b<>&\"'\ud800]]>\ufffe"
    document = f"<x a={network._quoted(hostile)}>{network._text(hostile)}</x>"
    assert ET.fromstring(document).text == "ab<>&\"']]>"  # noqa: S314 (our own)
