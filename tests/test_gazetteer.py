"""The gazetteer (ontology/actors): complete, unambiguous or said to be ambiguous, and well written."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Dataset, Literal, NamedNode, RdfFormat, parse

from kg import lexicon

FOLDER = Path(__file__).parents[1] / "ontology" / "actors"
DIP = "https://w3id.org/kgbuild/diplomacy#"
ACTOR = "https://w3id.org/kgbuild/data/actor/"
A = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
NOTATION = NamedNode("http://www.w3.org/2004/02/skos/core#notation")
EXCLUSIVE = (
    "name", "adjective", "combining", "people", "capital", "metonym", "ministry", "organ", "city",
)  # fmt: skip
MEMBERS_OF_THE_UN = re.findall(
    "[A-Z]{2}",
    """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH
CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN
GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP
NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV
SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VC VE VN VU WS YE ZA ZM ZW
""",
)
OTHERS = ["VA", "PS", "XK", "TW", "EH", "HK", "MO", "GL", "FO"]
FORMER = ["SU", "YU", "CS", "DD", "YD", "ZR"]


def dip(local: str) -> NamedNode:
    return NamedNode(DIP + local)


@cache
def gazetteer() -> Dataset:
    return Dataset(
        quad
        for file in sorted(FOLDER.glob("*.ttl"))
        for quad in parse(path=file, format=RdfFormat.TURTLE)
    )


def pairs(predicate: NamedNode) -> Iterator[tuple[str, Literal | NamedNode]]:
    """Yield subject's local name (or blank node) and object of every triple with `predicate`."""
    for quad in gazetteer().quads_for_predicate(predicate):
        assert isinstance(quad.object, Literal | NamedNode)
        yield str(quad.subject).strip("<>").removeprefix(ACTOR), quad.object


def values(predicate: NamedNode) -> dict[str, list[str]]:
    found = defaultdict(list)
    for subject, value in pairs(predicate):
        found[subject].append(value.value)
    return found


def notations(kind: str) -> dict[str, str]:
    return dict(typed_notations(kind))


def typed_notations(kind: str) -> list[tuple[str, str]]:
    """Return (actor, notation) for every notation of this datatype."""
    return [
        (s, v.value)
        for s, v in pairs(NOTATION)
        if isinstance(v, Literal) and v.datatype == dip(kind)
    ]


def of_kind(kind: str) -> set[str]:
    return {s for s, v in pairs(A) if v == dip(kind)}


def readings() -> dict[str, set[str]]:
    """Return the forms that are said to be ambiguous, with the actors that they may stand for."""
    phrases = values(dip("phrase"))
    return {
        phrase: {iri.removeprefix(ACTOR) for iri in actors}
        for node, actors in values(dip("reading")).items()
        for phrase in phrases[node]
    }


def owners_of_forms() -> dict[str, set[str]]:
    """Return which states and organisations each form stands for (groups and persons apart)."""
    actors = set(notations("code"))
    owners = defaultdict(set)
    for predicate in EXCLUSIVE:
        for subject, forms in values(dip(predicate)).items():
            for form in forms if subject in actors else ():
                owners[form].add(subject)
    return owners


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.ttl")), ids=lambda file: file.name)
def test_every_file_says_something(file: Path) -> None:
    assert list(parse(path=file, format=RdfFormat.TURTLE))


def test_the_world_is_complete() -> None:
    assert len(set(MEMBERS_OF_THE_UN)) == 193
    missing = {*MEMBERS_OF_THE_UN, *OTHERS} - of_kind("State")
    assert not missing
    assert not set(FORMER) - of_kind("FormerState")


def test_members_of_the_un_are_just_the_members() -> None:
    members = {s for s, v in pairs(dip("memberOf")) if v == NamedNode(ACTOR + "UN")}
    assert members == set(MEMBERS_OF_THE_UN)


@pytest.mark.parametrize("kind", ["code", "iso3"])
def test_codes_are_unique(kind: str) -> None:
    counts = Counter(notations(kind).values())
    assert [code for code, n in counts.items() if n > 1] == []


def test_codes_of_living_states_in_cow_are_unique() -> None:
    living = of_kind("State")
    for kind in ("cow", "cowAbbreviation"):
        counts = Counter(code for state, code in notations(kind).items() if state in living)
        assert [code for code, n in counts.items() if n > 1] == []


def test_codes_have_their_form() -> None:
    states = of_kind("State") | of_kind("FormerState")
    codes, iso3, cow = notations("code"), notations("iso3"), notations("cow")
    assert states == set(iso3)
    assert [s for s in states if not re.fullmatch("[A-Z]{2}", codes[s])] == []
    assert [s for s in states if not re.fullmatch("[A-Z]{3}", iso3[s])] == []
    assert [s for s, n in cow.items() if not re.fullmatch("[1-9][0-9]{0,2}", n)] == []


def test_every_actor_has_one_code_and_one_label() -> None:
    actors = of_kind("State") | of_kind("FormerState") | of_kind("Organisation")
    labels = Counter(s for s, _ in pairs(NamedNode("http://www.w3.org/2000/01/rdf-schema#label")))
    codes = Counter(s for s, _ in typed_notations("code"))
    assert {s: (labels[s], codes[s]) for s in actors if (labels[s], codes[s]) != (1, 1)} == {}


def test_codes_cannot_break_a_joined_column() -> None:
    assert [c for c in notations("code").values() if re.search(r"[|,;]", c)] == []


