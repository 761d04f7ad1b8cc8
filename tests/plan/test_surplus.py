"""A plan that leaves open how many shifts are too many says so."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from shiftplan.facts import Facts, Horizon, Person, ShiftNeed, ShiftSpec, Site, Team
from shiftplan.plan import Plan
from shiftplan.plan.surplus import open_surplus
from shiftplan.rules import RULES

START = date(2026, 11, 30)
"""A Monday."""


def facts() -> Facts:
    """Return three people, one of whom is needed on four days."""
    return Facts(
        team=Team(name="T", home="Dublin", goals=("coverage", "fairness", "cost")),
        horizon=Horizon(start=START, weeks=1),
        sites=(Site(name="Dublin", timezone="Europe/Dublin"),),
        shifts=ShiftSpec(code="O", start=time(9), length="8h").expand(),
        people=tuple(Person(name=name, site="Dublin") for name in "ABC"),
        shift_needs=(ShiftNeed(shift="O", weekday="mon-thu", minimum=1),),
    )


def rule(kind: str, **fields: Any) -> Any:
    return RULES[kind].model_validate({"kind": kind, **fields})


NEEDED = rule("shift-demand")
EVEN = rule("fair-share", of="any", spread=0, strength="fairness")


def test_what_an_even_share_gains_by_is_said() -> None:
    assert "good for fairness" in open_surplus(Plan(facts(), (NEEDED, EVEN)))


@pytest.mark.parametrize(
    "rules",
    [
        (EVEN,),  # nothing is needed, so nothing is more than is needed
        (NEEDED,),  # nothing gains by more than is needed
        (NEEDED, EVEN, rule("cost", strength="cost")),
        (NEEDED, EVEN, rule("days-off")),
        (NEEDED, EVEN, rule("hours", min="16h")),
        (NEEDED, EVEN, rule("shift-count", min=1)),
    ],
)
def test_a_plan_that_says_how_much_is_worked_is_left_alone(rules: tuple[Any, ...]) -> None:
    assert open_surplus(Plan(facts(), rules)) == ""


def test_limits_on_work_say_nothing_of_too_much() -> None:
    assert open_surplus(Plan(facts(), (NEEDED, EVEN, rule("hours", max="40h"))))
