"""No shift that nothing asks for: among rosters that cost the same, one with fewer shifts."""

from __future__ import annotations

from ortools.sat.python import cp_model

from ..roster import Roster
from .standing import FOUND, Standing
from .watching import stopping


def leave_out_shifts(standing: Standing) -> None:
    """Take shifts out of the best roster as long as no goal costs more than it may.

    First only days off are tried in place of shifts, which is quick in a plan of any size; then, in
    a small plan, any roster with fewer shifts. Where every shift is asked for, both end at once.
    """
    if standing.best is None:
        return
    _hold_all(standing)
    part = standing.model.cp.clone()
    standing.model.fix_but_for_days_off(standing.best, part)
    _fewest(standing, part)
    if standing.model.small and not standing.ended():
        _fewest(standing, standing.model.cp.clone())


def _hold_all(standing: Standing) -> None:
    """Let no goal cost more than in the best roster: what is left out must cost nothing.

    Goals that the time did not reach are held as well, and what a goal tolerates is not used.
    """
    assert standing.best is not None
    standing.settle(standing.best)
    for goal, cost in standing.costs.items():
        standing.model.cp.add(standing.model.goal(goal) <= cost)


def _fewest(standing: Standing, part: cp_model.CpModel) -> None:
    model = standing.model
    part.minimize(model.shifts())
    solver = standing.solver(standing.budget.left_over())
    with stopping(solver, standing.stop):
        status = solver.solve(part)
    standing.budget.spend(solver.response_proto.deterministic_time)
    if status not in FOUND:
        return
    found = model.read(solver.value)
    if _number(found) < _number(standing.best):
        standing.best = found
        model.hint_all(list(solver.response_proto.solution))


def _number(roster: Roster | None) -> int:
    return 0 if roster is None else len(roster.cells)
