"""Verbs behind *and*: whose they are where the parse joins them to the wrong clause."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (  # of one, so no more of the agents
            "Peru says Chilean agents paid its guards, and has expelled a Chilean consul.",
            {("Expulsion", "PE", "CL")},
        ),
        (
            "Fiji denied it and, a day after Tonga expelled three Fijians, ordered two Tongans to go.",
            {("Expulsion", "TO", "FJ"), ("OrderToLeave", "FJ", "TO")},
        ),
    ],
)
def test_whose_the_second_verb_is(
    extractor: Extractor, text: str, told: set[tuple[str, str, str]]
) -> None:
    assert told <= {act(e)[:3] for e in read(extractor, text, "2006-05-14").events}


def test_who_is_named_where_nothing_was_done_may_have_acted(extractor: Extractor) -> None:
    [expelled] = [
        e
        for e in read(
            extractor, "The note did not satisfy Oman, which ordered the Malian consul out.", ""
        ).events
        if e.type == "Expulsion"
    ]
    assert expelled.modality == "actual"
