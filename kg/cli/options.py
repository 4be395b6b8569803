"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Store = Annotated[
    Path,
    typer.Option("--store", envvar="KGBUILD_STORE", help="Folder of the store.", show_default=True),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-O", help="Output format; else guessed from the output file's suffix."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")]
Ontology = Annotated[
    Path | None, typer.Option("--ontology", help="Folder with your own ontology files (.ttl).")
]
Engine = Annotated[str, typer.Option("--engine", help="OWL RL engine: compiled or owlrl.")]
