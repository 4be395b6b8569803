"""Finds states and organisations by name: gazetteer forms over tokens, longest match first.

A mention says which party a stretch of text can stand for and what kind of form it is; whether it
*is* a party there ("Vienna accused") or a place ("talks in Vienna") is decided by its position.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.lexicon import Actor, Lexicon

# Kinds of form from the most to the least telling, for forms that two actors share.
_RANK = (
    "name",
    "metonym",
    "organ",
    "ministry",
    "adjective",
    "people",
    "capital",
    "combining",
    "city",
    "leader",
)
_GOVERNMENT = frozenset({"name", "metonym", "organ", "ministry", "capital", "people", "leader"})
LED = frozenset(
    {
        "led",
        "headed",
        "dominated",
        "run",
        "controlled",
        "flagged",
        "registered",
        "owned",
        "operated",
    }
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start:end` that name an actor."""

    start: int
    end: int
    codes: tuple[str, ...]  # parties it stands for; several for groups; empty for mere places
    kind: str  # kind of form, as in the lexicon; `leader` for persons known by name
    place: str = ""  # code of the state in which the place lies (capitals, cities)
    text: str = ""

    @property
    def government(self) -> bool:
        """Tell whether the form alone can act: a name, a capital, a metonym, a ministry …"""
        return self.kind in _GOVERNMENT and bool(self.codes)


@dataclass(slots=True)
class _Entry:
    codes: tuple[str, ...] = ()
    kind: str = ""
    place: str = ""
    barred: bool = False  # a phrase that contains a name but is no actor


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    entry: _Entry | None = None


