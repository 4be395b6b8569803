"""To whom those belong whom an act hits, where that tells who did it or to whom it was done."""

from kg.lexicon import Lexicon
from kg.nlp.matches import Match
from kg.nlp.missing import Missing
from kg.nlp.reference import Ref, Reference


class Owners:
    """Owners of envoys, missions and people hit, over one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon, missing: Missing) -> None:
        self.reference, self.lexicon, self.missing = reference, lexicon, missing
        self.syntax = reference.syntax

    def owned(
        self, match: Match, actors: list[Ref], targets: list[Ref]
    ) -> tuple[list[Ref], list[Ref]]:
        """Give a passive without agent the side of whose envoy or mission it is about.

        "Peru's envoy to Chile was called home", "Peru's consulate in Chile was reopened": Peru did
        it. "Peru's consulate in Chile was shut": it was done to Peru.
        """
        hostile = "HostileEvent" in match.type.ancestors
        if actors:
            return actors, (self._whose(match, actors) if hostile else []) or targets
        if not self.syntax.is_passive(match.trigger):
            street = any(f.slot.cls == "protester" for f in match.fills)
            forced = hostile or street
            return self.missing.force.forces(match, targets) if forced else (actors, targets)
        codes = {r.code for r in targets}
        for fill in match.fills:
            if not fill.slot.cls or fill.slot.role:
                continue
            whose = self.reference.of(fill.token)
            owners = [r for r in whose if r.code not in codes]
            if owners and self.reference.is_class(fill.token, "mission"):
                friendly = "CooperativeEvent" in match.type.ancestors
                return (owners, targets) if friendly else (actors, owners)
            acting = self.lexicon.cues.get("ownerActs", ())
            if targets and any(self.reference.is_class(fill.token, c) for c in acting):
                if whose and not owners:  # "was recalled to Lima": home, not to whom it was done
                    return list(whose), []
                return owners, targets
        return actors, targets

    def struck(self, match: Match) -> list[Ref]:
        """Return whose the people hit are, where a place is told, too: "killed Danes *in Mali*"."""
        if "HostileEvent" not in match.type.ancestors:
            return []
        return self._whose(match, match.role("actor"))

    def _whose(self, match: Match, actors: list[Ref]) -> list[Ref]:
        """Return the side of whoever was hit, where told: "killed two Chilean aid workers in Chad"."""
        if match.pattern.pos != "v":
            return []
        codes = {r.code for r in actors}
        for fill in match.fills:
            told = fill.slot.cls and not fill.slot.role and fill.method == "dependency"
            if told and self.reference.named_owner(fill.token):
                found = [r for r in self.reference.of(fill.token) if r.code not in codes]
                if found:
                    return found
        return []

    def is_anothers(self, match: Match, actors: list[Ref]) -> bool:
        """Tell whether another's envoys are to be recalled or sent: "ordered the Thai envoy home"."""
        if match.type.name not in self.lexicon.cues.get("ownerType", ()) or not actors:
            return False
        codes = {r.code for r in actors}
        for fill in match.fills:
            if fill.slot.role == "actor" or not fill.slot.cls:
                continue
            owner = self.syntax.possessor(fill.token)
            if owner is not None and owner.pos_ == "PRON":
                continue  # "its Thai envoy"
            whose = self.reference.of(owner) if owner is not None else ()
            whose = whose or self.reference.premodifying(fill.token)
            if whose and not codes & {r.code for r in whose}:
                return True
        return False

    def harms_its_own(self, match: Match, actors: list[Ref]) -> bool:
        """Tell whether an act of force is on the actor's own: "is destroying *his country*"."""
        if match.pattern.pos != "v" or not self.missing.force.is_aimed(match):
            return False
        codes = {r.code for r in actors}
        for noun in self.syntax.objects(match.trigger):
            possessor = self.syntax.possessor(noun)
            if possessor is None or possessor.pos_ != "PRON":
                continue
            whose = {r.code for r in self.reference.of(noun)}
            if whose and whose <= codes and not self.reference.is_class(noun, "deployable"):
                return True
        return False

    def to_its_own(self, match: Match, actors: list[Ref]) -> bool:
        """Tell whether the affected are the actor's own: "ordered its ambassadors to leave"."""
        codes = {r.code for r in actors}
        return any(
            f.slot.role == "target"
            and f.slot.cls
            and f.refs
            and codes >= {r.code for r in f.refs}
            and (possessor := self.syntax.possessor(f.token)) is not None
            and possessor.pos_ == "PRON"
            for f in match.fills
        )
