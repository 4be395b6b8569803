"""What is written beside a verb: its voice, its own subject, its agent, what its clause describes.

What is only understood (the subject of an infinitive, of a second verb) is in kg/nlp/understood.py.
"""

from spacy.tokens import Token

from kg.nlp.once import once
from kg.nlp.syntax_words import NOMINAL, Words

_CAUSING = frozenset({"want", "order", "need", "like", "prefer", "have", "get"})


class Voice(Words):
    """Passive or active, and who is written beside the verb."""

    @once
    def is_passive(self, verb: Token) -> bool:
        """Tell whether the verb is passive, reduced participles ("diplomats expelled by") included."""
        p = self.profile
        if any(c.dep_ in p.passive_auxiliary for c in verb.children):
            return True
        if self._children(verb, p.passive_subject):
            # "Saint George's banned planes": with an object and no auxiliary it is no passive
            bare = not self._children(verb, p.auxiliary | p.copula) and self._objects(verb)
            return not (bare and verb.tag_ in {"VBD", "VBN"} and self.agent(verb) is None)
        if self._tells_doer(verb):
            return not self._misread_past(verb)
        participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ in p.open_complement)
        participle = participle or self.bare_participle(verb)
        if participle and not self._children(verb, p.auxiliary):
            if verb.dep_ in p.adnominal_clause | p.adverbial_clause:
                return not self._misread_past(verb)
            if verb.dep_ in p.open_complement and self._children(verb.head, p.object):
                return True
            if self.bare_participle(verb) and verb.head.lemma_.lower() in _CAUSING:
                return not self._objects(verb)  # "want the envoy expelled", taken for a clause
            if verb.dep_ in p.conjunct and not self.own_subject(verb) and not self._objects(verb):
                return self.is_passive(verb.head)
        return False

    def bare_participle(self, verb: Token) -> bool:
        """Tell whether a participle alone is a verb's complement: "wants the envoys *expelled*"."""
        complements = self.profile.open_complement | self.profile.clausal_complement
        helped = self._children(verb, self.profile.auxiliary | self.profile.passive_auxiliary)
        past = verb.tag_ == "VBD" and verb.head.lemma_.lower() in _CAUSING  # misread
        return (verb.tag_ == "VBN" or past) and verb.dep_ in complements and not helped

    def _tells_doer(self, verb: Token) -> bool:
        """Tell a participle with its doer: "a Saudi-*brokered* deal", "talks *mediated* by Chad"."""
        adnominal = self.profile.premodifier | self.profile.adnominal_clause
        if verb.tag_ not in {"VBD", "VBN"} or verb.dep_ not in adnominal:
            return False
        by = any(o.preposition == "by" for o in self.obliques(verb))
        return by or self._prefixed(verb) is not None

    def _misread_past(self, verb: Token) -> bool:
        """Tell whether a "participle" is the sentence's finite verb: "Slovakia called off a visit."

        So it is under a nominal root with no finite verb beside it, in a sentence that ends with a
        full stop (headlines leave out the auxiliary of real passives) and names no agent.
        """
        sentence = verb.sent
        return (
            verb.dep_ in self.profile.adnominal_clause | self.profile.adverbial_clause
            and sentence.root.pos_ in NOMINAL
            and (
                verb.head == sentence.root
                or verb.head.head == sentence.root
                or verb.dep_ in self.profile.adverbial_clause
            )
            and verb.i > sentence.root.i
            and sentence.text.rstrip().endswith(".")
            and not any(
                t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and not self._in_relative(t) for t in sentence
            )
            and self.agent(verb) is None
        )

    def _in_relative(self, verb: Token) -> bool:
        """Tell whether the verb, or one that it helps, is a relative clause's."""
        relative = self.profile.relative_clause
        return verb.dep_ in relative or (
            verb.dep_ in self.profile.auxiliary | self.profile.passive_auxiliary
            and verb.head.dep_ in relative
        )

    @once
    def own_subject(self, verb: Token) -> Token | None:
        """Return the subject written beside the verb, active or passive; None if there is none."""
        p = self.profile
        found = self._children(verb, p.subject | p.passive_subject)
        if not found and verb.dep_ in p.clausal_complement:
            above = self._children(verb.head, p.subject)
            return above[0] if self._parted(verb.head, above, verb) else None
        if len(found) > 1 and any(self._parted(verb, found, c) for c in verb.rights):
            return found[-1]
        if len(found) > 1 and found[-1].i < verb.i:
            # of two ("San Francisco: U.S. tells Russia") the one behind colon or dash
            between = self.doc[found[0].i : found[-1].i]
            if any(t.text in {":", ";", "-", "–", "—"} and t.i + 1 < verb.i for t in between):
                return found[-1]
            # "the radical group Hamas denies": the name, right behind what it is
            first, name = found[0], found[-1]
            left = name.left_edge.i + (name.left_edge.text == ",")  # "the minister, Ana Pop, and"
            behind = left == name.i and first.right_edge.i + 1 == name.left_edge.i
            if behind and first.pos_ == "NOUN" and name.pos_ == "PROPN" and name.dep_ in p.subject:
                return name
        return found[0] if found else None

    def _parted(self, verb: Token, subjects: list[Token], told: Token) -> bool:
        """Tell whether a saying parts a subject from its verb: "*troops*, an envoy told us, *crossed*"."""
        if told.dep_ not in self.profile.clausal_complement or len(subjects) != 2:
            return False
        if not subjects[1].i < verb.i < told.i or self._children(told, self.profile.subject):
            return False
        speaker, clause = subjects[1].left_edge.i, told.left_edge.i
        commas = {self.doc[speaker - 1].text, self.doc[clause - 1].text}
        return commas == {","} or commas == {",", '"'}

    def antecedent(self, verb: Token) -> Token | None:
        """Return the noun that a relative clause with this verb (or a conjunct of it) describes."""
        p = self.profile
        current = verb
        for _ in range(5):
            if (
                current.dep_ in p.relative_clause | p.adverbial_clause
                and current.head.pos_ in NOMINAL
            ):
                return current.head
            if current.dep_ in p.loose and self._after_it_was(current.head):
                return current.head  # "it was Chad, he said, that armed them"
            if current.head == current:
                break
            current = current.head
        return self._person_before(verb)

    def _after_it_was(self, predicate: Token) -> bool:
        return predicate.pos_ in NOMINAL and any(
            c.lower_ == "it" and c.i < predicate.i for c in predicate.children
        )

    def _person_before(self, verb: Token) -> Token | None:
        """Return the object before a clause with *who* that was taken for the verb's complement."""
        if verb.dep_ not in self.profile.clausal_complement:
            return None
        who = next((c for c in verb.lefts if c.lower_ == "who"), None)
        objects = self._objects(verb.head)
        return objects[-1] if who is not None and objects and objects[-1].i < who.i else None

    def _objects(self, verb: Token) -> list[Token]:
        return self._children(verb, self.profile.object)

    def agent(self, verb: Token) -> Token | None:
        """Return the `by`-phrase's noun of a passive verb.

        Or that of the name before it: "was filed against Peru | by Chile", hung on *Peru*.
        """
        phrases = self.obliques(verb)
        for oblique in phrases:
            if oblique.preposition == "by":
                return oblique.noun
        if phrases and phrases[-1].noun.pos_ == "PROPN" and phrases[-1].noun.i > verb.i:
            for oblique in self.obliques(phrases[-1].noun):
                if oblique.preposition == "by" and self.is_passive(verb):
                    return oblique.noun
        return self._prefixed(verb)

    def _prefixed(self, participle: Token) -> Token | None:
        """Return the doer joined to a participle: "a *Saudi*-brokered deal", "*UN*-sponsored talks"."""
        first = participle.nbor(-2) if participle.i - participle.sent.start > 1 else None
        joined = participle.tag_ == "VBN" and participle.nbor(-1).text == "-" if first else False
        return first if joined and first is not None and first.head == participle else None

    def particles(self, verb: Token) -> list[Token]:
        """Return verb particles ("kicked *out*")."""
        return self._children(verb, self.profile.particle)
