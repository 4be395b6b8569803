"""The linker's decisions on ordinary cases of news, one trap a test."""

import random
from collections.abc import Sequence

import pytest
from pyoxigraph import Literal

from kg.link import Linkage, Linker, Report, links
from kg.link.copies import near_duplicates, sketch
from kg.link.records import Source
from tests.link.builders import day, report


def groups(linkage: Linkage) -> list[tuple[str, ...]]:
    return sorted(hub.reports for hub in linkage.hubs)


def linked(*reports: Report) -> list[tuple[str, ...]]:
    return groups(links(reports))


def test_a_missing_count_does_not_part_reports() -> None:
    a = report("a/1", count=6, date="2022-01-08")
    b = report("b/1", date="2022-01-08")
    assert linked(a, b) == [("a/1", "b/1")]


def test_two_waves_of_equal_size_stay_two_events() -> None:
    first = [report(f"{name}/1", count=27, deadline="2022-01-30") for name in "ab"]
    second = [report(f"{name}/2", count=27, deadline="2022-06-30") for name in "ac"]
    assert linked(*first, *second) == [("a/1", "b/1"), ("a/2", "c/2")]


def test_a_report_that_fits_both_waves_stays_a_candidate() -> None:
    first = report("a/1", count=27, deadline="2022-01-30")
    second = report("b/1", count=27, deadline="2022-06-30")
    vague = report("c/1", count=27)
    linkage = links([first, second, vague])
    assert groups(linkage) == [("a/1",), ("b/1",), ("c/1",)]
    decision = next(d for d in linkage.decisions if d.report == "c/1")
    assert decision.status == "candidate"
    assert {rival.report for rival in decision.rivals} == {"a/1", "b/1"}


def test_a_vague_report_joins_the_one_event_it_fits() -> None:
    known = [report(f"{name}/1", count=6, date="2022-01-08") for name in "ab"]
    vague = report("c/1", published="2022-01-20")
    linkage = links([*known, vague])
    assert groups(linkage) == [("a/1", "b/1", "c/1")]
    assert next(d for d in linkage.decisions if d.report == "c/1").status == "attached"


def test_acts_of_nobody_named_need_a_day_or_a_number() -> None:
    vague = [report(f"{name}/1", actors=(), type="StaffReduction") for name in "ab"]
    assert linked(*vague) == [("a/1",), ("b/1",)]
    dated = [
        report(f"{name}/1", actors=(), type="StaffReduction", date="2022-01-08") for name in "ab"
    ]
    assert linked(*dated) == [("a/1", "b/1")]


def test_days_without_a_year_bear_out_the_dated_one() -> None:
    def told(name: str, deadline: str) -> Report:
        bundle = ("deadline", (("deadline", Literal(deadline)),))
        return report(name, deadline=deadline, count=6, bundles=(bundle,))

    reports = [told(f"{name}/1", "--01-31") for name in "abc"]
    (hub,) = links([*reports, told("d/1", "2022-01-31")]).hubs
    chosen = [dict(v.bundle)["deadline"].value for v in hub.values if v.chosen]
    assert chosen == ["2022-01-31"]


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ({"count": 6}, {"count": 7}, "counts 6 and 7"),
        ({"date": "2022-01-03"}, {"date": "2022-01-08"}, "dates 5 days apart"),
        ({"deadline": "2022-01-20"}, {"deadline": "2022-01-23"}, "deadlines 3 days apart"),
        ({"deadline": "--01-20"}, {"deadline": "2022-01-23"}, "deadlines 3 days apart"),
        ({"modality": "threatened"}, {"modality": "actual"}, "one is only spoken of"),
        ({"published": "2021-01-10"}, {"published": "2022-01-10"}, "published 365 days apart"),
        ({"targets": ("ML",)}, {"targets": ("NE",)}, "different targets"),
    ],
)
def test_what_rules_a_link_out(left: dict[str, object], right: dict[str, object], why: str) -> None:
    from kg.link.compare import compare

    same = {"count": 6, "date": "2022-01-08", "words": "six attachés must go home"}
    a, b = report("a/1", **{**same, **left}), report("b/1", **{**same, **right})  # type: ignore[arg-type]
    if "published" in left:  # yearless tellings of the same act, a year apart
        a, b = report("a/1", count=6, **left), report("b/1", count=6, **right)  # type: ignore[arg-type]
    assert compare(a, b).blocked == why
    assert linked(a, b) == [("a/1",), ("b/1",)]


