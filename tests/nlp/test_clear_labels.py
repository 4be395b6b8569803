"""The extractor reads parses with ClearNLP labels (the official spaCy models) as it reads ours."""

import pytest
from spacy.lang.en.syntax_iterators import noun_chunks

import tests.nlp.clear_labels  # noqa: F401  # registers the component
from kg.nlp.extract import Extractor
from kg.nlp.syntax import CLEARNLP
from tests.nlp.reading import Act, act, read

SENTENCES = """
Peru expelled two Chilean diplomats on Monday.
Two Chilean diplomats were expelled by Peru on Monday.
Norway said on Tuesday that it would expel three Iranian envoys.
The Kenyan government recalled its ambassador to Somalia for consultations.
Ghana's foreign ministry summoned the Togolese ambassador over the border incident.
Japan imposed sanctions on North Korea.
Sanctions on Belarus were lifted by Canada last week.
Egypt closed its embassy in Qatar.
Sudan and Chad reopened their embassies.
Brazil did not expel the Bolivian ambassador.
India threatened to recall its envoy from Canada.
Latvia accused Russia of spying.
Thailand signed a trade agreement with Vietnam.
Spain condemned the attack on the Turkish consulate.
Fiji severed diplomatic relations with Taiwan in 1975.
Russian diplomats expelled by Austria left Vienna on Friday.
Finland's president met the Estonian prime minister in Helsinki.
Mali ordered the French ambassador to leave within 72 hours.
Pakistan rejected the accusation by Afghanistan.
Qatar gave Lebanon $60 million in aid.
Georgia, which expelled a Russian diplomat in March, reopened its consulate.
Italy's decision to suspend arms sales to Saudi Arabia was criticised by Bahrain.
""".strip().splitlines()


@pytest.fixture(scope="module")
def clear() -> Extractor:
    extractor = Extractor()
    extractor.nlp.add_pipe("clear_labels", after="parser")
    extractor.nlp.vocab.get_noun_chunks = noun_chunks
    extractor.profile = CLEARNLP
    return extractor


def _acts(extractor: Extractor, sentence: str) -> list[Act]:
    return sorted(act(event) for event in read(extractor, sentence, "2018-03-14").events)


def test_the_rewritten_parse_has_no_label_of_ours(clear: Extractor):
    doc = clear.nlp(" ".join(SENTENCES))
    assert not {token.dep_ for token in doc} & {"obj", "obl", "cop", "nsubj:pass", "iobj"}
    expelled = doc[1]
    assert [(t.text, t.dep_) for t in expelled.children][:3] == [
        ("Peru", "nsubj"),
        ("diplomats", "dobj"),
        ("on", "prep"),
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_both_schemes_tell_the_same_events(extractor: Extractor, clear: Extractor, sentence: str):
    expected = _acts(extractor, sentence)
    assert expected
    assert _acts(clear, sentence) == expected
