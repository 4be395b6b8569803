"""Whom an act is told of and whom not: parties beside, prefixes, bystanders, whose people are hit."""

import pytest

from kg.model import Extraction
from kg.nlp.extract import Extractor
from tests.nlp.reading import act, read


def acts(extraction: Extraction) -> set[tuple[str, ...]]:
    """Return who does what to whom, however it is meant."""
    return {act(event)[:3] for event in extraction.events}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Peru's demand was rejected by Chile on Monday.",
            ("Demand", "PE", "CL"),
        ),
        (
            "Peru's consulate in Chile was reopened.",
            ("MissionOpening", "PE", "CL"),
        ),
        (
            "A complaint was filed against the United Arab Emirates by Saint Lucia.",
            ("Protest", "LC", "AE"),
        ),
        (
            "The Taliban killed two Chilean aid workers in Chad.",
            ("Attack", "Taliban", "CL"),
        ),
        (
            "Peru rejected the plan of opposition leader Volodymyr Zelensky.",
            ("Rejection", "PE", "UA"),
        ),
        (
            "The EU imposed sanctions on Belarus over its jailing of a Polish journalist.",
            ("Detention", "BY", "PL"),
        ),
        (
            "Ties have soured over Peru's seizure of a ship, its meddling in Chile's election and its threats.",
            ("ElectionInterference", "PE", "CL"),
        ),
        (
            "France apologised to Chad for its expulsion of two Chadian envoys.",
            ("Expulsion", "FR", "TD"),
        ),
    ],
)
def test_whose_people_and_plans_they_are(
    extractor: Extractor, text: str, act: tuple[str, str, str]
) -> None:
    assert act in acts(read(extractor, text))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        # another clause's party
        (
            "Norway pledged 147 million dollars, and Ireland doubled its contribution.",
            ("SupportPledge", "NO", "IE"),
        ),
        (
            "Norway pledged 147 million dollars, while the Irish contribution was doubled.",
            ("SupportPledge", "NO", "IE"),
        ),
        # foreign governments are not those who call on them
        (
            "Kenya and Uganda have called on foreign governments to end the crisis.",
            ("Request", "KE", "UG"),
        ),
        # against a state, not its own
        ("Villagers held an anti-Israel protest on Friday.", ("Protest", "IL", "")),
        # they are the rebels, not the state whose land they stand on
        ("Rebels in Chad say they have shot a Danish envoy.", ("Attack", "TD", "DK")),
        # a participle that only describes
        (
            "Ethiopia sent soldiers to help Somalia's internationally recognised government.",
            ("Recognition", "ET", "SO"),
        ),
    ],
)
def test_who_is_no_party(extractor: Extractor, text: str, act: tuple[str, str, str]) -> None:
    found = acts(read(extractor, text))
    assert act not in found


@pytest.mark.parametrize(
    ("text", "act"),
    [
        # he is the holder of an office told without a name
        (
            "The Peruvian foreign minister spoke in Lima. He accused Chile of lying.",
            ("Accusation", "PE", "CL"),
        ),
        # a minister without nationality is the dateline's
        (
            (
                "LIMA - Peru is at odds with Chile. Foreign Minister Rosa Vela spoke at noon. "
                "She accused Chile of lying."
            ),
            ("Accusation", "PE", "CL"),
        ),
        # the ministry of its spokesman
        (
            "Peru's Foreign Ministry was angry. A Foreign Ministry spokesman accused Chile of lying.",
            ("Accusation", "PE", "CL"),
        ),
        # a relative pronoun that the parser hung on the verb
        (
            "Peru told its citizens not to travel to Chile, which it accuses of holding Peruvians.",
            ("Accusation", "PE", "CL"),
        ),
        # what one does to it, one does to another
        ("Peru hit back at Chile, accusing it of lying.", ("Accusation", "PE", "CL")),
        # whoever blamed the denier is meant
        ("Peru accused Chile of theft. Chile denies the charge.", ("Denial", "CL", "PE")),
        ("Peru accused Chile of theft. Chile has denied any role.", ("Denial", "CL", "")),
        # who joins in
        (
            "Peru, along with Bolivia, accused Chile of lying.",
            ("Accusation", "BO", "CL"),
        ),
        ("Peru together with Bolivia accused Chile of lying.", ("Accusation", "BO", "CL")),
        ("Peruvian students staged anti-Chilean protests.", ("Protest", "PE", "CL")),
        # they are who speaks, not those at whom it is aimed
        (
            (
                "Peruvian lawmakers would take troops from all but Chile and Bolivia, "
                "which they accuse of looting."
            ),
            ("Accusation", "PE", "BO"),
        ),
        # an envoy for a state speaks for who sent him
        (
            "The A.U. Representative for Somalia, Nico Waka, condemned the Chadian raid.",
            ("Condemnation", "AfU", "TD"),
        ),
        # whose the thing is that is called something
        ("Oman called the Yemeni step hasty and unacceptable.", ("Condemnation", "OM", "YE")),
        # the name behind what it is
        (
            "The militant group Hezbollah accused Israel of lying.",
            ("Accusation", "Hezbollah", "IL"),
        ),
        # whoever is hit is not whom one condemns
        (
            "Fiji condemned the attack targeting a convoy with former Chilean Prime Minister Jo Paz.",
            ("Condemnation", "FJ", ""),
        ),
        # states have governments, movements have none
        (
            "The rebel group ETA offered Spain talks. It refused what was demanded by the government.",
            ("Demand", "ES", "ETA"),
        ),
        ("Peruvian protesters threw stones at the Chilean embassy.", ("Protest", "PE", "CL")),
    ],
)
def test_who_blames_whom(extractor: Extractor, text: str, act: tuple[str, str, str]) -> None:
    assert act in acts(read(extractor, text))


