"""Hand-made extractions: two articles that tell of one expulsion and of the answer to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kg import vocab
from kg.model import (
    Argument,
    Article,
    Cause,
    Claim,
    Event,
    Extraction,
    Observation,
    Party,
    Person,
    Quantity,
    Span,
    Time,
)


@dataclass(frozen=True)
class Known:
    iri: str


class Codebook:
    """Two states and the codes of one type: enough of a lexicon for the mapping."""

    actors: Mapping[str, Known] = {
        code: Known(vocab.actor(code).value) for code in ("NO", "RU", "CZ")
    }

    def code(self, type_: str, modality: str, words: Sequence[str] = ()) -> tuple[str, str]:
        return {"Expulsion": ("EXPEL", "161")}.get(type_, ("", ""))


NORDIC = (
    "Oslo expels two envoys\n\n"
    "Norway expelled two Russian diplomats on 3 May 2021 – “a hostile act”, Moscow said.\n"
    "Russia answered in kind on 5 May 2021, ordering two Norwegians to leave by the end of May.\n"
    "Spokeswoman Maria Petrova denied that they were spies. The embassy has a staff of 40.\n"
)
SHORT = "Two Russian diplomats were expelled by Norway on 3 May 2021.\n"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def article(key: str, text: str, published: str = "2021-05-06") -> Article:
    return Article(
        key=key,
        source=key,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        title=text.splitlines()[0],
        published=published,
        published_basis="metadata" if published else "",
        outlet="Test Wire",
    )


def argument(text: str, role: str, code: str, words: str) -> Argument:
    party = Party(code, vocab.actor(code).value, code)
    return Argument(role, party, "dependency", span(text, words))  # type: ignore[arg-type]


def nordic() -> Extraction:
    """An expulsion, the answer, a denial and a staffing level."""
    text = NORDIC
    spokeswoman = Person("Maria Petrova", "Spokeswoman", "RU")
    expulsion = Event(
        type="Expulsion",
        trigger=span(text, "expelled"),
        quote=span(text, "Norway expelled two Russian diplomats on 3 May 2021"),
        actors=(argument(text, "actor", "NO", "Norway"),),
        targets=(argument(text, "target", "RU", "Russian"),),
        count=Quantity(2, unit="diplomat"),
        date=Time("2021-05-03", "2021-05-03", "2021-05-03"),
        mentions=(span(text, "expels"),),
    )
    answer = Event(
        type="OrderToLeave",
        trigger=span(text, "ordering"),
        quote=span(text, "Russia answered in kind on 5 May 2021, ordering two Norwegians to leave"),
        actors=(argument(text, "actor", "RU", "Russia answered"),),
        targets=(argument(text, "target", "NO", "Norwegians"),),
        count=Quantity(2, unit="Norwegian"),
        date=Time("2021-05-05", "2021-05-05", "2021-05-05"),
        deadline=Time("2021-05", "2021-05-01", "2021-05-31", modifier="by"),
        reason="in kind",
        speaker=spokeswoman,
    )
    return Extraction(
        article=article("nordic.txt", text),
        events=(expulsion, answer),
        claims=(
            Claim(
                spokeswoman,
                0,
                "denies",
                span(text, "Spokeswoman Maria Petrova denied that they were spies"),
                claimed_type="Espionage",
            ),
        ),
        causes=(Cause("retaliation", 1, 0, "reported", span(text, "in kind")),),
        observations=(
            Observation(
                Party("NO", vocab.actor("NO").value, "Norway"),
                "staff",
                Quantity(40),
                None,
                span(text, "The embassy has a staff of 40"),
            ),
        ),
        persons=(spokeswoman,),
        model="en_test 1",
        ontology="0" * 64,
    )


def short() -> Extraction:
    """The same expulsion in one sentence, undated and with an unknown body as its target."""
    text = SHORT
    expulsion = Event(
        type="Expulsion",
        trigger=span(text, "expelled"),
        quote=span(text, "Two Russian diplomats were expelled by Norway on 3 May 2021"),
        actors=(argument(text, "actor", "NO", "Norway"),),
        targets=(
            Argument(
                "target",
                Party("Bureau | X, Y", vocab.actor("Bureau X Y").value, "Bureau X Y"),
                "context",
            ),
        ),
        count=Quantity(None, 2, 5, approximate=True, unit="diplomat"),
        date=Time("--05-03"),
    )
    return Extraction(
        article=article("short.txt", text, published=""),
        events=(expulsion,),
        model="en_test 1",
        ontology="0" * 64,
        warnings=("no publication date: relative dates unresolved",),
    )
