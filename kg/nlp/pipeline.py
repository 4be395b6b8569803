"""Loads a language pipeline, adds our components, and annotates texts with true offsets."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import spacy
import spacy.about
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.nlp import headline_verbs
from kg.nlp.headlines import lower_headline, names_within
from kg.nlp.noun_chunks import noun_chunks
from kg.nlp.repair import kg_repair
from kg.nlp.sentences import kg_sentences

SHIPPED = Path(__file__).parent / "model"

# What every rule of the extractor reads; a pipeline without one of these is of no use.
_NEEDED = ("tagger", "parser")

# One character each, so that offsets stay: typographic quotes, odd spaces, the hard hyphen.
_PLAIN = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′＇", "'")
    | dict.fromkeys("“”„‟«»″＂", '"')
    | dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " ")
    | dict.fromkeys("\u2009\u200a\u202f\u205f\u3000\u200b\ufeff\t", " ")
    | {"\u2010": "-", "\u2011": "-"}
)


def load(model: str | Path | None = None) -> Language:
    """Load a pipeline and put our components in: None is the shipped one, else a name or folder.

    Raises `ModelError` for a model that is not there, can't be read, was made for another
    spaCy or language, or lacks a tagger or a parser.
    """
    nlp = _read(SHIPPED if model is None else model)
    name = model or "shipped model"
    if nlp.lang != "en":
        raise ModelError(f"model '{name}': language is {nlp.lang!r}; choose an English model")
    missing = [part for part in _NEEDED if part not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"model '{name}': no {' and no '.join(missing)}; choose a model with tagger and parser"
        )
    nlp.add_pipe(kg_sentences.__name__, before="parser")
    nlp.add_pipe(kg_repair.__name__, after="parser")
    nlp.add_pipe(headline_verbs.NAME, after=kg_repair.__name__)
    if uses_universal(nlp):
        nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # the stub names Spans, the code triples
    return nlp


def _read(model: str | Path) -> Language:
    folder = Path(model)
    if isinstance(model, Path) or folder.is_dir() or len(folder.parts) > 1:
        if not (folder / "meta.json").is_file():
            raise ModelError(f"model '{model}': no such model folder (with a meta.json)")
    elif not spacy.util.is_package(str(model)):
        installed = sorted(spacy.util.get_installed_models())
        known = f" (installed: {', '.join(installed)})" if installed else ""
        raise ModelError(
            f"model '{model}': not installed{known}; `kgbuild models` lists what there is"
        )
    try:
        return spacy.load(model)
    except (OSError, ValueError, KeyError, AttributeError, ImportError, TypeError) as fault:
        # What spaCy raises for a folder of another version or of another kind.
        reason = str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__
        raise ModelError(
            f"model '{model}': does not load with spaCy {spacy.about.__version__}: {reason}"
        ) from fault


def uses_universal(nlp: Language) -> bool:
    """Tell whether the parser was trained on UD labels (else they are ClearNLP's)."""
    labels = set(nlp.pipe_labels.get("parser", ()))
    return "nsubj:pass" in labels or ("obl" in labels and "dobj" not in labels)


def plain(text: str) -> str:
    """Give the text with plain quotes and spaces, character for character (same length)."""
    return text.translate(_PLAIN)


def prepare(text: str, headlines: Sequence[tuple[int, int]], known: Callable[[str], bool]) -> str:
    """Give the plain copy with the capitals of headlines taken down (same length).

    `headlines` are (start, end) spans into `text`. In one that is set in title case or in
    capitals, a word keeps its capital when `known` knows it, alone or in a phrase of up to five
    words, when the rest of the text has it with a capital inside a sentence (a name), or when it
    is written like an abbreviation (EU, NATO). A span in sentence case is left as it is.
    """
    copy = plain(text)
    names = names_within(_without(copy, headlines))
    for start, end in headlines:
        lowered = lower_headline(copy[start:end], lambda w: w in names or known(w))
        copy = copy[:start] + lowered + copy[end:]
    return copy


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blank the spans out, so that nothing is learnt from a headline about itself."""
    for start, end in spans:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def annotate(nlp: Language, texts: Iterable[str], batch_size: int = 8) -> Iterator[Doc]:
    """Annotate texts one by one, in order; offsets of a Doc's tokens are those of its text.

    The Doc's own text is the plain copy (see `plain`); cut evidence from the text given. Small
    batches keep memory low: about 300 MB at 8 articles of 600 words.
    """
    return nlp.pipe((plain(text) for text in texts), batch_size=batch_size)
