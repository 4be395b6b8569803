"""Article -> Extraction: the language stage from end to end.

clean text → Doc → mentions and references → sayings → matches → roles, mood, fields → drafts,
merged → claims and causes → records with spans into the stored text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.ingest.clean import clean
from kg.lexicon import Lexicon, load
from kg.model import (
    Argument,
    Article,
    Cause,
    Claim,
    CleanText,
    Event,
    Extraction,
    Party,
    Person,
    Quantity,
    Span,
    Time,
)
from kg.nlp import pipeline
from kg.nlp.actors import Gazetteer
from kg.nlp.arguments import Arguments, Roles, Told
from kg.nlp.causes import Causes
from kg.nlp.claims import Claims
from kg.nlp.drafts import Draft, merge
from kg.nlp.fields import Fields
from kg.nlp.modality import Mood, Moods
from kg.nlp.reference import Ref, Reference
from kg.nlp.speech import Saying, Speech
from kg.nlp.syntax import Syntax, profile_of
from kg.nlp.triggers import Match, Matcher
from kg.vocab import actor as actor_iri

_QUOTE_LIMIT = 400
_DONE_TO = frozenset({"DirectedAct", "SufferedAct"})  # frames of acts that another can repeat
_SPORT = 4  # different words of sport that make an article one of sport


class Extractor:
    """Extracts what articles tell, with one language model and one lexicon."""

    def __init__(self, model: str | Path | None = None, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load()
        self.nlp = pipeline.load(model)
        self.profile = profile_of(self.nlp)
        self.gazetteer = Gazetteer(self.lexicon, self.nlp)
        meta = self.nlp.meta
        self.model = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    def extract(self, articles: Iterable[Article], batch_size: int = 8) -> Iterator[Extraction]:
        """Yield one extraction an article, in order; works in batches of `batch_size`."""
        iterator = iter(articles)
        while batch := list(islice(iterator, batch_size)):
            cleaned = [clean(a) for a in batch]
            texts = [self._prepared(c) for c in cleaned]
            docs = pipeline.annotate(self.nlp, texts, batch_size=batch_size)
            for article, text, doc in zip(batch, cleaned, docs, strict=True):
                yield _Reading(self, article, text, doc).extraction()

    def _prepared(self, text: CleanText) -> str:
        headlines = [(b.start, b.end) for b in text.blocks if b.kind in {"headline", "subheading"}]
        return pipeline.prepare(text.text, headlines, self.gazetteer.known)


class _Reading:
    """One article being read."""

    def __init__(self, extractor: Extractor, article: Article, text: CleanText, doc: Doc) -> None:
        self.extractor, self.lexicon = extractor, extractor.lexicon
        self.article, self.text, self.doc = article, text, doc
        self.syntax = Syntax(doc, extractor.profile)
        mentions = extractor.gazetteer.mentions(doc)
        home = extractor.gazetteer.place_of(text.dateline_place) if text.dateline_place else ""
        anchor = self._anchor()
        year = anchor.year if anchor else None
        self.reference = Reference(doc, self.syntax, mentions, self.lexicon, home, year)
        self.speech = Speech(doc, self.reference, self.lexicon)
        self.moods = Moods(self.syntax, self.lexicon)
        self.fields = Fields(self.reference, anchor)
        self.told = Told()
        self.arguments = Arguments(self.reference, self.lexicon, self.told, self.speech)
        self.claims = Claims(self.reference, self.speech, self.lexicon)

    def _anchor(self) -> date | None:
        return date.fromisoformat(self.article.published) if self.article.published else None

    @cached_property
    def _headlines(self) -> tuple[tuple[int, int], ...]:
        return tuple(
            (b.start, b.end) for b in self.text.blocks if b.kind in {"headline", "subheading"}
        )

    # ---------------------------------------------------------------- reading

    def extraction(self) -> Extraction:
        drafts = merge(list(self._drafts()))
        claims = self.claims.of(drafts)
        links = Causes(self.lexicon, self.speech).links(drafts)
        events = tuple(self._event(d) for d in drafts)
        warnings = (
            () if self.article.published else ("no publication date: relative dates unresolved",)
        )
        return Extraction(
            article=self.article,
            events=events,
            claims=tuple(
                Claim(
                    speaker=self._person(s.speaker),
                    about=s.about,
                    stance=s.stance,
                    quote=self._cut(s.start, s.end, s.start),
                    modality=s.modality,
                    condition=s.condition,
                    claimed_type=s.claimed_type,
                )
                for s in claims
            ),
            causes=tuple(
                Cause(
                    "retaliation" if x.kind == "retaliation" else "reaction",
                    x.effect,
                    x.cause,
                    "stated" if x.basis == "stated" else "reported",
                    self.text.span(x.start, x.end),
                )
                for x in links
            ),
            persons=self._persons(),
            model=self.extractor.model,
            ontology=self.lexicon.sha256,
            warnings=warnings,
        )

    def _is_sport(self) -> bool:
        """Tell whether the article reports on sport, where states meet, beat and expel, too."""
        cues = frozenset(self.lexicon.cues.get("sportCue", ()))
        return len({t.lemma_.lower() for t in self.doc} & cues) >= _SPORT

    def _drafts(self) -> Iterator[Draft]:
        if self._is_sport():
            return
        matcher = Matcher(self.lexicon, self.reference)
        last: list[Draft] = []  # of the last sentence that told an act
        for sentence in self.doc.sents:
            matches = matcher.matches(sentence)
            drafts = [
                d for m in matches for d in self._draft(m, [x for x in matches if x is not m])
            ]
            drafts += self._waves(sentence, drafts)
            drafts += self._followers(sentence, drafts or last)
            yield from drafts
            last = drafts or last
        yield from self._denials()

    def _waves(self, sentence: DocSpan, drafts: list[Draft]) -> list[Draft]:
        """Read "27 must go by May, followed by an equal number by June": the act once more."""
        found = []
        for verb in sentence:
            if verb.lemma_.lower() != "follow" or not self.syntax.is_passive(verb):
                continue
            before = [d for d in drafts if d.count is not None and d.trigger.i < verb.i]
            agent = self.syntax.agent(verb)
            if not before or agent is None:
                continue
            act = before[-1]
            number = self.fields.again(agent, act.match)
            if number is None or self.reference.of_all(agent):
                continue
            match = Match(act.match.type, act.match.pattern, verb, verb)
            day, deadline = self.fields.split(match, [act.match], takes_deadline=True)
            wave = replace(
                act,
                match=match,
                count=replace(number, unit=act.count.unit if act.count else ""),
                date=day if day and day.span and day.span.start > verb.idx else None,
                deadline=deadline,
                triggers=[verb],
            )
            found.append(wave)
        return found

    def _depth(self, token: Token) -> int:
        return sum(1 for _ in self.syntax.governors(token))

    def _followers(self, sentence: DocSpan, told: list[Draft]) -> list[Draft]:
        """Read "Niger followed suit": the measure that was told last, done by another."""
        acts = [d for d in told if d.targets and d.actors and d.match.type.frame in _DONE_TO]
        if not acts:
            return []
        phrases = [p.split() for p in self.lexicon.cues.get("sameAct", ())]
        found = []
        for verb in sentence:
            if verb.pos_ != "VERB" or not any(
                p[0] == verb.lemma_.lower()
                and [t.lower_ for t in self.doc[verb.i + 1 : verb.i + len(p)]] == p[1:]
                for p in phrases
            ):
                continue
            before = [d for d in acts if d.trigger.i < verb.i]
            # of "cut ties over an attack" the first is followed: what the main clause tells
            act = min(before, key=lambda d: (self._depth(d.trigger), -d.trigger.i), default=None)
            subject = self.syntax.subject(verb)
            if subject is None and verb.i > sentence.start:
                subject = self.doc[verb.i - 1]  # "Niger followed suit", read as an adjective
            if act is None or subject is None:
                continue
            match = Match(act.match.type, act.match.pattern, verb, verb)
            mood = self.moods.of(verb, frozenset({verb.i}), decides=True, speech=False)
            day, deadline = self.fields.split(match, [], takes_deadline=True)
            taken = {r.code for r in (*act.actors, *act.targets)}
            for actor in self.reference.of_all(subject):
                if actor.code not in taken:
                    draft = Draft(
                        act.type,
                        act.family,
                        match,
                        (actor,),
                        act.targets,
                        mood.modality,
                        sure=True,
                        date=day,
                        deadline=deadline,
                        background=self._is_background(match, day),
                        triggers=[verb],
                    )
                    found.append(draft)
                    self._remember(act.family, Roles(draft.actors, draft.targets), match)
        return found

    def _denials(self) -> Iterator[Draft]:
        """Read "it was not an expulsion" as an act of denying, beside the claim that it makes."""
        for token, _, _, person, negated in self.claims.characterised():
            names = [n for n in self.lexicon.cues.get("denialType", ()) if n in self.lexicon.types]
            if not negated or not names:
                continue
            type_ = self.lexicon.types[names[0]]
            match = Match(type_, type_.patterns[0], token, token)
            actor = Ref(person.affiliation, token.i, token.i + 1, "coreference", person)
            other = self.told.counterpart(person.affiliation)
            targets = (Ref(other, token.i, token.i + 1, "context"),) if other else ()
            yield Draft(
                type_.name,
                type_.family,
                match,
                (actor,),
                targets,
                "actual",
                sure=True,
                speaker=person,
                triggers=[token],
            )

    def _draft(self, match: Match, others: list[Match]) -> Iterator[Draft]:
        """Yield the acts of a match; where its parties don't satisfy the frame, of the next best."""
        acts: list[Roles] = []
        for candidate in (match, *match.rivals):
            acts = self.arguments.assign(candidate)
            if acts:
                match = candidate
                break
        type_ = match.type
        measure = "Measure" in type_.ancestors
        own = frozenset(t.i for t in (match.trigger, *match.verbs, *match.extra))
        mood = self.moods.of(match.trigger, own, decides=measure, speech=type_.frame == "SpeechAct")
        if mood.modality == "actual" and type_.frame != "SpeechAct" and self._offers(match):
            mood = replace(mood, modality="planned", cue=match.trigger)
        if self._is_characterised(match) or self._is_only_denied(mood):
            return
        asks = type_.name in self.lexicon.cues.get("deadlineType", ())
        takes = asks or type_.frame != "SpeechAct"
        day, deadline = self.fields.split(match, others, takes_deadline=takes)
        saying = self.speech.saying_of(match.trigger)
        for roles in acts:
            yield Draft(
                type=type_.name,
                family=type_.family,
                match=match,
                actors=roles.actors,
                targets=roles.targets,
                modality=mood.modality,
                sure=mood.cue is not None or mood.modality != "actual" or match.pattern.pos == "v",
                count=self.fields.count(match, roles.targets),
                date=None if self._is_anothers(match, day, saying, roles) else day,
                deadline=deadline,
                place=self.fields.place(match),
                condition=self.fields.clause(mood.condition),
                reason=self.fields.reason(match),
                background=self._is_background(match, day),
                headline=self._in_headline(match.trigger),
                speaker=self.claims.speaker(saying) if saying is not None else None,
                triggers=[match.trigger],
            )
            self._remember(type_.family, roles, match)

    def _is_anothers(
        self, match: Match, day: Time | None, saying: Saying | None, roles: Roles
    ) -> bool:
        """Tell whether the day is only that on which somebody else told of the act."""
        if day is None or day.span is None or not roles.actors:
            return False
        word = self.doc.char_span(day.span.start, day.span.end, alignment_mode="expand")
        verb = self.syntax.clause_head(word.root) if word is not None else None
        reporting = self.lexicon.cues.get("reportingVerb", ())
        if verb is None or verb == match.trigger or verb.lemma_.lower() not in reporting:
            return False
        if saying is not None and saying.verb == verb:
            speaker: Token | None = saying.speaker
        else:  # "the ambassador, Ana Pop, said": the name before the verb
            near = [t for t in self.doc[max(verb.sent.start, verb.i - 3) : verb.i] if t.is_alpha]
            speaker = near[-1] if near else None
        codes = {r.code for r in self.reference.of_all(speaker)} if speaker is not None else set()
        return bool(codes) and not codes & {r.code for r in roles.actors}

    def _offers(self, match: Match) -> bool:
        """Tell whether it is only offered: "volunteered to mediate"."""
        return match.trigger.lemma_.lower() in self.lexicon.cues.get("offeringVerb", ())

    def _remember(self, family: str, roles: Roles, match: Match) -> None:
        if roles.targets and roles.targets[0].method == "context" and family == "speech":
            return  # a guess is no ground for the next
        if roles.targets or len(roles.actors) == 2:
            self.told.sentence = match.trigger.sent.start
        if roles.targets:
            actor = roles.actors[0].code if roles.actors else ""
            self.told.acts.append((family, actor, roles.targets[0].code))
        elif len(roles.actors) == 2:
            self.told.acts.append((family, roles.actors[0].code, roles.actors[1].code))

    def _is_only_denied(self, mood: Mood) -> bool:
        """ "Moscow denies any meddling" tells a denial; whether there was any is for others to say."""
        verbs = self.lexicon.cues.get("denyingVerb", ())
        return (
            mood.modality == "denied" and mood.cue is not None and mood.cue.lemma_.lower() in verbs
        )

    def _is_characterised(self, match: Match) -> bool:
        """ "It was not an expulsion" tells a claim about an act, not an act."""
        return match.pattern.pos == "n" and self.syntax.copula_subject(match.trigger) is not None

    def _in_headline(self, token: Token) -> bool:
        return any(start <= token.idx < end for start, end in self._headlines)

    def _is_background(self, match: Match, day: Time | None) -> bool:
        """Tell history from news: dated more than 60 days before publication, or marked as past."""
        text = match.trigger.sent.text.lower()
        if any(p in text for p in self.lexicon.cues.get("backgroundMarker", ())):
            return True
        anchor = self.fields.anchor
        if day is None or not day.last:
            return False
        if anchor is None:
            return len(day.value) == 4
        return (anchor - date.fromisoformat(day.last)).days > 60

    # ---------------------------------------------------------------- records

    def _event(self, draft: Draft) -> Event:
        trigger = draft.trigger
        return Event(
            type=draft.type,
            trigger=self._chars(trigger.idx, trigger.idx + len(trigger)),
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
            speaker=self._person(draft.speaker) if draft.speaker else None,
            agent=next((self._person(r.person) for r in draft.actors if r.person), None),
            background=draft.background,
            headline=draft.headline,
            mentions=tuple(
                self._chars(t.idx, t.idx + len(t)) for t in draft.triggers if t != trigger
            ),
        )

    def _place(self, draft: Draft) -> str:
        """Return the place of the act; a party of it is none: "closed its embassy in Latvia"."""
        parties = {self.doc[r.start : r.end].text for r in (*draft.actors, *draft.targets)}
        return "" if draft.place in parties else draft.place

    def _argument(self, role: str, ref: Ref) -> Argument:
        actor = self.lexicon.actors.get(ref.code)
        party = Party(
            ref.code,
            actor.iri if actor else actor_iri(ref.code).value,
            actor.label if actor else ref.code,
        )
        tokens = self.doc[ref.start : ref.end]
        span = (
            None
            if ref.method == "context" or not tokens
            else self._chars(tokens.start_char, tokens.end_char)
        )
        person = self._person(ref.person) if ref.person else None
        return Argument("actor" if role == "actor" else "target", party, ref.method, span, person)

    def _quote(self, draft: Draft) -> Span:
        """Return the sentence, or, where it is too long, the clause and then a window around it."""
        sentence: DocSpan = draft.trigger.sent
        start, end = sentence.start, sentence.end
        tokens = [t.i for t in draft.match.tokens() if start <= t.i < end]
        return self._cut(start, end, draft.trigger.i, tuple(tokens))

    def _cut(self, start: int, end: int, centre: int, keep: tuple[int, ...] = ()) -> Span:
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
        return self._chars(first, last)

    def _chars(self, start: int, end: int) -> Span:
        return self.text.span(start, end)

    def _person(self, person: Person) -> Person:
        span = self._chars(person.span.start, person.span.end) if person.span else None
        return Person(person.name, person.office, person.affiliation, span)

    def _quantity(self, quantity: Quantity | None) -> Quantity | None:
        if quantity is None:
            return None
        span = self._chars(quantity.span.start, quantity.span.end) if quantity.span else None
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
        span = self._chars(time.span.start, time.span.end) if time.span else None
        return Time(time.value, time.first, time.last, time.modifier, time.anchor, span)

    def _persons(self) -> tuple[Person, ...]:
        found: dict[tuple[str, str], Person] = {}
        for _, mention in sorted(self.reference.persons.items()):
            record = self._person(self.reference.person_record(mention))
            found.setdefault((record.name, record.affiliation), record)
        return tuple(found.values())
