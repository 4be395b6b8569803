"""Which party a phrase stands for: by name, by whose it is, by person, or by what it points back to.

`Reference.of(token)` answers for the phrase headed by a token. The order of attempts: the mention
itself; pronouns and pointing phrases; persons by their affiliation; the phrase's owner (possessor,
nationality, `of`/`from`); bodies and offices by context. Each answer tells its method.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.model import Method, Person, Span
from kg.nlp.actors import Mention
from kg.nlp.numerals import digits_value, words_value
from kg.nlp.syntax import NOMINAL, Syntax

_THIRD = frozenset({"it", "its", "itself", "they", "them", "their", "themselves"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_HUMAN = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_FIRST = frozenset({"we", "us", "our", "ours", "i", "my", "me"})
_EACH = frozenset({"other", "another", "both"})
_OWNING = ("of", "from", "for", "to")
_STANDING = frozenset({"it", "they", "them", "he", "him", "she", "her"})
_MANY = frozenset({"they", "them"})
_STANDING_REACH = 45  # words
_LOOKBACK = 4  # sentences
_NO_TERMS: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class Ref:
    """A party that a phrase stands for, the tokens that say so, and how it was found."""

    code: str
    start: int
    end: int
    method: Method
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Tokens that name a person, with office and affiliation as far as the article tells them."""

    start: int
    end: int
    name: str
    office: str
    codes: tuple[str, ...]


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
        self.mentions = mentions = [self._dated(m) for m in mentions]
        self.home = home  # state of the dateline or of the outlet, for "the foreign ministry"
        self.at: dict[int, Mention] = {i: m for m in mentions for i in range(m.start, m.end)}
        self._cache: dict[int, tuple[Ref, ...]] = {}
        self._busy: set[int] = set()
        self._standing: dict[tuple[int, str], Token | None] = {}
        self._collective = frozenset(lexicon.cues.get("collectiveNoun", ()))
        self.quote_speaker: dict[int, Token] = {}  # token in a quotation -> its speaker
        self.persons: dict[int, PersonMention] = {}
        self._by_name: dict[str, PersonMention] = {}
        self._find_persons()

    def _dated(self, mention: Mention) -> Mention:
        """Return the mention with the side for which a known person spoke in the article's year."""
        if mention.kind != "leader":
            return mention
        holder = self.lexicon.holder(mention.text, self.year)
        return replace(mention, codes=(holder.affiliation,)) if holder else mention

    # ---------------------------------------------------------------- word classes

    def is_class(self, token: Token, name: str) -> bool:
        """Tell whether the phrase headed by the token belongs to the word class."""
        # The third form is for plurals that have a sense of their own: troops, arms, talks.
        forms = {token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s")}
        if forms & self.lexicon.classes.get(name, frozenset()):
            return True
        near = [x for form in sorted(forms) for x in self._multi(name).get(form, ())]
        if not near:
            return False
        window = self.doc[max(0, token.i - 4) : token.i + 4]
        words = f" {' '.join(t.lemma_.lower() for t in window)} "
        plain = f" {' '.join(t.lower_ for t in window)} "
        for x in near:
            leads = token.i + 1 < len(self.doc) and self.doc[token.i + 1].head == token
            if (f" {x} " in words or f" {x} " in plain) and (
                x.split()[-1] in forms or leads or " of " in x
            ):
                return True
        return False

    def stands_for(self, token: Token, name: str) -> Token | None:
        """Return the noun of the word class that a personal pronoun means: "recalled *him*".

        The nearest one before it that agrees in number, in its sentence or the one before; a person
        for he and she, for it and they none that a name says.
        """
        lower = token.lower_
        if lower not in _STANDING or token.tag_ == "PRP$":
            return None
        key = (token.i, name)
        if key not in self._standing:
            self._standing[key] = self._standing_for(token, name, plural=lower in _MANY)
        return self._standing[key]

    def pointed(self, noun: Token) -> tuple[Ref, ...]:
        """Return the parties of the noun that a pronoun stands for."""
        return self._as(self.of(noun), "coreference")

    def _standing_for(self, token: Token, name: str, *, plural: bool) -> Token | None:
        start = token.sent.start
        if start:
            start = self.doc[start - 1].sent.start
        for i in range(token.i - 1, max(start, token.i - _STANDING_REACH) - 1, -1):
            noun = self.doc[i]
            if noun.pos_ not in {"NOUN", "PROPN"} or noun.dep_ in self.syntax.profile.premodifier:
                continue
            many = noun.tag_ in {"NNS", "NNPS"} or noun.lemma_.lower() in self._collective
            if many == plural and self.is_class(noun, name):
                return noun
        return None

    def in_compound(self, token: Token, name: str) -> bool:
        """Tell whether the token belongs to a term of several words of the class, not to a single one."""
        if token.lower_ not in self._multi(name):
            return False
        forms = {token.lemma_.lower(), token.lower_}
        return not forms & self.lexicon.classes.get(name, frozenset()) and self.is_class(
            token, name
        )

    def named_owner(self, token: Token) -> bool:
        """Tell whether the phrase itself names whose it is: a possessor or a nationality."""
        return (
            self.syntax.possessor(token) is not None
            or bool(self._premodifying(token))
            or token.i in self.persons
        )

    def _multi(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """Return the class's terms of several words, by their first and last word."""
        return self.lexicon.terms.get(name, _NO_TERMS)

    # ---------------------------------------------------------------- persons

    def _find_persons(self) -> None:
        """Register every person mention; later bare family names share the first one's side."""
        for start, end in self._person_spans():
            name = " ".join(t.text for t in self.doc[start:end] if t.text not in {"'s", "’s"})
            last = name.split()[-1]
            office, codes = self._title(start, end)
            known = self._by_name.get(last)
            leader = self.lexicon.holder(name, self.year)
            if leader is None and (known is None or known.name == last):
                leader = self.lexicon.holder(last, self.year)  # and no namesake in the article
            if known and (len(name.split()) == 1 or not codes) and known.name.endswith(last):
                name = known.name if len(known.name) >= len(name) else name
                office, codes = office or known.office, codes or known.codes
            if not codes and leader:
                codes, office = (leader.affiliation,), office or leader.office
            mention = PersonMention(start, end, name, office, codes)
            for i in range(start, end):
                self.persons[i] = mention
            if (
                known is None
                or (codes and not known.codes)
                or (len(name) > len(known.name) and (codes or not known.codes))
            ):
                self._by_name[last] = mention
        for i, mention in sorted(self.persons.items()):
            if mention.office.lower().split()[-1:] and mention.office.lower().split()[
                -1
            ] in self.lexicon.cues.get("privateHead", ()):
                self.persons[i] = PersonMention(
                    mention.start, mention.end, mention.name, mention.office, ()
                )
                continue
            known = self._by_name.get(mention.name.split()[-1])
            namesake = known is not None and len(mention.name.split()) == 1 != len(
                known.name.split()
            )
            if (namesake or not mention.codes) and known is not None and known.codes:
                self.persons[i] = PersonMention(
                    mention.start,
                    mention.end,
                    mention.name,
                    mention.office or known.office,
                    known.codes,
                )

    def _person_spans(self) -> list[tuple[int, int]]:
        spans: dict[int, int] = {}
        for ent in self.doc.ents:
            if ent.label_ == "PERSON":
                start, end = ent.start, ent.end
                while start < end - 1 and (
                    self.is_class(self.doc[start], "office")
                    or (start in self.at and self.at[start].kind != "leader")
                ):
                    start += 1
                if end > start and self.doc[end - 1].text in {"'s", "’s"}:
                    end -= 1
                if end > start and not any(
                    i in self.at and self.at[i].kind not in {"leader", "city"}
                    for i in range(start, end)
                ):
                    spans[start] = end
        for mention in self.mentions:
            if mention.kind == "leader" and not any(
                s <= mention.start < e for s, e in spans.items()
            ):
                spans[mention.start] = mention.end
        taken = {i for s, e in spans.items() for i in range(s, e)}
        for token in self.doc[:-1]:  # "President Xyz": a capitalised word behind an office
            follower = self.doc[token.i + 1]
            if (
                self.is_class(token, "office")
                and token.text[:1].isupper()
                and follower.pos_ == "PROPN"
                and follower.i not in taken
                and follower.i not in self.at
                and not self.is_class(follower, "office")
                and not self.is_class(follower, "body")
                and follower.text[:1].isupper()
            ):
                end = follower.i + 1
                while (
                    end < len(self.doc)
                    and self.doc[end].pos_ == "PROPN"
                    and end not in self.at
                    and self.doc[end].sent == token.sent
                    and self.doc[end].text[:1].isupper()
                ):
                    end += 1
                spans[follower.i] = end
                taken |= set(range(follower.i, end))
        return sorted(spans.items())

    def _title(self, start: int, end: int) -> tuple[str, tuple[str, ...]]:
        """Return office and party codes told beside a name: title before, apposition behind."""
        office: list[str] = []
        codes: tuple[str, ...] = ()
        i = start - 1
        sentence = self.doc[start].sent
        comma = False
        while i >= sentence.start and start - i <= 14:
            token = self.doc[i]
            if i in self.at and self.at[i].codes:
                codes = codes or self.at[i].codes
                if self.at[i].kind in {"metonym", "ministry", "organ"}:
                    office.insert(0, token.text)
                i = self.at[i].start - 1
                continue
            if token.lower_ in {"'s", "’s"}:
                i -= 1
                continue
            if token.text == "," and not comma and not office:
                comma = True  # "the Russian ambassador to Washington, Anatoly Antonov"
                i -= 1
                continue
            if token.pos_ in {"PROPN", "NOUN", "ADJ"} or token.lower_ in {
                "of",
                "for",
                "-",
                "and",
                "&",
                "to",
                "the",
            }:
                if token.lower_ == "the" and (
                    i == start - 1
                    or (
                        office
                        and comma is False
                        and self.doc[i - 1].lower_ not in {"of", "for", "to"}
                    )
                ):
                    break
                if token.lower_ == "and" and not office:
                    break
                if token.lower_ == "to":
                    codes = ()  # what followed was where the envoy is posted
                office.insert(0, token.text)
                i -= 1
                continue
            if token.lower_ in {"his", "her", "their", "its"} and office and not codes:
                owner = self._pronoun(token)
                if "counterpart" not in [o.lower() for o in office]:
                    codes = tuple(r.code for r in owner)
            break
        title = " ".join(office).strip(" ,-&")
        if comma and not any(self._office_word(w) for w in office):
            title, codes = "", ()
        if (not title and not codes) or not codes:
            behind, more = self._apposed(end)
            title, codes = title or behind, codes or more
        return title.removeprefix("the ").removeprefix("The "), codes

    def _office_word(self, word: str) -> bool:
        return (
            word.lower() in self.lexicon.classes.get("office", frozenset())
            or word.lower() in self.lexicon.classes.get("envoy", frozenset())
            or word.lower().rstrip("s") in self.lexicon.classes.get("office", frozenset())
        )

    def _apposed(self, end: int) -> tuple[str, tuple[str, ...]]:
        """Read ", Russia's foreign minister,", "of Moldova", "for the Iranian embassy" behind a name."""
        if end + 1 < len(self.doc) and self.doc[end].lower_ == "of":
            mention = self.at.get(end + 1) or self.at.get(min(end + 2, len(self.doc) - 1))
            if mention is not None and mention.codes and mention.kind in {"name", "organ"}:
                return "", mention.codes
        if end >= len(self.doc) or self.doc[end].text not in {",", "(", "–", "—"}:
            return "", ()
        stop = end + 1
        words: list[str] = []
        codes: tuple[str, ...] = ()
        found_office = False
        while stop < min(len(self.doc), end + 14):
            token = self.doc[stop]
            if (
                token.text in {",", ".", ")", "–", "—", ";"}
                or token.pos_ in {"VERB", "AUX"}
                or token.lower_ in RELATIVES
            ):
                break
            if (
                stop in self.at
                and self.at[stop].codes
                and not codes
                and not (words and words[-1].lower() in {"to", "in", "at"})
            ):
                codes = self.at[stop].codes
            elif stop not in self.at:
                words.append(token.text)
                found_office = (
                    found_office or self._office_word(token.text) or self._office_word(token.lemma_)
                )
            stop += 1
        if not found_office:
            return "", ()
        return " ".join(w for w in words if w not in {"'s", "’s"}).removeprefix("the "), codes

    # ---------------------------------------------------------------- phrases

    def of_all(self, token: Token) -> tuple[Ref, ...]:
        """Return the parties of a phrase and of all phrases coordinated with it."""
        found: dict[str, Ref] = {}
        for member in self.syntax.conjuncts(token):
            if member == token or member.pos_ in NOMINAL or member.i in self.at:
                for ref in self.of(member):
                    found.setdefault(ref.code, ref)
        return tuple(found.values())

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
            return self._pronoun(token)
        person = self.persons.get(token.i)
        if person is not None:
            return self._person_refs(person)
        mention = self.at.get(token.i)
        if mention is not None and mention.codes and mention.kind != "adjective":
            if mention.kind in {"ministry", "organ"}:
                owner = self._premodifying(token, before=mention.start)
                if owner:
                    return owner
            if mention.kind != "combining":
                return self._mention_refs(mention, "dependency")
        pointing = self._pointing(token)
        if pointing is not None:
            return pointing
        owner = self.owner(token)
        if owner:
            return owner
        if mention is not None and mention.codes:
            return self._mention_refs(mention, "dependency")
        apposed = [r for a in self.syntax.appositions(token) for r in self.of(a)]
        if apposed:
            return tuple(apposed)
        return self._contextual(token)

    def _mention_refs(self, mention: Mention, method: Method) -> tuple[Ref, ...]:
        return tuple(Ref(c, mention.start, mention.end, method) for c in mention.codes)

    def _person_refs(self, person: PersonMention) -> tuple[Ref, ...]:
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
        if possessor is not None:
            # "her Kenyan counterpart": a person's nationality goes before whose colleague they are
            national = self.is_class(token, "office") and possessor.lower_ in _THIRD | _HUMAN
            found = (national and self._premodifying(token)) or self.of_all(possessor)
            if found:
                return found
        found = self._premodifying(token)
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
        return ()

    def _located_body(self, token: Token, noun: Token) -> bool:
        """Tell whether "X in Kabul" means the X of that state: a government, authorities, officials."""
        if self.is_class(token, "mission") or self.is_class(token, "staff"):
            return noun.i not in self.at  # "diplomats at the Russian embassy", never "in Moscow"
        return self.is_class(token, "body") or self.is_class(token, "office")

    def _premodifying(self, token: Token, before: int | None = None) -> tuple[Ref, ...]:
        """Return parties named in the contiguous words before the head: "Russian and US diplomats"."""
        i = (before if before is not None else token.i) - 1
        start = token.sent.start
        found: list[Ref] = []
        while i >= start:
            mention = self.at.get(i)
            current = self.doc[i]
            if mention is not None:
                if mention.codes and not self._compound_other(mention):
                    found = [*self._mention_refs(mention, "dependency"), *found]
                i = mention.start - 1
                continue
            if (current.lower_ in {"and", "or", "&", "/"} and found) or (
                current.text == "," and found
            ):
                left = self.at.get(i - 1)
                if left is None or left.kind != "adjective":
                    break
            elif current.i in self.persons and current.i != token.i and not found:
                found = list(self._person_refs(self.persons[i]))
                break
            elif not (
                current.pos_ in {"ADJ", "NOUN", "PROPN", "NUM", "DET"}
                or current.lower_ in {"'s", "’s", "'", "’", "-", '"', "“", "”"}
                or (
                    current.tag_ in {"VBN", "VBG"}
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

    def _compound_other(self, mention: Mention) -> bool:
        """Tell whether the mention only modifies another modifier: "Russian-backed separatists"."""
        if mention.end + 1 < len(self.doc) and self.doc[mention.end].text == "-":
            return (
                self.doc[mention.end + 1].lower_ not in {"led", "headed"}
                and mention.end + 1 not in self.at
            )
        return False

    # ---------------------------------------------------------------- pointing back

    def _pronoun(self, token: Token) -> tuple[Ref, ...]:
        lower = token.lower_
        if lower in _FIRST:
            speaker = self.quote_speaker.get(token.i)
            return self._as(self.of(speaker), "coreference") if speaker is not None else ()
        if lower in _HUMAN:
            return self._as(self._last_person(token), "coreference")
        return self._as(self._last_party(token), "coreference")

    @staticmethod
    def _as(refs: Iterable[Ref], method: Method) -> tuple[Ref, ...]:
        return tuple(Ref(r.code, r.start, r.end, method, r.person) for r in refs)

    def _governing_subjects(self, token: Token) -> list[Token]:
        """Return the subjects of the token's clause and of those above it, nearest first."""
        found = []
        own = token
        clause = self.syntax.clause_head(token)
        chain = [clause, *(g for g in self.syntax.governors(clause) if self.syntax.is_verbal(g))]
        for verb in chain:
            subject = self.syntax.doer_or_patient(verb)
            if (
                subject is not None
                and subject.i != own.i
                and subject.i < own.i
                and not self._inside(own, subject)
            ):
                found.append(subject)
        return found

    @staticmethod
    def _inside(token: Token, head: Token) -> bool:
        return head.left_edge.i <= token.i <= head.right_edge.i

    def _last_party(self, token: Token) -> tuple[Ref, ...]:
        shared = self._shared_possessor(token)
        if shared:
            return shared
        for subject in self._governing_subjects(token):
            if subject.lower_ in _HUMAN and token.lower_ in {"it", "its"}:
                continue
            found = () if self.is_private(subject) else self.of_all(subject)
            if found and self._agrees(token, subject, found):
                return found
        sentence = token.sent
        earlier = [
            m
            for m in self.mentions
            if sentence.start <= m.start < token.i and m.codes and m.government
        ]
        if earlier and token.lower_ in _PLURAL:  # "Dublin, Oslo and Madrid announced they would"
            group = self.of_all(self._first_of_group(earlier[-1]))
            if len(group) > 1:
                return group
        if earlier:
            return self._mention_refs(earlier[-1], "coreference")
        return self._previous(token, human=False)

    def is_private(self, token: Token) -> bool:
        """Tell whether the phrase is of a state but doesn't act for it: "a Belgian rival"."""
        named = token.i in self.at or token.i in self.persons
        return not named and self._is_cue(token, "privateHead")

    def _agrees(self, token: Token, antecedent: Token, refs: tuple[Ref, ...]) -> bool:
        """Tell whether they/their can mean it: several parties, or a plural noun."""
        if token.lower_ not in _PLURAL:
            return True
        if len(refs) > 1 or antecedent.lower_ == "they":
            return True
        return antecedent.tag_ in {"NNS", "NNPS"} and not self._is_state(antecedent)

    def _is_state(self, token: Token) -> bool:
        """Tell whether the word ends a state's name: "the United States" is one, "Americans" many."""
        mention = self.at.get(token.i)
        return mention is not None and mention.kind == "name"

    def _shared_possessor(self, token: Token) -> tuple[Ref, ...]:
        """Read "Russia's annexation of … and its backing of …": one possessor for the list."""
        noun = token.head
        if token.dep_ not in self.syntax.profile.possessive:
            return ()
        for _ in range(6):
            if self.syntax.role_of(noun) != "conjunct":
                return ()
            noun = noun.head
            possessor = self.syntax.possessor(noun)
            if possessor is not None and possessor.i < token.i:
                return self.of_all(possessor)
        return ()

    def _last_person(self, token: Token) -> tuple[Ref, ...]:
        for subject in self._governing_subjects(token):
            if (
                subject.i in self.persons
                or subject.lower_ in _HUMAN
                or self.is_class(subject, "office")
            ):
                found = self.of(subject)
                if found:
                    return found
        before = [
            p for i, p in sorted(self.persons.items()) if i < token.i and i >= token.sent.start
        ]
        if before and before[-1].codes:
            return self._person_refs(before[-1])
        return self._previous(token, human=True)

    def _previous(self, token: Token, *, human: bool) -> tuple[Ref, ...]:
        """Look for the subject (or first party, or last person) of the sentences before."""
        sentence = token.sent
        for _ in range(_LOOKBACK):
            if sentence.start == 0:
                return ()
            sentence = self.doc[sentence.start - 1].sent
            subject = self.syntax.doer_or_patient(sentence.root)
            if human:
                if subject is not None and (subject.lower_ in _HUMAN or subject.i in self.persons):
                    found = self.of(subject)
                    if found:
                        return found
                people = [
                    p for i, p in sorted(self.persons.items()) if sentence.start <= i < sentence.end
                ]
                if people and people[-1].codes:
                    return self._person_refs(people[-1])
                continue
            if (
                subject is not None
                and subject.lower_ not in _HUMAN
                and not self.is_private(subject)
            ):
                found = self.of_all(subject)
                if found and self._agrees(token, subject, found):
                    return found
            parties = [
                m
                for m in self.mentions
                if sentence.start <= m.start < sentence.end
                and m.government
                and not self._is_place(m)
            ]
            if parties and parties[0].kind not in {"people", "leader"}:
                return self._mention_refs(parties[0], "coreference")
        return ()

    def _pointing(self, token: Token) -> tuple[Ref, ...] | None:
        """Resolve "the country", "both sides", "each other"; None where the phrase doesn't point."""
        lower = token.lower_
        cues = self.lexicon.cues
        if (
            lower in {"other", "another"}
            and token.i
            and self.doc[token.i - 1].lower_ in {"each", "one"}
        ):
            return self._each_other(token)
        lemma = token.lemma_.lower()
        determiner = {c.lower_ for c in token.lefts}
        if lemma in cues.get("bothSides", ()) and determiner & {"both", "two"}:
            return self._as(self._two_parties(token), "coreference")
        if (
            lower == "both"
            and token.pos_ in {"PRON", "DET"}
            and token.dep_ in self.syntax.profile.subject | self.syntax.profile.object
        ):
            return self._as(self._two_parties(token), "coreference")
        if (
            lemma in cues.get("selfReference", ())
            and determiner & {"the", "this", "that"}
            and self.syntax.possessor(token) is None
        ):
            if self._premodifying(token) or any(
                o.preposition == "of" and self.of(o.noun) for o in self.syntax.obliques(token)
            ):
                return None
            if token.tag_ == "NNS":
                return self._as(self._several(token), "coreference")
            return self._as(self._last_state(token), "coreference")
        return None

    def _several(self, token: Token) -> tuple[Ref, ...]:
        """Resolve "the three countries", "the countries": the group of that size named last."""
        spelled = [c.lower_ for c in token.lefts if c.pos_ == "NUM"]
        if not spelled:
            return self._two_parties(token)
        size = words_value(spelled[0]) or digits_value(spelled[0])
        own = {r.code for s in self._governing_subjects(token) for r in self.of_all(s)}
        for mention in reversed([m for m in self.mentions if m.end <= token.i and m.codes]):
            group = self.of_all(self._first_of_group(mention))
            if len(group) == size and not own & {r.code for r in group}:
                return group
        return ()

    def _first_of_group(self, mention: Mention) -> Token:
        head = self.doc[mention.start : mention.end].root
        while head.dep_ in self.syntax.profile.conjunct and head.head.pos_ in NOMINAL:
            head = head.head
        return head

    def _each_other(self, token: Token) -> tuple[Ref, ...]:
        for subject in self._governing_subjects(token):
            found = self.of_all(subject)
            if len(found) > 1:
                return self._as(found, "coreference")
        return ()

    def _two_parties(self, token: Token) -> tuple[Ref, ...]:
        """Return the two that acted together last, else the two parties last named, in text order."""
        own: set[str] = set()
        for subject in self._governing_subjects(token):
            acting = self.of_all(subject)
            if len(acting) == 2:
                return acting  # "Peru and Chile stand with us, and both have promised"
            own |= {r.code for r in acting}
        pair = self._last_pair(token, own)
        if pair:
            return pair
        found: dict[str, Ref] = {}
        states = self._is_cue(token, "stateNoun")
        for mention in reversed([m for m in self.mentions if m.start < token.i]):
            if mention.codes and mention.kind != "city" and not self._is_place(mention):
                for ref in self._mention_refs(mention, "coreference"):
                    body = self.lexicon.actors.get(ref.code)
                    if states and body is not None and body.kind == "Organisation":
                        continue
                    if ref.code not in own:
                        found.setdefault(ref.code, ref)
            if len(found) >= 2:
                break
        return tuple(reversed(list(found.values())[:2]))

    def _last_pair(self, token: Token, other: set[str]) -> tuple[Ref, ...]:
        """Return the nearest subject of two parties in the sentences before, none of them `other`."""
        sentence = token.sent
        for _ in range(_LOOKBACK):
            if sentence.start == 0:
                return ()
            sentence = self.doc[sentence.start - 1].sent
            subject = self.syntax.doer_or_patient(sentence.root)
            found = self.of_all(subject) if subject is not None else ()
            if len(found) == 2 and not other & {r.code for r in found}:
                return found
        return ()

    def pair(self, token: Token) -> tuple[Ref, ...]:
        """Return the two parties that "they", "the pair", "their leaders", "the two" stand for."""
        cues = self.lexicon.cues
        duo = cues.get("duo", ())
        owner = self.syntax.possessor(token)
        for word in (token, owner):
            if word is None:
                continue
            lemma = word.lemma_.lower()
            counted = any(c.lower_ in duo for c in word.lefts)
            own = word.lower_ == "their" and self.is_class(token, "office")
            if word.lower_ in duo or own or (counted and lemma in cues.get("bothSides", ())):
                return self._as(self._two_parties(token), "coreference")
        return ()

    def _last_state(self, token: Token) -> tuple[Ref, ...]:
        """Return the state last named before the token, places included, other than a subject's own."""
        before = [
            m for m in self.mentions if m.start < token.i and m.codes and m.kind != "adjective"
        ]
        return self._mention_refs(before[-1], "coreference")[:1] if before else ()

    def _is_place(self, mention: Mention) -> bool:
        head = self.doc[mention.end - 1]
        return (
            mention.kind in {"capital", "city"}
            and any(
                c.lower_ in {"in", "at", "near", "outside", "around"}
                for c in self.doc[mention.start : mention.end].root.children
            )
        ) or (
            mention.kind in {"capital", "city"}
            and head.i > 0
            and self.doc[mention.start - 1].lower_ in {"in", "at", "near"}
        )

    def _is_cue(self, token: Token, kind: str) -> bool:
        """Tell whether the word, or the compound that it ends, is a cue of this kind."""
        cues = self.lexicon.cues.get(kind, ())
        two = f"{self.doc[token.i - 1].lower_} {token.lemma_.lower()}" if token.i else ""
        return token.lemma_.lower() in cues or token.lower_ in cues or two in cues

    def _contextual(self, token: Token) -> tuple[Ref, ...]:
        """A bare ministry, government or office: the state last acting, else the dateline's."""
        if not self._is_cue(token, "contextualHead"):
            return ()
        if any(c.lower_ in {"a", "an", "several", "some", "many", "other"} for c in token.lefts):
            return ()
        for subject in self._governing_subjects(token):
            if subject.i != token.i:
                found = self.of_all(subject)
                if found:
                    return self._as(found, "context")
        found = self._previous(token, human=False)
        if found:
            return self._as(found, "context")
        return (Ref(self.home, token.i, token.i + 1, "context"),) if self.home else ()


RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
