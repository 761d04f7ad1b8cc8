"""The search under way: started, stopped, and what was heard of it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import ShiftplanError
from ..plan.result import Progress, Result
from ..roster import Roster
from ..session.search import solve_from
from .messages import Progressed, Solved

if TYPE_CHECKING:
    from .app import ShiftplanApp

OUTCOMES = {
    "optimal": "proven best",
    "feasible": "the best found in the time given",
    "infeasible": "there is no roster that keeps every must",
    "unknown": "no roster was found in the time given",
}


@dataclass
class GoalProgress:
    """A goal's latest cost and bound, and the costs before."""

    name: str
    cost: int | None = None
    bound: int | None = None
    trail: list[int] = field(default_factory=list)


class Search:
    """One search at a time, on a thread of its own; what it finds changes nothing until it is
    adopted.
    """

    def __init__(self, app: ShiftplanApp) -> None:
        self._app = app
        self._stop = threading.Event()
        self.running = False
        self.begun = 0.0
        self.seconds = 60.0
        self.goals: dict[str, GoalProgress] = {}
        self.best: Roster | None = None
        """The best roster heard of."""
        self.result: Result | None = None
        self.trouble = ""
        self.news = 0
        """Grows with everything heard."""

    def start(self, seconds: float, workers: int, seed: int) -> None:
        """Search for *seconds*, from the current roster on; without a plan there is none."""
        app = self._app
        plan, roster = app.session.plan, app.session.roster
        if plan is None or roster is None:
            return
        self._stop = stop = threading.Event()
        self.running, self.begun, self.seconds = True, time.monotonic(), seconds
        self.goals, self.best, self.result, self.trouble = {}, None, None, ""

        def run() -> None:
            try:
                result = solve_from(
                    plan,
                    roster,
                    seconds,
                    lambda p: app.post_message(Progressed(p)),
                    stop,
                    seed=seed,
                    workers=workers,
                )
            except ShiftplanError as error:
                app.post_message(Solved(None, str(error)))
            else:
                app.post_message(Solved(result))

        threading.Thread(target=run, daemon=True, name="search").start()

    def stop(self) -> None:
        """End the search; the best roster so far is kept."""
        self._stop.set()

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.begun

    def heard(self, progress: Progress) -> None:
        """Take in news; what comes after the end belongs to no search."""
        if not self.running:
            return
        goal = self.goals.setdefault(progress.goal, GoalProgress(progress.goal))
        if progress.cost is not None:
            goal.cost = progress.cost
            goal.trail.append(progress.cost)
        goal.bound = progress.bound if progress.bound is not None else goal.bound
        self.best = progress.roster or self.best
        self.news += 1

    def over(self, result: Result | None, trouble: str) -> None:
        """Take in the end."""
        self.running, self.result, self.trouble = False, result, trouble
        if result is not None:
            self.best = result.roster or self.best
            for told in result.goals:
                goal = self.goals.setdefault(told.name, GoalProgress(told.name))
                goal.cost, goal.bound = told.cost, told.bound
        self.news += 1

    def words(self) -> str:
        """Return how it ended, in a sentence."""
        if self.trouble:
            return self.trouble
        if self.result is None:
            return "Nothing was searched yet."
        if self.result.stopped == "request":
            kept = "the best roster so far is kept" if self.best else "no roster had been found"
            return f"Stopped after {self.result.seconds:.0f} s: {kept}."
        reasons = f": {' '.join(self.result.reasons)}" if self.result.reasons else "."
        return f"After {self.result.seconds:.0f} s: {OUTCOMES[self.result.status]}{reasons}"
