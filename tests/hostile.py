"""Makes a folder of hostile files: `python tests/hostile.py FOLDER`.

Each file has a fate: `read` (it gives an article, whatever it holds), `refused` (it is named with
a reason) or `passed` (a walk counts it and goes on). Same bytes in every run.
"""

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

Fate = Literal["read", "refused", "passed"]
PROSE = (
    "Ghana asked two Ivorian consular officers to leave the country on Friday, the ministry said."
)
ITEM = f"<item><title>Two must go</title><description>{PROSE}</description></item>"
GERMAN = "Die Regierung hat am Freitag zwei Mitarbeiter der Botschaft des Landes ausgewiesen, weil sie für einen fremden Dienst gearbeitet haben sollen."
PARTS = (PROSE + "\n\n").encode()
BIDI = "".join(map(chr, (0x202E, 0x200B, 0x2066, 0xFEFF, 0xAD)))


def _zip(
    members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, mode: int = 0o100644
) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, (2021, 12, 1, 0, 0, 0))
            entry.external_attr = mode << 16
            entry.compress_type = method
            archive.writestr(entry, data)
    return packed.getvalue()


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _encrypted() -> bytes:
    packed = bytearray(_zip({"a.txt": PARTS}))
    packed[6] |= 1  # the flag in the local header
    central = packed.rindex(b"PK\x01\x02")
    packed[central + 8] |= 1
    return bytes(packed)


def _texts() -> Iterator[tuple[str, Fate, bytes]]:
    yield "t01-empty.txt", "refused", b""
    yield "t02-blank.txt", "refused", b" \t\r\n\r\n"
    yield "t03-bom-only.txt", "refused", b"\xef\xbb\xbf"
    yield "t04-nul.txt", "refused", PARTS + b"\x00" + PARTS
    yield "t05-binary.txt", "refused", bytes(range(256)) * 40
    yield "t06-pdf.txt", "refused", b"%PDF-1.7\n" + PARTS
    yield "t07-png.txt", "refused", b"\x89PNG\r\n\x1a\n" + PARTS
    yield "t08-zip-as-text.txt", "refused", _zip({"a.txt": PARTS})
    yield "t09-gzip-as-text.txt", "refused", _gzip(PARTS)
    yield "t10-broken-utf8.txt", "refused", "Größe ".encode() + b"\xc3(\xff " + PARTS
    yield "t11-overlong-utf8.txt", "refused", b"\xc0\xaf\xe0\x80\xaf\xc3\xa9 " + PARTS
    yield "t12-half-utf16.txt", "refused", b"\xff\xfe" + PROSE.encode("utf-16-le")[:-1]
    yield "t13-utf16.txt", "read", PROSE.encode("utf-16")
    yield "t14-utf16-bare.txt", "read", PROSE.encode("utf-16-be")
    yield "t15-utf32.txt", "read", PROSE.encode("utf-32")
    yield "t16-latin1.txt", "read", (PROSE + " The attaché left.").encode("latin-1")
    yield "t17-bidi.txt", "read", (BIDI + PROSE.replace(" ", f" {BIDI}") + BIDI).encode()
    yield "t18-old-mac.txt", "read", PARTS.replace(b"\n", b"\r")
    yield "t19-line-separators.txt", "read", (PROSE + "\u2028" + PROSE + "\x85\x0b\x0c").encode()
    yield "t20-one-long-line.txt", "refused", PARTS.replace(b"\n", b" ") * 110_000
    yield "t21-too-many-characters.txt", "refused", PARTS * 12_000
    yield "t22-long-but-allowed.txt", "read", PARTS * 5_000
    yield "t23-one-word.txt", "read", b"a" * 200_000
    yield "t24-only-digits.txt", "refused", b"1234567890 " * 500
    yield "t25-only-marks.txt", "refused", b"*_`#>[]()<&" * 2_000
    yield "t26-only-brackets.txt", "refused", b"[" * 100_000
    yield "t27-only-tags.txt", "read", b"<a <b" * 20_000
    yield "t28-combining.txt", "read", (PROSE + "a" + "\u0301" * 20_000).encode()
    yield "t29-emoji.txt", "read", ("\U0001f1ec\U0001f1ed " * 2_000 + PROSE).encode()
    yield "t30-private-use.txt", "read", (PROSE + "\ue000\uffff\U0010ffff").encode()
    yield "t31-controls.txt", "refused", b"\x01\x02\x03\x1b[31m" * 100 + PARTS
    yield "t32-few-controls.txt", "read", PARTS * 4 + b"\x1b[0m"
    yield "t33-german.txt", "refused", GERMAN.encode()
    yield "t34-chinese.txt", "refused", ("外交部发言人周五表示两名外交官被驱逐出境。" * 5).encode()
    yield (
        "t35-arabic.txt",
        "refused",
        ("أعلنت وزارة الخارجية يوم الجمعة طرد دبلوماسيين اثنين من البلاد. " * 3).encode(),
    )
    yield (
        "t36-furniture-only.txt",
        "refused",
        b"Share\nTweet\nHome | World | Opinion\nCopyright 2021\n",
    )
    yield "t37-open-front-matter.md", "read", b"---\ntitle: x\n" + PARTS
    yield "t38-deep-quotation.md", "read", b"> " * 3_000 + PARTS
    yield "t39-endless-key-lines.txt", "read", b"Title: a\n" * 5_000
    yield (
        "t40-script-title.txt",
        "read",
        b"Title: <script>alert(1)</script>\nURL: javascript:alert(1)\n\n" + PARTS,
    )
    yield "t41-turtle-title.txt", "read", b'Title: x" . } } ; DROP ALL ; #\n\n' + PARTS
    yield (
        "t42-dates.txt",
        "read",
        b"Date: 9999-99-99\n\n" + PARTS + b"On 31 February 0000 and in 99999999999 years.\n",
    )
    yield (
        "t43-long-url.txt",
        "read",
        b"URL: https://example.org/" + b"a" * 100_000 + b"\n\n" + PARTS,
    )


