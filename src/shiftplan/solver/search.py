"""Goals in order: each is minimised as far as time allows, then fixed while the next one is."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from ..plan import Plan, Verdict
from ..plan.result import Goal, Progress, Result, Status, Stopped
from ..plan.static_checks import shortages
from ..roster import Roster
from ..rules import MUST, Rule
from .budget import ENOUGH, LEAST, LOOK, Budget, PartOfShare
from .clash import personal_clashes
from .model import Model
from .watching import Watch, rounded_up, stopping

OnProgress = Callable[[Progress], object]


def build(plan: Plan) -> Model:
    """Return the model of the whole plan."""
    model = Model(plan.facts)
    for rule in plan.rules:
        model.encode(rule)
    return model


def search(
    plan: Plan,
    *,
    seconds: float = 60,
    seed: int = 0,
    workers: int = 2,
    start: Roster | None = None,
    tell: OnProgress = lambda _: None,
    stop: threading.Event | None = None,
) -> Result:
    """Return the best roster found within *seconds*, with its cost and proven bound per goal.

    *start* is where the search begins; *tell* hears of progress, from other threads; setting *stop*
    ends the search with what it has. With one worker the time is counted in work done, not by the
    clock, so that the same seed gives the same roster on any machine that is fast enough.
    """
    return _Search(
        plan, Budget(seconds, by_work=workers == 1), seed, workers, tell, stop or threading.Event()
    ).run(start)


class _Search:
    """One search: the model, what is left of the time, and the best roster so far."""

    def __init__(
        self,
        plan: Plan,
        budget: Budget,
        seed: int,
        workers: int,
        tell: OnProgress,
        stop: threading.Event,
    ) -> None:
        self.plan, self.budget, self.tell, self.stop = plan, budget, tell, stop
        self.seed, self.workers = seed, workers
        self.model = build(plan)
        self.chance = random.Random(seed)
        self.best: Roster | None = None
        self.start: Roster | None = None
        self.costs: dict[str, int] = {}
        self.bounds: dict[str, int] = {}
        self.limits: dict[str, int] = {}
        """What each goal may cost from now on: the least found, and its tolerance."""

    def run(self, start: Roster | None) -> Result:
        """Minimise goal after goal."""
        impossible = tuple(s.text for s in shortages(self.plan) if s.must)
        if impossible or self.model.broken:
            return self._infeasible(impossible)
        if start is not None and self._settle(start.under_contract()):
            self.best = self.start = start.under_contract()
        goals = self._goals_with_costs()
        # Where nothing can cost anything, any roster within the hard rules will do.
        if not self._minimise_in_order(goals or [MUST]):
            return self._infeasible()
        self._polish(goals)
        return self._result()

    def _goals_with_costs(self) -> list[str]:
        """Return the goals that a roster can cost anything in, in order."""
        return [goal for goal in self.plan.goals if self.model.costs.get(goal)]

    def _infeasible(self, reasons: Sequence[str] = ()) -> Result:
        why = (*reasons, *personal_clashes(self.plan))
        return Result(None, (), "infeasible", self.budget.elapsed(), "done", why)

    def _minimise_in_order(self, goals: Sequence[str]) -> bool:
        """Minimise each of *goals*, then fix it; return False if there can be no roster."""
        for number, goal in enumerate(goals):
            if number and self.best is not None:
                self._settle(self.best)
            status = self._minimise(goal, self.budget.share(len(goals) - number))
            if status == cp_model.INFEASIBLE and self.best is None:
                return False
            if self.best is None or self._ended():
                break  # later goals mean nothing without a roster, or have no time left
        return True

    def _ended(self) -> bool:
        return self.stop.is_set() or self.budget.used_up()

    def _polish(self, goals: Sequence[str]) -> None:
        """Use what time is left on the goals not proven, one after another.

        The bounds found here say nothing about all rosters, since later goals are fixed too.
        """
        unproven = [g for g in goals if self.costs.get(g, 0) > self.bounds.get(g, 0)]
        rounds = [goal for goal in unproven if goal != MUST]
        for number, goal in enumerate(rounds):
            if self._ended() or self.best is None:
                return
            self._settle(self.best)
            self._minimise(goal, self.budget.share(len(rounds) - number), bounding=False)

    def _settle(self, roster: Roster) -> bool:
        """Make *roster*, with the least it can be charged, the hint; say whether it may stand.

        Without this a search would start from a roster whose cells are right and whose costs are
        guesses.
        """
        model = self.model
        model.hint(roster)
        model.cp.minimize(sum(model.goal(g) for g in model.costs))
        solver = self._solver(self.budget.share(1))
        solver.parameters.fix_variables_to_their_hinted_value = True
        with stopping(solver, self.stop):
            status = solver.solve(model.cp)
        self.budget.spend(solver.response_proto.deterministic_time)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False
        model.hint_all(list(solver.response_proto.solution))
        self.costs = {g: round(solver.value(model.goal(g))) for g in model.costs}
        return True

    def _minimise(self, goal: str, share: float, *, bounding: bool = True) -> int:
        """Minimise *goal* within *share*, then fix it there; keep its bound if *bounding*.

        Where rules know what is worth another look, most of the time goes there. One worker alone
        does not search neighbourhoods of a good roster, so it gets a second turn for that.
        """
        self.model.cp.minimize(self.model.goal(goal))
        of_goal = [rule for rule in self.plan.rules if rule.strength == goal]
        looking = [rule for rule in of_goal if self._worth_a_look(rule)]
        if looking:
            share -= self._look_around(goal, looking, PartOfShare.LOOKS * share)
        if not self.budget.by_work or looking:
            return self._run(goal, share, bounding=bounding)
        status = self._run(goal, PartOfShare.PROOF * share, bounding=bounding)
        if status == cp_model.FEASIBLE and not self._ended():
            self._run(
                goal, PartOfShare.NEIGHBOURHOODS * share, bounding=False, neighbourhoods_only=True
            )
        return status

    def _worth_a_look(self, rule: Rule) -> bool:
        """Say whether *rule* knows what to look at again, in a plan too large to be proven."""
        if self.model.small or self.best is None:
            return False
        return bool(rule.near(self.best, self.chance))

    def _look_around(self, goal: str, rules: Sequence[Rule], share: float) -> float:
        """Decide anew what *rules* would look at, all else fixed; return what of *share* it took.

        A look is limited by the solver's work and not by the clock: else it comes to nothing on a
        slow machine. After enough that changed nothing there are no more.
        """
        begun, fruitless = self.budget.spent(), 0
        while fruitless < ENOUGH and self.best is not None and not self._ended():
            left, before = share - (self.budget.spent() - begun), self.costs.get(goal)
            if left <= 0:
                break
            free = self.chance.choice(rules).near(self.best, self.chance)
            if free:
                part = self.model.cp.clone()
                self.model.fix(self.best, free, part)
                self._decide(goal, part, left)
            fruitless = 0 if self.costs.get(goal) != before else fruitless + 1
        return self.budget.spent() - begun

    def _decide(self, goal: str, part: cp_model.CpModel, left: float) -> None:
        """Solve *part*, in which most of the best roster is fixed, and keep what comes of it."""
        solver, model = self._solver(left), self.model
        solver.parameters.max_deterministic_time = min(LOOK, left) if self.budget.by_work else LOOK
        with stopping(solver, self.stop):
            status = solver.solve(part)
        self.budget.spend(max(LEAST, solver.response_proto.deterministic_time))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return
        cost, before = round(solver.objective_value), self.costs.get(goal)
        if before is not None and cost > before:
            return
        self.best = model.read(solver.value)
        model.hint_all(list(solver.response_proto.solution))
        if before is None or cost < before:
            self._hold(goal, cost)
            self._on_better(self.best, goal, cost, self.bounds.get(goal, 0))

    def _hold(self, goal: str, cost: int) -> None:
        """Note that *goal* costs *cost*; later goals may raise it by its tolerance only."""
        self.costs[goal] = cost
        limit = cost + self.plan.facts.team.tolerance.get(goal, 0)
        known = self.limits.get(goal)
        if known is None or limit < known:
            self.limits[goal] = limit
            self.model.cp.add(self.model.goal(goal) <= limit)

    def _run(
        self, goal: str, share: float, *, bounding: bool, neighbourhoods_only: bool = False
    ) -> int:
        """Run the solver once, on all of the model or on neighbourhoods of the best roster."""
        model = self.model
        solver = self._solver(share, neighbourhoods_only=neighbourhoods_only)
        with stopping(solver, self.stop):
            status = int(solver.solve(model.cp, Watch(model, goal, self.budget, self._on_better)))
        self.budget.spend(
            solver.response_proto.deterministic_time, neighbourhoods_only=neighbourhoods_only
        )
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            cost = round(solver.objective_value)
            if cost <= self.costs.get(goal, cost):
                self.best = model.read(solver.value)
                self._hold(goal, cost)
                model.hint_all(list(solver.response_proto.solution))
        if bounding and status != cp_model.INFEASIBLE and goal != MUST:
            self.bounds[goal] = rounded_up(solver.best_objective_bound)
        return status

    def _on_better(self, roster: Roster, goal: str, cost: int, bound: int) -> None:
        """Take a roster that costs less, and report it."""
        if cost > self.costs.get(goal, cost):
            return  # on its way from another roster than the best
        self.best = roster
        self.tell(Progress(goal, cost, bound, self.budget.elapsed(), self.budget.left(), roster))

    def _solver(self, share: float, *, neighbourhoods_only: bool = False) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self.seed
        parameters.num_workers = self.workers
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

    def _result(self) -> Result:
        """Return the best roster with its costs, if any was found."""
        goals: tuple[Goal, ...] = ()
        status: Status = "unknown"
        verdict = self._settle_on_start_or_best()
        if verdict is not None:
            costs = verdict.costs
            goals = tuple(Goal(g, costs[g], self._bound(g)) for g in self.plan.goals)
            status = "optimal" if all(goal.proven for goal in goals) else "feasible"
        return Result(self.best, goals, status, self.budget.elapsed(), self._stopped(status))

    def _stopped(self, status: Status) -> Stopped:
        if status == "optimal":
            return "done"
        return "request" if self.stop.is_set() else "deadline"

    def _settle_on_start_or_best(self) -> Verdict | None:
        """Take the start as the best roster if it is no worse; return the verdict on the best."""
        if self.best is None:
            return None
        verdict = self.plan.judge(self.best)
        if self.start is None:
            return verdict
        before = self.plan.judge(self.start)
        # Goals may give up what they tolerate, which no later goal may have needed in the end.
        if self._tolerated(before) <= self._tolerated(verdict):
            self.best = self.start
            return before
        return verdict

    def _tolerated(self, verdict: Verdict) -> tuple[int, ...]:
        """Return the costs goal by goal; costs within what a goal tolerates are the same."""
        return tuple(max(cost, self.limits.get(goal, 0)) for goal, cost in verdict.costs.items())

    def _bound(self, goal: str) -> int | None:
        if goal == MUST or not self.model.costs.get(goal):
            return self.model.constant.get(goal, 0)
        return self.bounds.get(goal)
