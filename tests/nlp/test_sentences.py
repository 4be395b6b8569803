"""Sentence splitting on texts made to be hard; `|` marks where a sentence begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.sentences import sentence_starts

MARKED = [
    # abbreviations, titles, initials
    "Gen. A. K. Moyo met Mr. Soto at St. Ann's. |He left at 3 p.m. Monday. |It was late.",
    "It ended at 5 p.m. |Peru had won. |The talks began at 9 a.m. GMT and 11 a.m. Lima time.",
    "The U.S. Embassy was shut. |Chile left the U.N. |The vote came on Jan. 5. |It was close.",
    "Acme Inc. said no. |It sold Acme Inc. |However, it kept Beta Co. Ltd. in Washington, D.C.",
    "See No. 5 and Art. 41 of the pact. |They said no. |Five left.",
    "Officials (incl. Lt. Col. Diaz) fled vs. orders, e.g. Ana Ruiz. |Others stayed, i.e. Juan.",
    # quotations and their speakers
    '"We will answer," said Ana Ruiz. |"They know it," she added.',
    '"We will answer. |They know it," said the envoy of Peru.',
    '"Why now?" Ana Ruiz asked. |"Stop!" the envoy said. |"We go." |The rest stayed.',
    "“It is over.” |“It is not,” said Chile’s minister. |‘No.’ |Nobody spoke.",
    'He called it "a first step." |Peru said "no."',
    'Asked "Will it pass?" he smiled. |Nobody knew.',
    "The pact (signed in 1990) lapsed. |(Peru had left it.) |Chile stayed [with regret]. |So did all.",
    # lines: headlines, lists, no full stops
    "Peru recalls envoy\n|LIMA, March 3 (Andes Wire) - Peru recalled its envoy.\n\n|It gave no reason",
    "1. Peru leaves\n|2. Chile stays\n|a. Nothing else\n",
    "- Peru expelled two\n|- Chile one\n|• None remain",
    # numbers, dots, marks
    "It paid $3.5 million. |27 envoys left... |€5 was lost. |Trade fell 0.5 percent in 2019. |Then it rose.",
    "Wait… |Peru is back?! |Yes. |See example.org for more. |Done.",
    "He said ... nothing. |She left.",
    "It was expelled.|The ministry said so.[3] |Others agreed.",
    # no capitals at all
    "the u.s. said so. |it was late. |mr. smith left at 5 p.m. and slept.",
]


def marked(text: str) -> tuple[str, list[int]]:
    starts = [0]
    for i, char in enumerate(text):
        if char == "|":
            starts.append(i - (len(starts) - 1))
    return text.replace("|", ""), starts


@pytest.mark.parametrize("text", MARKED)
def test_sentences_begin_where_marked(text):
    plain, starts = marked(text)
    assert sentence_starts(plain) == starts


@given(st.text(alphabet=st.sampled_from("aBz.?!\"'”“ \n()U.S1…")))
def test_every_start_is_a_visible_character_in_order(text):
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert all(not text[start].isspace() for start in starts)
    assert bool(starts) == bool(text.strip())


@given(st.text(alphabet="ab. \n"), st.text(alphabet="ab. "))
def test_lines_are_split_alone(first, second):
    joined = sentence_starts(first + "\n\n" + second)
    lines = sentence_starts(first) + [s + len(first) + 2 for s in sentence_starts(second)]
    assert joined == lines
