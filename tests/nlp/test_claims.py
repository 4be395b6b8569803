"""Who says what about which act, with which stance, in short texts of our own."""

import pytest

from kg.nlp.extract import Extractor
from tests.nlp.reading import read

Told = tuple[str, str, str, str]  # speaker, affiliation, stance, type of the event spoken of


def claims(extractor: Extractor, text: str) -> set[Told]:
    found = read(extractor, text, "2019-05-14")
    return {
        (c.speaker.name or c.speaker.office, c.speaker.affiliation, c.stance, type_)
        for c in found.claims
        for type_ in [found.events[c.about].type]
    }


SPEAKERS = {
    "a name in apposition": (
        (
            "Peru recalled its ambassador to Bolivia. "
            "Bolivia's foreign minister, Ines Quiroga, described it as hasty."
        ),
        ("Ines Quiroga", "BO", "characterises", "AmbassadorRecall"),
    ),
    "a saying behind a comma that reads like a second clause": (
        (
            "The Danish government will expel 12 Syrian diplomats, "
            "Defence Minister Jens Holmgaard announced."
        ),
        ("Jens Holmgaard", "", "asserts", "Expulsion"),
    ),
    "a saying that hangs on the last noun": (
        "Laos would close its consulate in Da Nang, a retired colonel in Hanoi predicted.",
        ("a retired colonel in Hanoi", "VN", "asserts", "MissionClosure"),
    ),
    "words before the name left out": (
        "Omani guards attacked Yemen on Friday, Yemeni border police said.",
        ("Yemeni border police", "YE", "asserts", "Attack"),
    ),
    "whoever issued a statement": (
        (
            "Togo has expelled two Beninese diplomats, "
            "according to a statement by the foreign ministry of Benin."
        ),
        ("the foreign ministry of Benin", "BJ", "asserts", "Expulsion"),
    ),
    "a saying that hangs on the first clause": (
        "Peru expelled two Chilean diplomats, its foreign ministry says in a note.",
        ("its foreign ministry", "PE", "asserts", "Expulsion"),
    ),
    "an office by the name told before": (
        (
            "LIMA - Peru is at odds with Chile. Foreign Minister Rosa Vela spoke at noon. "
            "The minister said that Peru had recalled its envoy from Chile."
        ),
        ("Rosa Vela", "PE", "asserts", "AmbassadorRecall"),
    ),
    "the pronoun's side, not the last subject": (
        (
            "Rosa Vela, the Peruvian foreign minister, met the Chilean ambassador, Pablo Rojas. "
            "Chile's envoy was cool. He said that Chile had expelled two Peruvian diplomats."
        ),
        ("Pablo Rojas", "CL", "asserts", "Expulsion"),
    ),
    "a comma that the parser hung on the speaker": (
        "Omani forces shelled the port of Aden on Friday, Yemeni border guards said, on a third day of fighting.",
        ("Yemeni border guards", "YE", "asserts", "Attack"),
    ),
    "all acts of a list": (
        (
            "Peru has closed its airspace to the airlines of Chile and barred trade with its neighbour, "
            "the foreign ministry in Lima announced on Thursday."
        ),
        ("the foreign ministry in Lima", "PE", "asserts", "AirspaceBan"),
    ),
    "each side of a coordination": (
        "Haiti and Jamaica blame each other for the collision.",
        ("Jamaica", "JM", "asserts", "Accusation"),
    ),
    "a saying between a subject and its verb": (
        "Chadian troops, Niger's envoy told the council, had crossed the border and attacked a garrison.",
        ("Niger's envoy", "NE", "asserts", "Attack"),
    ),
    "whom a newspaper cites": (
        "Citing two senior officials, the Times reported that Qatar had expelled two Omani diplomats.",
        ("two senior officials", "", "asserts", "Expulsion"),
    ),
    "whom a newspaper quotes": (
        "Peru will expel two Chilean diplomats, the Times quoted Foreign Minister Rosa Vela as saying.",
        ("Rosa Vela", "", "asserts", "Expulsion"),
    ),
    "a quotation that the sentence behind attributes": (
        (
            "“This is hostage diplomacy.” With these words Latvia's premier, Ilze Ozola, "
            "reacted to Iran's arrest of a Latvian official."
        ),
        ("Ilze Ozola", "LV", "characterises", "Detention"),
    ),
    "a quotation behind a colon": (
        (
            "Togo expelled two envoys of Benin. "
            "A member of the Beninese delegation was blunt: “They gave us no reason.”"
        ),
        ("A member of the Beninese delegation", "BJ", "asserts", "Expulsion"),
    ),
    "the view of somebody": (
        (
            "Togo's expulsion of two Beninese envoys was, "
            "in the view of Foreign Minister Afi Adjo, “a proportionate answer”."
        ),
        ("Afi Adjo", "", "characterises", "Expulsion"),
    ),
    "state media": (
        "Japan and Vietnam held a naval exercise. Chinese state media called the exercise a farce.",
        ("Chinese state media", "CN", "characterises", "MilitaryExercise"),
    ),
    "a phrase up to where it breaks off": (
        (
            "Oman detained two Yemeni officers. "
            "Officials of the Yemeni ministry, asked in Aden, called the arrests unjust."
        ),
        ("Officials of the Yemeni ministry", "YE", "characterises", "Detention"),
    ),
}

