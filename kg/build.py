"""THE FLOW: articles -> extractions -> quads -> store -> links -> inferences.

articles ──read──▶ Article ──extract──▶ Extraction ──describe──▶ quads ──validate──▶ store
store ──link──▶ same events ──infer──▶ OWL RL and rules, with proofs ──▶ store, published
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from kg import jobs, lexicon, validate, vocab
from kg.conclude import CHUNK, Conclusions, conclude, grows
from kg.errors import UsageError
from kg.graph import faults, quads, store
from kg.graph.compact import compact_if_due
from kg.graph.ledger import Ledger, Row, ledger
from kg.graph.store import Writer
from kg.ingest import read
from kg.ingest.meter import Meter
from kg.ingest.read import Unread
from kg.lexicon import Lexicon
from kg.model import Article, Extraction

BATCH = 64  # articles validated and flushed together: what an interruption costs at most
_SHARE = 20  # concluding in the middle of an ingest takes one part in so many of its time


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build: all that may differ from the defaults."""

    model: str | None = None  # language model by name or path; None: the shipped one
    ontology: Path | None = None  # a folder that adds to the ontology
    engine: str = "compiled"  # of OWL RL: compiled or owlrl
    shacl: str | None = None  # pyrudof or pyshacl; None: the fastest installed
    jobs: int = 1
    keep_text: bool = True
    again: bool = False  # read articles again that are known already
    # Seconds, at least, between the states that an ingest shows to readers while it runs; 0: each
    # batch is shown.
    shown_every: float = 60.0
    reading: read.Options = field(default_factory=read.Options)


@dataclass(slots=True)
class Summary:
    """What one run did; counts of the whole store where it says so."""

    new: int = 0
    changed: int = 0
    known: int = 0
    unread: list[Unread] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    outdated: int = 0  # read again, since model or ontology changed
    reports: int = 0
    violations: int = 0
    quarantined: int = 0  # articles put aside as a whole
    conclusions: Conclusions | None = None
    share: float = 0.0  # of the input that was read; 0 where it is unknown
    seconds: float = 0.0

    @property
    def read(self) -> int:
        """Articles that came in with this run."""
        return self.new + self.changed


Watch = Callable[[Summary], None]


def ingest(
    paths: Iterable[Path | str], folder: Path, settings: Settings, watch: Watch | None = None
) -> Summary:
    """Take articles through the whole flow into the store; what is known already is passed by.

    `watch` is called after each batch. What can't be read is named in the summary, the rest is in.
    Readers see the work grow: states with all that follows from them are published on the way.
    """
    began = time.monotonic()
    summary = Summary()
    with store.write(folder) as kept, ledger(folder) as book:
        lexical = lexicon.load(settings.ontology)  # takes half a second: a busy store is told first
        book.mark("ontology folder", _remembered(settings.ontology))
        desk = _Desk(kept, book, lexical, settings, summary)
        display = _Display(desk)
        named = list(paths)
        meter = Meter.of(named) if watch is not None else Meter()
        found = read.articles(named, settings.reading, summary.passed, meter=meter)
        told = jobs.extractions(
            desk.fresh(found), jobs.Reading(settings.model, settings.ontology), settings.jobs
        )
        while batch := list(islice(told, BATCH)):
            desk.admit(batch)
            desk.conclude_if_many()
            display.show_if_due()
            if watch is not None:
                summary.share = meter.share()
                watch(summary)
        desk.close()
        if book.marked("conclusions") != "current":
            desk.conclude()
        compact_if_due(kept, book)
        kept.publish()
    summary.seconds = time.monotonic() - began
    return summary


