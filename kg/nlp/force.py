"""Acts of force: whether anybody named need have done them, and on whom they were.

A diplomat's expulsion is always some state's; a bombing need not be. So a doer of force is never
guessed from what stands around, and an act on people at home is none between states.
"""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.matches import Match
from kg.nlp.reference import Ref, Reference

_BESIDE = frozenset({"into", "after", "before", "over", "about", "for", "from", "since", "despite"})
PLACE_WORDS = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "throughout"})
_ANYBODY = frozenset({"anyone", "anybody", "someone", "somebody", "whoever", "nobody"})
_WAY = frozenset({"to", "into", "toward", "towards", "through", "via", "off"})


class Force:
    """Doers and victims of force over one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference, self.lexicon = reference, lexicon
        self.syntax = reference.syntax
        self._blaming = frozenset(lexicon.cues.get("blamingVerb", ()))
        self._judging = frozenset(lexicon.cues.get("judgingVerb", ()))

    def supported(self, noun: Token) -> bool:
        """Tell whether the noun is the object of a verb that lends it its subject ("made a demand")."""
        verb = noun.head
        cases = {c.lower_ for c in noun.lefts if c.dep_ in self.syntax.profile.case}
        if cases & _BESIDE:
            return False  # "began an inquiry *into* the raid", "announced it *after* the raid"
        forms = {verb.lemma_.lower(), self.lexicon.lemma_of.get(verb.lower_, "")}
        return not forms.isdisjoint(self.lexicon.cues.get("supportVerb", ()))

    def judges(self, i: int, match: Match) -> bool:
        """Tell whether the party only condemns the act: "*Peru* condemned the arrest of Chileans"."""
        verb = self.syntax.clause_head(match.trigger)
        if match.pattern.pos != "n" or verb.lemma_.lower() not in self._judging:
            return False
        subject = self.syntax.own_subject(verb)
        return subject is not None and subject.left_edge.i <= i <= subject.right_edge.i

    def is_aimed(self, match: Match) -> bool:
        """Tell whether such an act is none between states unless the text tells on whom it was."""
        return match.type.name in self.lexicon.cues.get("aimedType", ())

    def is_unowned(self, match: Match, *, passive: bool) -> bool:
        """Tell whether an act of force is told so that nobody named need have done it.

        "Killed in Chad", "the bombings in Chad", "gunmen attacked": by anybody; but who is arrested
        there, is so by Chad, and its police act for it.
        """
        verb = match.trigger
        agent = self.syntax.agent(verb) if passive else None
        if agent is not None and agent.pos_ == "NOUN" and not self.reference.of(agent):
            return not self.reference.is_cue(agent, "localForce")  # "was imposed by a regulator"
        held = [f.token for f in match.fills if f.slot.cls and not f.slot.role] if passive else []
        if any(self._is_strangers(t) for t in held):
            return True
        if "HostileEvent" not in match.type.ancestors and not self.is_aimed(match):
            return False
        if match.pattern.pos == "n":
            anybodys = self.reference.is_cue(verb, "anybodysAct")
            return anybodys and not self._is_done_by_holder(verb)
        if passive:
            if self._is_of_strangers(verb):
                return True
            official = verb.lemma_.lower() in self.lexicon.cues.get("officialAct", ())
            around = [
                *verb.rights,
                *self.syntax.objects(verb),
            ]  # "held hostage", "hostages held in"
            return not official or any(self.reference.is_cue(t, "anybodysAct") for t in around)
        doer = self.syntax.subject(verb)
        if doer is not None and doer.lower_ in _ANYBODY:
            return True  # "will answer anyone trying to kill its troops"
        if doer is None or doer.pos_ not in {"NOUN", "PROPN"} or self.reference.of(doer):
            return False
        return not self.reference.is_cue(doer, "localForce")

    def _is_of_strangers(self, verb: Token) -> bool:
        """Tell whether the clause above is about captors of no side: "kidnappers freed a man *seized*"."""
        inside = self.syntax.role_of(verb) in {"adnominal", "complement"}
        if not inside or self.syntax.auxiliaries(verb) or self.syntax.agent(verb) is not None:
            return False
        above = self.syntax.clause_head(verb.head)
        doer = self.syntax.subject(above) if above != verb else None
        return (
            doer is not None
            and self.reference.is_cue(doer, "bystander")
            and not self.reference.of(doer)
        )

    def _is_strangers(self, noun: Token) -> bool:
        """Tell whether it belongs to a named person of no known side: "Mr Ade's visit was put off"."""
        owner = self.syntax.possessor(noun)
        return owner is not None and owner.pos_ == "PROPN" and not self.reference.of_all(owner)

    def _is_done_by_holder(self, noun: Token) -> bool:
        """Tell whether the noun hangs on a verb that lends it its subject, or has an owner."""
        return self.supported(noun) or self.syntax.possessor(noun) is not None

    def blamed(self, match: Match) -> list[Ref]:
        """Return who is blamed for the act: "accused Chad of the *bombing* of a market"."""
        verb = self._blaming_verb(match)
        objects = [o for o in self.syntax.objects(verb) if o.i < match.trigger.i] if verb else []
        return list(self.reference.of_all(objects[0])) if objects else []

    def _blaming_verb(self, match: Match) -> Token | None:
        noun = match.trigger
        host = noun.head if noun.head.pos_ != "ADP" else noun.head.head
        if match.pattern.pos != "n" or host.i >= noun.i:
            return None  # "accused Chad of a raid" may be hung on Chad by the parser
        verb = host if self.syntax.is_verbal(host) else host.head
        if verb.lemma_.lower() not in self._blaming:
            return None
        return verb if any(o.noun == noun for o in self.syntax.obliques(host)) else None

    def victim(self, match: Match, actors: list[Ref], speaker: Ref | None) -> list[Ref]:
        """Return who tells of an act against a place or thing of theirs, where no owner is told.

        "The troops had fired on an outpost, said Chad": on Chad's.
        """
        verb = self._blaming_verb(match)
        accuser = self.syntax.doer_or_patient(verb) if verb is not None else None
        own = {r.code for r in actors}
        if accuser is not None and not match.role("target"):
            return [r for r in self.reference.of(accuser) if r.code not in own][:1]
        struck = [f.token for f in match.fills if f.slot.role == "target" and f.slot.cls]
        people = ("human", "captive", "troops")
        if not struck or any(self.reference.is_class(struck[0], c) for c in people):
            return []
        return [speaker] if speaker is not None and speaker.code not in own else []

    def is_at_home(self, match: Match, actors: list[Ref]) -> bool:
        """Tell whether the act is none between states unless the text tells on whom it was.

        So are acts on outlaws ("arrested two gunmen") and those whose doer is only guessed.
        """
        if not self.is_aimed(match):
            return False
        told = {r.code for f in match.fills if f.slot.role == "actor" for r in f.refs}
        sure = ("dependency", "window")
        if any(r.method not in sure or r.code not in told for r in actors):
            return True
        objects = [f.token for f in match.fills if f.slot.role == "target"] or (
            self.syntax.objects(match.trigger) if match.pattern.pos == "v" else []
        )
        return any(self.reference.is_cue(t, "outlaw") or self._is_suspect(t) for t in objects)

    def _is_suspect(self, noun: Token) -> bool:
        """Tell whether they are told as wanted by the law: "seven people suspected of a plot"."""
        suspecting = self.lexicon.cues.get("suspectingWord", ())
        below = [c for c in noun.children if self.syntax.role_of(c) in {"adnominal", "modifier"}]
        return any(c.lemma_.lower() in suspecting or c.lower_ in suspecting for c in below)

    def on_whom(self, match: Match) -> Token | None:
        """Return those whom an act on people or things names without a side, if it does.

        "Held the editor after he had printed Danish cartoons": nobody's editor, least of all Denmark's.
        """
        struck = [f for f in match.fills if f.slot.cls and f.slot.role == "target"]
        struck += [f for f in match.fills if f.slot.role == "topic"]
        if not self.is_aimed(match) or not struck or struck[0].method != "dependency":
            return None
        person = struck[0].token  # "embassy drivers" are some side's
        posted = any(
            self.reference.is_class(t, "mission") for t in self.syntax.premodifiers(person)
        )
        return None if posted or self.reference.is_class(person, "staff") else person

    def is_of(self, ref: Ref, noun: Token) -> bool:
        """Tell whether a phrase hangs on the noun, and on no verb or way to a place below it."""
        word = self.reference.doc[ref.start : ref.end].root
        while word != noun and word.head != word:
            if self.syntax.is_verbal(word) or any(c.lower_ in _WAY for c in word.lefts):
                return False
            word = word.head
        return word == noun

    def doer_in(self, match: Match) -> tuple[Ref, ...]:
        """Return who does something in an act's name: "*Chad* cut its imports *in support* of Mali"."""
        noun = match.trigger
        if match.pattern.pos != "n" or not any(c.lower_ == "in" for c in noun.lefts):
            return ()
        verb = self.syntax.clause_head(noun)
        doer = self.syntax.agent(verb) if self.syntax.is_passive(verb) else None
        doer = doer if doer is not None else self.syntax.subject(verb)
        return self.reference.of_all(doer) if doer is not None else ()

    def forces(self, match: Match, targets: list[Ref]) -> tuple[list[Ref], list[Ref]]:
        """Return the state whose police acts where the text names only the place, and on whom.

        "Police stormed its embassy in Quito": the state of the place, on the embassy's owner.
        """
        acting = next((f for f in match.fills if f.slot.role == "actor" and not f.refs), None)
        if acting is None or not (
            acting.slot.cls == "protester" or self.reference.is_cue(acting.token, "localForce")
        ):
            return [], targets
        for token in [match.trigger, *match.affected()]:
            for oblique in self.syntax.obliques(token):
                mention = self.reference.at.get(oblique.noun.i)
                if oblique.preposition not in PLACE_WORDS or mention is None or not mention.place:
                    continue
                state = Ref(mention.place, mention.start, mention.end, "dependency")
                owners = [r for t in match.affected() for r in self.reference.of(t)]
                kept = {r.code: r for r in [*targets, *owners] if r.code != state.code}
                return [state], list(kept.values())
        return [], targets