STANCES = {
    "an act told a sentence before": (
        "Sweden expelled 15 Iranian diplomats. Tehran called the decision political.",
        ("Tehran", "IR", "characterises", "Expulsion"),
    ),
    "a predicate in a quotation": (
        "Cuba has expelled the Spanish consul. “It is a step without reason”, Madrid said.",
        ("Madrid", "ES", "characterises", "Expulsion"),
    ),
    "what it termed": (
        "Malta's government denounced what it termed Libyan interference in the election campaign.",
        ("Malta's government", "MT", "characterises", "ElectionInterference"),
    ),
    "an act that the speaker did not do": (
        "Ghana has not expelled any Togolese diplomats, Foreign Minister Ama Serwaa said.",
        ("Ama Serwaa", "", "denies", "Expulsion"),
    ),
    "a word held at arm's length": (
        "Belgium's ambassador said that his staff were being “expelled” from Burundi.",
        ("Belgium's ambassador", "BE", "characterises", "Expulsion"),
    ),
    "a quotation without a verb": (
        'Chile expelled the Peruvian envoy. "A step without reason," Peru\'s foreign ministry said.',
        ("Peru's foreign ministry", "PE", "characterises", "Expulsion"),
    ),
    "a quotation about what was told before": (
        (
            "Chile expelled two Peruvian diplomats. "
            '"Nobody is above our laws," Foreign Minister Pablo Rojas of Chile told reporters.'
        ),
        ("Pablo Rojas", "CL", "asserts", "Expulsion"),
    ),
    "an accusation called something is denied": (
        (
            "Peru recalled its envoy over the theft that it accuses Chile of. "
            "Chile's foreign minister called the accusation absurd."
        ),
        ("Chile's foreign minister", "CL", "denies", "Accusation"),
    ),
    "a step told as without justification": (
        "Tunisia's recall of its envoy to Ghana has no justification, the Ghanaian ministry said.",
        ("the Ghanaian ministry", "GH", "characterises", "AmbassadorRecall"),
    ),
    "what an act is aimed at": (
        "Japan and Vietnam held a naval exercise. Hanoi said that the exercise was aimed at nobody.",
        ("Hanoi", "VN", "characterises", "MilitaryExercise"),
    ),
    "it, for the act that the sentence names": (
        (
            "Togo bombed a camp in Benin. Mali moved troops to the border with Togo. "
            "Togo regretted the raid but called it necessary."
        ),
        ("Togo", "TG", "characterises", "Attack"),
    ),
    "a bare office, of the ministry told before": (
        (
            "Belarus's Foreign Ministry dismissed the new sanctions. "
            "A Foreign Ministry spokesman, Andrei Popov, accused Fiji of lying."
        ),
        ("Andrei Popov", "BY", "asserts", "Accusation"),
    ),
    "sources who say": (
        "The paper quotes Chadian sources who say President Moussa Tall will visit Mali.",
        ("Chadian sources", "TD", "asserts", "Visit"),
    ),
    "the shooting, for an attack among other acts": (
        (
            "Togo's troops fired on a car of Beninese envoys. Benin summoned the Togolese ambassador. "
            "Witnesses called the shooting a blunder."
        ),
        ("Witnesses", "", "characterises", "Attack"),
    ),
    "called on is asked": (
        "A retired Peruvian general has called on Chile to sign a bill that would withdraw troops from Mali.",
        ("A retired Peruvian general", "PE", "demands", "MilitaryDeployment"),
    ),
    "a speech act of the speaker's country": (
        "Iraq's foreign minister Ali Zaki said his country protested to Iran over the raid.",
        ("Ali Zaki", "IQ", "characterises", "Protest"),
    ),
    "a speech act of the speaker's side": (
        "Peru's envoy said that Peru rejects the Chilean claim.",
        ("Peru's envoy", "PE", "denies", "Denial"),
    ),
}


