"""The README's commands: one that does the main job, one that passes the tests; both are run."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "*.store", "__pycache__", ".*_cache")


def commands() -> list[str]:
    """Return the lines of the README's shell blocks that set something up."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if " -m venv " in line]


def main_job() -> str:
    (command,) = (c for c in commands() if "kgbuild query" in c)
    return command


def test_one_command_does_the_main_job_and_one_the_tests() -> None:
    job, tests = commands()
    assert "kgbuild ingest data/" in job
    assert job.endswith("kgbuild query queries/expulsions.rq")
    assert tests.endswith("pytest")


def test_linked_files_exist() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


def test_the_figures_are_those_last_measured() -> None:
    """The README's F1 "now" are the rounded ones of docs/figures.md: one run writes both."""
    text = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (seeds|data|test articles) \| \d+ \| (.*) \|$", text, re.MULTILINE)
    told = re.findall(r"^\| .* → .* \|$", README.partition("<!-- figures:")[2], re.MULTILINE)[1:]
    measured = {tuple(f"{float(f1):.2f}" for f1 in row.split(" | ")[:3]) for _, row in rows}
    assert {tuple(re.findall(r"→ (\S+)", row)) for row in told} == measured
    assert len(told) == 3


@pytest.mark.slow
def test_main_job_answers(tmp_path: Path) -> None:
    """Run the command in a copy of the checkout, as a newcomer would; needs the registry."""
    copy = tmp_path / "kgbuild"
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        ["bash", "-c", main_job()], cwd=copy, env=clean, capture_output=True, text=True, timeout=900
    )
    assert done.returncode == 0, done.stderr
    rows = [line for line in done.stdout.splitlines() if re.search(r"Expulsion|OrderToLeave", line)]
    assert len(rows) >= 10, done.stdout
