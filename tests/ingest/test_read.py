"""Reading: every kind of file, identity by the contract, and the reasons for what is not read."""

import gzip
import io
import json
import os
import zipfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from kg.errors import UnreadableError, UsageError
from kg.ingest.clean import clean
from kg.ingest.decode import decode
from kg.ingest.read import Options, Unread, articles
from kg.ingest.records import field_map
from kg.model import Article

PROSE = (
    "Ghana asked two Ivorian consular officers to leave the country on Friday, the ministry said."
)
GERMAN = (
    "Die Bundesregierung hat am Freitag zwei Mitarbeiter der Botschaft ausgewiesen. "
    "Das Auswärtige Amt teilte mit, sie müssten das Land innerhalb einer Woche verlassen."
)


def read(*paths: Path | str, options: Options | None = None) -> list[Article | Unread]:
    return list(articles(paths, options))


def one(path: Path | str, options: Options | None = None) -> Article:
    (found,) = read(path, options=options)
    assert isinstance(found, Article), found
    return found


def reason(path: Path | str) -> str:
    (found,) = read(path)
    assert isinstance(found, Unread), found
    assert "\n" not in found.reason
    return found.reason


def test_a_text_file_is_stored_unchanged_with_its_identity(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfGhana asks two to go\r\n\r\n" + PROSE.encode() + b"\r\n")
    found = one(file)
    assert found.text == f"Ghana asks two to go\n\n{PROSE}\n"
    assert (found.key, found.source, found.title) == ("a.txt", "a.txt", "Ghana asks two to go")
    assert found.sha256 == sha256(found.text.encode()).hexdigest()
    assert (found.published, found.published_basis, found.url) == ("", "", "")


@pytest.mark.parametrize(
    "head",
    [
        "Title: Two must go\nSource: The Example\nDate: 3 May 2021\nURL: https://example.org/a\nLanguage: English\n\n",
        "---\ntitle: 'Two must go'\noutlet: The Example\ndate: 2021-05-03T10:00:00Z\nurl: https://example.org/a\n---\n\n",
        '+++\ntitle = "Two must go"\npublisher = "The Example"\ndate = 2021-05-03\nlink = "https://example.org/a"\n+++\n',
        "**Headline:** Two must go\n**Outlet:** The Example\n**Published:** Mon, 03 May 2021 10:00:00 GMT\n**Source URL:** <https://example.org/a>\n\n",
        "TITLE: Two must go\nPublication: The Example\n\nPublication date: May 3, 2021\nSource: https://example.org/a\nCategory: World\n\n",
    ],
)
def test_metadata_of_front_matter_and_key_lines(tmp_path: Path, head: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(head + PROSE + "\n", encoding="utf-8")
    found = one(file)
    assert (found.title, found.outlet, found.published) == (
        "Two must go",
        "The Example",
        "2021-05-03",
    )
    assert (found.published_basis, found.url, found.key) == (
        "metadata",
        "https://example.org/a",
        "https://example.org/a",
    )
    assert found.text == head + PROSE + "\n"
    assert clean(found).text == PROSE


def test_key_lines_behind_the_headline_count_too(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        f"Two consular officers must go\nPublished: 4 June 2020\nBy Ann Author\n\n{PROSE}\n"
    )
    found = one(file)
    assert (found.published, found.published_basis) == ("2020-06-04", "text")
    assert clean(found).text == f"Two consular officers must go\n\n{PROSE}"


def test_the_address_in_the_text_counts_only_if_it_is_the_articles_own(tmp_path: Path) -> None:
    own = "https://example.org/news/42-two-consular-officers-must-leave-ghana"
    file = tmp_path / "a.txt"
    file.write_text(f"Two consular officers must leave Ghana\n\n{PROSE}\n\n<{own}>\n")
    assert one(file).key == own
    file.write_text(
        f"Two consular officers must leave Ghana\n\n{PROSE}\n\nhttps://example.org/about-the-newsroom\n"
    )
    assert one(file).key == "a.txt"


def test_html_gives_main_text_and_metadata(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        f"""<!doctype html><html lang="en"><head><title>Two must go - The Example</title>
        <meta property="og:title" content="Two must go"><meta property="og:site_name" content="The Example">
        <meta property="article:published_time" content="2021-05-03T10:00:00Z"><link rel="canonical" href="https://example.org/a">
        </head><body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Two must go</h1>
        <p>{PROSE}</p><p>Abidjan has not said how it will answer, and a spokesman declined to comment on the matter &amp; its causes.</p>
        <p>{PROSE} It was the third such step since January.</p></article><footer>Copyright 2023 Example</footer></body></html>""",
        encoding="utf-8",
    )
    found = one(file)
    assert (found.title, found.outlet, found.published, found.url) == (
        "Two must go", "The Example", "2021-05-03", "https://example.org/a",
    )  # fmt: skip
    assert PROSE in found.text
    assert "comment on the matter & its causes" in found.text
    assert "Home" not in found.text
    assert "Copyright" not in found.text


def test_a_page_in_a_declared_encoding_is_decoded_by_it(tmp_path: Path) -> None:
    file = tmp_path / "page.htm"
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{PROSE}</p><p>The word Посольство is Russian for embassy, he said.</p></body></html>'
    file.write_bytes(page.encode("windows-1251"))
    assert "Посольство" in one(file).text


def test_jsonl_records(tmp_path: Path) -> None:
    file = tmp_path / "n.jsonl"
    rows = [
        {
            "id": "r-1",
            "title": "Two must go",
            "text": PROSE,
            "date": "2021-05-03",
            "outlet": "The Example",
        },
        {"text": PROSE, "url": "https://example.org/a"},
        {"title": "Peru recalls its envoy from Quito"},
        {"id": 7, "text": PROSE, "date": None},
    ]
    file.write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n[]\n{}\n", encoding="utf-8")
    found = read(file)
    good = [a for a in found if isinstance(a, Article)]
    assert [(a.key, a.source) for a in good] == [
        ("r-1", "r-1"), ("https://example.org/a", "n.jsonl#2"), ("n.jsonl#3", "n.jsonl#3"), ("7", "7"),
    ]  # fmt: skip
    assert (good[0].text, good[0].title, good[0].published, good[0].outlet) == (
        PROSE,
        "Two must go",
        "2021-05-03",
        "The Example",
    )
    assert good[2].text == good[2].title == "Peru recalls its envoy from Quito"
    assert [a.source for a in found if isinstance(a, Unread)] == [
        "n.jsonl#5",
        "n.jsonl#6",
        "n.jsonl#7",
    ]


def test_other_field_names_by_a_map(tmp_path: Path) -> None:
    file = tmp_path / "n.jsonl"
    file.write_text(
        json.dumps({"body": PROSE, "publishedAt": "2021-05-03", "source": {"name": "The Example"}})
    )
    assert "use --map text=NAME" in reason(file)
    options = Options(fields=field_map("text=body, date=publishedAt,outlet=source.name"))
    found = one(file, options)
    assert (found.published, found.outlet) == ("2021-05-03", "The Example")
    for wrong in ("txt=body", "text", "text="):
        with pytest.raises(UsageError, match="--map"):
            field_map(wrong)


@pytest.mark.parametrize(("suffix", "mark"), [(".csv", ","), (".csv", ";"), (".tsv", "\t")])
def test_tables(tmp_path: Path, suffix: str, mark: str) -> None:
    file = tmp_path / f"n{suffix}"
    quoted = f'"{PROSE}\nIt gave no ""reason""{mark} he said."'
    file.write_text(
        f"ID{mark}Text{mark}date\nx1{mark}{quoted}{mark}2021-05-03\n{mark}{PROSE.replace(',', '')}{mark}\n"
    )
    one_, two = read(file)
    assert isinstance(one_, Article)
    assert isinstance(two, Article)
    assert (one_.key, one_.published) == ("x1", "2021-05-03")
    assert one_.text.endswith(f'It gave no "reason"{mark} he said.')
    assert two.key == two.source == f"n{suffix}#2"


RSS = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>The Example</title><language>en-GB</language>
<item><title>Two must go</title><link>https://example.org/a</link><pubDate>Mon, 03 May 2021 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{PROSE}&lt;/p&gt;&lt;p&gt;Café owners protested on Monday against the closure.&lt;/p&gt;</description></item>
<item><title>Empty</title><guid>g-2</guid></item></channel></rss>"""


def test_feeds(tmp_path: Path) -> None:
    file = tmp_path / "feed.rss"
    file.write_bytes(RSS.encode("latin-1"))
    first, second = read(file)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == f"{PROSE}\n\nCafé owners protested on Monday against the closure."
    assert (first.key, first.published, first.outlet) == (
        "https://example.org/a",
        "2021-05-03",
        "The Example",
    )
    assert (second.key, second.text) == ("g-2", "Empty")
    file = tmp_path / "feed.atom"
    file.write_text(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title><entry><id>urn:1</id><title>Two</title>'
        f'<link rel="alternate" href="https://example.org/b"/><updated>2021-05-03T10:00:00Z</updated>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PROSE}</p></div></content></entry></feed>'
    )
    found = one(file)
    assert (found.text, found.url, found.published) == (
        PROSE,
        "https://example.org/b",
        "2021-05-03",
    )


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        "<!doctype x>",
        '<!ENTITY % a SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_refused_before_parsing(tmp_path: Path, declaration: str) -> None:
    file = tmp_path / "feed.xml"
    for encoding in ("utf-8", "utf-16"):
        file.write_bytes(
            RSS.replace("<rss", declaration + "<rss")
            .replace("ISO-8859-1", encoding)
            .encode(encoding)
        )
        assert "DOCTYPE" in reason(file)


def test_a_folder_is_walked_in_order_and_its_rest_counted(tmp_path: Path) -> None:
    for name in (
        "b/2.txt",
        "b/1.md",
        "a.txt",
        "README.md",
        "LICENSE.txt",
        ".hidden.txt",
        "x.pdf",
        ".git/c.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PROSE)
    os.mkfifo(tmp_path / "pipe.txt")
    passed: Counter[str] = Counter()
    found = list(articles([tmp_path], passed=passed))
    assert [(a.key, a.source) for a in found if isinstance(a, Article)] == [
        ("a.txt", "a.txt"),
        ("b/1.md", "1.md"),
        ("b/2.txt", "2.txt"),
    ]
    assert passed == {
        "README or LICENSE": 2,
        "hidden": 2,
        "other suffix": 1,
        "not a regular file": 1,
    }
    assert one(tmp_path / "README.md").key == "README.md"


def test_links_out_of_the_folder_are_refused_and_pipes_do_not_hang(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(PROSE)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text(PROSE)
    (folder / "out.txt").symlink_to(outside)
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder)
    found = read(folder)
    assert [type(a) for a in found] == [Article, Unread]
    assert found[1].source == "out.txt"
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in reason(tmp_path / "pipe")
    with pytest.raises(UsageError, match="no such file"):
        articles([tmp_path / "missing.txt"])


def test_compressed_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(PROSE.encode()))
    found = one(tmp_path / "a.txt.gz")
    assert (found.key, found.source, found.text) == ("a.txt.gz", "a.txt", PROSE)
    with zipfile.ZipFile(tmp_path / "n.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b/two.txt", PROSE)
        archive.writestr("one.txt", PROSE)
        archive.writestr("../evil.txt", PROSE)
        archive.writestr("inner.zip", b"PK")
        archive.writestr("picture.png", b"x")
        archive.writestr("r.jsonl", json.dumps({"text": PROSE}))
    passed: Counter[str] = Counter()
    got = list(articles([tmp_path / "n.zip"], passed=passed))
    assert [(a.key, a.source) for a in got if isinstance(a, Article)] == [
        ("n.zip/b/two.txt", "two.txt"), ("n.zip/one.txt", "one.txt"), ("n.zip/r.jsonl#1", "r.jsonl#1"),
    ]  # fmt: skip
    assert [a.source for a in got if isinstance(a, Unread)] == [
        "n.zip/../evil.txt",
        "n.zip/inner.zip",
    ]
    assert passed == {"other suffix": 1}


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.zip"])
def test_bombs_are_refused(tmp_path: Path, name: str) -> None:
    zeros = b" " * (48 << 20)
    if name.endswith(".gz"):
        (tmp_path / name).write_bytes(gzip.compress(zeros))
    else:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", b"text\n" + zeros)
    (found,) = read(tmp_path / name)
    assert isinstance(found, Unread)
    assert "times" in found.reason or "over 16 MB" in found.reason


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"), (b" \n\t", "empty"), (b"\x00\x01\x02" * 40, "NUL"), (b"%PDF-1.4 x", "PDF"), (b"PK\x03\x04", "zip"), (b"\x1f\x8bxx", "gzip"), (b"\x89PNG", "image"),
        (GERMAN.encode(), "not English but German"), (b"word " * 210_000, "too long"), ("Grüße \u20ac ".encode() + b"\xff\xfe\xc3(" + PROSE.encode(), "not valid UTF-8 at byte"), (b"\x07\x01\x02abc" * 20, "control"),
        ("Министерство иностранных дел сообщило в пятницу о высылке двух дипломатов.".encode(), "Russian"), (b"Title: Only a title\nDate: 2021-01-01\n", "empty"), (b"Share\n\nTweet\n\nPrint\n", "furniture"),
        (b"\xff\xfe" + "é".encode("utf-16-le") + b"\x00\xd8a", "UTF-16"), (b"x" * (17 << 20), "too long"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_says_why(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    assert why in reason(tmp_path / "bad.txt")


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"],
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = PROSE + " The café in the old façade was closed, Señor Muñoz told the naïve attaché."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert one(tmp_path / "a.txt").text == text


def test_lone_surrogates_and_nul_in_records(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'{"text": "%s \\ud800"}\n{"text": "a\\u0000b"}\n' % PROSE.encode()
    )
    good, bad = read(tmp_path / "a.jsonl")
    assert isinstance(good, Article)
    assert good.text == PROSE + " \ufffd"
    assert isinstance(bad, Unread)


def test_stdin_is_read_by_what_it_holds() -> None:
    (text,) = articles(["-"], stdin=io.BytesIO(PROSE.encode()))
    assert isinstance(text, Article)
    assert (text.key, text.source) == ("-", "-")
    (record,) = articles(["-"], stdin=io.BytesIO(json.dumps({"id": "z", "text": PROSE}).encode()))
    assert isinstance(record, Article)
    assert record.key == "z"


def test_a_given_language_wins(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": PROSE, "language": "fr"}))
    assert "French" in reason(tmp_path / "a.jsonl")


@pytest.mark.parametrize(
    "text",
    [
        "Uhuru Kenyatta Raila Odinga Nairobi Mombasa Kisumu Eldoret",
        "Ottawa expels Chinese diplomat Zhao Wei",
        "Kazakhstan, Kyrgyzstan sign trade pact in Bishkek",
    ],
)
def test_headlines_of_names_pass_as_english(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert one(tmp_path / "a.txt").language == "en"


def test_unreadable_permissions_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE)
    (tmp_path / "a.txt").chmod(0)
    if os.access(tmp_path / "a.txt", os.R_OK):
        pytest.skip("this user may read everything")
    assert "Permission denied" in reason(tmp_path / "a.txt")


def test_streams_hold_one_record_at_a_time() -> None:
    taken = 0

    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            nonlocal taken
            row = json.dumps({"text": PROSE}).encode() + b"\n"
            taken += len(row)
            buffer[: len(row)] = row
            return len(row)

    stream = articles(["-"], stdin=io.BufferedReader(Endless()))
    for _ in range(50):
        next(stream)
    assert taken < 400_000


def test_decode_never_returns_what_utf8_can_not_hold() -> None:
    for data in (b"abc\r\ndef\rghi", "naïve".encode(), b"\xef\xbb\xbfx"):
        assert "\r" not in decode(data)
    with pytest.raises(UnreadableError):
        decode(b"\x00" * 10)
