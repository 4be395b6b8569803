"""The command line: options -> one call -> print. Heavy imports stay inside the commands."""

import sys

import typer

from kg.cli import ask, build, give, judge, keep, show, tell, tend
from kg.cli.common import INTERRUPTED, complain
from kg.errors import KgError

app = typer.Typer(
    name="kgbuild",
    help="Build a knowledge graph of diplomatic events from news, and ask it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (build, ask, tell, show, judge, give, keep, tend):
    commands.add_to(app)


@app.callback(invoke_without_command=True)
def _about(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        from kg import __version__

        typer.echo(f"kgbuild {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; faults that a user can mend become one line and an exit code."""
    try:
        app()
    except KgError as fault:
        complain(str(fault))
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # or Python complains about the pipe once more
        sys.exit(0)
