"""Fills a pattern at its trigger: subject, object, phrases, complement, fixed words."""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.lexicon.patterns import Complement, Slot, Words
from kg.nlp.heads import Heads
from kg.nlp.matches import Fill, Match
from kg.nlp.put_behind import said_before
from kg.nlp.reference import Ref, Reference
from kg.nlp.slots import Slots

_COMPLEMENT_WINDOW = 28
_THEM = frozenset({"them", "him", "her"})
_DUTY = frozenset({"should", "must", "ought", "need", "needs", "shall"})


class Filler:
    """Fills patterns over one document."""

    def __init__(self, lexicon: Lexicon, reference: Reference, heads: Heads) -> None:
        self.lexicon, self.reference, self.heads = lexicon, reference, heads
        self.doc, self.syntax = reference.doc, reference.syntax
        self.slots = Slots(lexicon, reference, heads)

    def fill(self, match: Match) -> bool:
        filled = self._fill_noun(match) if match.pattern.pos == "n" else self._fill_verb(match)
        if not filled:
            return False
        for words in match.pattern.words_before:
            hit = self.heads.near(match.trigger, words, before=True)
            if hit is None and words.required:
                return False
            match.extra.extend(hit or [])
        copular = match.anchor.dep_ in self.syntax.profile.copula
        governs = copular or match.anchor.dep_ in self.syntax.profile.auxiliary
        first = match.anchor if governs else match.trigger  # "*are* in talks", not "*had* called"
        passive = match.pattern.pos == "v" and self.syntax.is_passive(match.trigger)
        for words in match.pattern.words:
            hit = self.heads.near(first, words, before=False)
            if hit is None and passive:  # "the *number* of attachés was capped"
                hit = self.heads.near(match.trigger, words, before=True)
            if hit is None and words.required:
                return False
            match.extra.extend(hit or [])
        match.score = self._score(match)
        return True

    @staticmethod
    def _score(match: Match) -> float:
        score = 0.0
        for fill in match.fills:
            value = 1.0 + (1.0 if fill.slot.cls else 0.0) + (0.5 if fill.refs else 0.0)
            score += value if fill.method == "dependency" else 0.7 * value
        return (
            score
            + 0.9 * len(match.extra)
            + 1.2 * len(match.verbs)
            + (0.3 if match.pattern.pos == "v" else 0)
        )

    def _fill_verb(self, match: Match) -> bool:
        verb, pattern, syntax = match.trigger, match.pattern, self.syntax
        passive = syntax.is_passive(verb)
        for slot in pattern.before[:1]:
            subject = syntax.agent(verb) if passive else self._doer(verb)
            if verb.pos_ in {"NOUN", "PROPN"} and verb == match.anchor:  # a headline's verb
                subject = self.doc[verb.i - 1]
            fill = self.slots.fill(slot, [subject] if subject is not None else [], "subject")
            if passive and (fill is None or not fill.refs):
                fill = self.slots.agent_by_window(slot, verb) or fill
            if fill is not None:
                match.fills.append(fill)
            elif slot.required:
                return False
        objects = self._own_objects(syntax.objects(verb), verb)
        if pattern.object is not None:
            fill = self.slots.fill(pattern.object, objects, "object")
            if fill is None and pattern.object.cls and not passive:  # "gave *them* two days"
                fill = self.slots.fill(pattern.object, syntax.indirect_objects(verb), "object")
            if fill is None and pattern.object.cls and not self._other_patient(verb, objects):
                fill = self.slots.object_by_window(
                    pattern.object, verb, passive=passive, particles=match.extra
                )
            if fill is None and pattern.object.role in {"target", "party", "topic"} and not passive:
                fill = self.slots.fill(pattern.object, syntax.indirect_objects(verb), "object")
            if fill is not None:
                match.fills.append(fill)
            elif pattern.object.required:
                return False
        whose = [f.token for f in match.fills if f.position == "subject" and f.slot.cls]
        wholes = [n for o in objects for n in self.of_which(o)]
        if not self.slots.fill_phrases(match, pattern.phrases, [verb, *objects, *whose, *wholes]):
            return False
        return pattern.complement is None or self._fill_complement(match, pattern.complement)

    def of_which(self, part: Token) -> list[Token]:
        """Return of what the noun is a part: "hosted a *round* of talks between", "*$2m* in loans to"."""
        sum_ = part.pos_ in {"SYM", "NUM"}
        if not sum_ and not self.reference.is_cue(part, "partitive"):
            return []
        of = {"of", "in"} if sum_ else {"of"}
        return [o.noun for o in self.syntax.obliques(part) if o.preposition in of]

    @staticmethod
    def _own_objects(objects: list[Token], verb: Token) -> list[Token]:
        """Leave out what is hung on the verb beside its pronoun.

        "Declaring them personae non gratae, in reply to the removal of nine *Thais*".
        """
        them = [o for o in objects if o.i == verb.i + 1 and o.lower_ in _THEM]
        return them or objects

    def _other_patient(self, verb: Token, objects: list[Token]) -> bool:
        """Tell whether the verb has its patient beside it: "crimes committed by", "declared them"."""
        if any(o.i == verb.i + 1 and o.lower_ in _THEM for o in objects):
            return True
        return (
            bool(objects)
            and self.syntax.is_passive(verb)
            and self.syntax.role_of(verb) == "adnominal"
            and objects[0].i == verb.i - 1
        )

    def _doer(self, verb: Token) -> Token | None:
        """Return the verb's subject; of an infinitive under a noun that is another's, the noun.

        "Chad resisted Western efforts to *punish* it": the West's efforts, not Chad's.
        """
        noun, profile = verb.head, self.syntax.profile
        if (
            verb.dep_ in profile.adnominal_clause
            and noun.pos_ == "NOUN"
            and self.syntax.infinitive(verb)
            and self.syntax.possessor(noun) is None
            and self.syntax.copula_subject(noun) is None  # "was the first EU member to shut"
        ):
            modifiers = self.syntax.premodifiers(noun)
            opposed = noun.head.lemma_.lower() in self.lexicon.cues.get("opposingVerb", ())
            if opposed or any(t.i in self.reference.at for t in modifiers):
                return noun
        return self.syntax.subject(verb)

    def _fill_noun(self, match: Match) -> bool:
        noun, pattern = match.trigger, match.pattern
        reference = self.reference
        if pattern.before:
            possessor = self.syntax.possessor(noun)
            owners: tuple[Ref, ...] = reference.of_all(possessor) if possessor is not None else ()
            token = possessor if possessor is not None else noun
            if not owners:
                owners = self._beside_noun(match)
            if not owners and noun.dep_ in self.syntax.profile.passive_subject:
                agent = self.syntax.agent(noun.head)
                if agent is not None and noun.head.lemma_.lower() in self.lexicon.cues.get(
                    "supportVerb", ()
                ):
                    owners, token = reference.of_all(agent), agent  # "a cut was ordered by Kuwait"
            filled = False
            for slot in pattern.before:
                whose = self._owner_of_class(possessor, slot.cls)
                if whose is not None:
                    refs = reference.pointed(whose)
                    match.fills.append(Fill(slot, whose, refs, "coreference", "possessor"))
                    filled = True
                elif slot.cls:
                    hit = next(
                        (
                            t
                            for t in self.syntax.premodifiers(noun)
                            if reference.is_class(t, slot.cls)
                        ),
                        None,
                    )
                    if hit is not None:
                        match.fills.append(Fill(slot, hit, owners, "dependency", "possessor"))
                        filled = True
                    elif slot.required:
                        return False
                elif owners and not filled:
                    match.fills.append(Fill(slot, token, owners, "dependency", "possessor"))
                    filled = True
                elif slot.required and not filled:
                    return False
        if not self.slots.fill_phrases(match, pattern.phrases, [noun]):
            return False
        return pattern.complement is None or self._fill_complement(match, pattern.complement)

    def _owner_of_class(self, possessor: Token | None, cls: str) -> Token | None:
        """Return the person to whom something happened by its noun: "*the nurse's* release", "her"."""
        if possessor is None or not cls:
            return None
        pronouns = self.reference.pronouns
        if self.reference.is_class(possessor, cls) and possessor.pos_ == "NOUN":
            return possessor
        return pronouns.owner_of_class(possessor, cls)

    def _beside_noun(self, match: Match) -> tuple[Ref, ...]:
        """Return the parties named right before the noun; "the *Moscow* meeting" names its place."""
        owners = self.reference.premodifying(match.trigger)
        if match.type.name not in self.lexicon.cues.get("heldType", ()):
            return owners
        at = self.reference.at
        return tuple(
            r for r in owners if r.start not in at or at[r.start].kind not in {"capital", "city"}
        )

    def _fill_complement(self, match: Match, wanted: Complement) -> bool:
        verb = self._complement_verb(match.trigger, wanted)
        if verb is None:
            return not wanted.required and wanted.subject is None
        if wanted.lemmas:
            match.verbs.append(verb)
        elif not self._wished(match.trigger, verb):
            return False
        if wanted.subject is not None and not self._fill_told(match, verb, wanted, wanted.subject):
            return False
        objects = self.syntax.objects(verb)
        if wanted.object is not None:
            fill = self.slots.fill(wanted.object, objects, "object")
            if fill is None and wanted.object.cls:
                fill = self.slots.object_by_window(
                    wanted.object, verb, passive=self.syntax.is_passive(verb)
                )
            if fill is not None:
                match.fills.append(fill)
            elif wanted.object.required:
                return False
        for words in wanted.words:
            first = min([verb, *self.syntax.auxiliaries(verb)], key=lambda t: t.i)
            hit = self._auxiliary(verb, words) or self.heads.near(first, words, before=False)
            if hit is None and words.required:
                return False
            match.extra.extend(hit or [])
        return self.slots.fill_phrases(match, wanted.phrases, [verb, *objects])

    def _fill_told(self, match: Match, verb: Token, wanted: Complement, slot: Slot) -> bool:
        """Fill the subject of a that-clause; of "we must leave", said of nobody else, there is none."""
        passive = self.syntax.is_passive(verb)
        subject = self.syntax.agent(verb) if passive else self.syntax.subject(verb)
        fill = self.slots.fill(slot, [subject] if subject is not None else [], "subject")
        if fill is None:
            return not slot.required
        if slot.required and not wanted.lemmas and self._same(match, fill):
            return False
        match.fills.append(fill)
        return True

    @staticmethod
    def _same(match: Match, fill: Fill) -> bool:
        """Tell whether the phrase names only who is told to act already."""
        doers = {r.code for f in match.fills if f.position == "subject" for r in f.refs}
        return bool(fill.refs) and all(r.code in doers for r in fill.refs)

    def _auxiliary(self, verb: Token, words: Words) -> list[Token] | None:
        """Return the verb or its auxiliary where it is wanted: "said that Sudan *must* return"."""
        wanted = {w[0] for w in words.alternatives if len(w) == 1}
        if wanted & {verb.lemma_.lower(), self.lexicon.lemma_of.get(verb.lower_, "")}:
            return [verb]
        return next(
            (
                [t]
                for t in self.syntax.auxiliaries(verb)
                if wanted.intersection(self.heads.lemmas(t))
            ),
            None,
        )

    def _complement_verb(self, trigger: Token, wanted: Complement) -> Token | None:
        pool = [
            c
            for c in trigger.subtree
            if c.i >= trigger.i
            and c.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}
            and not self._under_another(c, trigger)
        ]
        if not wanted.lemmas:
            return next(iter(self._that_clauses(trigger)), None)
        if wanted.subject is not None:
            own = self._told(trigger)
            return next((c for c in own if wanted.lemmas.intersection(self.heads.lemmas(c))), None)
        hits = [c for c in pool if wanted.lemmas.intersection(self.heads.lemmas(c))]
        if trigger.lemma_.lower() in self.lexicon.cues.get("tellingVerb", ()):
            return next((h for h in hits if self.syntax.infinitive(h)), None)
        if not hits:
            end = min(trigger.sent.end, trigger.i + _COMPLEMENT_WINDOW)
            for i in range(trigger.i + 1, end):
                token = self.doc[i]
                if token.text == ";" or (token.tag_ in {"VBD", "VBZ"} and token.pos_ == "VERB"):
                    break
                if (
                    wanted.lemmas.intersection(self.heads.lemmas(token))
                    and token.pos_ in {"VERB", "NOUN"}
                    and not self._under_another(token, trigger)
                    and self.doc[i - 1].lower_ in {"to", "and", "or", "from", "not"}
                ):
                    hits.append(token)
        return hits[0] if hits else None

    def _told(self, trigger: Token) -> list[Token]:
        """Return the verbs and predicates that say what the subject of a that-clause does.

        "Says that Chad arms the rebels and goes on stirring up trouble": arms, goes, stirring; no
        verb of a clause inside it, and nothing that it is said not to do.
        """
        p, pursuing = self.syntax.profile, self.lexicon.cues.get("pursuingVerb", ())
        found = self._that_clauses(trigger)
        for verb in found:
            goes_on = verb.lemma_.lower() in pursuing
            found += [
                c
                for c in verb.children
                if c.i > verb.i
                and c != trigger
                and (c.dep_ in p.conjunct or (goes_on and c.dep_ in p.open_complement))
            ]
        return [c for c in found if not self.syntax.negated(c)]

    def _that_clauses(self, trigger: Token) -> list[Token]:
        """Return the heads of the clauses that a verb says, behind it or else before it."""
        behind = [c for c in self.syntax.complements(trigger) if c.i > trigger.i]
        found = behind or said_before(trigger, self.syntax) or self.syntax.told(trigger)
        return [*found, *(v for c in found for v in self.syntax.cleft(c) if v not in found)]

    def _under_another(self, verb: Token, trigger: Token) -> bool:
        """Tell whether a verb coordinated below the trigger has the complement for its own.

        "ordered the embassy to cut its staff and forbade it to hire": *hire* is no order's.
        """
        for above in self.syntax.governors(verb):
            if above == trigger:
                return False
            if (
                self.syntax.role_of(above) == "conjunct"
                and self.syntax.is_verbal(above)
                and self.syntax.role_of(verb) in {"complement", "adverbial"}
            ):
                return True
        return False

    def _wished(self, above: Token, verb: Token) -> bool:
        """Tell "insisted that it *leave*" or "must leave" from "insisted that it *left*"."""
        if above.lemma_.lower() not in self.lexicon.cues.get("mandativeVerb", ()):
            return True
        words = [*self.syntax.auxiliaries(verb), verb]
        if any(t.lower_ in _DUTY or (t.tag_ == "VB" and t.lower_ == "be") for t in words):
            return True
        bare = verb.tag_ in {"VB", "VBP"} and verb.pos_ == "VERB"
        return bare and not any(t.tag_ in {"MD", "VBZ", "VBD"} for t in words)
