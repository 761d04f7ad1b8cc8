"""A solver at work: what it finds on its way, and how it is stopped."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

from ortools.sat.python import cp_model

from ..roster import Roster
from .budget import Budget
from .model import Model


class Watch(cp_model.CpSolverSolutionCallback):
    """Hands on each better roster; called by the solver."""

    def __init__(
        self,
        model: Model,
        goal: str,
        budget: Budget,
        on_better: Callable[[Roster, str, int, int], None],
    ) -> None:
        super().__init__()
        self._model, self._goal, self._budget, self._on_better = model, goal, budget, on_better

    def on_solution_callback(self) -> None:
        """Read the roster and pass it on."""
        roster = self._model.read(self.value)
        self._on_better(
            roster, self._goal, round(self.objective_value), rounded_up(self.best_objective_bound)
        )


class stopping:  # noqa: N801  (reads as a word of the with statement)
    """While the solver runs, end its search as soon as *stop* is set, or it has found *enough*."""

    def __init__(
        self,
        solver: cp_model.CpSolver,
        stop: threading.Event,
        enough: Callable[[], bool] = lambda: False,
    ) -> None:
        self._solver, self._stop, self._enough = solver, stop, enough
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.is_set():
            if self._stop.wait(0.02) or self._enough():
                self._solver.stop_search()
                time.sleep(0.02)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def rounded_up(bound: float) -> int:
    """Return the least whole cost not below *bound*; costs are whole."""
    return math.ceil(max(0.0, bound) - 1e-3)
