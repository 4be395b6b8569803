"""Fills slots: from the argument API, else by a window over the sentence."""

from spacy.tokens import Token

from kg.lexicon.patterns import Phrase, Slot
from kg.model import Method
from kg.nlp.matches import Fill, Match
from kg.nlp.reference import Ref
from kg.nlp.windows import Windows

_OBJECT_WINDOW = 9


class Slots(Windows):
    """Fills slots over one document."""

    def fill_phrases(self, match: Match, phrases: tuple[Phrase, ...], hosts: list[Token]) -> bool:
        """Fill the slots behind prepositions; tell whether all required ones are filled."""
        used = {f.token.i for f in match.fills}
        for phrase in phrases:
            fill = self._whose_topic(match, phrase)
            for host in hosts if fill is None else ():
                nouns = [
                    o.noun
                    for o in self.syntax.obliques(host)
                    if o.preposition in phrase.prepositions
                    and o.noun.i not in used
                    and o.noun.i > match.trigger.i - 12
                    and not self._is_victim(o.noun, match)
                ]
                fill = self._best_phrase(phrase.slot, nouns, "dependency")
                if fill is not None:
                    break
            if fill is None:
                nouns = [
                    n
                    for n in self._nouns_by_window(match.trigger, phrase, used)
                    if not self._is_victim(n, match)
                ]
                fill = self._best_phrase(phrase.slot, nouns, "window")
            if fill is None and phrase.slot.role == "target":
                fill = self._stranded(match.trigger, phrase)
            if fill is None and phrase.slot.role in {"target", "actor"} and not phrase.slot.cls:
                fill = self._place_as_party(match, phrase, hosts, used)
            if fill is not None and fill.slot.role == "party" and "between" in phrase.prepositions:
                self._second_side(fill)
            if fill is not None:
                match.fills.append(fill)
                used.add(fill.token.i)
                if fill.slot.cls and not fill.slot.role:
                    hosts = [*hosts, fill.token]  # "died in a clash *with* Kenyan troops"
            elif phrase.slot.required:
                return False
        return True

    def _is_victim(self, noun: Token, match: Match) -> bool:
        """Tell to whom it was done: "condemned the bombing *of Chad*" is not aimed at Chad.

        "Called for the destruction of Chad" is: a class of the pattern takes the deed itself.
        """
        return (
            match.type.frame == "SpeechAct"
            and noun.head != match.trigger
            and not any(
                f.token == noun.head and f.slot.cls and not f.slot.role for f in match.fills
            )
            and self.reference.suffered(noun, noun.head)
        )

    def _whose_topic(self, match: Match, phrase: Phrase) -> Fill | None:
        """Take who did it before to whom: "condemned *Peru's* invasion of Chile" is aimed at Peru."""
        if phrase.slot.role != "target" or not phrase.prepositions & {"of", "in", "by"}:
            return None
        answers = match.type.name in self.lexicon.cues.get("answeringType", ())
        topic = next(
            (
                f.token
                for f in match.fills
                if f.slot.role == "topic" or (answers and f.slot.cls and not f.slot.role)
            ),
            None,
        )
        if topic is None or not self.reference.named_owner(topic):
            return None
        own = {r.code for f in match.fills for r in f.refs}
        owners = tuple(r for r in self.reference.owner(topic) if r.code not in own)
        return Fill(phrase.slot, topic, owners, "dependency", "possessor") if owners else None

    def _stranded(self, verb: Token, phrase: Phrase) -> Fill | None:
        """Fill a slot from the subject of a passive that kept its preposition: "was spied *on* by"."""
        if verb.i + 2 >= verb.sent.end or not self.syntax.is_passive(verb):
            return None
        left, after = self.doc[verb.i + 1], self.doc[verb.i + 2]
        if left.lower_ not in phrase.prepositions or not (after.lower_ == "by" or after.is_punct):
            return None
        patient = self.syntax.patient(verb)
        return self.fill(phrase.slot, [patient], "object") if patient is not None else None

    def _second_side(self, fill: Fill) -> None:
        """Add Y of "between X and Y" where the parser hung it elsewhere."""
        if len(fill.refs) != 1:
            return
        end = min(fill.token.sent.end, fill.refs[0].end + _OBJECT_WINDOW)
        joined = False
        for i in range(max(fill.token.i, fill.refs[0].end), end):
            token = self.doc[i]
            if token.pos_ == "VERB" or token.text == ";":
                return
            joined = joined or token.lower_ == "and"
            if joined and token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                known = {r.code for r in fill.refs}
                more = [r for r in self.reference.of_all(token) if r.code not in known]
                if more:
                    fill.refs = (*fill.refs, *more)
                    return

    def _place_as_party(
        self, match: Match, phrase: Phrase, hosts: list[Token], used: set[int]
    ) -> Fill | None:
        """Take a city for its state: "reopened its consulate in Jalalabad"."""
        if hosts and self.is_copular(hosts[0]):  # "is in Moscow": the place is the predicate
            mention = self.reference.at.get(hosts[0].i)
            case = any(c.lower_ in phrase.prepositions for c in hosts[0].lefts)
            if case and mention is not None and mention.place:
                ref = Ref(mention.place, mention.start, mention.end, "dependency")
                return Fill(phrase.slot, hosts[0], (ref,), "dependency", "phrase")
        for host in hosts:
            for oblique in self.syntax.obliques(host):
                mention = self.reference.at.get(oblique.noun.i)
                if (
                    oblique.preposition in phrase.prepositions
                    and oblique.noun.i not in used
                    and not self._is_victim(oblique.noun, match)
                    and mention is not None
                    and mention.place
                ):
                    ref = Ref(mention.place, mention.start, mention.end, "dependency")
                    return Fill(phrase.slot, oblique.noun, (ref,), "dependency", "phrase")
        return self._there(match, phrase)

    def _there(self, match: Match, phrase: Phrase) -> Fill | None:
        """Take the place last named for *there*: "will travel *there* next week", "where he flew"."""
        if match.type.name not in self.lexicon.cues.get("placeType", ()):
            return None
        there = next((c for c in match.trigger.children if c.lower_ == "there"), None)
        if there is None or there.tag_ == "EX":
            there = self._where(match.trigger)
        if there is None:
            return None
        own = {r.code for f in match.fills for r in f.refs}
        named = [m for m in self.reference.mentions if m.end <= there.i and m.place]
        place = next((m for m in reversed(named) if m.place not in own), None)
        if place is None or (there.lower_ == "where" and place.start < there.sent.start):
            return None
        ref = Ref(place.place, place.start, place.end, "coreference")
        return Fill(phrase.slot, there, (ref,), "dependency", "phrase")

    def _where(self, verb: Token) -> Token | None:
        """Return the *where* that opens the verb's clause: "Chad, *where* he is due to arrive"."""
        p = self.syntax.profile
        while verb.dep_ in p.open_complement and self.syntax.is_verbal(verb.head):
            verb = verb.head
        if verb.dep_ not in p.relative_clause | p.adverbial_clause | p.loose:
            return None
        return next((c for c in verb.lefts if c.lower_ == "where"), None)

    def _best_phrase(self, slot: Slot, nouns: list[Token], method: Method) -> Fill | None:
        for noun in nouns:
            fill = self.fill(slot, [noun], "phrase", method)
            if fill is not None and (
                fill.refs or not slot.role or slot.role in {"topic", "place"} or slot.cls
            ):
                return fill
        return None
