"""Articles side by side: wire copies and reprints (shared shingles), articles of one story."""

import re
import zlib

from kg.link.records import Source

_SHINGLE = 5  # words
_LONG = 120  # shingles; of a longer text one hash in eight is kept
_SAMPLE = 8
_LIKE = 0.6  # share of the shorter text's shingles
_STORY = 0.33  # share of the shorter article's words, in articles of one story
_ACTS = 3  # acts told by both, in articles of one story
_FEWEST = 4  # shared shingles, below which likeness says nothing


def sketch(text: str) -> tuple[frozenset[int], bool]:
    """Return hashes of the text's five-word shingles, and whether they are a sample.

    A long text keeps the hashes that are multiples of eight (Broder's mod-m sketch), so that two
    sketches estimate which share of the shorter text stands in the longer one.
    """
    words = re.findall(r"\w+", text.casefold())
    hashes = {
        zlib.crc32(" ".join(words[i : i + _SHINGLE]).encode())
        for i in range(len(words) - _SHINGLE + 1)
    }
    if len(hashes) <= _LONG:
        return frozenset(hashes), False
    return frozenset(h for h in hashes if h % _SAMPLE == 0), True


def near_duplicates(left: Source, right: Source) -> bool:
    """Say whether two articles carry the same text, or one nearly all of the other's."""
    if left.sha256 and left.sha256 == right.sha256:
        return True
    a, b = left.sketch, right.sketch
    if left.sampled != right.sampled:
        a = frozenset(h for h in a if h % _SAMPLE == 0)
        b = frozenset(h for h in b if h % _SAMPLE == 0)
    shared = len(a & b)
    return shared >= _FEWEST and shared >= _LIKE * min(len(a), len(b))


def same_story(left: Source, right: Source) -> bool:
    """Say whether two articles tell of the same run of events: several acts, in like words."""
    shared = len(left.words & right.words)
    shorter = min(len(left.words), len(right.words))
    return len(left.acts & right.acts) >= _ACTS and shared >= _STORY * shorter


def independent(sources: list[Source], copies: set[tuple[str, str]]) -> int:
    """Count the sources that are no copies of one another (connected by `copies`)."""
    leader = {source.iri: source.iri for source in sources}

    def find(iri: str) -> str:
        while leader[iri] != iri:
            iri = leader[iri]
        return iri

    for left, right in sorted(copies):
        if left in leader and right in leader:
            leader[find(right)] = find(left)
    return len({find(iri) for iri in leader})
