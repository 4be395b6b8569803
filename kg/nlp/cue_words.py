"""The words that tell how an act is meant, and how they stand to it: cues, auxiliaries, what is given."""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Modality
from kg.nlp.syntax import Syntax
from kg.nlp.unreal import Signs

_AUXILIARIES = (
    ("possible", frozenset({"may", "might", "could", "can"})),
    ("future", frozenset({"will", "'ll", "’ll", "shall", "wo"})),
    ("would", frozenset({"would", "'d", "’d"})),
    ("advice", frozenset({"should", "ought"})),
    ("duty", frozenset({"must"})),
)
LATER = frozenset({"future", "would", "advice", "duty"})  # auxiliaries of what is to come


class CueWords:
    """Cue words of one lexicon in one document."""

    def __init__(self, syntax: Syntax, lexicon: Lexicon) -> None:
        self.syntax, self.lexicon = syntax, lexicon
        self.signs = Signs(syntax, lexicon)
        self._tables: tuple[tuple[Modality, frozenset[str]], ...] = (
            ("denied", self.list("negatingCue")),
            ("threatened", self.list("threatenedCue")),
            ("demanded", self.list("demandedCue")),
            ("planned", self.list("plannedCue")),
            ("possible", self.list("possibleCue")),
        )
        self.threats = self.list("threatenedCue")
        self.decided = self.list("decidedCue")
        self.announcing = self.list("announcingVerb")
        self.reporting = self.list("reportingVerb")
        self.denying = self.list("denyingVerb")
        self.supporting = self.list("supportVerb")
        self.refusing = self.list("refusingVerb")
        self.confirming = self.list("confirmingVerb")
        self.occurring = self.list("occurrenceVerb")
        self.worries = self.list("worryCue")
        self._presupposing = self.list("presupposingVerb")
        self._stances = self.list("stanceVerb")
        self._naming = self.list("namingVerb")
        self._infinitive = self.list("infinitiveCue")
        self._adjectives = self.list("adjectiveCue")
        self._striving = self.list("strivingVerb")
        self._phrasal = self.list("phrasalVerb")

    def list(self, name: str) -> frozenset[str]:
        """Return the lemmas of a list of cues."""
        return frozenset(self.lexicon.cues.get(name, ()))

    def forms(self, word: Token) -> frozenset[str]:
        """Return the word's lemma by the parser, and as the lexicon has it: "hopes" is no "hop"."""
        return frozenset({word.lemma_.lower(), self.lexicon.lemma_of.get(word.lower_, word.lower_)})

    def cue(self, word: Token, only: tuple[str, ...] | None) -> Modality | None:
        forms = self.forms(word) | {word.lower_}
        if word.pos_ == "ADJ" and forms & self._adjectives:
            return "possible" if only is None or "possible" in only else None
        particles = self.syntax.particles(word) or self._particle_behind(word)
        if word.lower_ != "to" and forms & self._infinitive and not self._has_infinitive(word):
            return None
        if particles:  # "ruled *out*", "called *in*": other verbs than without
            forms = frozenset(f"{lemma} {p.lower_}" for lemma in forms for p in particles)
        for modality, lemmas in self._tables:
            if (only is None or modality in only) and forms & lemmas:
                return modality
        return None

    def _particle_behind(self, word: Token) -> tuple[Token, ...]:
        """Return the particle that the parser took for a preposition: "called *in* the envoy"."""
        behind = self.syntax.doc[word.i + 1 : word.i + 2]
        return tuple(t for t in behind if f"{word.lemma_.lower()} {t.lower_}" in self._phrasal)

    def own_plan(self, verb: Token, above: Token) -> Modality | None:
        """Read "seeks to oust", "wants to close": the doer's own plan, no demand on another."""
        own = self.syntax.infinitive(verb) and not self.syntax.objects(above)
        return "planned" if own and self.forms(above) & self._striving else None

    def _has_infinitive(self, word: Token) -> bool:
        """Tell "aims to strike", "the aim of striking", "wants them expelled"."""
        return any(
            c.i > word.i
            and (self.syntax.infinitive(c) or c.tag_ == "VBG" or self.syntax.bare_participle(c))
            for c in word.children
        )

    def supports(self, trigger: Token, verb: Token) -> bool:
        role = self.syntax.role_of(trigger)
        return (
            role in {"object", "subject", "complement"}
            and trigger.head == verb
            and not self.presupposed(trigger, verb)
            and not (role == "subject" and self.is_given(trigger, verb))
        )

    def is_given(self, noun: Token, verb: Token) -> bool:
        """Tell whether a verb says something of an act that was done: "the expulsion may hurt"."""
        return (
            not self.syntax.is_verbal(noun)
            and self.signs.definite(noun)
            and not self.syntax.is_passive(verb)
            and not self.forms(verb) & (self.occurring | self.supporting)
        )

    def presupposed(self, word: Token, head: Token) -> bool:
        """Tell whether the noun is taken for granted: "will never accept the *annexation*"."""
        if self.syntax.is_verbal(word):
            return False
        lemmas = self.forms(head)
        if lemmas & self._presupposing:
            return True
        if lemmas & self._naming and self.syntax.role_of(word) == "object":
            return self.signs.definite(word)  # "called the visit a success"
        # "cannot support *Russia's* war": whoever wages it, the stance is another's
        return bool(lemmas & self._stances) and self._is_anothers(word)

    def _is_anothers(self, noun: Token) -> bool:
        owner = self.syntax.possessor(noun)
        if owner is not None:
            return owner.lower_ not in {"its", "their", "his", "her", "our", "my"}
        definite = any(c.lower_ == "the" for c in noun.lefts)
        return definite and any(c.tag_ in {"JJ", "NNP"} for c in self.syntax.premodifiers(noun))

    def auxiliary(self, verb: Token, trigger: Token, own: frozenset[int]) -> str:
        """Return `possible`, `future`, `would`, `advice`, `duty`, or `past` ("should have met")."""
        if verb != trigger and not self.supports(trigger, verb):
            return ""
        helpers = self.syntax.auxiliaries(verb)
        if not helpers and self.syntax.role_of(verb) == "conjunct":
            helpers = self.syntax.auxiliaries(verb.head)
        words = {t.lower_ for t in helpers if t.i not in own}
        name = next((n for n, group in _AUXILIARIES if words & group), "")
        if name in {"advice", "would"} and "have" in words and verb.tag_ == "VBN":
            return "past"
        subject = self.syntax.own_subject(verb) if name == "advice" else None
        if subject is not None and helpers[0].i < subject.i:
            return "possible"  # "*Should* Kenya close it, …"
        first = verb.head if self.syntax.role_of(verb) == "conjunct" else verb
        return name or ("future" if self.signs.scheduled(first) else "")