def _pages() -> Iterator[tuple[str, Fate, bytes]]:
    page = f"<html><body><article><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"
    yield "h01-empty.html", "refused", b""
    yield (
        "h02-no-text.html",
        "refused",
        b"<html><head><title>x</title></head><body><script>1</script></body></html>",
    )
    yield "h03-cut-off.html", "read", page[:120].encode()
    yield "h04-unclosed.html", "read", f"<p>{PROSE}<p><b><i>{PROSE}<table><tr>".encode()
    yield "h05-deep.html", "read", b"<div>" * 500 + f"<p>{PROSE}</p>".encode()
    yield "h13-bottomless.html", "refused", b"<div>" * 100_000 + f"<p>{PROSE}</p>".encode()
    yield (
        "h06-wrong-charset.html",
        "read",
        page.replace("<html>", '<html><meta charset="no-such">').encode(),
    )
    yield (
        "h07-scripts.html",
        "read",
        page.replace("<article>", "<article onload=alert(1)><script>alert(1)</script>").encode(),
    )
    yield (
        "h08-entities.html",
        "read",
        page.replace("two", "&#116;wo&#xFFFFFFF;&bogus;&#0;").encode(),
    )
    yield (
        "h09-many-attributes.html",
        "read",
        page.replace("<article>", "<article " + "a='b' " * 20_000 + ">").encode(),
    )
    yield "h10-too-big.html", "refused", b"<p>" + b"a " * (9 << 20)
    yield "h11-nul.html", "refused", page.encode() + b"\x00"
    yield (
        "h12-doctype-entity.html",
        "read",
        ('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page).encode(),
    )


def _records() -> Iterator[tuple[str, Fate, bytes]]:
    good = json.dumps({"text": PROSE}).encode() + b"\n"
    yield "r01-not-json.jsonl", "refused", b"{'text': 1}\n"
    yield "r02-deep.jsonl", "refused", b"[" * 100_000 + b"\n"
    yield "r03-numbers.jsonl", "refused", b"1\n2\nnull\n"
    yield "r04-no-text.jsonl", "refused", b'{"body": "x"}\n'
    yield "r05-cut-off.jsonl", "refused", good[:-20]
    yield "r06-huge-line.jsonl", "refused", b'{"text": "' + b"a " * (9 << 20) + b'"}\n'
    yield "r07-surrogate.jsonl", "read", b'{"text": "\\ud800 ' + PROSE.encode() + b'"}\n'
    yield "r08-nul.jsonl", "refused", b'{"text": "a\\u0000b"}\n'
    yield "r09-lists.jsonl", "refused", b'{"text": ["a"], "title": {"b": 1}}\n'
    yield "r10-big-number.jsonl", "refused", b'{"id": ' + b"9" * 10_000 + b"}\n"
    yield "r11-open-quote.csv", "read", b'text\n"' + PARTS * 20
    yield "r12-no-header.csv", "refused", PARTS
    yield "r13-nul.csv", "refused", b"text\na\x00b\n"
    yield "r14-huge-field.csv", "refused", b'text\n"' + b"a\n" * (9 << 20)
    yield "r15-formula.csv", "read", b'id,text\n"=HYPERLINK(""x"")","' + PROSE.encode() + b'"\n'
    yield "r16-ragged.tsv", "read", b"id\ttext\n1\n2\t" + PROSE.encode() + b"\t3\t4\n"


def _feeds() -> Iterator[tuple[str, Fate, bytes]]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    feed = f"<rss><channel><title>x</title>{ITEM}</channel></rss>"
    yield "f01-laughs.xml", "refused", f'<!DOCTYPE l [<!ENTITY l0 "lol">{laughs}]>{feed}'.encode()
    yield "f02-outside.rss", "refused", f'<!DOCTYPE x SYSTEM "file:///etc/passwd">{feed}'.encode()
    yield (
        "f03-utf16-doctype.xml",
        "refused",
        f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>{feed}'.encode("utf-16"),
    )
    yield "f04-cut-off.rss", "refused", feed[:-30].encode()
    yield "f05-no-feed.xml", "refused", b"<a><b/></a>"
    yield "f06-deep.xml", "refused", b"<a>" * 5_000 + b"</a>" * 5_000
    yield (
        "f07-script.rss",
        "read",
        feed.replace("Two must go", "&lt;script&gt;x&lt;/script&gt; Two must go").encode(),
    )
    yield (
        "f08-wrong-encoding.rss",
        "read",
        f'<?xml version="1.0" encoding="no-such"?>{feed}'.encode(),
    )
    yield "f09-controls.atom", "read", feed.replace("Two", "\x07Two").encode()


def _archives() -> Iterator[tuple[str, Fate, bytes]]:
    yield "z01-bomb.txt.gz", "refused", _gzip(b" " * (64 << 20))
    yield "z02-bomb.zip", "refused", _zip({"a.csv": b"text\n" + b" " * (64 << 20)})
    yield "z03-outside.zip", "refused", _zip({"../../evil.txt": PARTS})
    yield "z04-absolute.zip", "refused", _zip({"/etc/evil.txt": PARTS})
    yield "z05-drive.zip", "refused", _zip({"C:\\evil.txt": PARTS})
    yield "z06-link.zip", "refused", _zip({"a.txt": b"/etc/passwd"}, mode=0o120777)
    yield "z07-nested.zip", "refused", _zip({"inner.zip": _zip({"a.txt": PARTS})})
    yield "z08-encrypted.zip", "refused", _encrypted()
    yield "z09-cut-off.zip", "refused", _zip({"a.txt": PARTS})[:-30]
    yield "z10-cut-off.txt.gz", "refused", _gzip(PARTS * 50)[:-20]
    yield "z11-not-gzip.txt.gz", "refused", PARTS
    yield (
        "z12-damaged.zip",
        "refused",
        _zip({"a.txt": PARTS}, zipfile.ZIP_STORED).replace(b"Ghana", b"Ghama", 1),
    )
    yield "z13-odd-names.zip", "read", _zip({"a\u202eb\n c.txt": PARTS})
    yield "z14-gzip-in-zip.zip", "read", _zip({"a.txt.gz": _gzip(PARTS)})


def _others() -> Iterator[tuple[str, Fate, bytes]]:
    yield "README.md", "passed", PARTS
    yield ".hidden.txt", "passed", PARTS
    yield "x01-program.exe", "passed", b"MZ"
    yield "x02 name\twith; 'quotes'.txt", "read", PARTS
    yield "x03-\u202egpj.txt", "read", PARTS
    yield "x04-" + "n" * 200 + ".txt", "read", PARTS


def make(folder: Path) -> dict[str, Fate]:
    """Write the files into `folder` and return each one's fate."""
    folder.mkdir(parents=True, exist_ok=True)
    fates: dict[str, Fate] = {}
    for kind in (_texts, _pages, _records, _feeds, _archives, _others):
        for name, fate, data in kind():
            (folder / name).write_bytes(data)
            fates[name] = fate
    (folder / "y01-link.txt").symlink_to("/etc/passwd")
    (folder / "y02-loop").symlink_to(folder)
    os.mkfifo(folder / "y03-pipe.txt")
    return fates | {"y01-link.txt": "refused", "y02-loop": "passed", "y03-pipe.txt": "passed"}


if __name__ == "__main__":
    made = make(Path(sys.argv[1]))
    sys.stdout.write(f"{len(made)} files in {sys.argv[1]}\n")
