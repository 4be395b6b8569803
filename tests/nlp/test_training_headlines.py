"""Headlines made out of treebank sentences for training: which words stay, and the tree on them."""

import random

import pytest
import spacy

from training.headlines import Verbs, headline, verbs_of
from training.records import Sentence, to_doc

VERBS = Verbs(lemmas={"expelled": "expel", "recalled": "recall", "tried": "try"}, thirds={})
# word/tag/head (from 1, 0 the root)/relation
EXPELLED = (
    "The/DT/2/det minister/NN/3/nsubj expelled/VBD/0/root the/DT/6/det two/CD/6/nummod "
    "envoys/NNS/3/obj ,/,/9/punct who/WP/9/nsubj left/VBD/6/acl:relcl on/IN/11/case "
    "Monday/NNP/3/obl ././3/punct"
)


def _sentence(text: str) -> Sentence:
    rows = [word.rsplit("/", 3) for word in text.split()]
    heads = [int(row[2]) - 1 if row[2] != "0" else at for at, row in enumerate(rows)]
    layer = [""] * len(rows)
    return Sentence(
        words=[row[0] for row in rows],
        spaces=[True] * len(rows),
        tags=[row[1] for row in rows],
        pos=layer,
        morphs=layer,
        lemmas=layer,
        heads=heads,
        deps=["ROOT" if row[3] == "root" else row[3] for row in rows],
        ents=["O"] * len(rows),
    )


def _all(text: str, draws: int = 200) -> list[Sentence]:
    made = (headline(_sentence(text), VERBS, random.Random(n)) for n in range(draws))  # noqa: S311
    return [one for one in made if one is not None]


def _written(text: str) -> set[str]:
    return {" ".join(one.words) for one in _all(text)}


def test_a_clause_loses_articles_side_clauses_and_the_stop():
    written = _written(EXPELLED)
    assert "Minister expels two envoys on Monday" in written
    assert "Minister expelled two envoys on Monday" in written
    assert "Minister Expels Two Envoys on Monday" in written
    assert "minister expels two envoys on monday" in written
    assert not any(
        "left" in line or "." in line or "the" in line.lower().split() for line in written
    )


def test_the_tree_of_a_headline_is_whole_and_its_verb_the_present():
    made = next(s for s in _all(EXPELLED) if s.words[1] == "expels")
    doc = to_doc(spacy.blank("en").vocab, [made])
    relations = [(t.text, t.head.text, t.dep_) for t in doc if not t.is_space]
    assert relations == [
        ("Minister", "expels", "nsubj"),
        ("expels", "expels", "ROOT"),
        ("two", "envoys", "nummod"),
        ("envoys", "expels", "obj"),
        ("on", "Monday", "case"),
        ("Monday", "expels", "obl"),
    ]
    assert doc[1].tag_ == "VBZ"
    assert doc.text.endswith("\n\n")
    assert made.morphs == []


@pytest.mark.parametrize(
    ("told", "headed"),
    [
        (
            (
                "The/DT/2/det envoys/NNS/4/nsubj:pass were/VBD/4/aux:pass recalled/VBN/0/root "
                "by/IN/6/case Peru/NNP/4/obl:agent ././4/punct"
            ),
            "Envoys recalled by Peru",
        ),
        (
            (
                "The/DT/2/det court/NN/4/nsubj has/VBZ/4/aux tried/VBN/0/root the/DT/6/det "
                "officers/NNS/4/obj ././4/punct"
            ),
            "Court tries officers",
        ),
        (
            (
                "The/DT/2/det states/NNS/4/nsubj will/MD/4/aux expel/VB/0/root the/DT/6/det "
                "envoys/NNS/4/obj ././4/punct"
            ),
            "States to expel envoys",
        ),
        (
            (
                "The/DT/2/det envoy/NN/5/nsubj:pass may/MD/5/aux be/VB/5/aux:pass recalled/VBN/0/root "
                "././5/punct"
            ),
            "Envoy may be recalled",
        ),
        (
            (
                "The/DT/2/det states/NNS/4/nsubj have/VBP/4/aux recalled/VBN/0/root the/DT/6/det "
                "envoys/NNS/4/obj ././4/punct"
            ),
            "States recall envoys",
        ),
        (
            (
                "The/DT/2/det minister/NN/4/nsubj was/VBD/4/cop optimistic/JJ/0/root about/IN/7/case "
                "the/DT/7/det talks/NNS/4/obl ././4/punct"
            ),
            "Minister optimistic about talks",
        ),
    ],
)
def test_auxiliaries_go_as_in_headlines(told, headed):
    assert headed in _written(told)


def test_some_headlines_are_bare_phrases():
    phrase = (
        "Peru/NNP/2/nsubj condemned/VBD/0/root the/DT/4/det attack/NN/2/obj on/IN/7/case "
        "the/DT/7/det consulate/NN/4/nmod in/IN/9/case Erbil/NNP/7/nmod ././2/punct"
    )
    made = next(s for s in _all(phrase) if s.words[:3] == ["Attack", "on", "consulate"])
    assert made.words == ["Attack", "on", "consulate", "in", "Erbil"]
    assert made.deps == ["ROOT", "case", "nmod", "case", "nmod"]


@pytest.mark.parametrize(
    "unfit",
    [
        "They/PRP/2/nsubj left/VBD/0/root Lima/NNP/2/obj yesterday/NN/2/obl:unmarked ././2/punct",
        "Peru/NNP/4/nsubj did/VBD/4/aux not/RB/4/advmod leave/VB/0/root ././4/punct",
        "Thanks/NNS/0/root a/DT/3/det lot/NN/1/obl:unmarked ././1/punct",
    ],
)
def test_what_does_not_lend_itself_stays(unfit):
    assert not any(
        "ROOT" in s.deps and s.tags[s.deps.index("ROOT")].startswith("V") for s in _all(unfit)
    )


def test_verbs_are_read_off_a_treebank():
    first = Sentence(
        words=["tried", "tries", "did"],
        spaces=[True] * 3,
        tags=["VBD", "VBZ", "VBD"],
        pos=["VERB", "VERB", "AUX"],
        morphs=[""] * 3,
        lemmas=["try", "try", "do"],
        heads=[0, 0, 0],
        deps=["ROOT", "dep", "dep"],
        ents=[],
    )
    verbs = verbs_of([first])
    assert verbs.present("Tried", plural=False) == "tries"
    assert verbs.present("tried", plural=True) == "try"
    assert verbs.present("did", plural=False) is None
