"""The labels of the annotation schemes that the argument API reads, by what they mean."""

from dataclasses import dataclass

from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Profile:
    """The labels of one annotation scheme, by what they mean."""

    name: str
    subject: frozenset[str]
    passive_subject: frozenset[str]
    object: frozenset[str]
    indirect: frozenset[str]
    agent: frozenset[str]
    oblique: frozenset[str]
    nominal_modifier: frozenset[str]
    possessive: frozenset[str]
    open_complement: frozenset[str]
    clausal_complement: frozenset[str]
    adverbial_clause: frozenset[str]
    adnominal_clause: frozenset[str]
    relative_clause: frozenset[str]
    conjunct: frozenset[str]
    loose: frozenset[str]  # attachments that say little: parataxis, dep
    apposition: frozenset[str]
    title: frozenset[str]  # "Foreign Minister" before a name
    premodifier: frozenset[str]
    auxiliary: frozenset[str]
    passive_auxiliary: frozenset[str]
    copula: frozenset[str]
    marker: frozenset[str]
    particle: frozenset[str]
    negation: frozenset[str]
    number: frozenset[str]
    case: frozenset[str]  # UD: the preposition is a child of the noun
    preposition: frozenset[str]  # ClearNLP: the preposition is the noun's head
    preposition_object: frozenset[str]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


UNIVERSAL = Profile(
    name="universal",
    subject=_set("nsubj csubj nsubj:outer"),
    passive_subject=_set("nsubj:pass csubj:pass"),
    object=_set("obj"),
    indirect=_set("iobj"),
    agent=_set("obl:agent"),
    oblique=_set("obl obl:unmarked obl:npmod obl:tmod"),
    nominal_modifier=_set("nmod nmod:unmarked nmod:npmod nmod:tmod"),
    possessive=_set("nmod:poss"),
    open_complement=_set("xcomp"),
    clausal_complement=_set("ccomp"),
    adverbial_clause=_set("advcl advcl:relcl"),
    adnominal_clause=_set("acl"),
    relative_clause=_set("acl:relcl"),
    conjunct=_set("conj"),
    loose=_set("parataxis dep list orphan"),
    apposition=_set("appos"),
    title=_set("nmod:desc"),
    premodifier=_set("amod compound nmod:desc nmod:unmarked flat det"),
    auxiliary=_set("aux"),
    passive_auxiliary=_set("aux:pass"),
    copula=_set("cop"),
    marker=_set("mark"),
    particle=_set("compound:prt"),
    negation=_set("neg"),
    number=_set("nummod"),
    case=_set("case"),
    preposition=frozenset(),
    preposition_object=frozenset(),
)

CLEARNLP = Profile(
    name="clearnlp",
    subject=_set("nsubj csubj"),
    passive_subject=_set("nsubjpass csubjpass"),
    object=_set("dobj attr oprd"),
    indirect=_set("dative"),
    agent=_set("agent"),
    oblique=_set("npadvmod"),
    nominal_modifier=_set("npadvmod"),
    possessive=_set("poss"),
    open_complement=_set("xcomp"),
    clausal_complement=_set("ccomp pcomp"),
    adverbial_clause=_set("advcl"),
    adnominal_clause=_set("acl"),
    relative_clause=_set("relcl"),
    conjunct=_set("conj"),
    loose=_set("parataxis dep"),
    apposition=_set("appos"),
    title=_set("compound"),
    premodifier=_set("amod compound nmod det"),
    auxiliary=_set("aux"),
    passive_auxiliary=_set("auxpass"),
    copula=frozenset(),
    marker=_set("mark"),
    particle=_set("prt"),
    negation=_set("neg"),
    number=_set("nummod"),
    case=frozenset(),
    preposition=_set("prep agent dative"),
    preposition_object=_set("pobj pcomp"),
)


def profile_of(nlp: Language) -> Profile:
    """Return the profile that fits the pipeline's parser (UD if `obl` is among its labels)."""
    labels = nlp.get_pipe("parser").labels if nlp.has_pipe("parser") else ()  # type: ignore[attr-defined]
    return UNIVERSAL if "obl" in labels or not labels else CLEARNLP
