"""Fills one slot: from the argument API, else by a window over the sentence."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.lexicon.patterns import Phrase, Slot
from kg.model import Method
from kg.nlp.actors import Mention
from kg.nlp.heads import Heads
from kg.nlp.matches import Fill, Match
from kg.nlp.reference import Ref, Reference
from kg.nlp.syntax import NOMINAL

_OBJECT_WINDOW = 9
_PHRASE_WINDOW = 18
_NOUN_WINDOW = 9
_ONE = frozenset({"a", "an", "another", "one"})


class Slots:
    """Fills slots over one document."""

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
                meant = self.reference.stands_for(member, slot.cls) if slot.cls else None
                if meant is not None:
                    owned = self.reference.pointed(meant)
                else:
                    owned = self.reference.of(member) if slot.cls else self.reference.of_all(member)
                if not owned and slot.cls and slot.role == "target":
                    owned = self._town(member) or self._from_town(member)
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

    def _is_no(self, slot: Slot, noun: Token, position: str) -> bool:
        """Tell whether the phrase can't be in this role, whatever its place.

        A topic is no stretch of time ("called him so for a second time"), an actor no private person
        and, behind *from*, not where the affected serve ("expelled from the Peruvian embassy").
        """
        lefts = {c.lower_ for c in noun.lefts}
        if slot.role == "topic":
            return "for" in lefts and self.reference.is_cue(noun, "spanNoun")
        if slot.role not in {"actor", "party"}:
            return False
        posted = (
            position == "phrase" and "from" in lefts and self.reference.is_class(noun, "mission")
        )
        crowd = slot.cls in self.lexicon.cues.get("crowd", ())
        return posted or (not crowd and self.reference.is_private(noun))

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
            polity = self.lexicon.classes.get("polity", frozenset())
            return bool(polity) and polity <= self.lexicon.classes.get(cls, frozenset())
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

    def object_by_window(
        self, slot: Slot, verb: Token, *, passive: bool, particles: Sequence[Token] = ()
    ) -> Fill | None:
        sentence = verb.sent
        if passive:
            span = range(verb.i - 1, max(sentence.start, verb.i - _OBJECT_WINDOW) - 1, -1)
        else:
            span = range(verb.i + 1, min(sentence.end, verb.i + _OBJECT_WINDOW))
        for i in span:
            token = self.doc[i]
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
                and self.of_class(token, slot.cls)
                and not self._in_phrase(token, verb, particles)
                and not self._of_others(token, slot.cls)
                and not self._inside(token, verb)
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
            if verb.i < above.i < token.i and (
                self.syntax.told_of_object(above) or self.syntax.infinitive(above)
            ):
                return True  # "stop Chad from sending *troops*", "agreed to cut *aid*"
            if above.dep_ in profile.relative_clause | profile.adnominal_clause and (
                verb.i < above.head.i < token.i and self.syntax.is_verbal(above)
            ):
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
        return any(
            c.pos_ == "ADP" and verb.i < c.i < token.i and c.i not in own and c.lower_ != "of"
            for c in token.children
        )

    def _begins_clause(self, token: Token, verb: Token) -> bool:
        """Tell whether the noun is the subject of a clause behind a comma: "gave up, the envoy said"."""
        subject = token
        while subject.dep_ in {"compound", "nmod:desc", "flat"} and subject.head.i > verb.i:
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

    def fill_phrases(self, match: Match, phrases: tuple[Phrase, ...], hosts: list[Token]) -> bool:
        """Fill the slots behind prepositions; tell whether all required ones are filled."""
        used = {f.token.i for f in match.fills}
        for phrase in phrases:
            fill = self._whose_topic(match, phrase)
            for host in hosts if fill is None else ():
                nouns = [
                    o.noun
                    for o in self.syntax.obliques(host)
                    if o.preposition in phrase.prepositions
                    and o.noun.i not in used
                    and o.noun.i > match.trigger.i - 12
                ]
                fill = self._best_phrase(phrase.slot, nouns, "dependency")
                if fill is not None:
                    break
            if fill is None:
                nouns = self._nouns_by_window(match.trigger, phrase, used)
                fill = self._best_phrase(phrase.slot, nouns, "window")
            if fill is None and phrase.slot.role == "target":
                fill = self._stranded(match.trigger, phrase)
            if fill is None and phrase.slot.role in {"target", "actor"} and not phrase.slot.cls:
                fill = self._place_as_party(phrase, hosts, used)
            if fill is not None and fill.slot.role == "party" and "between" in phrase.prepositions:
                self._second_side(fill)
            if fill is not None:
                match.fills.append(fill)
                used.add(fill.token.i)
            elif phrase.slot.required:
                return False
        return True

    def _whose_topic(self, match: Match, phrase: Phrase) -> Fill | None:
        """Take who did it before to whom: "condemned *Peru's* invasion of Chile" is aimed at Peru."""
        if phrase.slot.role != "target" or not phrase.prepositions & {"of", "in", "by"}:
            return None
        topic = next((f.token for f in match.fills if f.slot.role == "topic"), None)
        if topic is None or not self.reference.named_owner(topic):
            return None
        owners = self.reference.owner(topic)
        return Fill(phrase.slot, topic, owners, "dependency", "possessor") if owners else None

    def _stranded(self, verb: Token, phrase: Phrase) -> Fill | None:
        """Fill a slot from the subject of a passive that kept its preposition: "was spied *on* by"."""
        if verb.i + 2 >= verb.sent.end or not self.syntax.is_passive(verb):
            return None
        left, after = self.doc[verb.i + 1], self.doc[verb.i + 2]
        if left.lower_ not in phrase.prepositions or not (after.lower_ == "by" or after.is_punct):
            return None
        patient = self.syntax.patient(verb)
        return self.fill(phrase.slot, [patient], "object") if patient is not None else None

    def is_copular(self, token: Token) -> bool:
        return any(c.dep_ in self.syntax.profile.copula for c in token.lefts)

    def _second_side(self, fill: Fill) -> None:
        """Add Y of "between X and Y" where the parser hung it elsewhere."""
        if len(fill.refs) != 1:
            return
        end = min(fill.token.sent.end, fill.refs[0].end + _OBJECT_WINDOW)
        joined = False
        for i in range(max(fill.token.i, fill.refs[0].end), end):
            token = self.doc[i]
            if token.pos_ == "VERB" or token.text == ";":
                return
            joined = joined or token.lower_ == "and"
            if joined and token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                known = {r.code for r in fill.refs}
                more = [r for r in self.reference.of_all(token) if r.code not in known]
                if more:
                    fill.refs = (*fill.refs, *more)
                    return

    def _place_as_party(self, phrase: Phrase, hosts: list[Token], used: set[int]) -> Fill | None:
        """Take a city for its state: "reopened its consulate in Jalalabad"."""
        if hosts and self.is_copular(hosts[0]):  # "is in Moscow": the place is the predicate
            mention = self.reference.at.get(hosts[0].i)
            case = any(c.lower_ in phrase.prepositions for c in hosts[0].lefts)
            if case and mention is not None and mention.place:
                ref = Ref(mention.place, mention.start, mention.end, "dependency")
                return Fill(phrase.slot, hosts[0], (ref,), "dependency", "phrase")
        for host in hosts:
            for oblique in self.syntax.obliques(host):
                mention = self.reference.at.get(oblique.noun.i)
                if (
                    oblique.preposition in phrase.prepositions
                    and oblique.noun.i not in used
                    and mention is not None
                    and mention.place
                ):
                    ref = Ref(mention.place, mention.start, mention.end, "dependency")
                    return Fill(phrase.slot, oblique.noun, (ref,), "dependency", "phrase")
        return None

    def _best_phrase(self, slot: Slot, nouns: list[Token], method: Method) -> Fill | None:
        for noun in nouns:
            fill = self.fill(slot, [noun], "phrase", method)
            if fill is not None and (
                fill.refs or not slot.role or slot.role in {"topic", "place"} or slot.cls
            ):
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
                agent = token.lower_ == "by" and self._is_anothers_agent(noun, trigger)
                if not agent and not self._of_act(noun, trigger):
                    nouns.append(noun)
        return [n for n in nouns if n.i not in agents]

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
