"""Extraction -> quads, as `ontology/core.ttl` says: pure, sorted, one named graph an article.

No blank nodes: everything that hangs on an article has an IRI minted from its content, so that
the same article gives the same bytes in any run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.graph.literals import day, integer, time_literal
from kg.model import (
    Argument,
    Article,
    Cause,
    Claim,
    Event,
    Extraction,
    Observation,
    Party,
    Person,
    Quantity,
    Span,
    Time,
)

Term = NamedNode | Literal

A = vocab.term("rdf:type")
DIP = vocab.dip
TRUE = Literal("true", datatype=vocab.term("xsd:boolean"))
CODE = vocab.dip("code")
# What may not stand in a code, since codes are joined and split by them.
_SEPARATORS = str.maketrans("|,;", "   ")
_CAUSES = {
    ("retaliation", "stated"): DIP("statedRetaliation"),
    ("retaliation", "reported"): DIP("reportedRetaliation"),
    ("reaction", "stated"): DIP("reactsTo"),
    ("reaction", "reported"): DIP("reactsTo"),
    ("promise", "stated"): DIP("speaksOf"),
    ("promise", "reported"): DIP("speaksOf"),
}


class HasIri(Protocol):
    """What the mapping needs of an actor of the gazetteer."""

    @property
    def iri(self) -> str: ...


class Codebook(Protocol):
    """What the mapping needs of the lexicon: the known actors and the event codes."""

    @property
    def actors(self) -> Mapping[str, HasIri]: ...

    def code(self, type_: str, modality: str, words: Sequence[str] = ()) -> tuple[str, str]:
        """Return the PLOVER and the CAMEO code; empty where there is none."""
        ...


def report_iri(article: Article, event: Event) -> NamedNode:
    """Return the IRI of this article's report of the event."""
    return vocab.report(
        article.key, event.type, event.trigger.start, codes(event.actors), codes(event.targets)
    )


def codes(arguments: Sequence[Argument]) -> str:
    """Return the parties' codes, sorted, each once, joined by `|`."""
    return "|".join(sorted({clean_code(argument.party.code) for argument in arguments}))


def clean_code(code: str) -> str:
    """Return the code without the characters that join codes; inner blanks are single."""
    return " ".join(code.translate(_SEPARATORS).split())


def describe(extraction: Extraction, codebook: Codebook) -> list[Quad]:
    """Return the sorted quads of one article's graph; the stored text is not among them.

    The extraction must have no `faults`.
    """
    return sorted(_Graph(extraction, codebook).quads, key=str)


def text(article: Article) -> Quad:
    """Return the quad that holds the article's stored text; it is kept apart from the graph."""
    iri = vocab.article(article.key)
    return Quad(iri, DIP("text"), Literal(article.text), iri)


