"""Pairs of articles that differ in one feature, and what may change in what they tell.

Everything is drawn by one seed from the templates and from the gazetteer's states.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, islice

from kg.lexicon import Actor, Lexicon
from tests.metamorphic.templates import Fill, Form, Template, read, render, within

TEMPLATES, WORDS = read()
_ARTICLE_WORDS = frozenset(WORDS["article"][0].split())
_NUMBER_WORDS = tuple(WORDS["number"][0].split())  # from two
_MONTHS = tuple(WORDS["month"][0].split())
_ASIDES = 0.3  # share of asides among the surroundings, where the sentence has room for one
_WEEKDAYS = tuple(WORDS["weekday"][0].split())
# A space that typesetters make unbreakable: behind a number, in a date, inside a name.
_TIED = re.compile(r"(?<=\d) (?=\w)|(?<=[a-z]) (?=\d)|(?<=[A-Z][a-z]) (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Text:
    """An article to be: its text, its publication date, and what fills its template."""

    text: str
    published: str
    fill: Fill


@dataclass(frozen=True, slots=True)
class Case:
    """Two articles; the second differs from the first in one feature only."""

    feature: str
    template: Template
    base: Text
    variant: Text


@dataclass(frozen=True, slots=True)
class State:
    """A state's forms that no other actor shares."""

    code: str
    names: tuple[str, ...]  # the usual one first
    adjectives: tuple[str, ...]
    metonyms: tuple[str, ...]  # capitals included


def states(lexicon: Lexicon) -> tuple[State, ...]:
    """Return the present states that have an unshared name and adjective, by code."""
    owners: dict[str, set[str]] = defaultdict(set)
    for actor in lexicon.actors.values():
        for kind, forms in actor.forms.items():
            for form in forms:
                # "Botswana" may be name and adjective of one state; a former state's name is
                # the heir's too ("Russian"), and the heir is meant today.
                if actor.kind != "FormerState" or kind == "name":
                    owners[form].add(actor.code)
    for form in lexicon.preferred:
        owners[form].add("")

    def own(actor: Actor, *kinds: str) -> tuple[str, ...]:
        forms = [f for k in kinds for f in actor.forms.get(k, ())]
        return tuple(dict.fromkeys(f for f in forms if owners[f] == {actor.code}))

    found = []
    for code, actor in sorted(lexicon.actors.items()):
        names = own(actor, "name")
        if actor.kind != "State" or actor.last_year or not names or not own(actor, "adjective"):
            continue
        if actor.label in names:
            names = (actor.label, *(n for n in names if n != actor.label))
        metonyms = tuple(m for m in own(actor, "capital", "metonym") if m not in names)
        found.append(State(code, names, own(actor, "adjective"), metonyms))
    return tuple(found)


def with_article(name: str) -> str:
    """Return the name as it stands in running text: "the Netherlands", "Chile"."""
    if name.startswith("The "):
        return f"the {name[4:]}"
    return f"the {name}" if _ARTICLE_WORDS.intersection(name.split()) else name