def test_the_consulates_of_two_towns_are_two_closures() -> None:
    told = [
        report(f"{name}/1", type="MissionClosure", place=town, date="2022-01-08")
        for name, town in (("a", "St. Gallen"), ("b", "Saint Gallen"), ("c", "Basel"))
    ]
    assert linked(*told) == [("a/1", "b/1"), ("c/1",)]


def test_a_yearless_deadline_meets_a_dated_one_across_new_year() -> None:
    a = report("a/1", published="2021-12-20", deadline="--01-01")
    b = report("b/1", published="2021-12-21", deadline="2021-12-31")
    assert linked(a, b) == [("a/1", "b/1")]


def test_about_thirty_is_thirty_but_not_forty() -> None:
    about = report("a/1", minimum=30, maximum=30, approximate=True, date="2022-01-08")
    assert linked(about, report("b/1", count=31, date="2022-01-08")) == [("a/1", "b/1")]
    assert linked(about, report("b/1", count=40, date="2022-01-08")) == [("a/1",), ("b/1",)]


def test_a_stated_correction_lifts_the_difference_for_all() -> None:
    wrong = report("a/1", count=35, date="2022-01-08")
    mends = report("b/1", count=30, date="2022-01-08", corrects=frozenset({35}))
    right = report("c/1", count=30)
    assert linked(wrong, mends, right) == [("a/1", "b/1", "c/1")]
    assert linked(wrong, right) == [("a/1",), ("c/1",)]


def test_asked_to_leave_and_expelled_can_be_one_act() -> None:
    a = report("a/1", type="OrderToLeave", count=6, date="2022-01-08")
    b = report("b/1", type="Expulsion", count=6, date="2022-01-08")
    assert linked(a, b) == [("a/1", "b/1")]


def test_partial_lists_of_participants_attach() -> None:
    full = report("a/1", type="Meeting", actors=("FR", "ML", "NE"), targets=(), date="2022-01-08")
    part = report("b/1", type="Meeting", actors=("ML", "FR"), targets=(), date="2022-01-08")
    other = report("c/1", type="Meeting", actors=("FR", "TD"), targets=(), date="2022-01-08")
    assert linked(full, part, other) == [("a/1", "b/1"), ("c/1",)]


def test_reports_of_one_article_never_merge() -> None:
    a = report("a/1", count=6, date="2022-01-08")
    b = report("a/2", type="OrderToLeave", count=6, date="2022-01-08")
    assert linked(a, b) == [("a/1",), ("a/2",)]


def test_two_accusations_of_a_day_are_two_unless_the_words_agree() -> None:
    one = report("a/1", type="Accusation", date="2022-01-08", words="spying on exiles abroad")
    other = report("b/1", type="Accusation", date="2022-01-08", words="cheating in the fish talks")
    again = report("c/1", type="Accusation", date="2022-01-08", words="spying on exiles abroad")
    assert linked(one, other, again) == [("a/1", "c/1"), ("b/1",)]


def test_a_republication_months_later_is_the_same_event() -> None:
    a = report("a/1", published="2022-01-10", date="2022-01-08", count=6)
    b = report("b/1", published="2022-06-10", date="2022-01-08", count=6)
    assert linked(a, b) == [("a/1", "b/1")]


