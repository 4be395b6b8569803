"""Who held those who are let go, whom they are let go for, and who caught a spy."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.matches import Match
from kg.nlp.reference import Ref, Reference

_IN = frozenset({"in", "at", "by", "on"})
_FOR = ("for",)
_REACH = 12  # words from "in exchange" to whom one gets
_STEPS = 6  # words above an act of spying up to the arrest that tells of it


class Captives:
    """Captors and swaps over one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference, self.lexicon = reference, lexicon
        self.doc, self.syntax = reference.doc, reference.syntax

    def captor(self, match: Match) -> list[Ref]:
        """Return who holds those let go, where their own clause tells: "*held in Chad* were freed"."""
        if match.type.name not in self.lexicon.cues.get("releasingType", ()):
            return []
        doer = self.syntax.subject(match.trigger) if match.pattern.pos == "v" else None
        if doer is not None and self.reference.is_cue(doer, "bystander"):
            return []  # "*kidnappers* freed a man seized in Oran": no state held him
        for noun in match.affected():
            found = self.holder(noun)
            if found:
                return found
        return []

    def families(self, match: Match) -> list[str]:
        """Return the families of acts that such an act undoes: whoever holds people lets them go."""
        if match.type.name not in self.lexicon.cues.get("releasingType", ()):
            return []
        types = self.lexicon.types
        return [types[n].family for n in self.lexicon.cues.get("holdingType", ()) if n in types]

    def undoes(
        self, match: Match, acts: Sequence[tuple[str, str, str]], pairs: Iterable[tuple[str, str]]
    ) -> bool:
        """Tell whether captives are let go by whoever was told to hold them: "jailed her … her release"."""
        families = self.families(match)
        held = {(actor, target) for family, actor, target in acts if family in families}
        return any(pair in held for pair in pairs)

    def holder(self, noun: Token) -> list[Ref]:
        """Return who is said beside a noun to hold those it means: "a nurse *jailed by Mali*"."""
        profile = self.syntax.profile
        inside = profile.adnominal_clause | profile.relative_clause
        verbs = [c for c in noun.rights if c.dep_ in inside]
        if noun.dep_ in profile.subject and noun.head.i == noun.i + 1:
            verbs += [noun.head]  # "a nurse jailed in Mali has been freed", taken for two clauses
        for verb in verbs:
            if not self._is_among(verb, "holdingVerb"):
                continue
            agent = self.syntax.agent(verb)
            subject = None if self.syntax.is_passive(verb) else self.syntax.own_subject(verb)
            doer = agent if agent is not None else subject
            named = self.reference.of_all(doer) if doer is not None and doer != noun else ()
            if named:
                return list(named)
            where = self._where(verb)
            if where:
                return where
        return []

    def _is_among(self, verb: Token, kind: str) -> bool:
        forms = {verb.lemma_.lower(), self.lexicon.lemma_of.get(verb.lower_, "")}
        return not forms.isdisjoint(self.lexicon.cues.get(kind, ()))

    def _where(self, verb: Token) -> list[Ref]:
        """Return the state of the place where it was done: "jailed *in Chad*"."""
        for oblique in self.syntax.obliques(verb):
            place = self.reference.at.get(oblique.noun.i)
            if oblique.preposition in _IN and place is not None and place.place:
                return [Ref(place.place, place.start, place.end, "dependency")]
        return []

    def swapped(self, match: Match) -> Token | None:
        """Return for whom captives are let go: "freed a nurse *in exchange for three pilots*"."""
        if match.type.name not in self.lexicon.cues.get("releasingType", ()):
            return None
        start, end = match.trigger.i + 1, match.trigger.sent.end
        barter = match.trigger.lemma_.lower() in self.lexicon.cues.get("swappingVerb", ())
        for i in range(start, min(end, start + 2 * _REACH)):
            if self.doc[i].lower_ not in _FOR:
                continue
            before = self.doc[i - 1].lower_
            swaps = before in {"exchange", "return"} and self.doc[i - 2].lower_ == "in"
            if not (swaps or barter):
                continue
            for token in self.doc[i + 1 : min(end, i + _REACH)]:
                if token.pos_ in {"NOUN", "PROPN"} and self._is_captive(token):
                    return token
        return None

    def counterpart(self, match: Match, codes: set[str]) -> list[Ref]:
        """Return whose those are for whom captives are let go, or who held them."""
        other = self.swapped(match)
        if other is None:
            return []
        found = [*self.holder(other), *self.reference.of(other)]
        return [r for r in found if r.code not in codes][:1]

    def _is_captive(self, token: Token) -> bool:
        mention = self.reference.at.get(token.i)
        people = mention is not None and mention.kind == "people"
        return people or self.reference.is_class(token, "captive")

    def catcher(self, match: Match, codes: set[str]) -> list[Ref]:
        """Return who caught the spies: "*Togo* arrested a clerk on suspicion of spying for Mali"."""
        if match.type.name not in self.lexicon.cues.get("spyingType", ()):
            return []
        for above in list(self.syntax.governors(match.trigger))[:_STEPS]:
            if not self.syntax.is_verbal(above) or not self._is_among(above, "catchingVerb"):
                continue
            passive = self.syntax.is_passive(above)
            doer = self.syntax.agent(above) if passive else self.syntax.subject(above)
            found = self.reference.of_all(doer) if doer is not None else ()
            found = found or tuple(self._where(above))
            kept = [r for r in found if r.code not in codes]
            if kept:
                return kept[:1]
        return []
