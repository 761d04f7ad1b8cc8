"""A search that goes on from the roster on the screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from ..plan import Plan
from ..plan.result import Progress, Result
from ..roster import Roster


def solve_from(
    plan: Plan,
    roster: Roster,
    seconds: float,
    tell: Callable[[Progress], object] = lambda _: None,
    stop: threading.Event | None = None,
    *,
    seed: int = 0,
    workers: int = 2,
) -> Result:
    """Search from *roster* with its pins fixed, in a process of its own that ends with this one.

    Rosters found have the pins *roster* has. Blocks, so run it on a thread.
    """
    from ..solver.process import solve

    def pinned(found: Roster | None) -> Roster | None:
        return found and Roster(plan.facts, found.cells, roster.pinned)

    def tell_pinned(progress: Progress) -> object:
        return tell(replace(progress, roster=pinned(progress.roster)))

    result = solve(
        plan.holding(roster),
        seconds=seconds,
        seed=seed,
        workers=workers,
        start=roster if roster.cells else None,
        tell=tell_pinned,
        stop=stop,
        polite=True,
    )
    return replace(result, roster=pinned(result.roster))
