"""From a match to actors and targets: what the frame needs, and where a missing party is sought.

Fillers come from the pattern's slots (`dependency`, `window`, `coreference`); a party that the
frame needs and the clause doesn't name is sought in the place of the affected ("Russian diplomats
in London"), in the sentence, then in what the article has told so far (`context`).
"""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.gatherings import Gatherings
from kg.nlp.matches import Match
from kg.nlp.missing import Missing
from kg.nlp.owners import Owners
from kg.nlp.reference import Ref, Reference
from kg.nlp.speech import Speech
from kg.nlp.speech_roles import SpeechRoles
from kg.nlp.strangers import Strangers
from kg.nlp.told import Roles, Told, pairs
from kg.nlp.wording import acted_on, by_words, is_at_home, is_between, is_of_one_side

__all__ = ["Arguments", "Roles", "Told"]


class Arguments:
    """Role assignment over one document."""

    def __init__(
        self, reference: Reference, lexicon: Lexicon, told: Told, speech: Speech | None = None
    ) -> None:
        self.reference, self.lexicon, self.told = reference, lexicon, told
        self.speech = speech
        self.syntax = reference.syntax
        self.missing = Missing(reference, lexicon, told, speech)
        self.gatherings = Gatherings(reference, lexicon)
        self.owners = Owners(reference, lexicon, self.missing)
        self.strangers = Strangers(reference, lexicon)
        self.speech_roles = SpeechRoles(reference, lexicon, told, self.missing)

    def assign(self, match: Match) -> list[Roles]:
        """Return the acts that a match tells, one a pair; none where the frame isn't satisfied."""
        guessed = frozenset(self.lexicon.cues.get("watchdog", ()))
        return [r for r in self._assigned(match) if not r.guesses(guessed)]

    def _assigned(self, match: Match) -> list[Roles]:
        frame = match.type.frame
        if match.pattern.pos == "v" and self._is_of_things(match):
            return []
        if frame == "ReciprocalAct":
            return self._reciprocal(match)
        told = match.role("target")
        if match.pattern.pos == "n" and not told:
            told = list(self.reference.premodifiers.aim(match.trigger))
        if frame == "DirectedAct" and is_at_home(match.role("actor"), told):
            return []
        actors, targets = self._split(match, match.role("actor", "party"), told)
        if told and not targets and match.type.name in self.lexicon.cues.get("heldType", ()):
            return []  # a visit at home
        actors, targets = self.owners.owned(match, actors, targets)
        if self.owners.is_anothers(match, actors):
            return []
        if frame == "SpeechAct":
            return self.speech_roles.assign(match, actors, targets)
        if frame == "UnilateralAct":
            actors = actors or self.missing.actor(match, targets)
            if "HostileEvent" in match.type.ancestors:  # a ship sails, a missile is fired: whose?
                actors = [r for r in actors if r.method != "context"]
                actors = actors or self.missing.announcing(match, targets)
            return pairs(actors, targets) if actors else []
        if frame == "SufferedAct":
            if not targets and actors:
                targets = self.missing.target(match, actors)
            if not actors and match.verbs and self.syntax.is_passive(match.trigger):
                actors = self.missing.host(match, targets)  # "its office in Oslo was told to close"
            if targets and not actors:
                actors = self.missing.announcing(match, targets)
            return pairs(actors, targets) if targets else []
        return self._directed(match, actors, targets)

    def _directed(self, match: Match, actors: list[Ref], targets: list[Ref]) -> list[Roles]:
        alike = [] if targets else self.missing.alike(match, {r.code for r in actors})
        targets = targets or alike
        if len(actors) == 2 and not targets and self._is_mutual(match):
            return [Roles((a,), (b,)) for a in actors for b in actors if a.code != b.code]
        if not actors and len(targets) == 2 and is_between(match):
            return [Roles((a,), (b,)) for a in targets for b in targets if a.code != b.code]
        if not actors and match.pattern.pos == "n" and is_of_one_side(match):
            own = self.strangers.defenders(match, targets)  # else not whoever speaks of it
            return pairs(own, targets) if own else []  # "fighting between the army and rebels"
        if not actors:
            actors = self.gatherings.bearer(match, targets) or self.missing.actor(match, targets)
        if not actors and targets:
            return pairs([], self.strangers.victims(match, targets))
        if actors and not targets and self.owners.to_its_own(match, actors):
            targets = self.missing.asker(match, actors)
            targets = targets or self.missing.above(match, {r.code for r in actors})
            targets = targets or self.missing.dismissed(match, actors)
            return pairs(actors, targets) if targets else []
        if actors and not targets and self.owners.harms_its_own(match, actors):
            return []
        if actors and not targets and self.gatherings.is_of_many(match):
            return pairs(actors, targets)
        if actors and not targets:
            targets = self.strangers.defenders(match, actors) or self.missing.target(match, actors)
        worded = by_words(match, [*actors, *targets])
        if not worded and not any(r.method == "coreference" for r in (*actors, *targets)):
            return []  # neither side is told by the act's own words
        measure = "Measure" in match.type.ancestors or self.missing.captives.undoes(
            match, self.told.acts, ((a.code, t.code) for a in actors for t in targets)
        )
        if not measure and self._is_guessed(match, actors, targets):
            return []
        if actors and not targets and "HostileEvent" in match.type.ancestors:
            return pairs(*self.missing.aimed(match, actors))
        open_ = match.type.name in self.lexicon.cues.get("openTarget", ())
        return pairs(actors, targets) if actors and (targets or open_) else []

    @staticmethod
    def _is_guessed(match: Match, actors: list[Ref], targets: list[Ref]) -> bool:
        """Tell whether only words that point back or stand by chance name who did it to whom.

        "They were killed", in a story of two states that expel envoys, tells of no act of force
        between them; a measure (a ban, an expulsion) is what such a story goes on about.
        """
        if by_words(match, [*actors, *targets]):
            return False
        if any(r.method == "context" for r in actors):
            return True
        hostile = "HostileEvent" in match.type.ancestors and match.pattern.pos == "v"
        return hostile and not any(r.method == "coreference" for r in targets)

    def _is_mutual(self, match: Match) -> bool:
        """Tell whether both did it to each other: "Peru and Chile withdrew their ambassadors"."""
        if match.type.name in self.lexicon.cues.get("releasingType", ()):
            return True  # "Peru and Chile each freed nine prisoners": the other's
        if not any(s.role == "target" or s.cls for s in match.pattern.slots()):
            return True  # "exchanged expulsions"
        if "Measure" in match.type.ancestors and self._is_each(match.trigger):
            return True  # "Peru and Chile *each* expelled six envoys"
        beside = any(o.preposition == "with" for o in self.syntax.obliques(match.trigger))
        shared = (p for p in match.pattern.phrases if "with" in p.prepositions)
        if not beside and any(p.slot.role == "target" for p in shared):
            return True  # "traded fire", "cut all ties": with each other
        for fill in match.fills:
            if fill.slot.cls and fill.slot.role == "actor":
                return True  # "the ambassadors of Peru and Chile returned"
            possessor = self.syntax.possessor(fill.token)
            if fill.slot.cls and possessor is not None and possessor.lower_ == "their":
                return True
        return False

    @staticmethod
    def _is_each(verb: Token) -> bool:
        """Tell whether each of several does it: "they *each* expelled", "expelled six envoys *each*"."""
        around = verb.doc[max(verb.i - 2, verb.sent.start) : min(verb.i + 6, verb.sent.end)]
        return any(t.lower_ in {"each", "apiece"} for t in around)

    def _split(
        self, match: Match, actors: list[Ref], targets: list[Ref]
    ) -> tuple[list[Ref], list[Ref]]:
        """Take a party that stands on both sides off the side where it was found less surely."""
        shared = {r.code for r in actors} & {r.code for r in targets}
        if not shared or (
            len(shared) > 1 and shared == {r.code for r in actors} == {r.code for r in targets}
        ):
            return actors, targets
        rank = {"dependency": 0, "coreference": 1, "window": 2, "context": 3, "default": 4}
        for code in sorted(shared):
            actor = next(r for r in actors if r.code == code)
            target = next(r for r in targets if r.code == code)
            if (actor.method == "coreference" and target.method != "window") and acted_on(
                match, code
            ):  # "it asked him to leave": not the side whose envoy he is
                actors = [r for r in actors if r.code != code]
                continue
            # "the expulsion of diplomats from Ghana by Togo": whose they are, beside another actor
            doubled = len(actors) > 1 and len(targets) == 1
            # "it closed the Polish consulate in Oryol": where the actor did it, at home
            placed = actor.method == "coreference" and self._is_place(target)
            if (rank[actor.method] <= rank[target.method] or placed) and not doubled:
                targets = [r for r in targets if r.code != code]
            else:
                actors = [r for r in actors if r.code != code]
        return actors, targets

    def _is_place(self, ref: Ref) -> bool:
        mention = self.reference.at.get(ref.start)
        return mention is not None and self.missing.placed(mention)

    def _reciprocal(self, match: Match) -> list[Roles]:
        if match.is_mediated() and self.gatherings.is_one_sided(match):
            return []
        parties = {r.code: r for r in self.gatherings.apart(match)}
        if len(parties) < 2:
            for ref in self._beside(match):
                parties.setdefault(ref.code, ref)
        if len(parties) < 2:
            parties |= {r.code: r for r in self._sides(match, set(parties))}
        if not parties and match.pattern.pos == "n":
            parties = {r.code: r for r in self.gatherings.host(match)}
        if len(parties) == 1 and match.pattern.pos == "n":
            more = self.gatherings.going_to(match, set(parties)) or self._told_by_one(match)
            parties |= {r.code: r for r in more}
        if not parties and match.pattern.pos == "n":
            return [Roles((r,), ()) for r in self.gatherings.members(match)]
        among = len(parties) > 1 or self.gatherings.among_themselves(match, list(parties.values()))
        if not among and not (parties and self.gatherings.stands_alone(match)):
            return []
        return [Roles(tuple(parties.values()), ())] if parties else []

    def _told_by_one(self, match: Match) -> list[Ref]:
        """Return who tells of talks with another: "the talks with Peru failed, the ministry said"."""
        beside = any(o.preposition == "with" for o in self.syntax.obliques(match.trigger))
        if not beside:
            return []
        attending = self._attending(match.trigger)
        speaker = self.missing.speaking(match) if not attending else None
        return [speaker] if speaker is not None else attending

    def _attending(self, noun: Token) -> list[Ref]:
        """Return whose clause tells when it was: "*Peru's envoy* said after talks with Chile"."""
        verb = self.syntax.clause_head(noun)
        if verb.lower_ == "following" and self.syntax.is_verbal(verb.head):
            verb = verb.head  # taken for a verb
        elif self.syntax.role_of(noun) != "oblique":
            return []
        if verb == noun or self.syntax.is_passive(verb):
            return []
        doer = self.syntax.subject(verb)
        return list(self.reference.of_all(doer)) if doer is not None else []

    def _is_of_things(self, match: Match) -> bool:
        """Tell "met the demands", "threatens lives" from "met the king", "threatened to strike".

        And "is expected to speak" from "is expected in Chad".
        """
        verb = match.trigger
        if verb.lemma_.lower() == "expect" and match.pattern.complement is None:
            return any(self.syntax.infinitive(c) for c in self.syntax.complements(verb))
        if match.type.name in self.lexicon.cues.get("placeType", ()):  # "visited him in jail"
            seen = [f.token for f in match.fills if f.position == "object" and not f.slot.cls]
            return any(t.i in self.reference.persons for t in seen)
        if match.pattern.object is not None or match.pattern.words:
            return False
        bare = verb.lemma_.lower() in self.lexicon.cues.get("bareVerb", ())
        return bare and any(
            o.i > verb.i
            and o.pos_ == "NOUN"
            and not (self.reference.is_class(o, "visitor") and self.reference.of_all(o))
            for o in self.syntax.objects(verb)
        )

    def _sides(self, match: Match, known: set[str]) -> list[Ref]:
        """Return both sides where a phrase points to them, or whom a lone mediator stands between."""
        mediated = match.is_mediated()
        if not mediated and match.pattern.before and any(self.lexicon.is_body(c) for c in known):
            return []  # "OPEC's ministers meet": among themselves
        if mediated:
            if match.pattern.pos != "v" or match.role("target"):
                return []
            act = next((a for a in reversed(self.told.acts) if a[1] and not known & {*a[1:]}), None)
            return [self.missing.from_context(c, match) for c in (act or ())[1:]] if known else []
        trigger = match.trigger
        tokens = [f.token for f in match.fills if f.slot.role == "party"]
        if match.pattern.pos == "n":
            holder = self.syntax.holder(trigger) if self.missing.force.supported(trigger) else None
            tokens += [
                o.noun
                for o in self.syntax.obliques(trigger)
                if o.preposition in {"between", "among", "of"}
            ]
        else:
            holder = self.syntax.doer_or_patient(trigger)
        for token in [*tokens, *([holder] if holder is not None else [])]:
            found = self.reference.pair(token)
            if len(found) > 1 and known <= {r.code for r in found}:
                return list(found)
        return []

    def _beside(self, match: Match) -> list[Ref]:
        """Return who takes part by syntax: the clause's subject, and `with` or `between` phrases."""
        found: list[Ref] = []
        trigger = match.trigger
        if match.pattern.pos == "n":
            holder = self.syntax.holder(trigger) if self.missing.force.supported(trigger) else None
        else:
            holder = self.syntax.doer_or_patient(trigger)
        verb = self.syntax.clause_head(trigger)
        if holder is not None:
            found.extend(self.reference.of_all(holder))
            found.extend(self._within(holder, trigger))
        for host in dict.fromkeys([trigger, verb]):
            for oblique in self.syntax.obliques(host):
                if oblique.preposition in {"with", "between", "among"}:
                    found.extend(self.reference.of_all(oblique.noun))
        return found

    def _within(self, head: Token, trigger: Token) -> list[Ref]:
        """Return the parties named inside a phrase: coordination that the parser took for a title."""
        first, last = head.left_edge.i, head.right_edge.i
        if first <= trigger.i <= last:
            last = trigger.i
        found: list[Ref] = []
        for mention in self.reference.mentions:
            if (
                first <= mention.start <= last
                and mention.government
                and not self.missing.placed(mention)
            ):
                found.extend(Ref(c, mention.start, mention.end, "window") for c in mention.codes)
        for i, person in sorted(self.reference.persons.items()):
            if first <= i <= last and i == person.start:
                record = self.reference.person_record(person)
                found.extend(
                    Ref(c, person.start, person.end, "window", record) for c in person.codes
                )
        return found
