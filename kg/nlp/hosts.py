"""Where those are whom an act hits: the state of the place acts on them."""

from spacy.tokens import Token

from kg.model import Method
from kg.nlp.beside import Beside
from kg.nlp.matches import Match
from kg.nlp.reference import Ref

_HOST = frozenset({"in", "from", "at", "out", "out_of"})


class Hosts(Beside):
    """The hosts of envoys, missions and people hit in one document."""

    def _posted(self, match: Match, taken: set[str]) -> list[Ref]:
        """Return where the envoy is posted whom a pronoun means: "its man in Chad … recalled him"."""
        for fill in match.fills:
            left = not taken.isdisjoint(r.code for r in fill.refs)  # "from its embassy in Lima"
            own = (
                fill.slot.role == "target"
                and left
                and self.reference.is_class(fill.token, "mission")
            )
            if not own and (fill.slot.role or not fill.slot.cls):
                continue
            noun = self.reference.stands_for(fill.token, fill.slot.cls) or fill.token
            if noun == fill.token and not own and not self.reference.is_class(noun, "envoy"):
                continue
            for oblique in self.syntax.obliques(noun):
                if oblique.preposition in {"to", "in", "from", "at"}:
                    place = self.reference.at.get(oblique.noun.i)
                    if place is not None and place.place not in {"", *taken}:
                        return [Ref(place.place, place.start, place.end, "dependency")]
                    found = self.reference.pointed(oblique.noun)
                    if found and found[0].code not in taken:
                        return list(found[:1])
        return []

    def host(self, match: Match, targets: list[Ref]) -> list[Ref]:
        """Return the state where the affected are: "Russian diplomats in London", "from Poland"."""
        codes = {r.code for r in targets}
        for verb in match.verbs or [match.trigger]:  # "must leave the Netherlands"
            for token in self.syntax.objects(verb) if match.verbs else ():
                mention = self.reference.at.get(token.i)
                if mention is not None and mention.place and mention.place not in codes:
                    return [Ref(mention.place, mention.start, mention.end, "dependency")]
        affected = [c for t in self._affected(match) for c in self.syntax.conjuncts(t)]
        for token in [match.trigger, *match.verbs, *affected]:
            for oblique in self.syntax.obliques(token):
                posted = oblique.preposition == "to" and self.reference.is_class(token, "envoy")
                if oblique.preposition in _HOST or posted:
                    mention = self.reference.at.get(oblique.noun.i)
                    if mention is not None and mention.place and mention.place not in codes:
                        measure = "Measure" in match.type.ancestors
                        method: Method = "dependency" if measure else "context"
                        return [Ref(mention.place, mention.start, mention.end, method)]
                    pointing = self.reference.pointers.of(oblique.noun)
                    for ref in pointing or ():
                        if ref.code not in codes:
                            return [ref]
        return self._host_by_window(match, codes)

    def _affected(self, match: Match) -> list[Token]:
        """Return the affected, and of what they are a number: "ten of our *diplomats* in Chad"."""
        numbers = [t for t in match.affected() if t.pos_ == "NUM"]
        wholes = [o.noun for t in numbers for o in self.syntax.obliques(t) if o.preposition == "of"]
        return [*match.affected(), *wholes]

    def _host_by_window(self, match: Match, codes: set[str]) -> list[Ref]:
        """Find the place in the affected phrase or behind `from`, where the parse doesn't tell."""
        for token in match.affected():  # "staff who have been in Moscow for three years"
            for mention in self.reference.mentions:
                inside = token.i < mention.start <= token.right_edge.i
                if inside and mention.place and mention.place not in codes and self.placed(mention):
                    return [Ref(mention.place, mention.start, mention.end, "context")]
        doc, trigger = self.reference.doc, match.trigger
        for i in range(trigger.i + 1, min(trigger.sent.end - 1, trigger.i + 5)):
            if doc[i].lower_ == "from":
                place = self.reference.at.get(i + 1) or self.reference.at.get(
                    min(i + 2, len(doc) - 1)
                )
                if place is not None and place.place and place.place not in codes:
                    return [Ref(place.place, place.start, place.end, "window")]
        return []
