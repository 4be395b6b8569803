"""Acts where they are told: which can answer, which are told in one breath, which came before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.nlp.answers import Answers, Cue
from kg.nlp.drafts import Draft
from kg.nlp.opposites import is_mutual, opposite
from kg.nlp.speech import Speech

_BACK = 3  # sentences within which "the step" has its act


@dataclass(frozen=True, slots=True)
class Told:
    """An act told at a word: the draft's index and the word."""

    act: int
    word: Token


class Tellings:
    """The tellings of the drafts of one document."""

    def __init__(self, lexicon: Lexicon, speech: Speech) -> None:
        self.speech, self.syntax = speech, speech.syntax
        self.answers = Answers(lexicon, speech.reference)
        self._measures = {n for n, t in lexicon.types.items() if "Measure" in t.ancestors}
        self._answers_with = self._measures | set(lexicon.cues.get("answeredType", ()))
        self._speech_types = {n for n, t in lexicon.types.items() if t.frame == "SpeechAct"}
        self._drafts: Sequence[Draft] = ()
        self._by_sentence: dict[int, list[Told]] = {}

    def _can_answer(self, told: Told, cue: Cue | None = None, *, hostile: bool = False) -> bool:
        """Tell whether the act is a measure that was or will be taken, by whoever the cue names.

        Where words of answering tell so, a hostile act is an answer too: a strike in retaliation.
        """
        draft = self._drafts[told.act]
        hostile = hostile or (cue is not None and cue.kind == "answer")
        if (
            draft.type not in (self._answers_with if hostile else self._measures)
            or draft.modality in {"denied", "demanded"}
            or is_mutual(told.act, self._drafts)
        ):
            return False
        actors = set(draft.actor_codes())
        if not actors and (cue is None or not cue.doer):
            return cue is None or cue.named
        return cue is None or not cue.doer or not actors or bool(cue.doer & actors)

    def _nearest(self, cue: Cue, told: list[Told]) -> list[Told]:
        """Order acts by how near they stand to the cue: what governs it, or hangs on it, first."""
        above = {cue.word.i, *(g.i for g in self.syntax.governors(cue.word))}
        below = {t.i for t in cue.word.subtree}

        def rank(t: Told) -> tuple[bool, int, int]:
            tied = t.word.i in above or t.word.i in below
            return not tied, abs(t.word.idx - cue.start), t.act

        return sorted(told, key=rank)

    def _earlier(self, sentence: DocSpan, behind: Sequence[Told]) -> list[Told]:
        """Return the acts of the sentences just before, the last sentence's first."""
        found: list[Told] = []
        named = {t.act for t in behind}
        start = sentence.start
        for _ in range(_BACK):
            if start == 0:
                break
            start = sentence.doc[start - 1].sent.start
            told = [t for t in self._by_sentence.get(start, ()) if t.act not in named]
            found += sorted(told, key=lambda t: (-t.word.i, t.act))
        return found

    def _coordinated(self, told: Told) -> list[int]:
        """Return acts of the same sides told in one breath: "closed its sky and barred trade"."""
        draft = self._drafts[told.act]
        sides = draft.actor_codes(), draft.target_codes()
        chain = self._chain(told.word)
        found = []
        for other in self._by_sentence.get(told.word.sent.start, ()):
            one = self._drafts[other.act]
            same = (one.actor_codes(), one.target_codes()) == sides and chain & self._chain(
                other.word
            )
            one_word = other.word == told.word  # "sanctions on Chad and Mali"
            if other.act != told.act and self._can_answer(other) and (same or one_word):
                found.append(other.act)
        return sorted(set(found))

    def _chain(self, word: Token) -> set[int]:
        """Return the words coordinated with the word's clause, and that clause."""
        out = {word.i}
        for _ in range(8):
            if self.syntax.role_of(word) not in {"conjunct", "complement", "object"}:
                break
            word = word.head
            out.add(word.i)
        return out

    def _with_coordinated(self, effect: Told, cause: Told) -> Iterator[tuple[int, int]]:
        drafts = self._drafts
        effects = [effect.act, *self._coordinated(effect)]
        causes = [cause.act, *self._coordinated(cause)]
        for one in effects:
            for other in causes:
                if one != other and opposite(drafts[one], drafts[other]):
                    yield one, other

    def _is_opposite(self, effect: Told, cause: Told) -> bool:
        return opposite(self._drafts[effect.act], self._drafts[cause.act])
