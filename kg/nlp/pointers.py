"""What pointing phrases stand for: both sides, the country, each other, the pair."""

from spacy.tokens import Token

from kg.nlp.actors import Mention
from kg.nlp.antecedents import Antecedents
from kg.nlp.numerals import digits_value, words_value
from kg.nlp.refs import Ref, found_by


class Pointers(Antecedents):
    """The pointing phrases of one document."""

    def of(self, token: Token) -> tuple[Ref, ...] | None:
        """Resolve "the country", "both sides", "each other"; None where the phrase doesn't point."""
        lower = token.lower_
        cues = self.reference.lexicon.cues
        if (
            lower in {"other", "another"}
            and token.i
            and self.doc[token.i - 1].lower_ in {"each", "one"}
        ):
            return self._each_other(token)
        beside = self.doc[token.i + 1].lower_ if token.i + 1 < len(self.doc) else ""
        if lower in {"each", "one"} and beside in {"other", "another"}:
            return self._each_other(token)
        if lower == "other" and token.pos_ != "NUM" and self.doc[token.i - 1].lower_ == "the":
            return self._each_other(token) or None  # "Togo and Benin say that the other began it"
        lemma = token.lemma_.lower()
        determiner = {c.lower_ for c in token.lefts}
        named = bool(self.reference.premodifying(token))  # "both the Polish government and rebels"
        if lemma in cues.get("bothSides", ()) and determiner & {"both", "two"} and not named:
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
        met = self._beside(token)
        if met:
            return met
        pair = self._last_pair(token, own)
        if pair:
            return pair
        return self._last_two(token, own) or self._last_two(token, set())

    def _beside(self, token: Token) -> tuple[Ref, ...]:
        """Return who does it with whom in the clause before: "Peru met Chile, and *the two* agreed"."""
        clause = self.syntax.clause_head(token)
        before = clause.head
        if before == clause or self.syntax.role_of(clause) != "conjunct" or before.i > token.i:
            return ()
        doer = self.syntax.doer_or_patient(before)
        joined = [o.noun for o in self.syntax.obliques(before) if o.preposition == "with"]
        found: dict[str, Ref] = {}
        for noun in (doer, *self.syntax.objects(before), *joined):
            for ref in self.reference.of_all(noun) if noun is not None else ():
                found.setdefault(ref.code, ref)
        return tuple(found.values()) if len(found) == 2 else ()

    def _last_two(self, token: Token, own: set[str]) -> tuple[Ref, ...]:
        """Return the two parties last named that aren't of `own`, in text order."""
        found: dict[str, Ref] = {}
        states = self.reference.is_cue(token, "stateNoun")
        for mention in reversed([m for m in self.reference.mentions if m.start < token.i]):
            if mention.codes and mention.kind != "city" and not self._is_where(mention):
                for ref in self.reference.mention_refs(mention, "coreference"):
                    if states and self.reference.lexicon.is_body(ref.code):
                        continue
                    if ref.code not in own:
                        found.setdefault(ref.code, ref)
            if len(found) >= 2:
                break
        return tuple(reversed(list(found.values())[:2])) if len(found) > 1 else ()

    def _is_where(self, mention: Mention) -> bool:
        """Tell whether it tells a place: "a conference *in Egypt*", "the *Egyptian* resort"."""
        first, last = self.doc[mention.start], self.doc[mention.end - 1]
        if mention.kind == "adjective":
            head = last.head
            people = any(self.reference.is_class(head, c) for c in ("office", "human", "force"))
            return not (people or self.reference.is_cue(head, "contextualHead"))
        lead = self.doc[max(first.i - 1, 0)].lower_
        return self._is_place(mention) or (mention.kind == "name" and lead in {"in", "near"})

    def _between(self, token: Token) -> tuple[Ref, ...]:
        """Return the two of "tension between *Togo and Benin*" told before in the sentence."""
        for i in range(token.i - 1, token.sent.start, -1):
            if self.doc[i].lower_ == "between" and self.doc[i].head.i > i:
                found = self.reference.of_all(self.doc[i].head)
                return found if len(found) == 2 else ()
        return ()

    def _last_pair(self, token: Token, other: set[str]) -> tuple[Ref, ...]:
        """Return the nearest subject of two parties in the sentences before, none of them `other`."""
        for sentence in self._sentences_before(token):
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
            and self.reference.lexicon.is_body(m.codes[0]) == body
            and not (
                body and (self._is_where(m) or self.doc[m.start - 1].lower_ == "in")
            )  # "NATO said in *Brussels* that the alliance"
        ]
        called = self.reference.lexicon.epithets.get(token.lemma_.lower(), frozenset())
        before = [
            m for m in before if called & {*m.codes}
        ] or before  # "the *kingdom*": which is one
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
