"""Article -> Extraction: the language stage from end to end.

clean text → Doc → mentions and references → sayings → matches → roles, mood, fields → drafts,
merged → claims and causes → records with spans into the stored text.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc, Token

from kg.ingest.clean import clean
from kg.lexicon import Lexicon, load
from kg.model import (
    Article,
    Cause,
    Claim,
    CleanText,
    Extraction,
    Observation,
    Time,
)
from kg.nlp import dates, one_word, pipeline
from kg.nlp.actors import Gazetteer
from kg.nlp.arguments import Arguments, Roles, Told
from kg.nlp.causes import Causes
from kg.nlp.claims import Claims
from kg.nlp.discourse import Discourse
from kg.nlp.drafts import Draft, merge, without_orders
from kg.nlp.fields import Fields
from kg.nlp.implied import Implied
from kg.nlp.levels import MEASURE, Levels
from kg.nlp.modality import Kind, Mood, Moods
from kg.nlp.records import Records
from kg.nlp.reference import Ref, Reference
from kg.nlp.repeats import Repeats
from kg.nlp.speech import Saying, Speech
from kg.nlp.syntax import Syntax, profile_of
from kg.nlp.towns import town_of
from kg.nlp.triggers import Match, Matcher

_SPORT = 4  # different words of sport that make an article one of sport


class Extractor:
    """Extracts what articles tell, with one language model and one lexicon."""

    def __init__(self, model: str | Path | None = None, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load()
        self.nlp = pipeline.load(model)
        one_word.join(self.nlp, self.lexicon.cues.get("oneWord", ()))
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
        self.discourse = Discourse(self.reference, self.lexicon, self.fields)
        self.records = Records(doc, text, self.lexicon)
        self.repeats = Repeats(
            self.reference, self.lexicon, self.moods, self.fields, self._is_background
        )
        self.told = Told()
        self.arguments = Arguments(self.reference, self.lexicon, self.told, self.speech)
        self.claims = Claims(self.reference, self.speech, self.lexicon)

    def _anchor(self) -> date | None:
        """Return the day that "yesterday" counts from: of a republished text the first one's."""
        known = date.fromisoformat(self.article.published) if self.article.published else None
        phrases = self.lexicon.cues.get("republishedPhrase", ())
        return dates.first_published(self.article.text, phrases, known) or known

    @cached_property
    def _headlines(self) -> tuple[tuple[int, int], ...]:
        return tuple(
            (b.start, b.end) for b in self.text.blocks if b.kind in {"headline", "subheading"}
        )

    # ---------------------------------------------------------------- reading

    def extraction(self) -> Extraction:
        drafts = merge(list(self._drafts()), self.lexicon.cues.get("decisiveType", ()))
        self.discourse.complete(drafts, self._headlines)
        claims = self.claims.of(drafts)
        drafts += Implied(self.doc, self.lexicon).of(drafts, claims)
        links = Causes(self.lexicon, self.speech).links(drafts)
        events = tuple(self.records.event(d) for d in drafts)
        warnings = (
            () if self.article.published else ("no publication date: relative dates unresolved",)
        )
        return Extraction(
            article=self.article,
            events=events,
            claims=tuple(
                Claim(
                    speaker=self.records.person(s.speaker),
                    about=s.about,
                    stance=s.stance,
                    quote=self.records.cut(s.start, s.end, s.start),
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
            observations=tuple(self._levels()),
            persons=self.records.persons(self.reference),
            model=self.extractor.model,
            ontology=self.lexicon.sha256,
            warnings=warnings,
        )

    def _levels(self) -> Iterator[Observation]:
        """Yield how large missions are said to be."""
        if not self._is_sport():
            for level in Levels(self.reference, self.fields).of(self.doc.sents):
                yield self.records.observation(level, MEASURE)

    def _is_sport(self) -> bool:
        """Tell whether the article reports on sport, where states meet, beat and expel, too."""
        cues = frozenset(self.lexicon.cues.get("sportCue", ()))
        return len({t.lemma_.lower() for t in self.doc} & cues) >= _SPORT

    def _drafts(self) -> Iterator[Draft]:
        if self._is_sport():
            return
        matcher, cues = Matcher(self.lexicon, self.reference), self.lexicon.cues
        last: list[Draft] = []  # of the last sentence that told an act
        for sentence in self.doc.sents:
            matches = matcher.matches(sentence)
            drafts = [
                d for m in matches for d in self._draft(m, [x for x in matches if x is not m])
            ]
            drafts += self.repeats.waves(sentence, drafts)
            drafts += self.repeats.returned(drafts)
            followers = self.repeats.followers(sentence, drafts or last)
            for draft in followers:
                self._remember(draft.family, Roles(draft.actors, draft.targets), draft.match)
            drafts += followers
            drafts = without_orders(drafts, cues.get("askingType", ()), cues.get("orderType", ()))
            yield from drafts
            last = drafts or last
        yield from self._denials()

    def _denials(self) -> Iterator[Draft]:
        """Read "it was not an expulsion" as an act of denying, beside the claim that it makes."""
        for token, _, _, person, negated in self.claims.characterised:
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
        own = frozenset(t.i for t in (match.trigger, *match.verbs, *match.extra))
        kind = self.moods.kind(type_)
        mood = self.moods.of(match.trigger, own, kind)
        if self._is_characterised(match) or self._is_only_denied(mood) or self._is_source(match):
            return
        uttered = type_.name in self.lexicon.cues.get("utteredType", ())
        unsaid = mood.modality == "denied" or self.syntax.negated(match.trigger, own)
        if uttered and match.pattern.pos == "v" and unsaid:
            return  # "have not accused anybody", "refused to apologise": nothing was said
        if uttered and any(o.lower_ == "nothing" for o in self.syntax.objects(match.trigger)):
            return  # "regretted nothing"
        if kind.answers and mood.modality in {"threatened", "possible", "denied"}:
            return  # "if it does not agree to negotiate"; "threatened to veto the aid": the threat tells it
        asks = type_.name in self.lexicon.cues.get("deadlineType", ())
        takes = asks or type_.frame != "SpeechAct"
        day, deadline = self.fields.split(match, others, takes_deadline=takes)
        saying = self.speech.saying_of(match.trigger)
        town = town_of(match, self.reference)
        for roles in acts:
            yield Draft(
                type=type_.name,
                family=type_.family,
                match=match,
                actors=roles.actors,
                targets=roles.targets,
                modality=(
                    "threatened"
                    if self._is_menaced(match, mood, saying, roles)
                    else "planned"
                    if self._is_ahead(mood, kind, day)
                    else mood.modality
                ),
                sure=mood.cue is not None or mood.modality != "actual" or match.pattern.pos == "v",
                count=self.fields.count(match, roles.targets),
                date=None if self._is_anothers(match, day, saying, roles) else day,
                deadline=deadline,
                place=town or self.fields.place(match),
                town=town,
                condition=self.fields.clause(mood.condition),
                reason=self.fields.reason(match),
                background=self._is_background(match, day),
                headline=self._in_headline(match.trigger),
                speaker=self.claims.speaker(saying) if saying is not None else None,
                triggers=[match.trigger],
            )
            self._remember(type_.family, roles, match)

    def _is_ahead(self, mood: Mood, kind: Kind, day: Time | None) -> bool:
        """Tell whether its day is still to come, told in the present: "flies to Oslo on Friday"."""
        anchor = self.fields.anchor
        if mood.modality != "actual" or not kind.held or day is None or anchor is None:
            return False
        return bool(day.first) and date.fromisoformat(day.first) > anchor

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

    def _is_menaced(self, match: Match, mood: Mood, saying: Saying | None, roles: Roles) -> bool:
        """Tell whether the doer itself warns that it will: "Chad will shut it, its minister *warned*"."""
        ahead = {"actual", "planned", "conditional"}
        if saying is None or match.type.frame == "SpeechAct" or mood.modality not in ahead:
            return False
        words, trigger = self.moods.words, match.trigger
        will = words.auxiliary(trigger, trigger, frozenset()) in {"future", "would"}
        if not will or not words.forms(saying.verb) & words.threats:
            return False
        own = {r.code for r in self.reference.of_all(saying.speaker)}
        return bool(own & {r.code for r in roles.actors})

    def _remember(self, family: str, roles: Roles, match: Match) -> None:
        backing = match.type.name in self.lexicon.cues.get("backingType", ())
        self.told.add(family, roles, match.trigger.sent.start, backing=backing)

    def _is_only_denied(self, mood: Mood) -> bool:
        """ "Moscow denies any meddling" tells a denial; whether there was any is for others to say."""
        verbs = self.lexicon.cues.get("denyingVerb", ())
        return (
            mood.modality == "denied" and mood.cue is not None and mood.cue.lemma_.lower() in verbs
        )

    def _is_characterised(self, match: Match) -> bool:
        """ "It was not an expulsion" tells a claim about an act, not an act."""
        return match.pattern.pos == "n" and self.syntax.copula_subject(match.trigger) is not None

    def _is_source(self, match: Match) -> bool:
        """ "A statement issued by the ministry said that …" tells who says it, not an act."""
        noun = match.trigger.head
        if match.type.name not in self.lexicon.cues.get("sourceType", ()):
            return False
        reporting = self.lexicon.cues.get("reportingVerb", ())
        described = match.trigger.dep_ in self.extractor.profile.adnominal_clause
        subject = noun.dep_ in self.extractor.profile.subject
        return described and subject and noun.head.lemma_.lower() in reporting

    def _in_headline(self, token: Token) -> bool:
        return any(start <= token.idx < end for start, end in self._headlines)

    def _is_background(self, match: Match, day: Time | None) -> bool:
        """Tell history from news: dated more than 60 days before publication, or marked as past."""
        sentence, anchor = match.trigger.sent, self.fields.anchor
        text = sentence.text.lower()
        for marker in self.lexicon.cues.get("backgroundMarker", ()):
            at = text.find(marker)
            if at >= 0 and not self.fields.is_recent(sentence, sentence.start_char + at):
                return True
        if day is None or not day.last:
            return False
        if anchor is None:
            return len(day.value) == 4
        return (anchor - date.fromisoformat(day.last)).days > 60
