"""A minimum that goes by what other rules keep free: solver and checker agree beside them too."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.facts import Availability, Facts
from shiftplan.plan import Plan
from shiftplan.rules import RULES, Rule
from tests.plans import any_facts, any_roster
from tests.rules.contract import hold
from tests.rules.test_cover_rules import person, rostered, team
from tests.tries import tries

KINDS = ("hours", "shift-count")


def beside(seed: int) -> list[Rule]:
    """Return rules that keep days free, made from *seed*."""
    rng = random.Random(f"beside {seed}")
    days_off = {"per_week": rng.randint(0, 4), "for": rng.choice(({}, {"site": ["North"]}))}
    rules = [RULES["days-off"].model_validate(days_off), RULES["available"].model_validate({})]
    return rng.sample(rules, rng.randint(1, 2))


@pytest.mark.slow
@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", KINDS)
def test_solver_and_checker_agree_beside_rules_that_keep_days_free(kind: str) -> None:
    @tries(10)
    @given(st.integers(0, 10**6))
    def case(seed: int) -> None:
        roster = any_roster(any_facts(seed), seed)
        for example in RULES[kind].examples:
            hold(RULES[kind].model_validate(example).beside(beside(seed)), roster)

    case()


DAYS_OFF = RULES["days-off"].model_validate({"per_week": 2})
AVAILABLE = RULES["available"].model_validate({})
FORTY = RULES["hours"].model_validate({"min": "40h", "max": "40h"})
FIVE = RULES["shift-count"].model_validate({"min": 5})
START = date(2026, 11, 2)


def joining(day: int, **facts: object) -> Facts:
    """Return the facts of a week in which Ana joins so many days after Monday."""
    made: Facts = team(person("Ana", start_date=START + timedelta(day)), **facts)
    return made


@pytest.mark.parametrize(
    ("day", "rules", "most"),
    [
        # From Thursday on: of four days two are off. 40 h x 2/5 are two shifts of 8 h.
        (3, (DAYS_OFF, FORTY), 2),
        (3, (DAYS_OFF, FIVE), 2),
        # From Saturday on both days are off, and nothing is owed.
        (5, (DAYS_OFF, FORTY), 0),
        # Without days off 40 h x 4/7 are owed, 22 h 51, and three shifts do.
        (3, (FORTY,), 3),
    ],
)
def test_a_week_cut_by_a_contract_owes_what_its_days_allow(
    day: int, rules: tuple[Rule, ...], most: int
) -> None:
    facts = joining(day)
    plan = Plan(facts, rules)
    days = "." * day + "E" * most + "." * (7 - day - most)
    assert plan.judge(rostered(facts, Ana=days)).hard_breaches == ()


def test_hours_owed_go_by_the_weekdays_on_which_somebody_can_work() -> None:
    # From Thursday on, and never at weekends: two of five days are left, and 16 of 40 h.
    row = Availability(person="Ana", can="never", weekdays=("saturday", "sunday"))
    facts = joining(3, availability=(row,))
    plan = Plan(facts, (AVAILABLE, FORTY))
    assert plan.judge(rostered(facts, Ana="...EE..")).hard_breaches == ()


def test_a_run_of_work_cut_by_a_contract_is_not_too_short() -> None:
    least = RULES["work-run"].model_validate({"min": 3})
    facts = joining(3)
    for days, lacking in (("...EE..", 0), ("....EE.", 1)):
        roster = rostered(facts, Ana=days)
        hold(least, roster)
        assert sum(b.amount for b in least.check(roster)) == lacking, days
