"""Hostile files beside good ones: each is read or named with its reason; nothing breaks or hangs."""

import re
import resource
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.ingest import clean as cleaning
from kg.ingest import dateline, decode, feed, furniture, html, metadata, normalise
from kg.ingest.clean import clean, layout
from kg.ingest.read import Unread, articles
from kg.model import Article
from tests.hostile import PROSE, Fate, make


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Fate]]:
    folder = tmp_path_factory.mktemp("hostile")
    return folder, make(folder)


def test_every_hostile_file_has_its_fate_and_the_good_ones_go_in(
    hostile: tuple[Path, dict[str, Fate]], tmp_path: Path
) -> None:
    folder, fates = hostile
    assert len(fates) >= 60
    for number in range(20):
        (tmp_path / f"good-{number:02}.txt").write_text(f"{PROSE} They were {number + 2} in all.")
    passed: Counter[str] = Counter()
    begin = time.process_time()
    found = list(articles([folder, tmp_path], passed=passed))
    assert time.process_time() - begin < 60
    good = [a for a in found if isinstance(a, Article)]
    assert sum(a.source.startswith("good-") for a in good) == 20
    assert passed.total() == sum(fate == "passed" for fate in fates.values())
    named = {a.source for a in found if isinstance(a, Unread)}
    assert len(good) >= 20 + sum(fate == "read" for fate in fates.values())
    for a in found:
        if isinstance(a, Unread):
            assert a.reason
            assert "\n" not in a.reason
            assert "Traceback" not in a.reason
            assert len(a.reason) < 400
    assert len(named) >= sum(fate == "refused" for fate in fates.values())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 * 1024 * 1024  # KB


def test_each_hostile_file_named_alone_is_read_or_named(
    hostile: tuple[Path, dict[str, Fate]],
) -> None:
    folder, fates = hostile
    wrong = []
    for name, fate in sorted(fates.items()):
        if (folder / name).is_dir():
            continue
        found = list(articles([folder / name]))
        got = "read" if any(isinstance(a, Article) for a in found) else "refused"
        if not found or (
            fate in ("read", "refused") and got != fate and not (folder / name).is_symlink()
        ):
            wrong.append((name, fate, found[:1]))
        for a in found:
            if isinstance(a, Article):
                a.text.encode("utf-8")
                a.key.encode("utf-8")
                a.source.encode("utf-8")
                assert clean(a).text
    assert not wrong


def _regexes() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (f"{module.__name__}.{name}", value)
        for module in (cleaning, dateline, decode, feed, furniture, html, metadata, normalise)
        for name, value in sorted(vars(module).items())
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    ]


ADVERSARIAL = ["a", " ", "\n", "a ", "A ", "A. ", "A, ", "*", "_a", "[", "[a](", "![a](b", "<", "<a ", "<!--", "</p", "&", "&am", "http://", "www.", "(", "(a", "((AP) ", "1", "1 ", "12:", "May 1 ", "Jan. 1, ", "2021-", "20", "Ab-", "Ab de ", "Ab/", "MOSCOW, ", "Title:", "Title: a\n", "--", " - ", "#", "> ", "- ", "@a", "a@", "a@b.", "\u00a0", "\u200b", "\u201c", "\\", "`", "---\n", "By A ", "<script>", "<![", "|"]  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_no_regex_of_the_readers_takes_long_on_100_kb(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    for name, pattern in _regexes():
        begin = time.process_time()
        if name == "kg.ingest.dateline._DATELINE":  # looked for at a paragraph's start only
            pattern.match(text, 0, 160)
        else:
            for _ in pattern.finditer(text):
                pass
        assert time.process_time() - begin < 0.05 * 10, (name, piece)  # aim 50 ms; noisy clock
    layout.cache_clear()
    begin = time.process_time()
    layout(text)
    assert time.process_time() - begin < 2.0, piece


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode.decode(data)
    except UnreadableError:
        return
    text.encode("utf-8")
    assert "\r" not in text


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([".txt", ".html", ".jsonl", ".csv", ".tsv", ".rss", ".zip", ".txt.gz", ".md"]),
)
def test_any_file_gives_articles_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{suffix}"
    file.write_bytes(data)
    for a in articles([file]):
        assert isinstance(a, Article | Unread)
