"""Speech acts that claims tell without a word for them.

"Chinese ships, she said, rammed our boats" accuses; "we never sent a soldier", said of what another
alleges, denies. What the article tells by a word of its own is not told twice.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.lexicon import Lexicon
from kg.nlp.drafts import Draft
from kg.nlp.matches import Match
from kg.nlp.reference import Ref
from kg.nlp.stances import Said


class Implied:
    """Accusations and denials told by claims, in one document."""

    def __init__(self, doc: Doc, lexicon: Lexicon) -> None:
        self.doc, self.lexicon = doc, lexicon
        self._blaming = frozenset(lexicon.cues.get("accusingType", ()))
        self._aimed = frozenset(
            name
            for name in lexicon.cues.get("aimedType", ())
            if name in lexicon.types and "HostileEvent" in lexicon.types[name].ancestors
        )
        self._answering = frozenset(lexicon.cues.get("answeringType", ()))

    def of(self, drafts: Sequence[Draft], claims: Sequence[Said]) -> list[Draft]:
        """Return the drafts of speech acts that the claims imply, in text order, each once."""
        found: dict[tuple[str, str, str], Draft] = {}
        for said in claims:
            for kind, other in self._acts(said, drafts, claims):
                key = (kind, said.speaker.affiliation, other)
                if key not in found:
                    found[key] = self._draft(kind, said, other)
        return list(found.values())

    def _acts(
        self, said: Said, drafts: Sequence[Draft], claims: Sequence[Said]
    ) -> Iterator[tuple[str, str]]:
        """Yield (cue list of the type, code of the other side) of what a claim implies."""
        side, act = said.speaker.affiliation, drafts[said.about]
        if not side or act.background:
            return
        sentence = self.doc[said.start].sent
        if said.stance == "asserts" and act.type in self._aimed and len(act.actor_codes()) == 1:
            doer = act.actor_codes()[0]
            suffers = doer != side and (side in act.target_codes() or not act.targets)
            plain = said.plain and not self._contested(said, claims)
            told = plain or any(
                d.type in self._blaming and side in d.actor_codes() and doer in d.target_codes()
                for d in drafts
            )
            if suffers and act.modality == "actual" and not told:
                yield "assertingType", doer
        if said.stance == "denies":
            here = any(
                d.type in self._answering and side in d.actor_codes()
                for d in drafts
                if any(t.sent == sentence for t in d.triggers)
            )
            accuser = self._accuser(said, act, claims)
            if accuser and not here:
                yield "denialType", accuser

    @staticmethod
    def _contested(said: Said, claims: Sequence[Said]) -> bool:
        """Tell whether another side denies what is said or calls it something."""
        return any(
            c.about == said.about
            and c.stance in {"denies", "characterises"}
            and c.speaker.affiliation != said.speaker.affiliation
            for c in claims
        )

    def _accuser(self, said: Said, act: Draft, claims: Sequence[Said]) -> str:
        """Return who said what is denied; empty where nobody is told to have said it."""
        side = said.speaker.affiliation
        if act.type in self._blaming and side in act.target_codes() and len(act.actor_codes()) == 1:
            return act.actor_codes()[0]
        if act.type not in self._aimed or side not in act.actor_codes():
            return ""
        others = (
            c.speaker.affiliation for c in claims if c.about == said.about and c.stance == "asserts"
        )
        return next((code for code in others if code not in {"", side}), "")

    def _draft(self, kind: str, said: Said, other: str) -> Draft:
        type_ = self.lexicon.types[self.lexicon.cues[kind][0]]
        token = self.doc[said.start].sent.root
        match = Match(type_, type_.patterns[0], token, token)
        actor = Ref(said.speaker.affiliation, token.i, token.i + 1, "context", said.speaker)
        target = Ref(other, token.i, token.i + 1, "context")
        return Draft(
            type_.name,
            type_.family,
            match,
            (actor,),
            (target,),
            "actual",
            sure=True,
            speaker=said.speaker,
            triggers=[token],
        )
