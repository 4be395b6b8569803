"""Finds the project's data folders, in a checkout and in an installed wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder `ontology`, `shapes` or `queries` that belongs to this installation.

    In a wheel the folders lie in `kg/_resources/`, in a checkout beside `kg/`.
    """
    bundled = _PACKAGE / "_resources" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name
