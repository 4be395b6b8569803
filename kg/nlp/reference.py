"""Which party a phrase stands for: by name, by whose it is, by person, or by what it points back to.

`Reference.of(token)` answers for the phrase headed by a token. The order of attempts: the mention
itself; pronouns and pointing phrases; persons by their affiliation; the phrase's owner (possessor,
nationality, `of`/`from`); bodies and offices by context. Each answer tells its method.
"""

from functools import cached_property

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.model import Method, Person, Span
from kg.nlp.actors import Mention
from kg.nlp.bearers import Bearers
from kg.nlp.company import Company
from kg.nlp.definites import Definites
from kg.nlp.lists import is_untold, lists
from kg.nlp.persons import Persons
from kg.nlp.pointers import Pointers
from kg.nlp.premodifiers import Premodifiers
from kg.nlp.pronouns import Pronouns
from kg.nlp.refs import PersonMention, Ref
from kg.nlp.syntax import NOMINAL, Syntax
from kg.nlp.word_classes import WordClasses

__all__ = ["PersonMention", "Ref", "Reference"]

_THIRD = frozenset({"it", "its", "itself", "they", "them", "their", "themselves"})
_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_FIRST = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_OWNING = ("of", "from", "for", "to")


class Reference:
    """Reference resolution over one document."""

    def __init__(
        self,
        doc: Doc,
        syntax: Syntax,
        mentions: list[Mention],
        lexicon: Lexicon,
        home: str = "",
        year: int | None = None,
    ) -> None:
        self.doc, self.syntax, self.lexicon = doc, syntax, lexicon
        self.text = doc.text  # spaCy joins it anew each time it is asked
        self.year = year  # of publication: whom a person spoke for then
        mentions = [m for m in Bearers(doc, lexicon, year).of(mentions) if not is_untold(doc, m)]
        self.mentions = mentions
        self.home = home  # state of the dateline or of the outlet, for "the foreign ministry"
        self.at: dict[int, Mention] = {i: m for m in mentions for i in range(m.start, m.end)}
        self._cache: dict[int, tuple[Ref, ...]] = {}
        self._busy: set[int] = set()
        self.quote_speaker: dict[int, Token] = {}  # token in a quotation -> its speaker
        self.persons: dict[int, PersonMention] = {}
        self.words = WordClasses(doc, lexicon)
        self.premodifiers, self.company = Premodifiers(self), Company(self)
        self.pronouns, self.definites, self.pointers = (
            Pronouns(self),
            Definites(self),
            Pointers(self),
        )
        pronoun = self.pronouns.of
        Persons(doc, mentions, self.words, lexicon, year, pronoun, self.persons, home).find()
        self.mentions = [m for m in mentions if not self._is_namesake(m)]
        self.at = {i: m for m in self.mentions for i in range(m.start, m.end)}
        self.company.found.clear()  # found with the namesakes

    def _is_namesake(self, mention: Mention) -> bool:
        """Tell whether the known name is borne by another here, who speaks for another side or none."""
        person = self.persons.get(mention.start) if mention.kind == "leader" else None
        return person is not None and not set(mention.codes) & set(person.codes)

    def _epithet(self, token: Token) -> tuple[Ref, ...]:
        """Return the state named right behind what it is called: "Iran's ally Syria"."""
        name = self.at.get(token.i + 1)
        if name is None or name.start != token.i + 1 or name.kind != "name" or not name.codes:
            return ()
        group = self.is_cue(token, "groupNoun") and self.lexicon.is_movement(name.codes[0])
        if token.tag_ != "NN" or not (group or self.is_cue(token, "epithet")):
            return ()
        return self.mention_refs(name, "dependency")

    def named_owner(self, token: Token) -> bool:
        """Tell whether the phrase itself names whose it is: a possessor or a nationality."""
        return (
            self.syntax.possessor(token) is not None
            or bool(self.premodifiers.of(token))
            or token.i in self.persons
        )

    def of_all(self, token: Token) -> tuple[Ref, ...]:
        """Return the parties of a phrase and of all phrases coordinated with it."""
        found: dict[str, Ref] = {}
        for member in self.syntax.conjuncts(token):
            if member == token or member.pos_ in NOMINAL or member.i in self.at:
                for ref in self.of(member):
                    found.setdefault(ref.code, ref)
        mention = self.at.get(token.i)
        for listed in self._lists.get(mention.start, ()) if mention is not None else ():
            for ref in self.mention_refs(listed, "dependency"):
                found.setdefault(ref.code, ref)
        for member in self.joining(token) if found else ():
            for ref in self.of_all(member):
                found.setdefault(ref.code, ref)
        return tuple(found.values())

    @cached_property
    def _lists(self) -> dict[int, tuple[Mention, ...]]:
        return lists(self.doc, self.mentions)

    def joining(self, token: Token) -> list[Token]:
        """Return who joins in beside the phrase: "Togo, along with *Benin*"."""
        return self.company.joining(token)

    def of(self, token: Token) -> tuple[Ref, ...]:
        """Return the parties that the phrase headed by the token stands for; empty if none."""
        if token.i in self._cache:
            return self._cache[token.i]
        if token.i in self._busy:
            return ()
        self._busy.add(token.i)
        found = self._resolve(token)
        self._busy.discard(token.i)
        self._cache[token.i] = found
        return found

    def _described(self, token: Token) -> tuple[Ref, ...]:
        """Return whose envoy a person is by the words behind the name: "Ida Roy, a French consul"."""
        staff = (a for a in self.syntax.appositions(token) if self.words.is_class(a, "staff"))
        found = next((refs for a in staff if (refs := self.of(a))), ())
        if found:
            return found
        served = (
            o.noun
            for a in self.syntax.appositions(token)
            if self.is_cue(a, "aideNoun")
            for o in self.syntax.obliques(a)
            if o.preposition in {"to", "of", "for"}
        )
        return next((refs for noun in served if (refs := self.of(noun))), ())

    def _resolve(self, token: Token) -> tuple[Ref, ...]:
        lower = token.lower_
        if lower in _THIRD | _HUMAN | _FIRST and not self.company.is_named_state(token):
            return self.pronouns.of(token)  # "us", but not "the US"
        person = self.persons.get(token.i)
        if person is not None:
            return (
                self.person_refs(person)
                or self.definites.titled(token, person)
                or self._described(token)
                or self.definites.in_office(token, person)
            )
        mention = self.at.get(token.i)
        if mention is not None and mention.codes and mention.kind != "adjective":
            if mention.kind in {"ministry", "organ"}:
                owner = self.premodifiers.of(token, before=mention.start)
                if owner:
                    return owner
            if mention.kind != "combining":
                return self.mention_refs(mention, "dependency")
        pointing = self.pointers.of(token)
        if pointing is not None:
            return pointing
        if self.is_cue(token, "againstHead"):  # "the kidnappers of an American": not America's
            return self.premodifiers.of(token)
        owner = self._epithet(token) or self.owner(token)
        if owner:
            return owner
        if mention is not None and mention.codes:
            return self.mention_refs(mention, "dependency")
        if token.pos_ == "NUM" and any(c.lower_ == "another" for c in token.lefts):
            return self._another(token)
        named = self.persons.get(token.i + 1)
        if named is not None and named.start == token.i + 1 and self.is_class(token, "office"):
            # "opposition leader | Ana Pop", hung apart
            return self.person_refs(named) or self.definites.titled(token, named)
        apposed = [r for a in self.syntax.appositions(token) for r in self.of_all(a)]
        if apposed:
            return tuple(apposed)
        return self.definites.of(token)

    def mention_refs(self, mention: Mention, method: Method) -> tuple[Ref, ...]:
        return tuple(Ref(c, mention.start, mention.end, method) for c in mention.codes)

    def person_refs(self, person: PersonMention) -> tuple[Ref, ...]:
        record = self.person_record(person)
        return tuple(Ref(c, person.start, person.end, "dependency", record) for c in person.codes)

    def person_record(self, mention: PersonMention) -> Person:
        """Return the record of a person mention; its span counts tokens' characters in the Doc."""
        span = Span(
            self.doc[mention.start].idx,
            self.doc[mention.end - 1].idx + len(self.doc[mention.end - 1]),
        )
        return Person(mention.name, mention.office, mention.codes[0] if mention.codes else "", span)

    def owner(self, token: Token) -> tuple[Ref, ...]:
        """Return whose the phrase is: possessor, else nationality, else `of`/`from`/`by` phrase."""
        possessor = self.syntax.possessor(token)
        if possessor is not None and (group := self.premodifiers.movement(token)):
            return group  # "Lebanon's *Hezbollah* fighters"
        if possessor is not None and self.is_cue(possessor, "selfReference"):
            known = [
                r for a in self.syntax.appositions(token) if a.i in self.persons for r in self.of(a)
            ]
            if known:  # "the country's president, Ana Pop": as far as she is known
                return tuple(known)
        if possessor is not None:
            # "her Kenyan counterpart": a person's nationality goes before whose colleague they are
            national = self.is_class(token, "office") and possessor.lower_ in _THIRD | _HUMAN
            found = (national and (self.premodifiers.of(token) or self._peers(token))) or (
                self.of_all(possessor)
            )
            if found:
                return found
        found = self._governed(token) or self.premodifiers.of(token)
        if found:
            return found
        for preposition in (*_OWNING[:3], "by", "at", "in", "including", "such_as", "like"):
            for oblique in self.syntax.obliques(token):
                if oblique.preposition != preposition or oblique.noun.i <= token.i:
                    continue
                if preposition == "of" and self.is_cue(token, "sufferedNoun"):
                    continue  # "the bombing of Chad" is not Chad's
                if preposition in {"in", "at"} and not self._located_body(token, oblique.noun):
                    continue
                place = self.at.get(oblique.noun.i)
                if preposition == "in" and place is not None and self.is_cue(token, "localLaw"):
                    return (Ref(place.place, place.start, place.end, "dependency"),)  # no seat's
                found = self.of_all(oblique.noun)
                if found:
                    return found
        return self._served(token)

    def _peers(self, token: Token) -> tuple[Ref, ...]:
        """Return whose the like office is: "her counterparts from *Fiji and Samoa*"."""
        if not self.is_cue(token, "peerNoun"):
            return ()
        for host in (token, token.head):  # "hosted her counterparts | from Fiji"
            for oblique in self.syntax.obliques(host):
                beside = token.i < oblique.noun.left_edge.i <= token.i + 1
                if beside and oblique.preposition in {"from", "of", "in"}:
                    return self.of_all(oblique.noun)
        return ()

    def _another(self, number: Token) -> tuple[Ref, ...]:
        """Return whose people were named before: "expelled three Cubans and barred *another two*"."""
        before = [m for m in self.mentions if number.sent.start <= m.start < number.i]
        people = [m for m in before if m.kind in {"adjective", "people"} and m.codes]
        return self.mention_refs(people[-1], "coreference") if people else ()

    def _served(self, token: Token) -> tuple[Ref, ...]:
        """Return whom the clause behind a noun says it serves or comes from: "working for Chad"."""
        verbs = [v for v in token.rights if self.syntax.role_of(v) == "adnominal"]
        if token.head.i == token.i + 1 and token.head.tag_ in {"VBN", "VBD"}:
            verbs.append(token.head)  # "hackers linked to Chad stole …", taken for two clauses
        backed = self.is_class(token, "intruder")
        for verb in verbs:
            backs = backed and self.is_cue(verb, "payingVerb")
            if not (backs or self.is_cue(verb, "servingVerb")):
                continue
            for oblique in self.syntax.obliques(verb):
                if oblique.preposition in {"for", "by", "to"}:
                    return self.of_all(oblique.noun)
                mention = self.at.get(oblique.noun.i)
                if oblique.preposition == "from" and mention is not None and mention.place:
                    return (Ref(mention.place, mention.start, mention.end, "dependency"),)
        return ()

    def _governed(self, token: Token) -> tuple[Ref, ...]:
        """Return the state of a government whose people are told, too: "the Greek government of X"."""
        if not self.is_class(token, "polity"):
            return ()
        for oblique in self.syntax.obliques(token):
            mention = self.at.get(oblique.noun.i)
            if oblique.preposition == "of" and mention is not None and mention.kind == "name":
                return self.mention_refs(mention, "dependency")
        return ()

    def _located_body(self, token: Token, noun: Token) -> bool:
        """Tell whether "X in Kabul" means the X of that state: a government, authorities, officials."""
        if self.is_class(token, "mission") or self.is_class(token, "staff"):
            return noun.i not in self.at  # "diplomats at the Russian embassy", never "in Moscow"
        return self.is_class(token, "body") or self.is_class(token, "office")

    def premodifying(self, token: Token, before: int | None = None) -> tuple[Ref, ...]:
        """Return the parties named in the words before the head: "Russian and US diplomats"."""
        return self.premodifiers.of(token, before)

    def against(self, noun: Token) -> tuple[Ref, ...]:
        """Return whom a noun is directed against by its prefix: "anti-*Chilean* slogans"."""
        return self.premodifiers.against(noun)

    def is_class(self, token: Token, name: str) -> bool:
        """Tell whether the phrase headed by the token belongs to the word class."""
        if self.words.is_class(token, name):
            return True
        named = token.pos_ == "PROPN" and token.i in self.persons  # "Ida Roy, *a consul* in Oran"
        return named and any(
            self.words.is_class(a, name) for a in self.syntax.appositions(token) if a.pos_ == "NOUN"
        )

    def is_cue(self, token: Token, kind: str) -> bool:
        """Tell whether the word, or the compound that it ends, is a cue of this kind."""
        return self.words.is_cue(token, kind)

    def suffered(self, noun: Token, act: Token) -> bool:
        """Tell whether the noun says to whom it was done: "the bombing of *Chad*"."""
        return any(c.lower_ == "of" for c in noun.lefts) and self.is_cue(act, "sufferedNoun")

    def in_compound(self, token: Token, name: str) -> bool:
        """Tell whether the token belongs to a term of several words of the class."""
        return self.words.in_compound(token, name)

    def is_private(self, token: Token) -> bool:
        """Tell whether the phrase is of a state but doesn't act for it: "a Belgian rival"."""
        return self.pronouns.is_private(token)

    def stands_for(self, token: Token, name: str) -> Token | None:
        """Return the noun of the class that a pronoun stands for, if any."""
        return self.pronouns.stands_for(token, name)

    def pointed(self, noun: Token) -> tuple[Ref, ...]:
        """Return the parties that a pointing phrase stands for; empty where it doesn't point."""
        return self.pronouns.pointed(noun)

    def pair(self, token: Token) -> tuple[Ref, ...]:
        """Return the two parties that the phrase stands for, if it stands for a pair."""
        return self.pointers.pair(token)
