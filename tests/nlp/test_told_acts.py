"""An act of force needs a side that its own words name; a noun of another clause fills no slot."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read


def _acts(extractor: Extractor, text: str) -> set[tuple[str, ...]]:
    return set(_reports(extractor, text))


def _reports(extractor: Extractor, text: str) -> list[tuple[str, ...]]:
    return [act(event)[:3] for event in read(extractor, text, "2018-03-14").events]


def test_a_pronoun_alone_makes_no_act_of_force(extractor: Extractor) -> None:
    acts = _acts(
        extractor, "Gabon expelled two Malian diplomats on Monday. It had hit a nerve, they said."
    )
    assert ("Expulsion", "GA", "ML") in acts
    assert not any(kind == "Attack" for kind, _, _ in acts)


def test_an_act_of_force_with_a_named_side_stays(extractor: Extractor) -> None:
    acts = _acts(
        extractor,
        "Gabon expelled two Malian diplomats on Monday. Its gunboats shelled Malian villages.",
    )
    assert ("Attack", "GA", "ML") in acts


def test_the_subject_behind_a_comma_is_no_object(extractor: Extractor) -> None:
    acts = _acts(
        extractor,
        "If Warsaw gives up its plans, Deputy Foreign Minister Sergei Ryabkov said,"
        " Russia will do nothing.",
    )
    assert not any(kind == "Release" for kind, _, _ in acts)


def test_who_is_struck_off_a_list_is_not_struck(extractor: Extractor) -> None:
    acts = _acts(extractor, "On Friday Lima struck Bolivia off its list of trusted buyers.")
    assert acts == {("TradeRestriction", "PE", "BO")}


@pytest.mark.parametrize(
    "text",
    [
        # whoever did it, it need not be a side that is named nearby
        "Togo recalled its envoy to Benin. Gunmen attacked Beninese soldiers near the border.",
        "Togo's president condoled with Benin over the bombings in Cotonou, he told reporters.",
        "Togo recalled its envoy to Benin. A Beninese nurse was wounded in the blast.",
        # the side is what the blast was about, or whom the captors hold
        "He is wanted over a 1976 Beninese airliner bombing that killed 73 people.",
        "The kidnappers of a Beninese nurse are threatening to kill her.",
        # a noun or participle that only describes
        "Togo wants the Beninese peace-keeping forces merged with its own.",
        "Togo extended its mission in Benin's war-torn north.",
        # an act at home
        "Togolese police arrested two suspects after a shop had shown Beninese cartoons.",
    ],
)
def test_an_act_of_force_gets_no_guessed_doer(extractor: Extractor, text: str) -> None:
    force = {"Attack", "Detention", "Invasion"}
    assert not [a for a in _acts(extractor, text) if a[0] in force]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Ghana has warned Togo against sending troops into Benin.",
            ("MilitaryDeployment", "TG", "BJ"),
        ),
        ("Ghana criticised Togo for bombing Benin.", ("Attack", "TG", "BJ")),
        ("Ghana blamed Togo for the bombing of a Beninese market.", ("Attack", "TG", "BJ")),
        ("Ghana called on Togo to free two Beninese nurses.", ("Release", "TG", "BJ")),
        (
            "Ghana's army said Togolese troops had fired on a police outpost.",
            ("Attack", "TG", "GH"),
        ),
        ("Ghana feared an invasion by thousands of Togolese troops.", ("Invasion", "TG", "")),
        ("Togo freed the mayor of the northern town of Bouaké.", ("Release", "TG", "CI")),
        ("Togo massed tanks along Benin's borders.", ("MilitaryBuildup", "TG", "BJ")),
    ],
)
def test_the_doer_is_whom_the_sentence_says(
    extractor: Extractor, text: str, act: tuple[str, str, str]
) -> None:
    assert act in _acts(extractor, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Togo ordered the expulsion of hundreds of Beninese who work there.",
            "MilitaryDeployment",
        ),
        (
            "Togo announced an inquiry into claims that soldiers beat Beninese traders.",
            "SupportPledge",
        ),
        ("Ghana asked France to stop Togo from sending troops to Benin.", "Sanctions"),
        ("Togolese troops ordered them to surrender.", "MilitaryDeployment"),
        ("Togo has launched its first rocket into space.", "Attack"),
        ("Togo's government has fired three security chiefs over Beninese influence.", "Attack"),
    ],
)
def test_a_noun_of_an_inner_clause_is_no_object(extractor: Extractor, text: str, kind: str) -> None:
    assert not [a for a in _acts(extractor, text) if a[0] == kind]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Togo has resisted Western efforts to punish Benin.", ("Sanctions", "TG", "BJ")),
        ("Togo condemned attempts to blacklist Benin.", ("Sanctions", "TG", "BJ")),
        # a regulator, not a state named before
        (
            "Togo did not comment. A court upheld sanctions imposed on a Beninese firm by a regulator.",
            ("Sanctions", "TG", "BJ"),
        ),
    ],
)
def test_an_act_of_others_is_not_the_subjects(
    extractor: Extractor, text: str, act: tuple[str, str, str]
) -> None:
    assert act not in _acts(extractor, text)


def test_one_of_two_measures_is_told_once(extractor: Extractor) -> None:
    text = "Togo has agreed to slap an arms embargo on Beninese officials."
    assert len([a for a in _reports(extractor, text) if a[0] == "Sanctions"]) == 1


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Two Togolese jailed in Benin on Friday were freed.", ("Detention", "BJ", "TG")),
        ("A drone launched from Togo hit a hotel in Cotonou.", ("Attack", "TG", "BJ")),
        ("Hackers working for Togo's army stole blueprints from Benin.", ("Espionage", "TG", "BJ")),
        (
            "Benin accused Togo of a cyber-attack that wiped its servers.",
            ("CyberAttack", "TG", "BJ"),
        ),
        ("Togo retaliated by bombing Bouaké.", ("Attack", "TG", "CI")),
        (
            "Togolese troops completed their withdrawal from Benin.",
            ("MilitaryDeployment", "TG", "BJ"),
        ),
        ("Togo will deposit $2bn with Benin's central bank.", ("SupportPledge", "TG", "BJ")),
        ("Togo agreed to lend Benin $3bn.", ("SupportPledge", "TG", "BJ")),
        (
            "Chinese coastguard vessels fired water cannon at a Beninese boat.",
            ("Attack", "CN", "BJ"),
        ),
        ("Togo has banned imports of Norwegian salmon.", ("TradeRestriction", "TG", "NO")),
    ],
)
def test_news_wording_of_force_and_aid(
    extractor: Extractor, text: str, act: tuple[str, str, str]
) -> None:
    assert act in _acts(extractor, text)


def test_an_inquiry_into_a_killing_kills_nobody(extractor: Extractor) -> None:
    text = "Togo began an inquiry into the assassination of a Beninese diplomat."
    assert not [a for a in _acts(extractor, text) if a[0] == "Attack"]


def test_people_suspected_of_a_plot_are_held_at_home(extractor: Extractor) -> None:
    text = "Togolese police arrested seven people suspected of a plot."
    assert not [a for a in _acts(extractor, text) if a[0] == "Detention"]
