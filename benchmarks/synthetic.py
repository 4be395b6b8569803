"""Synthetic articles' graphs, shaped like the extractor's: for measuring, not for judging."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.vocab import dip, term

_EPOCH = date(1970, 1, 1)
_INTEGER = term("xsd:integer")
_MEASURES = ("Expulsion", "OrderToLeave", "Sanctions", "MissionClosure", "TravelBan")
_WORDS = (
    *("embassy", "staff", "attaché", "told", "leave", "deadline", "response", "measure", "week"),
    *("decision", "announced", "consulate", "visa", "senior", "talks", "border", "trade", "list"),
    *("security", "council", "capital", "envoy", "letter", "note", "protest", "summit"),
)


def articles(count: int, seed: int = 1) -> Iterator[list[Quad]]:
    """Yield the quads of `count` articles, about ten a day, three or four on each episode."""
    chance = random.Random(seed)
    states = [f"{a}{b}" for a in "ABCDEFGHIJKLMN" for b in "ABCDEFGHIJKLM"]
    number = 0
    while number < count:
        day = number // 10
        actor, target = chance.sample(states, 2)
        episode = _Episode(actor, target, day, chance)
        for _ in range(min(chance.randint(3, 4), count - number)):
            yield episode.article(number, chance)
            number += 1


class _Episode:
    """One act, the answer to it, and what is said around them."""

    def __init__(self, actor: str, target: str, day: int, chance: random.Random) -> None:
        self.actor, self.target, self.day = actor, target, day
        self.count = chance.randint(3, 60)
        self.type = chance.choice(_MEASURES)
        self.act = chance.sample(_WORDS, 8)
        self.answer = chance.sample(_WORDS, 8)

    def article(self, number: int, chance: random.Random) -> list[Quad]:
        """Return one outlet's telling: five events of the episode, and four of its own."""
        made = _Article(number, self.day + chance.randint(0, 2))
        a, b, day = self.actor, self.target, self.day
        count = self.count if chance.random() < 0.8 else None
        act = made.report(self.type, a, b, day, self.act, count=count, deadline=day + 30)
        answer = made.report(self.type, b, a, day + 3, self.answer, count=count)
        made.say(answer, "reportedRetaliation", act)
        threat = made.report("Threat", b, a, day + 1, self.answer, modality="planned")
        made.say(threat, "reactsTo", act)
        meeting = made.report("Meeting", a, "", day + 5, self.act, both=b, modality="planned")
        made.claim(act, "asserts", a, "")
        made.claim(act, "denies", b, self.type)
        made.claim(act, "characterises", a, self.type)
        made.claim(meeting, "asserts", b, "")
        for _ in range(4):
            kind = chance.choice(("Accusation", "Demand", "Condemnation", "Attack", "Visit"))
            made.report(kind, a, b, day - chance.randint(0, 9), chance.sample(_WORDS, 8))
        return made.quads


class _Article:
    def __init__(self, number: int, published: int) -> None:
        self.key = f"https://example.org/{number}"
        self.graph = vocab.article(self.key)
        self.quads: list[Quad] = []
        self.place = 0
        self._add(self.graph, term("rdf:type"), dip("Article"))
        self.say(self.graph, "sha256", Literal(vocab.digest(self.key)))
        self.say(self.graph, "key", Literal(self.key))
        self.say(self.graph, "source", Literal(f"{number}.txt"))
        self.say(self.graph, "publishedDay", _number(published + 16_000))

    def _add(self, s: NamedNode, p: NamedNode, o: NamedNode | Literal) -> None:
        self.quads.append(Quad(s, p, o, self.graph))

    def say(self, subject: NamedNode, name: str, value: NamedNode | Literal) -> None:
        self._add(subject, dip(name), value)

    def report(
        self,
        kind: str,
        actor: str,
        target: str,
        day: int,
        words: list[str],
        *,
        both: str = "",
        count: int | None = None,
        deadline: int | None = None,
        modality: str = "actual",
    ) -> NamedNode:
        self.place += 100
        iri = vocab.report(self.key, kind, self.place, actor, target)
        self._add(iri, term("rdf:type"), dip("EventReport"))
        self.say(iri, "inArticle", self.graph)
        self.say(iri, "eventType", dip(kind))
        self.say(iri, "modality", Literal(modality))
        for role, code in (("actor", actor), ("actor", both), ("target", target)):
            if code:
                self._argument(iri, role, code)
        self._when(iri, "date", day)
        if deadline is not None:
            self._when(iri, "deadline", deadline)
        if count is not None:
            self.say(iri, "count", _number(count))
            self.say(iri, "unit", Literal("diplomat"))
        self._evidence(iri, "evidence", " ".join(words))
        self._evidence(iri, "triggerEvidence", words[0])
        self.say(iri, "plover", Literal("EXPEL"))
        self.say(iri, "cameo", Literal("161"))
        return iri

    def _argument(self, report: NamedNode, role: str, code: str) -> None:
        self.say(report, role, vocab.actor(code))
        iri = vocab.part("argument", report.value, role, code)
        self.say(report, "argument", iri)
        self._add(iri, term("rdf:type"), dip("Argument"))
        self.say(iri, "party", vocab.actor(code))
        self.say(iri, "role", Literal(role))
        self.say(iri, "method", Literal("dependency"))

    def _when(self, report: NamedNode, name: str, day: int) -> None:
        iso = (_EPOCH + timedelta(day + 16_000)).isoformat()
        self.say(report, name, Literal(iso, datatype=term("xsd:date")))
        self.say(report, f"{name}FromDay", _number(day + 16_000))
        self.say(report, f"{name}ToDay", _number(day + 16_000))

    def _evidence(self, node: NamedNode, name: str, words: str) -> None:
        iri = vocab.part("evidence", node.value, name)
        self.say(node, name, iri)
        self._add(iri, term("rdf:type"), dip("Evidence"))
        self.say(iri, "inArticle", self.graph)
        self._add(iri, term("oa:start"), _number(self.place))
        self._add(iri, term("oa:end"), _number(self.place + len(words)))
        self._add(iri, term("oa:exact"), Literal(words))

    def claim(self, about: NamedNode, stance: str, side: str, claimed: str) -> None:
        iri = vocab.part("claim", about.value, stance, side, claimed)
        person = vocab.person("", side)
        self._add(iri, term("rdf:type"), dip("Claim"))
        self.say(iri, "about", about)
        self.say(iri, "stance", Literal(stance))
        self.say(iri, "claimant", person)
        self._add(person, term("rdf:type"), dip("Person"))
        self.say(person, "attributedTo", vocab.actor(side))
        if claimed:
            self.say(iri, "claimedType", dip(claimed))
        self._evidence(iri, "evidence", f"{side} said")


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=_INTEGER)
