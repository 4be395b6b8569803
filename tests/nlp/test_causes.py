"""Which act answers which: cues in the clause, behind it, across sentences; and what is no answer."""

import hashlib

import pytest

from kg.model import Article
from kg.nlp.extract import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def links(extractor: Extractor, text: str) -> set[tuple[str, str]]:
    """Return (effect, cause) as "type actor>target"."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    article = Article("a", "a", text, sha, published="2024-05-14", published_basis="metadata")
    read = next(iter(extractor.extract([article])))

    def act(index: int) -> str:
        event = read.events[index]
        actors = "+".join(a.party.code for a in event.actors)
        targets = "+".join(a.party.code for a in event.targets)
        return f"{event.type} {actors}>{targets}"

    return {(act(c.effect), act(c.cause)) for c in read.causes}


@pytest.mark.parametrize(
    "text",
    [
        "Chad expelled two Libyan diplomats in response to the expulsion of two Chadian diplomats by Libya.",
        "Libya expelled two Chadian diplomats on Monday. Chad retaliated by expelling two Libyan diplomats.",
        "Libya expelled two Chadian diplomats; in a tit-for-tat move, Chad expelled two Libyan diplomats.",
        "Chad expelled two Libyan diplomats a day after Libya expelled two Chadian diplomats.",
        "Chad expelled two Libyan diplomats. The move was in retaliation for the expulsion of two Chadian diplomats from Libya.",
        "Chad expelled two Libyan diplomats. It was payback, he let it be known, for the two Chadian diplomats whom Libya expelled.",
        "In January 1994 Libya expelled two Chadian diplomats. Chad expelled two Libyan diplomats in response.",
    ],
)
def test_an_answer_is_linked_to_what_it_answers(extractor: Extractor, text: str) -> None:
    assert links(extractor, text) == {("Expulsion TD>LY", "Expulsion LY>TD")}


@pytest.mark.parametrize(
    "text",
    [
        "Chad expelled two Libyan diplomats. The step is unrelated to the expulsion of two Chadian diplomats by Libya.",
        "Chad expelled two Libyan diplomats. Libya expelled two Chadian diplomats last year.",
        "Chad expelled two Libyan diplomats in response to the expulsion of two Omani diplomats by Yemen.",
        "Chad and Libya exchanged expulsions of diplomats after a row.",
        (
            "In 1994 Libya expelled two Chadian diplomats. Trade recovered in the years that followed. "
            "Both presidents met often. Chad expelled two Libyan diplomats on Monday in retaliation."
        ),
    ],
)
def test_what_the_words_do_not_link_stays_unlinked(extractor: Extractor, text: str) -> None:
    assert links(extractor, text) == set()
