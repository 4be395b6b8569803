"""At whom a speech act is aimed, and whose it is: what is judged, who blamed before, who is beside."""

from kg.lexicon import Lexicon
from kg.nlp.matches import Match
from kg.nlp.missing import Missing
from kg.nlp.reference import Ref, Reference
from kg.nlp.syntax import NOMINAL
from kg.nlp.told import Roles, Told, pairs

_POINTING = frozenset({"it", "this", "that", "which", "them"})


class SpeechRoles:
    """Roles of speech acts over one document."""

    def __init__(
        self, reference: Reference, lexicon: Lexicon, told: Told, missing: Missing
    ) -> None:
        self.reference, self.lexicon, self.told = reference, lexicon, told
        self.missing, self.syntax = missing, reference.syntax
        types = lexicon.types.values()
        self._spoken = frozenset(t.family for t in types if t.frame == "SpeechAct")

    def assign(self, match: Match, actors: list[Ref], targets: list[Ref]) -> list[Roles]:
        """Return the acts that a match tells, one a pair; none where nobody is told who speaks."""
        actors = actors or self._speaking(match, targets)
        if not actors or self._is_at_home(match, {r.code for r in actors}):
            return []
        if match.pattern.pos == "n" and not any(r.method != "context" for r in actors):
            return []  # "take the allegations seriously": whose they are is not told here
        if match.type.name in self.lexicon.cues.get("answersAccuser", ()):
            return self._denied(match, actors, targets)
        if not targets and len(actors) > 1 and self._is_mutual(match):
            return pairs(actors, actors)
        if not targets and self._is_of_itself(match):
            return []
        actors = self._beyond(match, actors, targets)
        targets = self._aimed_at(match, actors, targets)
        if not actors or (not targets and self._needs_other_side(match, actors)):
            return []
        return pairs(actors, targets)

    def _is_mutual(self, match: Match) -> bool:
        """Tell whether its words ask for no other side: "Chad and Mali traded accusations"."""
        aimed = match.type.name in self.lexicon.cues.get("aimedType", ())
        return aimed and not any(s.role == "target" for s in match.pattern.slots())

    def _denied(self, match: Match, actors: list[Ref], targets: list[Ref]) -> list[Roles]:
        """Return who denies what whom said; nothing where *it* is no accusation told before."""
        targets = targets or self._accuser(match, actors)
        said = next((f.token for f in match.fills if f.slot.cls == "saidWord"), None)
        if said is not None and said.lower_ in _POINTING and not targets:
            return []
        topic = next((f.token for f in match.fills if f.slot.role == "topic"), None)
        told = match.pattern.complement
        if topic is not None and told is not None and told.subject is not None:
            codes = {r.code for r in actors}
            others = self.reference.of_all(topic)
            if others and not codes & {r.code for r in others}:
                return []  # "says that Chad had nothing to do with it": speaks for another
        return pairs(actors, targets)

    def _speaking(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """Return who speaks where the act's own words don't say: a noun's verb, who tells of it."""
        if match.pattern.pos == "n":
            holder = self.syntax.holder(match.trigger)
            if holder is not None and self.missing.force.supported(match.trigger):
                codes = {r.code for r in targets}
                held = [r for r in self.reference.of_all(holder) if r.code not in codes]
                if held:
                    return held
        passive = match.pattern.pos == "v" and self.syntax.is_passive(match.trigger)
        if passive and any(
            f.slot.role == "actor" and f.token.pos_ in NOMINAL - {"PRON"} for f in match.fills
        ):
            return []  # "suspected by the West of spying, a newspaper said": not by the newspaper
        if passive or not any(s.role == "actor" for s in match.pattern.slots()):
            speaker = self.missing.speaking(match)  # "an answer will follow, the ministry said"
            return [speaker] if speaker is not None else []
        return []

    def _aimed_at(self, match: Match, actors: list[Ref], targets: list[Ref]) -> list[Ref]:
        """Return at whom it is aimed: as told, else by what is judged, the clause below, the story."""
        targets = targets or self._judged(match, actors) or self._opposed(match)
        targets = self._doers(match, targets) or self._answering(match, actors)
        own = {r.code for r in actors}
        targets = targets or self._did_it(match, own)
        if not targets and not self._is_told_others(match, own) and not self._is_of_violence(match):
            targets = self.missing.below(match, own)[:1]
        answers = match.type.name in self.lexicon.cues.get("answersCounterpart", ())
        if targets or not answers or self._is_of_others(match):
            return targets
        for actor in actors:
            code = self.told.beside(actor.code, match.trigger.sent.start)
            code = code or self.told.counterpart(actor.code)
            if code:
                others = self.told.together(self._spoken, code, actor.code)
                return [self.missing.from_context(c, match) for c in others]
        return []

    def _is_of_violence(self, match: Match) -> bool:
        """Tell whether what is judged is an act of force: whoever is named behind it suffered it."""
        return match.type.name in self.lexicon.cues.get("answersCounterpart", ()) and any(
            f.slot.role == "topic" and self.reference.is_cue(f.token, "violentNoun")
            for f in match.fills
        )

    def _opposed(self, match: Match) -> list[Ref]:
        """Return whom a prefix names: "held an anti-*Chilean* rally"."""
        nouns = (match.trigger, *self.syntax.objects(match.trigger))
        return [r for t in nouns for r in self.reference.against(t)]

    def _is_told_others(self, match: Match, own: set[str]) -> bool:
        """Tell whether it is said to somebody who is no party: "called on the rebels to leave Chad".

        "Urged its *allies*", "called on every *nation*": to others, though not named.
        """
        if any(f.slot.cls == "addressee" and {r.code for r in f.refs} <= own for f in match.fills):
            return True
        called = [f.token for f in match.fills if f.slot.role == "topic"]
        if any(t.tag_ == "NNS" and self.reference.is_class(t, "addressee") for t in called):
            return True  # "called for Arab *countries* to join hands"
        told = [
            f.token
            for f in match.fills
            if f.slot.role == "target" and not f.refs and not f.slot.cls
        ]
        heard = [*self.syntax.objects(match.trigger)]
        heard += [o.noun for o in self.syntax.obliques(match.trigger)]
        return any(t in heard and t.tag_ in {"NNS", "NNPS"} for t in told)

    def _beyond(self, match: Match, actors: list[Ref], targets: list[Ref]) -> list[Ref]:
        """Return who speaks where a pronoun was taken for the very states at which it is aimed.

        "Troops from Chad and Niger, which they accuse of looting": whoever tells it accuses them.
        """
        same = {r.code for r in actors} == {r.code for r in targets}
        if not same or len(targets) < 2 or any(r.method != "coreference" for r in actors):
            return actors
        speaker = self.missing.speaking(match)
        return [speaker] if speaker is not None else []

    def _judged(self, match: Match, actors: list[Ref]) -> list[Ref]:
        """Return whose the thing is that is called something: "called the *Omani* step hasty"."""
        known = {r.code for r in actors}
        topics = [f.token for f in match.fills if f.slot.role == "topic"]
        if match.pattern.object is None or match.pattern.object.role != "topic":
            return []
        return [r for t in topics for r in self.reference.owner(t) if r.code not in known]

    def _is_of_others(self, match: Match) -> bool:
        """Tell whether it is aimed at somebody told who is no party: "a complaint against the mayor"."""
        owners = (self.syntax.possessor(f.token) for f in match.fills if f.slot.role == "topic")
        if any(o is not None and o.pos_ == "PROPN" for o in owners):
            return True  # "called Cruz's statement hasty"
        slots = [p for p in match.pattern.phrases if p.slot.role == "target"]
        for phrase in slots:
            for host in (match.trigger, *self.syntax.objects(match.trigger)):
                for oblique in self.syntax.obliques(host):
                    noun = oblique.noun
                    told = noun.pos_ == "PROPN" or self.reference.is_class(noun, "captive")
                    if oblique.preposition in phrase.prepositions and told:
                        return True
        return False

    def _needs_other_side(self, match: Match, actors: list[Ref]) -> bool:
        """Tell whether it is no diplomacy without one: a state that condemns a crime at home."""
        cues = self.lexicon.cues
        if match.type.name in cues.get("aimedType", ()):
            return True
        if match.type.name not in cues.get("reproachType", ()):
            return False
        addressed = any(f.slot.role == "target" for f in match.fills)
        if addressed and match.type.name in cues.get("demandingType", ()):
            return False  # "called on the president to free them": whose he is, others may tell
        codes = {r.code for r in actors}
        if len(codes) > 1 or any(self.lexicon.is_body(c) for c in codes):
            return False
        sentence = match.trigger.sent
        return not any(
            sentence.start <= m.start < sentence.end and ({*m.codes, m.place} - codes - {""})
            for m in self.reference.mentions
        )

    @staticmethod
    def _is_of_itself(match: Match) -> bool:
        """Tell whether a side tells what it does itself: "says *it* arms", "that *Chad* arms"."""
        told = match.pattern.complement
        return any(
            told is not None
            and f.slot is told.subject
            and bool(f.refs)
            and f.token.i > match.trigger.i
            and (f.token.pos_ == "PRON" or f.refs[0].method == "dependency")
            for f in match.fills
        )

    def _answering(self, match: Match, actors: list[Ref]) -> list[Ref]:
        """Return who rejects or denies what is said: "Peru's demand was rejected by Chile"."""
        noun, profile = match.trigger, self.syntax.profile
        verb = noun.head
        if match.pattern.pos != "n" or noun.dep_ not in profile.passive_subject | profile.object:
            return []
        answers = self.lexicon.cues.get("answeringType", ())
        entries = self.lexicon.by_head.get(verb.lemma_.lower(), ())
        passive = noun.dep_ in profile.passive_subject
        answerer = self.syntax.agent(verb) if passive else self.syntax.subject(verb)
        if answerer is None or not any(t.name in answers for t, _, _ in entries):
            return []
        own = {r.code for r in actors}
        return [r for r in self.reference.of_all(answerer) if r.code not in own]

    def _is_at_home(self, match: Match, own: set[str]) -> bool:
        """Tell whether a side speaks to its own people: "urged the nation", "warned its citizens"."""
        if match.type.name not in self.lexicon.cues.get("addressedType", ()):
            return False
        for fill in match.fills:
            if fill.slot.role != "target" or fill.slot.cls or fill.method != "dependency":
                continue
            if self.reference.is_cue(fill.token, "ownOther") or fill.token.pos_ == "PRON":
                return False
            if fill.refs and all(r.method != "context" for r in fill.refs):
                return {r.code for r in fill.refs} <= own
            return self.reference.is_cue(fill.token, "ownPublic")
        return False

    def _accuser(self, match: Match, actors: list[Ref]) -> list[Ref]:
        """Return who last said it of the denier, where what is denied is what somebody said."""
        objects = [
            *self.syntax.objects(match.trigger),
            *(f.token for f in match.fills if f.slot.role == "target"),
        ]
        said = any(
            self.reference.is_cue(o, "saidNoun") or o.lower_ in _POINTING
            for o in objects
            if o.i != match.trigger.i
        )
        if not said:
            return []
        blaming = {
            self.lexicon.types[n].family
            for n in self.lexicon.cues.get("accusingType", ())
            if n in self.lexicon.types
        }
        codes = {r.code for r in actors}
        for kind, speaker, other in reversed(self.told.acts):
            if kind in blaming and other in codes and speaker and speaker not in codes:
                return [self.missing.from_context(speaker, match)]
        return []

    def _did_it(self, match: Match, taken: set[str]) -> list[Ref]:
        """ "Condemned the killing of two Chadians" is meant for who was told to have killed Chadians."""
        for fill in match.fills:
            if fill.slot.cls or fill.slot.role not in {"target", "topic"}:
                continue
            for oblique in self.syntax.obliques(fill.token):
                victims = (
                    self.reference.of_all(oblique.noun)
                    if self.reference.suffered(oblique.noun, fill.token)
                    else ()
                )
                for victim in victims:
                    doer = self.told.actor_against("", victim.code)
                    if doer and doer not in {victim.code, *taken}:
                        return [self.missing.from_context(doer, match)]
        return []

    def _doers(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """ "Condemned the expulsion of the Polish diplomats" is meant for who expelled them."""
        token = next(
            (f.token for f in match.fills if f.slot.role == "target" and not f.slot.cls), None
        )
        if (
            token is None
            or not targets
            or token.pos_ != "NOUN"
            or self.reference.named_owner(token)
        ):
            return targets
        acts = {
            h[0]
            for entries in (self.lexicon.by_head.get(token.lemma_.lower(), ()),)
            for t, p, h in entries
            if p.pos == "n" and "Measure" in t.ancestors
        }
        if not acts or any(o.preposition == "by" for o in self.syntax.obliques(token)):
            return targets
        codes = {r.code for r in targets}
        doer = next(
            (c for t in targets if (c := self.told.actor_against("", t.code)) and c not in codes),
            "",
        )
        return [self.missing.from_context(doer, match)] if doer else []
