"""Makes headlines out of parsed sentences: short clauses and phrases in the grammar of headlines.

Treebanks have few headlines. A clause loses its determiners, the auxiliaries that headlines leave
out, side clauses and the final stop; its verb goes into the present. Some become a bare phrase
instead, so that not every line without a stop is taken for a clause.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from training.records import Sentence

_SHORTEST, _LONGEST = 3, 12
# Shares of the headlines made.
_PHRASES, _PAST, _TITLE, _LOWER = 0.25, 0.15, 0.25, 0.1
_ARTICLES = frozenset({"the", "a", "an"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
# What stays with the main verb, and what goes wherever it stands.
_BY_VERB = _SUBJECTS | {
    *("obj", "iobj", "obl", "obl:agent", "xcomp", "ccomp", "compound:prt"),
    *("aux", "aux:pass"),
}
_BY_ADJECTIVE = frozenset({"nsubj", "obl", "xcomp", "advmod"})
_NEVER = frozenset({"acl:relcl", "appos", "parataxis", "discourse", "vocative", "advcl", "dep"})
_AROUND_PHRASE = frozenset({"case", "cc", "mark", "cop", "nsubj", "aux", "advmod"})
_SMALL = frozenset(
    {"a", "an", "the", "and", "but", "or", "of", "at", "by", "in", "on", "to", "as", "for", "from"}
    | {"over", "with", "after", "amid"}
)
_PRESENT = {
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "VBP": "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin",
}


@dataclass(frozen=True, slots=True)
class Verbs:
    """Verbs' forms: lemma by past form or participle, and the third person by lemma."""

    lemmas: Mapping[str, str]
    thirds: Mapping[str, str]

    def present(self, past: str, plural: bool) -> str | None:
        """Give the present of a past form, or None when its verb is not known."""
        lemma = self.lemmas.get(past.lower())
        if lemma is None or plural:
            return lemma
        return self.thirds.get(lemma) or _third(lemma)


def verbs_of(treebank: Iterable[Sentence]) -> Verbs:
    """Count the forms of verbs in a treebank; of several lemmas the most frequent one counts."""
    lemmas: dict[str, Counter[str]] = defaultdict(Counter)
    thirds: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in treebank:
        rows = zip(sentence.words, sentence.tags, sentence.pos, sentence.lemmas, strict=True)
        for word, tag, pos, lemma in rows:
            if pos == "VERB" and word.isalpha() and lemma.isalpha():
                if tag in ("VBD", "VBN"):
                    lemmas[word.lower()][lemma] += 1
                elif tag == "VBZ":
                    thirds[lemma][word.lower()] += 1
    return Verbs(_most(lemmas), _most(thirds))


def _most(counted: Mapping[str, Counter[str]]) -> dict[str, str]:
    return {k: min(c.items(), key=lambda item: (-item[1], item[0]))[0] for k, c in counted.items()}


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


@dataclass(slots=True)
class _Draft:
    """A sentence on its way to a headline: the places kept, and words put for others."""

    sentence: Sentence
    root: int
    kept: set[int] = field(default_factory=set)
    changed: dict[int, tuple[str, str, str, str]] = field(default_factory=dict)
    """By place: word, tag, part of speech, features."""

    def children(self, head: int) -> list[int]:
        return [at for at, of in enumerate(self.sentence.heads) if of == head and at != head]

    def below(self, place: int) -> set[int]:
        """Give the place and all under it but what headlines never have."""
        found = {place}
        for child in self.children(place):
            if not self._left_out(child):
                found |= self.below(child)
        return found

    def _left_out(self, place: int) -> bool:
        dep, word = self.sentence.deps[place], self.sentence.words[place].lower()
        if dep == "det":
            return word in _ARTICLES and not self.children(place)
        if dep == "punct":
            beside_conj = self.sentence.deps[self.sentence.heads[place]] == "conj"
            return self.sentence.tags[place] != "HYPH" and not (word == "," and beside_conj)
        return dep in _NEVER


def headline(sentence: Sentence, verbs: Verbs, rng: random.Random) -> Sentence | None:
    """Make a headline of the sentence, a paragraph of its own; None when it does not lend itself.

    It has three to twelve words; layers that the sentence lacks it lacks as well.
    """
    if not sentence.parsed or sentence.deps.count("ROOT") != 1 or not any(sentence.tags):
        return None
    draft = _Draft(sentence, sentence.deps.index("ROOT"))
    made = _phrase(draft, rng) if rng.random() < _PHRASES else _clause(draft, verbs, rng)
    if not made or not _SHORTEST <= len(draft.kept) <= _LONGEST:
        return None
    return _cased(_cut(draft), rng)


