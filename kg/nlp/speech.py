"""Who says what: quotations with their speakers, and reported speech."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.nlp.reference import Reference
from kg.nlp.syntax import NOMINAL

_OPEN = {'"', "“", "«", "''", "``"}
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "PART", "NUM"})  # of a speaker's phrase
_SCARE = 3  # tokens, up to which a quotation is somebody's word for a thing
_HUMAN = frozenset({"he", "she", "they", "i", "we"})
_SOURCES = frozenset({"source", "person", "people", "insider"})
_THESE = frozenset({"these", "those", "this", "that"})


@dataclass(frozen=True, slots=True)
class Saying:
    """A reporting verb with its speaker and the tokens that are said."""

    verb: Token
    speaker: Token
    said: frozenset[int]
    direct: bool


class Speech:
    """Quotations and reported speech of one document."""

    def __init__(self, doc: Doc, reference: Reference, lexicon: Lexicon) -> None:
        self.doc, self.reference, self.lexicon = doc, reference, lexicon
        self.syntax = reference.syntax
        self._reporting = frozenset(lexicon.cues.get("reportingVerb", ()))
        self._addressing = frozenset(lexicon.cues.get("addressingVerb", ()))
        self._citing = frozenset(lexicon.cues.get("citingVerb", ()))
        self._viewing = frozenset(lexicon.cues.get("viewNoun", ()))
        self._calling = frozenset(lexicon.cues.get("characterisingVerb", ()))
        self._denying = frozenset(lexicon.cues.get("denyingVerb", ()))
        self.sayings: list[Saying] = []
        self.spans: list[tuple[int, int]] = []  # of quotations, token ranges
        self.spans = self._quote_spans()
        self.quoted = {i for start, end in self.spans for i in range(start, end)}
        self._reported()
        self._quotations()
        for saying in self.sayings:
            if saying.direct:
                for i in saying.said:
                    reference.quote_speaker.setdefault(i, saying.speaker)

    def saying_of(self, token: Token) -> Saying | None:
        """Return the innermost saying that the token belongs to."""
        holding = [s for s in self.sayings if token.i in s.said]
        return min(holding, key=lambda s: (len(s.said), s.verb.i)) if holding else None

    def sayings_of(self, tokens: Iterable[Token]) -> list[Saying]:
        """Return the sayings that one of the tokens belongs to, innermost first."""
        inside = {t.i for t in tokens}
        holding = [s for s in self.sayings if inside & s.said]
        return sorted(holding, key=lambda s: (len(s.said), s.verb.i))

    def scare_quoted(self, token: Token) -> bool:
        """Tell whether the word stands in a quotation of a few words: being "expelled"."""
        return any(start <= token.i < end <= start + _SCARE for start, end in self.spans)

    def _reported(self) -> None:
        for verb in self.doc:
            if not self._reports(verb):
                continue
            speaker, said = self._put_behind(verb) or (self._speaker(verb), self._said(verb))
            if speaker is None:
                continue
            said -= {verb.i, speaker.i}
            if said:
                self.sayings.append(Saying(verb, speaker, frozenset(said), direct=False))
        self._according()

    def _reports(self, verb: Token) -> bool:
        """Tell whether the word says that somebody says something; *Said* may be a name."""
        if verb.lemma_.lower() not in self._reporting or verb.i in self.reference.persons:
            return False
        if verb.lemma_.lower() in self._calling and self.syntax.particles(verb):
            return False  # "called *in*", "called *off*": nothing is called something
        if any(self.reference.is_cue(o, "grantNoun") for o in self.syntax.objects(verb)):
            return verb.lemma_.lower() not in self._denying  # "denied her a *visa*"
        return self.syntax.is_verbal(verb)

    def _put_behind(self, verb: Token) -> tuple[Token, set[int]] | None:
        """Read ", a general in Hanoi predicted" by the order of words, where the parse has no subject."""
        if verb.tag_ not in _FINITE or self.syntax.own_subject(verb) is not None:
            return None
        sentence, i = verb.sent, verb.i - 1
        while i > sentence.start and self.doc[i].pos_ in _PHRASE:
            i -= 1
        phrase = self.doc[i + 1 : verb.i]
        if i <= sentence.start or self.doc[i].text != "," or not phrase:
            return None
        if any(t.pos_ in {"VERB", "SCONJ"} for t in self.doc[verb.i + 1 : sentence.end]):
            return None
        ends = next((t.i for t in phrase if t.pos_ == "ADP"), verb.i)
        speaker = self.doc[ends - 1]
        if ends == i + 1 or speaker.pos_ not in NOMINAL:
            return None
        return speaker, set(range(sentence.start, i))

    def _said(self, verb: Token) -> set[int]:
        """Return the tokens that a reporting verb passes on: complements, objects, what it follows."""
        p = self.syntax.profile
        parts = list(self.syntax.complements(verb))
        if verb.lemma_.lower() not in self._addressing:  # "announced the expulsion of …"
            told = p.object
            if self.syntax.is_passive(verb):  # "the charge was denied by …"
                told |= p.passive_subject
            parts += [o for o in verb.children if o.dep_ in told]
        for child in verb.children:
            inside = child.dep_ in p.loose  # the saying stands behind or inside what is said
            fronted = child.dep_ in p.adverbial_clause and child.i < verb.i
            if (inside or (fronted and not self.syntax.markers(child))) and self._clausal(child):
                parts.append(child)
        said = {t.i for part in parts for t in part.subtree}
        if any(c.dep_ in p.clausal_complement and c.i > verb.i for c in parts):
            for child in verb.children:  # "If they cross, he warned, we shall attack."
                if child.dep_ in p.adverbial_clause and child.i < verb.i:
                    said |= {t.i for t in child.subtree if self.syntax.markers(child)}
        if self._trails(verb):
            head = self.syntax.clause_head(verb.head)
            while head.dep_ in p.conjunct and self.syntax.own_subject(head) is None:
                head = head.head  # "closed its sky and barred trade, the ministry said"
            if head != verb and (self._clausal(head) or head.head == head):
                said |= {t.i for t in head.subtree} - {t.i for t in verb.subtree}
        if verb.lemma_.lower() in self._calling:
            said |= self._called(verb)
        return said

    def _called(self, verb: Token) -> set[int]:
        """Return what something is called: "described it *as a ploy*", "*a step* it called hasty"."""
        said = {
            t.i for o in self.syntax.obliques(verb) if o.preposition == "as" for t in o.noun.subtree
        }
        if verb.dep_ in self.syntax.profile.relative_clause:
            said |= {verb.head.i, *(t.i for t in verb.head.lefts)}
        return said

    def _clausal(self, token: Token) -> bool:
        """Tell whether the token heads a clause: a verb, or a predicate with its copula."""
        return self.syntax.is_verbal(token) or self.syntax.copula_subject(token) is not None

    def _trails(self, verb: Token) -> bool:
        """Tell whether the saying is put behind or into what is said: "…, a spokesman added"."""
        called = verb.dep_ in self.syntax.profile.relative_clause and verb.lemma_ in self._calling
        return self.syntax.trails(verb) and not called

    def _source(self, verb: Token) -> Token | None:
        return next((o for o in self.syntax.objects(verb) if self._speaks(o)), None)

    def _according(self) -> None:
        """Read "according to X", "in the view of X", "for X, it is"."""
        for token in self.doc[:-1]:
            viewing = token.lemma_.lower() in self._viewing
            if not viewing and token.lower_ != "according":
                continue
            after = self.doc[token.i + 1]
            if token.lower_ == "according" and after.lower_ == "to":
                self._attribute(token, after)
            elif viewing and after.lower_ == "of":
                led = {t.lower_ for t in self.doc[max(token.i - 3, 0) : token.i]}
                if "in" in led and not led & {"a", "an", "this", "that"}:
                    self._attribute(token, after)

    def _attribute(self, token: Token, preposition: Token) -> None:
        labels = self.syntax.profile.oblique
        follower = next(
            (
                t
                for t in self.doc[preposition.i + 1 : preposition.i + 11]
                if (
                    t.pos_ in {"NOUN", "PROPN", "PRON"}
                    and (t.head.i <= preposition.i or t.head == token)
                )
                or t.dep_ in labels
            ),
            None,
        )
        if follower is None:
            return
        last = follower.right_edge.i
        quote = next((t.i for t in self.doc[follower.i : last + 1] if t.text in _OPEN), last + 1)
        inside = {t.i for t in follower.subtree if t.i < quote}
        said = {t.i for t in token.sent} - inside - {token.i, preposition.i}
        self.sayings.append(Saying(token, follower, frozenset(said), direct=False))

    def _speaker(self, verb: Token) -> Token | None:
        cited = self._cited(verb)
        if cited is not None:
            return cited
        subject = self.syntax.own_subject(verb) or self.syntax.subject(verb)
        if self.syntax.is_passive(verb):
            return self.syntax.agent(verb)
        if subject is not None and subject.i in self.quoted and verb.i not in self.quoted:
            return self._inverted(verb) or subject  # "Blackmail", replied the minister
        return subject

    def _cited(self, verb: Token) -> Token | None:
        """Return whose words a carrier of news passes on: "quoted *Pop* as saying", "*citing an aide*"."""
        syntax = self.syntax
        if verb.lemma_.lower() in self._citing:
            if syntax.is_passive(verb):
                return syntax.patient(verb)
            return self._source(verb)
        for child in verb.children:
            if child.lemma_.lower() in self._citing and child.tag_ == "VBG":
                return self._source(child)
        if verb.head.lemma_.lower() in self._citing and any(t.lower_ == "as" for t in verb.lefts):
            return self._cited(verb.head)
        return None

    def _quotations(self) -> None:
        for start, end in self.spans:
            speaker = self._speaker_near(start, end)
            if speaker is not None:
                verb = self.syntax.clause_head(speaker)
                said = frozenset(i for i in range(start, end) if i != speaker.i)
                self.sayings.append(Saying(verb, speaker, said, direct=True))

    def _quote_spans(self) -> list[tuple[int, int]]:
        """Return token ranges inside double quotes; an unclosed quote ends with its paragraph."""
        spans: list[tuple[int, int]] = []
        opened: int | None = None
        for token in self.doc:
            if "\n" in token.text and opened is not None:
                spans.append((opened, token.i))
                opened = None
            elif token.text in _OPEN or token.text == "”":
                if opened is None:
                    opened = token.i + 1
                else:
                    spans.append((opened, token.i))
                    opened = None
        return [(s, e) for s, e in spans if e - s >= 1]

    def _speaker_near(self, start: int, end: int) -> Token | None:
        """Find who says the quotation: in its sentence, else right behind it, else before it."""
        sentence = self.doc[start].sent
        last = self.doc[end - 1].sent
        pool = [t for t in self.doc[sentence.start : last.end] if not start <= t.i < end]
        if end + 1 < len(self.doc) and last.end <= end + 1 < len(self.doc):
            pool += [t for t in self.doc[end + 1].sent if t.i > end]
        for verb in sorted(pool, key=lambda t: (min(abs(t.i - start), abs(t.i - end)), t.i)):
            if self._reports(verb) and verb.pos_ in {"VERB", "AUX"}:
                speaker = self._speaker(verb) or self._inverted(verb)
                if speaker is not None and not start <= speaker.i < end:
                    return speaker
        led = self._led_in(start, end)
        if led is not None:
            return led
        if sentence.start > 0:  # a quotation that goes on: the speaker of the one before
            before = [s for s in self.sayings if s.verb.i < start and s.verb.i >= start - 80]
            if before:
                return before[-1].speaker
        return None

    def _led_in(self, start: int, end: int) -> Token | None:
        """Find who says a quotation without a verb of saying.

        "An envoy was blunter: "…"", ""…": thus an aide", ""…" With these words an aide left".
        """
        doc = self.doc
        if start > 1 and doc[start - 2].text == ":":
            verb = self.syntax.clause_head(doc[doc[start - 2].sent.start])
            root = doc[start - 2].sent.root  # "Khartoum's foreign minister: "A lie.""
            if root.i < start and root.pos_ in NOMINAL and self._speaks(root):
                return root
            for head in (doc[start - 2].head, doc[start - 2].sent.root, verb):
                subject = self.syntax.subject(self.syntax.clause_head(head))
                if subject is None or subject.i >= start:
                    continue
                if self._speaks(subject) or self.reference.of(subject):
                    return subject
        after = next((t for t in doc[end + 1 : end + 4] if t.is_alpha), None)
        if after is None or after.lower_ not in {"thus", "with", "so", "this", "such"}:
            return None
        if after.lower_ == "with" and not any(
            t.lower_ in _THESE for t in doc[after.i : after.i + 2]
        ):
            return None
        behind = doc[after.i : after.sent.end]
        return next((t for t in behind if t.pos_ in NOMINAL and self._speaks(t)), None)

    def _speaks(self, noun: Token) -> bool:
        """Tell whether the noun means somebody who can speak."""
        reference = self.reference
        if noun.i in reference.persons or noun.lower_ in _HUMAN:
            return True
        if noun.lemma_.lower() in _SOURCES:
            return True
        return any(reference.is_class(noun, name) for name in ("office", "body", "mission"))

    def _inverted(self, verb: Token) -> Token | None:
        """Read "said Smith": the subject behind the verb that the parser took for an object."""
        for child in verb.rights:
            if child.i in self.reference.persons or child.i in self.reference.at:
                return child
        return next((c for c in verb.rights if c.pos_ in NOMINAL and self._speaks(c)), None)
