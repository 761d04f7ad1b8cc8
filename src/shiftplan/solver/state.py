"""Where a search stands: the model, what is left of the time, and the best roster so far."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ortools.sat.python import cp_model

from ..plan import Plan
from ..plan.result import Progress
from ..roster import Roster
from ..rules import MUST
from .budget import LEAST, LOOK, Budget
from .model import Model
from .watching import Watch, rounded_up, stopping

OnProgress = Callable[[Progress], object]

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
"""What the solver answers if it has a solution."""


def build(plan: Plan) -> Model:
    """Return the model of the whole plan."""
    model = Model(plan.facts)
    for rule in plan.rules:
        model.encode(rule)
    return model


class SearchState:
    """One search under way; its stages take turns at making the best roster better."""

    def __init__(
        self,
        plan: Plan,
        budget: Budget,
        seed: int,
        workers: int,
        tell: OnProgress,
        stop: threading.Event,
    ) -> None:
        self.plan, self.budget, self.stop = plan, budget, stop
        self.model = build(plan)
        self.best: Roster | None = None
        self.costs: dict[str, int] = {}
        self.bounds: dict[str, int] = {}
        self.limits: dict[str, int] = {}
        """What each goal may cost from now on: the least found, and its tolerance."""
        self._tell, self._seed, self._workers = tell, seed, workers

    def ended(self) -> bool:
        """Say whether no time is left, or somebody asked for the end."""
        return self.stop.is_set() or self.budget.used_up()

    # -- the solver ------------------------------------------------------------------------------

    def solver(self, share: float, *, neighbourhoods_only: bool = False) -> cp_model.CpSolver:
        """Return a solver that has *share* of the time."""
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self._seed
        parameters.num_workers = self._workers
        parameters.max_time_in_seconds = self.budget.clock(share)
        if self.model.small:
            parameters.linearization_level = 2
        if self.budget.by_work:
            parameters.max_deterministic_time = self.budget.work(
                share, neighbourhoods_only=neighbourhoods_only
            )
        if neighbourhoods_only:
            parameters.interleave_search = True
            parameters.use_lns_only = True
        return solver

    def settle(self, roster: Roster) -> bool:
        """Make *roster*, with the least it can be charged, the hint; say whether it may stand.

        Without this a search would start from a roster whose cells are right and whose costs are
        guesses.
        """
        model = self.model
        model.hint(roster)
        model.cp.minimize(sum(model.goal(g) for g in model.costs))
        solver = self.solver(self.budget.share(1))
        solver.parameters.fix_variables_to_their_hinted_value = True
        with stopping(solver, self.stop):
            status = solver.solve(model.cp)
        self.budget.spend(solver.response_proto.deterministic_time)
        if status not in FOUND:
            return False
        model.hint_all(list(solver.response_proto.solution))
        self.costs = {g: round(solver.value(model.goal(g))) for g in model.costs}
        return True

    def run(
        self,
        goal: str,
        share: float,
        *,
        bounding: bool = True,
        neighbourhoods_only: bool = False,
    ) -> int:
        """Run the solver once on *goal*, on all of the model or on neighbourhoods of the best.

        Without a roster it goes on past its *share* until it has found one: later goals mean
        nothing without. Keep the bound it proves if *bounding*. Return the solver's status.
        """
        model, budget = self.model, self.budget
        until_found = self.best is None
        solver = self.solver(
            budget.left_over() if until_found else share, neighbourhoods_only=neighbourhoods_only
        )
        # The solver cannot be told to do so much work, and more only if it has found nothing: where
        # work is counted it takes the first roster there is, and is run again.
        solver.parameters.stop_after_first_solution = until_found and budget.by_work
        end = budget.elapsed() + share

        def enough() -> bool:
            return until_found and self.best is not None and budget.elapsed() > end

        model.cp.minimize(model.goal(goal))
        with stopping(solver, self.stop, enough):
            status = int(solver.solve(model.cp, Watch(model, goal, budget, self.on_better)))
        budget.spend(
            solver.response_proto.deterministic_time, neighbourhoods_only=neighbourhoods_only
        )
        if status in FOUND:
            self._take(goal, solver)
        if bounding and status != cp_model.INFEASIBLE and goal != MUST:
            self.bounds[goal] = rounded_up(solver.best_objective_bound)
        return status

    def _take(self, goal: str, solver: cp_model.CpSolver) -> None:
        cost = round(solver.objective_value)
        if cost <= self.costs.get(goal, cost):
            self.best = self.model.read(solver.value)
            self.hold(goal, cost)
            self.model.hint_all(list(solver.response_proto.solution))

    def decide(self, goal: str, part: cp_model.CpModel, left: float) -> int:
        """Solve *part*, in which most of a roster is fixed, and keep what comes of it.

        A look is limited by the solver's work and not by the clock: else it comes to nothing on a
        slow machine. Return the solver's status.
        """
        solver = self.solver(left)
        solver.parameters.max_deterministic_time = min(LOOK, left) if self.budget.by_work else LOOK
        with stopping(solver, self.stop):
            status = int(solver.solve(part))
        self.budget.spend(max(LEAST, solver.response_proto.deterministic_time))
        if status not in FOUND:
            return status
        cost, before = round(solver.objective_value), self.costs.get(goal)
        if before is not None and cost > before:
            return status
        self.best = self.model.read(solver.value)
        self.model.hint_all(list(solver.response_proto.solution))
        if before is None or cost < before:
            self.hold(goal, cost)
            self.on_better(self.best, goal, cost, self.bounds.get(goal, 0))
        return status

    # -- what was found --------------------------------------------------------------------------

    def hold(self, goal: str, cost: int) -> None:
        """Note that *goal* costs *cost*; later goals may raise it by its tolerance only."""
        self.costs[goal] = cost
        limit = cost + self.plan.facts.team.tolerance.get(goal, 0)
        known = self.limits.get(goal)
        if known is None or limit < known:
            self.limits[goal] = limit
            self.model.cp.add(self.model.goal(goal) <= limit)

    def on_better(self, roster: Roster, goal: str, cost: int, bound: int) -> None:
        """Take a roster that costs less, and report it."""
        if cost > self.costs.get(goal, cost):
            return  # on its way from another roster than the best
        self.best = roster
        self._tell(Progress(goal, cost, bound, self.budget.elapsed(), self.budget.left(), roster))
