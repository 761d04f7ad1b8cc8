"""What every rule must honour. A new rule is covered here without a new line."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftplan.rules import RULES, Rule
from tests.plans import any_dates, any_facts, any_roster
from tests.rules.contract import hold, hold_at_the_border, hold_over_all_dates, hold_to_dates
from tests.tries import tries

EXAMPLES = [
    pytest.param(rule, e, id=f"{kind}-{k}")
    for kind, rule in RULES.items()
    for k, e in enumerate(rule.examples)
]
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
CASES = 200
"""Random cases for each rule, shared out among its examples; fuzzing tries five times as many."""

DATED = 40
"""As many again in which the rule's filter has dates."""

BORDER = 40
"""And as many in which a record comes before the horizon."""


# Each example of each rule is tried on the same plans, which know their instants once asked.
plans = lru_cache(maxsize=150)(any_facts)


def made(rule: type[Rule], example: dict[str, Any]) -> Rule:
    return rule.model_validate({"kind": rule.model_fields["kind"].default, "weight": 3, **example})


def cases(number: int, rule: type[Rule]) -> settings:
    """Return what makes Hypothesis try the examples of *rule*, *number* times in all."""
    return tries(-(-number // len(rule.examples)))


@pytest.mark.hypothesis
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_solver_and_checker_agree_on_every_roster(
    rule: type[Rule], example: dict[str, Any]
) -> None:
    @cases(CASES, rule)
    @given(plan=SEEDS, roster=SEEDS, busy=st.sampled_from((0.3, 0.7, 0.95)))
    def case(plan: int, roster: int, busy: float) -> None:
        hold(made(rule, example), any_roster(plans(plan), roster, busy=busy))

    case()


@pytest.mark.hypothesis
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_solver_and_checker_agree_on_the_dates_of_a_rule(
    rule: type[Rule], example: dict[str, Any]
) -> None:
    @cases(DATED, rule)
    @given(plan=SEEDS, roster=SEEDS, dates=SEEDS, busy=st.sampled_from((0.7, 0.95)))
    def case(plan: int, roster: int, dates: int, busy: float) -> None:
        facts = plans(plan)
        whom = {**example.get("for", {}), **any_dates(facts, dates)}
        dated, worked = made(rule, {**example, "for": whom}), any_roster(facts, roster, busy=busy)
        hold_to_dates(dated, worked)
        hold_over_all_dates(made(rule, example), worked)

    case()


@pytest.mark.hypothesis
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_only_what_a_day_of_the_horizon_causes_is_charged(
    rule: type[Rule], example: dict[str, Any]
) -> None:
    @cases(BORDER, rule)
    @given(plan=SEEDS, roster=SEEDS, busy=st.sampled_from((0.3, 0.7, 0.95)))
    def case(plan: int, roster: int, busy: float) -> None:
        hold_at_the_border(made(rule, example), any_roster(plans(plan), roster, busy=busy))

    case()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_rule_reads_as_one_sentence(rule: type[Rule], example: dict[str, Any]) -> None:
    text = made(rule, example).sentence()
    assert text[0].isupper()
    assert text.endswith(".")
    assert "\n" not in text


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_rule_round_trips_through_a_file(rule: type[Rule], example: dict[str, Any]) -> None:
    first = made(rule, example)
    assert rule.model_validate_json(first.model_dump_json(by_alias=True)) == first


@pytest.mark.hypothesis
@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_breaches_say_who_or_when_in_a_sentence(rule: type[Rule], example: dict[str, Any]) -> None:
    @tries(30)
    @given(plan=SEEDS, roster=SEEDS)
    def case(plan: int, roster: int) -> None:
        facts = plans(plan)
        for breach in made(rule, example).check(any_roster(facts, roster)):
            assert breach.rule == made(rule, example).kind
            assert breach.text.endswith(".")
            assert breach.who is None or facts.has_person(breach.who)
            assert breach.day is None or facts.first <= breach.day <= facts.last

    case()


def test_every_module_of_the_package_is_a_rule() -> None:
    import pkgutil

    import shiftplan.rules as package

    modules = {m.name for m in pkgutil.iter_modules(package.__path__) if not m.ispkg}
    assert {kind.replace("-", "_") for kind in RULES} == modules - {"vocabulary"}
