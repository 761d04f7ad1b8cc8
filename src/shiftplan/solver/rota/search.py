"""Cyclic rotas: a connected circulation through the legal days, or the proof that there is none."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from ortools.sat.python import cp_model

from ...rota import Rota, Rotas, RotaWish, problems
from ..budget import WORK_PER_SECOND
from .counting import shortfalls
from .flow import Circulation, Flow, Linear, circuit, components
from .graph import graphs

NO_ROTA = "No rota exists: no order of days keeps all the rules and gives every weekday its heads."


def find_rotas(
    wish: RotaWish, *, alternatives: int = 1, seconds: float = 60, seed: int = 0, workers: int = 1
) -> Rotas:
    """Return up to *alternatives* different rotas for *wish*, or the proof that there is none.

    With more than one, each of the first is best in one quality: most weekends off together, fewest
    steps backward, most steps forward, shortest longest run; the others differ from all before.
    Rotas that are one circle begun in different rows count as one.
    """
    reasons = tuple(shortfalls(wish))
    if reasons:
        return Rotas("impossible", reason=" ".join(reasons))
    return _Search(wish, seconds, seed, workers).run(alternatives)


Quality = Callable[[Circulation], Linear]

_GOALS: tuple[Quality, ...] = (
    lambda model: model.weekends_off(),
    lambda model: -model.steps(forward=False),
    lambda model: model.steps(forward=True),
    lambda model: -model.longest_run(),
)
"""What the first of several rotas are best in."""


class _Search:
    """One search: the circulations still open, the flows found, and what is left of the time."""

    def __init__(self, wish: RotaWish, seconds: float, seed: int, workers: int) -> None:
        self.wish, self.seed, self.workers = wish, seed, workers
        self.until = time.monotonic() + seconds
        self.work = seconds * WORK_PER_SECOND
        self.models = [Circulation(wish, arcs) for arcs in graphs(wish)]

    def run(self, alternatives: int) -> Rotas:
        """Find rotas, one after another; a goal in which all rotas are alike is passed over."""
        found: list[Rota] = []
        goals = [
            g
            for g in _GOALS
            if alternatives > 1 and any(not isinstance(g(m), int) for m in self.models)
        ]
        for goal in (*goals, *[None] * alternatives):
            if len(found) == alternatives or not self.models or time.monotonic() > self.until:
                break
            best = self._best(goal, alternatives - len(found))
            if best is not None:
                model, flow = best
                found.append(circuit(flow))
                model.forbid(flow, 1)
        if found:
            wrong = [text for rota in found for text in problems(rota, self.wish)]
            if wrong:
                raise RuntimeError(f"the search made a rota with {wrong[0]}")
            return Rotas("found", tuple(found), complete=not self.models)
        if self.models:
            return Rotas("unknown")
        return Rotas("impossible", reason=NO_ROTA)

    def _best(self, goal: Quality | None, still: int) -> tuple[Circulation, Flow] | None:
        """Return the best flow any part has, or the first if there is no goal.

        A goal's share of the time is counted in work done, so that what is found does not hang on
        the clock.
        """
        best: tuple[int, Circulation, Flow] | None = None
        share = self.work / (still + 1) if goal else math.inf
        for model in tuple(self.models):
            model.cp.maximize(goal(model) if goal else 0)
            value, flow = self._connected(model, share)
            if flow is not None and (best is None or value > best[0]):
                best = value, model, flow
            if flow is not None and not goal:
                break
        return best and best[1:]

    def _connected(self, model: Circulation, work: float) -> tuple[int, Flow | None]:
        """Return a connected flow and its worth, or none in so much *work*.

        A part that is proven to have none is taken off the list.
        """
        while work > 0:
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = self.workers
            solver.parameters.random_seed = self.seed
            solver.parameters.max_time_in_seconds = max(0.01, self.until - time.monotonic())
            solver.parameters.max_deterministic_time = work
            status = solver.solve(model.cp)
            spent = solver.response_proto.deterministic_time
            work, self.work = work - spent, max(0.0, self.work - spent)
            if status == cp_model.INFEASIBLE:
                self.models.remove(model)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return 0, None
            flow = {arc: n for arc, use in model.uses.items() if (n := solver.value(use))}
            parts = components(flow)
            if len(parts) == 1:
                return round(solver.objective_value), flow
            model.connect(flow, parts)
        return 0, None
