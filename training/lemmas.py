"""The rule lemmatizer with exceptions learnt from the treebanks."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.language import Language

from training.records import Sentence

# Parts of speech with few words: what is seen once is believed.
_CLOSED = frozenset({"AUX", "PRON", "DET", "PART", "CCONJ", "SCONJ", "ADP"})
_OPEN = frozenset({"ADV", "ADJ", "NOUN", "VERB", "PROPN", "NUM", "INTJ"})


def add_lemmatizer(nlp: Language, treebank: Iterable[Sentence]) -> None:
    """Put a rule lemmatizer at the end, its exceptions those of the tables and of the treebank.

    A word of an open class must be seen twice, and its lemma in most cases; the lemmas of proper
    nouns keep their capitals, and so do those of adjectives made from names.
    """
    if "lemmatizer" in nlp.pipe_names:
        nlp.remove_pipe("lemmatizer")
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize()
    exceptions = lemmatizer.lookups.get_table("lemma_exc")
    for pos, forms in exceptions_from(treebank).items():
        exceptions[pos] = {**exceptions.get(pos, {}), **forms}


def exceptions_from(treebank: Iterable[Sentence]) -> dict[str, dict[str, list[str]]]:
    """Count lemmas by part of speech and lower-cased form; give those worth keeping."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in treebank:
        for word, pos, lemma in zip(sentence.words, sentence.pos, sentence.lemmas, strict=True):
            if pos in _CLOSED or pos in _OPEN:
                seen[pos.lower(), word.lower()][lemma] += 1
    kept: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (pos, form), lemmas in sorted(seen.items()):
        lemma, count = min(lemmas.items(), key=lambda item: (-item[1], item[0]))
        closed = pos.upper() in _CLOSED
        if closed or (count >= 2 and count > lemmas.total() / 2 and _informs(pos, form, lemma)):
            kept[pos][form] = [lemma]
    return kept


def _informs(pos: str, form: str, lemma: str) -> bool:
    """Leave out what holds anyway: a proper noun that is its own lemma but for the case."""
    return pos != "propn" or lemma.lower() != form
