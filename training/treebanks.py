"""Reads CoNLL-U: words, tags, features, trees, and GUM's entities as names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from training.records import Sentence

# GUM's entity types that are names of ours.
_GUM_TYPES = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_OPEN_OR_CLOSE = re.compile(r"\(([^()]*)\)|\(([^()]*)|([^()]*)\)")


@dataclass(slots=True)
class _Block:
    """The lines of one sentence while it is read."""

    comments: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; sentences whose words are masked are left out."""
    block = _Block()
    joined_until = 0
    joined_space = True
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            block.comments[key.strip()] = value.strip()
        elif not line.strip():
            if block.rows and not _masked(block.rows):
                yield _sentence(block)
            block, joined_until = _Block(), 0
        else:
            row = line.split("\t")
            space = "SpaceAfter=No" not in row[9]
            if "." in row[0]:
                continue
            if "-" in row[0]:
                joined_until, joined_space = int(row[0].partition("-")[2]), space
                continue
            place = int(row[0])
            if place < joined_until:
                space = False
            elif place == joined_until:
                space = joined_space
            block.rows.append(row)
            block.spaces.append(space)


def _masked(rows: list[list[str]]) -> bool:
    return sum(row[1] == "_" for row in rows) > len(rows) / 2


def _sentence(block: _Block) -> Sentence:
    rows = block.rows
    heads = [int(row[6]) - 1 if row[6] != "0" else at for at, row in enumerate(rows)]
    return Sentence(
        words=[row[1] for row in rows],
        spaces=block.spaces,
        tags=[row[4] for row in rows],
        pos=[row[3] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        lemmas=[row[1] if row[2] == "_" else row[2] for row in rows],
        heads=heads,
        deps=["ROOT" if row[7] == "root" else row[7] for row in rows],
        ents=_gum_names(rows) if "Entity=" in "".join(row[9] for row in rows) else [],
        ident=block.comments.get("sent_id", ""),
        starts_document=any(key.startswith("newdoc") for key in block.comments),
        starts_paragraph=any(key.startswith("newpar") for key in block.comments),
    )


def _gum_names(rows: list[list[str]]) -> list[str]:
    """Make IOB tags from GUM's nested entities: the proper name at the head of each.

    A person's name is the head with its `flat` words; an organisation's or a place's is the run
    of proper nouns about the head, with *of* and *the* inside.
    """
    tags = ["O"] * len(rows)
    for begin, end, kind in sorted(_gum_spans(rows), key=lambda span: span[0] - span[1]):
        inside = range(begin, end + 1)
        heads = [at for at in inside if int(rows[at][6]) - 1 not in inside]
        if len(heads) != 1 or rows[heads[0]][3] != "PROPN":
            continue
        left = right = heads[0]
        if kind == "PERSON":
            while right < end and rows[right + 1][7] == "flat":
                right += 1
        else:
            while left > begin and _continues_name(rows[left - 1]):
                left -= 1
            while right < end and _continues_right(rows, right + 1, end):
                right += 1
        for at in range(left, right + 1):
            tags[at] = ("B-" if at == left else "I-") + kind
    return tags


def _continues_name(row: list[str]) -> bool:
    return row[3] == "PROPN" or (row[7] in ("flat", "compound") and row[1][:1].isupper())


def _continues_right(rows: list[list[str]], at: int, end: int) -> bool:
    if rows[at][3] == "PROPN":
        return True
    if at + 1 > end or rows[at + 1][3] != "PROPN":
        return False
    return rows[at][1] in ("of", "and", "for", "&") or (
        rows[at][1] == "the" and rows[at - 1][1] in ("of", "for")
    )


def _gum_spans(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield (first, last, our type) for each of GUM's entities of a type of ours."""
    pending: list[tuple[int, str]] = []
    for at, row in enumerate(rows):
        marks = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for single, opened, closed in _OPEN_OR_CLOSE.findall(marks.group(1)) if marks else ():
            if opened:
                pending.append((at, opened))
                continue
            begin, info = at, single
            if closed:
                same = [p for p in pending if p[1].split("-")[0] == closed.split("-")[0]]
                if not same:
                    continue
                pending.remove(same[-1])
                begin, info = same[-1]
            kind = _GUM_TYPES.get(info.split("-")[1]) if "-" in info else None
            if kind:
                yield begin, at, kind


def with_names(sentences: list[Sentence], iob2: Path) -> list[Sentence]:
    """Add the names of a Universal NER file to the sentences of the same words."""
    names = {tuple(words): tags for words, tags in read_iob2(iob2)}
    return [replace(s, ents=names.get(tuple(s.words), s.ents)) for s in sentences]


def read_iob2(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield (words, IOB tags) of a Universal NER file, with our types; others are O."""
    types = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
            continue
        row = line.split("\t")
        kind = types.get(row[2][2:])
        words.append(row[1])
        tags.append(row[2][:2] + kind if kind else "O")
