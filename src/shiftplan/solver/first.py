"""The first roster: a start repaired where it breaks hard rules, or one found from nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ..facts import Cell
from ..plan import Plan
from ..roster import Roster
from .state import SearchState

NEAR = 3
"""Days before and after a breach that are decided anew for everybody, at the second attempt."""


def take_start(state: SearchState, start: Roster, goal: str) -> bool:
    """Make *start* the best roster, or what repairs it; say whether it keeps the hard rules itself.

    A repair costs as little of *goal* as it can. Where none is found, *start* is a hint all the
    same: it is nearly right.
    """
    if state.settle(start):
        state.best = start
        return True
    repair(state, start, goal)
    if state.best is None:
        state.model.hint(start)
    return False


def repair(state: SearchState, start: Roster, goal: str) -> None:
    """Decide anew what hard rules are broken by in *start*, then more and more around it."""
    model = state.model
    for cells in _around(state.plan, start):
        if state.best is not None or state.ended():
            return
        model.cp.minimize(model.goal(goal))
        part = model.cp.clone()
        model.fix(start, cells, part)
        state.decide(goal, part, state.budget.share(2))


def _around(plan: Plan, start: Roster) -> Iterator[frozenset[Cell]]:
    """Yield the cells to be decided anew: the people concerned, then everybody near the dates."""
    breaches = [finding.breach for finding in plan.judge(start).hard_breaches]
    everybody = [person.name for person in plan.facts.people]
    named = {breach.who for breach in breaches if breach.who is not None}
    # A rule about people together may be kept by a change of any of them.
    together = [breach.day for breach in breaches if breach.who is None]
    own = frozenset((who, day) for who in named for day in plan.facts.days)
    yield own | _all_of(everybody, _near(plan, together, 0))
    yield own | _all_of(everybody, _near(plan, [breach.day for breach in breaches], NEAR))


def _near(plan: Plan, dates: Iterable[date | None], reach: int) -> set[date]:
    """Return the days of the horizon within *reach* of *dates*, where None stands for all days."""
    days = plan.facts.days
    found: set[date] = set()
    for day in dates:
        if day is None:
            return set(days)
        found.update(day + timedelta(days=k) for k in range(-reach, reach + 1))
    return found.intersection(days)


def _all_of(people: Iterable[str], days: Iterable[date]) -> frozenset[Cell]:
    dates = tuple(days)
    return frozenset((who, day) for who in people for day in dates)
