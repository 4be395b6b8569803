"""The command line: options -> one call -> print. Heavy imports stay inside the commands."""

import os
import sys

from kg.cli.common import INTERRUPTED, complain
from kg.errors import KgError


def main() -> None:
    """Run the command line; faults that a user can mend become one line and an exit code."""
    try:
        code = _run()
    except KgError as fault:
        complain(str(fault))
        sys.exit(fault.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # or Python complains about the pipe once more
        sys.exit(0)
    sys.exit(code)


def _run() -> int:
    """Answer a question at once where its words are plain; Typer, slow to load, does the rest."""
    from kg.cli import plain

    question = plain.read(sys.argv[1:], os.environ)
    if question is not None:
        from kg.cli.answer import answer

        return answer(question)
    from kg.cli.app import run

    return run()
