"""The argument API on hand-made Docs, under both annotation schemes."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.nlp.syntax import CLEARNLP, UNIVERSAL, Profile, Syntax

# words / tags (PTB) / parts of speech / heads (index) / labels, for UD and for ClearNLP
_ACTIVE = "Oslo/NNP/PROPN expelled/VBD/VERB two/CD/NUM envoys/NNS/NOUN from/IN/ADP Chad/NNP/PROPN"
_PASSIVE = "Two/CD/NUM envoys/NNS/NOUN were/VBD/AUX expelled/VBN/VERB by/IN/ADP Oslo/NNP/PROPN"
_CONTROL = "Oslo/NNP/PROPN ordered/VBD/VERB Chad/NNP/PROPN to/TO/PART close/VB/VERB it/PRP/PRON"
_NEGATED = "Oslo/NNP/PROPN did/VBD/AUX not/RB/PART expel/VB/VERB envoys/NNS/NOUN"
_COORDINATED = "Oslo/NNP/PROPN and/CC/CCONJ Riga/NNP/PROPN expelled/VBD/VERB envoys/NNS/NOUN"
_SAID = "Oslo/NNP/PROPN said/VBD/VERB it/PRP/PRON would/MD/AUX expel/VB/VERB envoys/NNS/NOUN"
_COPULA = "It/PRP/PRON is/VBZ/AUX not/RB/PART a/DT/DET ban/NN/NOUN"
_GAVE = (
    "Oslo/NNP/PROPN gave/VBD/VERB Chad/NNP/PROPN 's/POS/PART envoy/NN/NOUN Obi/NNP/PROPN "
    "visas/NNS/NOUN"
)
_REDUCED = (
    "Oslo/NNP/PROPN kicked/VBD/VERB out/RP/ADP envoys/NNS/NOUN accused/VBN/VERB by/IN/ADP "
    "Riga/NNP/PROPN"
)
_RELATIVE = (
    "Oslo/NNP/PROPN met/VBD/VERB the/DT/DET envoy/NN/NOUN who/WP/PRON left/VBD/VERB "
    "after/IN/ADP talks/NNS/NOUN"
)

_TREES = {
    "universal": {
        _ACTIVE: ([1, 1, 3, 1, 5, 1], "nsubj ROOT nummod obj case obl"),
        _PASSIVE: ([1, 3, 3, 3, 5, 3], "nummod nsubj:pass aux:pass ROOT case obl:agent"),
        _CONTROL: ([1, 1, 1, 4, 1, 4], "nsubj ROOT obj mark xcomp obj"),
        _NEGATED: ([3, 3, 3, 3, 3], "nsubj aux advmod ROOT obj"),
        _COORDINATED: ([3, 2, 0, 3, 3], "nsubj cc conj ROOT obj"),
        _SAID: ([1, 1, 4, 4, 1, 4], "nsubj ROOT nsubj aux ccomp obj"),
        _COPULA: ([4, 4, 4, 4, 4], "nsubj cop advmod det ROOT"),
        _GAVE: ([1, 1, 4, 2, 1, 4, 1], "nsubj ROOT nmod:poss case iobj appos obj"),
        _REDUCED: ([1, 1, 1, 1, 3, 6, 4], "nsubj ROOT compound:prt obj acl case obl:agent"),
        _RELATIVE: ([1, 1, 3, 1, 5, 3, 7, 5], "nsubj ROOT det obj nsubj acl:relcl case obl"),
    },
    "clearnlp": {
        _ACTIVE: ([1, 1, 3, 1, 1, 4], "nsubj ROOT nummod dobj prep pobj"),
        _PASSIVE: ([1, 3, 3, 3, 3, 4], "nummod nsubjpass auxpass ROOT agent pobj"),
        _CONTROL: ([1, 1, 1, 4, 1, 4], "nsubj ROOT dobj aux xcomp dobj"),
        _NEGATED: ([3, 3, 3, 3, 3], "nsubj aux neg ROOT dobj"),
        _COORDINATED: ([3, 0, 0, 3, 3], "nsubj cc conj ROOT dobj"),
        _SAID: ([1, 1, 4, 4, 1, 4], "nsubj ROOT nsubj aux ccomp dobj"),
        _COPULA: ([1, 1, 1, 4, 1], "nsubj ROOT neg det attr"),
        _GAVE: ([1, 1, 4, 2, 1, 4, 1], "nsubj ROOT poss case dative appos dobj"),
        _REDUCED: ([1, 1, 1, 1, 3, 4, 5], "nsubj ROOT prt dobj acl agent pobj"),
        _RELATIVE: ([1, 1, 3, 1, 5, 3, 5, 6], "nsubj ROOT det dobj nsubj relcl prep pobj"),
    },
}
_VOCAB = spacy.blank("en").vocab
_PROFILES = [UNIVERSAL, CLEARNLP]


def _syntax(sentence: str, profile: Profile) -> Syntax:
    parts = [word.split("/") for word in sentence.split()]
    heads, labels = _TREES[profile.name][sentence]
    lemmas = {"expelled": "expel", "is": "be", "were": "be", "ordered": "order", "said": "say"}
    doc = Doc(
        _VOCAB,
        words=[p[0] for p in parts],
        tags=[p[1] for p in parts],
        pos=[p[2] for p in parts],
        lemmas=[lemmas.get(p[0], p[0].lower()) for p in parts],
        heads=heads,
        deps=labels.split(),
    )
    return Syntax(doc, profile)


@pytest.mark.parametrize("profile", _PROFILES, ids=lambda p: p.name)
class TestBothSchemes:
    def test_active(self, profile: Profile) -> None:
        syntax = _syntax(_ACTIVE, profile)
        verb = syntax.doc[1]
        assert not syntax.is_passive(verb)
        assert str(syntax.subject(verb)) == "Oslo"
        assert [str(o) for o in syntax.objects(verb)] == ["envoys"]
        assert [(o.preposition, str(o.noun)) for o in syntax.obliques(verb)] == [("from", "Chad")]
        assert syntax.agent(verb) is None

    def test_passive_with_agent(self, profile: Profile) -> None:
        syntax = _syntax(_PASSIVE, profile)
        verb = syntax.doc[3]
        assert syntax.is_passive(verb)
        assert [str(o) for o in syntax.objects(verb)] == ["envoys"]
        assert str(syntax.agent(verb)) == "Oslo"

    def test_a_controlled_infinitive_has_the_object_as_subject(self, profile: Profile) -> None:
        syntax = _syntax(_CONTROL, profile)
        close = syntax.doc[4]
        assert str(syntax.subject(close)) == "Chad"
        assert syntax.infinitive(close)
        assert [str(c) for c in syntax.complements(syntax.doc[1])] == ["close"]

    def test_negation(self, profile: Profile) -> None:
        assert _syntax(_NEGATED, profile).negated(_syntax(_NEGATED, profile).doc[3])
        active = _syntax(_ACTIVE, profile)
        assert not active.negated(active.doc[1])

    def test_coordination(self, profile: Profile) -> None:
        syntax = _syntax(_COORDINATED, profile)
        subject = syntax.subject(syntax.doc[3])
        assert subject is not None
        assert [str(t) for t in syntax.conjuncts(subject)] == ["Oslo", "Riga"]

    def test_clausal_complement_and_auxiliary(self, profile: Profile) -> None:
        syntax = _syntax(_SAID, profile)
        expel = syntax.doc[4]
        assert syntax.complements(syntax.doc[1]) == [expel]
        assert str(syntax.subject(expel)) == "it"
        assert [str(a) for a in syntax.auxiliaries(expel)] == ["would"]
        assert syntax.role_of(expel) == "complement"

    def test_copula(self, profile: Profile) -> None:
        syntax = _syntax(_COPULA, profile)
        assert str(syntax.copula_subject(syntax.doc[4])) == "It"

    def test_indirect_object_possessor_and_apposition(self, profile: Profile) -> None:
        syntax = _syntax(_GAVE, profile)
        gave, envoy = syntax.doc[1], syntax.doc[4]
        assert [str(o) for o in syntax.objects(gave)] == ["visas"]
        assert syntax.indirect_objects(gave) == [envoy]
        assert str(syntax.possessor(envoy)) == "Chad"
        assert [str(a) for a in syntax.appositions(envoy)] == ["Obi"]
        assert syntax.possessor(gave) is None

    def test_a_reduced_participle_is_passive_and_a_particle_the_verbs(
        self, profile: Profile
    ) -> None:
        syntax = _syntax(_REDUCED, profile)
        kicked, accused = syntax.doc[1], syntax.doc[4]
        assert [str(p) for p in syntax.particles(kicked)] == ["out"]
        assert not syntax.is_passive(kicked)
        assert syntax.is_passive(accused)
        assert str(syntax.agent(accused)) == "Riga"
        assert syntax.role_of(accused) == "adnominal"

    def test_a_relative_clause_has_its_antecedent(self, profile: Profile) -> None:
        syntax = _syntax(_RELATIVE, profile)
        left, talks = syntax.doc[5], syntax.doc[7]
        assert str(syntax.antecedent(left)) == "envoy"
        assert [(o.preposition, o.noun) for o in syntax.obliques(left)] == [("after", talks)]
        assert syntax.clause_head(talks) == left
        assert [str(g) for g in syntax.governors(talks)][-2:] == ["envoy", "met"]
        assert syntax.antecedent(syntax.doc[1]) is None
