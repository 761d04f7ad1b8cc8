"""Minimums of one week that are too many together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..errors import count
from ..facts import Person
from ..rules import MUST
from ..rules.stretches import day_span
from .limits import HardLimits
from .plan import Plan


def week_clashes(plan: Plan, limits: HardLimits) -> Iterator[tuple[int, str]]:
    """Yield the first week of each person in which hard rules want more days than they leave, with
    the number of one of the rules.
    """
    for person in plan.facts.people:
        for week in plan.facts.weeks:
            clash = _clash(limits, person, week)
            if clash:
                yield _asking(plan, person, week), clash
                break


def _asking(plan: Plan, person: Person, week: tuple[date, ...]) -> int:
    """Return the number of the first hard rule that wants days of *week* to be worked."""
    for number, rule in enumerate(plan.rules):
        applies = rule.strength == MUST and rule.whom.matches(person)
        if applies and rule.least_days(plan.facts, person.name, week)[1]:
            return number
    return 0


def _clash(limits: HardLimits, person: Person, week: tuple[date, ...]) -> str:
    """Return which shifts are too many together in *week*, nothing if they are not."""
    asked = limits.least_days(person.name, week)
    most = limits.most_days(person.name, week)
    # A single minimum is reported by its own rule.
    if len(asked) < 2 or sum(asked.values()) <= most:
        return ""
    shifts = " and ".join(count(days, f"{sort} shift") for sort, days in asked.items())
    span = day_span(week[0], week[-1])
    return f"{person.name} is to work {shifts} {span}, but can work {count(most, 'day')} at most."
