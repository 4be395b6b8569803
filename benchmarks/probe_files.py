"""Probe files: short texts with the events, claims and causes they tell.

A file holds texts, one a line, each followed by indented lines of gold, or by ``-`` where nothing happened:

``Type ACTORS > TARGETS [modality] [field=value …]``
    an event; actors and targets are codes joined by ``|``, the modality is `actual` if none is given, the
    fields checked are `count`, `date` and `deadline`; `-` is the value of a field that must stay open,
    such as the count of "some twenty"
``claim: SPEAKER | stance | Type``
    a claim about an event of that type; a word of SPEAKER stands in its name, office or affiliation
``cause: Type ACTORS < Type ACTORS``
    the first act answers the second

``gmb FIRST-LAST`` in place of a text stands for these sentences of the Groningen Meaning Bank, by number
(`benchmarks.gmb`).
A line ``@ YYYY-MM-DD`` sets the day of publication of the texts behind it; ``#`` begins a comment.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import gmb

PUBLISHED = "2024-05-14"
EITHER_WAY = frozenset(
    {
        "Meeting",
        "Visit",
        "Negotiation",
        "Agreement",
        "Mediation",
        "MilitaryExercise",
        "RestoreRelations",
    }
)
FIELDS = ("count", "date", "deadline")
GMB = re.compile(r"gmb (\d+)-(\d+)")
GOLD = re.compile(r"(?P<type>\w+)(?P<actors>[^>]*)>(?P<targets>\s*\S*)(?P<rest>.*)")


class ProbeError(ValueError):
    """A probe file that cannot be read; the message names file, line and fault."""


@dataclass(frozen=True, slots=True)
class Act:
    """One event of a probe, told or expected: type, codes of its sides, modality and fields."""

    type: str
    actors: frozenset[str]
    targets: frozenset[str]
    modality: str = "actual"
    fields: tuple[tuple[str, str], ...] = ()

    def sides(self) -> tuple[frozenset[str], frozenset[str]]:
        """Actors and targets, or all parties and none where the act has no direction."""
        if self.type in EITHER_WAY:
            return self.actors | self.targets, frozenset()
        return self.actors, self.targets

    def each(self) -> Iterator["Act"]:
        """Yield the act of each actor on each target: whether they are told in one or apart is the same."""
        if self.type in EITHER_WAY and self.type != "Visit":  # a visit has a host
            yield self
            return
        for actor in sorted(self.actors) or [""]:
            for target in sorted(self.targets) or [""]:
                yield replace(self, actors=_codes(actor), targets=_codes(target))

    def __str__(self) -> str:
        sides = f"{'|'.join(sorted(self.actors))} > {'|'.join(sorted(self.targets))}"
        return " ".join([self.type, sides, self.modality, *(f"{k}={v}" for k, v in self.fields)])


@dataclass(frozen=True, slots=True)
class Said:
    """A claim: who says it (names, offices, states; lower case), how, about which type of event."""

    speaker: str
    stance: str
    about: str

    def meets(self, other: "Said") -> bool:
        """Whether stance and type agree and a word of this speaker stands in the other's names."""
        same = (self.stance, self.about) == (other.stance, other.about)
        return same and any(word in other.speaker.split() for word in self.speaker.split())


Cause = tuple[
    str, frozenset[str], str, frozenset[str]
]  # type and actors of the answer, of what it answers


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text tells: its events, its claims and its causes."""

    acts: tuple[Act, ...] = ()
    claims: tuple[Said, ...] = ()
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """A text with what it tells; `place` is its file and line."""

    place: str
    text: str
    published: str
    gold: Reading


def probes(path: Path) -> Iterator[Probe]:
    """The probes of a file, in order.

    Raises:
        ProbeError: for gold that does not read, or a text without any.
    """
    published, text, place, gold = PUBLISHED, "", "", list[tuple[str, str]]()
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "#"], 1):
        if not line.strip():
            continue
        if line[0].isspace():
            gold.append((f"{path.name}:{number}", line.strip()))
            continue
        if text:
            if not gold:
                raise ProbeError(
                    f"{place}: no gold stands under this text; write the events, or '-' for none"
                )
            yield Probe(place, text, published, _gold(gold))
        text, gold = "", []
        if line.startswith("@"):
            published = line[1:].strip()
        elif not line.startswith("#"):
            place = f"{path.name}:{number}"
            text = _text(line.strip(), place)


def of_gmb(path: Path) -> bool:
    """Whether a probe file names sentences of the Groningen Meaning Bank."""
    return any(GMB.fullmatch(line) for line in path.read_text(encoding="utf-8").splitlines())


def _text(line: str, place: str) -> str:
    if not (named := GMB.fullmatch(line)):
        return line
    folder = os.environ.get("KGBUILD_CORPORA", "")
    try:
        return gmb.passage(Path(folder), int(named[1]), int(named[2]))
    except (FileNotFoundError, IndexError) as error:
        raise ProbeError(
            f"{place}: {line!r} can't be read ({error}); "
            f"set KGBUILD_CORPORA to the folder with {gmb.ARCHIVE}"
        ) from error


def _gold(lines: Iterable[tuple[str, str]]) -> Reading:
    acts, claims, causes = list[Act](), list[Said](), list[Cause]()
    for place, line in lines:
        try:
            if line.startswith("claim:"):
                speaker, stance, about = (
                    part.strip() for part in line.removeprefix("claim:").split("|")
                )
                claims.append(Said(speaker.lower(), stance, about))
            elif line.startswith("cause:"):
                sides = [part.split() for part in line.removeprefix("cause:").split("<")]
                (effect, one), (cause, other) = sides
                causes.append((effect, _codes(one), cause, _codes(other)))
            elif line != "-":
                acts.append(_act(line))
        except ValueError as error:
            raise ProbeError(
                f"{place}: {line!r} is no gold ({error}); the tool tells the form"
            ) from error
    return Reading(tuple(acts), tuple(claims), tuple(causes))


def _act(line: str) -> Act:
    parsed = GOLD.fullmatch(line)
    if not parsed:
        raise ValueError("no '>' between actors and targets")
    targets, rest = parsed["targets"].strip(), parsed["rest"].split()
    if "=" in targets or targets.islower():  # nothing behind the arrow but a modality or a field
        targets, rest = "", [targets, *rest]
    fields = tuple(
        (name, value) for name, _, value in (word.partition("=") for word in rest if "=" in word)
    )
    modality = [word for word in rest if "=" not in word] or ["actual"]
    for name in [*(name for name, _ in fields if name not in FIELDS), *modality[1:]]:
        raise ValueError(f"{name!r} is neither a field nor the one modality")
    return Act(parsed["type"], _codes(parsed["actors"]), _codes(targets), modality[0], fields)


def _codes(text: str) -> frozenset[str]:
    return frozenset(code.strip() for code in text.split("|") if code.strip())
