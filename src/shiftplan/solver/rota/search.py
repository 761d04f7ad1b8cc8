"""Cyclic rotas: a connected circulation through the legal days, or the proof that there is none."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from ...rota import Rota, Rotas, RotaWish, problems
from ..budget import WORK_PER_SECOND
from .counting import shortfalls
from .flow import Circulation, Flow, Linear, circuit, components
from .graph import graphs

NO_ROTA = "No rota exists: no order of days keeps all the rules and gives every weekday its staff."


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

_QUALITIES: tuple[Quality, ...] = (
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
        """Find rotas, one after another, until there are enough, no others, or no time is left."""
        found: list[Rota] = []
        qualities = self._telling() if alternatives > 1 else []
        for quality in (*qualities, *[None] * alternatives):
            if len(found) == alternatives or not self.models or time.monotonic() > self.until:
                break
            best = self._best(quality, alternatives - len(found))
            if best is not None:
                model, flow = best
                found.append(circuit(flow))
                model.forbid(flow, 1)
        if found:
            return self._checked(found)
        if self.models:
            return Rotas("unknown")
        return Rotas("impossible", reason=NO_ROTA)

    def _telling(self) -> list[Quality]:
        """Return the qualities that tell rotas apart: in others all of them are alike."""
        return [
            quality
            for quality in _QUALITIES
            if any(not isinstance(quality(model), int) for model in self.models)
        ]

    def _checked(self, found: Sequence[Rota]) -> Rotas:
        """Return what was *found*, once the plain check has nothing to say against it."""
        for rota in found:
            wrong = next(problems(rota, self.wish), None)
            if wrong:
                raise RuntimeError(f"the search made a rota with {wrong}")
        return Rotas("found", tuple(found), complete=not self.models)

    def _best(self, quality: Quality | None, still: int) -> tuple[Circulation, Flow] | None:
        """Return the flow of any part that is best in *quality*, or the first if there is none.

        A quality's share of the time is counted in work done, so that what is found does not hang
        on the clock.
        """
        best: tuple[int, Circulation, Flow] | None = None
        share = self.work / (still + 1) if quality else math.inf
        for model in tuple(self.models):
            model.cp.maximize(quality(model) if quality else 0)
            value, flow = self._connected(model, share)
            if flow is None:
                continue
            if best is None or value > best[0]:
                best = value, model, flow
            if quality is None:
                break
        return best and best[1:]

    def _connected(self, model: Circulation, work: float) -> tuple[int, Flow | None]:
        """Return a connected flow and its worth, or none in so much *work*.

        A part that is proven to have none is taken off the list.
        """
        while work > 0:
            solver = self._solver(work)
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

    def _solver(self, work: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = self.seed
        solver.parameters.max_time_in_seconds = max(0.01, self.until - time.monotonic())
        solver.parameters.max_deterministic_time = work
        return solver
