"""Figures equal the reference script's where it is at hand, and those counted by hand elsewhere."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.evaluate import Tables, as_json, evaluate, load, score_sentences, text
from kg.evaluate.disputes import JudgedClaim, disputes
from kg.evaluate.gold import conventions
from tests.evaluate.answers import bent

GOLD = Path(__file__).parents[1] / "gold" / "data"
CORPORA = os.environ.get("KGBUILD_CORPORA")
TOOLS = Path(CORPORA).parent / "tools" if CORPORA else Path("tools")
needs_script = pytest.mark.skipif(
    not (TOOLS / "score.py").is_file(), reason="the reference scorer is not at hand"
)
FOLDERS = [GOLD, *([Path(CORPORA) / "gold"] if CORPORA else [])]


def raw(folder: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    paths = sorted(p for p in folder.glob("*.json") if not p.name.startswith("_"))
    links = json.loads((folder / "_links.json").read_text())
    return [json.loads(p.read_text()) for p in paths], links


def result(rows: Any) -> str:
    """Write rows in the SPARQL JSON results form."""
    bindings = [{name: {"type": "literal", "value": v} for name, v in r.items()} for r in rows]
    return json.dumps({"head": {"vars": []}, "results": {"bindings": bindings}})


def script(name: str, *arguments: Path) -> list[str]:
    command = [sys.executable, str(TOOLS / name), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@needs_script
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("seed", range(4))
def test_equal_to_the_script(folder: Path, seed: int, tmp_path: Path) -> None:
    answers = bent(*raw(folder), seed)
    files = []
    for name in ("events", "same_event", "retaliation", "claims"):
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(result(getattr(answers, name)))
    *lines, last = script("score.py", folder, *files)
    evaluation = evaluate(folder, answers, samples=0)
    told = text(evaluation).splitlines()
    assert [line for line in told if not line.startswith(("not actual", "disputes"))] == lines
    assert json.loads(as_json(evaluation))["f1"] == json.loads(last)


@needs_script
@pytest.mark.parametrize("name", ["plover_gsr_dev", "petrarch2_gsr", "probe_dev"])
def test_sentence_sets_equal_to_the_script(name: str, tmp_path: Path) -> None:
    assert CORPORA
    path = Path(CORPORA) / "sentences" / f"{name}.jsonl"
    codes = {"USA": "US", "RUS": "RU", "ISR": "IL", "GBR": "GB", "UKR": "UA", "IRN": "IR"}
    rows = []
    for number, line in enumerate(path.read_text().splitlines()):
        sentence = json.loads(line)
        for event in sentence["events"] or [{"code": "010" if number % 3 else ""}]:
            row = {"source": sentence["id"], "cameo": event.get("code") or "042"}
            row["type"] = ("Meeting", "Expulsion", "Demand")[number % 3]
            row["modality"] = ("actual", "denied", "planned", "actual")[number % 4]
            for side, role in (("source", "actors"), ("target", "targets")):
                told = [a.get("code") or "" for a in event.get(side) or ()]
                row[role] = "|".join(codes.get(code[:3], "UN") for code in told)
            rows.append(row)
    (tmp_path / "events.json").write_text(result(rows))
    *lines, last = script("score_sentences.py", path, tmp_path / "events.json")
    score = score_sentences(path, rows)
    assert score.text().splitlines() == lines
    assert json.loads(score.as_json()) == json.loads(last)


def _gold(folder: Path, **changes: Any) -> Path:
    event = {
        "eid": "e1",
        "type": "Expulsion",
        "actor": ["FR"],
        "target": ["ML"],
        "evidence": "France expelled five Malian diplomats on Monday",
        "count": 5,
        "date": "2022-01-03",
        "date_basis": "text",
        "modality": "actual",
        "salience": "core",
        **changes,
    }
    record = {"id": "a", "relevant": True, "events": [event], "claims": []}
    folder.mkdir(exist_ok=True)
    (folder / "a.json").write_text(json.dumps(record))
    return folder


ROW = {
    "article": "urn:a",
    "source": "a.txt",
    "event": "urn:a/1",
    "type": "Expulsion",
    "actors": "FR",
    "targets": "ML",
    "count": "5",
    "date": "2022-01-03",
    "modality": "actual",
    "quote": "France expelled five Malian diplomats on Monday, officials said",
}


@pytest.mark.parametrize(
    ("gold", "row", "figures"),
    [
        ({}, {}, (1.0, 1.0, 1.0, 1.0)),
        ({}, {"type": "OrderToLeave"}, (1.0, 0.0, 1.0, 1.0)),
        ({"type_alt": ["OrderToLeave"]}, {"type": "OrderToLeave"}, (1.0, 1.0, 1.0, 1.0)),
        ({}, {"actors": "DE"}, (1.0, 1.0, 0.0, 0.0)),
        ({}, {"count": "6"}, (1.0, 1.0, 1.0, 0.0)),
        ({}, {"deadline": "2022-01-10"}, (1.0, 1.0, 1.0, 0.0)),
        ({}, {"modality": "planned"}, (1.0, 1.0, 1.0, 0.0)),
        ({"modality_alt": ["planned"]}, {"modality": "planned"}, (1.0, 1.0, 1.0, 1.0)),
        ({"date": "2022-01"}, {}, (1.0, 1.0, 1.0, 1.0)),
        ({"date_basis": "world"}, {"date": ""}, (1.0, 1.0, 1.0, 1.0)),
        ({}, {"type": "Meeting"}, (0.0, 0.0, 0.0, 0.0)),
        ({"type": "Meeting"}, {"type": "Meeting", "actors": "ML|FR", "targets": ""}, (1.0,) * 4),
    ],
)
def test_figures_counted_by_hand(
    gold: dict[str, Any], row: dict[str, str], figures: tuple[float, ...], tmp_path: Path
) -> None:
    found = evaluate(_gold(tmp_path / "gold", **gold), Tables([{**ROW, **row}]), samples=0).figures
    assert tuple(found[n][2] for n in ("found", "typed", "roles", "full")) == figures


@pytest.mark.parametrize(
    ("gold", "told", "counts"),
    [
        ({"modality": "planned"}, "actual", (1, 1)),
        ({"modality": "planned"}, "possible", (0, 1)),  # wrong, but not told as done
        ({"modality": "denied", "modality_alt": ["actual"]}, "actual", (0, 0)),
        ({"modality": "actual"}, "planned", (0, 0)),
        ({"modality": "planned", "type": "Request"}, "actual", (0, 0)),  # words are no deeds
    ],
)
def test_what_did_not_happen_but_is_told_as_actual_is_counted(
    gold: dict[str, Any], told: str, counts: tuple[int, int], tmp_path: Path
) -> None:
    row = {**ROW, "modality": told, "type": gold.get("type", ROW["type"])}
    found = evaluate(_gold(tmp_path / "gold", **gold), Tables([row]), samples=0)
    fields = found.score.fields
    assert (fields["unreal_as_actual"], fields["unreal_n"]) == counts
    wrong, of = counts
    assert (f"\nnot actual   {wrong}/{of} " in text(found)) == bool(of)
    assert json.loads(as_json(found))["fields"].get("unreal_n", 0) == of


def test_parts_of_one_act_of_several_count_as_one(tmp_path: Path) -> None:
    folder = _gold(tmp_path / "gold", target=["ML", "NE"])
    rows = [{**ROW, "event": f"urn:{t}", "targets": t} for t in ("ML", "NE")]
    found = evaluate(folder, Tables(rows), samples=0)
    assert found.score.total["pred"] == 1
    assert found.figures["full"] == (1.0, 1.0, 1.0)


def test_false_alarms_and_detail(tmp_path: Path) -> None:
    folder = _gold(tmp_path / "gold")
    empty = {"id": "b", "relevant": False, "events": [], "claims": []}
    (folder / "b.json").write_text(json.dumps(empty))
    alarm = {**ROW, "article": "urn:b", "source": "b.txt", "event": "urn:b/1"}
    found = evaluate(folder, Tables([alarm]), samples=0)
    assert found.score.total["false_alarms"] == 1
    assert [sorted(d)[-1] for d in found.score.detail] == ["missed", "spurious"]


def test_intervals_hold_the_figure_and_never_change() -> None:
    answers = bent(*raw(GOLD), 1)
    one, other = evaluate(GOLD, answers, samples=200), evaluate(GOLD, answers, samples=200)
    assert one.intervals == other.intervals
    for name in ("found", "roles", "full", "args"):
        between = one.intervals[name]
        assert between.low < one.figures[name][2] < between.high
        assert between.high - between.low < 0.4
    assert "(F1 0." in text(one)


def test_the_conventions_are_data() -> None:
    known = conventions()
    assert known.kin("Meeting", "Visit")
    assert not known.kin("Meeting", "Agreement")
    assert known.old_codes["GER"] == "DEU"


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no JSON files there"):
        load(tmp_path)
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(UsageError, match=r"a\.json"):
        load(tmp_path)
    (tmp_path / "a.json").write_text('{"id": "a", "events": [{}]}')
    with pytest.raises(UsageError, match="no field 'eid'"):
        load(tmp_path)


def test_a_dispute_is_shown_by_both_sides_with_their_speakers() -> None:
    told = [
        JudgedClaim(("a", "e1"), "lima", "asserts", right=True),
        JudgedClaim(("a", "e1"), "santiago", "denies", right=True),
        JudgedClaim(("a", "e2"), "lima", "asserts", right=True),
        JudgedClaim(("b", "e1"), "santiago", "characterises", right=False),
        JudgedClaim(("a", "e3"), "lima", "asserts", right=True),  # nobody contests it
        JudgedClaim(("a", "e4"), "lima", "asserts", right=True),
        JudgedClaim(("a", "e4"), "lima", "denies", right=True),  # the same speaker: no dispute
        JudgedClaim(("a", "e5"), "lima", "demands", right=True),
        JudgedClaim(("a", "e5"), "santiago", "denies", right=True),  # demanded, not asserted
    ]
    assert disputes(told) == (1, 1)
    assert disputes(told, [[("a", "e2"), ("b", "e1")]]) == (2, 1)


def test_disputes_are_among_the_figures() -> None:
    golds, links = raw(GOLD)
    evaluation = evaluate(GOLD, bent(golds, links, 0), samples=0)
    counts = evaluation.score.claims
    assert 0 < counts["disputes_shown"] < counts["disputes"]
    assert f"{counts['disputes_shown']}/{counts['disputes']} with speaker" in text(evaluation)
