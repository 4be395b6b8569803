"""Imports go one way, each library has one home, and no domain knowledge is spelled in Python."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import lexicon

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
# Each part may import from its own layer and from those below it.
LAYERS = (
    ("__main__",),
    ("cli", "api"),
    ("build", "conclude", "grow", "step", "jobs", "catalogue", "doctor", "backup"),
    ("publish", "evaluate"),
    ("query", "validate", "reason", "link"),
    ("graph", "nlp", "ingest"),
    ("lexicon",),
    ("ontology", "resources", "vocab"),
    ("model", "errors"),
)
DEPTH = {part: depth for depth, layer in enumerate(LAYERS) for part in layer}
# library -> the places that may import it
HOMES = {
    "spacy": ("nlp",),
    "thinc": ("nlp",),
    "rdflib": ("reason/reference.py", "api.py"),
    "owlrl": ("reason/reference.py",),
    "pyshacl": ("validate",),
    "pyrudof": ("validate",),
    "typer": ("cli",),
    "rich": ("cli",),
    "trafilatura": ("ingest",),
    "lxml": ("ingest",),
    "starlette": ("publish", "cli"),
    "uvicorn": ("publish", "cli"),
    "jinja2": ("publish",),
}


def imports(path: Path) -> set[str]:
    """Return the full names of all that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def place(path: Path) -> str:
    return path.relative_to(ROOT / "kg").as_posix()


def part(path: Path) -> str:
    return place(path).removesuffix(".py").split("/")[0]


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_go_down(path: Path) -> None:
    if path.parent == ROOT / "kg" and path.name == "__init__.py":
        pytest.skip("the package itself is the public door to all layers")
    above = [
        name
        for name in imports(path)
        if name.startswith("kg.")
        and (target := name.split(".")[1]) in DEPTH
        and DEPTH[target] < DEPTH[part(path)]
    ]
    assert not above, f"{place(path)} imports from above: {sorted(above)}"


def test_every_part_has_a_layer() -> None:
    parts = {part(path) for path in MODULES} - {"__init__"}
    assert parts <= set(DEPTH), f"no layer for {sorted(parts - set(DEPTH))}"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_a_library_stays_at_home(path: Path) -> None:
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        if homes is not None:
            assert place(path).startswith(homes), f"{place(path)} imports {name}"


def test_the_store_has_one_home() -> None:
    users = {
        place(path)
        for path in MODULES
        if re.search(r"\b(ox|pyoxigraph)\.Store\b", path.read_text(encoding="utf-8"))
        or "pyoxigraph.Store" in imports(path)
    }
    assert users == {"graph/store.py"}


def strings(path: Path) -> set[str]:
    """Return a module's string constants, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    }  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_no_event_type_and_no_country_is_spelled_in_python(path: Path) -> None:
    known = lexicon.load()
    states = {actor.label for actor in known.actors.values() if actor.kind == "State"}
    spelled = strings(path) & (set(known.types) | states)
    assert not spelled, f"{place(path)} spells {sorted(spelled)}"


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, kg.cli.app\n"
        "heavy = {'spacy', 'pyoxigraph', 'rdflib', 'pyshacl', 'lxml', 'rich', 'starlette'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