def test_five_copies_are_one_source() -> None:
    text = "The ministry said that the six attachés had been told to go by Friday. " * 5
    hashes, sampled = sketch(text)
    copies = [
        report(f"{n}/1", source=Source(n, "", day("2022-01-10"), hashes, sampled), count=6)
        for n in "abcde"
    ]
    own, own_sampled = sketch("Nothing of it is taken from the wire, as every word here shows.")
    other = report("f/1", source=Source("f", "", day("2022-01-10"), own, own_sampled), count=6)
    (hub,) = links([*copies, other]).hubs
    assert len(hub.articles) == 6
    assert hub.independent_sources == 2


def test_a_reprint_with_a_lead_of_its_own_is_a_near_duplicate() -> None:
    body = " ".join(f"word{i} told{i * 7} then{i % 5}" for i in range(200))
    a = Source("a", "", None, *sketch(body))
    b = Source("b", "", None, *sketch("Our readers will remember this long story. " + body))
    c = Source("c", "", None, *sketch(" ".join(f"other{i} text{i}" for i in range(300))))
    assert near_duplicates(a, b)
    assert not near_duplicates(a, c)


def test_the_actor_s_own_denial_takes_the_fact_away() -> None:
    from kg.link.records import Claim

    told = report("a/1", type="Attack", claims=(Claim("c/1", "denies", "p", "FR"),))
    by_other = report("a/1", type="Attack", claims=(Claim("c/1", "denies", "p", "DE"),))
    assert links([told]).hubs[0].factuality == "denied"
    assert links([by_other]).hubs[0].factuality == "actual"


def _crowd(seed: int) -> list[Report]:
    chance = random.Random(seed)  # noqa: S311 - a test's data, not a secret
    made = []
    for i in range(60):
        published = f"2022-0{chance.randint(1, 6)}-{chance.randint(1, 28):02}"
        made.append(
            report(
                f"{chance.randint(0, 30):02}/{i:02}",
                published=published if chance.random() < 0.8 else None,
                type=chance.choice(["Expulsion", "OrderToLeave", "Meeting", "Threat"]),
                actors=chance.choice([("FR",), ("ML",), ()]),
                targets=chance.choice([("ML",), ("NE",), ()]),
                count=chance.choice([None, None, 5, 6]),
                date=chance.choice([None, published, "2022-03-03", "2022-03"]),
                deadline=chance.choice([None, None, "2022-04-01", "--04-01"]),
                words=chance.choice(["six must go", "six attachés told to go home", ""]),
            )
        )
    return made


@pytest.mark.parametrize("seed", range(12))
def test_order_and_detours_change_nothing(seed: int) -> None:
    reports = _crowd(seed)
    expected = links(reports)
    chance = random.Random(seed)  # noqa: S311
    shuffled: Sequence[Report] = chance.sample(reports, len(reports))
    assert links(shuffled) == expected

    by_article: dict[str, list[Report]] = {}
    for one in shuffled:
        by_article.setdefault(one.source.iri, []).append(one)
    linker = Linker()
    hubs: dict[str, object] = {}
    for article in by_article.values():
        gone, came = linker.add(article)
        hubs = {k: v for k, v in hubs.items() if k not in {h.iri for h in gone}}
        hubs |= {hub.iri: hub for hub in came}
    away = [by_article[name] for name in sorted(by_article)[::3]]
    for article in away:
        gone, came = linker.remove(one.iri for one in article)
        hubs = {k: v for k, v in hubs.items() if k not in {h.iri for h in gone}}
        hubs |= {hub.iri: hub for hub in came}
    kept = [one for one in reports if not any(one in article for article in away)]
    assert linker.linkage() == links(kept)
    for article in reversed(away):
        gone, came = linker.add(article)
        hubs = {k: v for k, v in hubs.items() if k not in {h.iri for h in gone}}
        hubs |= {hub.iri: hub for hub in came}
    assert linker.linkage() == expected
    assert hubs == {hub.iri: hub for hub in expected.hubs}
