"""Probes: the reader of their files, and how much of them is read right."""

import os
from pathlib import Path

import pytest

from benchmarks.gmb import ARCHIVE
from benchmarks.probe_files import Act, Cause, Probe, ProbeError, Reading, Said, of_gmb, probes
from benchmarks.probes import read, score
from kg.nlp.extract import Extractor

# The F1 of events with the right sides that each set has reached, less .03.
FLOORS = {
    "mixed_a": 0.56,
    "mixed_b": 0.55,
    "voa_v1_a": 0.47,
    "voa_v1_b": 0.55,
    "voa_v2_a": 0.44,
    "voa_v2_b": 0.52,
    "voa_v3_a": 0.56,
    "voa_v3_b": 0.45,
    "voa_v4_a": 0.47,
    "voa_v4_b": 0.50,
    "voa_v5_a": 0.47,
    "voa_v5_b": 0.36,
    "voa_v6_a": 0.52,
    "voa_v6_b": 0.28,
    "y1_a": 0.64,
    "y1_b": 0.73,
    "y2_a": 0.39,
    "y2_b": 0.46,
    "y3_a": 0.59,
    "y3_b": 0.51,
    "y4_a": 0.54,
    "y4_b": 0.44,
    "y4_claims_a": 0.38,
    "y5_a": 0.44,
    "y5_b": 0.41,
    "y6_a": 0.67,
    "y6_b": 0.76,
}
PROBES = sorted((Path(__file__).parent / "probes").glob("*.txt"))


def one(tmp_path: Path, text: str) -> list[Probe]:
    (path := tmp_path / "some.txt").write_text(text, encoding="utf-8")
    return list(probes(path))


def test_a_file_is_read_with_days_events_claims_and_causes(tmp_path: Path) -> None:
    first, second = one(
        tmp_path,
        "# how it begins\n@ 2019-03-02\nOne text.\n  Expulsion FR|DE > RU planned count=3\n  Threat RU > actual\n"
        "  claim: Ivanov RU | denies | Attack\n  cause: Threat RU < Expulsion FR|DE\nAnother.\n\n  -\n",
    )
    assert (first.place, first.published) == ("some.txt:3", "2019-03-02")
    both = frozenset({"FR", "DE"})
    cause: Cause = ("Threat", frozenset({"RU"}), "Expulsion", both)
    assert first.gold == Reading(
        (
            Act("Expulsion", both, frozenset({"RU"}), "planned", (("count", "3"),)),
            Act("Threat", frozenset({"RU"}), frozenset()),
        ),
        (Said("ivanov ru", "denies", "Attack"),),
        (cause,),
    )
    assert second == Probe("some.txt:8", "Another.", "2019-03-02", Reading())


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Some text.\n", r"some.txt:1: no gold"),
        ("Some text.\n  Expulsion FR\n", r"some.txt:2: .*no '>'"),
        ("Some text.\n  Expulsion FR > RU actual colour=red\n", r"some.txt:2: .*'colour'"),
        ("Some text.\n  Expulsion FR > RU actual planned\n", r"some.txt:2: .*'planned'"),
        ("Some text.\n  claim: nobody\n", r"some.txt:2:"),
        ("gmb 3-1\n  -\n", r"some.txt:1: .*KGBUILD_CORPORA"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ProbeError, match=fault):
        one(tmp_path, text)


def test_what_is_told_otherwise_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    us, ru = frozenset({"US"}), frozenset({"RU"})
    gold = Reading(
        (
            Act("Expulsion", us, ru, fields=(("count", "3"),)),
            Act("Meeting", us, ru),
            Act("Attack", ru, us),
        )
    )
    acts = (
        Act("Expulsion", us, ru, "planned", (("count", "30"),)),
        Act("Meeting", ru, us),
        Act("Threat", us, ru),
    )
    counted = score([(Probe("p:1", "Text.", "", gold), Reading(acts))], show=True)
    assert (counted.expected, counted.told, counted.found, counted.roles, counted.full) == (
        3,
        3,
        2,
        2,
        1,
    )
    assert (counted.right["count"], counted.asked["count"]) == (1, 1)
    shown = capsys.readouterr().out
    for difference in ("missed   Attack", "spurious Threat", "wrong    Expulsion"):
        assert difference in shown


@pytest.mark.parametrize("path", PROBES, ids=lambda path: path.stem)
def test_probes_are_read_as_their_gold_says(path: Path, extractor: Extractor) -> None:
    if of_gmb(path) and not Path(os.environ.get("KGBUILD_CORPORA", ""), ARCHIVE).is_file():
        pytest.skip(f"KGBUILD_CORPORA names no folder with {ARCHIVE}")
    counted = score(read(extractor, probes(path)))
    assert counted.f1(counted.roles) >= FLOORS[path.stem], f"{path.name}: {counted}"
