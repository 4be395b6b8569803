"""The three repairs, on Docs built by hand with the faults that the parser makes."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.nlp.repair import kg_repair

VOCAB = spacy.blank("en").vocab


def parsed(*rows: tuple[str, str, int, str]) -> Doc:
    """Build a one-sentence Doc from (word, part of speech, head index, relation) rows."""
    words, pos, heads, deps = zip(*rows, strict=True)
    return Doc(VOCAB, words=list(words), pos=list(pos), heads=list(heads), deps=list(deps))


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    return {t.text: (t.dep_, t.head.text) for t in doc}


@pytest.mark.parametrize("wrong", ["acl", "acl:relcl", "advcl"])
def test_a_that_clause_under_last_week_returns_to_its_verb(wrong):
    doc = parsed(
        ("Peru", "PROPN", 1, "nsubj"),
        ("said", "VERB", 1, "ROOT"),
        ("last", "ADJ", 3, "amod"),
        ("week", "NOUN", 1, "obl:unmarked"),
        ("that", "SCONJ", 6, "mark"),
        ("it", "PRON", 6, "nsubj"),
        ("left", "VERB", 3, wrong),
    )
    assert arcs(kg_repair(doc))["left"] == ("ccomp", "said")
    assert arcs(doc)["week"] == ("obl:unmarked", "said")


def test_a_date_drawn_into_the_clause_that_follows_returns_to_the_first_verb():
    doc = parsed(
        ("Peru", "PROPN", 1, "nsubj"),
        ("said", "VERB", 1, "ROOT"),
        ("Monday", "PROPN", 5, "obl:unmarked"),
        ("that", "PRON", 5, "nsubj"),
        ("Chile", "PROPN", 5, "nsubj"),
        ("left", "VERB", 1, "ccomp"),
    )
    found = arcs(kg_repair(doc))
    assert found["Monday"] == ("obl:unmarked", "said")
    assert found["that"] == ("mark", "left")


def test_a_relative_clause_on_a_definite_time_is_left_alone():
    doc = parsed(
        ("It", "PRON", 1, "nsubj"),
        ("began", "VERB", 1, "ROOT"),
        ("the", "DET", 4, "det"),
        ("last", "ADJ", 4, "amod"),
        ("week", "NOUN", 1, "obl:unmarked"),
        ("that", "PRON", 7, "obl"),
        ("he", "PRON", 7, "nsubj"),
        ("ruled", "VERB", 4, "acl:relcl"),
    )
    before = arcs(doc)
    assert arcs(kg_repair(doc)) == before


def test_a_second_complement_is_never_made():
    doc = parsed(
        ("He", "PRON", 1, "nsubj"),
        ("said", "VERB", 1, "ROOT"),
        ("Monday", "PROPN", 1, "obl:unmarked"),
        ("that", "SCONJ", 4, "mark"),
        ("mattered", "VERB", 2, "acl"),
        ("Peru", "PROPN", 6, "nsubj"),
        ("left", "VERB", 1, "ccomp"),
    )
    assert arcs(kg_repair(doc))["mattered"] == ("acl", "Monday")


@pytest.mark.parametrize(
    ("labels", "time", "subject"),
    [
        (("nsubj", "aux"), "obl:unmarked", "nsubj"),
        (("nsubj:pass", "aux:pass"), "obl:unmarked", "nsubj:pass"),
        (("nsubjpass", "auxpass"), "npadvmod", "nsubjpass"),
    ],
)
def test_a_fronted_date_gives_the_subject_back(labels, time, subject):
    wrong, auxiliary = labels
    clear = wrong == "nsubjpass"
    doc = parsed(
        ("Monday", "PROPN", 4, wrong),
        (",", "PUNCT", 0, "punct"),
        ("Peru", "PROPN", 0, "conj" if clear else "appos"),
        ("had", "AUX", 4, auxiliary),
        ("left", "VERB", 4, "ROOT"),
        ("it", "PRON", 4, "dobj" if clear else "obj"),
    )
    found = arcs(kg_repair(doc))
    assert found["Monday"] == (time, "left")
    assert found["Peru"] == (subject, "left")


def test_two_days_as_subject_stay_one():
    doc = parsed(
        ("Monday", "PROPN", 3, "nsubj"),
        ("and", "CCONJ", 2, "cc"),
        ("Tuesday", "PROPN", 0, "conj"),
        ("passed", "VERB", 3, "ROOT"),
    )
    before = arcs(doc)
    assert arcs(kg_repair(doc)) == before


def test_the_word_behind_a_split_prefix_heads_the_clause():
    doc = parsed(
        ("Italy", "PROPN", 1, "nsubj"),
        ("re", "VERB", 1, "ROOT"),
        ("-", "PUNCT", 4, "punct"),
        ("established", "VERB", 4, "amod"),
        ("ties", "NOUN", 1, "obj"),
    )
    doc = Doc(
        VOCAB,
        words=[t.text for t in doc],
        spaces=[True, False, False, True, False],
        pos=[t.pos_ for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
        tags=["NNP", "VB", "HYPH", "VBN", "NNS"],
    )
    found = arcs(kg_repair(doc))
    assert found["established"] == ("ROOT", "established")
    assert found["Italy"] == ("nsubj", "established")
    assert found["ties"] == ("obj", "established")
    assert doc[3].tag_ == "VBD"


def test_a_person_declared_unwelcome_is_the_object_and_the_latin_what_is_declared():
    doc = parsed(
        ("Chile", "PROPN", 1, "nsubj"),
        ("declared", "VERB", 1, "ROOT"),
        ("the", "DET", 3, "det"),
        ("consul", "NOUN", 1, "obj"),
        ("and", "CCONJ", 7, "cc"),
        ("two", "NUM", 6, "nummod"),
        ("attachés", "NOUN", 7, "nsubj"),
        ("persona", "VERB", 1, "conj"),
        ("non", "ADV", 9, "amod"),
        ("grata", "NOUN", 7, "obj"),
    )
    found = arcs(kg_repair(doc))
    assert found["attachés"] == ("conj", "consul")
    assert found["persona"] == ("xcomp", "declared")
    assert found["grata"] == ("flat", "persona")


def test_a_second_object_behind_and_belongs_to_a_verb_of_its_own():
    doc = parsed(
        ("Oman", "PROPN", 1, "nsubj"),
        ("ended", "VERB", 1, "ROOT"),
        ("talks", "NOUN", 1, "obj"),
        ("and", "CCONJ", 4, "cc"),
        ("opened", "VERB", 5, "amod"),
        ("relations", "NOUN", 1, "obj"),
    )
    doc[4].tag_ = "VBN"
    found = arcs(kg_repair(doc))
    assert found["opened"] == ("conj", "ended")
    assert found["relations"] == ("obj", "opened")


def test_a_clause_behind_after_gets_back_the_subject_that_the_preposition_took():
    doc = parsed(
        ("It", "PRON", 1, "nsubj"),
        ("came", "VERB", 1, "ROOT"),
        ("after", "ADP", 3, "case"),
        ("Jordan", "PROPN", 1, "obl"),
        ("and", "CCONJ", 5, "cc"),
        ("Oman", "PROPN", 3, "conj"),
        ("named", "VERB", 1, "advcl"),
        ("envoys", "NOUN", 6, "obj"),
    )
    doc[6].tag_ = "VBD"
    found = arcs(kg_repair(doc))
    assert found["Jordan"] == ("nsubj", "named")
    assert found["after"] == ("mark", "named")


def test_a_lone_participle_behind_names_is_the_verb():
    doc = parsed(
        ("Fiji", "PROPN", 0, "ROOT"),
        ("and", "CCONJ", 2, "cc"),
        ("Peru", "PROPN", 0, "conj"),
        ("reopened", "VERB", 4, "amod"),
        ("talks", "NOUN", 0, "conj"),
        (".", "PUNCT", 0, "punct"),
    )
    doc[3].tag_ = "VBN"
    found = arcs(kg_repair(doc))
    assert found["reopened"] == ("ROOT", "reopened")
    assert found["Fiji"] == ("nsubj", "reopened")
    assert found["talks"] == ("obj", "reopened")


def test_a_participle_behind_an_article_stays_one():
    doc = parsed(
        ("Fiji", "PROPN", 0, "ROOT"),
        ("and", "CCONJ", 4, "cc"),
        ("the", "DET", 4, "det"),
        ("reopened", "VERB", 4, "amod"),
        ("embassy", "NOUN", 0, "conj"),
    )
    doc[3].tag_ = "VBN"
    assert arcs(kg_repair(doc))["reopened"] == ("amod", "embassy")


def test_two_subjects_with_and_between_are_one():
    doc = parsed(
        ("Chad", "PROPN", 3, "nsubj"),
        ("and", "CCONJ", 3, "cc"),
        ("Oman", "PROPN", 3, "nsubj"),
        ("signed", "VERB", 3, "ROOT"),
    )
    assert arcs(kg_repair(doc))["Oman"] == ("conj", "Chad")


def test_a_verb_joined_to_a_name_heads_both():
    doc = parsed(
        ("Bissau", "PROPN", 0, "ROOT"),
        ("and", "CCONJ", 3, "cc"),
        ("Oman", "PROPN", 3, "nsubj"),
        ("signed", "VERB", 0, "conj"),
        ("it", "PRON", 3, "obj"),
    )
    doc[3].tag_ = "VBD"
    found = arcs(kg_repair(doc))
    assert found["signed"] == ("ROOT", "signed")
    assert (found["Bissau"], found["Oman"]) == (("nsubj", "signed"), ("conj", "Bissau"))


def test_a_preposition_goes_back_before_its_phrase():
    doc = parsed(
        ("ban", "NOUN", 5, "nsubj:pass"),
        ("on", "ADP", 2, "case"),
        ("Cabo", "PROPN", 3, "compound"),
        ("lawmakers", "NOUN", 5, "nsubj:pass"),
        ("was", "AUX", 5, "aux:pass"),
        ("imposed", "VERB", 5, "ROOT"),
    )
    found = arcs(kg_repair(doc))
    assert found["lawmakers"] == ("nmod", "ban")
    assert found["on"] == ("case", "lawmakers")
