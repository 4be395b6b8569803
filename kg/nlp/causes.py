"""Which event answers which: retaliation told by the article's own words.

A cue ("in response to", "tit-for-tat", "retaliated by") makes an act an answer; what it answers is
the act named behind the cue, else the latest opposite act of the same two parties. "After" and the
like count only between opposite acts of the same two. The answer stands in the cue's sentence, in
one before that the clause points to ("the step is a response"), or in the next ("Oslo hit back.").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.nlp.answers import Cue
from kg.nlp.drafts import Draft
from kg.nlp.opposites import is_later, is_mutual, just_told, opposite
from kg.nlp.reference import Ref
from kg.nlp.tellings import Tellings, Told

_NEAR = 60  # tokens before an answer within which the act it answers is most likely told


@dataclass(frozen=True, slots=True)
class Link:
    """Effect and cause as indices into the drafts, with the cue's place in the Doc's text."""

    kind: str
    effect: int
    cause: int
    basis: str
    start: int
    end: int


class Causes(Tellings):
    """Cause links over the drafts of one document."""

    def links(self, drafts: Sequence[Draft]) -> list[Link]:
        """Return the links between drafts, in order of effect and cause, each pair once."""
        self._drafts = drafts
        self._by_sentence = {}
        for i, draft in enumerate(drafts):
            for word in draft.triggers:
                self._by_sentence.setdefault(word.sent.start, []).append(Told(i, word))
        if len(drafts) < 2:
            return []
        found: dict[tuple[int, int], Link] = {}
        for sentence in self.speech.doc.sents:
            for cue in self.answers.of(sentence):
                for effect, cause in self._of(cue, sentence):
                    if (effect, cause) not in found and (cause, effect) not in found:
                        self._complete(effect, cause, cue)
                        basis = self._basis(drafts[effect], cue.start)
                        link = Link("retaliation", effect, cause, basis, cue.start, cue.end)
                        found[effect, cause] = link
        return [found[k] for k in sorted(found)]

    def _complete(self, effect: int, cause: int, cue: Cue) -> None:
        """Give either act the side that only the link tells: who is answered did it, who answers
        is whom it was done to.
        """
        answer, answered = self._drafts[effect], self._drafts[cause]
        for act, other, doer in (
            (answer, answered, cue.doer),
            (answered, answer, frozenset[str]()),
        ):
            if not act.actors:
                codes = sorted(doer) if len(doer) == 1 else other.target_codes()
                if len(codes) == 1 and codes[0] not in act.target_codes():
                    word = act.trigger
                    act.actors = (Ref(codes[0], word.i, word.i + 1, "context"),)

    def _of(self, cue: Cue, sentence: DocSpan) -> Iterator[tuple[int, int]]:
        """Yield the pairs of effect and cause that the cue tells of."""
        here = sorted(self._by_sentence.get(sentence.start, ()), key=lambda t: (t.word.i, t.act))
        before = [t for t in here if t.word.idx < cue.start]
        behind = [t for t in here if t.word.idx >= cue.end]
        if cue.kind == "result":
            told = before or (self._earlier(sentence, behind)[::-1] if cue.points else [])
            yield from self._resulting(told, behind or self._next(cue, sentence))
            return
        if cue.kind == "sequence":
            yield from self._following(cue, before, behind, sentence)
            return
        pair = self._named(cue, before, behind, sentence) if cue.named else None
        if pair is not None:
            yield from self._with_coordinated(*pair)
            return
        if cue.named and not self.answers.is_open(cue):
            return
        for effect in self._effects(cue, here, sentence):
            cause = self._latest_opposite(effect.act, cue)
            if cause is not None:
                yield effect.act, cause
                for other in self._coordinated(effect):
                    if opposite(self._drafts[other], self._drafts[cause]):
                        yield other, cause
            return

    # ---------------------------------------------------------------- what is named

    def _named(
        self, cue: Cue, before: list[Told], behind: list[Told], sentence: DocSpan
    ) -> tuple[Told, Told] | None:
        """Return effect and cause where what is answered is told behind the cue."""
        causes = [t for t in behind if self._drafts[t.act].type not in self._speech_types]
        if not causes:
            return None
        earlier = self._earlier(sentence, behind) if cue.points else []
        leading = [] if cue.points else [t for t in behind if t.word.i > causes[0].word.i]
        for effect in (*earlier, *self._nearest(cue, before), *leading):
            if not self._can_answer(effect, cue):
                continue
            for cause in causes:
                if cause.act != effect.act and self._is_opposite(effect, cause):
                    if effect in leading and cause.word.i > effect.word.i:
                        continue
                    return effect, cause
        return None

    def _resulting(self, before: list[Told], behind: list[Told]) -> Iterator[tuple[int, int]]:
        """Read "Cairo expelled an envoy, prompting Ankara to expel one": the answer is behind."""
        for effect in behind:
            for cause in reversed(before):
                done = self._drafts[cause.act].type in self._measures
                if done and self._can_answer(effect) and self._is_opposite(effect, cause):
                    yield from self._with_coordinated(effect, cause)
                    return

    def _following(
        self, cue: Cue, before: list[Told], behind: list[Told], sentence: DocSpan
    ) -> Iterator[tuple[int, int]]:
        """Read "expelled two days after Libya had expelled one", "the move follows an expulsion"."""
        under = {t.i for t in _complement(cue).subtree}
        causes = [t for t in behind if t.word.i in under] or behind[:1]
        if cue.points:
            effects = self._earlier(sentence, behind)
        else:
            effects = self._nearest(cue, before)
            if not effects and cue.word.i - sentence.start <= _FRONT:
                effects = [t for t in behind if t not in causes and t.word.i > causes[0].word.i]
        for effect in effects:
            for cause in causes:
                other = self._drafts[cause.act]
                if (
                    other.type in self._measures
                    and other.modality == "actual"
                    and self._can_answer(effect)
                    and self._is_opposite(effect, cause)
                ):
                    yield effect.act, cause.act
                    return

    # ---------------------------------------------------------------- the answer

    def _effects(self, cue: Cue, here: list[Told], sentence: DocSpan) -> list[Told]:
        """Return the acts that the cue may make answers, likeliest first."""
        if cue.points:
            earlier = [t for t in self._earlier(sentence, here) if self._can_answer(t, cue)]
            beside = [t for t in self._told_beside(cue, here) if self._can_answer(t, cue)]
            told = [t for t in beside if self._latest_opposite(t.act, cue) is not None] or earlier
            if told:
                return told[:1]
        open_to = [t for t in here if not (cue.named and self.answers.answered(cue, t.word))]
        near = self._nearest(cue, open_to)
        found = [
            t
            for t in [t for t in near if self._can_answer(t)] or near
            if self._can_answer(t, hostile=True)
            and not self.answers.is_general(cue, t.word)
            and not self.answers.is_beside(cue, t.word)
        ]
        if found:
            return found[:1] if self._can_answer(found[0], cue) else []
        return [t for t in self._next(cue, sentence) if self._can_answer(t, cue)][:1]

    def _told_beside(self, cue: Cue, here: list[Told]) -> list[Told]:
        """Return what the cue's sentence tells before it, outside its clause: "cut ties, saying the
        step mirrored Cairo's".
        """
        clause = {t.i for t in self.syntax.clause_head(cue.word).subtree}
        before = [t for t in here if t.word.idx < cue.start and t.word.i not in clause]
        return before[::-1]

    def _next(self, cue: Cue, sentence: DocSpan) -> list[Told]:
        """Return the acts of the next sentence, where the cue's says that the answer came."""
        if not self.answers.is_told(cue) or sentence.end >= len(sentence.doc):
            return []
        following = sentence.doc[sentence.end].sent
        told = self._by_sentence.get(following.start, ())
        measures = [t for t in told if self._drafts[t.act].type in self._measures]
        return sorted(measures, key=lambda t: (t.word.i, t.act))

    # ---------------------------------------------------------------- what it answers

    def _latest_opposite(self, i: int, cue: Cue) -> int | None:
        """Return the measure against the effect's actor that the article told last.

        Where none was told before and the cue points to one, the nearest told behind.
        """
        drafts, effect = self._drafts, self._drafts[i]
        against = [
            j
            for j, d in enumerate(drafts)
            if j != i
            and d.type in self._answers_with
            and opposite(effect, d)
            and d.modality in {"actual", "planned"}
            and d.actors
            and d.targets
            and not is_later(d, effect)
            and (effect.background or not d.background or just_told(d, effect))
            and not is_mutual(j, drafts)
        ]
        against = [j for j in against if drafts[j].type in self._measures] or against
        if not against:
            return None
        start = max(effect.triggers[0].i, cue.word.i)
        near = [
            (start - t.i, j) for j in against for t in drafts[j].triggers if 0 < start - t.i < _NEAR
        ]
        if near:
            return min(near)[1]
        same = [j for j in against if drafts[j].family == effect.family]
        pool = same or against
        before = [j for j in pool if drafts[j].triggers[0].i < start]
        if not before and not cue.named:  # "In a reciprocal move … Peru *had* expelled a consul"
            pool = [j for j in pool if self._had_happened(drafts[j], effect)]
        if not pool:
            return None
        return min(
            before or pool,
            key=lambda j: (
                min(abs(t.i - u.i) for t in drafts[j].triggers for u in effect.triggers),
                j,
            ),
        )

    def _had_happened(self, draft: Draft, effect: Draft) -> bool:
        """Tell whether the sentence right behind an act tells another one as done before it."""
        verb = self.syntax.clause_head(draft.triggers[0])
        had = any(a.lower_ in {"had", "'d"} for a in self.syntax.auxiliaries(verb))
        end = effect.triggers[-1].sent.end
        return had and draft.triggers[0].sent.start == end

    def _basis(self, draft: Draft, cue: int) -> str:
        """`stated` where the words are the actor's or their speaker's own, else `reported`."""
        doc = draft.trigger.doc
        span = doc.char_span(cue, cue + 1, alignment_mode="expand")
        saying = self.speech.saying_of(span[0]) if span is not None else None
        if saying is None:
            return "reported"
        codes = {r.code for r in self.speech.reference.of(saying.speaker)}
        return "stated" if codes & set(draft.actor_codes()) else "reported"


_FRONT = 3  # words before a fronted clause's marker: "Two days after …"


def _complement(cue: Cue) -> Token:
    """Return the head of what "after" and the like introduce, or the cue's own word."""
    word = cue.word
    if word.pos_ in {"ADP", "SCONJ", "ADV"} and word.head != word:
        return word.head
    return word
