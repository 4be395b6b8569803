"""Ingest that is killed, run in parallel or interrupted ends in the store of an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
STATES = (
    ("Norway", "Russian"), ("Sweden", "Belarusian"), ("Kenya", "Sudanese"), ("Chile", "Venezuelan"),
    ("Estonia", "Russian"), ("Egypt", "Qatari"), ("Spain", "Bolivian"), ("Poland", "Belarusian"),
)  # fmt: skip


def articles(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        actor, target = STATES[number % len(STATES)]
        day = 1 + number % 28
        (folder / f"{number:03}.txt").write_text(
            f"Date: 2021-05-{day:02}\n\n{actor} expelled {2 + number} {target} diplomats on "
            f"May {day}, 2021. The envoys must leave within 72 hours.\n",
            encoding="utf-8",
        )
    return folder


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "kg", *map(str, words)]


def export(store: Path) -> str:
    line = command("export", "--store", store, "-O", "nquads")
    return subprocess.run(line, capture_output=True, text=True, check=True, env=ENVIRONMENT).stdout


def ingest(folder: Path, store: Path, jobs: int) -> str:
    line = command("ingest", folder, "--store", store, "-j", jobs)
    return subprocess.run(line, capture_output=True, text=True, check=True, env=ENVIRONMENT).stderr


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return articles(tmp_path_factory.mktemp("news") / "in", 72)


@pytest.fixture(scope="module")
def undisturbed(news: Path) -> str:
    """The store of one process that nothing disturbed, as sorted N-Quads."""
    assert "72 articles" in ingest(news, news.parent / "one", 1)
    return export(news.parent / "one")


def test_two_processes_give_the_bytes_of_one(news: Path, undisturbed: str, tmp_path: Path) -> None:
    assert "72 articles" in ingest(news, tmp_path / "two", 2)
    assert export(tmp_path / "two") == undisturbed


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_ingest_that_is_stopped_is_taken_up_again(
    news: Path, undisturbed: str, tmp_path: Path, how: signal.Signals
) -> None:
    chance = random.Random(int(how))  # noqa: S311
    for _ in range(2):
        with subprocess.Popen(
            command("ingest", news, "--store", tmp_path / "kg", "-j1", "-q"),
            env=ENVIRONMENT,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            time.sleep(chance.uniform(2.0, 6.0))
            child.send_signal(how)
            assert child.stderr is not None
            assert "Traceback" not in child.stderr.read()
        assert child.returncode in (0, -how, 128 + how)
    ingest(news, tmp_path / "kg", 1)
    assert export(tmp_path / "kg") == undisturbed
