"""Why a triple holds: down to what articles assert, and the words they assert it with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import vocab
from kg.reason.axioms import Program, Rule
from kg.reason.statements import DERIVED, OBJECT, PREDICATE, SUBJECT, statement
from kg.vocab import LINKS, PROOFS, dip, term

Value = NamedNode | Literal


class Lookup(Protocol):
    """What explaining needs of a store: quads by pattern, and those set aside (proofs)."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Value | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]: ...

    def aside(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Value | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]: ...


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article: who wrote them, and where they stand in the stored text."""

    article: str
    source: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A triple and why it holds. `kind`: asserted, linked, axiom, rule or unproved."""

    triple: Triple
    kind: str
    rule: str = ""
    words: str = ""
    premises: tuple["Step", ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def depth(self) -> int:
        """Number of steps from here down to an assertion, this one included."""
        return 1 + max((premise.depth for premise in self.premises), default=0)


@dataclass(frozen=True, slots=True)
class Explainer:
    """Finds proofs in a store, with the ontology's rules."""

    store: Lookup
    program: Program

    def explain(self, triple: Triple) -> Step | None:
        """Return the triple's proof, or None where the graph does not hold it."""
        if not self._holds(triple):
            return None
        return self._prove(triple, frozenset()) or Step(triple, "unproved")

    def about(self, event: NamedNode) -> list[Step]:
        """Return the proofs of all that was concluded of an event, and why reports are linked."""
        found = {
            quad.triple
            for quads in (self.store.quads(event), self.store.quads(None, None, event))
            for quad in quads
            if _inferred(quad) or quad.predicate == dip("reports")
        }
        steps = [self.explain(triple) for triple in sorted(found, key=str)]
        return [step for step in steps if step is not None]

    def _holds(self, triple: Triple) -> bool:
        return any(True for _ in self._quads(triple))

    def _quads(self, triple: Triple) -> Iterator[Quad]:
        subject, value = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            yield from self.store.quads(subject, triple.predicate, value)

    def _prove(self, triple: Triple, above: frozenset[Triple]) -> Step | None:
        told = [quad for quad in self._quads(triple) if not _inferred(quad)]
        if told:
            return self._leaf(triple, told)
        stored = self._stored(triple, above | {triple})
        if stored is not None:
            return stored
        best: Step | None = None
        for rule in self.program.rules:
            for premise in self._premises(rule, triple):
                if premise in above:
                    continue
                step = self._prove(premise, above | {triple})
                if step is not None and (best is None or step.depth + 1 < best.depth):
                    best = Step(triple, "axiom", rule.name, premises=(step,))
        return best

    def _premises(self, rule: Rule, triple: Triple) -> Iterator[Triple]:
        """Yield the facts of the graph from which a rule of one premise concludes the triple.

        Where the conclusion leaves a place open (any act of which a state is the actor makes it an
        actor), the first fact that fits will do.
        """
        bound = _bound(rule, triple) if len(rule.body) == 1 else None
        if bound is None:
            return
        subject, predicate, value = rule.body[0]
        start = bound.get(subject) if isinstance(subject, int) else subject
        end = bound.get(value) if isinstance(value, int) else value
        found = self.store.quads(
            NamedNode(start) if start else None,
            NamedNode(predicate),
            NamedNode(end) if end else None,
        )
        yield from (quad.triple for quad in islice(found, 1))

    def _stored(self, triple: Triple, above: frozenset[Triple]) -> Step | None:
        node = statement(triple)
        rule = words = ""
        premises = []
        for quad in self.store.aside(node, None, None, PROOFS):
            if quad.predicate == DERIVED and isinstance(quad.object, NamedNode):
                premises.append(quad.object)
            elif quad.predicate == dip("byRule"):
                rule = _text(quad.object)
            elif quad.predicate == dip("explanation"):
                words = _text(quad.object)
        if not premises:
            return None
        below = [self._statement(premise) for premise in premises]
        steps = []
        for triple_below in sorted((t for t in below if t is not None), key=str):
            step = None if triple_below in above else self._prove(triple_below, above)
            if step is None:
                return None
            steps.append(step)
        if len(steps) < len(premises):
            return None
        return Step(triple, "rule" if words else "axiom", rule, words, tuple(steps))

    def _statement(self, node: NamedNode) -> Triple | None:
        parts = {q.predicate: q.object for q in self.store.aside(node, None, None, PROOFS)}
        subject, predicate = parts.get(SUBJECT), parts.get(PREDICATE)
        value = parts.get(OBJECT)
        if (
            isinstance(subject, NamedNode)
            and isinstance(predicate, NamedNode)
            and value is not None
        ):
            return Triple(subject, predicate, value)
        return None

    def _leaf(self, triple: Triple, told: Sequence[Quad]) -> Step:
        if all(quad.graph_name == LINKS for quad in told):
            return self._linked(triple)
        quotes = [quote for node in self._tellers(triple) for quote in self._quotes(node)]
        return Step(triple, "asserted", quotes=tuple(dict.fromkeys(quotes)))

    def _tellers(self, triple: Triple) -> Iterator[NamedNode]:
        """Yield the nodes whose evidence bears the triple out: the cause link, the subject."""
        subject = triple.subject
        if not isinstance(subject, NamedNode):
            return
        causes = [
            quad.subject
            for quad in self.store.quads(None, dip("effectReport"), subject)
            if isinstance(quad.subject, NamedNode)
            and isinstance(triple.object, NamedNode)
            and any(self.store.quads(quad.subject, dip("causeReport"), triple.object))
        ]
        yield from sorted(causes, key=str)
        yield subject

    def _linked(self, triple: Triple) -> Step:
        """Explain a triple of the links graph: the decision, or the reports that tell the value."""
        subject, name = triple.subject, vocab.local_name(triple.predicate.value)
        if not isinstance(subject, NamedNode):
            return Step(triple, "linked")
        if name == "reports":
            words = "; ".join(self._decision(subject))
            return Step(triple, "linked", words=words, quotes=tuple(self._quotes(subject)))
        reports = sorted(
            {
                quad.subject
                for quad in self.store.quads(None, dip("reports"), subject)
                if isinstance(quad.subject, NamedNode)
            },
            key=str,
        )
        telling = [report for report in reports if self._tells(report, triple)]
        quotes = [quote for node in telling or reports or [subject] for quote in self._quotes(node)]
        words = f"told by {len(telling)} of {len(reports)} reports" if telling else "consolidated"
        if not reports:
            words = ""
        return Step(triple, "linked", words=words, quotes=tuple(dict.fromkeys(quotes)))

    def _tells(self, report: NamedNode, triple: Triple) -> bool:
        """Say whether a report gives the event's value (its type by `dip:eventType`)."""
        predicate = dip("eventType") if triple.predicate == term("rdf:type") else triple.predicate
        return self._holds(Triple(report, predicate, triple.object))

    def _decision(self, report: NamedNode) -> Iterator[str]:
        node = vocab.part("decision", report.value)
        facts = list(self.store.quads(node, None, None, LINKS))
        if not facts:
            yield "the only report of this event"
            return
        told = {vocab.local_name(q.predicate.value): _text(q.object) for q in facts}
        yield f"{told.get('status', '')}, score {told.get('score', '')}"
        yield from sorted(_text(q.object) for q in facts if q.predicate == dip("feature"))
        for rival in sorted((q.object for q in facts if q.predicate == dip("rival")), key=str):
            if isinstance(rival, NamedNode):
                parts = {
                    vocab.local_name(q.predicate.value): _text(q.object)
                    for q in self.store.quads(rival, None, None, LINKS)
                }
                yield f"rejected {parts.get('rivalReport', '')}: {parts.get('rejectedBecause', '')}"

    def _quotes(self, node: NamedNode) -> Iterator[Quote]:
        for link in sorted(self.store.quads(node, dip("evidence")), key=str):
            if not isinstance(link.object, NamedNode):
                continue
            parts = {
                vocab.local_name(q.predicate.value): _text(q.object)
                for q in self.store.quads(link.object)
            }
            article = getattr(link.graph_name, "value", "")
            source = next(
                (_text(q.object) for q in self.store.quads(NamedNode(article), dip("source"))), ""
            )
            yield Quote(
                article,
                source,
                parts.get("exact", ""),
                int(parts["start"]) if "start" in parts else None,
                int(parts["end"]) if "end" in parts else None,
            )


def _inferred(quad: Quad) -> bool:
    return getattr(quad.graph_name, "value", "").startswith(vocab.inferred("").value)


def _bound(rule: Rule, triple: Triple) -> dict[int, str] | None:
    """Return the variables that the rule's head takes from the triple; None if it can't be it."""
    fact = (
        getattr(triple.subject, "value", ""),
        triple.predicate.value,
        getattr(triple.object, "value", ""),
    )
    bound: dict[int, str] = {}
    for place in (0, 1, 2):
        part = rule.head[place]
        if isinstance(part, int):
            if bound.setdefault(part, fact[place]) != fact[place]:
                return None
        elif part != fact[place]:
            return None
    return bound


def _text(value: object) -> str:
    return str(value.value) if isinstance(value, NamedNode | Literal) else ""


def explain(store: Lookup, target: NamedNode | Triple, program: Program) -> list[Step]:
    """Return the proof of a triple, or those of all that was concluded of an event."""
    explainer = Explainer(store, program)
    if isinstance(target, NamedNode):
        return explainer.about(target)
    step = explainer.explain(target)
    return [step] if step else []
