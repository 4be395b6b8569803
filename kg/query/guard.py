r"""Refuse queries that reach beyond the store, before the engine sees them.

The engine opens network connections for SERVICE and has no switch against it. It reads keywords
without looking at what follows them (`trueSERVICE<…>` is one for it), decodes `\u0053` anywhere,
and takes `<` for an operator where a value stands before it; so the guard is strict where words
and signs are ambiguous: it would rather refuse a query with an odd prefix than let one through.
"""

import re

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
      (?P<text> \"{3} (?: [^"\\] | \\. | "(?!"") )* \"{3}
              | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
              | " (?: [^"\\\n] | \\. )* "
              | ' (?: [^'\\\n] | \\. )* ' )
    | (?P<iri> < [^<>"{}|^`\\\s]* > )
    | (?P<comment> \# [^\n]* )
    | (?P<variable> [?$]\w+ | @[A-Za-z-]+ )
    | (?P<word> \w[\w.-]* ) (?: : (?: [\w.:%-] | \\. )* )?
    | (?P<local> : (?: [\w.:%-] | \\. )* )
    """,
    re.DOTALL | re.VERBOSE,
)
_REFUSED = re.compile(r"SERVICE|LOAD|FROM", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def guard(text: str, *, service: bool = False) -> None:
    """Raise QueryError where the query says SERVICE (unless allowed), LOAD or FROM.

    Words inside strings, IRIs, comments, variables and local names don't count.
    """
    for reading in (text, _ESCAPE.sub(_decoded, text)):
        for match in _TOKEN.finditer(reading):
            found = _REFUSED.search(_suspect(match))
            if found is None or (service and found[0].upper() == "SERVICE"):
                continue
            word = found[0].upper()
            line = reading.count("\n", 0, match.start()) + 1
            remedy = "allow it with --allow-service" if word == "SERVICE" else "leave it out"
            raise QueryError(f"query, line {line}: {word} reaches beyond the store: {remedy}")


def _suspect(match: re.Match[str]) -> str:
    """Return the part of a token in which a keyword may hide."""
    if match["word"]:
        return match["word"]
    iri = match["iri"] or ""
    # `?a<1)SERVICE?x#>` looks like an IRI and isn't: a keyword can follow a closing bracket only.
    return iri if ")" in iri else ""


def _decoded(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else "\ufffd"
