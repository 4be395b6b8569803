"""Answers of saved questions beside rows that a reader of the articles wrote down by hand.

`tests/questions/<name>.csv` holds, for each saved question, the right rows on `data/`. An event
stands there as the gold event that first tells it, `no-ru-2023-wire.e1` (in `tests/gold/data/`), so
that no IRI is needed. A cell is right where it is equal to the judge's; and there

- `a / b` takes either;
- `*` takes anything: the column isn't judged in that row;
- `~words` takes any text that holds these words;
- nothing means that nothing is known.

`python -m benchmarks.judged [QUESTION…]` prints how each is answered, and of those named the wrong and
missing rows. Columns that the file leaves out are not judged at all. A row with something in `optional` may be
given or not: readers can differ over it.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg import query
from kg.evaluate.gold import GoldArticle, conventions, load, stem
from kg.evaluate.match import Row, align, codes, join_parts, near
from kg.evaluate.score import merged
from kg.graph.store import Reader

TESTS = Path(__file__).parent
QUESTIONS = TESTS / "questions"
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one question was answered: rows given, rows that are right, the rest on either side."""

    question: str
    given: int
    wanted: int
    right: int
    wrong: tuple[Row, ...]
    missing: tuple[Row, ...]

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def wanted(question: str) -> list[Row]:
    """Return the judge's rows of a question."""
    path = QUESTIONS / f"{question}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(reader: Reader, question: str) -> list[dict[str, str]]:
    """Return the program's rows of a question as text; what is not known is missing."""
    table = query.run(reader, query.find(question))
    assert isinstance(table, query.Table)
    return [
        {
            name: cell.value
            for name, cell in zip(table.columns, row, strict=True)
            if isinstance(cell, NamedNode | Literal)
        }
        for row in table.rows
    ]


def names(reader: Reader) -> dict[str, str]:
    """Name each report and each event of the store by the gold event that it tells."""
    golds, links = load(TESTS / "gold" / "data")
    first = {key: min(group) for group in (links.same_event if links else ()) for key in group}
    told = rows(reader, "events")
    found: dict[str, str] = {}
    for gold in golds:
        answers = [row for row in told if stem(row["source"]) == gold.stem]
        for eid, row in _answers(gold, answers):
            key = first.get((gold.stem, eid), (gold.stem, eid))
            found[row["event"]] = ".".join(key)
    hubs: dict[str, list[str]] = {}
    for row in told:
        if row["event"] in found:
            hubs.setdefault(row["hub"], []).append(found[row["event"]])
    return {**found, **{hub: max(sorted(set(n)), key=n.count) for hub, n in sorted(hubs.items())}}


def _answers(gold: GoldArticle, answers: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Pair gold events with the rows that answer them, all parts of an act of several parties."""
    joined = join_parts(gold.events, merged(answers))
    for place, at in sorted(align(gold.events, joined).items()):
        event, answer = gold.events[place], joined[at]
        yield event.eid, answer
        if len(event.actors) > 1 or len(event.targets) > 1:
            for row in answers:
                alike = row["type"] == answer["type"] and near(event.evidence, row["quote"])
                if alike and conventions().kin(row["type"], event.type) and _within(row, answer):
                    yield event.eid, row


def _within(row: Row, whole: Row) -> bool:
    return all(
        codes(row.get(side, "")) <= codes(whole.get(side, "")) for side in ("actors", "targets")
    )


def readable(told: Sequence[Row], named: Mapping[str, str]) -> list[Row]:
    """Put names in the place of IRIs."""
    return [{column: _readable(cell, named) for column, cell in row.items()} for row in told]


def _readable(cell: str, named: Mapping[str, str]) -> str:
    parts = cell.split("|")
    if not all(part.startswith("https://w3id.org/kgbuild/data/") for part in parts):
        return cell
    return "|".join(sorted(named.get(part, UNKNOWN) for part in parts))


def judge(question: str, told: Sequence[Row], right: Sequence[Row]) -> Verdict:
    """Pair the program's rows with the judge's, as many as can be, each once."""
    right = sorted(right, key=_is_optional)  # a row that must be there comes first
    fits = [[j for j, row in enumerate(told) if _fits(row, want)] for want in right]
    taken: dict[int, int] = {}
    for i in range(len(right)):
        _seat(i, fits, taken, set())
    seated = set(taken.values())
    return Verdict(
        question,
        given=len(told),
        wanted=sum(i in seated or not _is_optional(row) for i, row in enumerate(right)),
        right=len(taken),
        wrong=tuple(row for j, row in enumerate(told) if j not in taken),
        missing=tuple(
            row for i, row in enumerate(right) if i not in seated and not _is_optional(row)
        ),
    )


def _is_optional(want: Row) -> bool:
    return bool(want.get("optional"))


def _seat(i: int, fits: Sequence[Sequence[int]], taken: dict[int, int], seen: set[int]) -> bool:
    """Give a judge's row a row of the program, moving others where that makes room."""
    for j in fits[i]:
        if j not in seen:
            seen.add(j)
            if j not in taken or _seat(taken[j], fits, taken, seen):
                taken[j] = i
                return True
    return False


def _fits(row: Row, want: Row) -> bool:
    return all(
        _agrees(row.get(column, ""), cell) for column, cell in want.items() if column != "optional"
    )


def _agrees(told: str, cell: str) -> bool:
    for choice in re.split(r"(?:^| )/ ", cell):
        if choice == "*" or told == choice:
            return True
        if choice.startswith("~") and choice[1:].lower() in told.lower():
            return True
    return False


def verdicts(reader: Reader) -> dict[str, Verdict]:
    """Judge each saved question on a store of `data/`."""
    named = names(reader)
    return {
        question: judge(question, readable(rows(reader, question), named), wanted(question))
        for question in query.library()
    }
