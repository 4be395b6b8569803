"""Find and read saved queries: their metadata and their declared parameters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from kg import resources, vocab
from kg.errors import QueryError, UsageError
from kg.graph.store import memory

Term = NamedNode | Literal
KINDS = ("code", "type", "iri", "date", "integer", "text")

_META = re.compile(r"^#\+[ \t]*(\w+)(?:[ \t]+(\w+))?[ \t]*:[ \t]*(.*)$", re.MULTILINE)
ROW = re.compile(
    r"^[ \t]*VALUES[ \t]*\((?P<names>[^)\n]*)\)[ \t]*\{[ \t]*\((?P<terms>.*)\)[ \t]*\}"
    r"[ \t]*\#\+[ \t]*parameters[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_PREFIX = re.compile(r"^[ \t]*PREFIX[ \t]+[^\n]*$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the user may set: its kind of value, its default and what it means."""

    name: str
    kind: str  # one of KINDS
    default: Term | None  # None: unset, which the query reads as "any"
    help: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query as read from a file, a name or stdin."""

    name: str
    text: str
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    view: str = "table"
    parameters: tuple[Parameter, ...] = ()


def library() -> dict[str, Path]:
    """Return the saved queries that come with kgbuild: name -> file, by name."""
    return {path.stem: path for path in sorted(resources.folder("queries").glob("*.rq"))}


def find(name: str) -> SavedQuery:
    """Return the query in the file of this path, else the saved one of this name.

    `queries/NAME.rq` finds the saved one from any folder. Raises QueryError, with the nearest
    names, where there is neither.
    """
    path = Path(name)
    if path.is_file():
        return _read(path)
    saved = library()
    if name in saved or (path.suffix == ".rq" and path.stem in saved):
        return _read(saved[path.stem if path.suffix == ".rq" else name])
    from difflib import get_close_matches

    near = get_close_matches(path.stem, saved, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`kgbuild queries` lists them"
    raise QueryError(f"query {name!r}: no such file and no saved query of this name: {hint}")


def _read(path: Path) -> SavedQuery:
    try:
        return parse(path.read_text(encoding="utf-8-sig"), path.stem)
    except UnicodeDecodeError as fault:
        raise QueryError(
            f"query {path}: no UTF-8 at byte {fault.start}: save it as UTF-8"
        ) from fault
    except OSError as fault:
        raise UsageError(f"query {path}: {fault.strerror}: check the file's rights") from fault


def parse(text: str, name: str) -> SavedQuery:
    """Read a query's metadata and parameters; raises QueryError for an ill-formed declaration."""
    meta: dict[str, str] = {}
    declared: dict[str, tuple[str, str]] = {}
    for key, argument, value in _META.findall(text):
        if key == "param" and argument:
            kind, _, told = value.strip().partition(" ")
            if kind not in KINDS:
                raise QueryError(
                    f"query {name!r}: parameter {argument!r} has no kind {kind!r} "
                    f"(there are {', '.join(KINDS)})"
                )
            declared[argument] = (kind, told.strip())
        else:
            meta[key] = f"{meta[key]} {value.strip()}" if key in meta else value.strip()
    return SavedQuery(
        name=name,
        text=text,
        summary=meta.get("summary", ""),
        description=meta.get("description", ""),
        tags=tuple(tag.strip() for tag in meta.get("tags", "").split(",") if tag.strip()),
        view=meta.get("defaultView", "table"),
        parameters=_parameters(text, name, declared),
    )


def _parameters(
    text: str, name: str, declared: Mapping[str, tuple[str, str]]
) -> tuple[Parameter, ...]:
    row = ROW.search(text)
    names = [word.lstrip("?$") for word in row["names"].split()] if row else []
    loose = sorted(set(declared) - set(names))
    if loose:
        raise QueryError(f"query {name!r}: {', '.join(loose)} not in its row of parameters")
    if row is None:
        return ()
    defaults = _defaults(text, name, row)
    found = []
    for word in names:
        default = defaults[word]
        kind, told = declared.get(word, (_kind(default), ""))
        found.append(Parameter(word, kind, default, told))
    return tuple(found)


def _defaults(text: str, name: str, row: re.Match[str]) -> dict[str, Term | None]:
    """Let the engine read the row, with the query's own prefixes."""
    prefixes = "\n".join(_PREFIX.findall(text))
    probe = f"{prefixes}\nSELECT * {{ VALUES ({row['names']}) {{ ({row['terms']}) }} }}"
    try:
        answer = memory().query(probe)
    except SyntaxError as fault:
        raise QueryError(f"query {name!r}: its row of parameters is ill-formed: {fault}") from fault
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError(f"query {name!r}: its row of parameters is not one row of values")
    solutions = list(answer)
    if len(solutions) != 1:
        raise QueryError(f"query {name!r}: its parameters have {len(solutions)} rows, not one")
    names = [variable.value for variable in answer.variables]
    values = {name: solutions[0][name] for name in names}
    return {
        name: value if isinstance(value, NamedNode | Literal) else None
        for name, value in values.items()
    }


def _kind(default: Term | None) -> str:
    """Guess a parameter's kind of value from its default."""
    if isinstance(default, NamedNode):
        return "iri"
    if isinstance(default, Literal):
        kind = vocab.local_name(default.datatype.value)
        return kind if kind in ("date", "integer") else "text"
    return "text"
