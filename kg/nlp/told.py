"""The parties of one act, and what an article has told so far of who did what to whom."""

from collections.abc import Container
from dataclasses import dataclass, field

from kg.nlp.refs import Ref


@dataclass(frozen=True, slots=True)
class Roles:
    """The parties of one act, one actor and one target a directed act, all as actors if mutual."""

    actors: tuple[Ref, ...]
    targets: tuple[Ref, ...]

    def guesses(self, codes: frozenset[str]) -> bool:
        """Tell whether one of these parties is only guessed from what stands around."""
        return any(r.method == "context" and r.code in codes for r in (*self.actors, *self.targets))


def pairs(actors: list[Ref], targets: list[Ref]) -> list[Roles]:
    """Return one act a pair of an actor and a target, nobody on both sides."""
    if not actors:
        return [Roles((), (t,)) for t in targets]
    if not targets:
        return [Roles((a,), ()) for a in actors]
    return [Roles((a,), (t,)) for a in actors for t in targets if a.code != t.code]


@dataclass(slots=True)
class Told:
    """What the article has told so far, newest last: (family, actor code, target code)."""

    acts: list[tuple[str, str, str]] = field(default_factory=list)
    sentence: int = -1  # where the sentence of the newest act starts
    backed: tuple[int, str] = (-1, "")  # where the newest sentence of backing starts, and whom

    def add(self, family: str, roles: Roles, sentence: int, *, backing: bool) -> None:
        """Keep an act of the sentence that starts there; whom one backs is not whom one answers."""
        if backing:
            if roles.targets:
                self.backed = (sentence, roles.targets[0].code)
            return
        if roles.targets or len(roles.actors) == 2:
            self.sentence = sentence
        if roles.targets:
            actor = roles.actors[0].code if roles.actors else ""
            self.acts.append((family, actor, roles.targets[0].code))
        elif len(roles.actors) == 2:
            self.acts.append((family, roles.actors[0].code, roles.actors[1].code))

    def last_actor(self) -> str:
        """Return who did the newest act, empty if nobody did any."""
        return self.acts[-1][1] if self.acts else ""

    def beside(self, code: str, sentence: int) -> str:
        """Return who did the newest act, if the sentence tells it, too, and the party didn't do it."""
        actor = self.acts[-1][1] if self.acts and self.sentence == sentence else ""
        return actor if actor != code else ""

    def aim_beside(self, actor: str, sentence: int) -> str:
        """Return to whom the actor did the newest act, if the sentence tells it, too."""
        last = self.acts[-1] if self.acts and self.sentence == sentence else ("", "", "")
        return last[2] if last[1] == actor else ""

    def actor_against(self, family: str, target: str, *, alike: bool = False) -> str:
        """Return who last did something of this family to the target; else, unless only the like
        counts, who last did anything."""
        for wanted in (family,) if alike else (family, ""):
            for kind, actor, other in reversed(self.acts):
                if other == target and actor and (not wanted or kind == wanted):
                    return actor
        return ""

    def target_of(self, family: str, actor: str) -> str:
        """Return to whom the actor last did something of this family; else anything."""
        for wanted in (family, ""):
            for kind, other, target in reversed(self.acts):
                if other == actor and target and (not wanted or kind == wanted):
                    return target
        return ""

    def together(self, kinds: Container[str], code: str, other: str) -> list[str]:
        """Return a party with whoever did the same to another beside it, if its newest act is of a kind."""
        acts = ((i, a) for i, a in reversed([*enumerate(self.acts)]) if a[1:] == (code, other))
        last, newest = next(acts, (-1, ("", "", "")))
        kind, found = newest[0], [code]
        if kind not in kinds:
            return found
        for step in (-1, 1):
            i = last + step
            while 0 <= i < len(self.acts) and (self.acts[i][0], self.acts[i][2]) == (kind, other):
                found.append(self.acts[i][1])
                i += step
        return sorted({*found})

    def counterpart(self, code: str) -> str:
        """Return the other side of the last act in which the party took part."""
        for _, actor, target in reversed(self.acts):
            if actor == code and target:
                return target
            if target == code and actor:
                return actor
        return ""
