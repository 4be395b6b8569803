"""Which party a phrase stands for: by name, by whose it is, by person, or by what it points back to.

`Reference.of(token)` answers for the phrase headed by a token. The order of attempts: the mention
itself; pronouns and pointing phrases; persons by their affiliation; the phrase's owner (possessor,
nationality, `of`/`from`); bodies and offices by context. Each answer tells its method.
"""

from dataclasses import replace
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.model import Method, Person, Span
from kg.nlp.actors import LED, Mention
from kg.nlp.anaphora import Anaphora
from kg.nlp.persons import Persons
from kg.nlp.refs import PersonMention, Ref
from kg.nlp.syntax import NOMINAL, Syntax
from kg.nlp.word_classes import WordClasses

__all__ = ["PersonMention", "Ref", "Reference"]

_THIRD = frozenset({"it", "its", "itself", "they", "them", "their", "themselves"})
_FORMERLY = frozenset({"former", "ex", "ex-", "erstwhile", "onetime"})
_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_FIRST = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_JOINING = frozenset({"along", "alongside", "including"})
_TOGETHER = frozenset({"along", "together"})
_AND = frozenset({"and", "or", "&"})
_LISTING = _AND | {",", "(", ")", "the"}  # what stands between the names of a list
_BETWEEN = 3  # tokens
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
        self.year = year  # of publication: whom a person spoke for then
        mentions = self._under_former_names([self._dated(m) for m in mentions])
        self.mentions = mentions
        self.home = home  # state of the dateline or of the outlet, for "the foreign ministry"
        self.at: dict[int, Mention] = {i: m for m in mentions for i in range(m.start, m.end)}
        self._cache: dict[int, tuple[Ref, ...]] = {}
        self._busy: set[int] = set()
        self.quote_speaker: dict[int, Token] = {}  # token in a quotation -> its speaker
        self.persons: dict[int, PersonMention] = {}
        self.words = WordClasses(doc, lexicon)
        self.anaphora = Anaphora(self)
        pronoun = self.anaphora.pronoun
        Persons(doc, mentions, self.words, lexicon, year, pronoun, self.persons, home).find()
        self.mentions = [m for m in mentions if not self._is_namesake(m)]
        self.at = {i: m for m in self.mentions for i in range(m.start, m.end)}

    def _is_namesake(self, mention: Mention) -> bool:
        """Tell whether the known name is borne by another here, who speaks for another side or none."""
        person = self.persons.get(mention.start) if mention.kind == "leader" else None
        return person is not None and not set(mention.codes) & set(person.codes)

    def _dated(self, mention: Mention) -> Mention:
        """Return the mention with the side for which a known person spoke in the article's year."""
        if mention.kind != "leader":
            return mention
        holder = self.lexicon.holder(mention.text, self.year)
        return replace(mention, codes=(holder.affiliation,)) if holder else mention

    def _under_former_names(self, mentions: list[Mention]) -> list[Mention]:
        """Return the mentions with states as they were then: in 1977 the Kremlin is the Soviet one.

        A state of that year is its successor with the same Correlates of War number; the article
        names it, and not as a former one.
        """
        year, actors = self.year, self.lexicon.actors
        named = {
            m.codes[0]
            for m in mentions
            if len(m.codes) == 1 and actors[m.codes[0]].kind == "FormerState" and not self._ex(m)
        }
        then = {
            actors[code].cow: code
            for code in sorted(named)
            if year is not None
            and actors[code].cow
            and (actors[code].first_year or 0) <= year <= (actors[code].last_year or 0)
        }
        if not then:
            return mentions
        return [
            replace(m, codes=tuple(then.get(actors[c].cow, c) for c in m.codes)) for m in mentions
        ]

    def _ex(self, mention: Mention) -> bool:
        """Tell whether the state is told as a bygone one: "the former Yugoslavia"."""
        around = self.doc[max(0, mention.start - 1) : mention.end]
        return any(t.lower_ in _FORMERLY for t in around)

    def _epithet(self, token: Token) -> tuple[Ref, ...]:
        """Return the state named right behind what it is called: "Iran's ally Syria"."""
        name = self.at.get(token.i + 1)
        if name is None or name.start != token.i + 1 or name.kind != "name" or not name.codes:
            return ()
        if token.tag_ != "NN" or not self.is_cue(token, "epithet"):
            return ()
        return self.mention_refs(name, "dependency")

    def named_owner(self, token: Token) -> bool:
        """Tell whether the phrase itself names whose it is: a possessor or a nationality."""
        return (
            self.syntax.possessor(token) is not None
            or bool(self.premodifying(token))
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
        """Return the lists of three names or more, whatever the parse: "Peru, Chile and Cuba"."""
        found: dict[int, tuple[Mention, ...]] = {}
        run: list[Mention] = []
        for mention in [*self.mentions, None]:
            if run and mention is not None and self._goes_on(run[-1], mention):
                run.append(mention)
                continue
            if len({m.codes for m in run}) > 2 and self.doc[run[-1].start - 1].lower_ in _AND:
                found |= {m.start: tuple(run) for m in run}
            run = [mention] if mention is not None and self._is_listed(mention) else []
        return found

    def _goes_on(self, last: Mention, mention: Mention) -> bool:
        between = self.doc[last.end : mention.start]
        return (
            self._is_listed(mention)
            and 0 < len(between) <= _BETWEEN
            and all(t.lower_ in _LISTING for t in between)
        )

    @staticmethod
    def _is_listed(mention: Mention) -> bool:
        return mention.kind in {"name", "capital", "organ"} and bool(mention.codes)

    def joining(self, token: Token) -> list[Token]:
        """Return who joins in: "Togo, along with *Benin*", "the EU, including *Italy*", "Togo, *Benin*".

        The last is a list of names whose second one the parser took for an apposition.
        """
        named = self._named_state(token)
        found = [a for a in self.syntax.appositions(token) if named and self._named_state(a)]
        p = self.syntax.profile
        behind = list(token.rights)
        if token.dep_ in p.subject:  # hung on the verb: "Togo, along with Benin, accused"
            behind += [c for c in token.head.lefts if c.i > token.i]
        for child in behind:
            case = next((c for c in child.lefts if c.dep_ in p.case), None)
            if case is None or child.dep_ not in p.nominal_modifier | p.oblique:
                continue
            before = self.doc[case.i - 1].lower_
            joined = case.lower_ == "with" and before in _TOGETHER
            if joined or case.lower_ in _JOINING:
                found.append(child)
        return found

    def _named_state(self, token: Token) -> bool:
        mention = self.at.get(token.i)
        return mention is not None and mention.kind in {"name", "capital"} and bool(mention.codes)

    def against(self, noun: Token) -> tuple[Ref, ...]:
        """Return whom a noun is directed against by its prefix: "anti-*Chilean* slogans"."""
        return tuple(
            ref
            for i in range(max(noun.sent.start, noun.i - 4), noun.i)
            if (mention := self.at.get(i)) is not None and self._opposed(mention)
            for ref in self.mention_refs(mention, "dependency")
        )

    def _opposed(self, mention: Mention) -> bool:
        start = mention.start
        return (
            start >= 2 and self.doc[start - 1].text == "-" and self.doc[start - 2].lower_ == "anti"
        )

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

    def _resolve(self, token: Token) -> tuple[Ref, ...]:
        lower = token.lower_
        if lower in _THIRD | _HUMAN | _FIRST:
            return self.anaphora.pronoun(token)
        person = self.persons.get(token.i)
        if person is not None:
            return self.person_refs(person) or self.anaphora.titled(token, person)
        mention = self.at.get(token.i)
        if mention is not None and mention.codes and mention.kind != "adjective":
            if mention.kind in {"ministry", "organ"}:
                owner = self.premodifying(token, before=mention.start)
                if owner:
                    return owner
            if mention.kind != "combining":
                return self.mention_refs(mention, "dependency")
        pointing = self.anaphora.pointing(token)
        if pointing is not None:
            return pointing
        if self.is_cue(token, "againstHead"):  # "the kidnappers of an American": not America's
            return self.premodifying(token)
        owner = self._epithet(token) or self.owner(token)
        if owner:
            return owner
        if mention is not None and mention.codes:
            return self.mention_refs(mention, "dependency")
        if token.pos_ == "NUM" and any(c.lower_ == "another" for c in token.lefts):
            return self._another(token)
        named = self.persons.get(token.i + 1)
        if named is not None and named.start == token.i + 1 and self.is_class(token, "office"):
            return self.person_refs(named)  # "opposition leader | Ana Pop", hung apart
        apposed = [r for a in self.syntax.appositions(token) for r in self.of(a)]
        if apposed:
            return tuple(apposed)
        anaphora = self.anaphora
        return anaphora.contextual(token) or anaphora.definite(token) or anaphora.elided(token)

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
        if possessor is not None and self.is_cue(possessor, "selfReference"):
            known = [
                r for a in self.syntax.appositions(token) if a.i in self.persons for r in self.of(a)
            ]
            if known:  # "the country's president, Ana Pop": as far as she is known
                return tuple(known)
        if possessor is not None:
            # "her Kenyan counterpart": a person's nationality goes before whose colleague they are
            national = self.is_class(token, "office") and possessor.lower_ in _THIRD | _HUMAN
            found = (national and self.premodifying(token)) or self.of_all(possessor)
            if found:
                return found
        found = self._governed(token) or self.premodifying(token)
        if found:
            return found
        for preposition in (*_OWNING[:3], "by", "at", "in", "including"):
            for oblique in self.syntax.obliques(token):
                if oblique.preposition != preposition or oblique.noun.i <= token.i:
                    continue
                if preposition in {"in", "at"} and not self._located_body(token, oblique.noun):
                    continue
                found = self.of_all(oblique.noun)
                if found:
                    return found
        return self._served(token)

    def _another(self, number: Token) -> tuple[Ref, ...]:
        """Return whose people were named before: "expelled three Cubans and barred *another two*"."""
        before = [m for m in self.mentions if number.sent.start <= m.start < number.i]
        people = [m for m in before if m.kind in {"adjective", "people"} and m.codes]
        return self.mention_refs(people[-1], "coreference") if people else ()

    def _served(self, token: Token) -> tuple[Ref, ...]:
        """Return whom the clause behind a noun says it serves or comes from: "working for Chad"."""
        for verb in token.rights:
            if self.syntax.role_of(verb) != "adnominal" or not self.is_cue(verb, "servingVerb"):
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
        """Return parties named in the contiguous words before the head: "Russian and US diplomats"."""
        if self._names_victim(token):
            return ()
        i = (before if before is not None else token.i) - 1
        start = token.sent.start
        found: list[Ref] = []
        while i >= start:
            mention = self.at.get(i)
            current = self.doc[i]
            if mention is not None:
                stance = self._stance(mention)
                if mention.codes and not stance and not self._compound_other(mention):
                    found = [*self.mention_refs(mention, "dependency"), *found]
                i = mention.start - 1 - stance
                continue
            if (current.lower_ in {"and", "or", "&", "/"} and found) or (
                current.text == "," and found
            ):
                left = self.at.get(i - 1)
                if left is None or left.kind != "adjective":
                    break
            elif current.i in self.persons and current.i != token.i and not found:
                found = list(self.person_refs(self.persons[i]))
                break
            elif not (
                current.pos_ in {"ADJ", "NOUN", "PROPN", "NUM", "DET"}
                or current.lower_ in {"'s", "’s", "'", "’", "-", '"', "“", "”"}
                or (
                    (current.tag_ in {"VBN", "VBG"} or current.dep_ == "compound")
                    and current.dep_ in self.syntax.profile.premodifier
                )
                or current.lower_ in {"other", "top", "senior", "more", "former", "deputy"}
            ) or (
                current.pos_ == "DET"
                and current.lower_ in {"the", "a", "an", "this", "that"}
                and found
            ):
                break
            i -= 1
        unique: dict[str, Ref] = {}
        for ref in found:
            unique.setdefault(ref.code, ref)
        return tuple(unique.values())

    def _stance(self, mention: Mention) -> int:
        """Return how many words before the mention say against whom it is: "anti-French rally"."""
        if mention.start < 2 or self.doc[mention.start - 1].text not in {"-", "–"}:
            return 0
        prefixes = self.lexicon.cues.get("stancePrefix", ())
        return 2 if self.doc[mention.start - 2].lower_ in prefixes else 0

    def _names_victim(self, token: Token) -> bool:
        """Tell whether the act's noun says on what it was: "the Cuban *airliner bombing*"."""
        before = self.doc[token.i - 1] if token.i > token.sent.start else None
        return (
            before is not None
            and before.head == token
            and self.is_cue(before, "victimThing")
            and self.is_cue(token, "anybodysAct")
        )

    def _compound_other(self, mention: Mention) -> bool:
        """Tell whether the mention only modifies another modifier: "Russian-backed separatists"."""
        if self._opposed(mention):
            return True
        if mention.end + 1 < len(self.doc) and self.doc[mention.end].text == "-":
            return self.doc[mention.end + 1].lower_ not in LED and mention.end + 1 not in self.at
        return False

    def is_class(self, token: Token, name: str) -> bool:
        """Tell whether the phrase headed by the token belongs to the word class."""
        return self.words.is_class(token, name)

    def is_cue(self, token: Token, kind: str) -> bool:
        """Tell whether the word, or the compound that it ends, is a cue of this kind."""
        return self.words.is_cue(token, kind)

    def in_compound(self, token: Token, name: str) -> bool:
        """Tell whether the token belongs to a term of several words of the class."""
        return self.words.in_compound(token, name)

    def is_private(self, token: Token) -> bool:
        """Tell whether the phrase is of a state but doesn't act for it: "a Belgian rival"."""
        return self.anaphora.is_private(token)

    def stands_for(self, token: Token, name: str) -> Token | None:
        """Return the noun of the class that a pronoun stands for, if any."""
        return self.anaphora.stands_for(token, name)

    def pointed(self, noun: Token) -> tuple[Ref, ...]:
        """Return the parties that a pointing phrase stands for; empty where it doesn't point."""
        return self.anaphora.pointed(noun)

    def pair(self, token: Token) -> tuple[Ref, ...]:
        """Return the two parties that the phrase stands for, if it stands for a pair."""
        return self.anaphora.pair(token)
