"""Claims: who asserts, denies, characterises, warns of or demands a reported event."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.model import Person, Stance
from kg.nlp.drafts import Draft
from kg.nlp.reference import Reference
from kg.nlp.remarks import Remarks
from kg.nlp.speech import Saying, Speech
from kg.nlp.stances import Said, Stances, key


class Claims:
    """Claims over the drafts of one document."""

    def __init__(self, reference: Reference, speech: Speech, lexicon: Lexicon) -> None:
        self.reference, self.speech, self.lexicon = reference, speech, lexicon
        self.stances = Stances(reference, speech, lexicon)
        self.remarks = Remarks(self.stances)
        self._measure_nouns = lexicon.measure_nouns

    def speaker(self, saying: Saying) -> Person | None:
        """Return who speaks, as a person record; None for news carriers and unknown pronouns."""
        return self.stances.speaker(saying)

    def of(self, drafts: Sequence[Draft]) -> list[Said]:
        """Return the claims about the drafts, in text order, one a speaker, stance and event."""
        found: dict[tuple[str, int, str], Said] = {}
        for index, draft in enumerate(drafts):
            for trigger in draft.triggers:
                tokens = [trigger, *(draft.match.verbs if trigger == draft.trigger else ())]
                for saying in self.speech.sayings_of(tokens):
                    said = self._claim(saying, draft, index, trigger)
                    if said is not None:
                        found.setdefault(key(said), said)
        for said in (
            *self._spoken(drafts),
            *self.remarks.of(drafts),
            *self._characterisations(drafts),
        ):
            first = found.setdefault(key(said), said)
            if said.claimed_type and not first.claimed_type:
                found[key(said)] = replace(first, claimed_type=said.claimed_type)
        told = sorted(found.values(), key=lambda s: (s.start, s.about, s.stance))
        return [_of_its_name(said, told) for said in told]

    def _claim(self, saying: Saying, draft: Draft, index: int, trigger: Token) -> Said | None:
        person = self.speaker(saying)
        if person is None:
            return None
        stance = self.stances.of_act(saying, draft, trigger, person)
        start, end = self.stances.quote(saying, trigger)
        plain = self.stances.is_plain(saying)
        return Said(person, index, stance, start, end, draft.modality, draft.condition, "", plain)

    def _spoken(self, drafts: Sequence[Draft]) -> list[Said]:
        """Read speech acts as claims: "the Kremlin denied any part in it"."""
        out: list[Said] = []
        for index, draft in enumerate(drafts):
            stance = self.stances.of_type.get(draft.type)
            actor = next(
                (f.token for f in draft.match.fills if f.slot.role == "actor" and f.refs), None
            )
            person = self.stances.speakers.person(actor) if actor is not None else draft.speaker
            person = self._own(draft, self._reporter(draft, actor, person))
            if stance is None or person is None:
                continue
            about = self._spoken_of(drafts, index, stance, person)
            sentence: DocSpan = draft.trigger.sent
            where = (sentence.start, sentence.end)
            out.append(Said(person, about, stance, *where, draft.modality, draft.condition, ""))
        return out

    def _reporter(self, draft: Draft, actor: Token | None, person: Person | None) -> Person | None:
        """Return who tells it of the own side: "*she* said *her country* had protested"."""
        told = draft.speaker
        if (
            actor is None
            or person is None
            or told is None
            or told.affiliation != person.affiliation
        ):
            return person
        owner = self.reference.syntax.possessor(actor)
        pointing = actor.pos_ == "PRON" or (owner is not None and owner.pos_ == "PRON")
        return told if pointing and told.affiliation else person

    def _own(self, draft: Draft, person: Person | None) -> Person | None:
        """Return who speaks for the act's own side, where several are told as one: "Chad and Mali"."""
        codes = draft.actor_codes()
        if person is None or len(codes) != 1 or person.affiliation in {"", codes[0]}:
            return person
        ref = draft.actors[0]
        tokens = self.reference.doc[ref.start : ref.end]
        named = self.reference.at.get(ref.start)
        return Person(tokens.text, "", ref.code) if named is not None else person

    def _spoken_of(
        self, drafts: Sequence[Draft], index: int, stance: Stance, person: Person
    ) -> int:
        """Return of what act a speech act speaks: told behind it, else what is denied; else itself."""
        draft = drafts[index]
        behind = next(
            (
                i
                for i, d in enumerate(drafts)
                if d.match.type.frame != "SpeechAct"
                and any(t.sent == draft.trigger.sent and t.i > draft.trigger.i for t in d.triggers)
            ),
            None,
        )
        if behind is not None or stance != "denies":
            return index if behind is None else behind
        denied = self.remarks.denied(drafts, draft.trigger, person)
        return index if denied is None else denied

    @cached_property
    def characterised(self) -> list[tuple[Token, str, str, Person, bool]]:
        """Return what somebody says an act is or is not: (noun, type, family, speaker, negated).

        "It was not an expulsion", "we view the demand as an act of expulsion".
        """
        out: list[tuple[Token, str, str, Person, bool]] = []
        syntax = self.reference.syntax
        verbs = self.stances.calling
        for token in self.reference.doc:
            type_ = self._measure_nouns.get(token.lemma_.lower())
            if type_ is None or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            copula = syntax.copula_subject(token) is not None
            if not copula and not any(g.lemma_.lower() in verbs for g in syntax.governors(token)):
                continue
            saying = self.speech.saying_of(token)
            person = self.speaker(saying) if saying is not None else None
            if person is None or not person.affiliation:
                continue
            negated = (
                syntax.negated(token)
                or syntax.negated(syntax.clause_head(token))
                or any(c.lower_ == "no" for c in token.lefts)
            )
            out.append((token, type_.name, type_.family, person, negated))
        return out

    def _characterisations(self, drafts: Sequence[Draft]) -> list[Said]:
        """Turn what acts are called into claims about them."""
        out: list[Said] = []
        for token, name, family, person, negated in self.characterised:
            about = self._act_between(drafts, family, person.affiliation, token, negated)
            if about is None:
                continue
            sentence: DocSpan = token.sent
            stance: Stance = "denies" if negated else "characterises"
            out.append(
                Said(person, about, stance, sentence.start, sentence.end, "actual", "", name)
            )
        return out

    @staticmethod
    def _act_between(
        drafts: Sequence[Draft], family: str, code: str, token: Token, negated: bool
    ) -> int | None:
        """Return the act that a side calls something: of the other's if it does, of its own if not.

        "Moscow calls it an expulsion" is about what was done to Moscow, "this is no expulsion" about
        what the speaker's own side did.
        """
        fitting = [
            i
            for i, d in enumerate(drafts)
            if d.family == family
            and code in {*d.actor_codes(), *d.target_codes()}
            and not d.background
        ]
        meant = [
            i
            for i in fitting
            if code in (drafts[i].actor_codes() if negated else drafts[i].target_codes())
        ]
        pool = meant or fitting
        return min(pool, key=lambda i: (abs(drafts[i].trigger.i - token.i), i)) if pool else None


def _of_its_name(said: Said, told: Sequence[Said]) -> Said:
    """Read the denial of an act that another side gave a name as the denial of that name.

    "He called the measure an expulsion. The ministry disputes that word": the act itself is not in
    dispute.
    """
    if said.stance != "denies" or said.claimed_type:
        return said
    names = (
        other.claimed_type
        for other in told
        if other.about == said.about
        and other.stance == "characterises"
        and other.claimed_type
        and other.start < said.start
        and other.speaker.affiliation != said.speaker.affiliation
    )
    return replace(said, claimed_type=next(names, ""))
