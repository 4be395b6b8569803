"""Who takes part in visits, meetings and talks where the act's own words leave it open."""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.matches import Match
from kg.nlp.reference import Ref, Reference

_TO_TALKS = frozenset(
    {"after", "before", "for", "during", "following", "in", "at", "to", "ahead", "on"}
)


class Gatherings:
    """Those who come together, over one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference, self.lexicon = reference, lexicon
        self.syntax = reference.syntax

    def bearer(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """Return whose visit or talks are put off by nobody named: "*Chad's* visit was postponed"."""
        if match.type.name not in self.lexicon.cues.get("heldType", ()):
            return []
        codes = {r.code for r in targets}
        if match.pattern.pos == "n":
            return self._goer(match.trigger, codes)
        held = [f.token for f in match.fills if f.slot.cls and not f.slot.role]
        return [r for t in held for r in self.reference.owner(t) if r.code not in codes]

    @staticmethod
    def is_one_sided(match: Match) -> bool:
        """Tell whether only one side is brought somewhere: "pushed *Iran* to return to talks"."""
        brought = [f for f in match.fills if f.slot.role == "target" and f.position == "object"]
        return any(not f.slot.cls and len(f.refs) == 1 for f in brought)

    def among_themselves(self, match: Match, known: list[Ref]) -> bool:
        """Tell whether the members of a body meet: "NATO's ministers met", "the OPEC meeting"."""
        if not any(self.lexicon.is_body(r.code) for r in known):
            return False
        if match.type.name in self.lexicon.cues.get("gatheringType", ()):
            named = any(r.method == "dependency" for r in known)
            noun = named and self.reference.is_cue(match.trigger, "gathering")
            return match.pattern.pos == "v" or noun
        return False

    def stands_alone(self, match: Match) -> bool:
        """Tell whether one side is all there is: "ratified the *convention*", "a truce with *rebels*"."""
        noun = match.pattern.pos == "n"  # "Norway brokered a *truce* with rebels": not its own
        if self.syntax.negated(match.trigger) or (noun and not match.role("party")):
            return False
        if self.is_of_many(match):
            return True
        signed = [f.token for f in match.fills if f.slot.cls and not f.slot.role]
        sides = [f.token for f in match.fills if f.slot.role]
        sides += [c for t in sides for c in self.syntax.conjuncts(t)]
        sides += [
            o.noun
            for t in (match.trigger, *signed)
            for o in self.syntax.obliques(t)
            if o.preposition in {"with", "between", "among"}
        ]
        nameless = self.lexicon.cues.get("namelessSide", ())
        return any(
            self.reference.is_class(s, kind)
            for side in sides
            for s in (side, *self.syntax.conjuncts(side))
            for kind in nameless
        )

    def is_of_many(self, match: Match) -> bool:
        """Tell whether it is about what each of many signs or leaves for itself: a *convention*."""
        many = self.lexicon.cues.get("manySided", ())
        signed = [f.token for f in match.fills if f.slot.cls and not f.slot.role]
        return any(self.reference.is_class(t, kind) for t in signed for kind in many)

    @staticmethod
    def apart(match: Match) -> list[Ref]:
        """Return the parties, less who brings the two sides of a "between" phrase together.

        "Qatar hopes to restart *talks between Chad and Sudan*": these two talk.
        """
        found = match.role("party", "actor", "target")
        if match.is_mediated():
            return found
        for fill in match.fills:
            between = any(c.lower_ == "between" for c in fill.token.lefts)
            if fill.slot.role == "party" and between and len(fill.refs) > 1:
                return list(fill.refs)
        return found

    def going_to(self, match: Match, known: set[str]) -> list[Ref]:
        """Return who goes to talks with another: "left after *talks* with Peru", "is here for talks"."""
        beside = any(o.preposition == "with" for o in self.syntax.obliques(match.trigger))
        beside = beside or any(
            f.slot.role == "party" and any(c.lower_ == "with" for c in f.token.lefts)
            for f in match.fills
        )  # "for talks Monday | with Peru", hung apart
        return self._goer(match.trigger, known) if beside else []

    def host(self, match: Match) -> list[Ref]:
        """Return whose officials await a visitor: "flew to *Riyadh* for talks with the king"."""
        noun = match.trigger
        awaited = [o.noun for o in self.syntax.obliques(noun) if o.preposition == "with"]
        if not any(self.reference.is_class(o, "visitor") for o in awaited):
            return []
        if not {c.lower_ for c in noun.lefts} & _TO_TALKS:
            return []
        places = [
            noun.head,
            *(o.noun for o in self.syntax.obliques(noun.head) if o.noun.i < noun.i),
        ]
        for token in places:
            mention = self.reference.at.get(token.i)
            if mention is not None and mention.place and mention.codes:
                return [Ref(mention.place, mention.start, mention.end, "dependency")]
        return []

    def members(self, match: Match) -> list[Ref]:
        """Return the body whose members are at a meeting: "NATO's *ministers* agreed at a meeting"."""
        noun = match.trigger
        if match.type.name not in self.lexicon.cues.get("gatheringType", ()):
            return []
        if not self.reference.is_cue(noun, "gathering") or not self.syntax.is_verbal(noun.head):
            return []
        if not {c.lower_ for c in noun.lefts if c.dep_ in self.syntax.profile.case} & {"at", "in"}:
            return []
        subject = self.syntax.subject(noun.head)
        if subject is None or subject.tag_ not in {"NNS", "NNPS"} or self._has_partners(noun):
            return []
        first, last = subject.left_edge.i, subject.right_edge.i
        found = (r for r in self.reference.of_all(subject) if first <= r.start <= last)
        return [r for r in found if self.lexicon.is_body(r.code)]

    def _has_partners(self, noun: Token) -> bool:
        """Tell whether a gathering is told with whom or of whom."""
        return any(o.preposition not in {"in", "at", "on"} for o in self.syntax.obliques(noun))

    def _goer(self, noun: Token, known: set[str]) -> list[Ref]:
        """Return whose verb has the noun behind it: "the minister said during a *trip* to"."""
        while any(c.lower_ == "of" for c in noun.lefts) and noun.head.pos_ == "NOUN":
            noun = noun.head  # "a *round* of talks"
        verb = noun.head
        leads = {c.lower_ for c in noun.lefts if c.dep_ in self.syntax.profile.case}
        copular = any(c.dep_ in self.syntax.profile.copula for c in verb.lefts)
        if not leads & _TO_TALKS or not (copular or self.syntax.is_verbal(verb)):
            return []
        objects = [] if copular else self.syntax.objects(verb)
        if "for" in leads and any(self.reference.of_all(o) for o in objects):
            return []  # "criticised Peru for its talks with Chile"
        subject = self.syntax.doer_or_patient(verb)
        found = self.reference.of_all(subject) if subject is not None else ()
        return [r for r in found if r.code not in known]
