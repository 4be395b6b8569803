"""Finds persons by name, with the office and the side that the article or the ontology tells."""

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon, OfficeHolder
from kg.nlp.actors import Mention
from kg.nlp.refs import RELATIVES, PersonMention, Ref
from kg.nlp.word_classes import WordClasses


class Persons:
    """The persons of one document, by the tokens of their names, in `found`."""

    def __init__(
        self,
        doc: Doc,
        mentions: list[Mention],
        words: WordClasses,
        lexicon: Lexicon,
        year: int | None,
        pronoun: Callable[[Token], tuple[Ref, ...]],
        found: dict[int, PersonMention],
        home: str = "",
    ) -> None:
        self.doc, self.mentions, self.words, self.lexicon = doc, mentions, words, lexicon
        self.year, self.pronoun, self.found, self.home = year, pronoun, found, home
        self.at: dict[int, Mention] = {i: m for m in mentions for i in range(m.start, m.end)}
        self._by_name: dict[str, PersonMention] = {}
        self._family_first = frozenset(lexicon.cues.get("familyNameFirst", ()))

    def find(self) -> None:
        """Register every person mention; later bare family names share the first one's side."""
        for start, end in self._person_spans():
            name = " ".join(t.text for t in self.doc[start:end] if t.text not in {"'s", "’s"})
            last = name.split()[-1]
            office, codes = self._title(start, end)
            known = self._by_name.get(last)
            leader = self._leader(name, known)
            same = known is not None and last in {known.name.split()[-1], known.name.split()[0]}
            if known and (len(name.split()) == 1 or not codes) and same:
                name = known.name if len(known.name) >= len(name) else name
                office, codes = office or known.office, codes or known.codes
            if not codes and leader is None and office:  # "President Carter", in his time
                leader = self.lexicon.titled(last, office, self.year)
            if not codes and leader:
                codes, office = (leader.affiliation,), office or leader.office
            mention = PersonMention(start, end, name, office, codes)
            for i in range(start, end):
                self.found[i] = mention
            if (
                known is None
                or (codes and not known.codes)
                or (len(name) > len(known.name) and (codes or not known.codes))
            ):
                self._by_name[last] = mention
                if set(codes) & self._family_first:
                    self._by_name.setdefault(name.split()[0], mention)
        for i, mention in sorted(self.found.items()):
            if mention.office.lower().split()[-1:] and mention.office.lower().split()[
                -1
            ] in self.lexicon.cues.get("privateHead", ()):
                self.found[i] = PersonMention(
                    mention.start, mention.end, mention.name, mention.office, ()
                )
                continue
            known = self._by_name.get(mention.name.split()[-1])
            namesake = known is not None and len(mention.name.split()) == 1 != len(
                known.name.split()
            )
            if (namesake or not mention.codes) and known is not None and known.codes:
                self.found[i] = PersonMention(
                    mention.start,
                    mention.end,
                    mention.name,
                    mention.office or known.office,
                    known.codes,
                )
        for i, mention in sorted(self.found.items()):
            if not mention.codes and self._is_of_home(mention):
                self.found[i] = replace(mention, codes=(self.home,))

    def _is_of_home(self, mention: PersonMention) -> bool:
        """Tell whether an office without nationality is the dateline's, of which the article tells."""
        words = mention.office.lower().split()
        offices = self.lexicon.cues.get("contextualHead", ())
        if not self.home or not {" ".join(words[-2:]), " ".join(words[-1:])} & set(offices):
            return False
        return any(self.home in m.codes for m in self.mentions)

    def _leader(self, name: str, known: PersonMention | None) -> OfficeHolder | None:
        """Return the office holder whom a name means beside who bears it in the article, if any."""
        last = name.split()[-1]
        if known is not None and name == last != known.name:
            return self._bearer(known.name)  # a namesake in the article goes before
        leader = self.lexicon.holder(name, self.year)
        if leader is None and (known is None or known.name == last):
            leader = self._bearer(name)
        return leader

    def _bearer(self, name: str) -> OfficeHolder | None:
        """Return the leader known by the family name, unless the given name tells of another."""
        given, _, last = name.rpartition(" ")
        leader = self.lexicon.holder(last, self.year)
        if leader is None or not given:
            return leader
        initials = {known[0] for known in leader.names if " " in known}
        return leader if given[0] in initials else None

    def _person_spans(self) -> list[tuple[int, int]]:
        spans: dict[int, int] = {}
        for ent in self.doc.ents:
            if ent.label_ == "PERSON":
                start, end = ent.start, ent.end
                while start < end - 1 and (
                    self.words.is_class(self.doc[start], "office")
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
                spans[self._with_given_name(mention.start)] = mention.end
        taken = {i for s, e in spans.items() for i in range(s, e)}
        for token in self.doc[:-1]:  # "President Xyz": a capitalised word behind an office
            if not token.text[:1].isupper():
                continue
            follower = self.doc[token.i + 1]
            if (
                follower.pos_ == "PROPN"
                and self.words.is_class(token, "office")
                and follower.i not in taken
                and follower.i not in self.at
                and not self.words.is_class(follower, "office")
                and not self.words.is_class(follower, "body")
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

    def _with_given_name(self, start: int) -> int:
        """Return where the name starts: with a capitalised name before it that is no title."""
        before = self.doc[start - 1] if start > self.doc[start].sent.start else None
        given = (
            before is not None
            and before.pos_ == "PROPN"
            and before.text.istitle()
            and before.i not in self.at
            and not self._office_word(before.text)
            and not self.words.is_class(before, "body")
        )
        return start - 1 if given else start

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
                office[:0] = self._body(self.at[i], i)
                i = self.at[i].start - 1
                continue
            if token.lower_ in {"'s", "’s"}:
                i -= 1
                continue
            if token.text == "," and not comma and not office:
                comma = True  # "the Russian ambassador to Washington, Anatoly Antonov"
                i -= 1
                continue
            if token.lemma_.lower() in self.lexicon.cues.get("timeNoun", ()):
                break  # "on Sunday *evening* Prime Minister Novak"
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
                    i == start - 1 or (office and self.doc[i - 1].lower_ not in {"of", "for", "to"})
                ):
                    break
                if token.lower_ == "and" and not office:
                    break
                if token.lower_ == "to" or (token.lower_ == "for" and self._is_posted(i)):
                    codes = ()  # what followed was where the envoy is posted
                office.insert(0, token.text)
                i -= 1
                continue
            if token.lower_ in {"his", "her", "their", "its"} and office and not codes:
                owner = self.pronoun(token)
                if "counterpart" not in [o.lower() for o in office]:
                    codes = tuple(r.code for r in owner)
            break
        title = " ".join(self._of_office(office)).strip(" ,-&")
        if comma and not any(self._office_word(w) for w in office):
            title, codes = "", ()
        title = self._office_of(title)
        if (not title and not codes) or not codes:
            behind, more = self._apposed(end)
            title, codes = title or behind, codes or more
        return title.removeprefix("the ").removeprefix("The "), codes

    def _body(self, mention: Mention, last: int) -> list[str]:
        """Return the name where it belongs to the office: "*State Department* spokesman", "to *Oslo*"."""
        first = mention.start
        posted = first > self.doc[last].sent.start and self.doc[first - 1].lower_ == "to"
        if posted or mention.kind in {"metonym", "ministry", "organ"}:
            return [self.doc[first : last + 1].text]
        return []

    def _of_office(self, words: list[str]) -> list[str]:
        """Leave out what no office is: "in response to recognition of *opposition leader* Ruiz"."""
        for at, word in reversed(list(enumerate(words))):
            if word in {"of", "for", "to"} and not any(self._office_word(w) for w in words[:at]):
                return words[at + 1 :]
        return words[:-1] if words[-1:] and words[-1] in {"of", "for", "to"} else words

    def _office_of(self, title: str) -> str:
        """Return the title unless it tells no office: "Mr"."""
        return "" if title.lower() in self.lexicon.cues.get("honorific", ()) else title

    def _is_posted(self, i: int) -> bool:
        """Tell whether "for" names the field of an envoy, not whose speaker it is: "envoy *for* Chad"."""
        return self.doc[i - 1].lemma_.lower() in self.lexicon.cues.get("postedOffice", ())

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
