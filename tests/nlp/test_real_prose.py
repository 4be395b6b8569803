"""Turns of phrase that news is full of, each with who did what to whom and with what must not be read."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import Act, acts, read


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (  # who tells of it after it
            "The treaty is dead, Fiji's president said after a meeting with Japanese Prime Minister Aso.",
            ("Meeting", "FJ+JP", "", "actual"),
        ),
        (
            "After talks with his Danish counterpart, Malta's foreign minister told reporters all was well.",
            ("Negotiation", "DK+MT", "", "actual"),
        ),
        (  # one wants it done
            "The senator wants Iranian diplomats thrown out of Uruguay over the leak.",
            ("Expulsion", "UY", "IR", "demanded"),
        ),
        (  # with each other
            "Chad and Libya traded fire along their frontier for a second day.",
            ("Attack", "LY", "TD", "actual"),
        ),
        (  # one of a region, and no more of it
            "Honduras, one of the last Central American countries to recognise Taiwan, took a new name.",
            ("Recognition", "HN", "TW", "actual"),
        ),
        (  # the family name comes first
            (
                "Vietnam's foreign minister, Bui Thanh Son, left Jakarta on Tuesday. Bui had asked"
                " Indonesia not to send the fishermen back."
            ),
            ("Request", "VN", "ID", "actual"),
        ),
        (  # whose staff, told by the act before
            "Bolivia severed relations with Iran and gave its diplomats 24 hours to leave.",
            ("OrderToLeave", "BO", "IR", "actual"),
        ),
        (  # whom one joins in doing it
            "Chad and Mali joined Togo in calling home their ambassadors to Benin.",
            ("AmbassadorRecall", "TG", "BJ", "actual"),
        ),
        (  # whose envoy, told by whose diplomats
            "Togo turned on Oman's diplomats, giving ambassador Hamad Busaidi five days to leave.",
            ("OrderToLeave", "TG", "OM", "actual"),
        ),
        (  # hung on the phrase before them
            "In a show of anger at the killings in Houla, Malta and Kenya ordered Syria's diplomats out.",
            ("Expulsion", "MT", "SY", "actual"),
        ),
        (  # a title, a name behind a comma, and others
            (
                "Malta's foreign minister, Ian Borg, and his colleagues from Cyprus and Ireland"
                " arrived in Jordan on Monday."
            ),
            ("Visit", "IE", "JO", "actual"),
        ),
        (
            "A Peruvian delegation is due in Oslo next week for talks with Norwegian officials.",
            ("Visit", "PE", "NO", "planned"),
        ),
        (  # a seat of more than its state
            "Police in Brussels arrested three Moroccan diplomats.",
            ("Detention", "BE", "MA", "actual"),
        ),
        (
            "Pakistan accused the Taliban administration of giving shelter to militants.",
            ("Accusation", "PK", "AF", "actual"),
        ),
        (  # a negation that adds
            "Ghana has not only closed its embassy in Tripoli but also plans to ban Libyan flights.",
            ("MissionClosure", "GH", "LY", "actual"),
        ),
        (  # whose decision it is
            "Denmark criticised the decision of Mali to break diplomatic relations with Sweden.",
            ("BreakRelations", "ML", "SE", "actual"),
        ),
        (
            "Kuwait rejected the sudden decision by the Lebanese government to expel its envoy.",
            ("Expulsion", "LB", "KW", "actual"),
        ),
        (  # condemned for what it did
            "Chile condemned Eritrea's invasion of Djibouti.",
            ("Condemnation", "CL", "ER", "actual"),
        ),
        (  # an own plan, no demand
            "Oman accused Yemen of seeking to destabilise Bahrain.",
            ("ElectionInterference", "YE", "BH", "planned"),
        ),
        (  # joined to the object by the parser
            (
                "The paper reported that Peru will expel three Cuban diplomats and bar another two"
                " from entering the country."
            ),
            ("TravelBan", "PE", "CU", "actual"),
        ),
        (  # done to the same side as what another did
            (
                "Togo recalled its ambassador from Conakry. Benin, Niger and Gabon had also recalled"
                " their ambassadors for consultations."
            ),
            ("AmbassadorRecall", "GA", "GN", "actual"),
        ),
        (  # announced by whom it is done
            "The Kenyan government declared that the Sudanese embassy staff will be reduced to ten.",
            ("StaffReduction", "KE", "SD", "actual"),
        ),
        (  # the named envoy, told of before
            (
                "Bolivia gave the Paraguayan ambassador a warning. Ambassador Lucio Ortiz was declared"
                " persona non grata by Bolivia on Monday."
            ),
            ("Expulsion", "BO", "PY", "actual"),
        ),
        (  # the country of the person known
            (
                "Georgia, a former Soviet state, lives with the war of Russia against Ukraine. The"
                " country's president, Salome Zurabishvili, accused Moscow of lying."
            ),
            ("Accusation", "GE", "RU", "actual"),
        ),
        (  # the bloc is no state
            "The European Union condemned the vote in Serbia. The bloc will respond to Belgrade.",
            ("Threat", "EU", "RS", "actual"),
        ),
        (  # told as expulsion and as an order
            (
                "Latvia said it is expelling Iran's consul. It has given the Iranian consul and two"
                " other officials a week to leave the country."
            ),
            ("Expulsion", "LV", "IR", "actual"),
        ),
        (  # a cause said in so many words
            '"Jakarta is behind the plot," the foreign ministry of Vanuatu said in a statement.',
            ("Accusation", "VU", "ID", "actual"),
        ),
        (  # a list that the parser tears apart
            (
                "The rift began in 2017 when Kenya, Uganda, Burundi and the United Arab Emirates"
                " severed ties with Oman, accusing it of arming rebels."
            ),
            ("BreakRelations", "AE", "OM", "actual"),
        ),
        (  # "it" is none of the list
            "Kenya, Uganda, Burundi and Chad severed ties with Oman, accusing it of arming rebels.",
            ("Accusation", "BI", "OM", "actual"),
        ),
        (  # whose decision, in a phrase
            "Oman scolded Chadian officials over Chad's “hostile” decision to expel six Omani envoys.",
            ("Expulsion", "TD", "OM", "actual"),
        ),
        (  # who: the person, not the month
            "Malta expelled four Libyan officers in May, who allegedly hacked the OPCW.",
            ("CyberAttack", "LY", "OPCW", "actual"),
        ),
        (  # by whom the process was begun
            "Egypt and Chad have begun the process of reinstating diplomatic ties.",
            ("RestoreRelations", "EG+TD", "", "actual"),
        ),
        (  # an envoy no longer accredited
            "Peru has withdrawn the accreditation of the Cuban ambassador in Lima.",
            ("Expulsion", "PE", "CU", "actual"),
        ),
        (  # those counted before, and from where
            "Samoa will expel two Fijian envoys and ban three more from entering the country.",
            ("TravelBan", "WS", "FJ", "actual"),
        ),
        (  # another's decision
            "Russia barred some Latvian officials over the country's decision to expel two of its envoys.",
            ("Expulsion", "LV", "RU", "actual"),
        ),
        (  # talks that one of the two tells of
            "The Dutch ministry said that talks with Suriname on the terms had failed so far.",
            ("Negotiation", "NL+SR", "", "actual"),
        ),
        (  # who announces a cut
            "In July the Chilean foreign ministry announced a cut in Cuba's diplomatic staff in Santiago.",
            ("StaffReduction", "CL", "CU", "actual"),
        ),
        (  # what is said of what one is charged with
            "The Iranian foreign ministry described the Dutch allegations as the fruit of a rich fancy.",
            ("Denial", "IR", "NL", "actual"),
        ),
        (  # whose work it was
            "The attack was the work of Libyan agents, the defence minister of Malta said.",
            ("Accusation", "MT", "LY", "actual"),
        ),
        (  # whom one accuses is another
            "Peru expelled Iran's envoy, accusing the country of being behind two attacks in Lima.",
            ("Attack", "IR", "PE", "actual"),
        ),
        (  # what a mission has to do
            "Cuba's trade office in Lima would also have to close by 3 June, the ministry of Peru said.",
            ("MissionClosure", "PE", "CU", "actual"),
        ),
    ],
)
def test_reads(extractor: Extractor, text: str, act: Act) -> None:
    assert act in acts(read(extractor, text))


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "The Spaniards arrived at the embassy with a group of guards, Peru said.",
            "MilitaryDeployment",
        ),
        (
            "Fiji said that the Russians would have to leave the country by August.",
            "MilitaryDeployment",
        ),
        ("Morales called him a murderer of Chile for a second time on Monday.", "Request"),
        (
            "Bolivian police kept Spanish diplomats from entering the ambassador's garden.",
            "TravelBan",
        ),
        (
            "The service has gathered enough credible intelligence, Norway's minister said.",
            "Espionage",
        ),
        ("Japan asked countries around the world to throw out Fijian diplomats.", "Expulsion"),
        ("Mali's junta is facing increasing pressure over what France calls a delay.", "Demand"),
        (
            "Peru won't reverse its decision to expel the Cuban envoy despite a call from Mercosur.",
            "BreakRelations",
        ),
        (
            '"We regret this decision," the Chilean minister said of the expulsion by Peru.',
            "Threat",
        ),
    ],
)
def test_does_not_read(extractor: Extractor, text: str, type_: str) -> None:
    assert type_ not in {act[0] for act in acts(read(extractor, text))}


def test_a_title_and_the_year_tell_who_is_meant(extractor: Extractor) -> None:
    text = "President Carter broke diplomatic relations with Iran."
    assert ("BreakRelations", "US", "IR", "actual") in acts(read(extractor, text, "1980-04-07"))
    assert not acts(read(extractor, text, "2020-04-07"))


def test_which_state_of_a_region_is_not_told(extractor: Extractor) -> None:
    text = "Israel signed a deal with the Emirates, the first between it and a Gulf Arab state."
    assert not any("QA" in act[1] for act in acts(read(extractor, text)))


def test_a_namesake_of_a_former_leader_is_somebody_else(extractor: Extractor) -> None:
    text = "Croatia declared Ambassador Dragan Milosevic persona non grata. Croatia told Milosevic to go."
    assert not any("YU" in (act[1], act[2]) for act in acts(read(extractor, text)))


def test_a_former_empire_named_as_history_is_no_party(extractor: Extractor) -> None:
    text = "Latvia expelled four diplomats who tried to destabilise the former Soviet state."
    assert not any("SU" in (act[1], act[2]) for act in acts(read(extractor, text)))
