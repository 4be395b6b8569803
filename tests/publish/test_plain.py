"""A plain `kgbuild query` is read without Typer, and read as Typer reads it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import ask, plain
from kg.cli.answer import Question
from kg.cli.app import app
from kg.errors import UsageError

ROOT = Path(__file__).parents[2]
# Options of the command that the plain reader leaves to Typer.
LEFT = {"--help", "-h"}
VALUED = {
    "--actor": st.sampled_from(["RU", "NO", "United States"]),
    "--type": st.sampled_from(["Expulsion", "x"]),
    "--since": st.sampled_from(["2021", "2021-03-04"]),
    "--until": st.sampled_from(["2022"]),
    "--store": st.sampled_from(["kg.store", "a b"]),
    "--output": st.sampled_from(["-", "out.csv"]),
    "-o": st.sampled_from(["out.json"]),
    "--format": st.sampled_from(["csv", "table"]),
    "-O": st.sampled_from(["tsv"]),
    "--timeout": st.sampled_from(["0", "2.5", "30", "-1", "soon", "1e3"]),
    "--param": st.sampled_from(["actor=RU", "until=", "a=b=c", "kind = x", "wrong", "=x"]),
    "-p": st.sampled_from(["since=2020-02"]),
}
FLAGS = ["--allow-service", "--no-allow-service", "--fail-empty", "--excel-safe", "--no-excel-safe"]
ODD = ["--helpful", "-x", "--", "--timeout", "-Ocsv", "-o=x", "--format=", "second", "-h"]


@st.composite
def words(draw: st.DrawFn) -> list[str]:
    """Words after `kgbuild query`, most of them right."""
    found = []
    for option in draw(st.lists(st.sampled_from(sorted(VALUED)), max_size=4)):
        value = draw(VALUED[option])
        joined = option.startswith("--") and draw(st.booleans())
        found.append([f"{option}={value}"] if joined else [option, value])
    found += [[flag] for flag in draw(st.lists(st.sampled_from(FLAGS), max_size=2))]
    found += [
        [odd] for odd in draw(st.lists(st.sampled_from(ODD), max_size=1)) if draw(st.booleans())
    ]
    found.append([draw(st.sampled_from(["events", "a file.rq", "-"]))])
    return [word for group in draw(st.permutations(found)) for word in group]


class _AskedError(Exception):
    """Carries the question that the command was about to answer."""


def by_typer(words: list[str], environment: Mapping[str, str], patch: pytest.MonkeyPatch) -> object:
    """Return the question as Typer reads it, or the kind of its complaint."""

    def tell(question: Question) -> int:
        raise _AskedError(question)

    patch.setattr(ask, "answer", tell)
    for name, value in environment.items():
        patch.setenv(name, value)
    try:
        return app(["query", *words], standalone_mode=False)
    except _AskedError as asked:
        return asked.args[0]
    except (UsageError, typer.BadParameter.__mro__[1]) as fault:  # type: ignore[misc]
        return type(fault)


@given(words=words(), environment=st.sampled_from([{}, {"KGBUILD_STORE": "other"}]))
def test_both_readings_are_equal(words: list[str], environment: dict[str, str]) -> None:
    try:
        question: object = plain.read(["query", *words], environment)
    except UsageError as fault:
        question = type(fault)
    if question is not None:
        with pytest.MonkeyPatch.context() as patch:
            assert by_typer(words, environment, patch) == question


def test_every_option_is_read() -> None:
    command = typer.main.get_command(app).commands["query"]  # type: ignore[attr-defined]
    for parameter in command.params:
        if parameter.param_type_name != "option":
            continue
        for option in [*parameter.opts, *parameter.secondary_opts]:
            flag = [option] if getattr(parameter, "is_flag", False) else [option, "1=2"]
            flag = [option, "12"] if parameter.name == "timeout" else flag
            read = plain.read(["query", "events", *flag], {})
            assert (read is None) == (option in LEFT), option


@pytest.mark.parametrize(
    "asked",
    [["events"], ["--version"], ["query"], ["query", "a", "b"], ["query", "events", "--help"]],
    ids=" ".join,
)
def test_the_rest_is_left_to_typer(asked: list[str]) -> None:
    assert plain.read(asked, {}) is None
    assert plain.read(["query", "events"], {"_KGBUILD_COMPLETE": "complete_bash"}) is None


def test_a_plain_question_loads_neither_typer_nor_what_it_does_not_need(gold_store: Path) -> None:
    program = (
        "import sys\nfrom kg.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n"
        "    assert not end.code\n"
        "slow = {'typer', 'click', 'rich', 'pydantic', 'calendar', 'difflib', 'socket', 'spacy'}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)\n"
    )
    asked = ["query", "events", "-O", "csv", "--store", str(gold_store)]
    done = subprocess.run(
        [sys.executable, "-c", program, *asked],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.stderr.strip() == "[]"
    assert done.stdout.startswith("article,source,event,")