@pytest.mark.parametrize(
    "text",
    [
        "Peru said that it meddles in nothing.",
        "Peruvian police say that three gunmen have killed a farmer near Lima.",
        "Chile's president met Peru's. He filed a complaint against Mayor Juan Soto.",
        "The anti-Chilean protests went on.",
        "Peru has not accused Chile of theft.",
        "The United Nations is concerned about the drought in Chad.",
        "Peru's spokesman met Chile's. He called Crump's statement irresponsible.",
    ],
)
def test_nobody_is_blamed(extractor: Extractor, text: str) -> None:
    kinds = {"Accusation", "Protest", "Condemnation"}
    assert not {a for a in acts(read(extractor, text)) if a[0] in kinds}


def test_speech_acts_of_two_sentences_stay_two(extractor: Extractor) -> None:
    told = acts(read(extractor, "Peru accused Chile of theft. Peru rejected a plan by Chile."))
    assert {("Accusation", "PE", "CL"), ("Rejection", "PE", "CL")} <= told


def test_the_consulates_of_two_towns_are_two_acts(extractor: Extractor) -> None:
    found = read(
        extractor,
        "Poland closed the Russian consulate in Gdansk. It then closed the Russian consulate in "
        "Krakow.",
    )
    assert [(e.type, e.place) for e in found.events] == [
        ("MissionClosure", "Gdansk"),
        ("MissionClosure", "Krakow"),
    ]


def test_the_number_of_ours_is_counted_and_the_envoy_who_hears_it_is_not_meant(
    extractor: Extractor,
) -> None:
    found = read(
        extractor,
        "Chile's ambassador in Lima was summoned to the Peruvian foreign ministry. He was told "
        "that ten of our diplomats in Peru are no longer wanted there.",
    )
    (act,) = (e for e in found.events if e.type == "Expulsion")
    assert (act.actors[0].party.code, act.targets[0].party.code) == ("PE", "CL")
    assert act.count is not None
    assert act.count.value == 10


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Ecuador expelled Cuba's ambassador and, a day later, recalled its own.",
            ("AmbassadorRecall", "EC", "CU"),
        ),
        ("Bolivia restored ties with Iran's ally Syria.", ("RestoreRelations", "BO+SY", "")),
        ("The Omani embassy in Tripoli reopened in May.", ("MissionOpening", "OM", "LY")),
    ],
)
def test_its_own_envoy_an_ally_s_name_and_where_a_mission_is(
    extractor: Extractor, text: str, act: tuple[str, str, str]
) -> None:
    assert act in acts(read(extractor, text))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        # the crowd means itself by "they"
        (
            "Hundreds of Fijians marched on Friday. They accused Tonga of theft.",
            ("Accusation", "FJ", "TO"),
        ),
        # named deep in what only describes the envoys
        (
            "Latvia recalled several envoys named in a report on a bureau accused of liking Peru.",
            ("AmbassadorRecall", "LV", "PE"),
        ),
        # whose embassies they are is said of the envoys only
        (
            "Gabon proposed to set up a group of envoys of foreign embassies in Oslo.",
            ("MissionOpening", "GA", "NO"),
        ),
        # a nationality beside the state that is governed
        ("Iran refused to recognise the Greek government of Cyprus.", ("Recognition", "IR", "GR")),
        # backing is nothing to answer
        ("Benin, backed by Togo, demanded more seats.", ("Demand", "BJ", "TG")),
    ],
)
def test_who_only_stands_beside(extractor: Extractor, text: str, act: tuple[str, str, str]) -> None:
    assert act not in acts(read(extractor, text))


