"""Load, closure and validation against rdflib, owlrl and pySHACL: `python -m benchmarks.against`.

Both sides do the same work on the same generated articles in one process: load their N-Quads, close
them under the ontology, validate them by the data shapes. CPU seconds; on a shared machine only the
ratios mean much. Prints a Markdown table; `--out FOLDER` keeps it with the JSON. Exits 1 where the
two sides differ in what they load, conclude or find at fault.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from benchmarks import news
from benchmarks.run import cpu
from kg import build, lexicon, link, ontology, reason, validate
from kg.graph import quads, store
from kg.ingest.read import articles
from kg.model import Article
from kg.nlp.extract import Extractor
from kg.reason import reference
from kg.reason.owl_rl import Fact
from kg.validate import Violation

STAGES = ("load", "close", "validate")


def graphs(count: int, seed: int) -> list[list[Quad]]:
    """Return the graphs of generated articles as the extractor describes them."""
    extractor = Extractor()
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "news.jsonl"
        news.write(file, lexicon.load(), count, seed)
        found = [one for one in articles([file]) if isinstance(one, Article)]
    return [quads.describe(told, extractor.lexicon) for told in extractor.extract(found)]


def load(text: bytes) -> int:
    """Parse N-Quads into a store on the disk, flush it, and return how many it holds."""
    with tempfile.TemporaryDirectory() as scratch, store.write(Path(scratch)) as kept:
        by_graph: dict[NamedNode, list[Quad]] = {}
        for quad in parse(text, format=RdfFormat.N_QUADS):
            assert isinstance(quad.graph_name, NamedNode)
            by_graph.setdefault(quad.graph_name, []).append(quad)
        kept.replace(by_graph)
        kept.flush()
        return len(kept)


def load_by_rdflib(text: bytes) -> int:
    """Parse N-Quads into rdflib's memory and return how many it holds."""
    dataset = rdflib.Dataset()
    dataset.parse(data=text.decode(), format="nquads")
    return sum(1 for _ in dataset.quads())


def faults(told: Iterable[list[Quad]], engine: str | None) -> list[Violation]:
    """Validate in the batches of an ingest; None: as ingest does it, the screen first."""
    rest = list(told)
    found: list[Violation] = []
    for start in range(0, len(rest), build.BATCH):
        named = ((graph[0].graph_name, graph) for graph in rest[start : start + build.BATCH])
        batch = {name: graph for name, graph in named if isinstance(name, NamedNode)}
        for some in validate.by_graph(batch, validate.data_shapes(), engine).values():
            found += some
    return sorted(found)


def measure(count: int, seed: int) -> dict[str, object]:
    """Do the work on both sides and return their figures, with whether they agree."""
    told = graphs(count, seed)
    every = list(chain.from_iterable(told))
    linked = [*every, *link.quads(link.links(link.read(every)))]
    text = serialize(linked, format=RdfFormat.N_QUADS) or b""
    program = reason.program()
    given = sorted(set(reason.facts(linked, program)))
    axioms = ontology.triples()

    ours, theirs = {}, {}
    equal = {}
    ours["load"], one = cpu(lambda: load(text))
    theirs["load"], other = cpu(lambda: load_by_rdflib(text))
    equal["load"] = one == other

    def compiled() -> set[Fact]:
        return set(reason.owl_rl.close(set(reason.facts(linked, program)), program))

    ours["close"], closed = cpu(compiled)
    theirs["close"], expected = cpu(lambda: reference.close(given, axioms, program))
    equal["close"] = closed - set(given) == expected
    ours["validate"], fast = cpu(lambda: faults(told, None))
    theirs["validate"], slow = cpu(lambda: faults(told, "pyshacl"))
    equal["validate"] = fast == slow
    return {
        "articles": count,
        "seed": seed,
        "quads": len(linked),
        "conclusions": len(closed),
        "violations": len(fast),
        "kgbuild": {name: round(ours[name], 3) for name in STAGES},
        "reference": {name: round(theirs[name], 3) for name in STAGES},
        "times": {name: round(theirs[name] / ours[name], 1) for name in STAGES},
        "times_together": round(sum(theirs.values()) / sum(ours.values()), 1),
        "equal": equal,
    }


def table(run: dict[str, object]) -> str:
    """Return the figures as a Markdown table."""
    ours, theirs, times = (run[name] for name in ("kgbuild", "reference", "times"))
    assert isinstance(ours, dict)
    assert isinstance(theirs, dict)
    assert isinstance(times, dict)
    counts = [f"{run[name]} {name}" for name in ("articles", "quads", "conclusions", "violations")]
    together = [round(sum(side.values()), 3) for side in (ours, theirs)]
    lines = [
        f"{', '.join(counts)}; CPU seconds",
        "",
        "| work | kgbuild | rdflib, owlrl, pySHACL | times |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {ours[name]} | {theirs[name]} | {times[name]} |" for name in STAGES),
        f"| together | {together[0]} | {together[1]} | {run['times_together']} |",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, print the table, and say whether both sides agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--seed", type=int, default=20180314)
    parser.add_argument("--out", type=Path, help="write against.json and against.md here")
    options = parser.parse_args()
    run = measure(options.articles, options.seed)
    print(table(run))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "against.md").write_text(table(run), encoding="utf-8")
        record = json.dumps(run, indent=1) + "\n"
        (options.out / "against.json").write_text(record, encoding="utf-8")
    equal = run["equal"]
    assert isinstance(equal, dict)
    differing = [name for name in STAGES if not equal[name]]
    if differing:
        print(f"the two sides differ in: {', '.join(differing)}", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
