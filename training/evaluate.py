"""Measures a pipeline on the test sets: the one evaluator for every model and every table."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from kg.nlp.pipeline import annotate, plain
from training.names import read_gmb, retokenised
from training.prepare import TEST_FROM, pud
from training.records import Sentence, to_doc
from training.treebanks import read_conllu

RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "nmod",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "acl:relcl",
    "conj",
    "appos",
    "root",
    "flat",
    "compound",
    "nmod:poss",
)


@dataclass(frozen=True, slots=True)
class TestSet:
    """A name and groups of sentences; each group is one text."""

    name: str
    groups: tuple[tuple[Sentence, ...], ...]
    lower: bool = False


def test_sets(corpora: Path) -> list[TestSet]:
    """Give the test sets in the order of the card; one that the corpora lack is left out."""
    trees = corpora / "treebanks"
    gum = [*read_conllu(trees / "en_gum-test.conllu")]
    gum_news = [
        s
        for s in [*gum, *read_conllu(trees / "en_gum-dev.conllu")]
        if s.ident.startswith("GUM_news")
    ]
    news = pud(corpora, "n")
    nlp = spacy.blank("en")
    gmb = [retokenised(nlp, rows) for rows in read_gmb(corpora / "ner" / "gmb_voa_ner.zip")]
    voa = [replace(s, tags=[]) for s in gmb[int(len(gmb) * TEST_FROM) :]]
    sets = [
        TestSet("PUD news", tuple((s,) for s in news)),
        TestSet("PUD news, lower-cased", tuple((s,) for s in news), lower=True),
        TestSet("GUM news (test and dev)", _runs(gum_news)),
        TestSet("GUM test, open genres", _runs(gum)),
        TestSet("EWT test", _runs(list(read_conllu(trees / "en_ewt-test.conllu")))),
        TestSet("GMB, last tenth", tuple((s,) for s in voa)),
    ]
    return [test for test in sets if test.groups]


def _runs(sentences: list[Sentence], size: int = 8) -> tuple[tuple[Sentence, ...], ...]:
    """Cut into texts of up to eight sentences of one document, with an empty line a paragraph."""
    runs: list[list[Sentence]] = []
    for sentence in sentences:
        if not runs or len(runs[-1]) >= size or sentence.starts_document:
            runs.append([])
        elif sentence.starts_paragraph:
            runs[-1][-1] = runs[-1][-1].with_break("\n\n")
        runs[-1].append(sentence)
    return tuple(map(tuple, runs))


def measure(nlp: Language, test: TestSet) -> dict[str, float]:
    """Score one test set on raw text: tokens, tags, trees, lemmas, names; in per cent."""
    gold = [to_doc(nlp.vocab, [_plain(s) for s in group]) for group in test.groups]
    texts = [doc.text.lower() if test.lower else doc.text for doc in gold]
    examples = [Example(p, g) for p, g in zip(annotate(nlp, texts, 32), gold, strict=True)]
    scores = Scorer(nlp).score(examples)
    names = ("token_f", "tag_acc", "dep_uas", "dep_las", "sents_f")
    wanted = {name: scores.get(name) for name in names}
    if not test.lower:
        wanted["lemma_acc"] = scores.get("lemma_acc")
    for relation in RELATIONS:
        wanted[relation] = (scores.get("dep_las_per_type") or {}).get(relation, {}).get("f")
    if any(doc.has_annotation("ENT_IOB") for doc in gold):
        for kind, figures in sorted((scores.get("ents_per_type") or {}).items()):
            wanted[kind] = figures["f"]
    if not gold[0].has_annotation("DEP"):
        wanted = {k: v for k, v in wanted.items() if k in ("PERSON", "ORG", "LOC")}
    return {name: round(100 * value, 2) for name, value in wanted.items() if value is not None}


def _plain(sentence: Sentence) -> Sentence:
    return replace(sentence, words=[plain(word) for word in sentence.words])


def sentence_splitting(split: Callable[[str], Sequence[int]], corpora: Path) -> float:
    """Give the F of sentence starts on PUD, seven sentences joined to a paragraph, in per cent."""
    gold, found, right = 0, 0, 0
    for text, starts in pud_paragraphs(corpora):
        ours = set(split(text))
        gold += len(starts)
        found += len(ours)
        right += len(ours & starts)
    return round(200 * right / (gold + found), 2)


def pud_paragraphs(corpora: Path, size: int = 7) -> Iterator[tuple[str, set[int]]]:
    """Yield (text, starts) of all of PUD; headline-like sentences without an end are left out."""
    for half in ("n", "w"):
        whole = [s for s in map(_text, pud(corpora, half)) if s[-1] in ".!?\"”'’)"]
        for at in range(0, len(whole), size):
            starts, text = set(), ""
            for sentence in whole[at : at + size]:
                starts.add(len(text))
                text += sentence + " "
            yield text, starts


def _text(sentence: Sentence) -> str:
    pairs = zip(sentence.words, sentence.spaces, strict=True)
    return "".join(word + " " * space for word, space in pairs).strip()


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Give tokens a second of CPU time over texts, in batches of eight, after one to warm up."""
    list(annotate(nlp, texts[:1]))
    began = time.process_time()
    tokens = sum(map(len, annotate(nlp, texts, 8)))
    return round(tokens / (time.process_time() - began), 1)


def articles(corpora: Path, count: int = 10, words: int = 600) -> list[str]:
    """Make texts as long as articles out of PUD's news, five sentences a paragraph."""
    sentences = [_text(s) for s in pud(corpora, "n")]
    texts: list[str] = []
    at = 0
    for _ in range(count):
        taken: list[str] = []
        while sum(len(s.split()) for s in taken) < words:
            taken.append(sentences[at % len(sentences)])
            at += 1
        paragraphs = [" ".join(taken[i : i + 5]) for i in range(0, len(taken), 5)]
        texts.append("\n\n".join(paragraphs))
    return texts
