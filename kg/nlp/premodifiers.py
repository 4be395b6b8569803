"""Whose a noun is by the words before it: "Russian and US diplomats", "anti-French rally"."""

from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.nlp.actors import LED, Mention
from kg.nlp.refs import Ref

if TYPE_CHECKING:
    from kg.nlp.reference import Reference


class Premodifiers:
    """The parties before nouns, over the references of one document."""

    def __init__(self, reference: "Reference") -> None:
        self.reference, self.doc, self.syntax = reference, reference.doc, reference.syntax

    def against(self, noun: Token) -> tuple[Ref, ...]:
        """Return whom a noun is directed against by its prefix: "anti-*Chilean* slogans"."""
        return tuple(
            ref
            for i in range(max(noun.sent.start, noun.i - 4), noun.i)
            if (mention := self.reference.at.get(i)) is not None and self._opposed(mention)
            for ref in self.reference.mention_refs(mention, "dependency")
        )

    def _opposed(self, mention: Mention) -> bool:
        start = mention.start
        return (
            start >= 2 and self.doc[start - 1].text == "-" and self.doc[start - 2].lower_ == "anti"
        )

    def of(self, token: Token, before: int | None = None) -> tuple[Ref, ...]:
        """Return parties named in the contiguous words before the head: "Russian and US diplomats"."""
        if self._names_victim(token):
            return ()
        i = (before if before is not None else token.i) - 1
        start = token.sent.start
        found: list[Ref] = []
        linked: list[Ref] = []
        while i >= start:
            mention = self.reference.at.get(i)
            current = self.doc[i]
            if mention is not None:
                stance = self._stance(mention)
                other = self._compound_other(mention)
                if other and not linked and self._is_linked(mention):
                    linked = list(self.reference.mention_refs(mention, "dependency"))
                aimed = mention.end == token.i and self._is_aimed_at(mention, token)
                other = other or aimed
                if mention.codes and not stance and not other and not self._of_group(mention):
                    found = [*self.reference.mention_refs(mention, "dependency"), *found]
                i = mention.start - 1 - stance
                continue
            if (current.lower_ in {"and", "or", "&", "/"} and found) or (
                current.text == "," and found
            ):
                left = self.reference.at.get(i - 1)
                if left is None or not self._describes(left):
                    break
            elif current.i in self.reference.persons and current.i != token.i and not found:
                found = list(self.reference.person_refs(self.reference.persons[i]))
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
        for ref in found or linked:
            unique.setdefault(ref.code, ref)
        return tuple(unique.values())

    def movement(self, token: Token) -> tuple[Ref, ...]:
        """Return the armed group whose name stands right before the noun: "*Hezbollah* fighters"."""
        name = self.reference.at.get(token.i - 1)
        if name is None or name.end != token.i or len(name.codes) != 1:
            return ()
        known = self.reference.lexicon.is_movement(name.codes[0])
        return self.reference.mention_refs(name, "dependency") if known else ()

    def aim(self, noun: Token) -> tuple[Ref, ...]:
        """Return on whom an act is by the name right before its noun: "the EU's *Syria* sanctions"."""
        name = self.reference.at.get(noun.i - 1)
        if name is None or name.end != noun.i or not self._is_aimed_at(name, noun):
            return ()
        return self.reference.mention_refs(name, "dependency")

    def _is_aimed_at(self, mention: Mention, noun: Token) -> bool:
        if mention.kind not in {"name", "capital"} or not mention.codes:
            return False
        lexicon, name = self.reference.lexicon, self.doc[mention.end - 1]
        if name.text.isupper() or "." in name.text or lexicon.is_body(mention.codes[0]):
            return False  # "U.S. sanctions"
        if not self.reference.is_cue(noun, "aimedNoun"):
            return False
        if any(o.preposition in {"of", "on", "against"} for o in self.syntax.obliques(noun)):
            return False
        before = self.reference.at.get(mention.start - 1)
        led = before is not None and bool(before.codes) and before.kind != "city"
        owner = self.syntax.possessor(noun)
        owned = owner is not None and owner.i < mention.start
        return led or owned or self.reference.is_cue(noun, "hostlessNoun")

    def _of_group(self, mention: Mention) -> bool:
        """Tell whether a nationality only says whose group is named next: "*Lebanese* Hezbollah men"."""
        lexicon, name = self.reference.lexicon, self.reference.at.get(mention.end)
        if mention.kind != "adjective" or name is None or not name.codes:
            return False
        return lexicon.is_movement(name.codes[0]) and not lexicon.is_movement(mention.codes[0])

    def _is_linked(self, mention: Mention) -> bool:
        """Tell whether the noun's people belong to the group: "*al-Shabaab*-linked gunmen"."""
        if not mention.codes or not self.reference.lexicon.is_movement(mention.codes[0]):
            return False
        return self.doc[mention.end + 1].lower_ in self.reference.lexicon.cues.get("tiedWord", ())

    def _describes(self, mention: Mention) -> bool:
        """Tell whether it stands before a noun like an adjective: "*U.S.* and Russian forces"."""
        last = self.doc[mention.end - 1]
        abbreviated = last.text.isupper() and last.dep_ in self.syntax.profile.premodifier
        return mention.kind == "adjective" or abbreviated

    def _stance(self, mention: Mention) -> int:
        """Return how many words before the mention say against whom it is: "anti-French rally"."""
        if mention.start < 2 or self.doc[mention.start - 1].text not in {"-", "–"}:
            return 0
        prefixes = self.reference.lexicon.cues.get("stancePrefix", ())
        return 2 if self.doc[mention.start - 2].lower_ in prefixes else 0

    def _names_victim(self, token: Token) -> bool:
        """Tell whether the act's noun says on what it was: "the Cuban *airliner bombing*"."""
        before = self.doc[token.i - 1] if token.i > token.sent.start else None
        return (
            before is not None
            and before.head == token
            and self.reference.is_cue(before, "victimThing")
            and self.reference.is_cue(token, "anybodysAct")
        )

    def _compound_other(self, mention: Mention) -> bool:
        """Tell whether the mention only modifies another modifier: "Russian-backed separatists"."""
        if self._opposed(mention):
            return True
        if mention.end + 1 < len(self.doc) and self.doc[mention.end].text == "-":
            return (
                self.doc[mention.end + 1].lower_ not in LED
                and mention.end + 1 not in self.reference.at
            )
        return False
