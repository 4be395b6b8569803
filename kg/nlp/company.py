"""Who joins in what another does: "Togo, along with Benin", "Togo joined Benin in breaking ties"."""

from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.nlp.once import once

if TYPE_CHECKING:
    from kg.nlp.reference import Reference

_FOLLOWING = frozenset({"join", "follow"})
_JOINING = frozenset({"along", "alongside", "including"})
_TOGETHER = frozenset({"along", "together"})


class Company:
    """Those named beside parties, over the references of one document."""

    def __init__(self, reference: "Reference") -> None:
        self.reference, self.doc, self.syntax = reference, reference.doc, reference.syntax
        self.found: dict[tuple[object, ...], object] = {}
        self._beside = self.syntax.profile.nominal_modifier | self.syntax.profile.oblique

    @once
    def joining(self, token: Token) -> list[Token]:
        """Return who joins in: "Togo, along with *Benin*", "the EU, including *Italy*", "Togo, *Benin*".

        The last is a list of names whose second one the parser took for an apposition.
        """
        named = self.is_named_state(token)
        found = [a for a in self.syntax.appositions(token) if named and self.is_named_state(a)]
        p = self.syntax.profile
        behind = list(token.rights)
        found += self._joined(token)
        if token.dep_ in p.subject:  # hung on the verb: "Togo, along with Benin, accused"
            behind += [c for c in token.head.lefts if c.i > token.i]
        for child in behind:
            if child.dep_ not in self._beside:
                continue
            case = next((c for c in child.lefts if c.dep_ in p.case), None)
            if case is None:
                continue
            before = self.doc[case.i - 1].lower_
            joined = case.lower_ == "with" and before in _TOGETHER
            if joined or case.lower_ in _JOINING:
                found.append(child)
        return found

    def _joined(self, token: Token) -> list[Token]:
        """Return whom a subject joins in doing something: "Togo joined *Benin* in breaking ties"."""
        verb = token.head
        if token.dep_ not in self.syntax.profile.subject or verb.lemma_.lower() not in _FOLLOWING:
            return []
        doing = any(
            c.tag_ == "VBG" and c.i > verb.i and any(m.lower_ == "in" for m in c.lefts)
            for c in verb.children
        )
        objects = self.syntax.objects(verb) if doing else []
        return [o for o in objects if o.i > verb.i and self.is_named_state(o)]

    def is_named_state(self, token: Token) -> bool:
        """Tell whether the word is of a state's name, or of its capital."""
        mention = self.reference.at.get(token.i)
        return mention is not None and mention.kind in {"name", "capital"} and bool(mention.codes)
