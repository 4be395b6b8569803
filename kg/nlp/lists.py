"""Lists of names, whatever the parse: "Peru, Chile and Cuba"."""

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.nlp.actors import Mention

AND = frozenset({"and", "or", "&"})
_LISTING = AND | {",", "(", ")", "the"}  # what stands between the names of a list
_BETWEEN = 3  # tokens


def lists(doc: Doc, mentions: Sequence[Mention]) -> dict[int, tuple[Mention, ...]]:
    """Return the lists of three names or more by the start of each of their members."""
    found: dict[int, tuple[Mention, ...]] = {}
    run: list[Mention] = []
    for mention in [*mentions, None]:
        if run and mention is not None and _goes_on(doc, run[-1], mention):
            run.append(mention)
            continue
        if len({m.codes for m in run}) > 2 and doc[run[-1].start - 1].lower_ in AND:
            found |= {m.start: tuple(run) for m in run}
        run = [mention] if mention is not None and _is_listed(mention) else []
    return found


def _goes_on(doc: Doc, last: Mention, mention: Mention) -> bool:
    between = doc[last.end : mention.start]
    return (
        _is_listed(mention)
        and 0 < len(between) <= _BETWEEN
        and all(t.lower_ in _LISTING for t in between)
    )


def _is_listed(mention: Mention) -> bool:
    return mention.kind in {"name", "capital", "organ"} and bool(mention.codes)


def run_before(doc: Doc, mentions: Sequence[Mention], last: Mention) -> tuple[Mention, ...]:
    """Return the names of the list that ends with `last`, in text order; `last` alone if there is none.

    A name behind a preposition begins no list: "at the killing in Syria, France and Chile said".
    """
    run = [last]
    for mention in reversed([m for m in mentions if m.end <= last.start]):
        placed = mention.start > 0 and doc[mention.start - 1].pos_ == "ADP"
        if placed or not _goes_on(doc, mention, run[0]) or not _is_listed(mention):
            break
        run.insert(0, mention)
    joined = len(run) > 1 and doc[last.start - 1].lower_ in AND
    return tuple(run) if joined else (last,)
