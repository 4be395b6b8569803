"""Which event answers which: retaliation and reaction told by the article's own words.

A cue ("in response to", "tit-for-tat", "retaliated by") in the clause of an act makes it an answer;
what it answers is the act named behind the cue, else the latest opposite act of the same two
parties. "After" and the like count only between opposite acts of the same two. A denial of the link
("unrelated to") keeps it out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan

from kg.lexicon import Lexicon
from kg.nlp.drafts import Draft
from kg.nlp.speech import Speech


@dataclass(frozen=True, slots=True)
class Link:
    """Effect and cause as indices into the drafts, with the cue's place in the Doc's text."""

    kind: str
    effect: int
    cause: int
    basis: str
    start: int
    end: int


class Causes:
    """Cause links over the drafts of one document."""

    def __init__(self, lexicon: Lexicon, speech: Speech) -> None:
        self.speech = speech
        cues = lexicon.cues
        self._answer = _pattern(cues.get("retaliationPhrase", ()))
        self._sequence = _pattern(cues.get("sequencePhrase", ()))
        self._unlinked = _pattern(cues.get("unlinkedPhrase", ()))
        self._measures = {n for n, t in lexicon.types.items() if "Measure" in t.ancestors}
        self._speech_types = {n for n, t in lexicon.types.items() if t.frame == "SpeechAct"}

    def links(self, drafts: Sequence[Draft]) -> list[Link]:
        """Return the links between drafts, in order of effect and cause, each pair once."""
        found: dict[tuple[int, int], Link] = {}
        order = sorted(range(len(drafts)), key=lambda i: drafts[i].trigger.i)
        for i in order:
            for start, sentence in self._sentences(drafts[i]):
                link = self._of(i, sentence, start, drafts, order)
                if link is not None:
                    found.setdefault((link.effect, link.cause), link)
        return [found[k] for k in sorted(found)]

    @staticmethod
    def _sentences(draft: Draft) -> list[tuple[int, DocSpan]]:
        seen: dict[int, tuple[int, DocSpan]] = {}
        for trigger in draft.triggers:
            seen.setdefault(trigger.sent.start, (trigger.i, trigger.sent))
        return list(seen.values())

    def _of(
        self, i: int, sentence: DocSpan, at: int, drafts: Sequence[Draft], order: list[int]
    ) -> Link | None:
        draft, text = drafts[i], sentence.text.lower()
        if (
            draft.type not in self._measures
            or draft.modality in {"denied", "demanded"}
            or _is_mutual(i, drafts)
            or self._unlinked.search(text)
        ):
            return None
        answer = self._answer.search(text)
        if answer is None:
            return self._sequential(i, sentence, text, drafts)
        first, last = answer.span()
        cue_at = sentence.start_char + first
        if self._is_named_behind(draft, cue_at, sentence):
            return self._pointing_effect(i, sentence, cue_at, sentence.start_char + last, drafts)
        if self._belongs_to_other(i, sentence, cue_at, drafts):
            return None
        cause = self._named_cause(i, sentence, cue_at, drafts)
        if cause is None:
            cause = self._latest_opposite(i, drafts, order)
        if cause is None:
            return None
        return Link(
            "retaliation", i, cause, self._basis(draft, cue_at), cue_at, sentence.start_char + last
        )

    def _is_named_behind(self, draft: Draft, cue: int, sentence: DocSpan) -> bool:
        triggers = [t.idx for t in draft.triggers if sentence.start <= t.i < sentence.end]
        return bool(triggers) and all(self._named_behind(t, cue, sentence) for t in triggers)

    def _pointing_effect(
        self, cause: int, sentence: DocSpan, start: int, end: int, drafts: Sequence[Draft]
    ) -> Link | None:
        """Read "the steps are in reprisal for the expulsion": the effect was told before."""
        here = [
            j
            for j, d in enumerate(drafts)
            if j != cause
            and d.type in self._measures
            and _opposite(d, drafts[cause])
            and any(sentence.start - 80 <= t.i < sentence.end and t.idx < start for t in d.triggers)
        ]
        if not here:
            return None
        effect = max(
            here, key=lambda j: (max(t.i for t in drafts[j].triggers if t.idx < start), -j)
        )
        return Link("retaliation", effect, cause, self._basis(drafts[effect], start), start, end)

    def _belongs_to_other(
        self, i: int, sentence: DocSpan, cue: int, drafts: Sequence[Draft]
    ) -> bool:
        """The nearest measure of the sentence owns the cue; one named right behind it is the cause."""
        inside = [
            (abs(t.idx - cue), j)
            for j, d in enumerate(drafts)
            if d.type in self._measures
            for t in d.triggers
            if sentence.start <= t.i < sentence.end and not self._named_behind(t.idx, cue, sentence)
        ]
        return (
            bool(inside)
            and min(inside)[1] != i
            and drafts[min(inside)[1]].actor_codes() != drafts[i].actor_codes()
        )

    def _named_behind(self, trigger: int, cue: int, sentence: DocSpan) -> bool:
        """Tell whether the act is what the cue answers: "in response to the expulsion of …"."""
        if trigger < cue:
            return False
        between = sentence.text[cue - sentence.start_char : trigger - sentence.start_char].lower()
        answer = self._answer.match(between)
        if answer is None:
            return False
        return answer.group().endswith((" for", " to")) or bool(
            _TOWARDS.search(between[answer.end() :])
        )

    def _named_cause(
        self, i: int, sentence: DocSpan, cue: int, drafts: Sequence[Draft]
    ) -> int | None:
        effect = drafts[i]
        candidates = [
            (t.idx - cue, j)
            for j, d in enumerate(drafts)
            if j != i and d.type not in self._speech_types and _opposite(effect, d)
            for t in d.triggers
            if sentence.start <= t.i < sentence.end and t.idx > cue
        ]
        return min(candidates)[1] if candidates else None

    def _latest_opposite(self, i: int, drafts: Sequence[Draft], order: list[int]) -> int | None:
        effect = drafts[i]
        opposite = [
            j
            for j in order
            if j != i
            and drafts[j].type in self._measures
            and _opposite(effect, drafts[j])
            and drafts[j].modality in {"actual", "planned"}
            and not _later(drafts[j], effect)
            and (effect.background or not drafts[j].background or _just_told(drafts[j], effect))
            and not _is_mutual(j, drafts)
        ]
        if not opposite:
            return None
        start = effect.triggers[0].i
        near = [
            (start - t.i, j)
            for j in opposite
            for t in drafts[j].triggers
            if 0 < start - t.i < _NEAR
        ]
        if near:
            return min(near)[1]
        same = [j for j in opposite if drafts[j].family == effect.family]
        pool = same or opposite
        before = [j for j in pool if drafts[j].triggers[0].i < effect.triggers[0].i]
        return min(
            before or pool,
            key=lambda j: (
                min(abs(t.i - u.i) for t in drafts[j].triggers for u in effect.triggers),
                j,
            ),
        )

    def _sequential(
        self, i: int, sentence: DocSpan, text: str, drafts: Sequence[Draft]
    ) -> Link | None:
        cue = self._sequence.search(text)
        if cue is None:
            return None
        at = sentence.start_char + cue.start()
        if (
            not any(t.idx < at for t in drafts[i].triggers if sentence.start <= t.i < sentence.end)
            and cue.start() > 2
        ):
            return None
        for j, other in enumerate(drafts):
            if (
                j != i
                and other.type in self._measures
                and _opposite(drafts[i], other)
                and other.modality == "actual"
            ):
                for trigger in other.triggers:
                    if sentence.start <= trigger.i < sentence.end and trigger.idx > at:
                        return Link(
                            "retaliation",
                            i,
                            j,
                            self._basis(drafts[i], at),
                            at,
                            at + len(cue.group()),
                        )
        return None

    def _basis(self, draft: Draft, cue: int) -> str:
        """`stated` where the words are the actor's or their speaker's own, else `reported`."""
        doc = draft.trigger.doc
        span = doc.char_span(cue, cue + 1, alignment_mode="expand")
        saying = self.speech.saying_of(span[0]) if span is not None else None
        if saying is None:
            return "reported"
        codes = {r.code for r in self.speech.reference.of(saying.speaker)}
        return "stated" if codes & set(draft.actor_codes()) else "reported"


_NEAR = 60  # tokens before an answer within which the act it answers is most likely told
# "payback, she let it be known, for the expulsion": the cue and its preposition apart
_TOWARDS = re.compile(r"^(?:,[^,]{1,40},)? ?(?:for|to) ")


def _opposite(effect: Draft, cause: Draft) -> bool:
    """Tell whether the cause was done to the effect's actor by the effect's target."""
    a, t = set(effect.actor_codes()), set(effect.target_codes())
    ca, ct = set(cause.actor_codes()), set(cause.target_codes())
    if not a or not t:
        return False
    if ca and ct:
        return bool(a & ct) and bool(t & ca)
    return bool((ca and t & ca) or (ct and a & ct))


def _is_mutual(i: int, drafts: Sequence[Draft]) -> bool:
    """Tell whether one word tells the act of both sides: "exchanged expulsions" answer nothing."""
    a = drafts[i]
    return any(
        b is not a
        and set(a.triggers) & set(b.triggers)
        and a.actor_codes() == b.target_codes()
        and a.target_codes() == b.actor_codes()
        for b in drafts
    )


def _just_told(cause: Draft, effect: Draft) -> bool:
    """Tell whether the same sentence or the one before tells it: history further off isn't answered."""
    start = effect.triggers[0].sent.start
    previous = effect.trigger.doc[start - 1].sent.start if start else 0
    return any(previous <= t.i < effect.triggers[0].i for t in cause.triggers)


def _later(cause: Draft, effect: Draft) -> bool:
    """Tell whether the would-be cause is dated after its effect."""
    if cause.date is None or effect.date is None or not cause.date.first or not effect.date.last:
        return False
    return cause.date.first > effect.date.last


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    if not phrases:
        return re.compile(r"(?!)")
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(re.escape(p.lower()) for p in longest_first) + r")\b")
