"""The search under way: started, stopped, and what is known of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from textual.message import Message

from ..errors import ShiftplanError
from ..plan import Plan
from ..plan.result import Progress, Result
from ..roster import Roster
from ..session.search import solve_from
from .messages import Progressed, Solved

Post = Callable[[Message], object]
"""Sends a message to the application; may be called on any thread."""

OUTCOMES = {
    "optimal": "proven best",
    "feasible": "the best found in the time given",
    "infeasible": "there is no roster that keeps every hard rule",
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
    """One search at a time, on a thread of its own; what it finds changes nothing until adopted."""

    def __init__(self, post: Post) -> None:
        self._post: Post = post
        self._stop: threading.Event = threading.Event()
        self.running: bool = False
        self.begun: float = 0.0
        self.seconds: float = 60.0
        self.goals: dict[str, GoalProgress] = {}
        self.best: Roster | None = None
        """The best roster found so far."""
        self.result: Result | None = None
        self.trouble: str = ""
        self.news: int = 0
        """Grows with everything that becomes known."""

    def start(self, plan: Plan, roster: Roster, seconds: float, workers: int, seed: int) -> None:
        """Search for *seconds*, from *roster* on."""
        # Each search has its own event: a thread that still winds down keeps the one it was given.
        self._stop = stop = threading.Event()
        self.running, self.begun, self.seconds = True, time.monotonic(), seconds
        self.goals, self.best, self.result, self.trouble = {}, None, None, ""

        def report(progress: Progress) -> None:
            self._post(Progressed(progress))

        def run() -> None:
            try:
                result = solve_from(plan, roster, seconds, report, stop, seed=seed, workers=workers)
            except ShiftplanError as error:
                self._post(Solved(None, str(error)))
            else:
                self._post(Solved(result))

        # A daemon: whoever quits does not wait for the solver to notice.
        threading.Thread(target=run, daemon=True, name="search").start()

    def stop(self) -> None:
        """End the search; the best roster so far is kept."""
        self._stop.set()

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.begun

    def follow(self, progress: Progress) -> None:
        """Take in news."""
        if not self.running:
            return  # news that comes after the end belongs to no search
        goal = self.goals.setdefault(progress.goal, GoalProgress(progress.goal))
        if progress.cost is not None:
            goal.cost = progress.cost
            goal.trail.append(progress.cost)
        # News without a bound does not take back the one that was proven.
        if progress.bound is not None:
            goal.bound = progress.bound
        self.best = progress.roster or self.best
        self.news += 1

    def finish(self, result: Result | None, trouble: str) -> None:
        """Take in the end."""
        self.running, self.result, self.trouble = False, result, trouble
        if result is not None:
            self.best = result.roster or self.best
            for known in result.goals:
                goal = self.goals.setdefault(known.name, GoalProgress(known.name))
                goal.cost, goal.bound = known.cost, known.bound
        self.news += 1

    @property
    def outcome(self) -> str:
        """How it ended, in a sentence."""
        if self.trouble:
            return self.trouble
        if self.result is None:
            return "Nothing was searched yet."
        after = f"{self.result.seconds:.0f} s"
        if self.result.stopped == "request":
            kept = "the best roster so far is kept" if self.best else "no roster had been found"
            return f"Stopped after {after}: {kept}."
        reasons = f": {' '.join(self.result.reasons)}" if self.result.reasons else "."
        return f"After {after}: {OUTCOMES[self.result.status]}{reasons}"
