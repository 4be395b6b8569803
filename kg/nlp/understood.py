"""Who does what a verb says where nobody is written beside it: infinitives, participles, second verbs."""

from spacy.tokens import Token

from kg.nlp.once import once
from kg.nlp.syntax_words import NOMINAL
from kg.nlp.voice import Voice

RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OF_INTENT = frozenset(
    {"decision", "plan", "move", "attempt", "effort", "bid", "threat", "refusal", "vow", "pledge"}
    | {"promise", "intention", "proposal", "step", "resolve", "choice", "readiness", "willingness"}
    | {"desire", "order", "failure", "agreement", "commitment"}
)
_OF_PROCESS = frozenset(
    {"process", "task", "aim", "goal", "intention", "plan", "possibility", "idea", "way", "threat"}
    | {"step", "policy", "practice", "habit", "purpose", "hope", "option", "prospect", "chance"}
    | {"favour", "favor", "support"}
)
_OF_TEXT = frozenset(
    {
        "statement",
        "declaration",
        "letter",
        "communique",
        "communiqué",
        "message",
        "note",
        "resolution",
    }
    | {
        "appeal",
        "memorandum",
        "telegram",
        "cable",
        "petition",
        "tweet",
        "post",
        "speech",
        "document",
    }
)
_HARM = frozenset({"kill", "wound", "injure", "maim", "hurt", "damage", "destroy", "leave"})
_SPANS = frozenset(
    {"day", "week", "month", "year", "today", "yesterday", "monday", "tuesday", "wednesday"}
    | {"thursday", "friday", "saturday", "sunday"}
)
_RANKS = frozenset({"first", "second", "third", "last", "latest", "next", "only", "sole"})
# Who stands behind these is to do it: "called *on India* to summon", "appealed *to Iran* to free".
_CONTROL = frozenset(
    {("call", "on"), ("call", "upon"), ("appeal", "to"), ("plead", "with"), ("prevail", "on")}
    | {("prevail", "upon"), ("rely", "on"), ("count", "on"), ("lean", "on"), ("wait", "for")}
)

_BIDDING = frozenset(
    {"ask", "urge", "tell", "order", "force", "request", "press", "pressure", "persuade", "advise"}
    | {"encourage", "instruct", "beg", "implore", "exhort", "compel", "oblige", "require", "direct"}
)