@dataclass(slots=True)
class _Graph:
    """The graph of one article while it is being written."""

    extraction: Extraction
    codebook: Codebook
    quads: set[Quad] = field(default_factory=set)
    graph: NamedNode = field(init=False)  # the article's IRI, which names its graph

    def __post_init__(self) -> None:
        article = self.extraction.article
        self.graph = vocab.article(article.key)
        reports = [report_iri(article, event) for event in self.extraction.events]
        self._article()
        told: set[NamedNode] = set()
        for iri, event in zip(reports, self.extraction.events, strict=True):
            if iri not in told:  # the same act told twice is one report
                told.add(iri)
                self._report(iri, event)
        for claim in self.extraction.claims:
            self._claim(claim, reports[claim.about])
        for cause in self.extraction.causes:
            self._cause(cause, reports[cause.effect], reports[cause.cause])
        for observation in self.extraction.observations:
            self._observation(observation)
        for person in self.extraction.persons:
            self._person(person)

    def add(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        self.quads.add(Quad(subject, predicate, value, self.graph))

    def words(self, subject: NamedNode, **values: str) -> None:
        """Add a plain string for each property of ours that has a value."""
        for name, value in values.items():
            if value:
                self.add(subject, DIP(name), Literal(value))

    def minted(self, kind: str, class_: str, *parts: str) -> NamedNode:
        """Mint a thing of this article and class."""
        iri = vocab.part(kind, self.extraction.article.key, *parts)
        self.add(iri, A, DIP(class_))
        return iri

    def _article(self) -> None:
        article = self.extraction.article
        iri = self.graph
        self.add(iri, A, DIP("Article"))
        self.words(
            iri,
            key=article.key,
            source=article.source,
            sha256=article.sha256,
            outlet=article.outlet,
            url=article.url,
            publishedBasis=article.published_basis,
        )
        if article.title:
            self.add(iri, vocab.term("dcterms:title"), Literal(article.title))
        if article.language:
            self.add(iri, vocab.term("dcterms:language"), Literal(article.language))
        if article.published:
            self.add(iri, DIP("published"), time_literal(article.published))
            self.add(iri, DIP("publishedDay"), day(article.published))
        for warning in self.extraction.warnings:
            self.add(iri, DIP("warning"), Literal(warning))
        reading = vocab.part("extraction", self.extraction.model, self.extraction.ontology)
        self.add(iri, DIP("extractedBy"), reading)
        self.add(reading, A, DIP("Extraction"))
        self.words(reading, model=self.extraction.model, ontologyHash=self.extraction.ontology)

    def evidence(self, span: Span) -> NamedNode:
        """Describe a stretch of the stored text and return its IRI."""
        iri = self.minted("evidence", "Evidence", str(span.start), str(span.end))
        exact = self.extraction.article.text[span.start : span.end]
        self.add(iri, DIP("inArticle"), self.graph)
        self.add(iri, vocab.term("oa:start"), integer(span.start))
        self.add(iri, vocab.term("oa:end"), integer(span.end))
        self.add(iri, vocab.term("oa:exact"), Literal(exact))
        return iri

    def _report(self, iri: NamedNode, event: Event) -> None:
        plover, cameo = self.codebook.code(event.type, event.modality, event.words)
        self.add(iri, A, DIP("EventReport"))
        self.add(iri, DIP("inArticle"), self.graph)
        self.add(iri, DIP("eventType"), DIP(event.type))
        self.add(iri, DIP("evidence"), self.evidence(event.quote))
        self.add(iri, DIP("triggerEvidence"), self.evidence(event.trigger))
        for span in event.mentions:
            self.add(iri, DIP("mention"), self.evidence(span))
        self.words(
            iri,
            modality=event.modality,
            plover=plover,
            cameo=cameo,
            actorCodes=codes(event.actors),
            targetCodes=codes(event.targets),
            place=event.place,
            condition=event.condition,
            statedReason=event.reason,
        )
        for argument in (*event.actors, *event.targets):
            self._argument(iri, argument)
        if event.count is not None:
            self._quantity(iri, event.count)
        self._date(iri, event.date, event.deadline)
        if event.speaker is not None:
            self.add(iri, DIP("speaker"), self._person(event.speaker))
            self.add(iri, DIP("voice"), self._voice(event.speaker))
        if event.agent is not None:
            self.add(iri, DIP("agentPerson"), self._person(event.agent))
        if event.background:
            self.add(iri, DIP("background"), TRUE)
        if event.headline:
            self.add(iri, DIP("inHeadline"), TRUE)

    def _argument(self, report: NamedNode, argument: Argument) -> None:
        code = clean_code(argument.party.code)
        party = self._party(argument.party)
        self.add(report, DIP(argument.role), party)
        iri = self.minted("argument", "Argument", report.value, argument.role, code)
        self.add(report, DIP("argument"), iri)
        self.add(iri, DIP("party"), party)
        self.words(iri, role=argument.role, method=argument.method)
        if argument.span is not None:
            self.add(iri, DIP("evidence"), self.evidence(argument.span))
        if argument.person is not None:
            self.add(iri, DIP("agentPerson"), self._person(argument.person))

    def _party(self, party: Party) -> NamedNode:
        code = clean_code(party.code)
        known = self.codebook.actors.get(code)
        iri = NamedNode(known.iri) if known is not None else NamedNode(party.iri)
        self.add(iri, vocab.term("skos:notation"), Literal(code, datatype=CODE))
        if known is None:  # of the known ones, the gazetteer tells label and class
            self.add(iri, A, DIP("Actor"))
            if party.label:
                self.add(iri, vocab.term("rdfs:label"), Literal(party.label, language="en"))
        return iri

    def _side(self, code: str) -> NamedNode:
        """Return the party of this code, which the article may name by a speaker only."""
        code = clean_code(code)
        return self._party(Party(code, vocab.actor(code).value, ""))

    def _person(self, person: Person) -> NamedNode:
        iri = vocab.person(person.name or person.office, person.affiliation)
        self.add(iri, A, DIP("Person"))
        if person.name:
            self.add(iri, vocab.term("foaf:name"), Literal(person.name))
        self.words(iri, office=person.office)
        if person.affiliation:
            self.add(iri, DIP("attributedTo"), self._side(person.affiliation))
        return iri

    def _voice(self, person: Person) -> NamedNode:
        affiliation = clean_code(person.affiliation)
        iri = self.minted("voice", "Voice", person.name, person.office, affiliation)
        self.add(iri, DIP("ofPerson"), self._person(person))
        self.words(iri, voiceName=person.name, office=person.office, voiceCode=affiliation)
        return iri

    def _quantity(self, subject: NamedNode, quantity: Quantity) -> None:
        value, approximate = quantity.value, quantity.approximate
        if value is not None and not approximate:
            self.add(subject, DIP("count"), integer(value))
        # An approximate number is a bound on neither side: the text's own bounds, else itself.
        around = value if approximate else None
        low = quantity.minimum if quantity.minimum is not None else around
        high = quantity.maximum if quantity.maximum is not None else around
        if low is not None:
            self.add(subject, DIP("countMin"), integer(low))
        if high is not None:
            self.add(subject, DIP("countMax"), integer(high))
        if approximate:
            self.add(subject, DIP("countApproximate"), TRUE)
        self.words(subject, unit=quantity.unit)

    def _date(self, subject: NamedNode, when: Time | None, deadline: Time | None = None) -> None:
        for name, time in (("date", when), ("deadline", deadline)):
            if time is None or not time.value:
                continue
            self.add(subject, DIP(name), time_literal(time.value))
            if time.first:
                self.add(subject, DIP(f"{name}FromDay"), day(time.first))
            if time.last:
                self.add(subject, DIP(f"{name}ToDay"), day(time.last))
        if when is not None and when.value:
            if when.first:
                self.add(subject, DIP("dateFrom"), time_literal(when.first))
            if when.last:
                self.add(subject, DIP("dateTo"), time_literal(when.last))
            self.words(subject, dateModifier=when.modifier, dateAnchor=when.anchor)

    def _claim(self, claim: Claim, report: NamedNode) -> None:
        speaker = claim.speaker
        iri = self.minted(
            "claim",
            "Claim",
            report.value,
            claim.stance,
            claim.claimed_type,
            str(claim.quote.start),
            speaker.name or speaker.office,
            speaker.affiliation,
        )
        self.add(iri, DIP("inArticle"), self.graph)
        self.add(iri, DIP("claimant"), self._person(speaker))
        self.add(iri, DIP("voice"), self._voice(speaker))
        self.add(iri, DIP("about"), report)
        self.add(iri, DIP("evidence"), self.evidence(claim.quote))
        self.words(iri, stance=claim.stance, modality=claim.modality, condition=claim.condition)
        if claim.claimed_type:
            self.add(iri, DIP("claimedType"), DIP(claim.claimed_type))

    def _cause(self, cause: Cause, effect: NamedNode, because: NamedNode) -> None:
        if effect == because:
            return
        self.add(effect, _CAUSES[cause.kind, cause.basis], because)
        iri = self.minted(
            "cause", "Cause", effect.value, because.value, cause.kind, str(cause.cue.start)
        )
        self.add(iri, DIP("effectReport"), effect)
        self.add(iri, DIP("causeReport"), because)
        self.add(iri, DIP("evidence"), self.evidence(cause.cue))
        self.words(iri, causeKind=cause.kind, basis=cause.basis)

    def _observation(self, observation: Observation) -> None:
        code = clean_code(observation.subject.code)
        iri = self.minted(
            "observation",
            "Observation",
            code,
            observation.measure,
            str(observation.quote.start),
            str(observation.quantity.value),
            observation.date.value if observation.date is not None else "",
        )
        self.add(iri, DIP("inArticle"), self.graph)
        self.add(iri, DIP("observedParty"), self._party(observation.subject))
        self.add(iri, DIP("evidence"), self.evidence(observation.quote))
        self.words(iri, measure=observation.measure)
        self._quantity(iri, observation.quantity)
        self._date(iri, observation.date)
