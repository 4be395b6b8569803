"""The wheel: built, installed into a fresh environment, run from another folder."""

import os
import resource
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HELP_SECONDS = 0.4
_ARTICLE = (
    "Outlet: Example Wire\nDate: 2019-05-07\n\n"
    "Ghana expelled two Togolese diplomats on Monday, its foreign ministry said.\n"
)


def run(*command: str | Path, cwd: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KGBUILD_"))}
    return subprocess.run(
        [str(c) for c in command],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it, and return the environment's kgbuild.

    The dependencies are borrowed from the running environment by a path file, so that only the
    build backend comes from the registry; an installation in full is the README's main job.
    """
    home = tmp_path_factory.mktemp("package")
    built = run(
        *(sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", home / "dist", ROOT),
        cwd=home,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = (home / "dist").glob("kgbuild-*.whl")
    made = run(sys.executable, "-m", "venv", home / "venv", cwd=home)
    assert made.returncode == 0, made.stderr
    python = home / "venv" / "bin" / "python"
    installed = run(python, "-m", "pip", "install", "--no-deps", "-q", wheel, cwd=home)
    assert installed.returncode == 0, installed.stderr
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home)
    borrowed = sysconfig.get_path("purelib")
    (Path(own.stdout.strip()) / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return home / "venv" / "bin" / "kgbuild"


@pytest.mark.slow
def test_the_package_carries_all_it_needs(command: Path, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(_ARTICLE, encoding="utf-8")
    where = run(command.with_name("python"), "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert str(command.parents[1]) in where.stdout, "the checkout is imported, not the wheel"
    done = run(command, "ingest", "news", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    asked = run(command, "query", "expulsions", "--format", "csv", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert ",Expulsion,GH,TG,2," in asked.stdout
    assert (command.parents[1] / "lib").exists()
    typed = run(
        *(command.with_name("python"), "-c"),
        "from importlib.resources import files; print((files('kg') / 'py.typed').is_file())",
        cwd=tmp_path,
    )
    assert typed.stdout.strip() == "True"


def test_help_is_quick_and_loads_no_language_model() -> None:
    program = (
        "import sys\nsys.argv = ['kgbuild', '--help']\nfrom kg.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'spacy', 'rdflib', 'owlrl', 'pyshacl', 'trafilatura'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    seconds = []
    for _ in range(3):  # the first may have to compile
        began = spent()
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
        )
        seconds.append(spent() - began)
        assert done.returncode == 0, done.stderr
        assert "ingest" in done.stdout
    assert min(seconds) < HELP_SECONDS, seconds
