"""Swapping states, names, numbers, dates, voice or clutter changes what is told accordingly only.

KGBUILD_SEED draws other cases; `python -m benchmarks.metamorphic` runs 5,000 of them.
"""

from collections import Counter

import pytest

from kg.lexicon import load
from tests.metamorphic import measure
from tests.metamorphic.cases import FEATURES, TEMPLATES, Draw
from tests.metamorphic.conftest import SEED
from tests.metamorphic.templates import Fill, Form, render

INVARIANCE = 0.95  # what is aimed at in every feature
# Measured so far where that isn't reached, less the spread of samples of this size.
FLOORS = {
    "states": 0.90,
    "metonym": 0.88,
    "government": 0.88,
    "name": 0.86,
    "affiliation": 0.88,
    "passive": 0.76,
    "number": 0.90,
    "surroundings": 0.88,
}
TOLD = 0.60  # in how many cases both articles tell what is marked; so that silence can't pass


@pytest.mark.parametrize("feature", FEATURES)
def test_what_is_told_holds_still(feature: str, outcomes: tuple[measure.Outcome, ...]) -> None:
    rate = measure.by_feature(outcomes)[feature]
    broken = [o for o in outcomes if o.case.feature == feature and not o.holds]
    assert rate.invariance >= FLOORS.get(feature, INVARIANCE), _lines(broken)


def test_what_is_marked_is_told(outcomes: tuple[measure.Outcome, ...]) -> None:
    silent = [o for o in outcomes if not o.told]
    assert 1 - len(silent) / len(outcomes) >= TOLD, _lines(silent[:20])


def _lines(outcomes: list[measure.Outcome]) -> str:
    texts = (f"{o.case.base.text!r} -> {o.case.variant.text!r}" for o in outcomes)
    return "\n".join((f"KGBUILD_SEED={SEED}", *texts))


def test_every_type_has_five_templates() -> None:
    counts = Counter(t.type for t in TEMPLATES)
    types = {name for name, t in load().types.items() if t.patterns}
    assert not [f"{n}: {counts[n]} templates" for n in sorted(types) if counts[n] < 5]
    assert not sorted(set(counts) - types), "templates of types that the ontology hasn't"


def test_the_same_seed_draws_the_same_cases() -> None:
    assert Draw(load(), 7).cases(60) == Draw(load(), 7).cases(60)
    assert Draw(load(), 7).cases(60) != Draw(load(), 8).cases(60)


def test_a_change_in_the_telling_is_seen() -> None:
    case = next(c for c in Draw(load(), SEED).cases(60) if c.feature == "states")
    codes = (case.base.fill.a.code, case.base.fill.b.code)
    told = measure.Told(case.template.type, codes[:1], codes[1:], "actual", (0,) * 3, *[""] * 4)
    changed = measure.Change.of(case).apply(told)
    assert changed.actors == (case.variant.fill.a.code,)
    assert changed.targets == (case.variant.fill.b.code,)
    assert not measure.tells([changed], case, case.base)


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{A's} envoy met {B:the envoy}.", "The Netherlands' envoy met the Omani envoy."),
        ("A {B:adj} ship left {A:place}.", "An Omani ship left the Netherlands."),
        ("A {A:adj} ship left {B:place}.", "A Dutch ship left Oman."),
        ("{n} {B:some cooks} sued {A}.", "3 Omani cooks sued the Dutch government."),
    ],
)
def test_slots(template: str, sentence: str) -> None:
    name = "the Netherlands"
    agent = "the Dutch government" if template.endswith("{A}.") else name
    fill = Fill(Form("NL", name, "Dutch", agent), Form("OM", "Oman", "Omani", "Oman"), "3", 3)
    assert render(template, fill) == sentence
