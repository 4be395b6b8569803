"""What bare nouns stand for: the envoy, the embassy, the ministry, another two."""

from spacy.tokens import Token

from kg.nlp.antecedents import Antecedents
from kg.nlp.refs import PersonMention, Ref, found_by

_VAGUE = frozenset({"a", "an", "several", "some", "many", "other"})
_MANIFOLD = frozenset({"foreign", "all", "various", "most", "few", "more"})  # with a plural
_LOOKBACK = 4  # sentences
_NEAR = 3  # sentences in which a subject is still who the text is about
_KINDS = ("envoy", "staff", "mission")  # word classes, the narrower first
_DEFINITE = frozenset({"the", "these", "those"})
_STEM = 6  # letters that ministry and minister share
_PLURAL_NOUN = frozenset({"NNS", "NNPS"})


class Definites(Antecedents):
    """The definite and elided phrases of one document."""

    def of(self, token: Token) -> tuple[Ref, ...]:
        """Return the parties of a bare body by context, of a definite noun or of an elided one."""
        return self.contextual(token) or self.definite(token) or self.elided(token)

    def definite(self, token: Token) -> tuple[Ref, ...]:
        """Resolve "the diplomats", "the embassy": the last of the kind that the article gave a side."""
        if not any(c.lower_ in _DEFINITE for c in token.lefts):
            return ()
        return self._last_of_kind(token, token.lemma_.lower(), many=token.tag_ in _PLURAL_NOUN)

    def titled(self, token: Token, person: PersonMention) -> tuple[Ref, ...]:
        """Resolve a named envoy whose side was told before: "the Omani envoy … Ambassador Aziz"."""
        words = person.office.lower().split()
        if not words:
            return ()
        found = self._last_of_kind(token, words[-1], many=False)
        envoy = words[-1] in self.reference.lexicon.classes.get("envoy", ())
        # "turned on Togo's diplomats, giving Ambassador Aziz five days to go"
        return found or (self._last_of_kind(token, "diplomat", many=True, back=0) if envoy else ())

    def _last_of_kind(
        self, token: Token, lemma: str, *, many: bool, back: int = _LOOKBACK
    ) -> tuple[Ref, ...]:
        """Return the side of the noun before it, else of the last of its word class, if of one.

        It stands in the same sentence or in one of `back` sentences before.
        """
        classes = self.reference.lexicon.classes
        kind = next((c for c in _KINDS if lemma in classes.get(c, ())), "")
        if not kind and not self.reference.is_class(token, "captive"):
            return ()
        start = token.sent.start
        for _ in range(back):
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
            if not same and not kind:
                continue  # "a Cuban *scientist* … the scientist"
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
        """Return the side of the person last told of with this office: "the president".

        Whoever was the subject of a sentence goes before whom others met or named.
        """
        lemma = token.lemma_.lower()
        before = [
            (i, p)
            for i, p in sorted(self.persons.items())
            if i < token.i and p.codes and p.office.lower().split()[-1:] == [lemma]
        ]
        told = [(i, p) for i, p in before if self.syntax.role_of(self.doc[i]) == "subject"]
        near = token.sent.start
        for _ in range(_NEAR):
            near = self.doc[near - 1].sent.start if near else 0
        told = [(i, p) for i, p in told if i >= near]
        for _, person in reversed(told or before):
            return self.reference.person_refs(person)
        return ()

    def contextual(self, token: Token) -> tuple[Ref, ...]:
        """A bare ministry, government or office: the state last acting, else the dateline's."""
        if self._body_of(token) is None:
            return ()
        subjects = (s for s in self._governing_subjects(token) if s.i != token.i)
        found = next((f for s in subjects if (f := self.reference.of_all(s))), ())
        found = found or self._of_office(token) or self._previous(token, human=False)
        if self.reference.is_cue(token, "stateHead"):
            found = self._of_state(token, found)
        if found:
            return found_by(found, "context")
        return (
            (Ref(self.reference.home, token.i, token.i + 1, "context"),)
            if self.reference.home
            else ()
        )

    def in_office(self, token: Token, person: PersonMention) -> tuple[Ref, ...]:
        """Return whom somebody serves by a bare office: "Foreign Minister Ana Pop", "a ministry aide".

        The side whose body of that name was told before, else the state that opened the article
        and acted last.
        """
        words = person.office.lower().split()
        heads = self.reference.lexicon.cues.get("contextualHead", ())
        sizes = ((i, n) for n in (2, 1) for i in range(len(words) + 1 - n))
        at = next(((i, n) for i, n in sizes if " ".join(words[i : i + n]) in heads), None)
        if at is None:
            return ()
        i, n = at
        plain = self.reference.lexicon.cues.get("plainOffice", ())
        if not {*words[:i], *words[i + n :]} <= {*plain, *heads}:
            return ()  # "party president", "former minister"
        found = self._same_body(token, words[i : i + n]) or self._leading(token)
        return found_by(found, "context") if len(found) == 1 else ()

    def _leading(self, token: Token) -> tuple[Ref, ...]:
        """Return the state that acted last, where it also opened the article."""
        last = self._of_state(token, self._previous(token, human=False))
        opening = self.syntax.doer_or_patient(next(self.doc.sents).root)
        first = self.reference.of_all(opening) if opening is not None and last else ()
        return last if {r.code for r in last} == {r.code for r in first} else ()

    def _same_body(self, token: Token, words: list[str]) -> tuple[Ref, ...]:
        """Return whose ministry (or minister) of this kind was named in the sentences before."""
        for sentence in self._sentences_before(token):
            for noun in reversed(sentence):
                if noun.pos_ not in {"NOUN", "PROPN"} or noun.lower_[:_STEM] != words[-1][:_STEM]:
                    continue
                before = self.doc[max(noun.i - 1, 0)].lower_
                if words[:-1] and before != words[-2]:
                    continue  # of defence, not of foreign affairs
                found = self.reference.owner(noun) if self.reference.named_owner(noun) else ()
                if len(found) == 1:
                    return found
        return ()

    def _of_state(self, token: Token, found: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """Return the state last named for what no organisation has: a movement's foe, its government."""
        is_body = self.reference.lexicon.is_body
        if not found or not all(is_body(r.code) for r in found):
            return found
        for mention in reversed(self.reference.mentions):
            one = mention.end <= token.i and mention.government and len(mention.codes) == 1
            if one and not is_body(mention.codes[0]):
                return self.reference.mention_refs(mention, "coreference")
        return ()

    def _body_of(self, token: Token) -> Token | None:
        """Return the bare body or office meant: itself, or the ministry of "a ministry spokesman"."""
        if self.reference.is_cue(token, "contextualHead"):
            vague = _VAGUE | _MANIFOLD if token.tag_ == "NNS" else _VAGUE
            return None if any(c.lower_ in vague for c in token.lefts) else token
        if not self.reference.is_class(token, "office"):
            return None
        before = (m for m in self.syntax.premodifiers(token) if m.pos_ in {"NOUN", "PROPN"})
        return next((m for m in before if self.reference.is_cue(m, "contextualHead")), None)
