"""Where a party that the act's own clause doesn't name is sought: host, sentence, what was told."""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.answered import Answered
from kg.nlp.captives import Captives
from kg.nlp.hosts import Hosts
from kg.nlp.matches import Match
from kg.nlp.reference import Ref, Reference
from kg.nlp.speech import Speech
from kg.nlp.told import Told


class Missing(Hosts):
    """Missing parties over one document."""

    def __init__(
        self, reference: Reference, lexicon: Lexicon, told: Told, speech: Speech | None
    ) -> None:
        super().__init__(reference, lexicon)
        self.told, self.speech = told, speech
        self._answers = frozenset(
            {*lexicon.cues.get("answeringVerb", ()), *lexicon.cues.get("blamingVerb", ())}
        )
        self.captives = Captives(reference, lexicon)
        self.answered = Answered(reference, lexicon)

    def actor(self, match: Match, targets: list[Ref]) -> list[Ref]:
        codes = {r.code for r in targets}
        verb = match.trigger
        passive = match.pattern.pos == "v" and self.syntax.is_passive(verb)
        if any(self._is_anyone(f.token) for f in match.fills if f.slot.role == "actor"):
            return []  # "asked *countries* to expel them"
        if match.pattern.pos == "v" and self.syntax.told_of_object(verb):
            doer = self.syntax.subject(verb)
            if doer is not None and self.reference.is_private(doer):
                return []  # "sanctioned banks in Peru for helping Chile": the banks did, no state
        blamed = self.force.blamed(match) or self.captives.captor(match)
        if blamed or self.force.is_unowned(match, passive=passive):
            return blamed  # not the place, nor who tells of it, nor whoever was named before
        host = self.host(match, targets)
        if host:
            return host
        if match.pattern.pos == "n" and (self.force.supported(verb) or self._is_undone(verb)):
            holder = self.syntax.holder(verb)
            lent = (
                [r for r in self.reference.of_all(holder) if r.code not in codes]
                if holder is not None
                else []
            )
            if lent:
                return lent
        inside = self.force.doer_in(match)
        if inside:
            return [r for r in inside if r.code not in codes]
        if not passive and not self._is_bare_object(match):
            found = self._left_of(match, codes)
            if found:
                return found
        speaker = self.speaking(match)
        if speaker is not None and speaker.code not in codes and match.pattern.pos == "v":
            return [speaker]
        told = self._told_against(match, targets)
        guessing = passive and not self.force.is_aimed(match)
        return told or (self._other_side(match, codes) if guessing else [])

    def _is_anyone(self, noun: Token) -> bool:
        """Tell whether the noun means states at large: "countries around the world"."""
        pointing = any(c.lower_ in {"the", "these", "those", "both", "two"} for c in noun.lefts)
        many = noun.tag_ == "NNS" and not pointing and not self.reference.of_all(noun)
        return many and self.reference.is_cue(noun, "stateNoun")

    def _told_against(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """Return who did the like to a target before."""
        codes = {r.code for r in targets}
        alike = self.force.is_aimed(match)
        for family in (match.type.family, *self.captives.families(match)):
            for target in targets:
                code = self.told.actor_against(family, target.code, alike=alike)
                if code and code not in codes:
                    return [self.from_context(code, match)]
        return []

    def _is_bare_object(self, match: Match) -> bool:
        """Tell whether the noun is the object of a verb that doesn't do it: "faces sanctions"."""
        noun = match.trigger
        return (
            match.pattern.pos == "n"
            and noun.dep_ in self.syntax.profile.object
            and self.syntax.is_verbal(noun.head)
            and not self.force.supported(noun)
        )

    def above(self, match: Match, codes: set[str]) -> list[Ref]:
        """Return the subject above whose envoy *its* means: "Chad rejected Mali's order to *its* man"."""
        for verb in self.syntax.governors(self.syntax.clause_head(match.trigger)):
            subject = self.syntax.own_subject(verb)
            found = self.reference.of(subject) if subject is not None else ()
            if found and found[0].code not in codes and verb.lemma_.lower() in self._answers:
                return [Ref(found[0].code, found[0].start, found[0].end, "coreference")]
        return []

    def asker(self, match: Match, actors: list[Ref]) -> list[Ref]:
        """Return who wants a measure undone: "*Chad* will not talk until Mali lifts its sanctions"."""
        undoing = match.type.name in self.lexicon.cues.get("undoingType", ())
        if not undoing and not (match.pattern.pos == "n" and self._is_undone(match.trigger)):
            return []
        codes = {r.code for r in actors}
        for above in self.syntax.governors(self.syntax.clause_head(match.trigger)):
            party = self.syntax.own_subject(above) or self.syntax.possessor(above)
            found = self.reference.of_all(party) if party is not None else ()
            if found:
                wants = [r for r in found if r.code not in codes]
                return [Ref(r.code, r.start, r.end, "context") for r in wants]
        return []

    def _is_undone(self, noun: Token) -> bool:
        """Tell whether a measure is the object of a verb that ends it: whoever lifts it imposed it."""
        lifted = noun.dep_ in self.syntax.profile.object
        return lifted and noun.head.lemma_.lower() in self.lexicon.cues.get("undoingVerb", ())

    def dismissed(self, match: Match, actors: list[Ref]) -> list[Ref]:
        """Return whose staff *its* means: "broke with *Chad* and gave its envoys a day to leave"."""
        if match.type.name in self.lexicon.cues.get("ownerType", ()):
            return []  # own envoys are what is recalled
        sentence = match.trigger.sent.start
        codes = [self.told.aim_beside(a.code, sentence) for a in actors]
        return [self.from_context(c, match) for c in codes if c][:1]

    def announcing(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """Return who announces what will be done: "Peru declared that the staff will be cut"."""
        codes = {r.code for r in targets}
        if match.pattern.pos == "n":
            holder = (
                self.syntax.holder(match.trigger) if self.force.supported(match.trigger) else None
            )
            found = self.reference.of_all(holder) if holder is not None else ()
            return [r for r in found if r.code not in codes]
        will = any(t.tag_ == "MD" for t in self.syntax.auxiliaries(match.trigger))
        ahead = will or self.syntax.infinitive(match.trigger)  # "will close", "is to close"
        speaker = self.speaking(match) if ahead else None
        return [speaker] if speaker is not None and speaker.code not in codes else []

    def speaking(self, match: Match) -> Ref | None:
        """Return the side of who tells it: "the envoys must go, the Foreign Office said"."""
        saying = self.speech.saying_of(match.trigger) if self.speech is not None else None
        refs = self.reference.of(saying.speaker) if saying is not None else ()
        return Ref(refs[0].code, refs[0].start, refs[0].end, "context") if refs else None

    def target(self, match: Match, actors: list[Ref]) -> list[Ref]:
        codes = {r.code for r in actors}
        posted = (
            self.asker(match, actors)
            or self._posted(match, codes)
            or self.captives.catcher(match, codes)
            or self.captives.counterpart(match, codes)
        )
        if not posted and "Measure" in match.type.ancestors:
            posted = self.answered.by(match, codes, self.told.last_actor())
        if posted:
            return posted
        affected = any(
            any(self.reference.is_class(t, c) for c in ("envoy", "staff", "mission"))
            or t.i in self.reference.persons
            for t in self._affected(match)
        )
        whose = self.force.on_whom(match)
        after = [r for r in self.below(match, codes) if whose is None or self.force.is_of(r, whose)]
        if not after and affected:  # whose they are is told beside: "ordered her out, and Rome …"
            phrase = {t.i for a in match.affected() for t in a.subtree}
            after = [
                r
                for r in self.others(match, codes)
                if r.start > match.trigger.i and r.start not in phrase
            ]
        if after:
            return after[:1]
        if "Measure" not in match.type.ancestors and not affected:
            return []
        for actor in actors:
            code = self.told.target_of(match.type.family, actor.code)
            if not code:  # "expelled our man": of the side that the article deals with
                code = self.told.counterpart(actor.code)
            if code and code not in codes:
                return [self.from_context(code, match)]
        return []

    def alike(self, match: Match, codes: set[str]) -> list[Ref]:
        """Return to whom another did the same before: "Chad and Mali had also recalled their envoys"."""
        start, backed = self.told.backed
        backing = match.type.name in self.lexicon.cues.get("backingType", ())
        if backing and start == match.trigger.sent.start and backed not in codes:
            return [self.from_context(backed, match)]  # "sent Chad rice, and Mali gave two planes"
        if not any(self.reference.is_cue(t, "likewiseCue") for t in match.trigger.children):
            return []
        for kind, actor, target in reversed(self.told.acts):
            if kind == match.type.family and actor not in codes and target not in codes:
                return [self.from_context(target, match)] if target else []
        return []

    def aimed(self, match: Match, actors: list[Ref]) -> tuple[list[Ref], list[Ref]]:
        """Return both sides of an act of force whose words name no target; none for acts at home."""
        targets = self.force.victim(match, actors, self.speaking(match))
        if not targets and self.force.is_at_home(match, actors):
            return [], []
        return actors, targets

    def _other_side(self, match: Match, taken: set[str]) -> list[Ref]:
        """A passive without agent: the other party of the article's dealings with the target."""
        for code in sorted(taken):
            other = self.told.counterpart(code)
            if other and other not in taken:
                return [self.from_context(other, match)]
        speaker = match.trigger.sent
        earlier = [
            m
            for m in self.reference.mentions
            if m.end <= speaker.start and m.government and m.codes
        ]
        for mention in reversed(earlier[-6:]):
            if not set(mention.codes) & taken:
                return [Ref(mention.codes[0], mention.start, mention.end, "context")]
        return []
