"""One annotated sentence, and how sentences become the Docs that spaCy trains on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.training import biluo_tags_to_spans, iob_to_biluo
from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Sentence:
    """Parallel lists, one place a word; a layer that was not annotated is empty.

    `heads` are places in this sentence (the root's is its own); `ents` are IOB tags;
    `break_after` is the white-space word that follows (a paragraph's end), mostly empty.
    """

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    pos: list[str]
    morphs: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    ents: list[str]
    ident: str = ""
    starts_document: bool = False
    starts_paragraph: bool = False
    break_after: str = ""

    @property
    def parsed(self) -> bool:
        return bool(self.heads)

    def with_break(self, white: str) -> "Sentence":
        return replace(self, break_after=white)


def to_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """Join sentences of one kind into a Doc; layers that one of them lacks are left missing.

    White-space words between sentences hang on the root before them as punctuation does; they
    carry no tag, so that nothing is learnt about it.
    """
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    ents: list[str] = []
    for sentence in sentences:
        start, size = len(words), len(sentence.words)
        words += sentence.words
        spaces += [*sentence.spaces[:-1], not sentence.break_after]
        tags += sentence.tags or [""] * size
        pos += sentence.pos or [""] * size
        morphs += sentence.morphs or [""] * size
        lemmas += sentence.lemmas or [""] * size
        heads += [start + head for head in sentence.heads]
        deps += sentence.deps
        ents += sentence.ents
        if sentence.break_after:
            words.append(sentence.break_after)
            spaces.append(False)
            for layer in (tags, pos, morphs, lemmas):
                layer.append("")
            if sentence.parsed:
                heads.append(start + sentence.deps.index("ROOT"))
                deps.append("punct")
            if sentence.ents:
                ents.append("O")
    spaces[-1] = False
    doc = Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=pos,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads if len(heads) == len(words) else None,
        deps=deps if len(deps) == len(words) else None,
    )
    if len(ents) == len(words):
        doc.ents = biluo_tags_to_spans(doc, iob_to_biluo(_whole(ents)))
    return doc


def _whole(ents: Sequence[str]) -> list[str]:
    """Turn an I- that continues nothing into a B-."""
    whole: list[str] = []
    for tag in ents:
        before = whole[-1] if whole else "O"
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        whole.append(tag)
    return whole
