"""What sentences tell only together with the ones before: followers, both sides, bare names."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import acts, read


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Chad cut diplomatic relations with Libya on Sunday. Benin followed suit two days later.",
            ("BreakRelations", "BJ", "LY", "actual"),
        ),
        (
            "Denmark recognised Kosovo last week. Malta did the same on Monday.",
            ("Recognition", "MT", "XK", "actual"),
        ),
        (
            "Chad cut ties with Libya, accusing it of a role in a raid on Faya. Benin followed suit.",
            ("BreakRelations", "BJ", "LY", "actual"),
        ),
        (
            "Austria expelled four Iranian diplomats. Latvia is expected to follow suit.",
            ("Expulsion", "LV", "IR", "planned"),
        ),
    ],
)
def test_who_follows_suit_does_what_was_told_last(
    extractor: Extractor, text: str, act: tuple[str, str, str, str]
) -> None:
    assert act in acts(read(extractor, text))


def test_following_suit_after_no_act_tells_nothing(extractor: Extractor) -> None:
    found = acts(read(extractor, "Oil prices fell on Monday. Canada followed suit with gas."))
    assert found == set()


def test_both_sides_are_the_pair_that_acted_and_not_the_hosts(extractor: Extractor) -> None:
    text = (
        "Eritrea and Djibouti agreed on a ceasefire during talks brokered by Oman and Kenya. "
        "The two sides will hold another meeting next month."
    )
    assert ("Meeting", "DJ+ER", "", "planned") in acts(read(extractor, text))


def test_who_calls_on_both_countries_is_neither_of_them(extractor: Extractor) -> None:
    text = (
        "Peru recalled its ambassador from Bolivia. Uruguay urged both countries to show restraint."
    )
    found = acts(read(extractor, text))
    assert {a for a in found if a[0] == "Request"} == {
        ("Request", "UY", "BO", "actual"),
        ("Request", "UY", "PE", "actual"),
    }


def test_a_noun_that_only_describes_another_tells_no_act(extractor: Extractor) -> None:
    text = "Finland summoned the Chinese ambassador over a Finnish surveillance aircraft."
    assert {a[0] for a in acts(read(extractor, text))} == {"AmbassadorSummons"}


def test_what_somebody_is_accused_of_is_done_by_the_accused(extractor: Extractor) -> None:
    found = acts(read(extractor, "Togo accused Ghana of violating the agreement."))
    assert ("Accusation", "TG", "GH", "actual") in found
    assert not [a for a in found if a[0] != "Accusation" and a[1] == "TG"]


def test_a_source_is_named_without_the_words_that_lead_to_it(extractor: Extractor) -> None:
    text = "Sudanese airstrikes killed ten people on Friday, according to Chadian officials."
    speakers = {c.speaker.name for c in read(extractor, text).claims}
    assert "Chadian officials" in speakers


def test_they_are_all_of_a_list_and_a_number_of_countries_the_group_of_that_size(
    extractor: Extractor,
) -> None:
    text = (
        "Ghana, Togo and Benin announced that they would recognise Kosovo. "
        "Jordan praised the three countries."
    )
    found = acts(read(extractor, text))
    assert {a[1] for a in found if a[0] == "Recognition"} == {"GH", "TG", "BJ"}
    assert {a[2] for a in found if a[0] == "SupportPledge"} == {"GH", "TG", "BJ"}


def test_a_warning_answers_what_the_same_sentence_tells(extractor: Extractor) -> None:
    text = (
        "Oman accused Qatar of piracy. "
        "Italy has pledged to deliver frigates to Chad; Libya warned that it would respond."
    )
    found = acts(read(extractor, text))
    assert ("Threat", "LY", "IT", "actual") in found


def test_an_order_to_the_own_envoy_is_no_order_to_another_state(extractor: Extractor) -> None:
    found = acts(read(extractor, "Spain ordered its diplomats in Libya to leave within a week."))
    assert not [a for a in found if a[0] == "OrderToLeave"]


def test_the_country_meddled_in_is_the_accusers(extractor: Extractor) -> None:
    text = "Honduras accused Venezuela of interfering in the country's elections."
    assert ("ElectionInterference", "VE", "HN", "actual") in acts(read(extractor, text))


def test_a_fronted_participle_is_done_by_the_subject_behind_it(extractor: Extractor) -> None:
    text = "Accusing Accra of meddling, Lomé recalled its ambassador."
    told = acts(read(extractor, text))
    assert told == {
        ("Accusation", "TG", "GH", "actual"),
        ("ElectionInterference", "GH", "TG", "actual"),
        ("AmbassadorRecall", "TG", "GH", "actual"),
    }


def test_the_particle_of_a_verb_bounds_no_number(extractor: Extractor) -> None:
    (act,) = read(extractor, "Moldova has handed over 53 Senegalese soldiers to Senegal.").events
    assert act.count is not None
    assert (act.count.value, act.count.minimum) == (53, None)


def test_whoever_denies_speaks_in_the_passive_voice_too(extractor: Extractor) -> None:
    for text in ("Benin denied Italy's accusations.", "Italy's accusations were denied by Benin."):
        (act,) = (e for e in read(extractor, text).events if e.type == "Accusation")
        assert act.speaker is not None
        assert act.speaker.affiliation == "BJ"


@pytest.mark.parametrize(
    "text",
    [
        "NATO says a soldier was killed in a blast in northern Mali.",
        "Two Nigerien nurses were kidnapped in Niger on Monday.",
        "Three Polish tourists were killed in a landslide in Nepal.",
        "Laos faces sanctions.",
        "Japan backs sanctions against Eritrea.",
        "A Norwegian court rejected the plea of an envoy from Ghana.",
    ],
)
def test_neither_the_place_nor_the_teller_nor_a_bystander_did_it(
    extractor: Extractor, text: str
) -> None:
    assert acts(read(extractor, text)) == set()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Two Danish nurses were kidnapped in Niger on Monday.", ("Detention", "", "DK", "actual")),
        ("Two Swiss hostages were killed in Chad, Kenya says.", ("Attack", "", "CH", "actual")),
        ("A bomb killed a Peruvian in Bamako.", ("Attack", "", "PE", "actual")),
        ("Gunmen attacked a UN camp in Darfur.", ("Attack", "", "UN", "actual")),
    ],
)
def test_nameless_force_on_people_abroad_has_no_actor(
    extractor: Extractor, text: str, act: tuple[str, str, str, str]
) -> None:
    assert acts(read(extractor, text)) == {act}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Ghana cannot support Chile's war against Peru.",
            ("Attack", "CL", "PE", "actual"),
        ),
        (
            "Austria ruled out expelling Libyan diplomats.",
            ("Expulsion", "AT", "LY", "denied"),
        ),
        (
            "Peru broke off ties after police stormed its embassy in Nairobi.",
            ("Attack", "KE", "PE", "actual"),
        ),
        (
            "Two Danish nurses were arrested in Niger on Monday.",
            ("Detention", "NE", "DK", "actual"),
        ),
    ],
)
def test_whose_act_it_is_and_whether_it_happened(
    extractor: Extractor, text: str, act: tuple[str, str, str, str]
) -> None:
    assert act in acts(read(extractor, text))


def test_talks_put_off_are_no_talks(extractor: Extractor) -> None:
    found = acts(read(extractor, "The talks between Ghana and Togo have been postponed."))
    assert not any(act[3] == "actual" for act in found)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("M23 fighters ambushed a police patrol in Uganda.", ("Attack", "M23", "UG", "actual")),
        (
            "A clash between security forces and Taliban militants in Pakistan left nine dead.",
            ("Attack", "PK", "Taliban", "actual"),
        ),
        ("Two Italian hostages were freed in Iraq.", ("Release", "", "IT", "actual")),
    ],
)
def test_forces_of_no_named_state_are_those_of_the_place(
    extractor: Extractor, text: str, act: tuple[str, str, str, str]
) -> None:
    assert act in acts(read(extractor, text))


def test_what_demands_are_for_has_not_happened(extractor: Extractor) -> None:
    told = acts(read(extractor, "Togo ignored demands for the release of a Thai leader."))
    assert not {act for act in told if act[0] == "Release" and act[3] == "actual"}
