"""The words above an act, up through complements and objects: the nearest that tells how it is meant."""

from spacy.tokens import Token

from kg.model import Modality
from kg.nlp.cue_words import LATER, CueWords
from kg.nlp.moods import Kind, Mood
from kg.nlp.syntax import NOMINAL

_CHAIN = frozenset({"complement", "object", "oblique", "adnominal", "modifier", "conjunct"})
_NOBODY: frozenset[int] = frozenset()
# What stands behind these is taken for granted: "will meet *after* the expulsion".
_GIVEN = frozenset(
    {"after", "since", "despite", "following", "amid", "under", "because", "because_of", "due_to"}
)
_GERUND = frozenset({"from", "of", "about", "against", "in", "by"})
_ASKED = frozenset({"on", "upon", "for", "with", "to"})  # "called on Chad to", "pleaded with it to"
_TOPIC = frozenset({"against", "over", "about"})  # and these, but for "fears about an invasion"


class Above:
    """The words above the acts of one document."""

    def __init__(self, words: CueWords) -> None:
        self.words, self.syntax, self.signs = words, words.syntax, words.signs

    def judge(self, trigger: Token, own: frozenset[int], kind: Kind) -> Mood | None:
        """Walk up from the trigger through complements and objects; the nearest cue decides."""
        beside = self._beside(trigger, own)
        if beside is not None:
            above = trigger.head
            given = above == trigger or self.words.presupposed(trigger, above)
            called_off = None if given else self.words.cue(above, ("denied",))
            return Mood(called_off, cue=above) if called_off else beside
        word = trigger
        for _ in range(6):
            head = self._head(word)
            role = self._role(word, head)
            if self.syntax.kept_from(word) and self.syntax.role_of(word) == "adverbial":
                # "warned it against *sending* troops", "stopped it from *sending* any"
                return Mood(self.words.cue(head, ("denied",)) or "possible", cue=head)
            if head == word or not role:
                return None
            if role not in {"conjunct", "occurring"} and head.i not in own:
                goes_on, mood = self._step(word, head, role, kind)
                if not goes_on:
                    return mood
                if role == "modifier" and (beside := self._beside(head, own)) is not None:
                    return beside  # "next week's *planned* start of talks"
            word = head
        return None

    def _head(self, word: Token) -> Token:
        """Return the word's head; the noun right before an infinitive, where that tells: "refusal to".

        And past a clause that ends at a comma: "plans to use the summit, which opens today, to meet".
        """
        head = word.head
        asked = self._asked_for(word, head)
        if asked is not None:
            return asked
        mark = next((c for c in word.lefts if c.lower_ == "to"), None)
        if mark is None or mark.i <= word.sent.start or not self.syntax.infinitive(word):
            return head
        before = word.doc[mark.i - 1]
        for noun in (before, *self.syntax.governors(before)):  # "the refusal by Chad to"
            if noun.pos_ not in NOMINAL or noun.i <= head.i:
                break
            if noun.pos_ == "NOUN" and self.words.cue(noun, None):
                return noun
        if before.text == "," and head.dep_ in self.syntax.profile.relative_clause:
            return next((g for g in self.syntax.governors(head) if self.syntax.is_verbal(g)), head)
        return head

    def _asked_for(self, word: Token, head: Token) -> Token | None:
        """Return the noun right before "for": "ignored *demands* for the release", hung on ignored."""
        lead = next((c for c in word.lefts if c.lower_ == "for"), None)
        if lead is None or not self.syntax.is_verbal(head) or lead.i == word.sent.start:
            return None
        before = word.doc[lead.i - 1]
        asks = before.pos_ == "NOUN" and before.head == head and before.i > head.i
        return before if asks and self.words.cue(before, ("demanded",)) else None

    def _beside(self, trigger: Token, own: frozenset[int]) -> Mood | None:
        """Judge words beside the trigger: "a *possible* visit", "will *perhaps* meet", "*due* to"."""
        for child in trigger.lefts:
            if child.i in own:
                continue
            before = child.dep_ in self.syntax.profile.premodifier
            if before or child.tag_ == "RB":
                found = self.words.cue(child, ("possible", "planned") if before else ("possible",))
                if found:
                    return Mood(found, cue=child)
        cases = [c for c in trigger.lefts if c.dep_ in self.syntax.profile.case]  # "is due in Oslo"
        for marker in [*self.syntax.markers(trigger), *cases]:  # "is due to meet"
            if marker.i not in own and self.words.cue(marker, ("planned",)):
                return Mood("planned", cue=marker)
        return None

    def _role(self, word: Token, head: Token) -> str:
        """Return how the word hangs on its head, where that tells how it is meant; else nothing."""
        if head != word.head and head.pos_ == "NOUN":
            return "adnominal"
        role = self.syntax.role_of(word)
        if role == "subject":
            if self.syntax.is_passive(head) or head.pos_ == "ADJ":
                return "object"
            return "occurring" if self.words.forms(head) & self.words.occurring else ""
        if role == "adverbial":
            if self.syntax.infinitive(word) and self.words.cue(head, ("demanded", "threatened")):
                return "complement"  # "asked the ministry to summon", taken for a purpose
            if self.syntax.infinitive(word) and (
                word.i - head.i == 2
                or (self.words.cue(head, ("planned", "denied")) and not self.syntax.objects(head))
            ):
                return "complement"  # "agreed on Sunday to free", "refused again to meet"
            if self._gerund(word) and self.syntax.markers(word):
                return "complement"  # "stop them *from attacking*"
            bare = word.tag_ == "VBG" and not self.syntax.markers(word)
            return "purpose" if bare or self.syntax.infinitive(word) else ""
        return role if role in _CHAIN else ""

    def _step(self, word: Token, head: Token, role: str, kind: Kind) -> tuple[bool, Mood | None]:
        """Judge one head above the trigger: (whether the walk goes on, what it decides)."""
        if role == "purpose" and self.syntax.negated(head):
            return False, Mood("denied", cue=head)  # "did not give it leave to sail"
        if role == "purpose":
            return self._later(word, head, kind, infinitive=True)
        return self._beneath(word, head, role, kind)

    def _beneath(self, word: Token, head: Token, role: str, kind: Kind) -> tuple[bool, Mood | None]:
        if self._is_unconfirmed(head):
            return False, Mood("possible", cue=head)
        if self.words.presupposed(word, head) or self._behind(word, head):
            return False, None
        verbal = self.syntax.is_verbal(word)
        if verbal and role == "adnominal" and self._is_described(word, head):
            return False, self._unreal_antecedent(word, head)
        forms = self.words.forms(head)
        infinitive = verbal and self._unfinished(word)
        if infinitive or not verbal or role == "adnominal":
            mood = self._wanted(word, head, kind)
            if mood is not None:
                return mood
        elif doubt := self._doubtful(head, role):
            return False, doubt
        elif forms & self.words.reporting:
            return False, self._reported(word, head)
        decided = forms & self.words.decided and self.syntax.is_verbal(head) and not infinitive
        if decided and not self.syntax.infinitive(
            head
        ):  # "asked it *to agree* to the sale" goes on
            planned = kind.held and forms & self.words.announcing
            return False, Mood("planned", cue=head) if planned else None
        return self._later(word, head, kind, infinitive=infinitive or role == "object")

    def _wanted(self, word: Token, head: Token, kind: Kind) -> tuple[bool, Mood | None] | None:
        """Judge a head that plans, wants, doubts or denies what is no finite clause below it."""
        verbal, forms = self.syntax.is_verbal(word), self.words.forms(head)
        found = self.words.own_plan(word, head) or self.words.cue(head, None)
        if found == "planned" and kind.decides and forms & self.words.decided:
            return False, None  # "agreed to impose sanctions": decided
        if found == "denied" and kind.lasting and not verbal and self.signs.definite(word):
            return False, None
        if found and (verbal or not forms & self.words.decided):
            own = found == "demanded" and self.syntax.infinitive(word)
            if own and self._of_its_own(head):
                found = "planned"
            return False, self._cued(found, head)
        if verbal and self._unfinished(word) and self.syntax.negated(head):
            return False, Mood("denied", cue=head)
        return None

    def _is_unconfirmed(self, verb: Token) -> bool:
        """Tell "would not *confirm* that they met", "declined to *confirm*", "has yet to"."""
        if not self.words.forms(verb) & self.words.confirming:
            return False
        if self.syntax.negated(verb) or self.signs.outstanding(verb):
            return True
        subject = self.syntax.own_subject(verb)
        if subject is not None and any(c.lower_ in {"neither", "no"} for c in subject.subtree):
            return True
        return self.words.cue(verb.head, ("denied",)) is not None and verb.head != verb

    def _later(
        self, word: Token, head: Token, kind: Kind, *, infinitive: bool
    ) -> tuple[bool, Mood | None]:
        """Judge a head by its auxiliaries: "will travel to Oman to meet", "may go for talks"."""
        if not self.syntax.is_verbal(head) or not (infinitive or not self.syntax.is_verbal(word)):
            return True, None
        auxiliary = self.words.auxiliary(head, head, _NOBODY)
        lent = bool(self.words.forms(head) & self.words.supporting)
        if kind.held and lent and not self.syntax.is_verbal(word) and self.syntax.negated(head):
            return False, Mood("denied", cue=head)  # "would not take part in talks"
        if auxiliary == "possible":
            return False, Mood("possible", cue=head)
        if auxiliary in LATER and not (
            kind.decides and self.words.forms(head) & (self.words.decided | self.words.supporting)
        ):
            if infinitive or kind.held or not self.signs.definite(word):
                return False, Mood("planned", cue=head)
            return False, None
        return True, None

    def _cued(self, found: Modality, head: Token) -> Mood | None:
        """Return what a cue tells, turned round by a negation or a denial above it."""
        if self.syntax.negated(head):
            later = self.words.auxiliary(head, head, _NOBODY) in LATER  # "will not hesitate to"
            undone = Mood("planned", cue=head) if later else None
            return undone if found == "denied" else Mood("denied", cue=head)
        above = head.head
        if "have" in self.words.forms(above) and self.syntax.role_of(head) == "object":
            head, above = above, above.head  # "denied *having* plans to"
        if (
            found != "denied"
            and self.syntax.role_of(head) in {"complement", "object"}
            and self.words.forms(above) & self.words.denying
            and not self.syntax.negated(above)
        ):
            return Mood("denied", cue=above)
        return Mood(found, cue=head)

    def _doubtful(self, head: Token, role: str) -> Mood | None:
        """Judge a finite clause by the verb that tells it: predicted, threatened, denied that it did."""
        forms = self.words.forms(head)
        if role == "complement" and self.words.cue(head, ("possible",)):
            return Mood("possible", cue=head)  # "predicted that two would be expelled"
        if forms & self.words.threats:
            return Mood("threatened", cue=head)
        denied = role == "complement" and forms & self.words.denying
        if denied and self.syntax.is_verbal(head) and not self.syntax.negated(head):
            return Mood("denied", cue=head)
        return None

    def _of_its_own(self, verb: Token) -> bool:
        """Tell "wants to meet", of what it will do itself, from "wants Kenya to", "urged to"."""
        return (
            self.syntax.is_verbal(verb)
            and not self.syntax.is_passive(verb)
            and not self.syntax.objects(verb)
            and not any(o.preposition in _ASKED for o in self.syntax.obliques(verb))
            and "need" not in self.words.forms(verb)
        )

    def _behind(self, word: Token, head: Token) -> bool:
        """Tell whether a noun stands behind "after", "against" …: "rallies against the pact"."""
        if self.syntax.is_verbal(word):
            return False
        leads = {o.preposition for o in self.syntax.obliques(head) if o.noun == word}
        if leads & _GIVEN:
            return True
        doubted = self.words.cue(head, ("threatened", "possible")) is not None
        return bool(leads & _TOPIC) and (
            not doubted or bool(self.words.forms(head) & self.words.worries)
        )

    def _is_described(self, verb: Token, noun: Token) -> bool:
        """Tell whether the clause describes what is there: "the pact that *was signed* in 2016"."""
        if self.signs.happened(verb):
            return True
        if verb.dep_ not in self.syntax.profile.relative_clause:
            return False
        return not self.syntax.auxiliaries(verb) and not self.words.cue(noun, None)

    def _unreal_antecedent(self, verb: Token, noun: Token) -> Mood | None:
        """ "Never signed one that recognised Kosovo": what is described isn't there either."""
        above = noun.head
        if any(c.lower_ == "any" for c in noun.lefts) and verb.tag_ != "VBD":
            return Mood("possible", cue=noun)
        named = noun.pos_ == "PROPN"  # "did not satisfy Baghdad, which ordered him out"
        if named or self.signs.definite(noun) or self.syntax.role_of(noun) != "object":
            return None
        if self.syntax.negated(above):
            return Mood("denied", cue=above)
        later = self.words.auxiliary(above, above, _NOBODY) in LATER | {"possible"}
        one = any(c.lower_ in {"a", "an", "any"} for c in noun.lefts)
        return Mood("possible", cue=above) if later and one and verb.tag_ != "VBD" else None

    def _unfinished(self, verb: Token) -> bool:
        """Tell infinitives, gerunds and participles alone, whose mood the verb above decides."""
        alone = self.syntax.bare_participle(verb)
        return self.syntax.infinitive(verb) or self._gerund(verb) or alone

    def _gerund(self, verb: Token) -> bool:
        """Tell "considered *expelling*", where the verb above decides, from "after *expelling*"."""
        return (
            verb.tag_ == "VBG"
            and self.syntax.role_of(verb) in {"complement", "adverbial", "adnominal"}
            and not any(True for _ in self.syntax.auxiliaries(verb))
            and all(m.lower_ in _GERUND for m in self.syntax.markers(verb))
        )

    def _reported(self, word: Token, head: Token) -> Mood | None:
        """Tell "demanded that Paris recall its envoy" (wanted) from "said that Paris recalled" (told)."""
        if self.words.auxiliary(head, head, _NOBODY) == "future":
            return Mood("planned", cue=head)  # "will announce that it sends troops"
        found = self.words.cue(head, ("demanded",))
        for noun in self.syntax.objects(head):  # "repeated its *demand* that Chad withdraw"
            found = found or self.words.cue(noun, ("demanded",))
        that = any(m.lower_ == "that" for m in self.syntax.markers(word))
        subject = self.syntax.own_subject(word)
        helpers = self.syntax.auxiliaries(word)
        be = bool(helpers) and helpers[0].lower_ == "be"  # "demanded that it *be* returned"
        bare = (
            word.tag_ == "VB"
            or be
            or (
                # "demanded that Bolivia close": without -s beside one state
                word.tag_ == "VBP" and subject is not None and subject.tag_ in {"NN", "NNP"}
            )
        )
        return Mood(found, cue=head) if found and that and bare else None
