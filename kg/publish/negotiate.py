"""Accept headers -> formats (RFC 9110, section 12.5.1)."""

from collections.abc import Mapping

ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
}
GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
}


def media_type(formats: Mapping[str, str], name: str) -> str:
    """Return the first media type of a format."""
    return next(media for media, format_ in formats.items() if format_ == name)


def chosen(accept: str, offered: Mapping[str, str]) -> str:
    """Return the format of the offered media type that the client likes best.

    Of equals the first offered; nothing where all are refused. No header takes all.
    """
    ranges = _ranges(accept) if accept.strip() else {"*/*": 1.0}
    scores = {media: _score(media, ranges) for media in offered}
    best = max(scores.values(), default=0.0)
    return next((offered[m] for m, score in scores.items() if score == best), "") if best else ""


def prefers_html(accept: str) -> bool:
    """Say whether the client would rather have a page than data."""
    ranges = _ranges(accept)
    data = (_score(media, ranges) for media in (*ROWS, *GRAPHS) if "xml" not in media)
    return "text/html" in ranges and ranges["text/html"] >= max(data)


def _ranges(accept: str) -> dict[str, float]:
    found = {}
    for part in accept.lower().split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            found[media] = min(max(float(quality), 0.0), 1.0)
        except ValueError:
            found[media] = 0.0
    return found


def _score(media: str, ranges: Mapping[str, float]) -> float:
    """Return the quality of the most special range that the media type falls under."""
    family = media.split("/")[0] + "/*"
    return next((ranges[name] for name in (media, family, "*/*") if name in ranges), 0.0)
