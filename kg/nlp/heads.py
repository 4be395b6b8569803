"""Where a pattern's head and fixed words stand: lemmas, parts of speech, words in a row."""

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.lexicon.patterns import Words
from kg.nlp.reference import Reference

_WORD_WINDOW = 14


class Heads:
    """The words of one document as the lexicon's patterns know them."""

    def __init__(self, lexicon: Lexicon, reference: Reference) -> None:
        self.lexicon, self.reference = lexicon, reference
        self.doc, self.syntax = reference.doc, reference.syntax
        self.forms = [self._forms_of(t) for t in self.doc]

    def describes(self, token: Token) -> bool:
        """Tell whether the noun only says of what kind another is: "a surveillance aircraft"."""
        head = token.head
        if token.dep_ != "compound" or head.i != token.i + 1 or head.pos_ != "NOUN":
            return False
        acts = any(p.pos == "n" for _, p, _ in self.lexicon.by_head.get(head.lemma_.lower(), ()))
        return not acts and head.lemma_.lower() not in self.lexicon.cues.get("actHead", ())

    def _forms_of(self, token: Token) -> tuple[str, ...]:
        lower = token.lower_
        return (token.lemma_.lower(), lower, self.lexicon.lemma_of.get(lower, lower))

    def lemmas(self, token: Token) -> tuple[str, ...]:
        """Return the forms under which the lexicon may know the token."""
        return self.forms[token.i]

    def fits(self, token: Token, pos: str) -> bool:
        if pos == "v":
            if token.tag_ == "VBG" and token.dep_ in self.syntax.profile.premodifier:
                return False  # "increasing pressure": nobody is said to increase it
            if (
                token.tag_ == "VB"
                and token.dep_ in self.syntax.profile.subject
                and not self.syntax.infinitive(token)
            ):
                return False  # "Demand for steel rose": a noun to the parser, a verb to the tagger
            if self._is_attribute(token):
                return False
            return (
                token.pos_ in {"VERB", "AUX"}
                or token.tag_.startswith("VB")
                or self._headline_verb(token)
                # "to *free* two nurses": with an object it is no adjective
                or (token.pos_ == "ADJ" and self.syntax.infinitive(token) and self._governs(token))
            )
        if pos == "n":
            return token.pos_ in {"NOUN", "PROPN"} and not self._in_participle(token)
        return token.pos_ in {"ADJ", "VERB", "ADV"}

    def _is_attribute(self, token: Token) -> bool:
        """Tell whether a participle only says what a noun is like: "the recognised government".

        Behind a name it may be a verb that the parser took for one: "Ghana expelled envoys".
        """
        return (
            token.dep_ in self.syntax.profile.premodifier
            and (token.tag_ == "VBN" or (token.tag_ == "VBG" and self.doc[token.i - 1].text == "-"))
            and token.head.i > token.i
            and token.i - 1 not in self.reference.at
            and not any(self.syntax.obliques(token))
        )

    def _in_participle(self, token: Token) -> bool:
        """Tell whether the noun is the first part of an adjective: "war-torn", "sanctions-hit"."""
        after = self.doc[token.i + 1 : token.i + 3]
        return len(after) == 2 and after[0].text == "-" and after[1].tag_ in {"VBN", "VBD", "JJ"}

    def _governs(self, token: Token) -> bool:
        return any(c.dep_ in self.syntax.profile.object for c in token.rights)

    def _headline_verb(self, token: Token) -> bool:
        """Tell whether a plural is the verb of a headline: "Ghana boots out three envoys"."""
        if (
            token.tag_ not in {"NNS", "NNPS", "NNP"}
            or not token.lower_.endswith("s")
            or token.text[0].isupper()
        ):
            return False
        before = self.reference.at.get(token.i - 1)
        return (
            before is not None
            and before.government
            and before.end == token.i
            and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in token.sent)
        )

    def rest_of_head(self, token: Token, head: tuple[str, ...], pos: str) -> list[Token] | None:
        """Return the further words of a fixed head, or None if they aren't there."""
        if len(head) == 1:
            return []
        if pos == "n":
            window = self.doc[token.i : token.i + len(head)]
            ok = len(window) == len(head) and all(
                w in (t.lemma_.lower(), t.lower_) for w, t in zip(head, window, strict=True)
            )
            return list(window[1:]) if ok else None
        rest: list[Token] = []
        position = token.i + 1
        for word in head[1:]:
            limit = min(token.sent.end, position + 7)
            hit = next(
                (
                    self.doc[j]
                    for j in range(position, limit)
                    if word in (self.doc[j].lower_, self.doc[j].lemma_.lower())
                    and (
                        j == position
                        or self.doc[j].head == token
                        or (self.doc[j].head.head == token and self._is_phrase(self.doc[j].head))
                    )
                ),
                None,
            )
            if hit is None:
                return None
            rest.append(hit)
            position = hit.i + 1
        return rest

    def _is_phrase(self, noun: Token) -> bool:
        """Tell "insisted on *talks*" from "insisted that they were on *leave*"."""
        return self.syntax.role_of(noun) not in {"complement", "adverbial"}

    @staticmethod
    def syntactic_head(token: Token, rest: list[Token], pos: str) -> Token:
        if pos != "n" or not rest:
            return token
        group = [token, *rest]
        return next((t for t in group if t.head not in group), token)

    def near(self, head: Token, words: Words, *, before: bool) -> list[Token] | None:
        sentence = head.sent
        span = (
            range(max(sentence.start, head.i - _WORD_WINDOW), head.i)
            if before
            else range(head.i + 1, min(sentence.end, head.i + _WORD_WINDOW))
        )
        forms = self.forms
        for i in span:
            for alternative in words.alternatives:
                end = i + len(alternative)
                if end <= sentence.end and all(
                    w in forms[j] for w, j in zip(alternative, range(i, end), strict=True)
                ):
                    return list(self.doc[i:end])
        return None
