"""How many an act affects: the number on the affected phrase, of one party's part of it."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.model import Quantity, Span
from kg.nlp import quantities
from kg.nlp.reference import Ref, Reference
from kg.nlp.triggers import Fill, Match

_COUNTED = (
    "human",
    "staff",
    "mission",
    "troops",
    "visa",
    "captive",
    "sanctioned",
    "weapons",
    "deployable",
    "vehicle",
)  # word classes of what is counted
_PERSONS = ("staff", "envoy", "captive")  # of these a singular counts as one beside others
# Words of a count's own phrase that stand further left than its noun's children.
_LED = frozenset(
    "of to about around some than least up most another an a the at these its between".split()  # noqa: SIM905
)
_LEVEL = frozenset({"to", "at"})
_BY = frozenset({"by"})
_WITH = frozenset({"along", "together", "alongside", "along_with", "together_with", "as_well_as"})
_REACH = 7  # words back from a noun to the "of" that makes it part of others
_SINGULAR = frozenset({"NN", "NNP"})


class Counts:
    """Counts of the events of one document, read in text order; spans count the Doc's characters."""

    def __init__(self, reference: Reference) -> None:
        self.reference, self.syntax = reference, reference.syntax
        self._partitive = frozenset(reference.lexicon.cues.get("partitive", ()))
        self._heads = frozenset(reference.lexicon.cues.get("headOf", ()))
        self._last: int | None = None  # the last exact count told: "the same number" means it

    def of(self, match: Match, targets: Sequence[Ref] = ()) -> Quantity | None:
        """Return how many were affected, None where no number is told.

        Where the affected belong to several parties ("two Greek and four Thai diplomats"), only
        what `targets` names is counted; "the consul and an attaché" of one party are two.
        """
        if match.type.frame in {"ReciprocalAct", "SpeechAct"}:
            return None
        if match.type.name in self.reference.lexicon.cues.get("levelType", ()):
            level = self._level(match)
            if level is not None:
                return level
        for fill in sorted(match.fills, key=lambda f: f.slot.role != "target"):
            if not self._may_count(fill):
                continue
            parts = self._parts(fill, match, targets)
            quantity = self._of_parts(parts, match) or self._of_owners(parts[0], match)
            if quantity is not None and not self._is_sum(quantity):
                if quantity.value is not None and not quantity.approximate:
                    self._last = quantity.value
                return quantity
        return None

    def _is_sum(self, quantity: Quantity) -> bool:
        """Tell whether it is money or a share: "forgave $300 million of the debt"."""
        start = quantity.span.start if quantity.span is not None else 0
        before = self.reference.text[max(0, start - 2) : start].strip()[-1:]
        money = self.reference.lexicon.cues.get("currency", ())
        return before in money or quantity.unit in money

    def again(self, head: Token, match: Match) -> Quantity | None:
        """Return the number of a further group: "an equal number", "another 27", "12 more"."""
        return self._number(head, match)

    def _level(self, match: Match) -> Quantity | None:
        """Return the level that staff is cut to, else by how much: "from 46 to 30", "by 16"."""
        return self._number_behind(match, _LEVEL) or self._number_behind(match, _BY)

    def _number_behind(self, match: Match, words: frozenset[str]) -> Quantity | None:
        sentence = match.trigger.sent
        for token in sentence[match.trigger.i - sentence.start + 1 :]:
            if token.lower_ not in words or token.pos_ == "PART":
                continue
            following = self.reference.doc[token.i + 1 : min(token.i + 5, sentence.end)]
            found = quantities.find(following.text, previous=self._last)
            first = found[0].span if found else None
            if first is not None and first.start == 0 and found[0].value is not None:
                base = following.start_char
                return replace(found[0], span=Span(first.start + base, first.end + base))
        return None

    def _may_count(self, fill: Fill) -> bool:
        slot = fill.slot
        if slot.cls in self.reference.lexicon.cues.get("placedClass", ()):
            return False  # who is in need
        if slot.cls and slot.role:
            return True
        named = slot.cls or slot.role in {"target", "topic"}
        return bool(named) and self._is_counted(fill.token)

    def _is_counted(self, head: Token) -> bool:
        if head.pos_ == "NUM":  # "14 of its 20 envoys"
            of = (o.noun for o in self.syntax.obliques(head) if o.preposition == "of")
            return any(self._is_counted(n) for n in of if n.pos_ != "NUM")
        if any(self.reference.is_class(head, c) for c in _COUNTED):
            return True
        if head.tag_ == "NNS" and self.reference.premodifying(head):
            return True  # "three Chinese chipmakers"
        mention = self.reference.at.get(head.i)
        if mention is not None and mention.kind == "people" and head.tag_ in {"NNPS", "NNS"}:
            return True  # "two other Russians"
        if head.lemma_.lower() not in self._partitive:
            return False
        wholes = [o.noun for o in self.syntax.obliques(head) if o.preposition == "of"]
        return all(
            not self.reference.is_class(n, "sanctions") for n in wholes
        )  # "sets of sanctions"

    def _parts(self, fill: Fill, match: Match, targets: Sequence[Ref]) -> list[Token]:
        """Return the heads coordinated in the affected phrase, of the targets' parties alone."""
        parts = self.syntax.conjuncts(fill.token)
        if len(parts) == 1 and self._is_person(fill.token):
            parts += self._hung_on_places(fill.token) or self._taken_along(fill.token, match)
        owners = {r.code: self._owner(r, parts) for r in fill.refs}
        if len(fill.refs) < 2 or not targets:
            return parts
        mine = [owners[r.code] for r in targets if owners.get(r.code) is not None]
        return [p for p in parts if p in mine] or parts[:1]

    def _hung_on_places(self, head: Token) -> list[Token]:
        """Return persons that the parser joined to a place: "the consul in Oran and *an attaché*"."""
        return [
            c
            for o in self.syntax.obliques(head)
            if o.preposition in {"in", "at", "to"} and not self._is_person(o.noun)
            for c in self.syntax.conjuncts(o.noun)[1:]
            if self._is_person(c)
        ]

    def _taken_along(self, head: Token, match: Match) -> list[Token]:
        """Return persons told beside: "expelled the envoy *along with three members* of his staff"."""
        hosts = (head, match.trigger, *match.verbs)
        beside = (o for h in hosts for o in self.syntax.obliques(h) if o.noun.i > head.i)
        found = (o.noun for o in beside if o.preposition in _WITH and self._is_person(o.noun))
        return list(dict.fromkeys(found))[:1]

    def _owner(self, ref: Ref, parts: Sequence[Token]) -> Token | None:
        word = self.reference.doc[max(ref.start, ref.end - 1)]
        for _ in range(6):
            if word in parts:
                return word
            word = word.head
        return None

    def _of_parts(self, parts: Sequence[Token], match: Match) -> Quantity | None:
        parts = [p for p in parts if p == parts[0] or not self._is_dependant(p)]
        told = [self._number(p, match) for p in parts]
        if len(parts) > 1 and all(self._is_person(p) for p in parts):
            values = [self._exact(p, q) for p, q in zip(parts, told, strict=True)]
            if all(v is not None for v in values):
                total = sum(v for v in values if v is not None)
                span = Span(parts[0].idx, parts[-1].idx + len(parts[-1]))
                return Quantity(total, None, None, self._unit(parts[0]), False, span)
        if len(parts) > 1 and "Measure" in match.type.ancestors:
            numbers = [q.value for q in told if q is not None and not q.approximate]
            if len(numbers) == len(parts) and all(n is not None for n in numbers):
                total = sum(n for n in numbers if n is not None)  # "15 firms and 23 individuals"
                span = Span(parts[0].idx, parts[-1].idx + len(parts[-1]))
                return Quantity(total, None, None, self._unit(parts[0]), False, span)
        return told[0] or self._places(parts[0])

    def _of_owners(self, head: Token, match: Match) -> Quantity | None:
        """Count whose property it is: "the assets of four *generals*"."""
        if not self.reference.is_class(head, "asset"):
            return None
        owners = [o.noun for o in self.syntax.obliques(head) if o.preposition == "of"]
        return next((self._number(n, match) for n in owners if self._is_counted(n)), None)

    def _is_dependant(self, head: Token) -> bool:
        """Tell whether they only go along: "41 diplomats and *their 42 dependants*"."""
        owner = self.syntax.possessor(head)
        kin = head.lemma_.lower() in self.reference.lexicon.cues.get("dependantNoun", ())
        return kin and owner is not None and owner.pos_ == "PRON"

    def _is_part(self, head: Token) -> bool:
        """Tell whether the word only says how many of those behind it: "a *number* of", "*ten* of"."""
        word = head.lemma_.lower()
        return head.pos_ == "NUM" or (word in self._partitive and word not in self._heads)

    def _is_person(self, head: Token) -> bool:
        if self._is_part(head):  # "one of its consuls"
            return any(
                self._is_person(o.noun)
                for o in self.syntax.obliques(head)
                if o.preposition == "of" and o.noun.pos_ != "NUM"
            )
        if head.lemma_.lower() in self._heads:
            return any(
                o.preposition == "of" and self.reference.is_class(o.noun, "mission")
                for o in self.syntax.obliques(head)
            )
        return any(self.reference.is_class(head, c) for c in _PERSONS)

    def _exact(self, head: Token, quantity: Quantity | None) -> int | None:
        """Return the exact number on a phrase; an unnumbered singular is one, "staff" are not."""
        if quantity is None:
            many = self.reference.lexicon.cues.get("collective", ())
            one = head.tag_ in _SINGULAR and head.lemma_.lower() not in many
            return 1 if one else None
        return None if quantity.approximate else quantity.value

    def _number(self, head: Token, match: Match) -> Quantity | None:
        for whole in self._wholes(head, match):
            left = min([whole.i, *(c.left_edge.i for c in whole.lefts)])
            start = self._extend_left(max(left, whole.sent.start))
            if self._is_particle(start, match):
                start += 1
            words = self.reference.doc[whole.i + 1 : whole.i + 3]  # "a pair *of Omani*"
            of = whole.pos_ == "NOUN" and len(words) == 2 and words[0].lower_ == "of"
            text = self.reference.doc[start : whole.i + (3 if of else 1)].text
            base = self.reference.doc[start].idx
            found = quantities.find(text, previous=self._last)
            if found and (span := found[-1].span) is not None:
                span = Span(span.start + base, span.end + base)
                return replace(found[-1], unit=self._unit(whole), span=span)
        return self._of_whole(head)

    def _of_whole(self, head: Token) -> Quantity | None:
        """Read "three members of the embassy's staff" where the parser tore it apart."""
        doc, partitive = self.reference.doc, self._partitive
        for i in range(head.i - 1, max(head.sent.start + 1, head.i - _REACH), -1):
            if doc[i].pos_ in {"VERB", "AUX"} or doc[i].is_punct:
                return None
            whole = doc[i - 1]
            if doc[i].lower_ != "of" or (
                whole.lemma_.lower() not in partitive and not self._is_counted(whole)
            ):
                continue
            start = max(whole.sent.start, whole.i - 3)
            found = quantities.find(doc[start:i].text, previous=self._last)
            if found and (span := found[-1].span) is not None:
                base = doc[start].idx
                return replace(
                    found[-1],
                    unit=self._unit(whole),
                    span=Span(span.start + base, span.end + base),
                )
            return None
        return None

    def _is_particle(self, i: int, match: Match) -> bool:
        """Tell whether the word belongs to the verb: "handed *over* 53 sailors", not "over 53"."""
        verb = match.trigger
        phrasal = (verb.lemma_.lower(), self.reference.doc[i].lower_)
        return i == verb.i + 1 and phrasal in match.pattern.heads

    def _places(self, head: Token) -> Quantity | None:
        """Count missions by the towns they are in: "the consulates in Oran and Annaba" are two."""
        if head.tag_ != "NNS" or not self.reference.is_class(head, "mission"):
            return None
        for oblique in self.syntax.obliques(head):
            places = self.syntax.conjuncts(oblique.noun)
            named = [p for p in places if p.pos_ == "PROPN"]
            if oblique.preposition == "in" and len(places) > 1 and len(named) == len(places):
                end = max(p.idx + len(p) for p in places)
                return Quantity(
                    len(places), None, None, self._unit(head), False, Span(head.idx, end)
                )
        return None

    def _wholes(self, head: Token, match: Match) -> list[Token]:
        """Return the noun and what it is part of: "three members of the embassy's staff"."""
        above = head.head
        if (
            above != head
            and above.pos_ in {"NOUN", "NUM"}
            and self.syntax.role_of(head) == "modifier"
            and above.i < head.i
        ):
            told = head.is_ancestor(match.trigger)  # "two of the three envoys *whom it expelled*"
            return [above, head] if above.pos_ == "NUM" and not told else [head, above]
        return [head]

    def _extend_left(self, left: int) -> int:
        doc = self.reference.doc
        start = doc[left].sent.start
        steps = 0
        while left > start and steps < 5:
            before = doc[left - 1]
            if self._is_range(left, start):  # "between five and seven envoys"
                left -= 2
                continue
            if before.pos_ not in {"NUM", "ADV", "ADJ"} and before.lower_ not in _LED:
                break
            left -= 1
            steps += 1
        return left

    def _is_range(self, left: int, start: int) -> bool:
        """Tell whether the number at `left` ends a range: "five *to* seven", "between five *and* …"."""
        doc = self.reference.doc
        numbers = left - 2 >= start and {doc[left].pos_, doc[left - 2].pos_} == {"NUM"}
        return numbers and doc[left - 1].lower_ in {"and", "to", "or"}

    def _unit(self, head: Token) -> str:
        """Return what is counted, in the singular: "diplomat", "embassy employee", "American"."""
        if self._is_part(head):  # "ten of our diplomats", "a number of diplomats"
            wholes = [o.noun for o in self.syntax.obliques(head) if o.preposition == "of"]
            if head.pos_ == "NUM" or wholes:
                return self._unit(wholes[0]) if wholes and wholes[0].pos_ != "NUM" else ""
        words = [
            t for t in self.syntax.premodifiers(head) if t.pos_ in {"NOUN"} and t.i == head.i - 1
        ]
        noun = head.lemma_ if head.pos_ == "PROPN" else head.lemma_.lower()
        if head.i in self.reference.at:
            noun = head.text.removesuffix("s")
        return " ".join([*(w.lemma_.lower() for w in words), noun])
