"""A seeded generator of articles that look like news: for measuring speed, not for judging.

Episodes of two states drawn from the whole gazetteer, each told by a few articles of 250 to 450
words: a headline, a dateline, acts of the episode in varied sentences, what is said about them,
background on other states, and the clutter of a web page.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from kg.lexicon import Lexicon
from tests.metamorphic.cases import TEMPLATES, WORDS, Draw
from tests.metamorphic.templates import Fill, Template, render

_OUTLETS = (
    "Harbour Wire",
    "The Lantern",
    "Daily Meridian",
    "North Post",
    "Bulletin 24",
    "Atlas News",
)
_SAID = (
    "a spokesman for the foreign ministry said",
    "officials said",
    "the state news agency reported",
    "a diplomat who asked not to be named said",
)
_QUOTES = (
    '"We will answer in due time and in due form," the minister told reporters.',
    '"Nobody in this house wants a quarrel," the ambassador said. "But nobody will be lectured."',
    '"It is too early to speak of a thaw," said a former envoy who knows both capitals.',
)
_LONG = (
    "The two countries share a river, two railway lines and a long list of unsettled bills.",
    "Trade between them has grown in most years of the past decade, though from a low level.",
    "Relations had been cool since a court case about a cargo of timber three years ago.",
    "Analysts were divided on whether the step was meant for the neighbours or for voters at home.",
    "The archive of the joint commission fills eleven rooms, and few people have read it.",
)


@dataclass(frozen=True, slots=True)
class Record:
    """One article as a line of JSONL holds it."""

    id: str
    title: str
    text: str
    date: str
    outlet: str
    url: str


class Newsroom:
    """Writes articles; the same seed writes the same ones."""

    def __init__(self, lexicon: Lexicon, seed: int) -> None:
        self.draw = Draw(lexicon, seed)
        self.random = self.draw.random

    def articles(self, count: int) -> Iterator[Record]:
        """Yield this many articles, about twenty a day, two to five on each episode."""
        number = 0
        while number < count:
            day = date(2004, 1, 1) + timedelta(number // 20)
            fill = self.draw.dated(self.draw.fill(), day)
            acts = self.random.sample(TEMPLATES, 4)
            for _ in range(min(self.random.randint(2, 5), count - number)):
                yield self._article(number, day + timedelta(self.random.randint(0, 2)), fill, acts)
                number += 1

    def _article(self, number: int, day: date, fill: Fill, acts: list[Template]) -> Record:
        headline = render(acts[0].text, replace(fill, day="", limit="")).rstrip(" .")
        paragraphs = [self._told(act, fill, first=n == 0) for n, act in enumerate(acts)]
        paragraphs += self.random.sample(_QUOTES, 2) + self.random.sample(_LONG, 3)
        for _ in range(3):
            other = self.draw.dated(self.draw.fill(), day)
            sentence = render(self.random.choice(TEMPLATES).text, other)
            paragraphs.append(f"{sentence} {self.draw.fillers(1)[0]}")
        head, tail = paragraphs[:1], paragraphs[1:]
        self.random.shuffle(tail)
        place = fill.a.name.removeprefix("the ").upper()
        head[0] = f"{place}, {day:%B} {day.day} (Harbour Wire) - {head[0]}"
        clutter = self.random.sample(WORDS["after"], 3)
        return Record(
            id=f"n{number:06d}",
            title=headline,
            text="\n\n".join((*head, *tail, *clutter)),
            date=day.isoformat(),
            outlet=self.random.choice(_OUTLETS),
            url=f"https://news.example/{number:06d}",
        )

    def _told(self, act: Template, fill: Fill, *, first: bool) -> str:
        text = act.passive if act.passive and self.random.random() < 0.3 else act.text
        sentence = render(text, fill)
        if not first and self.random.random() < 0.5:
            sentence = f"{sentence.rstrip('.')}, {self.random.choice(_SAID)}."
        return f"{sentence} {self.random.choice(_LONG)} {self.draw.fillers(1)[0]}"


def write(path: Path, lexicon: Lexicon, count: int, seed: int) -> None:
    """Write this many articles into a JSONL file."""
    with path.open("w", encoding="utf-8") as out:
        for one in Newsroom(lexicon, seed).articles(count):
            record = {name: getattr(one, name) for name in Record.__slots__}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
