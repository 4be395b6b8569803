"""Events in the making: one telling, then all tellings of one act in the article merged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from spacy.tokens import Token

from kg.model import Modality, Person, Quantity, Time
from kg.nlp.reference import Ref
from kg.nlp.triggers import Match

_ORDER = {
    "actual": 0,
    "planned": 1,
    "demanded": 2,
    "threatened": 3,
    "conditional": 3,
    "possible": 3,
    "denied": 4,
}


@dataclass(slots=True)
class Draft:
    """One act as told so far."""

    type: str
    family: str
    match: Match
    actors: tuple[Ref, ...]
    targets: tuple[Ref, ...]
    modality: Modality
    sure: bool  # the words decide the modality; a bare noun ("the meeting") leaves it open
    count: Quantity | None = None
    date: Time | None = None
    deadline: Time | None = None
    place: str = ""
    town: str = ""  # of the mission that it opens or closes
    condition: str = ""
    reason: str = ""
    background: bool = False
    headline: bool = False
    speaker: Person | None = None
    triggers: list[Token] = field(default_factory=list)
    mutual: bool = False
    denied_at: frozenset[int] = frozenset()  # tokens of triggers whose telling denies the act

    @property
    def trigger(self) -> Token:
        """The trigger that is quoted."""
        return self.match.trigger

    def actor_codes(self) -> tuple[str, ...]:
        """Return the codes of the actors, sorted."""
        return tuple(sorted({r.code for r in self.actors}))

    def target_codes(self) -> tuple[str, ...]:
        """Return the codes of the targets, sorted."""
        return tuple(sorted({r.code for r in self.targets}))

    def weight(self) -> tuple[float, int]:
        """Rank tellings of one act: fields told and roles found surely weigh, then text order."""
        told = sum(
            x is not None and x != "" for x in (self.count, self.date, self.deadline, self.place)
        )
        sure = sum(r.method == "dependency" for r in (*self.actors, *self.targets))
        return (told + sure + 0.5 * (not self.headline) + 0.1 * self.match.score, -self.trigger.i)


def merge(drafts: Sequence[Draft], decisive: Collection[str] = ()) -> list[Draft]:
    """Join the tellings of one act: an act is told once, however often it is mentioned.

    Two tellings are of one act if family and parties agree and nothing told contradicts: counts,
    dates, deadlines, modalities. A telling that leaves a party open joins the act it fits.
    A `decisive` type says what the act is, whatever else it is called in the article.
    """
    groups: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: (d.trigger.i, d.type)):
        home = next((g for g in reversed(groups) if all(_same(draft, other) for other in g)), None)
        if home is None:
            groups.append([draft])
        else:
            home.append(draft)
    return [_joined(g, decisive) for g in groups]


def without_orders(
    drafts: Sequence[Draft], asking: Collection[str], ordered: Collection[str]
) -> list[Draft]:
    """Drop a demand that a measure of the same sentence fulfils: "said that ten envoys must leave".

    To order a side's people out, or its mission shut, is the act; that it is demanded is no other.
    """
    sides = [(d.actor_codes(), d.target_codes()) for d in drafts]
    done = {
        pair
        for d, pair in zip(drafts, sides, strict=True)
        if d.type in ordered and d.modality == "actual" and all(pair)
    }
    return [
        d for d, pair in zip(drafts, sides, strict=True) if d.type not in asking or pair not in done
    ]


def _same(a: Draft, b: Draft) -> bool:
    if a.family != b.family or not _parties_agree(a, b) or _are_listed(a, b):
        return False
    if {a.match.type.frame, b.match.type.frame} == {"DirectedAct", "ReciprocalAct"}:
        return False  # "flew to Rome, where he met": the visit, and what it was for
    if a.match.is_mediated() != b.match.is_mediated() and a.match.type.frame == "ReciprocalAct":
        return False  # the talks of two, and who brought them together
    if a.town and b.town and a.town != b.town:
        return False
    if a.type != b.type and a.match.type.frame == "SpeechAct" and a.trigger.sent != b.trigger.sent:
        return False  # "condemned the raid … warned that it will answer": two acts, if told apart
    if (
        a.type != b.type
        and a.match.type.frame in {"SpeechAct", "ReciprocalAct"}
        and a.date
        and b.date
        and a.date.value != b.date.value
    ):
        return False
    if _is_of_one(a, b) or _is_of_one(b, a):
        return False
    if (
        a.background != b.background
        and not _is_same_number(a, b)
        and (a.date is not None or b.date is not None or (a.background and a.count is None))
    ):
        return False
    return (
        _modalities_agree(a, b)
        and _counts_agree(a.count, b.count)
        and _times_agree(a.date, b.date)
        and _times_agree(a.deadline, b.deadline)
    )


def _is_same_number(a: Draft, b: Draft) -> bool:
    """Tell whether both tell the same number of two or more: "three hikers held … the three"."""
    if a.count is None or b.count is None or a.type != b.type:
        return False
    return a.count.value is not None and a.count.value == b.count.value and a.count.value > 1


def _is_of_one(a: Draft, b: Draft) -> bool:
    """Tell whether one act hit a man told by *him*, and the other two people or more."""
    many = b.count is not None and (b.count.value or b.count.minimum or 0) > 1
    near = abs(a.trigger.sent.start - b.trigger.sent.start) == 0
    return (
        many
        and not near
        and any(f.token.lower_ in {"him", "her"} and f.position != "subject" for f in a.match.fills)
    )


def _are_listed(a: Draft, b: Draft) -> bool:
    """Tell whether they are two kinds of act in one list: "closed its sky and barred trade".

    "Declared him unwelcome and told him to go" is one act: the pronoun tells so.
    """
    if a.type == b.type or a.match.type.frame == "SpeechAct":
        return False
    first, second = sorted((a, b), key=lambda d: d.trigger.i)
    one, two = first.trigger, second.trigger
    if any(f.token.pos_ == "PRON" and f.position != "subject" for f in second.match.fills):
        return False
    if one.sent.start != two.sent.start or one.pos_ != "VERB" or two.pos_ != "VERB":
        return False
    while two.dep_ == "conj" and two.head.i >= one.i:
        two = two.head
        if two == one:
            return True
    return False


def _parties_agree(a: Draft, b: Draft) -> bool:
    if a.match.type.frame == "ReciprocalAct":
        x = {*a.actor_codes(), *a.target_codes()}
        y = {*b.actor_codes(), *b.target_codes()}
        return x <= y or y <= x
    if a.match.type.frame == "SpeechAct" and a.trigger.sent != b.trigger.sent:
        guessed = all(r.method == "context" for r in (*a.targets, *b.targets))
        if guessed and bool(a.targets) != bool(b.targets):
            return False  # "rejects the charge … denied it": of two charges
    for x, y in (
        (set(a.actor_codes()), set(b.actor_codes())),
        (set(a.target_codes()), set(b.target_codes())),
    ):
        if x != y and x and y:
            return False
    return True


def _modalities_agree(a: Draft, b: Draft) -> bool:
    if a.modality == b.modality:
        return True
    if _is_disputed(a, b) or _is_disputed(b, a) or _is_answered(a, b) or _is_answered(b, a):
        return True
    if not a.sure or not b.sure:
        return "denied" not in {a.modality, b.modality}
    return {a.modality, b.modality} <= {"threatened", "conditional", "possible"}


def _is_disputed(done: Draft, denied: Draft) -> bool:
    """Tell whether somebody only says that the act told was not done: one act, of two claims."""
    said = denied.modality == "denied" and denied.speaker is not None
    told = {"HostileEvent", "Measure"} & set(denied.match.type.ancestors)
    apart = done.trigger.sent != denied.trigger.sent
    return done.modality == "actual" and said and bool(told) and apart


def _is_answered(done: Draft, denied: Draft) -> bool:
    """Tell whether what was said is only called untrue: "accused it … denied the accusation"."""
    said = denied.match.type.frame == "SpeechAct" and denied.match.pattern.pos == "n"
    return said and (done.modality, denied.modality) == ("actual", "denied")


def _is_plain(draft: Draft) -> bool:
    """Tell whether the act is told as done, with both sides in its own words."""
    sides = bool(draft.actors) and bool(draft.targets)
    told = all(r.method == "dependency" for r in (*draft.actors, *draft.targets))
    return draft.modality == "actual" and draft.sure and sides and told


def _counts_agree(a: Quantity | None, b: Quantity | None) -> bool:
    if a is None or b is None or a.value is None or b.value is None:
        return True
    return a.value == b.value or (
        (a.approximate or b.approximate) and abs(a.value - b.value) <= 0.1 * max(a.value, b.value)
    )


def _times_agree(a: Time | None, b: Time | None) -> bool:
    if a is None or b is None or not a.first or not b.first:
        return True
    return a.first <= b.last and b.first <= a.last


def _joined(group: list[Draft], decisive: Collection[str]) -> Draft:
    best = max([d for d in group if d.type in decisive] or group, key=Draft.weight)
    denials = (d for d in group if d.modality == "denied")
    best.denied_at = frozenset(t.i for d in denials for t in d.triggers)
    rest = sorted((d for d in group if d is not best), key=lambda d: d.weight(), reverse=True)
    strongest = min((d for d in group if d.sure), key=lambda d: _ORDER[d.modality], default=best)
    best.modality = best.modality if best.sure else strongest.modality
    if best.modality == "denied" and any(_is_plain(d) for d in rest):
        best.modality = "actual"  # the doubt goes into the claim
    if any(_is_answered(d, best) for d in rest):
        best.modality = "actual"
    best.sure = any(d.sure for d in group)
    for other in rest:
        best.actors = best.actors or other.actors
        best.targets = best.targets or other.targets
        if best.match.type.frame == "ReciprocalAct" and len(other.actors) > len(best.actors):
            best.actors = other.actors
        best.count = _finer_count(best.count, other.count)
        best.date = _finer(best.date, other.date)
        best.deadline = _finer(best.deadline, other.deadline)
        best.place = best.place or other.place
        best.town = best.town or other.town
        best.condition = best.condition or (
            other.condition if other.modality == best.modality else ""
        )
        best.reason = best.reason or other.reason
        best.speaker = best.speaker or other.speaker
    best.deadline = counted_from(best.date, best.deadline)
    best.headline = all(d.headline for d in group)
    best.background = all(d.background for d in group)
    best.triggers = sorted({t for d in group for t in d.triggers}, key=lambda t: t.i)
    return best


def counted_from(day: Time | None, deadline: Time | None) -> Time | None:
    """Count "within 72 hours" from the day of the act, not from that of publication."""
    if day is None or deadline is None or deadline.modifier != "within" or not deadline.anchor:
        return deadline
    if not day.first or day.first != day.last or len(deadline.value) != len(day.first):
        return deadline
    allowed = date.fromisoformat(deadline.value) - date.fromisoformat(deadline.anchor)
    last = (date.fromisoformat(day.first) + allowed).isoformat()
    return replace(deadline, value=last, first=day.first, last=last, anchor=day.first)


def _finer(a: Time | None, b: Time | None) -> Time | None:
    if a is None or b is None:
        return a or b
    return b if len(b.value) > len(a.value) and b.value.startswith(a.value) else a


def _finer_count(a: Quantity | None, b: Quantity | None) -> Quantity | None:
    if a is None or (a.value is None and b is not None and b.value is not None):
        return b or a
    return b if a.approximate and b is not None and b.value is not None and not b.approximate else a
