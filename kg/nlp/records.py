"""Drafts -> records of the model, their spans counted in the stored text."""

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kg.lexicon import Lexicon
from kg.model import (
    Argument,
    CleanText,
    Event,
    Observation,
    Party,
    Person,
    Quantity,
    Span,
    Time,
)
from kg.nlp.drafts import Draft
from kg.nlp.levels import Level
from kg.nlp.reference import Ref, Reference
from kg.vocab import actor as actor_iri

_QUOTE_LIMIT = 400


class Records:
    """Records of one document."""

    def __init__(self, doc: Doc, text: CleanText, lexicon: Lexicon) -> None:
        self.doc, self.text, self.lexicon = doc, text, lexicon

    def event(self, draft: Draft) -> Event:
        """Return the event that a draft tells."""
        trigger = draft.trigger
        return Event(
            type=draft.type,
            trigger=self.chars(trigger.idx, trigger.idx + len(trigger)),
            quote=self._quote(draft),
            actors=tuple(self._argument("actor", r) for r in draft.actors),
            targets=tuple(self._argument("target", r) for r in draft.targets),
            modality=draft.modality,
            count=self._quantity(draft.count),
            date=self._time(draft.date),
            deadline=self._time(draft.deadline),
            place=self._place(draft),
            condition=draft.condition,
            reason=draft.reason,
            speaker=self.person(draft.speaker) if draft.speaker else None,
            agent=next((self.person(r.person) for r in draft.actors if r.person), None),
            background=draft.background,
            headline=draft.headline,
            mentions=tuple(
                self.chars(t.idx, t.idx + len(t)) for t in draft.triggers if t != trigger
            ),
            words=self._words(draft),
        )

    def _words(self, draft: Draft) -> tuple[str, ...]:
        """Return the lemmas that tell the act, the trigger's first, with what stands above it.

        That is modals and the verb of an infinitive: "*will* send", "*agreed* to send". A trigger
        that is a noun is marked as in patterns: `request/n`.
        """
        tokens = draft.match.tokens()
        above = [c for c in tokens[0].lefts if c.tag_ == "MD"]
        if any(c.tag_ == "TO" for c in tokens[0].lefts):
            above.append(tokens[0].head)
        first, *others = (t.lemma_.lower() for t in (*tokens, *above))
        return f"{first}/n" if draft.match.pattern.pos == "n" else first, *others

    def _place(self, draft: Draft) -> str:
        """Return the place of the act; a party of it is none: "closed its embassy in Latvia"."""
        parties = {self.doc[r.start : r.end].text for r in (*draft.actors, *draft.targets)}
        return "" if draft.place in parties else draft.place

    def _argument(self, role: str, ref: Ref) -> Argument:
        party = self._party(ref.code)
        tokens = self.doc[ref.start : ref.end]
        span = (
            None
            if ref.method == "context" or not tokens
            else self.chars(tokens.start_char, tokens.end_char)
        )
        person = self.person(ref.person) if ref.person else None
        return Argument("actor" if role == "actor" else "target", party, ref.method, span, person)

    def _party(self, code: str) -> Party:
        actor = self.lexicon.actors.get(code)
        iri, label = (actor.iri, actor.label) if actor else (actor_iri(code).value, code)
        return Party(code, iri, label)

    def _quote(self, draft: Draft) -> Span:
        """Return the sentence, or, where it is too long, the clause and then a window around it."""
        sentence: DocSpan = draft.trigger.sent
        start, end = sentence.start, sentence.end
        tokens = [t.i for t in draft.match.tokens() if start <= t.i < end]
        return self.cut(start, end, draft.trigger.i, tuple(tokens))

    def cut(self, start: int, end: int, centre: int, keep: tuple[int, ...] = ()) -> Span:
        """Return the span of tokens start to end, cut to the clause or a window around `centre`."""
        while start < end - 1 and self.doc[start].is_space:
            start += 1
        while end > start + 1 and self.doc[end - 1].is_space:
            end -= 1
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        if last - first > _QUOTE_LIMIT:
            subtree = [t.i for t in self.doc[centre].subtree if start <= t.i < end]
            low, high = min([*subtree, *keep, centre]), max([*subtree, *keep, centre])
            first, last = self.doc[low].idx, self.doc[high].idx + len(self.doc[high])
            if last - first > _QUOTE_LIMIT:
                low = high = centre
                while True:
                    wider_low, wider_high = max(start, low - 1), min(end - 1, high + 1)
                    a, b = (
                        self.doc[wider_low].idx,
                        self.doc[wider_high].idx + len(self.doc[wider_high]),
                    )
                    if b - a > _QUOTE_LIMIT - 20 or (wider_low, wider_high) == (low, high):
                        break
                    low, high = wider_low, wider_high
                first, last = self.doc[low].idx, self.doc[high].idx + len(self.doc[high])
        return self.chars(first, last)

    def chars(self, start: int, end: int) -> Span:
        """Return the span in the stored text of a span in the Doc's."""
        return self.text.span(start, end)

    def person(self, person: Person) -> Person:
        """Return the person with its span in the stored text."""
        span = self.chars(person.span.start, person.span.end) if person.span else None
        return Person(person.name, person.office, person.affiliation, span)

    def _quantity(self, quantity: Quantity | None) -> Quantity | None:
        if quantity is None:
            return None
        span = self.chars(quantity.span.start, quantity.span.end) if quantity.span else None
        return Quantity(
            quantity.value,
            quantity.minimum,
            quantity.maximum,
            quantity.unit,
            quantity.approximate,
            span,
        )

    def _time(self, time: Time | None) -> Time | None:
        if time is None:
            return None
        span = self.chars(time.span.start, time.span.end) if time.span else None
        return Time(time.value, time.first, time.last, time.modifier, time.anchor, span)

    def observation(self, level: Level, measure: str) -> Observation:
        """Return a level as a record, with the sentence that tells it."""
        quantity = self._quantity(level.quantity)
        return Observation(
            subject=self._party(level.party.code),
            measure=measure,
            quantity=quantity if quantity is not None else level.quantity,
            date=self._time(level.time),
            quote=self.cut(level.start, level.end, level.start),
        )

    def persons(self, reference: Reference) -> tuple[Person, ...]:
        """Return the persons named, each once, in text order."""
        found: dict[tuple[str, str], Person] = {}
        for _, mention in sorted(reference.persons.items()):
            record = self.person(reference.person_record(mention))
            found.setdefault((record.name, record.affiliation), record)
        return tuple(found.values())
