"""What a stretch of days can be paid in whole shifts, by counting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ...clock import hours
from ...facts import Facts, Person
from ..base import WorkLimits
from ..stretches import by_week, day_span
from .stretch import StretchLimits


def never_enough(
    wanted: StretchLimits, facts: Facts, person: Person, span: tuple[date, date], limits: WorkLimits
) -> str:
    """Return what *person* is to be paid and what they can be, if that is less or no whole shifts
    come to it; else nothing.
    """
    who, weeks = person.name, by_week(facts, *span)
    least = wanted.needed(facts, person, span)
    if least <= 0:
        return ""
    most = sum(limits.most_paid(who, week) for week in weeks)
    days = [day for week in weeks for day in week]
    if len(days) == len(facts.days):
        most = min(most, limits.most_paid(who, facts.days))
    if least > most:
        return f"{hours(least)} or more {day_span(*span)}, but can reach {hours(most)} at most"

    highest = most if wanted.most is None or wanted.average else min(most, wanted.most)
    paid = {facts.shift(code).paid for day in days for code in limits.codes_left(who, day)}
    number = sum(limits.most_days(who, week) for week in weeks)
    below, above = _sums_beside(least, paid, number)
    if above is not None and above <= highest:
        return ""
    reach = hours(below) if above is None else f"{hours(below)} or {hours(above)}"
    return f"{hours(least)} to {hours(highest)} {day_span(*span)}, but shifts come to {reach}"


def _sums_beside(least: int, paid: Collection[int], most: int) -> tuple[int, int | None]:
    """Return the highest sum of *most* shifts or fewer below *least*, and the lowest that reaches
    it, None if none does; *paid* are the minutes of each shift there is.
    """
    sums = {0}
    for _ in range(most):
        # Sums that reach the least already only grow.
        longer = {total + minutes for total in sums if total < least for minutes in paid}
        if longer <= sums:
            break
        sums |= longer
    below = max(total for total in sums if total < least)
    reaching = [total for total in sums if total >= least]
    return below, min(reaching, default=None)
