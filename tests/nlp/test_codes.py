"""What an act is coded as: by type, by modality, and by the words that tell it."""

import re

import pytest

from kg.lexicon import load

LEXICON = load()

CASES = [
    ("SupportPledge", "actual", ("pledge", "aid"), "033"),
    ("SupportPledge", "actual", ("send", "aid"), "070"),
    ("SupportPledge", "actual", ("send", "weapon"), "072"),
    ("SupportPledge", "planned", ("send", "aid"), "033"),
    ("SupportPledge", "actual", ("send", "aid", "will"), "033"),
    ("SupportPledge", "actual", ("praise",), "051"),
    ("Attack", "actual", ("claim", "bombing"), "015"),
    ("Demand", "actual", ("issue", "ultimatum"), "139"),
    ("Agreement", "actual", ("sign", "treaty"), "057"),
    ("Agreement", "actual", ("agree", "cooperate"), "030"),
    ("Agreement", "actual", ("sign", "ceasefire"), "0871"),
    ("MilitaryDeployment", "actual", ("deploy", "troop"), "154"),
    ("MilitaryDeployment", "actual", ("withdraw", "troop"), "0874"),
    ("MilitaryDeployment", "actual", ("withdraw", "peacekeeper"), "166"),
    ("MilitaryDeployment", "threatened", ("withdraw", "troop"), "138"),
    ("Detention", "actual", ("arrest", "citizen"), "173"),
    ("Detention", "actual", ("kidnap", "citizen"), "181"),
    ("Expulsion", "actual", ("expel", "diplomat"), "161"),
    ("Expulsion", "actual", ("expel", "journalist"), "174"),
    ("Protest", "actual", ("protest", "government"), "114"),
    ("Protest", "actual", ("protest", "student"), "141"),
    ("RestoreRelations", "actual", ("agree", "tie"), "030"),
    ("RestoreRelations", "actual", ("restore", "tie"), "050"),
    ("Request", "actual", ("request", "aid"), "020"),
    ("Request", "actual", ("request/n",), ""),
    ("MilitaryDeployment", "actual", ("withdrawal/n", "troop"), "0874"),
    ("Sanctions", "demanded", ("impose", "blockade"), ""),
]


@pytest.mark.parametrize(("type_", "modality", "words", "cameo"), CASES)
def test_words_refine_the_code_of_a_type(
    type_: str, modality: str, words: tuple[str, ...], cameo: str
) -> None:
    assert LEXICON.code(type_, modality, words)[1] == cameo


def test_without_words_the_type_and_modality_alone_decide() -> None:
    for type_, modality in LEXICON.word_codes:
        plain = LEXICON.code(type_, modality)
        assert plain == LEXICON.code(type_, modality, ("a-word-of-no-row",))


def test_every_code_by_words_is_a_full_pair_for_a_known_type() -> None:
    for (type_, _), rows in LEXICON.word_codes.items():
        assert type_ in LEXICON.types
        for row in rows:
            plover, cameo = row.codes
            if not any(row.codes):
                continue  # no code: what is only named
            assert re.fullmatch(r"[A-Z]+", plover)
            assert re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", cameo)
