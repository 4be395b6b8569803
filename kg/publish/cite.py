"""Articles -> citations: BibTeX and RIS."""

import re
from collections.abc import Callable, Iterable, Iterator

from kg import vocab
from kg.publish.page import web
from kg.publish.view import Article

# What TeX reads as a command; a backslash first, so that none is escaped twice.
_TEX = (
    ("\\", r"\textbackslash "),
    *((sign, "\\" + sign) for sign in "&%$#_{}"),
    ("~", r"\textasciitilde "),
    ("^", r"\textasciicircum "),
)


def bibtex(articles: Iterable[Article]) -> Iterator[str]:
    """Yield a BibTeX entry for each article; its key comes from the article's IRI."""
    for article in articles:
        year, month, day = (*article.published.split("-"), "", "", "")[:3]
        fields = {
            "title": "{" + _tex(article.name) + "}",
            "journal": _tex(article.outlet),
            "year": year,
            "month": str(int(month)) if month else "",
            "day": str(int(day)) if day else "",
            "url": _address(article.url),
            "note": f"source: {_tex(article.source)}",
        }
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        yield f"@article{{kg{vocab.local_name(article.iri)},\n{body}}}\n"


def ris(articles: Iterable[Article]) -> Iterator[str]:
    """Yield a RIS record for each article."""
    for article in articles:
        fields = [
            ("TY", "NEWS"),
            ("ID", f"kg{vocab.local_name(article.iri)}"),
            ("TI", _line(article.name)),
            ("T2", _line(article.outlet)),
            ("DA", article.published.replace("-", "/")),
            ("PY", article.published[:4]),
            ("UR", _address(article.url)),
            ("N1", f"source: {_line(article.source)}"),
        ]
        yield "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def _line(words: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", words).split())


def _tex(words: str) -> str:
    # One pass a sign, on text in which the backslash was set apart first.
    out = _line(words)
    return "".join(dict(_TEX).get(sign, sign) for sign in out)


def _address(url: str) -> str:
    return web(url).replace("{", "%7B").replace("}", "%7D")


FORMATS: dict[str, Callable[[Iterable[Article]], Iterator[str]]] = {"bibtex": bibtex, "ris": ris}
SUFFIXES = {".bib": "bibtex", ".ris": "ris"}