@pytest.mark.parametrize(
    ("text", "acts_told"),
    [
        # both adjectives of a phrase, also where one is an abbreviation
        (
            "Karzai condemned a raid by U.S. and Russian forces.",
            {
                ("Condemnation", "AF", "US"),
                ("Condemnation", "AF", "RU"),
                ("Attack", "US", ""),
                ("Attack", "RU", ""),
            },
        ),
        # a side does nothing to itself, and no private man acts for his state
        ("Four Peruvians had tried to kill the Peruvian president, a judge in Chile said.", set()),
        ("The Maltese man who tried to kill the Cuban president is in prison.", set()),
        # the name of a movement
        ("The Islamic Army of Peru killed two Chilean nurses.", set()),
        # a joint demand is answered to all
        (
            "Peru and Chile say Cuba must release the men. Cuba rejected the demand.",
            {
                ("Demand", "PE", "CU"),
                ("Demand", "CL", "CU"),
                ("Rejection", "CU", "PE"),
                ("Rejection", "CU", "CL"),
            },
        ),
        # who is meant again by the same noun
        (
            "A museum in Oslo invited a Cuban scientist, but the Norwegian government denied the scientist a visa.",
            {("VisaRefusal", "NO", "CU")},
        ),
        # called by an epithet that the article has a bearer for
        (
            "North Korea fired shells at South Korea. The South retaliated by firing rockets into the North.",
            {("Attack", "KP", "KR"), ("Attack", "KR", "KP")},
        ),
        (
            "Norway and Qatar held talks in Riga. The emirate expelled two Norwegian diplomats.",
            {("Negotiation", "NO+QA", ""), ("Expulsion", "QA", "NO")},
        ),
        # the president is whom the text is about
        (
            "Mr. Bush met Palestinian President Mahmoud Abbas. The president will meet the king of Oman next week.",
            {("Meeting", "PS+US", ""), ("Meeting", "OM+US", "")},
        ),
    ],
)
def test_whose_words_they_are(
    extractor: Extractor, text: str, acts_told: set[tuple[str, str, str]]
) -> None:
    assert acts(read(extractor, text, "2006-05-14")) == acts_told


@pytest.mark.parametrize(
    ("text", "acts_told"),
    [
        (
            "India and Canada each expelled six diplomats on Monday.",
            {("Expulsion", "IN", "CA"), ("Expulsion", "CA", "IN")},
        ),
        (
            "Peru asked two Irish diplomats to leave, accusing Dublin of spying on its army.",
            {("OrderToLeave", "PE", "IE"), ("Accusation", "PE", "IE"), ("Espionage", "IE", "PE")},
        ),
        (
            "Peru shut its embassy in Tehran after a gunman had wounded a guard, blaming Iran.",
            {("MissionClosure", "PE", "IR"), ("Accusation", "PE", "IR")},
        ),
        ("Mali will no longer issue visas to French nationals.", {("VisaRefusal", "ML", "FR")}),
        (
            "Chad said Sudan had rejected its demands.",
            {("Rejection", "SD", "TD"), ("Demand", "TD", "SD")},
        ),
        (
            "Peru cut ties with Chad, which recalled its ambassador.",
            {("BreakRelations", "PE", "TD"), ("AmbassadorRecall", "TD", "PE")},
        ),
        (
            "Chad lodged a protest with Mali over its plan to sell rice and banned imports of Malian fish.",
            {("Protest", "TD", "ML"), ("TradeRestriction", "TD", "ML")},
        ),
    ],
)
def test_who_does_what_across_clauses(
    extractor: Extractor, text: str, acts_told: set[tuple[str, str, str]]
) -> None:
    assert acts(read(extractor, text)) == acts_told
