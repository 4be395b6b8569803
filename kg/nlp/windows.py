"""Fills a slot by a window over the sentence, where the parse gives nothing."""

from collections.abc import Sequence

from spacy.tokens import Token

from kg.lexicon.patterns import Phrase, Slot
from kg.nlp.fillers import Fillers
from kg.nlp.matches import Fill
from kg.nlp.syntax import NOMINAL

_OBJECT_WINDOW = 9
_PHRASE_WINDOW = 18
_NOUN_WINDOW = 9
_SPANS = frozenset({"before", "after", "since", "until"})  # "days *before* a match against Togo"
_TITLES = frozenset({"compound", "nmod:desc", "flat"})  # of a word on the name that it belongs to


class Windows(Fillers):
    """Windows over the sentences of one document."""

    def object_by_window(
        self, slot: Slot, verb: Token, *, passive: bool, particles: Sequence[Token] = ()
    ) -> Fill | None:
        sentence = verb.sent
        if passive:
            span = range(verb.i - 1, max(sentence.start, verb.i - _OBJECT_WINDOW) - 1, -1)
        else:
            span = range(verb.i + 1, min(sentence.end, verb.i + _OBJECT_WINDOW))
        beside = not passive and verb.dep_ in self.syntax.profile.relative_clause
        for i in span:
            token = self.doc[i]
            if beside and i > verb.right_edge.i:
                return None  # "which trades with Peru, called its *envoy* home"
            if (token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ", "VBP"}) or token.text in {
                ";",
                "“",
                "”",
            }:
                return None
            if self._begins_clause(token, verb):
                continue
            if (
                token.pos_ in NOMINAL
                and token.pos_ != "PRON"
                and token.dep_ not in self.syntax.profile.possessive
                and not self._is_part(token, slot.cls)
                and self.of_class(token, slot.cls)
                and not self._in_phrase(token, verb, particles)
                and not self._of_others(token, slot.cls)
                and not self._inside(token, verb)
                and not (passive and self._in_clause_of(self.syntax.patient(verb), token))
            ):
                return self.fill(slot, [token], "object", "window")
        return None

    def _inside(self, token: Token, verb: Token) -> bool:
        """Tell whether the noun belongs to a clause inside another phrase of the verb's.

        "Announced an inquiry into claims *that soldiers beat* him": soldiers are not announced.
        """
        profile = self.syntax.profile
        for above in (token, *self.syntax.governors(token)):
            if above.i == verb.i:
                return False
            told = above.head == verb and above.dep_ in profile.clausal_complement
            if told and any(m.lower_ == "that" for m in self.syntax.markers(above)):
                return True  # "charged that *soldiers* had crossed"
            if verb.i < above.i < token.i and (
                self.syntax.told_of_object(above) or self.syntax.infinitive(above)
            ):
                return True  # "stop Chad from sending *troops*", "agreed to cut *aid*"
            if verb.i < above.i < token.i and above.head == verb and above.tag_ == "VBG":
                return True  # "stop enriching *uranium*"
            if above.dep_ in profile.relative_clause | profile.adnominal_clause and (
                verb.i < above.head.i < token.i and self.syntax.is_verbal(above)
            ):
                return True
        return False

    def _is_part(self, token: Token, cls: str) -> bool:
        """Tell whether the noun only says of what kind another is: "*weapons* inspectors"."""
        head = token.head
        return (
            token.dep_ == "compound"
            and head.pos_ == "NOUN"
            and head.i > token.i
            and token.tag_ in {"NN", "NNS"}
            and head.lower_ != "home"  # "sent the envoy home", torn by the parser
            and not self.of_class(head, cls)
        )

    def _in_clause_of(self, noun: Token | None, token: Token) -> bool:
        """Tell whether a word stands in a clause on the noun: "envoys who had to leave *Chad* were"."""
        for above in self.syntax.governors(token) if noun is not None else ():
            if above == noun:
                return False
            if above.head == noun and self.syntax.is_verbal(above):
                return True
        return False

    def _of_others(self, token: Token, cls: str) -> bool:
        """Tell whether the noun only says whose others are: "a group of envoys of foreign missions"."""
        if not any(c.lower_ == "of" for c in token.lefts) or token.head.pos_ != "NOUN":
            return False
        counting = any(self.reference.is_cue(token.head, c) for c in ("partitive", "spanNoun"))
        return not counting and not self.of_class(token.head, cls)

    @staticmethod
    def _in_phrase(token: Token, verb: Token, particles: Sequence[Token]) -> bool:
        """Tell whether a preposition makes the noun no object: "met in Vienna", not "hand over"."""
        own = {p.i for p in particles}
        named = token.head if token.dep_ in _TITLES and token.head.i > token.i else token
        return any(
            c.pos_ == "ADP" and verb.i < c.i < token.i and c.i not in own and c.lower_ != "of"
            for c in named.children
        )

    def _begins_clause(self, token: Token, verb: Token) -> bool:
        """Tell whether the noun is the subject of a clause behind a comma: "gave up, the envoy said"."""
        subject = token
        while subject.dep_ in _TITLES and subject.head.i > verb.i:
            subject = subject.head
        return (
            subject.dep_ in self.syntax.profile.subject
            and subject.head.i != verb.i
            and any(t.text == "," for t in self.doc[verb.i : token.i])
        )

    def agent_by_window(self, slot: Slot, verb: Token) -> Fill | None:
        """Find the `by`-phrase of a passive that the parser hung elsewhere."""
        for noun in self._nouns_by_window(verb, Phrase(frozenset({"by"}), slot), set()):
            fill = self.fill(slot, [noun], "phrase", "window")
            if fill is not None and fill.refs:
                return fill
        return None

    def _nouns_by_window(self, trigger: Token, phrase: Phrase, used: set[int]) -> list[Token]:
        sentence = trigger.sent
        width = _PHRASE_WINDOW if trigger.pos_ == "VERB" else _NOUN_WINDOW
        nouns: list[Token] = []
        agents = self._agents_above(trigger) if "by" in phrase.prepositions else frozenset()
        for i in range(trigger.i + 1, min(sentence.end, trigger.i + width)):
            token = self.doc[i]
            if token.text in {";", "“", "”", '"'} or (
                token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ"}
            ):
                break
            if i in self.reference.at and i - 1 in self.reference.at:
                continue  # "the Republic *of* Congo"
            if token.lower_ in phrase.prepositions and token.pos_ in {"ADP", "SCONJ", "PART"}:
                noun = (
                    token.head
                    if token.head.i > token.i
                    else next(
                        (
                            self.doc[j]
                            for j in range(i + 1, min(i + 6, sentence.end))
                            if self.doc[j].pos_ in {"PROPN", "NOUN"}
                        ),
                        None,
                    )
                )
                if noun is not None and noun.pos_ == "NUM" and noun.i + 1 < sentence.end:
                    following = noun.nbor(1)  # "the removal of fifteen Thais", torn apart
                    noun = following if following.pos_ in {"NOUN", "PROPN"} else noun
                if noun is None or noun.i in used or noun.pos_ not in NOMINAL:
                    continue
                if self._is_of_source(noun, trigger):
                    continue
                agent = token.lower_ == "by" and self._is_anothers_agent(noun, trigger)
                if not agent and not self._of_act(noun, trigger):
                    nouns.append(noun)
        return [n for n in nouns if n.i not in agents]

    def _is_of_source(self, noun: Token, trigger: Token) -> bool:
        """Tell whether the noun belongs to who says so: ", according to a report in *Togo*"."""
        clause = self.syntax.clause_head(noun)
        if clause.i > trigger.i and self._stands_apart(noun, clause, trigger):
            return True
        above = [n for n in (noun, *self.syntax.governors(noun)) if trigger.i < n.i]
        opening = {c.lower_ for n in above for c in n.lefts if c.i > trigger.i}
        spans = {c.lower_ for n in above[1:] for c in n.lefts if c.i > trigger.i}
        return "according" in opening or bool(spans & _SPANS)

    def _stands_apart(self, noun: Token, clause: Token, trigger: Token) -> bool:
        """Tell whether the noun's clause behind the act is another: ", and prices fell *in Togo*"."""
        if self.syntax.trails(clause):
            return True  # ", a Togolese newspaper wrote *on its front page*"
        own = self.syntax.own_subject(clause)
        told = self.syntax.profile.clausal_complement | self.syntax.profile.relative_clause
        commas = any(t.text == "," for t in self.doc[trigger.i : clause.i])
        begun = own is not None and trigger.i < own.left_edge.i <= noun.i
        return begun and commas and clause.dep_ not in told

    def _is_anothers_agent(self, noun: Token, trigger: Token) -> bool:
        """Tell whether a participle in between has the agent: "must go, as announced by Lima"."""
        verb = noun.head
        return (
            noun.dep_ in self.syntax.profile.agent and verb.tag_ == "VBN" and verb.i > trigger.i + 1
        )

    def _of_act(self, noun: Token, trigger: Token) -> bool:
        """Tell whether another act's noun has the phrase: "held over the *killing of a German*"."""
        head = noun.head
        if self.reference.is_cue(head, "partitive"):
            return trigger.i < head.i < noun.i  # "an invasion by thousands of *troops*"
        if head.head == trigger and self._is_agent_behind(noun, trigger):
            return False  # "was threatened with sanctions by *Chad*"
        return (
            trigger.i < head.i < noun.i
            and head.pos_ == "NOUN"
            and noun.dep_ in self.syntax.profile.nominal_modifier
            and any(
                p.pos == "n" and len(h) == 1
                for _, p, h in self.lexicon.by_head.get(head.lemma_.lower(), ())
            )
        )

    def _is_agent_behind(self, noun: Token, trigger: Token) -> bool:
        """Tell whether a passive without an agent of its own gets it from the phrase before."""
        by = any(c.lower_ == "by" for c in noun.lefts)
        return by and self.syntax.is_passive(trigger) and self.syntax.agent(trigger) is None

    def _agents_above(self, trigger: Token) -> frozenset[int]:
        """Return the agents of passives above a noun: who denied it in "the claim was denied by".

        A verb that lends its subject to the noun ("was ordered by") lends its agent, too.
        """
        if trigger.pos_ not in {"NOUN", "PROPN"}:
            return frozenset()
        lending = self.lexicon.cues.get("supportVerb", ())
        found = [
            agent.i
            for verb in self.syntax.governors(trigger)
            if verb.lemma_.lower() not in lending
            and (agent := self.syntax.agent(verb)) is not None
            and self.syntax.is_passive(verb)
        ]
        return frozenset(found)