class Understood(Voice):
    """Subjects, written or understood."""

    @once
    def subject(self, verb: Token, depth: int = 0) -> Token | None:
        """Return who does what the verb says, for active verbs: written or understood.

        Understood subjects: of a conjoined verb, a relative clause (the antecedent), a controlled
        infinitive (the matrix object, else its subject), a participle, an infinitive under a noun
        (the noun's possessor, else the subject of its verb), a verb hung on its subject.
        """
        if depth > 6:
            return None
        own = self.own_subject(verb)
        if own is not None:
            if own.lower_ in RELATIVE:
                return self.antecedent(verb) or own
            return own
        return self._understood(verb, depth)

    def of_gerund(self, verb: Token) -> bool:
        """ "Accused Chad of *breaking* the truce": what the verb before says of its object."""
        p = self.profile
        being = any(c.tag_ == "VBG" for c in self._children(verb, p.copula))
        return (
            (verb.tag_ == "VBG" or being)
            and verb.dep_ not in p.conjunct
            and self.is_verbal(verb.head)
            and any(t.lower_ == "of" and t.dep_ in p.marker | p.case for t in verb.lefts)
        )

    def told_of_object(self, verb: Token) -> bool:
        """Tell whether the doer is the object: "warned Chad against *sending* troops", "blamed for"."""
        p, head = self.profile, verb.head
        if verb.tag_ != "VBG" or verb.dep_ in p.conjunct or not self.is_verbal(head):
            return False
        objects = [o for o in self._children(head, p.object | p.indirect) if head.i < o.i < verb.i]
        if not objects or self.is_passive(head):
            return False
        if head.lemma_ in {"quote", "cite"} and any(t.lower_ == "as" for t in verb.lefts):
            return True
        if head.lemma_ in {"charge", "credit"} and any(t.lower_ == "with" for t in verb.lefts):
            return True
        return self._is_for(verb) or self.kept_from(verb)

    @staticmethod
    def _is_for(verb: Token) -> bool:
        return any(t.lower_ == "for" for t in verb.lefts)

    def _punished(self, verb: Token) -> Token | None:
        """Return on whom it is put for doing so: "imposed sanctions *on officials* for rigging"."""
        hosts = [verb.head, *self._objects(verb.head)]
        found = [
            o.noun
            for h in hosts
            for o in self.obliques(h)
            if o.preposition in {"on", "against", "upon"} and o.noun.i < verb.i
        ]
        return found[-1] if found else None

    def kept_from(self, verb: Token) -> bool:
        """Tell whether the verb says what somebody is warned against or kept from doing."""
        labels = self.profile.marker | self.profile.case
        marks = {t.lower_ for t in verb.lefts if t.dep_ in labels}
        return verb.tag_ == "VBG" and bool(marks & {"against", "from"})

    def _accused(self, verb: Token, depth: int) -> Token | None:
        labels = self.profile.object | self.profile.indirect
        objects = [o for o in self._children(verb.head, labels) if verb.head.i < o.i < verb.i]
        punished = self._punished(verb) if self._is_for(verb) else None
        if punished is not None or objects:
            return punished if punished is not None else objects[0]
        if verb.head.dep_ in self.profile.relative_clause and not self.is_passive(verb.head):
            subject = self.own_subject(verb.head)
            if subject is not None and subject.lower_ not in RELATIVE:
                return self.antecedent(verb.head)  # "officials it accuses of undermining"
        return self.doer_or_patient(verb.head, depth + 1)

    def _understood(self, verb: Token, depth: int) -> Token | None:
        intent = self._intent(verb)
        if intent is not None:
            return self._decider(intent, verb) or self.holder(intent, depth + 1)
        p, head = self.profile, verb.head
        if head == verb:
            return self._stranded(verb)
        blamed = self.of_gerund(verb) or self.told_of_object(verb)
        found = self._accused(verb, depth) if blamed else None
        found = found or self._called_on(verb) or self._brokered(verb) or self._of_adverbial(verb)
        if found is not None:
            return found
        if verb.dep_ in p.relative_clause | p.adnominal_clause and head.pos_ in NOMINAL | {"ADJ"}:
            return self._of_adnominal(verb, depth)
        if verb.dep_ in p.open_complement:
            if self.is_verbal(head):
                controlled = self._children(head, p.object | p.indirect)
                if controlled and controlled[0].i < verb.i:
                    return controlled[0]
                return self.doer_or_patient(head, depth + 1)
            return self.holder(head, depth + 1)
        if head.pos_ in NOMINAL and verb.dep_ in p.loose | p.conjunct and head.i < verb.i:
            # "will expel two envoys and bar another": joined to the object instead of the verb
            beside = head.dep_ in p.object and verb.tag_ == head.head.tag_
            return self.doer_or_patient(head.head, depth + 1) if beside else head
        bare = head.tag_ in {"VB", "VBG"} and not self._is_finite(head)
        if verb.dep_ in p.conjunct and self._is_finite(verb) and bare:
            # "urged Kenya to turn back and accused …": a finite verb goes with a finite one
            finite = next((g for g in self.governors(head) if self._is_finite(g)), None)
            if finite is not None:
                return self.doer_or_patient(finite, depth + 1)
        if verb.dep_ in p.conjunct | p.adverbial_clause | p.clausal_complement | p.loose:
            return self.doer_or_patient(head, depth + 1) if self.is_verbal(head) else None
        if verb.pos_ in {"VERB", "AUX"} and head.pos_ in NOMINAL and verb.i > head.i:
            return head
        return None

    def _of_adnominal(self, verb: Token, depth: int) -> Token | None:
        head = verb.head
        if verb.tag_ in {"VB", "VBP"} and self.infinitive(verb):
            if self._is_first(head):
                return self.own_subject(head)
            # "Denmark to shut its embassy": a headline's future hangs on its own subject
            decider = self._decider(head, verb) or self.holder(head, depth + 1)
            return decider or (head if head.head == head else None)
        above = head.head
        oblique = head.dep_ in self.profile.oblique and self.is_verbal(above) and above.i < head.i
        if oblique and verb.tag_ == "VBG" and self._is_of_clause(verb):
            return self.doer_or_patient(above, depth + 1)
        if verb.tag_ == "VBG" and head.lemma_.lower() in _OF_PROCESS:
            return self.holder(head, depth + 1)  # "began the process of renewing ties"
        if verb.tag_ == "VBG" and head.lemma_.lower() in _OF_TEXT:
            author = self._decider(head, verb) or self.holder(head, depth + 1)
            return author or head  # "issued a statement urging Sudan"
        return head

    @staticmethod
    def _is_of_clause(verb: Token) -> bool:
        """Tell a participle that goes with the whole clause from one that describes the noun before.

        "A shell fell on a market *killing* three", "was convicted last year of *killing* three".
        """
        told_of = any(t.lower_ in {"of", "for"} for t in verb.lefts)
        return told_of if verb.head.lemma_.lower() in _SPANS else verb.lemma_.lower() in _HARM

    def _is_first(self, noun: Token) -> bool:
        """Tell "Denmark was the *first* member to recognise it", where Denmark recognised it."""
        ranked = any(t.lower_ in _RANKS for t in noun.lefts)
        return ranked and bool(self._children(noun, self.profile.copula))

    def _brokered(self, verb: Token) -> Token | None:
        """Return what a participle with its doer describes: "a Saudi-brokered *deal*"."""
        describes = verb.dep_ in self.profile.premodifier and self._prefixed(verb) is not None
        return verb.head if describes else None

    def _called_on(self, verb: Token) -> Token | None:
        if not self.infinitive(verb) or not self.is_verbal(verb.head):
            return None
        before = [o for o in self.obliques(verb.head) if o.noun.i < verb.i]
        asked = [o for o in before if (verb.head.lemma_.lower(), o.preposition) in _CONTROL]
        if asked or verb.head.lemma_.lower() not in _BIDDING or self.is_passive(verb.head):
            return asked[0].noun if asked else None
        labels = self.profile.object | self.profile.indirect
        told = [o for o in self._children(verb.head, labels) if verb.head.i < o.i < verb.i]
        return told[-1] if told else None  # "asked *countries* all over to expel them"

    def _of_adverbial(self, verb: Token) -> Token | None:
        """Return the subject of a misread past ("Iceland, which …, called in …") or of a purpose.

        "was called in by Kenya to demand an answer": the demand is the agent's.
        """
        phrasal = verb.dep_ in self.profile.open_complement and self.particles(verb.head)
        if verb.dep_ not in self.profile.adverbial_clause and not phrasal:
            return None
        if not phrasal and self._misread_past(verb):
            return verb.sent.root
        if self.infinitive(verb) and self._objects(verb) and self.is_passive(verb.head):
            agent = self.agent(verb.head)
            return agent if agent is not None and agent.i < verb.i else None
        return None

    def _intent(self, verb: Token) -> Token | None:
        """Return the noun whose infinitive it is, wherever it hangs: "over its *decision* to leave"."""
        to = next((c for c in verb.lefts if c.lower_ == "to"), None)
        if to is None or to.i == to.sent.start or not self.infinitive(verb):
            return None
        before = to.nbor(-1)
        if before.is_punct and before.i > to.sent.start:
            before = before.nbor(-1)
        if before.lemma_.lower() not in _OF_INTENT:  # "the decision by Peru to leave"
            before = next(
                (
                    a
                    for a in before.ancestors
                    if a.i < to.i
                    and any(t.lower_ in {"by", "of"} for t in self.doc[a.i + 1 : a.i + 2])
                ),
                before,
            )
        nominal = before.pos_ in NOMINAL and before.i < to.i
        return before if nominal and before.lemma_.lower() in _OF_INTENT else None

    def _decider(self, noun: Token, verb: Token) -> Token | None:
        """Return who takes the decision: "the decision by Peru to …", "the refusal of Chad to …"."""
        for oblique in self.obliques(noun):
            if oblique.noun.i < verb.i and (
                oblique.preposition == "by"
                or (oblique.preposition == "of" and noun.lemma_.lower() in _OF_INTENT)
            ):
                return oblique.noun
        return self.possessor(noun)

    def _is_finite(self, verb: Token) -> bool:
        """Tell whether the verb or an auxiliary of it has a tense: "has forbidden", "would close"."""
        return verb.tag_ in _FINITE or any(
            a.tag_ in _FINITE or a.tag_ == "MD" for a in self.auxiliaries(verb)
        )

    def _stranded(self, verb: Token) -> Token | None:
        """A finite root verb without subject: the parser hung the subject as something else."""
        nominal = [c for c in verb.lefts if c.pos_ in {"PROPN", "NOUN"}]
        for child in nominal:
            if child.dep_ not in self.profile.oblique:
                return child
        # "In June Guyana expelled …": the date's preposition took the subject along
        last = nominal[-1] if nominal else None
        if (
            last is not None
            and verb.tag_ in _FINITE
            and len([t for t in last.lefts if t.pos_ != "ADP"]) > 0
        ):
            between = self.doc[last.right_edge.i + 1 : verb.i]
            if all(t.pos_ in {"AUX", "ADV", "PART"} for t in between):
                return last
        return None

    def doer_or_patient(self, verb: Token, depth: int = 0) -> Token | None:
        """Return the grammatical subject, written or understood, whatever the voice."""
        if self.is_passive(verb) and self.own_subject(verb) is None:
            return self.patient(verb, depth)
        return self.subject(verb, depth)

    def patient(self, verb: Token, depth: int = 0) -> Token | None:
        """Return the subject of a passive verb, written or understood."""
        return self.subject(verb, depth)

    def holder(self, noun: Token, depth: int = 0) -> Token | None:
        """Return who has the noun's plan, decision, threat …: possessor, else its verb's subject."""
        owner = self.possessor(noun)
        if owner is not None:
            return owner
        verb = noun.head
        if self.is_verbal(verb) and noun.dep_ in self.profile.object | self.profile.oblique:
            return self.doer_or_patient(verb, depth + 1)
        if noun.dep_ in self.profile.subject | self.profile.passive_subject:
            by = [o.noun for o in self.obliques(noun) if o.preposition in {"by", "of"}]
            if not by and noun.dep_ in self.profile.passive_subject:
                return self.agent(verb)
            return by[0] if by else None
        return None
