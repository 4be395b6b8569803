"""Matches the lexicon's patterns against a parsed sentence.

`matches` yields, for each word that can tell of an event, the best pattern with the phrases that
fill its slots. Slots are filled from the argument API first; where the parse is off, by a window
over the sentence, and the match says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import EventType, Lexicon
from kg.lexicon.patterns import Complement, Pattern, Phrase, Slot, Words
from kg.model import Method
from kg.nlp.reference import Ref, Reference
from kg.nlp.syntax import NOMINAL

_OBJECT_WINDOW = 9
_PHRASE_WINDOW = 18
_WORD_WINDOW = 14
_COMPLEMENT_WINDOW = 28
_DUTY = frozenset({"should", "must", "ought", "need", "needs", "shall"})
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


@dataclass(slots=True)
class Fill:
    """What fills a slot: the phrase's head, the parties it gives, and how it was found."""

    slot: Slot
    token: Token
    refs: tuple[Ref, ...]
    method: Method
    position: str  # subject, object, phrase, possessor


@dataclass(slots=True)
class Match:
    """A pattern that fits at a trigger."""

    type: EventType
    pattern: Pattern
    trigger: Token
    anchor: Token  # the pattern's head where it was found: the copula of "*are* in talks"
    fills: list[Fill] = field(default_factory=list)
    verbs: list[Token] = field(default_factory=list)  # complement verbs that belong to it
    extra: list[Token] = field(default_factory=list)  # fixed words that belong to it
    score: float = 0.0
    rivals: list["Match"] = field(default_factory=list)  # weaker patterns at the same trigger

    def role(self, *names: str) -> list[Ref]:
        """Return the parties in these roles, in text order, each once."""
        found: dict[str, Ref] = {}
        for fill in self.fills:
            if fill.slot.role in names:
                for ref in fill.refs:
                    found.setdefault(ref.code, ref)
        return list(found.values())

    def tokens(self) -> list[Token]:
        """Return trigger, complement verbs, fixed words and heads of fillers."""
        return [self.trigger, *self.verbs, *self.extra, *(f.token for f in self.fills)]

    def affected(self) -> list[Token]:
        """Return the heads of phrases that had to be of a word class."""
        return [f.token for f in self.fills if f.slot.cls]


