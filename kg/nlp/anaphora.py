"""What pronouns and pointing phrases stand for: it, they, both sides, the country, the ministry."""

from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.nlp.actors import Mention
from kg.nlp.numerals import digits_value, words_value
from kg.nlp.refs import PersonMention, Ref, found_by
from kg.nlp.syntax import NOMINAL

if TYPE_CHECKING:
    from kg.nlp.reference import Reference

_PLURAL = frozenset({"they", "them", "their", "themselves"})
_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_FIRST = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_STANDING = frozenset({"it", "they", "them", "he", "him", "she", "her"})
_MANY = frozenset({"they", "them"})
_VAGUE = frozenset({"a", "an", "several", "some", "many", "other"})
_MANIFOLD = frozenset({"foreign", "all", "various", "most", "few", "more"})  # with a plural
_STANDING_REACH = 45  # words
_LOOKBACK = 4  # sentences
_KINDS = ("envoy", "staff", "mission")  # word classes, the narrower first
_DEFINITE = frozenset({"the", "these", "those"})
_PLURAL_NOUN = frozenset({"NNS", "NNPS"})


class Anaphora:
    """Pointing back, over the references of one document."""

    def __init__(self, reference: "Reference") -> None:
        self.reference = reference
        self.doc, self.syntax = reference.doc, reference.syntax
        self._standing: dict[tuple[int, str], Token | None] = {}
        self._collective = frozenset(reference.lexicon.cues.get("collectiveNoun", ()))
        self.persons = reference.persons

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

    def definite(self, token: Token) -> tuple[Ref, ...]:
        """Resolve "the diplomats", "the embassy": the last of the kind that the article gave a side."""
        if not any(c.lower_ in _DEFINITE for c in token.lefts):
            return ()
        return self._last_of_kind(token, token.lemma_.lower(), many=token.tag_ in _PLURAL_NOUN)

    def titled(self, token: Token, person: PersonMention) -> tuple[Ref, ...]:
        """Resolve a named envoy whose side was told before: "the Omani envoy … Ambassador Aziz"."""
        words = person.office.lower().split()
        return self._last_of_kind(token, words[-1], many=False) if words else ()

    def _last_of_kind(self, token: Token, lemma: str, *, many: bool) -> tuple[Ref, ...]:
        """Return the side of the noun before it, else of the last of its word class, if of one."""
        classes = self.reference.lexicon.classes
        kind = next((c for c in _KINDS if lemma in classes.get(c, ())), "")
        if not kind:
            return ()
        start = token.sent.start
        for _ in range(_LOOKBACK):
            start = self.doc[start - 1].sent.start if start else 0
        alike: tuple[Ref, ...] = ()
        for i in range(token.i - 1, start - 1, -1):
            noun = self.doc[i]
            if noun.pos_ not in {"NOUN", "PROPN"} or (noun.tag_ in _PLURAL_NOUN) != many:
                continue
            if noun.i in self.persons or (noun.i + 1 in self.persons and not many):
                continue  # the title of somebody else
            same = noun.lemma_.lower() == lemma
            kinds = ("envoy", kind) if kind == "mission" else (kind,)  # the envoy's, the embassy's
            if not same and (alike or not any(self.reference.is_class(noun, k) for k in kinds)):
                continue
            found = self.reference.owner(noun) if self.reference.named_owner(noun) else ()
            if found and same:
                return found_by(found, "coreference")
            alike = alike or found
        return found_by(alike, "coreference")

    def elided(self, token: Token) -> tuple[Ref, ...]:
        """Resolve "two more", "another ten": of those whom the sentence counted before."""
        dated = any(c.pos_ in {"PROPN", "ADP"} for c in token.lefts)  # "by June 30"
        counted = token.pos_ == "NUM" or self.reference.is_cue(token, "elidedNoun")
        if (
            not counted
            or dated
            or any(c.lower_ == "of" for c in self.doc[token.i + 1 : token.i + 2])
        ):
            return ()
        for i in range(token.i - 1, token.sent.start - 1, -1):
            noun = self.doc[i]
            if noun.pos_ == "NOUN" and any(self.reference.is_class(noun, k) for k in _KINDS[:2]):
                found = self.reference.owner(noun)
                if found:
                    return found_by(found, "coreference")
        return ()

    def _of_office(self, token: Token) -> tuple[Ref, ...]:
        """Return the side of the person last named with this office: "the president"."""
        lemma = token.lemma_.lower()
        before = [p for i, p in sorted(self.persons.items()) if i < token.i and p.codes]
        for person in reversed(before):
            if person.office.lower().split()[-1:] == [lemma]:
                return tuple(r for r in self.reference.person_refs(person))
        return ()

    def pronoun(self, token: Token) -> tuple[Ref, ...]:
        lower = token.lower_
        if lower in _FIRST:
            speaker = self.reference.quote_speaker.get(token.i)
            return (
                found_by(self.reference.of(speaker), "coreference") if speaker is not None else ()
            )
        if lower in _HUMAN:
            return found_by(self._last_person(token), "coreference")
        return found_by(self._last_party(token), "coreference")

    def _governing_subjects(self, token: Token) -> list[Token]:
        """Return the subjects of the token's clause and of those above it, nearest first."""
        found = []
        own = token
        clause = self.syntax.clause_head(token)
        other = self._own_doer(token)
        chain = [clause, *(g for g in self.syntax.governors(clause) if self.syntax.is_verbal(g))]
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
        if (
            token.pos_ != "PRON"
            or role not in {"object", "oblique"}
            or token.lower_.endswith(("self", "selves"))
        ):
            return None
        return self.syntax.subject(token.head) if token.head.pos_ == "VERB" else None

    @staticmethod
    def _inside(token: Token, head: Token) -> bool:
        return head.left_edge.i <= token.i <= head.right_edge.i

    def _last_party(self, token: Token) -> tuple[Ref, ...]:
        shared = self._shared_possessor(token)
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

    def is_private(self, token: Token) -> bool:
        """Tell whether the phrase is of a state but doesn't act for it: "a Belgian rival"."""
        named = token.i in self.reference.at or token.i in self.persons
        return not named and self.reference.is_cue(token, "privateHead")

    def _is_somebody(self, token: Token, subject: Token) -> bool:
        """Tell whether the pronoun means people or a body of no side: "rebels said they fired"."""
        many = subject.tag_ == "NNS"
        if subject.pos_ != "NOUN" or many != (token.lower_ in _PLURAL):
            return False
        if self.is_private(subject) or self.reference.is_cue(subject, "bystander"):
            return True
        return self.reference.is_class(subject, "protester")  # "hundreds of Fijians marched"

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

    def _shared_possessor(self, token: Token) -> tuple[Ref, ...]:
        """Read "Russia's annexation of … and its backing of …": one possessor for the list."""
        noun = token.head
        if token.dep_ not in self.syntax.profile.possessive:
            return ()
        for _ in range(6):
            if self.syntax.role_of(noun) != "conjunct":
                return ()
            noun = noun.head
            possessor = self.syntax.possessor(noun)
            if possessor is not None and possessor.i < token.i:
                return self.reference.of_all(possessor)
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

    def _previous(self, token: Token, *, human: bool) -> tuple[Ref, ...]:
        """Look for the subject (or first party, or last person) of the sentences before."""
        sentence = token.sent
        for _ in range(_LOOKBACK):
            if sentence.start == 0:
                return ()
            sentence = self.doc[sentence.start - 1].sent
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

    def pointing(self, token: Token) -> tuple[Ref, ...] | None:
        """Resolve "the country", "both sides", "each other"; None where the phrase doesn't point."""
        lower = token.lower_
        cues = self.reference.lexicon.cues
        if (
            lower in {"other", "another"}
            and token.i
            and self.doc[token.i - 1].lower_ in {"each", "one"}
        ):
            return self._each_other(token)
        lemma = token.lemma_.lower()
        determiner = {c.lower_ for c in token.lefts}
        if lemma in cues.get("bothSides", ()) and determiner & {"both", "two"}:
            return found_by(self._two_parties(token), "coreference")
        if (
            lower == "both"
            and token.pos_ in {"PRON", "DET"}
            and token.dep_ in self.syntax.profile.subject | self.syntax.profile.object
        ):
            return found_by(self._two_parties(token), "coreference")
        if (
            lemma in cues.get("selfReference", ())
            and determiner & {"the", "this", "that"}
            and self.syntax.possessor(token) is None
        ):
            if self.reference.premodifying(token) or any(
                o.preposition == "of" and self.reference.of(o.noun)
                for o in self.syntax.obliques(token)
            ):
                return None
            if token.tag_ == "NNS":
                return found_by(self._several(token), "coreference")
            found = self._accuser(token) or self._last_state(token)
            return found_by(found, "coreference")
        return None

    def _accuser(self, token: Token) -> tuple[Ref, ...]:
        """Return who blames: "Togo accused Benin of meddling in the country's vote" means Togo's."""
        clause = self.syntax.clause_head(token)
        if not self.syntax.of_gerund(clause) or self.syntax.is_passive(clause.head):
            return ()
        blaming = self.syntax.subject(clause.head)
        return self.reference.of(blaming)[:1] if blaming is not None else ()

    def _several(self, token: Token) -> tuple[Ref, ...]:
        """Resolve "the three countries", "the countries": the group of that size named last."""
        spelled = [c.lower_ for c in token.lefts if c.pos_ == "NUM"]
        if not spelled:
            return self._two_parties(token)
        size = words_value(spelled[0]) or digits_value(spelled[0])
        own = {r.code for s in self._governing_subjects(token) for r in self.reference.of_all(s)}
        for mention in reversed(
            [m for m in self.reference.mentions if m.end <= token.i and m.codes]
        ):
            group = self.reference.of_all(self._first_of_group(mention))
            if len(group) == size and not own & {r.code for r in group}:
                return group
        return ()

    def _first_of_group(self, mention: Mention) -> Token:
        head = self.doc[mention.start : mention.end].root
        while head.dep_ in self.syntax.profile.conjunct and head.head.pos_ in NOMINAL:
            head = head.head
        return head

    def _each_other(self, token: Token) -> tuple[Ref, ...]:
        doer = self.syntax.doer_or_patient(self.syntax.clause_head(token))
        for subject in [*([doer] if doer is not None else []), *self._governing_subjects(token)]:
            found = self.reference.of_all(subject)
            if len(found) > 1:
                return found_by(found, "coreference")
        return ()

    def _two_parties(self, token: Token) -> tuple[Ref, ...]:
        """Return the two that acted together last, else the two parties last named, in text order."""
        own: set[str] = set()
        between = self._between(token)
        if between:
            return between
        for subject in self._governing_subjects(token):
            acting = self.reference.of_all(subject)
            if len(acting) == 2:
                return acting  # "Peru and Chile stand with us, and both have promised"
            own |= {r.code for r in acting}
        pair = self._last_pair(token, own)
        if pair:
            return pair
        return self._last_two(token, own) or self._last_two(token, set())

    def _last_two(self, token: Token, own: set[str]) -> tuple[Ref, ...]:
        """Return the two parties last named that aren't of `own`, in text order."""
        found: dict[str, Ref] = {}
        states = self.reference.is_cue(token, "stateNoun")
        for mention in reversed([m for m in self.reference.mentions if m.start < token.i]):
            if mention.codes and mention.kind != "city" and not self._is_place(mention):
                for ref in self.reference.mention_refs(mention, "coreference"):
                    if states and self._is_body(ref.code):
                        continue
                    if ref.code not in own:
                        found.setdefault(ref.code, ref)
            if len(found) >= 2:
                break
        return tuple(reversed(list(found.values())[:2])) if len(found) > 1 else ()

    def _between(self, token: Token) -> tuple[Ref, ...]:
        """Return the two of "tension between *Togo and Benin*" told before in the sentence."""
        for i in range(token.i - 1, token.sent.start, -1):
            if self.doc[i].lower_ == "between" and self.doc[i].head.i > i:
                found = self.reference.of_all(self.doc[i].head)
                return found if len(found) == 2 else ()
        return ()

    def _last_pair(self, token: Token, other: set[str]) -> tuple[Ref, ...]:
        """Return the nearest subject of two parties in the sentences before, none of them `other`."""
        sentence = token.sent
        for _ in range(_LOOKBACK):
            if sentence.start == 0:
                return ()
            sentence = self.doc[sentence.start - 1].sent
            subject = self.syntax.doer_or_patient(sentence.root)
            found = self.reference.of_all(subject) if subject is not None else ()
            if len(found) == 2 and not other & {r.code for r in found}:
                return found
        return ()

    def pair(self, token: Token) -> tuple[Ref, ...]:
        """Return the two parties that "they", "the pair", "their leaders", "the two" stand for."""
        cues = self.reference.lexicon.cues
        duo = cues.get("duo", ())
        owner = self.syntax.possessor(token)
        for word in (token, owner):
            if word is None:
                continue
            lemma = word.lemma_.lower()
            counted = any(c.lower_ in duo for c in word.lefts)
            own = word.lower_ == "their" and self.reference.is_class(token, "office")
            if word.lower_ in duo or own or (counted and lemma in cues.get("bothSides", ())):
                return found_by(self._two_parties(token), "coreference")
        return ()

    def _last_state(self, token: Token) -> tuple[Ref, ...]:
        """Return the state (of "the bloc": the body) last named before the token, places included."""
        body = self.reference.is_cue(token, "bodyNoun")
        own = self._own_clause(token)
        before = [
            m
            for m in self.reference.mentions
            if m.start < token.i
            and m.codes
            and (m.kind != "adjective" or own)
            and not own & set(m.codes)
            and self._is_body(m.codes[0]) == body
        ]
        return self.reference.mention_refs(before[-1], "coreference")[:1] if before else ()

    def _own_clause(self, token: Token) -> set[str]:
        """Return who acts in answer to "the country's decision", which is then another's."""
        if token.dep_ in self.syntax.profile.object | self.syntax.profile.oblique:
            # "Peru accused the country of …", "imposed sanctions on the regime"
            verb = token.head
            active = self.syntax.is_verbal(verb) and not self.syntax.is_passive(verb)
            doer = self.syntax.subject(verb) if active else None
            return {r.code for r in self.reference.of_all(doer)} if doer is not None else set()
        decision = token.head if token.dep_ in self.syntax.profile.possessive else None
        if decision is None or not self.reference.is_cue(decision, "decisionNoun"):
            return set()
        verb = self.syntax.clause_head(decision)
        subject = self.syntax.subject(verb) if verb != decision else None
        apart = subject is not None and not self._inside(token, subject)
        return (
            {r.code for r in self.reference.of_all(subject)}
            if subject is not None and apart
            else set()
        )

    def _is_body(self, code: str) -> bool:
        actor = self.reference.lexicon.actors.get(code)
        return actor is not None and actor.kind == "Organisation"

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

    def contextual(self, token: Token) -> tuple[Ref, ...]:
        """A bare ministry, government or office: the state last acting, else the dateline's."""
        if self._body_of(token) is None:
            return ()
        for subject in self._governing_subjects(token):
            if subject.i != token.i:
                found = self.reference.of_all(subject)
                if found:
                    return found_by(found, "context")
        found = self._of_office(token) or self._previous(token, human=False)
        if found:
            return found_by(found, "context")
        return (
            (Ref(self.reference.home, token.i, token.i + 1, "context"),)
            if self.reference.home
            else ()
        )

    def _body_of(self, token: Token) -> Token | None:
        """Return the bare body or office meant: itself, or the ministry of "a ministry spokesman"."""
        if self.reference.is_cue(token, "contextualHead"):
            vague = _VAGUE | _MANIFOLD if token.tag_ == "NNS" else _VAGUE
            return None if any(c.lower_ in vague for c in token.lefts) else token
        if not self.reference.is_class(token, "office"):
            return None
        before = (m for m in self.syntax.premodifiers(token) if m.pos_ in {"NOUN", "PROPN"})
        return next((m for m in before if self.reference.is_cue(m, "contextualHead")), None)
