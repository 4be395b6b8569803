"""What pronouns stand for: it, they, he, we, and the noun of a class that one means."""

from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.nlp.refs import Ref, found_by

if TYPE_CHECKING:
    from kg.nlp.reference import Reference
from kg.nlp.antecedents import Antecedents

_PLURAL = frozenset({"they", "them", "their", "themselves"})
_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_FIRST = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_PERSONAL = frozenset({"his", "her", "their"})
_STANDING = frozenset({"it", "they", "them", "he", "him", "she", "her"})
_MANY = frozenset({"they", "them"})
_GROUNDS = frozenset({"over", "for"})
_AGAINST = frozenset({"on", "upon", "against", "to", "with", "at"})
_STANDING_REACH = 45  # words


class Pronouns(Antecedents):
    """The pronouns of one document."""

    def __init__(self, reference: "Reference") -> None:
        super().__init__(reference)
        self._standing: dict[tuple[int, str], Token | None] = {}
        self._collective = frozenset(reference.lexicon.cues.get("collectiveNoun", ()))

    def stands_for(self, token: Token, name: str) -> Token | None:
        """Return the noun of the word class that a personal pronoun means: "recalled *him*".

        The nearest one before it that agrees in number, in its sentence or the one before; a person
        for he and she, for it and they none that a name says.
        """
        lower = token.lower_
        own = lower == "own" and self.syntax.possessor(token) is not None  # "recalled its own"
        if not own and (lower not in _STANDING or token.tag_ == "PRP$"):
            return None
        key = (token.i, name)
        if key not in self._standing:
            self._standing[key] = self._standing_for(token, name, plural=lower in _MANY)
        return self._standing[key]

    def owner_of_class(self, token: Token, name: str) -> Token | None:
        """Return the person of the word class whose something is: "demanded *her* release"."""
        if token.lower_ not in _PERSONAL:
            return None
        return self._standing_for(token, name, plural=token.lower_ == "their")

    def pointed(self, noun: Token) -> tuple[Ref, ...]:
        """Return the parties of the noun that a pronoun stands for."""
        return found_by(self.reference.of(noun), "coreference")

    def _standing_for(self, token: Token, name: str, *, plural: bool) -> Token | None:
        start = token.sent.start
        if start:
            start = self.doc[start - 1].sent.start
        for i in range(token.i - 1, max(start, token.i - _STANDING_REACH) - 1, -1):
            noun = self.doc[i]
            if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ in self.syntax.profile.premodifier:
                continue
            many = noun.tag_ in {"NNS", "NNPS"} or noun.lemma_.lower() in self._collective
            if many == plural and self.reference.is_class(noun, name):
                return noun
        return None

    def of(self, token: Token) -> tuple[Ref, ...]:
        """Return the parties that the pronoun stands for: in a quotation, *we* are its speaker's."""
        lower = token.lower_
        if lower in _FIRST:
            speaker = self.reference.quote_speaker.get(token.i)
            return (
                found_by(self.reference.of(speaker), "coreference") if speaker is not None else ()
            )
        if lower in _HUMAN:
            return found_by(self._last_person(token), "coreference")
        return found_by(self._last_party(token), "coreference")

    def _last_party(self, token: Token) -> tuple[Ref, ...]:
        shared = self._shared_possessor(token) or self._held_against(token)
        if shared:
            return shared
        for subject in self._governing_subjects(token):
            if subject.lower_ in _HUMAN and token.lower_ in {"it", "its"}:
                continue
            found = () if self.is_private(subject) else self.reference.of_all(subject)
            if found and self._agrees(token, subject, found):
                return found
            if self._is_somebody(token, subject):
                return ()
        sentence = token.sent
        doer = self._own_doer(token)
        taken = {r.code for r in self.reference.of_all(doer)} if doer is not None else set()
        earlier = [
            m
            for m in self.reference.mentions
            if sentence.start <= m.start < token.i
            and m.codes
            and m.government
            and not taken & {*m.codes}
        ]
        if earlier and token.lower_ in _PLURAL:  # "Dublin, Oslo and Madrid announced they would"
            group = self.reference.of_all(self._first_of_group(earlier[-1]))
            if len(group) > 1:
                return group
        if earlier:
            return self.reference.mention_refs(earlier[-1], "coreference")
        return self._previous(token, human=False)

    def _shared_possessor(self, token: Token) -> tuple[Ref, ...]:
        """Read "Russia's annexation of … and its backing of …": one possessor for the list."""
        noun = token.head
        if token.dep_ not in self.syntax.profile.possessive:
            return ()
        for _ in range(6):
            if self.syntax.role_of(noun) != "conjunct":
                return self._listed_before(token)
            noun = noun.head
            possessor = self.syntax.possessor(noun)
            if possessor is not None and possessor.i < token.i:
                return self.reference.of_all(possessor)
        return ()

    def _listed_before(self, token: Token) -> tuple[Ref, ...]:
        """Read a list by commas that the parser tore apart: "over Chad's raids, *its* threats and …"."""
        comma = token.left_edge.i - 1
        if comma <= token.sent.start or self.doc[comma].text != ",":
            return ()
        last = self.doc[comma - 1]
        for noun in (last, *self.syntax.governors(last)):
            possessor = self.syntax.possessor(noun)
            if possessor is None or noun.pos_ != "NOUN" or noun.i > comma:
                continue
            lead = {c.lower_ for c in noun.lefts if c.pos_ in {"ADP", "SCONJ"}}
            if lead or possessor.lower_ == "its":
                return self.reference.of_all(possessor)
        return ()

    def _held_against(self, token: Token) -> tuple[Ref, ...]:
        """Read "sanctioned Belarus *over its* jailing of a Pole": its is whoever it is held against.

        Who makes amends ("apologised to Chad for its raid") means its own doing.
        """
        if token.lower_ != "its" or token.dep_ not in self.syntax.profile.possessive:
            return ()
        noun = token.head
        while self.syntax.role_of(noun) == "conjunct" and noun.head.pos_ == "NOUN":
            noun = noun.head
        ground = next((c for c in noun.lefts if c.lower_ in _GROUNDS), None)
        verb = self.syntax.clause_head(noun)
        if ground is None or verb.i > ground.i or self.reference.is_cue(verb, "amendsVerb"):
            return ()
        subject = self.syntax.doer_or_patient(verb)
        own = {r.code for r in self.reference.of_all(subject)} if subject is not None else set()
        for mention in self.reference.mentions:
            between = verb.i < mention.start < ground.i and mention.government
            if between and len(mention.codes) == 1 and not own & {*mention.codes}:
                head = self.doc[mention.start : mention.end].root
                if head.dep_ in self.syntax.profile.possessive:  # "*Togo's* government"
                    head = head.head
                leads = {c.lower_ for c in head.lefts if c.pos_ == "ADP"}
                if leads & _AGAINST or self.syntax.role_of(head) == "object":
                    return self.reference.mention_refs(mention, "coreference")
        return ()

    def _last_person(self, token: Token) -> tuple[Ref, ...]:
        for subject in self._governing_subjects(token):
            if self._may_be_person(subject) or self.reference.is_class(subject, "office"):
                found = self.reference.of(subject)
                if found:
                    return found
        before = [
            p for i, p in sorted(self.persons.items()) if i < token.i and i >= token.sent.start
        ]
        if before and before[-1].codes:
            return self.reference.person_refs(before[-1])
        return self._previous(token, human=True)
