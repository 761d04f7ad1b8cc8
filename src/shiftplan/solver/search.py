"""Goals in order: each is minimised as far as time allows, then fixed while the next one is."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

from ortools.sat.python import cp_model

from ..plan import Plan
from ..plan.result import Goal, Result, Status, Stopped
from ..plan.static_checks import shortages
from ..roster import Roster
from ..rules import MUST, Rule
from .budget import ENOUGH, Budget, PartOfShare
from .clash import personal_clashes
from .fewest import leave_out_shifts
from .first import take_start
from .state import OnProgress, SearchState


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

    *start* is where the search begins, repaired first if it breaks hard rules; *tell* hears of
    progress, from other threads; setting *stop* ends the search with what it has. With one worker
    the time is counted in work done, not by the clock, so that the same seed gives the same roster
    on any machine that is fast enough.
    """
    state = SearchState(
        plan, Budget(seconds, by_work=workers == 1), seed, workers, tell, stop or threading.Event()
    )
    return _Search(state, seed).run(start)


class _Search:
    """One search through the goals in their order."""

    def __init__(self, state: SearchState, seed: int) -> None:
        self._state = state
        self._plan, self._budget = state.plan, state.budget
        self._chance = random.Random(seed)
        self._start: Roster | None = None
        """The roster it began with, if that keeps all hard rules."""

    def run(self, start: Roster | None) -> Result:
        """Minimise goal after goal, then the number of shifts."""
        impossible = tuple(s.text for s in shortages(self._plan) if s.must)
        if impossible or self._state.model.broken:
            return self._infeasible(impossible)
        # Where nothing can cost anything, any roster within the hard rules will do.
        goals = self._goals_with_costs() or [MUST]
        # Contracts may have changed since.
        start = start.under_contract() if start is not None else None
        if start is not None and take_start(self._state, start, goals[0]):
            self._start = start
        if not self._minimise_in_order(goals):
            return self._infeasible()
        self._polish(goals)
        self._budget.release()
        if not self._state.ended():
            leave_out_shifts(self._state)
        return self._result()

    def _goals_with_costs(self) -> list[str]:
        """Return the goals that a roster can cost anything in, in order."""
        return [goal for goal in self._plan.goals if self._state.model.costs.get(goal)]

    def _infeasible(self, reasons: Sequence[str] = ()) -> Result:
        # Some clashes of one person are known by counting already.
        why = tuple(dict.fromkeys((*reasons, *personal_clashes(self._plan))))
        return Result(None, (), "infeasible", self._budget.elapsed(), "done", why)

    # -- goal after goal -------------------------------------------------------------------------

    def _minimise_in_order(self, goals: Sequence[str]) -> bool:
        """Minimise each of *goals*, then fix it; return False if there can be no roster."""
        state = self._state
        for number, goal in enumerate(goals):
            if state.best is not None and state.best is not self._start:
                state.settle(state.best)
            status = self._minimise(goal, self._budget.share(len(goals) - number))
            if status == cp_model.INFEASIBLE and state.best is None:
                return False
            if state.best is None or state.ended():
                break  # later goals mean nothing without a roster, or have no time left
        return True

    def _polish(self, goals: Sequence[str]) -> None:
        """Use what time is left on the goals not proven, one after another.

        The bounds found here say nothing about all rosters, since later goals are fixed too.
        """
        state = self._state
        rounds = [goal for goal in goals if goal != MUST and not self._is_proven(goal)]
        for number, goal in enumerate(rounds):
            if state.ended() or state.best is None:
                return
            state.settle(state.best)
            self._minimise(goal, self._budget.share(len(rounds) - number), bounding=False)

    def _is_proven(self, goal: str) -> bool:
        return self._state.costs.get(goal, 0) <= self._state.bounds.get(goal, 0)

    def _minimise(self, goal: str, share: float, *, bounding: bool = True) -> int:
        """Minimise *goal* within *share*, then fix it there; keep its bound if *bounding*.

        Where rules know what is worth another look, most of the time goes there. One worker alone
        does not search neighbourhoods of a good roster, so it gets a second turn for that.
        """
        state, by_work = self._state, self._budget.by_work
        if by_work and state.best is None:
            begun = self._budget.spent()
            status = state.run(goal, share, bounding=bounding)
            share -= self._budget.spent() - begun
            if status != cp_model.FEASIBLE or share <= 0 or state.ended():
                return status
        of_goal = [rule for rule in self._plan.rules if rule.strength == goal]
        looking = [rule for rule in of_goal if self._worth_a_look(rule)]
        if looking:
            share -= self._look_around(goal, looking, PartOfShare.LOOKS * share)
        if not by_work or looking:
            return state.run(goal, share, bounding=bounding)
        status = state.run(goal, PartOfShare.PROOF * share, bounding=bounding)
        if status == cp_model.FEASIBLE and not state.ended():
            rest = PartOfShare.NEIGHBOURHOODS * share
            state.run(goal, rest, bounding=False, neighbourhoods_only=True)
        return status

    # -- looks at parts --------------------------------------------------------------------------

    def _worth_a_look(self, rule: Rule) -> bool:
        """Say whether *rule* knows what to look at again, in a plan too large to be proven."""
        state = self._state
        if state.model.small or state.best is None:
            return False
        return bool(rule.near(state.best, self._chance))

    def _look_around(self, goal: str, rules: Sequence[Rule], share: float) -> float:
        """Decide anew what *rules* would look at, all else fixed; return what of *share* it took.

        After enough that changed nothing there are no more.
        """
        state = self._state
        begun, fruitless = self._budget.spent(), 0
        while fruitless < ENOUGH and state.best is not None and not state.ended():
            left, before = share - (self._budget.spent() - begun), state.costs.get(goal)
            if left <= 0:
                break
            free = self._chance.choice(rules).near(state.best, self._chance)
            if free:
                part = state.model.cp.clone()
                state.model.fix(state.best, free, part)
                state.decide(goal, part, left)
            fruitless = 0 if state.costs.get(goal) != before else fruitless + 1
        return self._budget.spent() - begun

    # -- the end ---------------------------------------------------------------------------------

    def _result(self) -> Result:
        """Return the best roster with its costs, if any was found."""
        goals: tuple[Goal, ...] = ()
        status: Status = "unknown"
        best = self._start_or_best()
        if best is not None:
            costs = self._plan.judge(best).costs
            goals = tuple(Goal(g, costs[g], self._bound(g)) for g in self._plan.goals)
            status = "optimal" if all(goal.proven for goal in goals) else "feasible"
        return Result(best, goals, status, self._budget.elapsed(), self._stopped(status))

    def _stopped(self, status: Status) -> Stopped:
        if status == "optimal":
            return "done"
        return "request" if self._state.stop.is_set() else "deadline"

    def _start_or_best(self) -> Roster | None:
        """Return the best roster, or the start if that is no worse."""
        best = self._state.best
        if best is None or self._start is None:
            return best
        return self._start if self._rank(self._start) <= self._rank(best) else best

    def _rank(self, roster: Roster) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """Return the costs goal by goal, those a goal tolerates as the same; exactly; the shifts.

        Goals may give up what they tolerate, which no later goal may have needed in the end.
        """
        limits = self._state.limits
        costs = self._plan.judge(roster).costs
        tolerated = tuple(max(cost, limits.get(goal, 0)) for goal, cost in costs.items())
        return tolerated, tuple(costs.values()), len(roster.cells)

    def _bound(self, goal: str) -> int | None:
        model = self._state.model
        if goal == MUST or not model.costs.get(goal):
            return model.constant.get(goal, 0)
        return self._state.bounds.get(goal)
