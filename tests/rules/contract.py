"""The contract between a rule's two sides, as a function, so that it can be tested itself."""

from __future__ import annotations

from ortools.sat.python import cp_model

from shiftplan.facts import Cell, Facts
from shiftplan.roster import Roster
from shiftplan.rules import MUST, Rule
from shiftplan.solver.model import Model

GOAL = "coverage"


def found(rule: Rule, roster: Roster) -> int:
    """Return what the checker finds, weighted."""
    return rule.weight * sum(b.amount for b in rule.check(roster))


def charged(rule: Rule, roster: Roster, free: frozenset[Cell] | None = None) -> int:
    """Return the least the model charges for *roster*, with only the cells in *free* open."""
    model = Model(roster.facts, roster, free)
    model.encode(rule, GOAL)
    model.fix(roster)
    model.cp.minimize(model.goal(GOAL))
    solver = _solver()
    status = solver.solve(model.cp)
    assert status == cp_model.OPTIMAL, f"{rule.sentence()} {solver.status_name(status)}"
    return round(solver.objective_value)


def allowed(rule: Rule, roster: Roster) -> bool:
    """Say whether the model lets *roster* pass when the rule is a must."""
    model = Model(roster.facts)
    model.encode(rule, MUST)
    model.fix(roster)
    return _solver().solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def hold(rule: Rule, roster: Roster) -> None:
    """Raise ``AssertionError`` unless solver and checker agree on *roster* in every way a rule is used."""
    amount = found(rule, roster)
    assert all(b.amount > 0 for b in rule.check(roster)), "a breach weighs something"
    assert charged(rule, roster) == amount
    assert charged(rule, roster, frozenset()) == amount, "all cells fixed"
    half = frozenset(c for k, c in enumerate(_cells(roster.facts)) if k % 2)
    assert charged(rule, roster, half) == amount, "every other cell fixed"
    assert allowed(rule, roster) == (amount == 0), "as a must"


def _cells(facts: Facts) -> list[Cell]:
    return [(p.name, day) for p in facts.people for day in facts.days]


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_probing_level = 0
    return solver
