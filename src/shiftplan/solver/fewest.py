"""No shift that nothing asks for: among rosters that cost the same, one with fewer shifts."""

from __future__ import annotations

from ortools.sat.python import cp_model

from ..roster import Roster
from .state import FOUND, SearchState
from .watching import stopping


def leave_out_shifts(state: SearchState) -> None:
    """Take shifts out of the best roster as long as no goal costs more than it may.

    First only days off are tried in place of shifts, which is quick in a plan of any size; then, in
    a small plan, any roster with fewer shifts. Where every shift is asked for, both end at once.
    """
    # Where there is no time left to learn what each goal costs, a later one might pay for it.
    if state.best is None or not state.settle(state.best):
        return
    _hold_all(state)
    part = state.model.cp.clone()
    state.model.fix_but_for_days_off(state.best, part)
    _fewest(state, part)
    if state.model.small and not state.ended():
        _fewest(state, state.model.cp.clone())


def _hold_all(state: SearchState) -> None:
    """Let no goal cost more than in the best roster: what is left out must cost nothing.

    Goals that the time did not reach are held as well, and what a goal tolerates is not used.
    """
    for goal, cost in state.costs.items():
        state.model.cp.add(state.model.goal(goal) <= cost)


def _fewest(state: SearchState, part: cp_model.CpModel) -> None:
    model = state.model
    part.minimize(model.shifts())
    solver = state.solver(state.budget.left_over())
    with stopping(solver, state.stop):
        status = solver.solve(part)
    state.budget.spend(solver.response_proto.deterministic_time)
    if status not in FOUND:
        return
    found = model.read(solver.value)
    if _number(found) < _number(state.best):
        state.best = found
        model.hint_all(list(solver.response_proto.solution))


def _number(roster: Roster | None) -> int:
    return 0 if roster is None else len(roster.cells)