@pytest.mark.parametrize("case", [*SPEAKERS, *STANCES])
def test_claim(extractor: Extractor, case: str) -> None:
    text, wanted = {**SPEAKERS, **STANCES}[case]
    assert wanted in claims(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Sweden expelled 15 Iranian diplomats. Tehran called its ambassador yesterday.",
        "Sweden expelled 15 Iranian diplomats. The weather in Tehran was cold.",
    ],
)
def test_no_claim(extractor: Extractor, text: str) -> None:
    assert not {c for c in claims(extractor, text) if c[2] == "characterises"}


def test_a_carrier_of_news_makes_no_claim(extractor: Extractor) -> None:
    told = claims(extractor, "Fiji expelled two Tongan diplomats, Reuters reported.")
    assert "Reuters" not in {name for name, *_ in told}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Peru denied a Chilean minister a visa.", "Peru"),
        ("Reports from Chad say that Sudan bombed a town in Niger.", "Chad"),
        (
            "Fiji expelled two Tongan diplomats after tests confirmed that Tonga bombed Suva.",
            "tests",
        ),
    ],
)
def test_who_withholds_and_what_shows_claim_nothing(
    extractor: Extractor, text: str, name: str
) -> None:
    assert name not in {speaker for speaker, *_ in claims(extractor, text)}


def test_a_denial_of_its_own_is_not_about_the_acts_of_others(extractor: Extractor) -> None:
    told = claims(
        extractor,
        "Hamas claimed responsibility for the attack in Israel. "
        "Iran has denied allegations that it has a secret plant.",
    )
    assert {kind for name, _, _, kind in told if name == "Iran"} == {"Denial"}


def test_a_chain_of_sources_names_both(extractor: Extractor) -> None:
    told = claims(
        extractor,
        "Prosecutors in Vienna said that Moscow had confirmed that Russia expelled two Austrian diplomats.",
    )
    assert {("Moscow", "RU")} <= {c[:2] for c in told}
    assert any("Prosecutors" in name for name, *_ in told)


def test_an_act_that_somebody_denies_is_one_act_of_two_claims(extractor: Extractor) -> None:
    told = claims(
        extractor,
        "A Chilean engineer passed secrets to Chile's navy for years, prosecutors in Lima said. "
        "The Chilean envoy told reporters that Chile does not spy on Peru.",
    )
    stances = {(name, stance) for name, _, stance, kind in told if kind == "Espionage"}
    assert stances == {("prosecutors in Lima", "asserts"), ("The Chilean envoy", "denies")}


def test_who_is_called_in_is_called_nothing(extractor: Extractor) -> None:
    found = read(extractor, "The Malian envoy was called in by Togo to demand an explanation.")
    assert {claim.stance for claim in found.claims} == {"demands"}


def test_what_is_denied_of_a_named_act_is_its_name(extractor: Extractor) -> None:
    text = (
        "Chad's ambassador said that nine Chadian diplomats would have to leave Togo by May 9. He "
        "called the measure an expulsion. Togo disputes that word."
    )
    found = read(extractor, text).claims
    told = {(c.speaker.affiliation, c.stance, c.claimed_type) for c in found}
    assert ("TD", "characterises", "Expulsion") in told
    assert ("TG", "denies", "Expulsion") in told


def test_a_pointing_denial_is_of_what_was_said_right_before(extractor: Extractor) -> None:
    text = (
        "Spain expelled three Chadian diplomats on Monday. They have three days to leave. Chad says "
        "that Spanish staff came to a villa with masked men. Spain denies this."
    )
    assert ("Spain", "ES", "denies", "Expulsion") not in claims(extractor, text)
