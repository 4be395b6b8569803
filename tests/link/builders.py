"""Short ways to write reports for the linker's tests; dates are ISO, days count from 1970-01-01."""

from datetime import date
from typing import Any

from kg.link import Report, Source
from kg.link.read import stems
from kg.link.records import When
from kg.link.types import load

_EPOCH = date(1970, 1, 1)


def day(iso: str) -> int:
    """Return the day number of an ISO date."""
    return (date.fromisoformat(iso) - _EPOCH).days


def when(iso: str) -> When:
    """Return a day, a month (`2022-01`) or a day without a year (`--01-31`)."""
    if iso.startswith("--"):
        return When(month=int(iso[2:4]), day=int(iso[5:]))
    if len(iso) == 7:
        return When(day(f"{iso}-01"), day(f"{iso}-28"))
    return When(day(iso), day(iso))


def report(name: str, published: str | None = "2022-01-10", **given: Any) -> Report:
    """Return a report called `article/n` by the article before the slash: France expels Malians."""
    article = name.split("/", maxsplit=1)[0]
    kind = given.pop("type", "Expulsion")
    types = load()
    for field in ("date", "deadline"):
        if isinstance(given.get(field), str):
            given[field] = when(given[field])
    words = stems(given.pop("words", "").casefold(), types.stop_words)
    source = given.pop("source", Source(article, published=day(published) if published else None))
    return Report(
        iri=name,
        source=source,
        type=kind,
        family=types.family.get(kind, kind),
        actors=frozenset(given.pop("actors", ("FR",))),
        targets=frozenset(given.pop("targets", ("ML",))),
        speech=kind in types.speech,
        reciprocal=kind in types.reciprocal,
        sited=kind in types.sited,
        words=words,
        **given,
    )
