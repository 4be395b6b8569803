"""All commands under Typer, and its faults in one line."""

from typing import cast

import typer

from kg.cli import ask, build, give, judge, keep, show, tell, tend
from kg.cli.common import INTERRUPTED, complain
from kg.errors import UsageError

# Typer carries Click or a copy of it, by version: this is the base of its usage faults in both.
_Misuse = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])

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


def run() -> int:
    """Run the command of `sys.argv`; return its exit code. Faults of its work are raised."""
    try:
        code = app(standalone_mode=False)
    except _Misuse as fault:
        _refuse(fault)
        return UsageError.exit_code
    except typer.Abort:
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _refuse(fault: typer.BadParameter) -> None:
    """Tell a usage fault in one line; help, which comes the same way, stays as it is."""
    told = fault.format_message()
    if told.startswith("Usage:"):
        typer.echo(told, err=True)
        return
    command = fault.ctx.command_path if fault.ctx is not None else "kgbuild"
    complain(f"{' '.join(told.split()).rstrip('.?')}: see `{command} --help`")
