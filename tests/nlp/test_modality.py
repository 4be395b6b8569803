"""Modality in real parses: what is told as done, and what is only planned, threatened, wanted or denied."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import read


def told(extractor: Extractor, text: str) -> dict[str, str]:
    """Return the modality of each event in the text by its type."""
    return {e.type: e.modality for e in read(extractor, text, "2018-03-14").events}


@pytest.mark.parametrize(
    ("text", "type_", "modality"),
    [
        ("Chile expelled two Peruvian diplomats.", "Expulsion", "actual"),
        ("Chile has decided to expel two Peruvian diplomats.", "Expulsion", "actual"),
        ("Chile may expel two Peruvian diplomats.", "Expulsion", "possible"),
        ("Chile is considering expelling two Peruvian diplomats.", "Expulsion", "planned"),
        ("Chile favours expelling the Peruvian envoy.", "Expulsion", "demanded"),
        ("Chile threatened to expel two Peruvian diplomats.", "Expulsion", "threatened"),
        ("Chile did not expel any Peruvian diplomats.", "Expulsion", "denied"),
        ("Chile refused to expel the Peruvian ambassador.", "Expulsion", "denied"),
        ("Bolivia urged Chile to expel the Peruvian ambassador.", "Expulsion", "demanded"),
        (
            "Chile would expel the Peruvian envoy if Lima cut off its gas.",
            "Expulsion",
            "conditional",
        ),
        ("The presidents of Kenya and Rwanda will meet in May.", "Meeting", "planned"),
        ("The presidents of Kenya and Rwanda met in May.", "Meeting", "actual"),
        ("Oman's foreign minister plans to visit Yemen.", "Visit", "planned"),
        ("Oman's foreign minister cancelled a visit to Yemen.", "Visit", "denied"),
        ("Ghana called for talks between Togo and Benin.", "Negotiation", "demanded"),
        ("Iran offered to mediate between Peru and Chile.", "Mediation", "planned"),
        (
            "A senator predicted that two Peruvian diplomats would be expelled by Chile.",
            "Expulsion",
            "possible",
        ),
        ("Kenya has offered to host talks between Sudan and Chad.", "Mediation", "planned"),
        ("Iran volunteered to mediate between Peru and Chile.", "Mediation", "planned"),
        ("Cyprus will not recognise Kosovo.", "Recognition", "denied"),
        ("Qatar is to host talks between Chad and Sudan.", "Mediation", "planned"),
        ("The chairman of IGAD, who is to visit Eritrea next week, said so.", "Visit", "planned"),
        ("Ghana's president is expected in Togo on Friday.", "Visit", "planned"),
        ("Benin's envoy hopes to open an embassy in Haiti.", "MissionOpening", "planned"),
        ("Kenya has yet to open an embassy in Haiti.", "MissionOpening", "denied"),
        (
            "Nepal's president will travel to Oman to meet the Bruneian sultan.",
            "Meeting",
            "planned",
        ),
        ("The accord foresees the return of the Malian ambassador to Niger.", None, "planned"),
        ("Fiji and Samoa announced talks between Fiji and Samoa on tuna.", None, "planned"),
        ("Chad announced a meeting of Chad and Sudan on cattle in May.", "Meeting", "planned"),
        ("EU ministers may discuss fines when they meet on Monday in Riga.", "Meeting", "planned"),
        ("Will Finland close the Russian consulate in Turku?", "MissionClosure", "possible"),
        (
            "A reporter asked whether Finland would close the Russian consulate in Turku.",
            "MissionClosure",
            "possible",
        ),
        ("Further cuts in Chinese embassy staff would hurt ties.", "StaffReduction", "possible"),
        ("Britain should expel the Belarusian ambassador, she said.", "Expulsion", "demanded"),
        ("Spain should have expelled the Libyan envoy, he said.", "Expulsion", "denied"),
        ("Mali did not plan to expel the French ambassador.", "Expulsion", "denied"),
        ("Serbia never would sign a treaty that recognised Kosovo as independent.", None, "denied"),
        (
            "The senators asked the Foreign Office to summon the Malaysian high commissioner.",
            "AmbassadorSummons",
            "demanded",
        ),
        (
            "The paper stated that Oman had expelled two Iranian diplomats. That was wrong.",
            "Expulsion",
            "denied",
        ),
        ("The report that Oman expelled two Iranian diplomats was false.", "Expulsion", "denied"),
        ("Cuba will cut aid until Peru recognises Kosovo.", "Recognition", "possible"),
        ("Kenya stopped Uganda from attacking Somalia.", "Attack", "denied"),
        ("Talks failed over the refusal by Chad to formally recognise Kosovo.", None, "denied"),
        ("Iran was accused of plotting attacks on Turkey.", "Attack", "planned"),
        ("Spain's king wants to meet the Moroccan king.", "Meeting", "planned"),
        ("Mali cancelled a planned visit by its premier to Togo.", "Visit", "denied"),
        ("Peru's president arrives in Chile later this week.", "Visit", "planned"),
        ("Peru's president meets his Chilean counterpart next Tuesday.", "Meeting", "planned"),
        ("Benin's king said he is open to direct talks with Togo.", "Negotiation", "possible"),
        (
            "Peru urged the Chileans to support the world in imposing sanctions on Fiji.",
            "Sanctions",
            "demanded",
        ),
        (
            "The paper reports that Chad will announce that it is sending troops to Togo.",
            "MilitaryDeployment",
            "planned",
        ),
        ("Iran is ready to help Peru withdraw its troops from Iraq.", None, "planned"),
        ("It comes a month before Ghana's president makes a visit to Togo.", "Visit", "planned"),
        ("Mali will work with any government that recognises Kosovo.", "Recognition", "possible"),
        (
            "Fiji backed next week's planned start of talks between Iran and Syria.",
            "Negotiation",
            "planned",
        ),
        ("Poland sent guns in case of an invasion of Latvia by Belarus.", "Invasion", "possible"),
    ],
)
def test_a_word_above_the_act_tells_how_it_is_meant(
    extractor: Extractor, text: str, type_: str | None, modality: str
) -> None:
    found = told(extractor, text)
    assert (found.get(type_) if type_ else next(reversed(found.values()), None)) == modality


@pytest.mark.parametrize(
    "text",
    [
        "Norway will never accept the annexation of Crimea by Russia.",
        "Norway would not recognise the annexation of Crimea by Russia.",
        "Norway could not forgive the annexation of Crimea by Russia.",
        "Norway will condemn the annexation of Crimea by Russia.",
        "The annexation of Crimea by Russia may hurt trade.",
        "Norway will hold a vote over the annexation of Crimea by Russia.",
        "Norway called the annexation of Crimea by Russia a crime.",
    ],
)
def test_what_is_taken_for_granted_stays_actual(extractor: Extractor, text: str) -> None:
    assert told(extractor, text)["Annexation"] == "actual"


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "The killing of the drivers will not go unpunished, the Algerian presidency said.",
            "Threat",
        ),
        ("Norway would not accept the demand of Russia.", "Rejection"),
        ("Reciprocal measures will follow, the Russian foreign ministry said.", "Threat"),
    ],
)
def test_a_threat_or_refusal_told_by_will_not_is_itself_made(
    extractor: Extractor, text: str, type_: str
) -> None:
    assert told(extractor, text).get(type_) == "actual"


def test_threatened_sanctions_are_not_imposed(extractor: Extractor) -> None:
    found = told(extractor, "The United States threatened Turkey with sanctions.")
    assert found.get("Threat") == "actual"
    assert found.get("Sanctions", "threatened") != "actual"


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Japan may scrap a trade agreement which Japan and Peru signed in 2016.", "Agreement"),
        ("Chad scrapped the trade agreement between Chad and Niger.", "Agreement"),
        ("Peru will talk once Chile ends its attacks on Bolivia.", "Attack"),
        ("Benin called on Togo to open talks after the invasion of Ghana by Mali.", "Invasion"),
        ("Benin hopes to join the states that have recognised Kosovo.", "Recognition"),
        ("Peru's president arrives in Chile.", "Visit"),
        ("The talks between Peru and Chile did not hurt trade.", "Negotiation"),
        ("Why did Peru expel two Chilean diplomats?", "Expulsion"),
        ("The envoy of Peru left when Chile expelled two Peruvian diplomats.", "Expulsion"),
        ("The expulsion of two Omani diplomats by Yemen was aimed at nobody.", "Expulsion"),
    ],
)
def test_what_only_stands_below_such_a_word_happened(
    extractor: Extractor, text: str, type_: str
) -> None:
    assert told(extractor, text)[type_] == "actual"


def test_who_is_called_on_is_to_do_it(extractor: Extractor) -> None:
    text = "Malaysia called on India to summon the Nepalese ambassador."
    found = read(extractor, text, "2018-03-14")
    (summons,) = [e for e in found.events if e.type == "AmbassadorSummons"]
    assert [a.party.code for a in summons.actors] == ["IN"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Japan repeated a pledge to lend $100 million to Fiji.", "actual"),
        ("Kuwait offered $500 million in humanitarian aid to Lebanon.", "actual"),
        ("Libya is considering sending food aid to Mali.", "planned"),
    ],
)
def test_aid_is_told_by_promising_it(extractor: Extractor, text: str, modality: str) -> None:
    assert told(extractor, text) == {"SupportPledge": modality}