def test_no_form_belongs_to_two_actors_unless_we_say_so() -> None:
    owners = owners_of_forms()
    shared = {form: actors for form, actors in owners.items() if len(actors) > 1}
    known = readings()
    assert {f: sorted(a) for f, a in shared.items() if a != known.get(f)} == {}


def test_ambiguous_forms_prefer_one_of_their_readings() -> None:
    reading, preferred = values(dip("reading")), values(dip("preferredReading"))
    assert reading
    assert [n for n, actors in reading.items() if len(preferred[n]) != 1] == []
    assert [n for n, actors in reading.items() if preferred[n][0] not in actors] == []


def test_members_successors_and_seats_exist() -> None:
    known = set(notations("code"))
    for predicate in ("memberOf", "successor", "basedIn", "reading", "memberState", "affiliation"):
        used = {v.value.removeprefix(ACTOR) for _, v in pairs(dip(predicate))}
        assert used - known == set(), predicate


def test_there_is_enough_of_everything() -> None:
    sizes = {p: sum(1 for _ in pairs(dip(p))) for p in ("metonym", "ministry", "city", "capital")}
    assert sizes["metonym"] >= 200
    assert sizes["ministry"] >= 200
    assert sizes["city"] >= 900
    assert len(of_kind("Organisation")) >= 150


def test_living_states_have_name_adjective_and_capital() -> None:
    states = set(MEMBERS_OF_THE_UN) | {"VA", "PS", "XK", "TW"}
    for predicate in ("name", "adjective", "people", "capital"):
        without = (
            states - set(values(dip(predicate))) - ({"VA"} if predicate == "people" else set())
        )
        without -= {"NR"} if predicate == "capital" else set()
        assert without == set(), predicate


def test_forms_are_clean() -> None:
    for predicate in (*EXCLUSIVE, "phrase"):
        for subject, forms in values(dip(predicate)).items():
            bad = [f for f in forms if f != " ".join(f.split()) or not f]
            assert bad == [], (subject, predicate)
            assert len(forms) == len(set(forms)), (subject, predicate)


def holders() -> list[dict[str, list[str]]]:
    """Return every office holder: names (the first is the full one), office, affiliation, years."""
    parts = ("name", "office", "affiliation", "from", "until")
    tables = {part: values(dip(part)) for part in parts}
    return [{part: tables[part].get(h, []) for part in parts} for h in of_kind("OfficeHolder")]


def test_office_holders_are_many_and_complete() -> None:
    everyone = holders()
    assert len(everyone) >= 1000
    for holder in everyone:
        assert holder["name"], holder
        assert holder["office"], holder
        assert len(holder["affiliation"]) == len(holder["from"]) == 1, holder
        assert len(holder["until"]) <= 1, holder
        assert not holder["until"] or holder["from"][0] <= holder["until"][0], holder


def test_large_states_have_many_office_holders() -> None:
    counts = Counter(h["affiliation"][0].removeprefix(ACTOR) for h in holders())
    assert {
        c: counts[c] for c in ("US", "RU", "CN", "GB", "FR", "DE", "IR", "IN") if counts[c] < 15
    } == {}
    covered = set(counts) & set(MEMBERS_OF_THE_UN)
    assert len(covered) >= 180


def test_a_persons_name_is_no_actors() -> None:
    names = {name for holder in holders() for name in holder["name"]}
    assert sorted(names & set(owners_of_forms())) == []


def test_a_family_name_alone_means_one_side_or_one_person() -> None:
    sides, full = defaultdict(set), defaultdict(set)
    for holder in holders():
        longest = max(holder["name"], key=lambda name: (len(name.split()), name))
        for name in holder["name"]:
            if " " not in name:
                sides[name].add(holder["affiliation"][0])
                full[name].add(longest)
    assert {n: full[n] for n in sides if len(sides[n]) > 1 and len(full[n]) > 1} == {}


def phrases(kind: str) -> list[str]:
    return [v.value for s, v in pairs(dip("phrase")) if s.removeprefix(DIP) == kind]


def test_phrases_that_are_no_actors() -> None:
    found = phrases("notAnActor")
    assert len(found) >= 400
    assert sorted(set(found) & set(owners_of_forms())) == []
    assert {"New Mexico", "Georgia Tech", "Vienna Convention", "Paris, Texas"} <= set(found)


@pytest.mark.parametrize("name", ["Jordan", "Chad", "Israel", "Georgia", "Paris", "Washington"])
def test_names_that_persons_bear(name: str) -> None:
    assert name in phrases("givenNameLike")


def test_names_that_persons_bear_are_forms_of_actors() -> None:
    assert sorted(set(phrases("givenNameLike")) - set(owners_of_forms())) == []


def test_groups() -> None:
    groups = of_kind("Group")
    members = values(dip("memberState"))
    by_name = {name: g for g, names in values(dip("name")).items() if g in groups for name in names}
    assert len(groups) >= 60
    assert {m.removeprefix(ACTOR) for m in members[by_name["Baltic states"]]} == {"EE", "LT", "LV"}
    assert by_name["West"] not in members
    assert sorted(set(by_name) & set(owners_of_forms())) == []


def test_the_lexicon_knows_every_code_it_refers_to() -> None:
    """Codes with blanks or accents stand percent-encoded in IRIs and must come back as codes."""
    read = lexicon.load()
    used = {holder.affiliation for holder in read.office_holders} | set(read.preferred.values())
    used |= {body for actor in read.actors.values() for body in actor.member_of}
    used |= {code for group in read.groups for code in group.members}
    assert "World Bank" in used
    assert sorted(used - set(read.actors)) == []
