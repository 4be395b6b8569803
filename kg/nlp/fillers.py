"""What may fill a slot: who a candidate stands for, and whether it is of the slot's class."""

from dataclasses import replace

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.lexicon.patterns import Slot
from kg.model import Method
from kg.nlp.actors import Mention
from kg.nlp.heads import Heads
from kg.nlp.matches import Fill
from kg.nlp.reference import Ref, Reference

_NAMES = frozenset({"name", "capital", "metonym"})  # kinds of form that are a party by themselves
_ONE = frozenset({"a", "an", "another", "one"})
_IN = frozenset({"in", "across", "throughout", "within"})
_INSIDE = frozenset(
    {"of", "for", "from"}
)  # what is told of people and things: "victims *of* floods"


class Fillers:
    """The candidates for slots in one document."""

    def __init__(self, lexicon: Lexicon, reference: Reference, heads: Heads) -> None:
        self.lexicon, self.reference, self.heads = lexicon, reference, heads
        self.doc, self.syntax = reference.doc, reference.syntax

    def fill(
        self, slot: Slot, candidates: list[Token], position: str, method: Method = "dependency"
    ) -> Fill | None:
        for candidate in candidates:
            if candidate is None:
                continue
            members = [*self.syntax.conjuncts(candidate), *self.reference.joining(candidate)]
            if slot.cls:
                members = [m for m in members if self.of_class(m, slot.cls)]
                if not members:
                    continue
            if self._is_no(slot, candidate, position):
                continue
            if not slot.role or slot.role == "topic":
                return Fill(slot, members[0], (), method, position)
            refs: dict[str, Ref] = {}
            for member in members if slot.cls else [candidate]:
                if refs and slot.cls and not self.reference.named_owner(member):
                    continue  # "the Spanish envoy and the consul from Lima": Spain's, both
                owned = self._owners(slot, member)
                for ref in owned:
                    refs.setdefault(ref.code, ref)
            if slot.party and not refs:
                continue
            found = tuple(refs.values())
            if method == "window":
                found = tuple(
                    r if r.method != "dependency" else replace(r, method=method) for r in found
                )
            return Fill(slot, members[0], found, method, position)
        return None

    def _owners(self, slot: Slot, member: Token) -> tuple[Ref, ...]:
        """Return the parties for which one phrase in a slot stands."""
        meant = self.reference.stands_for(member, slot.cls) if slot.cls else None
        if meant is not None:
            owned = self.reference.pointed(meant)
        elif slot.cls:
            owned = self._placed(slot, member) or self.reference.of(member)
        else:
            owned = self.reference.of_all(member)
        if slot.cls and slot.role == "target":
            owned = owned or self._home(slot.cls, member)
        return owned

    def _is_no(self, slot: Slot, noun: Token, position: str) -> bool:
        """Tell whether the phrase can't be in this role, whatever its place.

        A topic is no stretch of time ("called him so for a second time") and no party by name
        ("criticised *Chad* for raids in Sudan": Chad is the target), an actor no private person
        and, behind *from*, not where the affected serve ("expelled from the Peruvian embassy").
        """
        lefts = {c.lower_ for c in noun.lefts}
        if slot.role == "topic":
            mention = self.reference.at.get(noun.i) if position == "object" else None
            named = mention is not None and mention.kind in _NAMES
            return named or ("for" in lefts and self.reference.is_cue(noun, "spanNoun"))
        if slot.role not in {"actor", "party"}:
            return False
        posted = (
            position == "phrase" and "from" in lefts and self.reference.is_class(noun, "mission")
        )
        crowd = slot.cls in self.lexicon.cues.get("crowd", ())
        return posted or (not crowd and self.reference.is_private(noun))

    def _home(self, cls: str, noun: Token) -> tuple[Ref, ...]:
        """Return the state of the town or place that people, firms or things are of."""
        return self._town(noun) or self._from_town(noun) or self._located(cls, noun)

    def _placed(self, slot: Slot, noun: Token) -> tuple[Ref, ...]:
        """Return the states where those in need are, unless a nationality tells whose they are."""
        if slot.cls not in self.lexicon.cues.get("placedClass", ()):
            return ()
        inside = (t for t in noun.subtree if t.i > noun.i and t.i in self.reference.at)
        place = next((t for t in inside if any(c.lower_ in _IN for c in t.lefts)), None)
        there = self.reference.of_all(place) or self._town(place) if place is not None else ()
        return self.reference.premodifying(noun) or there

    def _located(self, cls: str, noun: Token) -> tuple[Ref, ...]:
        """Return the states where firms or people are: "banks *in Chad*", "victims of war *in Fiji*"."""
        if cls not in self.lexicon.cues.get("locatedClass", ()):
            return ()
        inside = [o.noun for o in self.syntax.obliques(noun) if o.preposition in _INSIDE]
        for host in (noun, *inside):
            for oblique in self.syntax.obliques(host):
                if oblique.preposition in _IN:
                    place = oblique.noun
                    return self.reference.of_all(place) or self._town(place)
        return ()

    def _from_town(self, noun: Token, depth: int = 0) -> tuple[Ref, ...]:
        """Return the state of the town that people or things are of: "the mayor of Nablus"."""
        for oblique in self.syntax.obliques(noun) if depth < 2 else ():
            if oblique.preposition not in {"of", "from"}:
                continue
            found = self._town(oblique.noun)
            if found or oblique.noun.i in self.reference.at:
                return found
            return self._from_town(oblique.noun, depth + 1)  # "of the northern city of Nablus"
        return ()

    def _town(self, noun: Token) -> tuple[Ref, ...]:
        """Return the state of a town that is no party by itself: "bombed *Hodeidah*"."""
        mention = self.reference.at.get(noun.i)
        if mention is None or not mention.place or mention.codes:
            return ()
        return (Ref(mention.place, mention.start, mention.end, "dependency"),)

    def of_class(self, token: Token, cls: str) -> bool:
        charge = self.reference.in_compound(token, "staff")  # "charge d'affaires" is no charge
        if charge and not self.reference.in_compound(token, cls):
            return False
        if self.reference.is_class(token, cls):
            return True
        mention = self.reference.at.get(token.i)
        if mention is not None and (mention.kind == "people" or self._is_one_of(mention, token)):
            return bool(
                self.lexicon.classes.get(cls, frozenset())
                & self.lexicon.classes.get("human", frozenset())
            )
        if mention is not None and mention.kind == "city":
            return "town" in self.lexicon.classes.get(cls, frozenset())
        if mention is not None and mention.government and mention.kind != "leader":
            kinds = ("polity", "bloc") if self.lexicon.is_body(mention.codes[0]) else ("polity",)
            own = self.lexicon.classes.get(cls, frozenset())
            named = (self.lexicon.classes.get(kind, frozenset()) for kind in kinds)
            return any(words and words <= own for words in named)
        if self.reference.stands_for(token, cls) is not None:
            return True
        if token.i in self.reference.persons:
            person = self.reference.persons[token.i]
            office = person.office.lower().split()
            return any(w in self.lexicon.classes.get(cls, frozenset()) for w in office)
        # "a number of diplomats", "ten of our diplomats", "two members of the embassy"
        partitive = token.lemma_.lower() in self.lexicon.cues.get("partitive", ())
        if not partitive and token.pos_ != "NUM":
            return False
        classes = self.lexicon.classes
        people = classes.get("envoy", frozenset()) <= classes.get(cls, frozenset())
        return any(
            o.preposition == "of"
            and (
                self.reference.is_class(o.noun, cls)
                or (o.noun.i in self.reference.at and self.of_class(o.noun, cls))
                or (people and self.reference.is_class(o.noun, "mission"))
            )
            for o in self.syntax.obliques(token)
        )

    def _is_one_of(self, mention: Mention, token: Token) -> bool:
        """Tell whether a nationality stands for a person: "expelled a Norwegian"."""
        return (
            mention.kind == "adjective"
            and token.i == mention.end - 1
            and (token.pos_ != "ADJ" or self.syntax.role_of(token) in {"object", "subject"})
            and any(t.lower_ in _ONE or t.pos_ == "NUM" for t in token.lefts)
        )

    def is_copular(self, token: Token) -> bool:
        return any(c.dep_ in self.syntax.profile.copula for c in token.lefts)