def _phrase(draft: _Draft, rng: random.Random) -> bool:
    """Keep one subject or object with what hangs on it, as the root of its own."""
    said = draft.sentence
    fit = [
        at
        for at, dep in enumerate(said.deps)
        if dep in _SUBJECTS | {"obj"} and said.tags[at].startswith("NN")
    ]
    if not fit:
        return False
    draft.root = rng.choice(fit)
    draft.kept = {draft.root}
    for child in draft.children(draft.root):
        if child in draft.below(draft.root) and said.deps[child] not in _AROUND_PHRASE:
            draft.kept |= draft.below(child)
    return True


def _clause(draft: _Draft, verbs: Verbs, rng: random.Random) -> bool:
    """Keep the main clause's core and put its verb as headlines do."""
    said, root = draft.sentence, draft.root
    children = draft.children(root)
    subject = next((at for at in children if said.deps[at] in _SUBJECTS), None)
    tag = said.tags[root]
    unfit = any(
        said.words[at].lower() in ("not", "n't", "never") or said.deps[at] == "expl"
        for at in children
    )
    if subject is None or subject > root or not said.tags[subject].startswith("NN") or unfit:
        return False
    adjective = tag == "JJ"
    if not adjective and not tag.startswith("V"):
        return False
    wanted = _BY_ADJECTIVE if adjective else _BY_VERB
    core = [at for at in children if said.deps[at] in wanted and at >= min(draft.below(subject))]
    helpers = [at for at in core if said.deps[at].startswith("aux")]
    core = [at for at in core if at not in helpers]
    _shorten(draft, core, len(helpers))
    _helped(draft, helpers, subject, verbs, rng)
    return True


def _shorten(draft: _Draft, core: list[int], reserve: int) -> None:
    """Keep the core, its last obliques left out until it is short enough."""
    while True:
        draft.kept = {draft.root}.union(*(draft.below(at) for at in core))
        spare = [at for at in core if draft.sentence.deps[at] == "obl"]
        if len(draft.kept) + reserve <= _LONGEST or not spare:
            return
        core.remove(spare[-1])


def _helped(
    draft: _Draft, helpers: Sequence[int], subject: int, verbs: Verbs, rng: random.Random
) -> None:
    """Leave out the auxiliaries that headlines do, and put the verb into the present.

    *Will* becomes *to*; other modals stay, and *be* after either.
    """
    said, root = draft.sentence, draft.root
    modal = [at for at in helpers if said.tags[at] == "MD"]
    draft.kept.update(modal)
    if modal:
        draft.kept.update(at for at in helpers if said.tags[at] in ("VB", "VBG"))
        for at in modal:
            if said.words[at].lower() in ("will", "'ll", "would"):
                draft.changed[at] = ("to", "TO", "PART", "")
        return
    draft.kept.update(at for at in helpers if said.tags[at] == "VBG")
    passive = any(said.deps[at] == "aux:pass" for at in helpers)
    if said.tags[root] not in ("VBD", "VBN") or passive or rng.random() < _PAST:
        return
    plural = said.tags[subject].endswith("S") or any(
        said.deps[at] == "conj" for at in draft.children(subject)
    )
    form = verbs.present(said.words[root], plural)
    if form is not None:
        tag = "VBP" if plural else "VBZ"
        draft.changed[root] = (form, tag, "VERB", _PRESENT[tag])


def _cut(draft: _Draft) -> Sentence:
    """Give the sentence of the kept words alone, the tree's places counted anew."""
    said = draft.sentence
    order = sorted(draft.kept)
    place = {old: new for new, old in enumerate(order)}
    following = dict(zip(order, [*order[1:], -1], strict=True))
    spaces = [said.spaces[at] or following[at] != at + 1 for at in order]
    deps = {at: _relation(draft, at) for at in order}

    def layer(values: list[str], which: int) -> list[str]:
        put = {at: row[which] for at, row in draft.changed.items()}
        return [put.get(at, values[at]) for at in order] if any(values) else []

    return replace(
        said,
        words=layer(said.words, 0),
        spaces=[*spaces[:-1], True],
        tags=layer(said.tags, 1),
        pos=layer(said.pos, 2),
        morphs=layer(said.morphs, 3),
        lemmas=[said.lemmas[at] for at in order] if said.lemmas else [],
        heads=[place[at if at == draft.root else said.heads[at]] for at in order],
        deps=[deps[at] for at in order],
        ents=[said.ents[at] for at in order] if said.ents else [],
        break_after="\n\n",
    )


def _relation(draft: _Draft, at: int) -> str:
    if at == draft.root:
        return "ROOT"
    to = draft.changed.get(at, ("",))[0] == "to"
    return "mark" if to else draft.sentence.deps[at]


def _cased(made: Sentence, rng: random.Random) -> Sentence:
    """Write it in sentence case, or some in title case, or small throughout."""
    chance = rng.random()
    words = [made.words[0][:1].upper() + made.words[0][1:], *made.words[1:]]
    if chance < _TITLE:
        words = [w if w in _SMALL else w[:1].upper() + w[1:] for w in words]
    elif chance < _TITLE + _LOWER:
        words = [w.lower() if len(w.lower()) == len(w) else w for w in words]
    return replace(made, words=words)
