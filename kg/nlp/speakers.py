"""Who a phrase names as a speaker: a person with office and side, a body, or somebody unknown.

`Speakers.person(token)` answers for the phrase headed by the token. A name beside an office, a
pronoun's antecedent and whoever issued a statement come before the words of the phrase itself.
"""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Person
from kg.nlp.reference import PersonMention, Ref, Reference

_STATE = frozenset({"state", "official", "government", "state-run", "state-owned"})
_HUMAN = frozenset({"he", "she", "him", "her", "i", "who"})
_BETWEEN = frozenset({"ADP", "SCONJ", "CCONJ"})
_NO = frozenset({"no", "neither"})
_LONG = 8  # tokens; a longer phrase is named by the words up to its head
_REACH = 120  # tokens back, within which a pronoun's person is sought


class Speakers:
    """Records of speakers in one document."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference, self.lexicon = reference, lexicon
        self.syntax = reference.syntax
        self._agencies = frozenset(c.lower() for c in lexicon.cues.get("newsAgency", ()))
        self._texts = frozenset(lexicon.cues.get("spokenText", ()))

    def person(self, token: Token, depth: int = 0) -> Person | None:
        """Return whoever the phrase headed by the token names; None for news carriers, unknown pronouns."""
        named = self.reference.persons.get(token.i) or self._named_beside(token)
        if named is not None:
            return self._record(named, token)
        if token.lower_ in self._agencies and not self._is_state_media(token):
            return None
        if token.lemma_.lower() in self._texts and depth < 2:
            return self._issuer(token, depth)
        if token.pos_ == "PRON":
            noun = token.head.head  # "sources *who* say": the noun that the clause describes
            relative = token.head.dep_ in self.syntax.profile.relative_clause
            if relative and token.tag_ == "WP" and noun.pos_ in {"NOUN", "PROPN"} and depth < 2:
                return self.person(noun, depth + 1)
            return self._meant(token, depth)
        refs = self.reference.of(token)
        if not refs and self.reference.is_cue(token, "evidenceNoun"):
            return None
        if not refs:  # "prosecutors", "two aid workers": somebody, for nobody we know
            if self._is_nobody(token):
                return None
            words = self._phrase(token)
            return Person(words, words) if token.pos_ == "NOUN" and words else None
        if refs[0].person is not None and token.i not in self.reference.at:
            return refs[0].person if self._is_of(token, refs[0]) else self._office(token, refs[0])
        if token.i in self.reference.at:
            mention = self.reference.at[token.i]
            if not self.reference.is_class(token, "office"):
                return Person(mention.text, self._office_words(token), refs[0].code)
        return self._office(token, refs[0])

    def _is_nobody(self, token: Token) -> bool:
        """Tell whether the phrase names a time, or says that none speaks: "*neither capital* agrees"."""
        return self.reference.is_cue(token, "timeNoun") or any(t.lower_ in _NO for t in token.lefts)

    def _is_state_media(self, token: Token) -> bool:
        """Tell whether a carrier of news speaks for a state: "Chinese state media", "Peking radio"."""
        words = {t.lower_ for t in token.lefts}
        capital = any(t.i in self.reference.at and t.pos_ == "PROPN" for t in token.lefts)
        return bool(words & _STATE) or (token.lower_ == "radio" and capital)

    # ---------------------------------------------------------------- names

    def _record(self, mention: PersonMention, token: Token) -> Person:
        record = self.reference.person_record(mention)
        if not record.affiliation and token.i in self.reference.persons:
            sides = self.reference.of(token)  # "Foreign Minister Ana Pop": of the state told of
            return Person(record.name, record.office, sides[0].code if sides else "", record.span)
        if (record.affiliation and record.office) or token.i in self.reference.persons:
            return record
        refs = self.reference.of(token)
        side = record.affiliation or (refs[0].code if refs else "")
        return Person(record.name, record.office or self._office_words(token), side, record.span)

    def _named_beside(self, token: Token) -> PersonMention | None:
        """Find the name in apposition: "Guyana's foreign minister, Ramdeo Sukhdeo, said"."""
        persons = self.reference.persons
        if token.pos_ not in {"NOUN", "PROPN"} or not self.reference.is_class(token, "office"):
            return None
        for apposed in self.syntax.appositions(token):
            if apposed.i in persons:
                return persons[apposed.i]
        doc, after = self.reference.doc, token.i + 1
        while after < token.sent.end and after <= token.right_edge.i and after not in persons:
            after += 1
        while after < token.sent.end and doc[after].is_punct and after <= token.right_edge.i + 1:
            after += 1
        follower = persons.get(after) if after < token.sent.end else None
        if follower is None or follower.start != after:
            return None
        behind = doc[token.i + 1 : after]
        return None if any(t.pos_ in {"VERB", "AUX", "CCONJ"} for t in behind) else follower

    def _is_of(self, token: Token, ref: Ref) -> bool:
        """Tell whether the reference is the phrase's own person and no possessor of it."""
        return token.i <= ref.start <= token.right_edge.i

    # ---------------------------------------------------------------- pointing

    def _meant(self, token: Token, depth: int) -> Person | None:
        refs = self.reference.of(token)
        if refs and refs[0].person is not None:
            return refs[0].person
        if token.lower_ in _HUMAN:
            person = self._last_person(token, {r.code for r in refs})
            if person is not None:
                return person
        if not refs:
            return None
        head = self._phrase_head(refs[0])
        if depth < 2 and head is not None and head.pos_ in {"NOUN", "PROPN"} and head != token:
            return self.person(head, depth + 1)
        actor = self.lexicon.actors.get(refs[0].code)
        return Person(actor.label if actor else refs[0].code, "", refs[0].code)

    def _last_person(self, token: Token, codes: set[str]) -> Person | None:
        """Return the person of the side who last was a subject before the pronoun, else the last named."""
        persons = self.reference.persons
        before = [i for i in persons if token.i - _REACH <= i < token.i]
        if codes:
            before = [i for i in before if not persons[i].codes or codes & {*persons[i].codes}]
        subject = (i for i in sorted(before, reverse=True) if self._is_subject(i))
        chosen = next(subject, max(before, default=None))
        if chosen is None:
            return None
        return self.reference.person_record(self.reference.persons[chosen])

    def _is_subject(self, i: int) -> bool:
        return self.syntax.role_of(self.reference.doc[i]) == "subject"

    def _phrase_head(self, ref: Ref) -> Token | None:
        """Climb from a reference's words to the phrase they modify: "Russian" -> "ministry"."""
        if ref.method == "context" or ref.end <= ref.start:
            return None
        p = self.syntax.profile
        token = self.reference.doc[ref.end - 1]
        while token.dep_ in p.premodifier | p.possessive | p.title and token.head.pos_ in {
            "NOUN",
            "PROPN",
        }:
            token = token.head
        body = any(self.reference.is_class(token, name) for name in ("office", "body", "mission"))
        return token if body or token.i < ref.end else None

    def _issuer(self, token: Token, depth: int) -> Person | None:
        """Return who issued a text: "a statement by the committee", "the ministry's note"."""
        owner = self.syntax.possessor(token)
        if owner is None:
            phrases = self.syntax.obliques(token)
            owner = next((o.noun for o in phrases if o.preposition in {"by", "from", "of"}), None)
            if owner is not None and self._is_hearsay(token, owner):
                return None
        if owner is None:
            owner = next((m for m in self.syntax.premodifiers(token) if self.reference.of(m)), None)
        return self.person(owner, depth + 1) if owner is not None else None

    def _is_hearsay(self, text: Token, source: Token) -> bool:
        """Tell whether it only comes from a country: "reports from Chad say"."""
        placed = source.i in self.reference.at and any(c.lower_ == "from" for c in source.lefts)
        return placed and self.reference.is_cue(text, "hearsayNoun")

    # ---------------------------------------------------------------- offices and bodies

    def _office(self, token: Token, ref: Ref) -> Person | None:
        named = self._holder_before(token, ref)
        if named is not None:
            return named
        name = self._phrase(token)
        return Person(name, self._office_words(token), ref.code) if name else None

    def _holder_before(self, token: Token, ref: Ref) -> Person | None:
        """Return who holds a bare office, by the name told before: "the minister" is Ana Pop."""
        definite = any(c.lower_ == "the" for c in token.lefts)
        if not definite or not self.reference.is_class(token, "office"):
            return None
        if token.tag_ != "NN" or self.reference.named_owner(token):
            return None
        office, persons = token.lemma_.lower(), self.reference.persons
        for i in range(token.i - 1, max(-1, token.i - 2 * _REACH), -1):
            person = persons.get(i)
            if person is None or not person.office:
                continue
            same = person.office.lower().split()[-1] == office
            if same and (not person.codes or ref.code in person.codes):
                return self.reference.person_record(person)
        return None

    def _first(self, token: Token) -> int:
        """Return where the words before the head begin, what doesn't belong to them left out."""
        first = token.left_edge.i
        for word in self.reference.doc[first : token.i]:
            if (word.is_punct and word.text not in "-'’“”\"") or word.pos_ in _BETWEEN:
                first = word.i + 1
        return first

    def _phrase(self, token: Token) -> str:
        """Return the phrase as written, cut behind its head where it is long or goes on with a clause."""
        doc, first = self.reference.doc, self._first(token)
        last = token.right_edge.i
        while last > token.i and doc[last].is_punct:
            last -= 1
        ends = (t.i for t in doc[token.i + 1 : last + 1] if self._breaks_off(t))
        last = min(last, next(ends, last + 1) - 1)
        if last + 1 - first > _LONG:
            last = token.i
        return doc[first : last + 1].text.strip()

    @staticmethod
    def _breaks_off(token: Token) -> bool:
        """Tell whether a speaker's phrase ends before the word: "officials in Lima, asked by …"."""
        clausal = token.pos_ in {"VERB", "AUX", "SCONJ"} or token.tag_ in {"WP", "WDT", "WP$"}
        return clausal or (token.is_punct and token.text not in {"-", "'", "’"})

    def _office_words(self, token: Token) -> str:
        phrase = self.reference.doc[self._first(token) : token.i + 1]
        first = 1 + max((t.i for t in phrase if self.reference.is_cue(t, "timeNoun")), default=-1)
        words = [  # without a time that stands before it: "*a few days later* Peru said"
            t.text
            for t in phrase
            if t.i >= first
            and t.pos_ != "DET"
            and t.i not in self.reference.at
            and t.text not in {"'s", "’s"}
        ]
        return " ".join(words)