class Matcher:
    """The patterns of one lexicon, matched through one document's references."""

    def __init__(self, lexicon: Lexicon, reference: Reference) -> None:
        self.lexicon = lexicon
        self.reference = reference
        self.syntax = reference.syntax
        self.doc = reference.doc
        self._forms = [self._forms_of(t) for t in self.doc]
        self._here: frozenset[str] = frozenset()  # all forms of the sentence at hand
        self._governed = self.syntax.profile.auxiliary | self.syntax.profile.copula

    def matches(self, sentence: DocSpan) -> list[Match]:
        """Return the best match at each trigger of the sentence, without double tellings."""
        found: list[Match] = []
        text = sentence.text.lower()
        self._here = frozenset(
            f for i in range(sentence.start, sentence.end) for f in self._forms[i]
        )
        for token in sentence:
            at_token = [m for m in self._at(token) if self._allowed(m, sentence, text)]
            best: dict[str, Match] = {}
            for match in at_token:
                family = match.type.family
                if family not in best or match.score > best[family].score:
                    best[family] = match
            if best:
                ranked = sorted(best.values(), key=lambda m: (-m.score, m.type.name))
                close = [
                    m
                    for m in ranked[1:]
                    if m.score >= ranked[0].score - 0.5 and m.pattern.complement
                ]
                others = [m for m in at_token if m is not ranked[0] and m not in close]
                ranked[0].rivals = sorted(others, key=lambda m: (-m.score, m.type.name))[:4]
                found += [ranked[0], *close]
        return self._without_doubles(found)

    def _at(self, token: Token) -> Iterator[Match]:
        keys = dict.fromkeys(self._lemmas(token))
        for key in keys:
            for type_, pattern, head in self.lexicon.by_head.get(key, ()):
                if not self._words_here(pattern) or not self._pos_fits(token, pattern.pos):
                    continue
                if pattern.pos == "n" and (
                    self.reference.in_compound(token, "staff")  # "charge d'affaires"
                    or self._describes(token)
                ):
                    continue
                rest = self._head_words(token, head, pattern.pos)
                if rest is None:
                    continue
                trigger = self._syntactic_head(token, rest, pattern.pos)
                if pattern.pos == "v" and token.dep_ in self._governed:
                    # "must leave", "are in talks": the pattern's head is not the clause's
                    trigger = token.head
                match = Match(type_, pattern, trigger, anchor=token, extra=rest)
                if self._fill(match):
                    yield match

    def _describes(self, token: Token) -> bool:
        """Tell whether the noun only says of what kind another is: "a surveillance aircraft"."""
        head = token.head
        if token.dep_ != "compound" or head.i != token.i + 1 or head.pos_ != "NOUN":
            return False
        acts = any(p.pos == "n" for _, p, _ in self.lexicon.by_head.get(head.lemma_.lower(), ()))
        return not acts and head.lemma_.lower() not in self.lexicon.cues.get("actHead", ())

    def _words_here(self, pattern: Pattern) -> bool:
        """Tell whether the words that the pattern needs are in the sentence at all."""
        needed = (*pattern.words_before, *pattern.words)
        complement = pattern.complement
        if complement is not None and complement.required:
            needed += complement.words
            if complement.lemmas and not complement.lemmas & self._here:
                return False
        return all(
            not words.required or any(self._here.issuperset(a) for a in words.alternatives)
            for words in needed
        )

    def _forms_of(self, token: Token) -> tuple[str, ...]:
        lower = token.lower_
        return (token.lemma_.lower(), lower, self.lexicon.lemma_of.get(lower, lower))

    def _lemmas(self, token: Token) -> tuple[str, ...]:
        """Return the forms under which the lexicon may know the token."""
        return self._forms[token.i]

    def _pos_fits(self, token: Token, pos: str) -> bool:
        if pos == "v":
            if (
                token.tag_ == "VB"
                and token.dep_ in self.syntax.profile.subject
                and not self.syntax.infinitive(token)
            ):
                return False  # "Demand for steel rose": a noun to the parser, a verb to the tagger
            return (
                token.pos_ in {"VERB", "AUX"}
                or token.tag_.startswith("VB")
                or self._headline_verb(token)
            )
        if pos == "n":
            return token.pos_ in {"NOUN", "PROPN"}
        return token.pos_ in {"ADJ", "VERB", "ADV"}

    def _headline_verb(self, token: Token) -> bool:
        """Tell whether a plural is the verb of a headline: "Ghana boots out three envoys"."""
        if (
            token.tag_ not in {"NNS", "NNPS", "NNP"}
            or not token.lower_.endswith("s")
            or token.text[0].isupper()
        ):
            return False
        before = self.reference.at.get(token.i - 1)
        return (
            before is not None
            and before.government
            and before.end == token.i
            and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in token.sent)
        )

    def _head_words(self, token: Token, head: tuple[str, ...], pos: str) -> list[Token] | None:
        """Return the further words of a fixed head, or None if they aren't there."""
        if len(head) == 1:
            return []
        if pos == "n":
            window = self.doc[token.i : token.i + len(head)]
            ok = len(window) == len(head) and all(
                w in (t.lemma_.lower(), t.lower_) for w, t in zip(head, window, strict=True)
            )
            return list(window[1:]) if ok else None
        rest: list[Token] = []
        position = token.i + 1
        for word in head[1:]:
            limit = min(token.sent.end, position + 7)
            hit = next(
                (
                    self.doc[j]
                    for j in range(position, limit)
                    if word in (self.doc[j].lower_, self.doc[j].lemma_.lower())
                    and (
                        j == position or self.doc[j].head == token or self.doc[j].head.head == token
                    )
                ),
                None,
            )
            if hit is None:
                return None
            rest.append(hit)
            position = hit.i + 1
        return rest

    @staticmethod
    def _syntactic_head(token: Token, rest: list[Token], pos: str) -> Token:
        if pos != "n" or not rest:
            return token
        group = [token, *rest]
        return next((t for t in group if t.head not in group), token)

    # ---------------------------------------------------------------- filling

    def _fill(self, match: Match) -> bool:
        filled = self._fill_noun(match) if match.pattern.pos == "n" else self._fill_verb(match)
        if not filled:
            return False
        for words in match.pattern.words_before:
            hit = self._word_near(match.trigger, words, before=True)
            if hit is None and words.required:
                return False
            match.extra.extend(hit or [])
        copular = match.anchor.dep_ in self.syntax.profile.copula
        first = match.anchor if copular else match.trigger  # "*are* in talks", not "*had* called"
        passive = match.pattern.pos == "v" and self.syntax.is_passive(match.trigger)
        for words in match.pattern.words:
            hit = self._word_near(first, words, before=False)
            if hit is None and passive:  # "the *number* of attachés was capped"
                hit = self._word_near(match.trigger, words, before=True)
            if hit is None and words.required:
                return False
            match.extra.extend(hit or [])
        match.score = self._score(match)
        return True

    @staticmethod
    def _score(match: Match) -> float:
        score = 0.0
        for fill in match.fills:
            value = 1.0 + (1.0 if fill.slot.cls else 0.0) + (0.5 if fill.refs else 0.0)
            score += value if fill.method == "dependency" else 0.7 * value
        return (
            score
            + 0.9 * len(match.extra)
            + 1.2 * len(match.verbs)
            + (0.3 if match.pattern.pos == "v" else 0)
        )

    def _fill_verb(self, match: Match) -> bool:
        verb, pattern, syntax = match.trigger, match.pattern, self.syntax
        passive = syntax.is_passive(verb)
        for slot in pattern.before[:1]:
            subject = syntax.agent(verb) if passive else syntax.subject(verb)
            if verb.pos_ in {"NOUN", "PROPN"} and verb == match.anchor:  # a headline's verb
                subject = self.doc[verb.i - 1]
            fill = self._filler(slot, [subject] if subject is not None else [], "subject")
            if passive and (fill is None or not fill.refs):
                fill = self._agent_by_window(slot, verb) or fill
            if fill is not None:
                match.fills.append(fill)
            elif slot.required:
                return False
        objects = syntax.objects(verb)
        if pattern.object is not None:
            fill = self._filler(pattern.object, objects, "object")
            if fill is None and pattern.object.cls and not passive:  # "gave *them* two days"
                fill = self._filler(pattern.object, syntax.indirect_objects(verb), "object")
            if fill is None and pattern.object.cls:
                fill = self._object_by_window(
                    pattern.object, verb, passive=passive, particles=match.extra
                )
            if fill is None and pattern.object.role in {"target", "party", "topic"} and not passive:
                fill = self._filler(pattern.object, syntax.indirect_objects(verb), "object")
            if fill is not None:
                match.fills.append(fill)
            elif pattern.object.required:
                return False
        if not self._fill_phrases(match, pattern.phrases, [verb, *objects]):
            return False
        return pattern.complement is None or self._fill_complement(match, pattern.complement)

    def _fill_noun(self, match: Match) -> bool:
        noun, pattern = match.trigger, match.pattern
        reference = self.reference
        if pattern.before:
            possessor = self.syntax.possessor(noun)
            owners: tuple[Ref, ...] = reference.of_all(possessor) if possessor is not None else ()
            token = possessor if possessor is not None else noun
            if not owners:
                owners = reference._premodifying(noun)  # noqa: SLF001
            if not owners and noun.dep_ in self.syntax.profile.passive_subject:
                agent = self.syntax.agent(noun.head)
                if agent is not None and noun.head.lemma_.lower() in self.lexicon.cues.get(
                    "supportVerb", ()
                ):
                    owners, token = reference.of_all(agent), agent  # "a cut was ordered by Kuwait"
            filled = False
            for slot in pattern.before:
                if slot.cls:
                    hit = next(
                        (
                            t
                            for t in self.syntax.premodifiers(noun)
                            if reference.is_class(t, slot.cls)
                        ),
                        None,
                    )
                    if hit is not None:
                        match.fills.append(Fill(slot, hit, owners, "dependency", "possessor"))
                        filled = True
                    elif slot.required:
                        return False
                elif owners and not filled:
                    match.fills.append(Fill(slot, token, owners, "dependency", "possessor"))
                    filled = True
                elif slot.required and not filled:
                    return False
        if not self._fill_phrases(match, pattern.phrases, [noun]):
            return False
        return pattern.complement is None or self._fill_complement(match, pattern.complement)

    def _filler(
        self, slot: Slot, candidates: list[Token], position: str, method: Method = "dependency"
    ) -> Fill | None:
        for candidate in candidates:
            if candidate is None:
                continue
            members = self.syntax.conjuncts(candidate)
            if slot.cls:
                members = [m for m in members if self._of_class(m, slot.cls)]
                if not members:
                    continue
            if not slot.role or slot.role == "topic":
                return Fill(slot, members[0], (), method, position)
            if slot.role in {"actor", "party"} and self.reference.is_private(candidate):
                continue
            refs: dict[str, Ref] = {}
            for member in members if slot.cls else [candidate]:
                if refs and slot.cls and not self.reference.named_owner(member):
                    continue  # "the Spanish envoy and the consul from Lima": Spain's, both
                meant = self.reference.stands_for(member, slot.cls) if slot.cls else None
                if meant is not None:
                    owned = self.reference.pointed(meant)
                else:
                    owned = self.reference.of(member) if slot.cls else self.reference.of_all(member)
                for ref in owned:
                    refs.setdefault(ref.code, ref)
            if slot.party and not refs:
                continue
            return Fill(slot, members[0], tuple(refs.values()), method, position)
        return None

    def _of_class(self, token: Token, cls: str) -> bool:
        if self.reference.is_class(token, cls):
            return True
        mention = self.reference.at.get(token.i)
        if mention is not None and mention.kind == "people":
            return bool(
                self.lexicon.classes.get(cls, frozenset())
                & self.lexicon.classes.get("human", frozenset())
            )
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

    def _object_by_window(
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
                and self._of_class(token, slot.cls)
                and not self._in_phrase(token, verb, particles)
            ):
                return self._filler(slot, [token], "object", "window")
        return None

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

    @staticmethod
    def _in_phrase(token: Token, verb: Token, particles: Sequence[Token]) -> bool:
        """Tell whether a preposition makes the noun no object: "met in Vienna", not "hand over"."""
        own = {p.i for p in particles}
        return any(
            c.pos_ == "ADP" and verb.i < c.i < token.i and c.i not in own and c.lower_ != "of"
            for c in token.children
        )

    def _agent_by_window(self, slot: Slot, verb: Token) -> Fill | None:
        """Find the `by`-phrase of a passive that the parser hung elsewhere."""
        for noun in self._nouns_by_window(verb, Phrase(frozenset({"by"}), slot), set()):
            fill = self._filler(slot, [noun], "phrase", "window")
            if fill is not None and fill.refs:
                return fill
        return None

    def _fill_phrases(self, match: Match, phrases: tuple[Phrase, ...], hosts: list[Token]) -> bool:
        used = {f.token.i for f in match.fills}
        for phrase in phrases:
            fill = None
            for host in hosts:
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

    def _stranded(self, verb: Token, phrase: Phrase) -> Fill | None:
        """Fill a slot from the subject of a passive that kept its preposition: "was spied *on* by"."""
        if verb.i + 2 >= verb.sent.end or not self.syntax.is_passive(verb):
            return None
        left, after = self.doc[verb.i + 1], self.doc[verb.i + 2]
        if left.lower_ not in phrase.prepositions or not (after.lower_ == "by" or after.is_punct):
            return None
        patient = self.syntax.patient(verb)
        return self._filler(phrase.slot, [patient], "object") if patient is not None else None

    def _is_copular(self, token: Token) -> bool:
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
        if hosts and self._is_copular(hosts[0]):  # "is in Moscow": the place is the predicate
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
            fill = self._filler(slot, [noun], "phrase", method)
            if fill is not None and (
                fill.refs or not slot.role or slot.role in {"topic", "place"} or slot.cls
            ):
                return fill
        return None

    def _nouns_by_window(self, trigger: Token, phrase: Phrase, used: set[int]) -> list[Token]:
        sentence = trigger.sent
        width = _PHRASE_WINDOW if trigger.pos_ == "VERB" else 7
        nouns: list[Token] = []
        agents = self._agents_above(trigger) if "by" in phrase.prepositions else frozenset()
        for i in range(trigger.i + 1, min(sentence.end, trigger.i + width)):
            token = self.doc[i]
            if token.text in {";", "“", "”", '"'} or (
                token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ"}
            ):
                break
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
                if noun is not None and noun.i not in used and noun.pos_ in NOMINAL:
                    nouns.append(noun)
        return [n for n in nouns if n.i not in agents]

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
            and self.syntax.is_verbal(verb)
        ]
        return frozenset(found)

    def _fill_complement(self, match: Match, wanted: Complement) -> bool:
        verb = self._complement_verb(match.trigger, wanted)
        if verb is None:
            return not wanted.required and wanted.subject is None
        if wanted.lemmas:
            match.verbs.append(verb)
        elif not self._wished(match.trigger, verb):
            return False
        if wanted.subject is not None:
            subject = (
                self.syntax.subject(verb)
                if not self.syntax.is_passive(verb)
                else self.syntax.agent(verb)
            )
            fill = self._filler(wanted.subject, [subject] if subject is not None else [], "subject")
            if fill is not None:
                match.fills.append(fill)
            elif wanted.subject.required:
                return False
        objects = self.syntax.objects(verb)
        if wanted.object is not None:
            fill = self._filler(wanted.object, objects, "object")
            if fill is None and wanted.object.cls:
                fill = self._object_by_window(
                    wanted.object, verb, passive=self.syntax.is_passive(verb)
                )
            if fill is not None:
                match.fills.append(fill)
            elif wanted.object.required:
                return False
        for words in wanted.words:
            first = min([verb, *self.syntax.auxiliaries(verb)], key=lambda t: t.i)
            hit = self._auxiliary(verb, words) or self._word_near(first, words, before=False)
            if hit is None and words.required:
                return False
            match.extra.extend(hit or [])
        return self._fill_phrases(match, wanted.phrases, [verb, *objects])

    def _wished(self, above: Token, verb: Token) -> bool:
        """Tell "insisted that it *leave*" or "must leave" from "insisted that it *left*"."""
        if above.lemma_.lower() not in self.lexicon.cues.get("mandativeVerb", ()):
            return True
        words = [*self.syntax.auxiliaries(verb), verb]
        if any(t.lower_ in _DUTY or (t.tag_ == "VB" and t.lower_ == "be") for t in words):
            return True
        bare = verb.tag_ in {"VB", "VBP"} and verb.pos_ == "VERB"
        return bare and not any(t.tag_ in {"MD", "VBZ", "VBD"} for t in words)

    def _auxiliary(self, verb: Token, words: Words) -> list[Token] | None:
        """Return the verb or its auxiliary where it is wanted: "said that Sudan *must* return"."""
        wanted = {w[0] for w in words.alternatives if len(w) == 1}
        if wanted & {verb.lemma_.lower(), self.lexicon.lemma_of.get(verb.lower_, "")}:
            return [verb]
        return next(
            ([t] for t in self.syntax.auxiliaries(verb) if wanted.intersection(self._lemmas(t))),
            None,
        )

    def _complement_verb(self, trigger: Token, wanted: Complement) -> Token | None:
        pool = [
            c
            for c in trigger.subtree
            if c.i >= trigger.i
            and c.pos_ in {"VERB", "AUX", "NOUN", "ADJ"}
            and not self._under_another(c, trigger)
        ]
        if not wanted.lemmas:
            return next((c for c in self.syntax.complements(trigger) if c.i > trigger.i), None)
        hits = [c for c in pool if wanted.lemmas.intersection(self._lemmas(c))]
        if not hits:
            end = min(trigger.sent.end, trigger.i + _COMPLEMENT_WINDOW)
            for i in range(trigger.i + 1, end):
                token = self.doc[i]
                if token.text == ";" or (token.tag_ in {"VBD", "VBZ"} and token.pos_ == "VERB"):
                    break
                if (
                    wanted.lemmas.intersection(self._lemmas(token))
                    and token.pos_ in {"VERB", "NOUN"}
                    and not self._under_another(token, trigger)
                    and self.doc[i - 1].lower_ in {"to", "and", "or", "from", "not"}
                ):
                    hits.append(token)
        return hits[0] if hits else None

    def _under_another(self, verb: Token, trigger: Token) -> bool:
        """Tell whether a verb coordinated below the trigger has the complement for its own.

        "ordered the embassy to cut its staff and forbade it to hire": *hire* is no order's.
        """
        for above in self.syntax.governors(verb):
            if above == trigger:
                return False
            if (
                self.syntax.role_of(above) == "conjunct"
                and self.syntax.is_verbal(above)
                and self.syntax.role_of(verb) in {"complement", "adverbial"}
            ):
                return True
        return False

    def _word_near(self, head: Token, words: Words, *, before: bool) -> list[Token] | None:
        sentence = head.sent
        span = (
            range(max(sentence.start, head.i - _WORD_WINDOW), head.i)
            if before
            else range(head.i + 1, min(sentence.end, head.i + _WORD_WINDOW))
        )
        forms = self._forms
        for i in span:
            for alternative in words.alternatives:
                end = i + len(alternative)
                if end <= sentence.end and all(
                    w in forms[j] for w, j in zip(alternative, range(i, end), strict=True)
                ):
                    return list(self.doc[i:end])
        return None

    # ---------------------------------------------------------------- filters

    def _allowed(self, match: Match, sentence: DocSpan, text: str) -> bool:
        words = f" {' '.join(_WORD.findall(text))} "
        if any(
            f" {' '.join(_WORD.findall(phrase.lower()))} " in words for phrase in match.type.reject
        ):
            return False
        if not match.type.confirm:
            return True
        for word in match.type.confirm:
            if word.startswith(":"):
                if any(self.reference.is_class(t, word[1:]) for t in sentence):
                    return True
            elif word.lower() in text or any(t.lemma_.lower() == word.lower() for t in sentence):
                return True
        return False

    @staticmethod
    def _without_doubles(found: list[Match]) -> list[Match]:
        """Drop matches whose trigger belongs to another match of the same family.

        The noun in another's slot goes whatever its score: the *embargo* of "lifted the embargo".
        """
        owned_nouns = {
            (m.type.family, f.token.i)
            for m in found
            for f in m.fills
            if m.pattern.pos == "v" and f.slot.cls and not f.slot.role
        }
        found = [
            m
            for m in found
            if m.pattern.pos != "n" or (m.type.family, m.trigger.i) not in owned_nouns
        ]
        kept: list[Match] = []
        for match in sorted(found, key=lambda m: (-m.score, m.trigger.i, m.type.name)):
            owned = False
            for other in kept:
                same = other.type.family == match.type.family
                belongs = {t.i for t in (*other.verbs, *other.extra)} | {
                    f.token.i for f in other.fills if f.slot.cls or not f.slot.role
                }
                mine = {t.i for t in (*match.verbs, *match.extra)}
                if same and (match.trigger.i in belongs or other.trigger.i in mine):
                    owned = True
                    break
                if match.trigger.i == other.trigger.i and same:
                    owned = True
                    break
            if not owned:
                kept.append(match)
        return sorted(kept, key=lambda m: (m.trigger.i, m.type.name))
