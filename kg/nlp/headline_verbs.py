"""Finds the verb of a headline that the parser read as a string of nouns.

Headlines leave out articles, auxiliaries and the full stop, so that `Estonia backs sanctions`
looks like a compound of three nouns. Where a line without a final stop has no clause, a word that
can be a verb is put into plain prose (`Estonia will back sanctions`) and the line is parsed anew;
the new reading counts only if it is a clause with a subject, and with a complement where the word
was taken for a plural. Tokens and offsets stay as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

NAME = "kg_headline_verbs"
_LONGEST = 30  # words; a longer line without a stop is a table or a list
_STOPS = frozenset(".!?…")
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubjpass", "csubj", "csubj:pass", "expl"})
_COMPLEMENTS = frozenset({"obj", "dobj", "ccomp", "xcomp"})
_SINGULAR = frozenset({"NN", "NNP", "NNPS"})  # NNPS: Emirates, Nations
# Plurals that stand before a noun ("arms sales") as often as they are verbs: these need more proof.
_PREMODIFIERS = frozenset(
    {"arms", "exports", "forces", "imports", "needs", "sanctions", "sports", "talks", "works"}
)
_PRESENT = {
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "VBP": "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin",
}
_COLUMNS: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "MORPH"]


Table = np.ndarray[Any, np.dtype[np.uint64]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that can be the verb: its index in the line, bare form and tag as a verb."""

    at: int
    base: str
    tag: str


@Language.factory(
    NAME,
    requires=["token.dep", "token.head", "token.tag"],
    assigns=["token.dep", "token.head", "token.pos", "token.tag", "token.morph"],
)
def headline_verbs(nlp: Language, name: str) -> "HeadlineVerbs":
    """Make the component for a pipeline."""
    return HeadlineVerbs(nlp, name)


class HeadlineVerbs:
    """The component: mends lines without a clause in place, leaves all others as they are."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp, self.name = nlp, name
        self.bases = _verb_bases(nlp)

    def __call__(self, doc: Doc) -> Doc:
        found = [
            (line, candidate, read)
            for line in _lines_without_clause(doc)
            if (reading := self._reading(line)) is not None
            for candidate, read in [reading]
        ]
        if found:
            table = np.asarray(doc.to_array(_COLUMNS), dtype=np.uint64)
            for line, candidate, read in found:
                _copy(table, line, candidate, read, doc)
            doc.from_array(_COLUMNS, table)  # type: ignore[arg-type]  # an array is what it takes
        return doc

    def _reading(self, line: Span) -> tuple[Candidate, Doc] | None:
        """Give the first candidate whose plain wording is a clause, with that wording's parse."""
        for candidate in candidates(line, self.bases):
            read = self._parse(line, candidate)
            if _is_clause(read, candidate, line[candidate.at]):
                return candidate, read
        return None

    def _parse(self, line: Span, candidate: Candidate) -> Doc:
        words = [t.text for t in line]
        spaces = [bool(t.whitespace_) for t in line]
        words[candidate.at : candidate.at + 1] = ["will", candidate.base]
        spaces.insert(candidate.at, True)
        doc = Doc(self.nlp.vocab, words=words, spaces=spaces)
        for name, pipe in self.nlp.pipeline:
            if name == self.name:
                break
            doc = pipe(doc)
        return doc


def _verb_bases(nlp: Language) -> frozenset[str]:
    """Give the verbs that the lemmatizer's tables list; none where a pipeline has no such table."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if _has_lemmas(nlp) else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    return frozenset(lookups.get_table("lemma_index").get("verb", ()))


def _has_lemmas(nlp: Language) -> bool:
    return "lemmatizer" in nlp.pipe_names


def _lines_without_clause(doc: Doc) -> Iterator[Span]:
    """Yield the sentences, less white space at the end, with no stop and no subject of the root."""
    for sentence in doc.sents:
        start, end = sentence.start, sentence.end
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        line = doc[start:end]
        if not 3 <= len(line) <= _LONGEST or line[-1].text[-1] in _STOPS:
            continue
        if any(t.is_space for t in line) or sentence.root.i not in range(start, end):
            continue
        if not any(child.dep_ in _SUBJECTS for child in sentence.root.children):
            yield line


def candidates(line: Span, bases: frozenset[str]) -> list[Candidate]:
    """Give the words that can be the line's verb, those tagged as verbs first, then in order."""
    found = [c for at in range(1, len(line)) if (c := _candidate(line, at, bases))]
    return sorted(found, key=lambda c: (line[c.at].tag_ not in _PRESENT, c.at))


