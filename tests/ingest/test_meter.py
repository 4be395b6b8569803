"""How much was read, and how long the rest will take."""

from pathlib import Path

from kg.build import Summary
from kg.cli.build import _done
from kg.ingest.meter import Meter
from kg.ingest.read import articles


def test_the_meter_follows_files_and_folders_to_their_end(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    texts = {"one/a.txt": "Norway expelled an envoy.", "one/b.txt": "So did Chile. " * 9}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    lone = tmp_path / "c.txt"
    lone.write_text("Peru recalled its ambassador. " * 30, encoding="utf-8")
    paths = [tmp_path / "one", lone]
    meter = Meter.of(paths)
    assert meter.share() == 0
    shares = [meter.share() for _ in articles(paths, meter=meter)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert meter.share() == 1


def test_the_share_of_standard_input_is_unknown(tmp_path: Path) -> None:
    assert Meter.of(["-", tmp_path]).share() == 0


def test_the_line_of_progress_tells_the_time_left() -> None:
    summary = Summary(new=50, reports=200, share=0.25)
    told = _done(summary, 100.0)
    assert told == "50 articles, 200 reports, 0.5 a second, 25% read, about 5 min 00 s left"
    summary.share = 0.005
    assert _done(summary, 100.0).endswith("0% read, about 5 h 31 min left")
    summary.share = 0.0
    assert _done(summary, 100.0) == "50 articles, 200 reports, 0.5 a second"
