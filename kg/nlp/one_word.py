"""Words that news writes with a hyphen or without are read as one: a cease-fire, a pull-out."""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

_NAME = "kg_one_word"


@Language.component(_NAME)
def kg_one_word(doc: Doc) -> Doc:
    """Give joined words the lemma of their plain spelling: "cease-fires" is of "ceasefire"."""
    for token in doc:
        if "-" in token.lower_ and len(token) > 1 and "-" not in token.norm_:
            token.lemma_ = token.lemma_.replace("-", "")
            if token.pos_ == "PROPN" and token.is_lower:
                token.pos_ = "NOUN"  # never seen in training, but no name
    return doc


def join(nlp: Language, words: Iterable[str]) -> None:
    """Make each hyphenated word one token, with the norm of its spelling without the hyphen.

    The words are as they stand inside a sentence; at its beginning and in capitals they are the same.
    """
    add = getattr(nlp.tokenizer, "add_special_case", None)
    if add is None:
        return  # a pipeline with a tokenizer of its own reads hyphens its own way
    for word in sorted(words):
        plain = word.replace("-", "")
        for form in sorted({word, word[:1].upper() + word[1:], word.title(), word.upper()}):
            add(form, [{"ORTH": form, "NORM": plain}])
    nlp.add_pipe(_NAME, last=True)
