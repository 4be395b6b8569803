"""Where what points back looks: the clauses above, the sentences before, and what agrees."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from kg.nlp.actors import Mention
from kg.nlp.put_behind import said_before
from kg.nlp.refs import Ref
from kg.nlp.syntax import NOMINAL

if TYPE_CHECKING:
    from kg.nlp.reference import Reference

_PLURAL = frozenset({"they", "them", "their", "themselves"})
_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_LOOKBACK = 4  # sentences


class Antecedents:
    """The search for antecedents over the references of one document."""

    def __init__(self, reference: "Reference") -> None:
        self.reference = reference
        self.doc, self.syntax = reference.doc, reference.syntax
        self.persons = reference.persons

    def _governing_subjects(self, token: Token) -> list[Token]:
        """Return the subjects of the token's clause and of those above it, nearest first."""
        found = []
        own = token
        clause = self.syntax.clause_head(token)
        other = self._own_doer(token)
        chain = [clause, *(g for g in self.syntax.governors(clause) if self.syntax.is_verbal(g))]
        chain += said_before(clause, self.syntax)  # "Chad will leave, *its* minister warned"
        if any(c.lower_ == "what" for c in clause.lefts):  # "to end what it called …": who says so
            chain = [v for v in chain if not self.syntax.infinitive(v)]
        for verb in chain:
            subject = self.syntax.doer_or_patient(verb)
            if (
                subject is not None
                and subject != other
                and subject.i < own.i
                and not self._inside(own, subject)
            ):
                found.append(subject)
        return found

    def _own_doer(self, token: Token) -> Token | None:
        """Return who does what is done to the pronoun: "urged *it*" never means who urges."""
        role = self.syntax.role_of(token)
        if token.dep_ in self.syntax.profile.possessive and self._is_flouted(token.head):
            return self.syntax.subject(token.head.head)  # "Iran ignored *its* warnings"
        if (
            token.pos_ != "PRON"
            or role not in {"object", "oblique"}
            or token.lower_.endswith(("self", "selves"))
        ):
            return None
        return self.syntax.subject(token.head) if token.head.pos_ == "VERB" else None

    def _is_flouted(self, noun: Token) -> bool:
        """Tell whether the noun is what one ignores or rejects: another's, not one's own."""
        verb = noun.head
        acted_on = self.syntax.role_of(noun) == "object" and verb.pos_ == "VERB"
        return acted_on and self.reference.is_cue(verb, "floutingVerb")

    @staticmethod
    def _inside(token: Token, head: Token) -> bool:
        return head.left_edge.i <= token.i <= head.right_edge.i

    def is_private(self, token: Token) -> bool:
        """Tell whether the phrase is of a state but doesn't act for it: "a Belgian rival"."""
        if token.i in self.reference.at or token.i in self.persons:
            return False
        owner = self.reference.syntax.possessor(token)
        of_state = owner is None or owner.pos_ != "NOUN" or owner.i in self.reference.at
        heads = [token] if owner is None or of_state else [token, owner]
        if self.reference.is_cue(token, "partitive"):  # "hundreds of Peruvian *women*"
            heads += [o.noun for o in self.syntax.obliques(token) if o.preposition == "of"]
        return any(self.reference.is_cue(h, "privateHead") for h in heads)  # "the *nurses'* order"

    def _is_somebody(self, token: Token, subject: Token) -> bool:
        """Tell whether the pronoun means people or a body of no side: "rebels said they fired"."""
        many = subject.tag_ == "NNS"
        if subject.pos_ != "NOUN" or many != (token.lower_ in _PLURAL):
            return False
        if self.is_private(subject) or self.reference.is_cue(subject, "bystander"):
            return True
        return self.reference.is_class(subject, "protester")  # "hundreds of Fijians marched"

    def _is_body(self, token: Token, subject: Token) -> bool:
        """Tell whether "it" means a body that is no party: "*The rights group* … It condemned"."""
        one = token.lower_ in {"it", "its"} and subject.tag_ == "NN"
        return one and self.reference.is_cue(subject, "otherBody")

    def _agrees(self, token: Token, antecedent: Token, refs: tuple[Ref, ...]) -> bool:
        """Tell whether they/their can mean it: several parties, or a plural noun."""
        if token.lower_ not in _PLURAL:
            return len(refs) < 2  # "Peru and Chile cut ties with Cuba, accusing *it* of …"
        if len(refs) > 1 or antecedent.lower_ == "they":
            return True
        return antecedent.tag_ in {"NNS", "NNPS"} and not self._is_state(antecedent)

    def _is_state(self, token: Token) -> bool:
        """Tell whether the word ends a state's name: "the United States" is one, "Americans" many."""
        mention = self.reference.at.get(token.i)
        return mention is not None and mention.kind == "name"

    def _sentences_before(self, token: Token) -> Iterator[Span]:
        """Yield the sentences before the token's, the nearest first, as far as one points back."""
        sentence = token.sent
        for _ in range(_LOOKBACK):
            if sentence.start == 0:
                return
            sentence = self.doc[sentence.start - 1].sent
            yield sentence

    def _previous(self, token: Token, *, human: bool) -> tuple[Ref, ...]:
        """Look for the subject (or first party, or last person) of the sentences before."""
        for sentence in self._sentences_before(token):
            subject = self.syntax.doer_or_patient(sentence.root)
            if subject is not None and not human and self._is_somebody(token, subject):
                return ()
            if human:
                if subject is not None and self._may_be_person(subject):
                    found = self.reference.of(subject)
                    if found:
                        return found
                people = [
                    p for i, p in sorted(self.persons.items()) if sentence.start <= i < sentence.end
                ]
                if people and people[-1].codes:
                    return self.reference.person_refs(people[-1])
                continue
            if (
                subject is not None
                and subject.lower_ not in _HUMAN
                and not self.is_private(subject)
            ):
                found = self.reference.of_all(subject)
                if found and self._agrees(token, subject, found):
                    return found
                if not found and self._is_body(token, subject):
                    return ()
            parties = [
                m
                for m in self.reference.mentions
                if sentence.start <= m.start < sentence.end
                and m.government
                and not self._is_place(m)
            ]
            if parties and parties[0].kind not in {"people", "leader"}:
                return self.reference.mention_refs(parties[0], "coreference")
        return ()

    def _may_be_person(self, subject: Token) -> bool:
        """Tell whether he or she can mean the subject: a person by name, or one of an office."""
        if subject.lower_ in _HUMAN or subject.i in self.persons:
            return True
        return subject.tag_ in {"NN", "NNP"} and self.reference.is_class(subject, "office")

    def _first_of_group(self, mention: Mention) -> Token:
        head = self.doc[mention.start : mention.end].root
        while head.dep_ in self.syntax.profile.conjunct and head.head.pos_ in NOMINAL:
            head = head.head
        return head

    def _is_place(self, mention: Mention) -> bool:
        head = self.doc[mention.end - 1]
        return (
            mention.kind in {"capital", "city"}
            and any(
                c.lower_ in {"in", "at", "near", "outside", "around"}
                for c in self.doc[mention.start : mention.end].root.children
            )
        ) or (
            mention.kind in {"capital", "city"}
            and head.i > 0
            and self.doc[mention.start - 1].lower_ in {"in", "at", "near"}
        )
