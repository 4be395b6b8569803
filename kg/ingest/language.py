"""Which language a text is in: English is known by its frequent words, others by a classifier."""

import re

from kg.ingest.furniture import Furniture

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # characters looked at
_LETTERS = 40  # shorter texts pass: nothing can be said about them
_ENGLISH_SHARE = 0.14  # of words; English prose has 0.3 to 0.45, other languages under 0.1
_MARGIN = 100.0  # a text's score above its score as English; less for a short one
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "km": "Khmer", "ko": "Korean", "ky": "Kyrgyz", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "mn": "Mongolian", "ms": "Malay", "nb": "Norwegian",
    "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_name(code: str) -> str:
    """Return the language's English name, or the code itself where it is not known."""
    return _NAMES.get(code, code)


def language_of(text: str, cues: Furniture) -> str:
    """Return the text's language as two letters; `en` where the text is too short to tell."""
    sample = text[:_SAMPLE]
    words = [word.casefold() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if letters < _LETTERS:
        return "en"
    if sum(word in cues.english for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    # Scores are logarithms of likelihoods; the margin keeps texts of mere names from being refused.
    scores = {code: score for code, score in _rank(sample) if code in _NAMES or code == "en"}
    code = max(scores, key=lambda language: (scores[language], language))
    return code if scores[code] - scores["en"] > min(_MARGIN, letters) else "en"


def _rank(sample: str) -> list[tuple[str, float]]:
    """Return each language with its score. The model loads on first use: only where needed."""
    from py3langid import rank

    return [(str(code), float(score)) for code, score in rank(sample)]
