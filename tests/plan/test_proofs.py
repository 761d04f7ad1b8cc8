"""What counting says cannot be met is a proof: the solver finds no roster either."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from shiftplan.facts import Facts
from shiftplan.plan import Plan
from shiftplan.plan.static_checks import shortages
from shiftplan.rules import RULES, Rule
from shiftplan.solver.state import build
from tests.plans import any_dates, any_facts
from tests.tries import tries

Draw = Callable[[random.Random], dict[str, Any]]

SORTS = ("any", "night", "late", "E")

DRAWS: tuple[tuple[str, Draw], ...] = (
    ("days-off", lambda r: {"per_week": r.randint(0, 3), "count": _one(r, "exactly", "at-least")}),
    ("leave", lambda _: {}),
    ("available", lambda _: {}),
    ("pinned", lambda _: {}),
    ("rotation", lambda r: {"what": _one(r, "shift", "kind", "days-off")}),
    ("hours", lambda r: {"min": _one(r, "8h", "38h"), "max": _one(r, "38h", "39h", "44h")}),
    ("hours", lambda r: {"per": "horizon", "min": "40h", "max": _one(r, "41h", "60h")}),
    ("hours", lambda _: {"per": "day", "min": "6h", "max": "8h"}),
    ("hours", lambda _: {"weeks": 2, "average": True, "min": "30h", "max": "38h"}),
    ("shift-count", lambda r: {"of": _one(r, *SORTS), "max": r.randint(0, 5)}),
    ("shift-count", lambda r: {"of": _one(r, *SORTS), "min": r.randint(1, 5)}),
    ("shift-count", lambda r: {"of": "any", "max": r.randint(0, 3), "days": _one(r, 2, 4, 7, 10)}),
    ("shift-count", lambda r: {"of": "any", "min": r.randint(1, 3), "days": _one(r, 4, 7)}),
    ("shift-count", lambda r: {"of": "night", "max": r.randint(0, 6), "per": "horizon"}),
    ("work-run", lambda r: {"min": r.randint(1, 3), "max": r.randint(3, 5)}),
    ("off-run", lambda r: {"min": r.randint(1, 2), "max": r.randint(2, 3)}),
    ("weekends", lambda r: {"max": r.randint(0, 1)}),
    ("day-of-rest", lambda r: {"days": _one(r, 1, 3)}),
    ("rest", lambda r: {"hours": _one(r, 11, 16)}),
    ("presence", lambda _: {"skill": ["lead"]}),
    ("duty", lambda _: {"name": "Report", "skill": ["lead"]}),
    ("shift-demand", lambda r: {"level": _one(r, "minimum", "preferred")}),
    ("demand", lambda _: {"target": 0}),
    ("seats", lambda _: {}),
    ("cost", lambda r: {"budget": _one(r, 100, 500, 2000)}),
)


def _one(rng: random.Random, *choices: Any) -> Any:
    return rng.choice(choices)


def any_rules(facts: Facts, seed: int) -> tuple[Rule, ...]:
    """Return two to four hard rules made from *seed*, some with dates."""
    rng = random.Random(f"rules {seed}")
    found = []
    for kind, draw in rng.sample(DRAWS, rng.randint(2, 4)):
        fields = draw(rng)
        if rng.random() < 0.3:
            fields["for"] = any_dates(facts, rng.randrange(1000))
        found.append(RULES[kind].model_validate(fields))
    return tuple(found)


@pytest.mark.slow
@pytest.mark.hypothesis
@tries(100)
@given(st.integers(0, 10**6))
def test_whatever_counting_calls_impossible_the_solver_finds_infeasible(seed: int) -> None:
    facts = any_facts(seed, people=3)
    plan = Plan(facts, any_rules(facts, seed))
    if not any(shortage.must for shortage in shortages(plan)):
        return
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 3
    found = solver.solve(build(plan).cp)
    assert found not in (cp_model.OPTIMAL, cp_model.FEASIBLE)
