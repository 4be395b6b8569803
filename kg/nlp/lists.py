"""Lists of names, whatever the parse: "Peru, Chile and Cuba"."""

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.nlp.actors import Mention

AND = frozenset({"and", "or", "&"})
_LISTING = AND | {",", "(", ")", "the"}  # what stands between the names of a list
_BETWEEN = 3  # tokens
_SOME = frozenset({"a", "an", "one", "another", "some", "several", "two", "three", "few", "many"})


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


def is_untold(doc: Doc, mention: Mention) -> bool:
    """Tell "a Gulf Arab state", "one of the Baltic countries": which of a region isn't told."""
    if len(mention.codes) < 3:
        return False
    last = doc[mention.end - 1]
    noun = last.head if mention.kind == "adjective" and last.head.pos_ == "NOUN" else last
    before = {c.lower_ for c in noun.lefts}
    return bool(before & _SOME) or (
        "of" in before and (noun.head.pos_ == "NUM" or noun.head.lower_ in _SOME)
    )