class Gazetteer:
    """All forms of the lexicon as a trie over tokens of one pipeline's tokenizer."""

    def __init__(self, lexicon: Lexicon, nlp: Language) -> None:
        self._root = _Node()
        self._lower = _Node()
        self._given = lexicon.given_names
        self._movements = frozenset(lexicon.cues.get("movementNoun", ()))
        self._epithets = {f: c for f, c in lexicon.epithets.items() if f[:1].isupper()}
        self._tokenize = nlp.tokenizer
        self._words: dict[str, _Entry] = {}
        for actor in (*lexicon.actors.values(), *lexicon.groups):
            self._add_actor(actor, lexicon)
        for name in sorted({name for holder in lexicon.office_holders for name in holder.names}):
            latest = lexicon.holder(name)
            if latest is not None:
                self._add(name, _Entry((latest.affiliation,), "leader"))
        for phrase in lexicon.not_actors:
            self._add(phrase, _Entry(barred=True), force=True)

    def _add_actor(self, actor: Actor, lexicon: Lexicon) -> None:
        codes = actor.members if actor.kind == "Group" else (actor.code,)
        for kind, forms in actor.forms.items():
            for form in forms if kind != "epithet" else ():
                named = kind in {"capital", "city", "name"} and actor.kind != "Group"
                place = actor.code if named else ""
                preferred = lexicon.preferred.get(form)
                if preferred and preferred != actor.code and preferred in lexicon.actors:
                    if kind in {"capital", "city"}:  # Brussels: the EU acts, the place is Belgium's
                        self._add(form, _Entry((), kind, place))
                    continue
                party = () if kind == "city" else codes
                self._add(form, _Entry(party, kind, place))

    def _add(self, form: str, entry: _Entry, *, force: bool = False) -> None:
        words = [t.text for t in self._tokenize(form)]
        if not words:
            return
        variants = [words]
        if words[0] in {"the", "The"} and len(words) > 1 + entry.barred:  # not "Namibian" alone
            variants.append(words[1:])
        for variant in variants:
            node = self._insert(self._root, variant)
            node.entry = entry if force else _stronger(node.entry, entry)
            if len(variant) == 1:
                self._words[variant[0]] = node.entry
            if entry.kind in {"name", "adjective", "capital"} and len(form) > 4:
                low = self._insert(self._lower, [w.lower() for w in variant])
                low.entry = _stronger(low.entry, entry)

    @staticmethod
    def _insert(root: _Node, words: list[str]) -> _Node:
        node = root
        for word in words:
            node = node.children.setdefault(word, _Node())
        return node

    def known(self, words: str) -> bool:
        """Tell whether the words are a form of an actor (for headlines set in capitals)."""
        node = self._root
        for token in self._tokenize(words):
            following = node.children.get(token.text)
            if following is None:
                return False
            node = following
        return node.entry is not None

    def place_of(self, name: str) -> str:
        """Return the code of the state in which the named place lies, empty if unknown."""
        node = self._root
        for token in self._tokenize(name):
            following = node.children.get(token.text) or node.children.get(token.text.capitalize())
            if following is None:
                return ""
            node = following
        return node.entry.place if node.entry is not None else ""

    def mentions(self, doc: Doc) -> list[Mention]:
        """Return the mentions of a parsed document, in order, without overlap."""
        found: list[Mention] = []
        for sentence in doc.sents:
            shout = sum(t.text.isupper() for t in sentence if t.is_alpha and len(t.text) > 2)
            letters = sum(t.is_alpha and len(t.text) > 2 for t in sentence)
            caseless = not any(c.isupper() for c in sentence.text) or (
                letters > 2 and shout > 0.7 * letters
            )
            found.extend(self._in_sentence(doc, sentence.start, sentence.end, caseless=caseless))
        return sorted([*found, *self._by_epithet(doc, found)], key=lambda m: m.start)

    def _by_epithet(self, doc: Doc, named: list[Mention]) -> Iterator[Mention]:
        """Read "the North", "the South" where the article names one that is called so."""
        for token in doc:
            codes = self._epithets.get(token.text)
            if codes is None or token.i == 0 or doc[token.i - 1].lower_ != "the":
                continue
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if following is not None and (
                following.text[:1].isupper() or following.lower_ in {"-", "of"}
            ):
                continue  # "the South China Sea", "the North of England"
            if any(m.start <= token.i < m.end for m in named):
                continue
            meant = [(m.start, c) for m in named for c in m.codes if c in codes]
            before = [c for start, c in meant if start < token.i]
            for code in before[-1:] or [c for _, c in meant[:1]]:
                text = doc[token.i - 1 : token.i + 1].text
                yield Mention(token.i - 1, token.i + 1, (code,), "name", code, text)

    def _in_sentence(self, doc: Doc, start: int, end: int, *, caseless: bool) -> Iterator[Mention]:
        i = start
        while i < end:
            match = self._longest(self._root, doc, i, end, lower=False)
            if doc[i].lower_ == "the":  # "the Commonwealth of Nations", not "the Commonwealth"
                without = self._longest(self._root, doc, i + 1, end, lower=False)
                if without is not None and (match is None or without[0] > match[0]):
                    match = without
                elif match is not None and match[1].barred and self._describes(doc, match[0]):
                    match = without  # "The Namibian president" is no newspaper
            if match is None and caseless:
                match = self._longest(self._lower, doc, i, end, lower=True)
            if match is None:
                yield from self._hyphenated(doc[i])
                i += 1
                continue
            stop, entry = match
            other = self._is_given_name(doc, i, stop) or self._of_movement(doc[i])
            if not entry.barred and not other:
                yield Mention(i, stop, entry.codes, entry.kind, entry.place, doc[i:stop].text)
            i = stop

    @staticmethod
    def _describes(doc: Doc, stop: int) -> bool:
        """Tell whether a common noun follows the words: they say whose or what it is."""
        return stop < len(doc) and doc[stop].pos_ == "NOUN" and doc[stop].is_lower

    def _longest(
        self, root: _Node, doc: Doc, i: int, end: int, *, lower: bool
    ) -> tuple[int, _Entry] | None:
        node, best = root, None
        for j in range(i, end):
            word = doc[j].lower_ if lower else doc[j].text.replace("’", "'")
            following = node.children.get(word)
            if following is None:
                break
            node = following
            if node.entry is not None:
                best = (j + 1, node.entry)
        return best

    def _hyphenated(self, token: Token) -> Iterator[Mention]:
        """Read "US-led", "Anglo-Russian", "U.S.-Iranian" where the tokenizer keeps them whole."""
        if "-" not in token.text:
            return
        parts = token.text.split("-")
        entries = [self._words.get(p) for p in parts]
        known = [e for e in entries if e is not None and e.codes]
        if known and (len(known) == len(parts) or (entries[0] and parts[-1].lower() in LED)):
            codes = tuple(dict.fromkeys(c for e in known for c in e.codes))
            yield Mention(token.i, token.i + 1, codes, "adjective", text=token.text)

    def _of_movement(self, token: Token) -> bool:
        """Tell whether the form ends the name of a movement: "the Islamic Army of *Iraq*"."""
        before = token.doc[max(token.sent.start, token.i - 6) : token.i]
        words = [t for t in before if t.lower_ != "the"][-3:]
        if not words or words[-1].lower_ not in {"of", "in", "for"}:
            return False
        named = words[:-1]
        return (
            len(named) == 2
            and all(t.text[:1].isupper() for t in named)
            and named[-1].lower_ in self._movements
        )

    def _is_given_name(self, doc: Doc, start: int, stop: int) -> bool:
        """Tell whether the form is part of a person's name here ("Michael Jordan", "Israel Katz")."""
        if stop - start != 1 or doc[start].text not in self._given:
            return False
        token = doc[start]
        if token.ent_type_ == "PERSON":
            # alone it is the place or state, unless the article has a full name with it
            full = [
                e
                for e in doc.ents
                if e.label_ == "PERSON" and len(e) > 1 and token.text in (e[0].text, e[-1].text)
            ]
            return any(
                not any(t.text in self._words and t.text != token.text for t in e) for e in full
            )
        before = doc[start - 1] if start > token.sent.start else None
        after = doc[stop] if stop < token.sent.end else None
        if (
            before is not None
            and before.pos_ == "PROPN"
            and before.text not in self._words
            and before.dep_ in {"flat", "compound"}
            and before.ent_type_ == "PERSON"
        ):
            return True
        return after is not None and after.ent_type_ == "PERSON" and after.text not in self._words


def _stronger(old: _Entry | None, new: _Entry) -> _Entry:
    """Merge two readings of one form: the more telling kind leads, a place keeps its state."""
    if old is None:
        return new
    if old.barred:
        return old
    first, second = sorted((old, new), key=lambda e: (_RANK.index(e.kind), e.codes))
    place = first.place or second.place
    leading = first if first.codes or not second.codes else second
    return _Entry(leading.codes, leading.kind, place)
