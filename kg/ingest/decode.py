"""Bytes -> text: byte-order marks, UTF-8, UTF-16, declared and guessed encodings.

Refuses what is no text, with the reason. Everything returned can be encoded in UTF-8 again.
"""

import codecs
import re

import charset_normalizer

from kg.errors import UnreadableError

_SIGNATURES = (
    (b"%PDF-", "a PDF: convert it to text first"),
    (b"PK\x03\x04", "a zip container (archive or office file): name it .zip or convert it to text"),
    (b"\x1f\x8b", "gzip data: give the file the suffix .gz"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office file: convert it to text first"),
    (b"BZh", "bzip2 data: unpack it first"),
    (b"\xfd7zXZ", "xz data: unpack it first"),
    (b"{\\rtf", "an RTF file: convert it to text first"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEWLINES = re.compile(r"\r\n?")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MULTIBYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_SAMPLE = 20_000  # bytes shown to the guesser: enough for prose, quick for everything


def decode(data: bytes, declared: str = "") -> str:
    """Return the text of `data` with newlines as `\\n`; `declared` is tried after UTF-8.

    Raises UnreadableError, whose message is the reason, for what is no text or not decodable.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(f"not text but {what}")
    return checked(_decoded(data, declared))


def checked(text: str) -> str:
    """Return `text` with newlines as `\\n` and lone surrogates replaced; refuse binary."""
    if "\x00" in text:
        raise UnreadableError("contains NUL characters: binary data, or text in a broken encoding")
    controls = len(_CONTROLS.findall(text))
    if controls > 8 and controls * 50 > len(text):
        raise UnreadableError("more than 2 % control characters: binary data, not text")
    return _SURROGATES.sub("\ufffd", _NEWLINES.sub("\n", text))


def encoding_of_mark(data: bytes) -> tuple[str, int]:
    """Return the encoding that a byte-order mark names and the mark's length, else `("", 0)`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return "", 0


def _decoded(data: bytes, declared: str) -> str:
    encoding, skip = encoding_of_mark(data)
    if not encoding:
        encoding = _unmarked_utf16(data)
    if encoding:
        try:
            return data[skip:].decode(encoding)
        except UnicodeDecodeError as fault:
            raise UnreadableError(
                f"not valid {encoding.upper()} at byte {fault.start + skip}: convert it to UTF-8"
            ) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _eight_bit(data, declared, fault.start)


def _unmarked_utf16(data: bytes) -> str:
    """Name UTF-16 without a mark: Latin text in it has a NUL in every other byte."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) == 0:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _eight_bit(data: bytes, declared: str, fault: int) -> str:
    if declared:
        try:
            text = data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            text = ""
        # A page that says "latin-1" means Windows-1252 (WHATWG Encoding): no C1 controls.
        if text and not _CONTROLS.search(text):
            return text
    refusal = UnreadableError(f"not valid UTF-8 at byte {fault}: convert it to UTF-8")
    if b"\x00" in data:
        raise UnreadableError("contains NUL bytes: binary data, not text")
    if _MULTIBYTE.search(data):  # UTF-8 that is broken in places, not another encoding
        raise refusal
    if sum(byte > 127 for byte in data) * 10 < len(data):
        # A few accents in English prose: Windows-1252, which Latin-1 is a part of (WHATWG).
        encoding = "cp1252"
    else:
        near = max(0, fault - _SAMPLE // 2)
        best = charset_normalizer.from_bytes(data[near : near + _SAMPLE]).best()
        if best is None:
            raise refusal
        encoding = best.encoding
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        raise refusal from None
    letters = [c for c in text[fault:] if ord(c) > 127]
    if _CONTROLS.search(text) or sum(map(str.isalpha, letters)) * 3 < len(letters):
        raise refusal
    return text
