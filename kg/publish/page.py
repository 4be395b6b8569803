"""The one place where templates are rendered: autoescaped, strict, with the words of `view`."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyoxigraph import NamedNode

from kg.publish.view import words
from kg.reason import render

_FOLDER = Path(__file__).parent / "templates"
_NUMBER = re.compile(r".*#(?:integer|decimal|double)")  # a datatype whose values line up
_WEB = re.compile(r"https?://[^\s\x00-\x20<>\"'\\]+", re.IGNORECASE)


@cache
def environment() -> Environment:
    """Return the templates' environment; an undefined name in a template is an error."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "label": words.label,
        "capital": words.capital,
        "date": words.date_words,
        "when": words.when_words,
        "number": words.number_words,
        "title": words.title,
        "day": words.day_words,
        "told_by": words.told_by,
        "claimant": words.claimant,
        "web": web,
        "short": short,
        "is_number": lambda datatype: bool(datatype and _NUMBER.fullmatch(datatype)),
    }
    return made


def web(address: str) -> str:
    """Return a web address that may become a link; nothing for any other scheme."""
    return address if _WEB.fullmatch(address) else ""


def short(iri: str) -> str:
    """Return an IRI with its namespace's prefix, or as it is."""
    try:
        return render.name(NamedNode(iri), {})
    except ValueError:  # an answer may hold what is no IRI
        return iri


@cache
def style() -> Markup:
    """Return our style sheet; it is ours, so it is not escaped."""
    return Markup((_FOLDER / "style.css").read_text(encoding="utf-8"))  # noqa: S704


def style_hash() -> str:
    """Return the source expression that lets a content security policy admit the style sheet."""
    return "sha256-" + b64encode(sha256(style().encode()).digest()).decode()
