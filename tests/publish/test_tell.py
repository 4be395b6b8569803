"""show, timeline, search, cite: what they say, in 80 columns."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.errors import UsageError
from kg.graph import store
from kg.publish import cite, plain, things
from kg.publish.search import search
from kg.publish.view import Article, Lookup
from kg.query import find, library


def run(store_: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--store", str(store_)])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_every_event_reads_in_80_columns_with_its_quotes(gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        lookup = Lookup(reader)
        for brief in lookup.briefs:
            event = lookup.event(brief.iri)
            assert event is not None
            lines = list(plain.event(event, lookup))
            assert max(len(line) for line in lines) <= 80
            flat = " ".join(" ".join(lines).split())
            for report in event.reports:
                assert plain.clean(report.quote.words) in flat


def test_a_timeline_is_narrowed_by_parties_and_days(gold_store: Path) -> None:
    every = run(gold_store, "timeline")
    some = run(gold_store, "timeline", "NO", "RU", "--since", "2023-01-01")
    assert len(some) < len(every)
    assert "15 Russians" in some
    assert "Venezuela" not in some


def test_a_month_counts_whole_and_a_party_may_be_told_by_its_name(gold_store: Path) -> None:
    april = run(gold_store, "timeline", "norway", "--since", "2023-04", "--until", "2023-04")
    days = run(gold_store, "timeline", "NO", "--since", "2023-04-01", "--until", "2023-04-30")
    assert april == days
    assert "26 April 2023" in april


@pytest.mark.parametrize(
    "day", ["yesterday", "2023-13", "2023-02-30", "0000", "23-04-01", "2023-4"]
)
@pytest.mark.parametrize("command", [("timeline",), ("export", "-"), ("query", "events")])
def test_what_is_no_date_is_named(command: tuple[str, ...], day: str, gold_store: Path) -> None:
    for bound in ("since", "until"):
        with pytest.raises(UsageError, match=f"{bound}.*'{day}': not a date"):
            run(gold_store, *command, f"--{bound}", day)


def test_a_value_that_nothing_has_is_named_with_what_is_near(gold_store: Path) -> None:
    for actor, hint in (("Norway", "NO"), ("Norwey", "did you mean Norway")):
        with pytest.raises(UsageError, match=hint):
            run(gold_store, "export", "-", "--actor", actor)
    with pytest.raises(UsageError, match="did you mean Expulsion"):
        run(gold_store, "export", "-", "--type", "Expulsio")
    for option, value, hint in (
        ("--actor", "Norway", "did you mean NO (Norway)?"),
        ("--type", "Expulsio", "did you mean Expulsion?"),
    ):
        asked = ["query", "events", option, value, "--store", str(gold_store), "-O", "csv"]
        result = CliRunner().invoke(app, asked)
        assert result.exit_code == 0
        assert hint in result.stderr
        assert len(result.stdout.splitlines()) == 1


def test_questions_are_listed_in_80_columns_with_all_they_ask(gold_store: Path) -> None:
    lines = CliRunner().invoke(app, ["queries"]).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    flat = " ".join(" ".join(lines).split())
    assert all(find(name).summary in flat for name in library())


def test_show_takes_codes_labels_and_sources(gold_store: Path) -> None:
    assert run(gold_store, "show", "NO") == run(gold_store, "show", "norway")
    told = run(gold_store, "show", "us-ru-2021-wire.txt")
    assert "Meridian Wire" in " ".join(told.split())


def test_what_is_not_known_is_named_with_what_is_near(gold_store: Path) -> None:
    with pytest.raises(UsageError, match="did you mean Norway"):
        run(gold_store, "show", "Norwey")


def test_search_folds_case_and_accents_and_takes_beginnings(gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        lookup = Lookup(reader)
        found = search(lookup, "GUAIDO")
        assert found
        assert [hit.article for hit in search(lookup, "guaidó")] == [hit.article for hit in found]
        assert not search(lookup, "xylophone")
        assert not search(lookup, "…")


def test_citations_name_the_articles_behind_an_answer(gold_store: Path) -> None:
    with store.read(gold_store) as reader:
        lookup = Lookup(reader)
        behind = things.articles(lookup, ["NO"])
        assert 0 < len(behind) < len(lookup.articles)
        assert things.articles(lookup, ["all"]) == list(lookup.articles)
    text = run(gold_store, "cite", "NO", "--format", "ris")
    assert text.count("TY  - NEWS\n") == text.count("ER  - \n") == len(behind)


def test_hostile_titles_break_out_of_no_citation() -> None:
    hostile = "}\n}\n@article{x, \\input{/etc/passwd} $ & % # _ ^ ~"
    article = Article("urn:a", "a", "a", hostile, hostile, "javascript:alert(1)", "2021-12-01")
    entry = "".join(cite.bibtex([article]))
    assert entry.count("\n@article") == 0
    assert "\\input" not in entry
    assert "javascript" not in entry
    bare = entry.replace("\\{", "").replace("\\}", "")
    assert bare.count("{") == bare.count("}")
    record = "".join(cite.ris([Article("urn:a", "a", "a", "x\nER  - \nTY  - NEWS")]))
    assert record.count("\nER  - \n") == 1


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert plain.clean("a\x1b[31mb\u202ec\nd") == "a[31mbc d"


def test_the_shell_completes_the_names_of_saved_questions() -> None:
    asked = {
        "_KGBUILD_COMPLETE": "complete_bash",
        "COMP_WORDS": "kgbuild query re",
        "COMP_CWORD": "2",
    }
    result = CliRunner().invoke(app, [], env=asked, prog_name="kgbuild")
    assert set(result.stdout.split()) == {name for name in library() if name.startswith("re")}