class Draw:
    """Draws fillers and builds cases; the same seed gives the same cases."""

    def __init__(self, lexicon: Lexicon, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (draws test cases, no secrets)
        self.states = states(lexicon)

    def cases(self, number: int) -> tuple[Case, ...]:
        """Return this many cases: the features in turn, each over all its templates in turn."""
        streams = {f: self._templates(f) for f in FEATURES}
        pick = islice(cycle(FEATURES), number)
        return tuple(self._case(f, next(streams[f])) for f in pick)

    def _templates(self, feature: str) -> Iterator[Template]:
        fit = [t for t in TEMPLATES if FEATURES[feature].applies(t)]
        while True:
            self.random.shuffle(fit)
            yield from fit

    def _case(self, feature: str, template: Template) -> Case:
        published = self.day()
        base = self.dated(self.fill(), published)
        texts = FEATURES[feature].build(self, template, base, published)
        return Case(
            feature,
            template,
            Text(texts.base, published.isoformat(), base),
            Text(texts.variant, published.isoformat(), texts.fill or base),
        )

    # ------------------------------------------------------------------ fillers

    def form(self, state: State) -> Form:
        """Return the state under its usual name."""
        name = with_article(state.names[0])
        return Form(state.code, name, self.random.choice(state.adjectives), name)

    def fill(self) -> Fill:
        """Return two states and a number; the dates are left open."""
        a, b = self.random.sample(self.states, 2)
        count = self.random.randint(2, 60)
        return Fill(self.form(a), self.form(b), str(count), count)

    def day(self) -> date:
        return date(2001, 1, 1) + timedelta(self.random.randrange(365 * 24))

    def dated(self, fill: Fill, published: date) -> Fill:
        day = published - timedelta(self.random.randint(0, 40))
        limit = published + timedelta(self.random.randint(3, 100))
        return replace(
            fill,
            day=f"on {self._written(day, published)}",
            date=day.isoformat(),
            limit=f"by {self._written(limit, published)}",
            deadline=limit.isoformat(),
        )

    def _written(self, day: date, published: date) -> str:
        month = _MONTHS[day.month - 1]
        forms = [f"{day.day} {month}", f"{month} {day.day}", f"{month} {day.day}, {day.year}"]
        if 0 < (published - day).days < 6:
            forms.append(_WEEKDAYS[day.weekday()])
        return self.random.choice(forms)

    def number(self, other_than: int) -> tuple[str, int]:
        """Return another number as text and as value."""
        count = self.random.choice([n for n in range(2, 61) if n != other_than])
        in_words = count <= len(_NUMBER_WORDS) + 1 and self.random.random() < 0.5
        return (_NUMBER_WORDS[count - 2] if in_words else str(count)), count

    def of(self, code: str) -> State:
        return next(s for s in self.states if s.code == code)

    def fillers(self, number: int) -> list[str]:
        """Return this many sentences without an event, all different."""
        return self.random.sample(WORDS["filler"], number)


@dataclass(frozen=True, slots=True)
class Pair:
    """The two texts of a case, and the second's filling where it differs."""

    base: str
    variant: str
    fill: Fill | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """One kind of change: which templates can show it, and how to make it."""

    applies: Callable[[Template], bool]
    build: Callable[[Draw, Template, Fill, date], Pair]


def _article(sentence: str, *others: str) -> str:
    return "\n\n".join((sentence, *others)) + "\n"


def _refilled(change: Callable[[Draw, Fill, date], Fill]) -> Callable[..., Pair]:
    """Build both texts from one template with two fillings."""

    def build(draw: Draw, template: Template, base: Fill, published: date) -> Pair:
        fill = change(draw, base, published)
        (other,) = draw.fillers(1)
        before, after = (_article(render(template.text, f), other) for f in (base, fill))
        return Pair(before, after, fill)

    return build


def _other_states(draw: Draw, base: Fill, _: date) -> Fill:
    left = [s for s in draw.states if s.code not in {base.a.code, base.b.code}]
    a, b = draw.random.sample(left, 2)
    return replace(base, a=draw.form(a), b=draw.form(b))


def _each(change: Callable[[Draw, Form], Form]) -> Callable[..., Pair]:
    return _refilled(lambda d, f, _: replace(f, a=change(d, f.a), b=change(d, f.b)))


def _metonym(draw: Draw, form: Form) -> Form:
    metonyms = draw.of(form.code).metonyms
    return replace(form, agent=with_article(draw.random.choice(metonyms))) if metonyms else form


def _government(draw: Draw, form: Form) -> Form:
    ways = (f"the {form.adjective} government", f"the government of {form.name}")
    return replace(form, agent=draw.random.choice(ways))


def _other_name(draw: Draw, form: Form) -> Form:
    names = draw.of(form.code).names[1:]
    if not names:
        return form
    name = with_article(draw.random.choice(names))
    return replace(form, name=name, agent=name)


def _affiliation(draw: Draw, form: Form) -> Form:
    return replace(form, relation=draw.random.choice(("possessive", "of")))


def _other_number(draw: Draw, base: Fill, _: date) -> Fill:
    number, count = draw.number(base.count)
    return replace(base, number=number, count=count)


def _other_dates(draw: Draw, base: Fill, published: date) -> Fill:
    while (fill := draw.dated(base, published)).date == base.date:
        pass
    return fill


def _passive(draw: Draw, template: Template, base: Fill, _: date) -> Pair:
    (other,) = draw.fillers(1)
    before, after = (_article(render(t, base), other) for t in (template.text, template.passive))
    return Pair(before, after)


def _surroundings(draw: Draw, template: Template, base: Fill, _: date) -> Pair:
    """Put words around the sentence that tell of no event but may name another state."""
    others = [s for s in draw.states if s.code not in {base.a.code, base.b.code}]
    fill = replace(base, c=draw.form(draw.random.choice(others)))
    (other,) = draw.fillers(1)
    if template.text.startswith("{A} ") and draw.random.random() < _ASIDES:
        aside = draw.random.choice(WORDS["aside"])
        text = template.text.replace("{A}", f"{{A}}{aside}", 1)
    else:
        text = within(draw.random.choice(WORDS["around"]), template.text)
    return Pair(_article(render(template.text, base), other), _article(render(text, fill), other))


def _boilerplate(draw: Draw, template: Template, base: Fill, _: date) -> Pair:
    first, last = draw.fillers(2)
    paragraphs = [first, render(template.text, base), last]
    before = draw.random.sample(WORDS["before"], 2)
    after = draw.random.sample(WORDS["after"], 3)
    return Pair(_article(*paragraphs), _article(*before, *paragraphs, *after))


def _paragraphs(draw: Draw, template: Template, base: Fill, _: date) -> Pair:
    first, *others = draw.fillers(3)
    sentences = [first, render(template.text, base), *others]
    return Pair(" ".join(sentences) + "\n", _article(*sentences))


def _typography(draw: Draw, template: Template, base: Fill, _: date) -> Pair:
    text = _article(render(template.text, base), next(f for f in WORDS["filler"] if '"' in f))
    curly = re.sub(r'"([^"]*)"', "“\\1”", text).replace("'", "’")
    return Pair(text, _TIED.sub("\u00a0", curly))


def _named(template: Template) -> bool:
    return any(template.has(s) for s in ("A", "B", "A's", "B's"))


def _related(template: Template) -> bool:
    return any(template.has(f"{p}:{k}") for p in "AB" for k in ("the", "some"))


FEATURES: Mapping[str, Feature] = {
    "states": Feature(lambda _: True, _refilled(_other_states)),
    "metonym": Feature(_named, _each(_metonym)),
    "government": Feature(
        lambda t: t.has("A"), _refilled(lambda d, f, _: replace(f, a=_government(d, f.a)))
    ),
    "name": Feature(_named, _each(_other_name)),
    "affiliation": Feature(_related, _each(_affiliation)),
    "passive": Feature(lambda t: bool(t.passive), _passive),
    "number": Feature(lambda t: t.has("n"), _refilled(_other_number)),
    "date": Feature(lambda t: t.has("on") or t.has("by"), _refilled(_other_dates)),
    "surroundings": Feature(lambda _: True, _surroundings),
    "boilerplate": Feature(lambda _: True, _boilerplate),
    "paragraphs": Feature(lambda _: True, _paragraphs),
    "typography": Feature(lambda _: True, _typography),
}
