"""What a user names on the command line -> things of the graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pyoxigraph import NamedNode

from kg import ontology, vocab
from kg.errors import UsageError
from kg.graph.store import Reader
from kg.publish.view import Article, Lookup, Party
from kg.query import SavedQuery


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing by kind (event, article or actor) and IRI."""

    kind: str
    iri: str


def iri(words: str) -> str:
    """Return the IRI of `<…>`, a full IRI or a prefixed name; nothing for other words."""
    bare = words.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    if prefix in vocab.PREFIXES and not local.startswith("//"):
        return vocab.PREFIXES[prefix] + local
    if "://" in bare:
        return bare
    kind, slash, _ = bare.partition("/")
    known = ("event", "report", "article", "actor")
    return vocab.DATA + bare if slash and not colon and kind in known else ""


def find(lookup: Lookup, words: str) -> Thing:
    """Return the thing of this IRI, code or source; a report stands for its event.

    Raises UsageError, with the nearest names, where there is none.
    """
    address = iri(words) or words
    if address in lookup.brief_of:
        return Thing("event", address)
    if iri(words) and (hub := lookup.report(address).hub):
        return Thing("event", hub)
    for article in lookup.articles:
        if words in (article.key, article.source) or address == article.iri:
            return Thing("article", article.iri)
    return Thing("actor", party(lookup, words).iri)


def party(lookup: Lookup, words: str) -> Party:
    """Return the party of this code, label or IRI."""
    parties = {party for brief in lookup.briefs for party in brief.parties}
    address = iri(words)
    folded = words.casefold()
    for one in sorted(parties):
        if folded in (one.code.casefold(), one.label.casefold()) or address == one.iri:
            return one
    names = [name for one in parties for name in (one.code, one.label)]
    near = get_close_matches(words, sorted(names), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "`kgbuild search` finds words"
    raise UsageError(f"{words!r}: no event, article or actor of this name in the store: {hint}")


def articles(lookup: Lookup, names: Iterable[str]) -> list[Article]:
    """Return the articles behind these things, each once, by date."""
    wanted: set[str] = set()
    for name in names:
        if name == "all":
            wanted |= {article.iri for article in lookup.articles}
            continue
        thing = find(lookup, name)
        match thing.kind:
            case "article":
                wanted.add(thing.iri)
            case "event":
                wanted |= _behind(lookup, thing.iri)
            case _:
                for brief in lookup.briefs:
                    if any(one.iri == thing.iri for one in brief.parties):
                        wanted |= _behind(lookup, brief.iri)
    return [article for article in lookup.articles if article.iri in wanted]


def _behind(lookup: Lookup, hub: str) -> set[str]:
    event = lookup.event(hub)
    return {report.quote.article.iri for report in event.reports} if event else set()


def check(lookup: Lookup, actor: str, type_: str) -> None:
    """Raise UsageError, with the nearest names, for a code or a type that nothing has."""
    if actor and (found := party(lookup, actor)).code != actor:
        raise UsageError(f"--actor {actor}: write the code of {found.label}, {found.code}")
    known = _types() | {brief.type for brief in lookup.briefs}  # a user may have added some
    if type_ and type_ not in known:
        raise UsageError(f"--type {type_}: no event type of this name{_near(type_, known)}")


def hints(reader: Reader, query: SavedQuery, values: Mapping[str, str]) -> Iterator[str]:
    """Yield, for an answer without rows, which values nothing in the store can have."""
    for parameter in query.parameters:
        value = values.get(parameter.name, "")
        if not value or "://" in value:
            continue
        if parameter.kind == "code" and not any(reader.quads(vocab.actor(value))):
            yield f"{parameter.name} {value!r}: no event has this code{_code(reader, value)}"
        elif parameter.kind == "type" and value not in (known := _types()):
            yield f"{parameter.name} {value!r}: no event type of this name{_near(value, known)}"


def _code(reader: Reader, words: str) -> str:
    try:
        found = party(Lookup(reader), words)
    except UsageError:
        return ""
    return f"; did you mean {found.code} ({found.label})?"


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, sorted(known), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _types() -> set[str]:
    """Return the local names of the event types of our ontology."""
    return {
        vocab.local_name(str(triple.subject.value))
        for triple in ontology.triples()
        if triple.predicate == vocab.term("rdf:type")
        and triple.object == vocab.dip("EventType")
        and isinstance(triple.subject, NamedNode)
    }
