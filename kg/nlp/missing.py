"""Where a party that the act's own clause doesn't name is sought: host, sentence, what was told."""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Method
from kg.nlp.actors import Mention
from kg.nlp.answered import Answered
from kg.nlp.captives import Captives
from kg.nlp.force import PLACE_WORDS, Force
from kg.nlp.lists import run_before
from kg.nlp.matches import Match
from kg.nlp.reference import Ref, Reference
from kg.nlp.speech import Speech
from kg.nlp.told import Told

_BESIDE = frozenset({"alongside", "beside", "like", "unlike"})
_HOST = frozenset({"in", "from", "at", "out", "out_of"})


class Missing:
    """Missing parties over one document."""

    def __init__(
        self, reference: Reference, lexicon: Lexicon, told: Told, speech: Speech | None
    ) -> None:
        self.reference, self.lexicon, self.told = reference, lexicon, told
        self.speech = speech
        self.syntax = reference.syntax
        self._answers = frozenset(
            {*lexicon.cues.get("answeringVerb", ()), *lexicon.cues.get("blamingVerb", ())}
        )
        self.force = Force(reference, lexicon)
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
        if match.pattern.pos == "n" and self.force.supported(verb):
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
            self._posted(match, codes)
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
            if not code and affected:  # "expelled our man": of the side that the article deals with
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

    def _posted(self, match: Match, taken: set[str]) -> list[Ref]:
        """Return where the envoy is posted whom a pronoun means: "its man in Chad … recalled him"."""
        for fill in match.fills:
            left = not taken.isdisjoint(r.code for r in fill.refs)  # "from its embassy in Lima"
            own = (
                fill.slot.role == "target"
                and left
                and self.reference.is_class(fill.token, "mission")
            )
            if not own and (fill.slot.role or not fill.slot.cls):
                continue
            noun = self.reference.stands_for(fill.token, fill.slot.cls) or fill.token
            if noun == fill.token and not own and not self.reference.is_class(noun, "envoy"):
                continue
            for oblique in self.syntax.obliques(noun):
                if oblique.preposition in {"to", "in", "from", "at"}:
                    place = self.reference.at.get(oblique.noun.i)
                    if place is not None and place.place not in {"", *taken}:
                        return [Ref(place.place, place.start, place.end, "dependency")]
                    found = self.reference.pointed(oblique.noun)
                    if found and found[0].code not in taken:
                        return list(found[:1])
        return []

    def host(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """Return the state where the affected are: "Russian diplomats in London", "from Poland"."""
        codes = {r.code for r in targets}
        for verb in match.verbs or [match.trigger]:  # "must leave the Netherlands"
            for token in self.syntax.objects(verb) if match.verbs else ():
                mention = self.reference.at.get(token.i)
                if mention is not None and mention.place and mention.place not in codes:
                    return [Ref(mention.place, mention.start, mention.end, "dependency")]
        affected = [c for t in self._affected(match) for c in self.syntax.conjuncts(t)]
        for token in [match.trigger, *match.verbs, *affected]:
            for oblique in self.syntax.obliques(token):
                posted = oblique.preposition == "to" and self.reference.is_class(token, "envoy")
                if oblique.preposition in _HOST or posted:
                    mention = self.reference.at.get(oblique.noun.i)
                    if mention is not None and mention.place and mention.place not in codes:
                        measure = "Measure" in match.type.ancestors
                        method: Method = "dependency" if measure else "context"
                        return [Ref(mention.place, mention.start, mention.end, method)]
                    pointing = self.reference.pointers.of(oblique.noun)
                    for ref in pointing or ():
                        if ref.code not in codes:
                            return [ref]
        return self._host_by_window(match, codes)

    def _affected(self, match: Match) -> list[Token]:
        """Return the affected, and of what they are a number: "ten of our *diplomats* in Chad"."""
        numbers = [t for t in match.affected() if t.pos_ == "NUM"]
        wholes = [o.noun for t in numbers for o in self.syntax.obliques(t) if o.preposition == "of"]
        return [*match.affected(), *wholes]

    def _host_by_window(self, match: Match, codes: set[str]) -> list[Ref]:
        """Find the place in the affected phrase or behind `from`, where the parse doesn't tell."""
        for token in match.affected():  # "staff who have been in Moscow for three years"
            for mention in self.reference.mentions:
                inside = token.i < mention.start <= token.right_edge.i
                if inside and mention.place and mention.place not in codes and self.placed(mention):
                    return [Ref(mention.place, mention.start, mention.end, "context")]
        doc, trigger = self.reference.doc, match.trigger
        for i in range(trigger.i + 1, min(trigger.sent.end - 1, trigger.i + 5)):
            if doc[i].lower_ == "from":
                place = self.reference.at.get(i + 1) or self.reference.at.get(
                    min(i + 2, len(doc) - 1)
                )
                if place is not None and place.place and place.place not in codes:
                    return [Ref(place.place, place.start, place.end, "window")]
        return []

    def _left_of(self, match: Match, taken: set[str]) -> list[Ref]:
        sentence = match.trigger.sent
        before = [
            m
            for m in self.reference.mentions
            if sentence.start <= m.start < match.trigger.i and m.government and not self.placed(m)
        ]
        doc, mentions = self.reference.doc, self.reference.mentions
        if before and before[0].start == sentence.start and self._resumes(match.trigger, before[0]):
            before.append(before[0])  # "Togo, one of the last to do so, gave in"
        for mention in reversed(before):
            if self.force.judges(mention.start, match):
                return []
            if not set(mention.codes) & taken:
                run = run_before(doc, mentions, mention)
                return [Ref(c, m.start, m.end, "window") for m in run for c in m.codes]
        return []

    def _resumes(self, verb: Token, first: Mention) -> bool:
        """Tell whether the verb goes on behind what stands between commas after the first name."""
        doc = self.reference.doc
        helped = [verb, *self.syntax.auxiliaries(verb)]
        before = doc[min(t.i for t in helped) - 1]
        return doc[first.end].text == "," and before.text == "," and before.i > first.end

    def others(self, match: Match, taken: set[str]) -> list[Ref]:
        """Return other parties of the sentence, places left out, nearest to the trigger first."""
        sentence = match.trigger.sent
        found: list[Ref] = []
        mentions = [m for m in self.reference.mentions if sentence.start <= m.start < sentence.end]
        for mention in sorted(mentions, key=lambda m: (abs(m.start - match.trigger.i), m.start)):
            if self.syntax.excepted(self.reference.doc[mention.start : mention.end].root):
                continue
            if mention.codes and not self.placed(mention) and mention.kind != "combining":
                found.extend(
                    Ref(c, mention.start, mention.end, "window")
                    for c in mention.codes
                    if c not in taken
                )
        for i, person in sorted(self.reference.persons.items()):
            if sentence.start <= i < sentence.end and i == person.start:
                found.extend(
                    Ref(c, person.start, person.end, "window", self.reference.person_record(person))
                    for c in person.codes
                    if c not in taken
                )
        return found

    def below(self, match: Match, taken: set[str]) -> list[Ref]:
        """Return other parties named behind the act in what hangs on it, nearest first.

        Whoever is named in another clause of the sentence, or in one that the act's clause only
        belongs to, has no part in the act: "Peru aided rebels, and Chile closed its port".
        """
        doc = self.reference.doc
        return [
            r
            for r in self.others(match, taken)
            if r.start > match.trigger.i and self._hangs_on(doc[r.start : r.end].root, match)
        ]

    def _hangs_on(self, word: Token, match: Match) -> bool:
        """Tell whether a word belongs to the act's clause, or to one that completes it."""
        tokens = {match.trigger, *match.verbs, *match.affected()}
        says = match.type.frame == "SpeechAct"  # "warned of more if Peru …": said to Peru
        clauses, below = 0, word
        for above in self.syntax.governors(word):
            if says and self.reference.suffered(below, above):
                return False  # "condemned the arrest of *Chadians*"
            below = above
            if above in tokens:
                return True
            role = self.syntax.role_of(above)
            clauses += role == "adnominal"
            if clauses > 1 and not says:  # "envoys named in a report accused of ties with Peru"
                return False
            if role == "conjunct" and self.syntax.is_verbal(above):
                return False
            if role == "adverbial" and not says and self.syntax.own_subject(above) is not None:
                return False
        return False

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

    @staticmethod
    def from_context(code: str, match: Match, method: Method = "context") -> Ref:
        return Ref(code, match.trigger.i, match.trigger.i + 1, method)

    def placed(self, mention: Mention) -> bool:
        """Tell whether the mention stands as a place: "in Vienna", "at Geneva"."""
        head: Token = self.reference.doc[mention.end - 1]
        if mention.start > 0:
            before = self.reference.doc[mention.start - 1]
            if before.lower_ == "the" and mention.start > 1:
                before = self.reference.doc[mention.start - 2]
            if before.lower_ in PLACE_WORDS | _BESIDE:
                return True
        return mention.kind == "city" or any(c.lower_ in PLACE_WORDS for c in head.lefts)

    def is_body(self, code: str) -> bool:
        actor = self.lexicon.actors.get(code)
        return actor is not None and actor.kind == "Organisation"
