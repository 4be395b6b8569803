"""Reader -> records, by index look-ups: no query is run, so that a page costs what it shows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.graph.store import Reader
from kg.publish.view.records import (
    KINDS,
    Article,
    Brief,
    Claim,
    Event,
    Link,
    Number,
    Party,
    Proposition,
    Quote,
    Report,
    Told,
    When,
)
from kg.vocab import dip, term

_EPOCH = date(1970, 1, 1)
_TYPE = term("rdf:type")
# Weaker bases first, so that a surer one replaces it.
_ANSWERS = (
    ("probable", dip("probableRetaliationFor")),
    ("inferred", dip("retaliationFor")),
    ("reported", dip("reportedRetaliationFor")),
    ("stated", dip("statedRetaliationFor")),
)
_FIELDS = {
    "count": ("count", "countMin", "countMax"),
    "date": ("date",),
    "deadline": ("deadline",),
    "place": ("place",),
}


class Lookup:
    """Records of one published state of the store; each is read once and kept."""

    def __init__(self, reader: Reader, fits: Callable[[Brief], bool] | None = None) -> None:
        """Look into the reader; of events, lists hold those that fit (all where it is None)."""
        self._reader = reader
        self._fits = fits
        self._articles: dict[str, Article] = {}
        self._parties: dict[str, Party] = {}
        self._reports: dict[str, Report] = {}

    # ------------------------------------------------------------ lists

    @cached_property
    def briefs(self) -> tuple[Brief, ...]:
        """All events in order of time."""
        found = (self.brief(iri) for iri in self._instances("Event"))
        kept = (one for one in found if self._fits is None or self._fits(one))
        return tuple(sorted(kept, key=lambda brief: brief.order))

    @cached_property
    def brief_of(self) -> dict[str, Brief]:
        """All events by IRI."""
        return {brief.iri: brief for brief in self.briefs}

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """All articles, by date of publication, then by key."""
        found = (self.article(iri) for iri in self._instances("Article"))
        return tuple(sorted(found, key=_order))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, by article and place."""
        found = [self.claim(iri) for iri in self._instances("Claim")]
        return tuple(sorted(found, key=lambda c: (c.quote.article.key, c.quote.start, c.iri)))

    # ------------------------------------------------------------ single things

    def brief(self, iri: str) -> Brief:
        """Return the event in one line."""
        answers: dict[str, str] = {}
        for basis, predicate in _ANSWERS:
            answers |= dict.fromkeys(self._iris(iri, predicate), basis)
        classes = self._iris(iri, _TYPE)
        return Brief(
            iri=iri,
            type=vocab.local_name(self._iri(iri, dip("eventType"))),
            factuality=self._text(iri, "factuality"),
            actors=self._roles(iri, "actor"),
            targets=self._roles(iri, "target"),
            date=self._when(iri, "date"),
            deadline=self._when(iri, "deadline"),
            number=self._number(iri),
            first_reported=_iso(self._text(iri, "firstReportedDay")),
            sources=int(self._text(iri, "independentSources") or 1),
            articles=int(self._text(iri, "articleCount") or 1),
            disputed=dip("DisputedEvent").value in classes,
            kind=next((kind for kind in KINDS if dip(kind).value in classes), ""),
            answers=tuple(Link(other, answers[other]) for other in sorted(answers)),
        )

    def event(self, iri: str) -> Event | None:
        """Return the event with all that is told of it; None where there is no such event."""
        if dip("Event").value not in self._iris(iri, _TYPE):
            return None
        reports = [self.report(one) for one in self._subjects(dip("reports"), iri)]
        reports.sort(
            key=lambda r: (r.quote.article.published or "9999", r.quote.article.key, r.iri)
        )
        claims = [
            self.claim(one)
            for report in reports
            for one in self._subjects(dip("about"), report.iri)
        ]
        propositions = [self._proposition(one) for one in self._iris(iri, dip("hasProposition"))]
        answered: dict[str, str] = {}
        for basis, predicate in _ANSWERS:
            answered |= dict.fromkeys(self._subjects(predicate, iri), basis)
        return Event(
            brief=self.brief(iri),
            place=self._text(iri, "place"),
            reports=tuple(reports),
            claims=tuple(claims),
            propositions=tuple(propositions),
            values=tuple(self._values(iri)),
            answered_by=tuple(Link(other, answered[other]) for other in sorted(answered)),
            classes=tuple(
                vocab.local_name(one)
                for one in self._iris(iri, _TYPE)
                if one.startswith(vocab.ONTOLOGY)
            ),
        )

    def report(self, iri: str) -> Report:
        """Return one article's telling of an event."""
        if iri not in self._reports:
            voice = self._iri(iri, dip("voice"))
            self._reports[iri] = Report(
                iri=iri,
                hub=self._iri(iri, dip("reports")),
                type=vocab.local_name(self._iri(iri, dip("eventType"))),
                modality=self._text(iri, "modality"),
                quote=self.quote(self._iri(iri, dip("evidence"))),
                actors=self._roles(iri, "actor"),
                targets=self._roles(iri, "target"),
                number=self._number(iri),
                date=self._when(iri, "date"),
                deadline=self._when(iri, "deadline"),
                place=self._text(iri, "place"),
                condition=self._text(iri, "condition"),
                reason=self._text(iri, "statedReason"),
                speaker=self._text(voice, "voiceName") or self._text(voice, "office"),
                plover=self._text(iri, "plover"),
                cameo=self._text(iri, "cameo"),
                background=self._text(iri, "background") == "true",
            )
        return self._reports[iri]

    def claim(self, iri: str) -> Claim:
        """Return a claim with its speaker as the article presents them."""
        voice = self._iri(iri, dip("voice"))
        return Claim(
            iri=iri,
            about=self._iri(iri, dip("about")),
            speaker=self._text(voice, "voiceName"),
            office=self._text(voice, "office"),
            side=self._text(voice, "voiceCode"),
            stance=self._text(iri, "stance"),
            modality=self._text(iri, "modality"),
            condition=self._text(iri, "condition"),
            claimed_type=vocab.local_name(self._iri(iri, dip("claimedType"))),
            quote=self.quote(self._iri(iri, dip("evidence"))),
        )

    def quote(self, evidence: str) -> Quote:
        """Return the words of an article that a piece of evidence points to."""
        return Quote(
            article=self.article(self._iri(evidence, dip("inArticle"))),
            words=self._value(evidence, term("oa:exact")),
            start=int(self._value(evidence, term("oa:start")) or 0),
            end=int(self._value(evidence, term("oa:end")) or 0),
        )

    def article(self, iri: str) -> Article:
        """Return an article without its text."""
        if iri not in self._articles:
            self._articles[iri] = Article(
                iri=iri,
                key=self._text(iri, "key"),
                source=self._text(iri, "source"),
                title=self._value(iri, term("dcterms:title")),
                outlet=self._text(iri, "outlet"),
                url=self._text(iri, "url"),
                published=self._text(iri, "published"),
                sha256=self._text(iri, "sha256"),
                warnings=tuple(self._literals(iri, dip("warning"))),
            )
        return self._articles[iri]

    def is_article(self, iri: str) -> bool:
        """Say whether the store holds an article of this IRI."""
        return dip("Article").value in self._iris(iri, _TYPE)

    def party(self, iri: str) -> Party:
        """Return a state or organisation; its code stands in where it has no label."""
        if iri not in self._parties:
            codes = [
                quad.object.value
                for quad in self._reader.quads(NamedNode(iri), term("skos:notation"))
                if isinstance(quad.object, Literal) and quad.object.datatype == dip("code")
            ]
            code = min(codes, default=vocab.local_name(iri))
            label = self._value(iri, term("rdfs:label"))
            self._parties[iri] = Party(code, label or code, iri)
        return self._parties[iri]

    def text(self, article: str) -> str | None:
        """Return an article's stored text, or None where it was not kept."""
        return self._reader.text(NamedNode(article))

    def reports_in(self, article: str) -> tuple[Report, ...]:
        """Return an article's reports, in the order of its text."""
        found = [
            self.report(iri)
            for iri in self._subjects(dip("inArticle"), article)
            if dip("EventReport").value in self._iris(iri, _TYPE)
        ]
        return tuple(sorted(found, key=lambda r: (r.quote.start, r.quote.end, r.iri)))

    # ------------------------------------------------------------ parts

    def _proposition(self, iri: str) -> Proposition:
        fact = self._iri(iri, dip("claimedType"))
        return Proposition(
            iri=iri,
            fact=vocab.local_name(fact) if fact else self._text(iri, "claimedFact"),
            asserted=tuple(self.claim(one) for one in self._subjects(dip("asserts"), iri)),
            denied=tuple(self.claim(one) for one in self._subjects(dip("denies"), iri)),
        )

    def _values(self, event: str) -> Iterator[Told]:
        found = []
        for iri in self._iris(event, dip("hasValue")):
            field = self._text(iri, "field")
            reports = tuple(self._iris(iri, dip("toldBy")))
            chosen = self._text(iri, "chosen") == "true"
            found.append(Told(field, self._text(iri, "toldValue"), chosen, reports))
        yield from sorted(found, key=lambda t: (t.field, not t.chosen, t.value))

    def _roles(self, iri: str, role: str) -> tuple[Party, ...]:
        return tuple(sorted(self.party(one) for one in self._iris(iri, dip(role))))

    def _number(self, iri: str) -> Number:
        exact, low, high = (self._text(iri, name) for name in _FIELDS["count"])
        return Number(
            exact=int(exact) if exact else None,
            low=int(low) if low else None,
            high=int(high) if high else None,
            approximate=self._text(iri, "countApproximate") == "true",
            unit=self._text(iri, "unit"),
        )

    def _when(self, iri: str, name: str) -> When:
        return When(
            value=self._text(iri, name),
            first=_iso(self._text(iri, f"{name}FromDay")),
            last=_iso(self._text(iri, f"{name}ToDay")),
        )

    # ------------------------------------------------------------ terms

    def _instances(self, class_: str) -> list[str]:
        return self._subjects(_TYPE, dip(class_).value)

    def _subjects(self, predicate: NamedNode, value: str) -> list[str]:
        quads = self._reader.quads(None, predicate, NamedNode(value))
        return _names(quad.subject for quad in quads)

    def _iris(self, subject: str, predicate: NamedNode) -> list[str]:
        if not subject:
            return []
        quads = self._reader.quads(NamedNode(subject), predicate)
        return _names(quad.object for quad in quads)

    def _iri(self, subject: str, predicate: NamedNode) -> str:
        return min(self._iris(subject, predicate), default="")

    def _literals(self, subject: str, predicate: NamedNode) -> list[str]:
        if not subject:
            return []
        quads = self._reader.quads(NamedNode(subject), predicate)
        return sorted({q.object.value for q in quads if isinstance(q.object, Literal)})

    def _value(self, subject: str, predicate: NamedNode) -> str:
        return min(self._literals(subject, predicate), default="")

    def _text(self, subject: str, name: str) -> str:
        return self._value(subject, dip(name))


def _order(article: Article) -> tuple[str, str]:
    return (article.published or "9999", article.key)


def _names(terms: Iterable[object]) -> list[str]:
    """Return the IRIs among these terms, sorted, each once."""
    return sorted({one.value for one in terms if isinstance(one, NamedNode)})


def _iso(day: str) -> str:
    """Return the ISO date of a day number; nothing for nothing."""
    return (_EPOCH + timedelta(int(day))).isoformat() if day else ""
