"""Acts told by pointing at another: done once more, or by somebody else, too."""

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Time
from kg.nlp.captives import Captives
from kg.nlp.drafts import Draft
from kg.nlp.fields import Fields
from kg.nlp.matches import Match
from kg.nlp.modality import Kind, Moods
from kg.nlp.reference import Reference

_DONE_TO = frozenset({"DirectedAct", "SufferedAct"})  # frames of acts that another can repeat


class Repeats:
    """Repeated acts of one document."""

    def __init__(
        self,
        reference: Reference,
        lexicon: Lexicon,
        moods: Moods,
        fields: Fields,
        is_background: Callable[[Match, Time | None], bool],
    ) -> None:
        self.reference, self.lexicon, self.moods, self.fields = reference, lexicon, moods, fields
        self.is_background = is_background
        self.captives = Captives(reference, lexicon)
        self.doc, self.syntax = reference.doc, reference.syntax

    def returned(self, drafts: list[Draft]) -> list[Draft]:
        """Read "freed a nurse in exchange for three pilots": the other side let go, too."""
        found = []
        for act in drafts:
            other = self.captives.swapped(act.match)
            if other is None or not act.actors or not act.targets:
                continue
            match = Match(act.match.type, act.match.pattern, other, other)
            count = self.fields.again(other, match)
            holders = tuple(self.captives.holder(other)) or act.targets
            if {r.code for r in holders} & {r.code for r in act.actors}:
                continue
            back = replace(act, actors=holders, targets=act.actors, match=match)
            found.append(replace(back, count=count, triggers=[other]))
        return found

    def waves(self, sentence: DocSpan, drafts: list[Draft]) -> list[Draft]:
        """Read "27 must go by May, followed by an equal number by June": the act once more."""
        found = []
        for verb in sentence:
            if verb.lemma_.lower() != "follow" or not self.syntax.is_passive(verb):
                continue
            before = [d for d in drafts if d.count is not None and d.trigger.i < verb.i]
            agent = self.syntax.agent(verb)
            if not before or agent is None:
                continue
            act = before[-1]
            number = self.fields.again(agent, act.match)
            if number is None or self.reference.of_all(agent):
                continue
            match = Match(act.match.type, act.match.pattern, verb, verb)
            day, deadline = self.fields.split(match, [act.match], takes_deadline=True)
            wave = replace(
                act,
                match=match,
                count=replace(number, unit=act.count.unit if act.count else ""),
                date=day if day and day.span and day.span.start > verb.idx else None,
                deadline=deadline,
                triggers=[verb],
            )
            found.append(wave)
        return found

    def _depth(self, token: Token) -> int:
        return sum(1 for _ in self.syntax.governors(token))

    def followers(self, sentence: DocSpan, told: list[Draft]) -> list[Draft]:
        """Read "Niger followed suit": the measure that was told last, done by another."""
        acts = [d for d in told if d.targets and d.actors and d.match.type.frame in _DONE_TO]
        if not acts:
            return []
        phrases = [p.split() for p in self.lexicon.cues.get("sameAct", ())]
        found = []
        for verb in sentence:
            if verb.pos_ != "VERB" or not any(
                p[0] == verb.lemma_.lower()
                and [t.lower_ for t in self.doc[verb.i + 1 : verb.i + len(p)]] == p[1:]
                for p in phrases
            ):
                continue
            before = [d for d in acts if d.trigger.i < verb.i]
            # of "cut ties over an attack" the first is followed: what the main clause tells
            act = min(before, key=lambda d: (self._depth(d.trigger), -d.trigger.i), default=None)
            subject = self.syntax.subject(verb)
            if subject is None and verb.i > sentence.start:
                subject = self.doc[verb.i - 1]  # "Niger followed suit", read as an adjective
            if act is None or subject is None:
                continue
            match = Match(act.match.type, act.match.pattern, verb, verb)
            mood = self.moods.of(verb, frozenset({verb.i}), Kind(decides=True))
            day, deadline = self.fields.split(match, [], takes_deadline=True)
            taken = {r.code for r in (*act.actors, *act.targets)}
            for actor in self.reference.of_all(subject):
                if actor.code not in taken:
                    draft = Draft(
                        act.type,
                        act.family,
                        match,
                        (actor,),
                        act.targets,
                        mood.modality,
                        sure=True,
                        date=day,
                        deadline=deadline,
                        background=self.is_background(match, day),
                        triggers=[verb],
                    )
                    found.append(draft)
        return found