def _candidate(line: Span, at: int, bases: frozenset[str]) -> Candidate | None:
    word, before = line[at], line[at - 1]
    if before.tag_ == "RB" and at > 1:
        before = line[at - 2]
    if word.tag_ not in {"NNS", "NNPS", "NN", "VBZ", "VBP", "VB"} or not word.is_lower:
        return None
    base = next((b for b in _stripped(word.text) if b in bases), "")
    if base and (before.tag_ in _SINGULAR or _is_adjective_for_noun(before, at)):
        return Candidate(at, base, "VBZ") if _may_be_verb(line, word, at) else None
    several = before.tag_ == "NNS" or any(t.lower_ in {",", "and", "&"} for t in line[:at])
    plural = several and before.tag_ in _SINGULAR | {"NNS"}
    if plural and word.tag_ != "NNS" and word.text in bases:
        return Candidate(at, word.text, "VBP")
    return None


def _is_adjective_for_noun(word: Token, at: int) -> bool:
    """Tell whether an "adjective" may be the noun behind a first adjective: `Danish premier`."""
    return word.tag_ == "JJ" and word.is_lower and at > 1 and word.nbor(-1).tag_ in {"JJ", "NNP"}


def _may_be_verb(line: Span, word: Token, at: int) -> bool:
    """Tell whether a "plural" may be a verb: if in doubt, only if no common noun follows it."""
    doubtful = word.text in _PREMODIFIERS or any(t.tag_ == "IN" for t in line[:at])
    if word.tag_ in _PRESENT or not doubtful:
        return True
    return at + 1 < len(line) and line[at + 1].tag_ in {"CD", "JJ", "DT", "PRP$", "NNP"}


def _stripped(word: str) -> Iterator[str]:
    """Give the forms that a third person may have without its ending, the likeliest first."""
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]


def _is_clause(read: Doc, candidate: Candidate, given: Token) -> bool:
    """Tell whether the parse of the plain wording has the candidate as a verb with its subject."""
    helper, verb = read[candidate.at], read[candidate.at + 1]
    if helper.head != verb or verb.tag_ != "VB" or sum(t.head == t for t in read) != 1:
        return False
    if not any(child.dep_ in _SUBJECTS for child in verb.lefts):
        return False
    if given.tag_ in _PRESENT:
        return True
    return verb.head == verb and any(child.dep_ in _COMPLEMENTS for child in verb.rights)


def _copy(
    table: Table,
    line: Span,
    candidate: Candidate,
    read: Doc,
    doc: Doc,
) -> None:
    """Write the parse of the plain wording into the rows of the line, without its *will*."""
    new = np.asarray(read.to_array(_COLUMNS), dtype=np.uint64)
    keep = [i for i in range(len(read)) if i != candidate.at]
    for row, i in enumerate(keep):
        head = read[i].head.i
        head = head if head < candidate.at else max(head - 1, candidate.at)
        table[line.start + row] = new[i]
        table[line.start + row, 0] = np.int64(head - row).astype(np.uint64)
    verb = line.start + candidate.at
    table[verb, 2] = doc.vocab.strings.add(candidate.tag)
    table[verb, 4] = doc.vocab.morphology.add(_PRESENT[candidate.tag])
    root = next(i for i, t in enumerate(read[j] for j in keep) if t.head == t)
    _hang_rest(table, line, line.start + root)


def _hang_rest(table: Table, line: Span, root: int) -> None:
    """Hang the white space around the line on its new root."""
    for token in line.sent:
        if token.i < line.start or token.i >= line.end:
            table[token.i, 0] = np.int64(root - token.i).astype(np.uint64)