@dataclass(slots=True)
class _Desk:
    """Where articles are admitted: the store, its ledger, and what this run has seen so far."""

    kept: Writer
    book: Ledger
    lexicon: Lexicon
    settings: Settings
    summary: Summary
    pending: list[Row] = field(default_factory=list)
    model: str = ""
    # What the store was given since the last conclusions, so that they need not read it back.
    at_hand: dict[NamedNode, Sequence[Quad]] = field(default_factory=dict)
    _grows: bool = False

    def __post_init__(self) -> None:
        self.model = jobs.model_name(self.settings.model)
        self._grows = grows(self.settings.engine, self.settings.ontology)

    def fresh(self, found: Iterable[Article | Unread]) -> Iterator[Article]:
        """Yield the articles that are new or changed, and write down what can't be read."""
        for one in found:
            if isinstance(one, Unread):
                self._unread(one)
            elif self._is_news(one):
                yield one
            else:
                self.summary.known += 1

    def _unread(self, one: Unread) -> None:
        """Write down what can't be read; an article that it held before is kept, with its row.

        A file that is damaged or out of reach says nothing about its article: only `remove` does.
        """
        row = self.book.row(one.source)
        if row is None or row.state == "unread":
            self.pending.append(Row(one.source, one.source, "", "unread", one.reason))
        else:
            kept = f"{one.reason} (what was read of it before stays in the store)"
            one = replace(one, reason=kept)
        self.summary.unread.append(one)

    def _is_news(self, article: Article) -> bool:
        row = self.book.row(article.key)
        if row is None or row.state == "unread":
            self.summary.new += 1
            return True
        same_tools = (row.model, row.ontology) == (self.model, self.lexicon.sha256)
        if row.sha256 == article.sha256 and same_tools and not self.settings.again:
            return False
        self.summary.changed += 1
        self.summary.outdated += row.sha256 == article.sha256 and not same_tools
        return True

    def admit(self, batch: list[Extraction]) -> None:
        """Describe, validate and store a batch; its rows are written once it is on the disk."""
        sound = [extraction for extraction in batch if not faults.faults(extraction)]
        described = {
            vocab.article(one.article.key): quads.describe(one, self.lexicon) for one in sound
        }
        found = validate.by_graph(described, validate.data_shapes(), self.settings.shacl)
        names = [vocab.article(extraction.article.key) for extraction in batch]
        self.book.outdate(_as_known(self.kept, names))
        main: dict[NamedNode, Sequence[Quad]] = {}
        aside: dict[NamedNode, Sequence[Quad]] = {}
        for extraction in batch:
            iri = vocab.article(extraction.article.key)
            parted = validate.part(described.get(iri, []), found.get(iri, []))
            main[iri] = parted.kept
            aside |= self._aside(extraction.article, parted, found.get(iri, []))
            self._note(extraction, parted, found.get(iri, []))
        self.kept.replace_aside(aside)
        self.kept.replace(main)
        self.kept.flush()
        self.book.record(self.pending)
        self.pending.clear()
        if self._grows:
            self.at_hand |= main

    def conclude_if_many(self) -> None:
        """Conclude on as many articles as are concluded on together, while they are at hand."""
        if len(self.at_hand) >= CHUNK:
            self.conclude()

    def conclude(self) -> None:
        """Draw the conclusions from what came in so far."""
        settings = self.settings
        self.summary.conclusions = conclude(
            self.kept, self.book, settings.engine, settings.ontology, at_hand=self.at_hand
        )
        self.at_hand.clear()

    def _aside(
        self, article: Article, parted: validate.Parted, found: list[validate.Violation]
    ) -> dict[NamedNode, Sequence[Quad]]:
        """Return what of an article queries don't see: its text, and what was put aside and why."""
        iri = vocab.article(article.key)
        graph = vocab.quarantined(iri)
        aside = [Quad(q.subject, q.predicate, q.object, graph) for q in parted.aside]
        text = [quads.text(article)] if self.settings.keep_text else []
        return {graph: [*aside, *validate.reasons(iri, found)], iri: text}

    def _note(
        self, extraction: Extraction, parted: validate.Parted, found: list[validate.Violation]
    ) -> None:
        """Count an article, and note its row for when it is on the disk."""
        article = extraction.article
        broken = "; ".join(faults.faults(extraction))
        self.summary.violations += len(found)
        self.summary.quarantined += not parted.kept
        self.summary.reports += sum(q.object == vocab.dip("EventReport") for q in parted.kept)
        self.pending.append(
            Row(
                key=article.key,
                source=article.source,
                sha256=article.sha256,
                state="ingested" if parted.kept else "quarantined",
                reason=broken or "; ".join(sorted({one.message for one in found})),
                model=extraction.model,
                ontology=extraction.ontology,
            )
        )

    def close(self) -> None:
        """Write down what is left to write down."""
        self.book.record(self.pending)
        self.pending.clear()


@dataclass(slots=True)
class _Display:
    """Shows readers whole states while an ingest runs: the articles so far and what follows."""

    desk: _Desk
    shown: float = field(default_factory=time.monotonic)
    took: float = 0.0  # seconds that the last state took to make

    def show_if_due(self) -> None:
        """Conclude and publish where the last state is old enough for what the next one costs."""
        every = self.desk.settings.shown_every
        began = time.monotonic()
        if began - self.shown < (max(every, _SHARE * self.took) if every else 0):
            return
        self.desk.conclude()
        self.desk.kept.publish()
        self.shown = time.monotonic()
        self.took = self.shown - began


def conclude_again(folder: Path, settings: Settings) -> Conclusions:
    """Link and infer anew over what the store holds, and publish it."""
    with store.write(folder) as kept, ledger(folder) as book:
        settings = _as_ingested(book, settings)
        conclusions = conclude(kept, book, settings.engine, settings.ontology, anew=True)
        compact_if_due(kept, book)
        kept.publish()
    return conclusions


def remove(folder: Path, keys: Iterable[str], settings: Settings) -> list[str]:
    """Forget the articles with these keys or IRIs, as if they had never been seen.

    Returns the keys that were removed; those that nothing is known of are left out.
    """
    with store.write(folder) as kept, ledger(folder) as book:
        settings = _as_ingested(book, settings)
        rows = {
            name: row.key
            for row in book.rows()
            for name in (row.key, row.source, vocab.article(row.key).value)
        }
        gone = [rows[key] for key in keys if key in rows]
        for key in gone:
            book.outdate(_as_known(kept, [vocab.article(key)]))
            kept.drop(vocab.article(key))
            kept.flush()
            book.forget(key)
        if gone:
            conclude(kept, book, settings.engine, settings.ontology)
        kept.publish()
    return gone


def _as_known(kept: Writer, articles: Iterable[NamedNode]) -> Iterator[tuple[str, bytes]]:
    """Yield articles about to change, with what the store holds of them so far."""
    for name in articles:
        yield name.value, serialize(kept.quads(graph=name), format=RdfFormat.N_QUADS) or b""


def _remembered(ontology: Path | None) -> str:
    """Return how the ledger notes the folder that adds to the ontology; empty for none."""
    return str(ontology.resolve()) if ontology is not None else ""


def _as_ingested(book: Ledger, settings: Settings) -> Settings:
    """Return the settings with the ontology folder of the last ingest, where they name none.

    Raises UsageError where that folder is gone: without it, what follows would silently differ.
    """
    told = book.marked("ontology folder")
    if settings.ontology is not None or not told:
        return settings
    if not Path(told).is_dir():
        raise UsageError(
            f"ontology folder {told}: the articles were read with it and it is gone: "
            "name where it is now with --ontology"
        )
    return replace(settings, ontology=Path(told))
