"""Days on and off that no order of them can keep: rules about runs, weeks and weekends together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple, TypeAlias

from ..clock import WEEKDAYS
from ..facts import Facts, Person
from ..rules import MUST, Rule
from ..rules.days_off import DaysOff
from ..rules.off_run import OffRun
from ..rules.shift_count import ShiftCount
from ..rules.weekends import Weekends
from ..rules.work_run import WorkRun
from .plan import Plan
from .unread import several

KINDS = (DaysOff, WorkRun, OffRun, ShiftCount, Weekends)

LONGEST = 31
"""Days of a run from which on nobody counts any further."""


@dataclass(frozen=True)
class PatternLimits:
    """What rules ask of the days of one person, whichever shifts are worked on them."""

    week: tuple[int, int] = (0, 7)
    """The fewest and the most days worked in each week."""
    run: tuple[int, int] = (1, LONGEST)
    """The fewest and the most days worked in a row."""
    off: tuple[int, int] = (1, LONGEST)
    """The fewest and the most days off in a row."""
    weekends: int = 53
    """The most weekends worked."""


Possible: TypeAlias = Callable[[PatternLimits], bool]
"""Whether any days on and off keep limits."""


class DaysSoFar(NamedTuple):
    """Where one is after some days: what decides which days may follow."""

    working: bool
    length: int
    """Days of the run that goes on."""
    begun: bool
    """Whether the run is known to have begun inside the horizon."""
    worked: int
    """Days worked in the week so far."""
    weekends: int
    saturday: bool
    """Whether the Saturday just before was worked."""


def pattern_clashes(plan: Plan) -> Iterator[tuple[int, str]]:
    """Yield, once for all people it concerns, the hard rules that no days on and off can keep, and
    the number of the first of them.

    Looked at are people under contract and without leave on all days. What came before the first
    day and what comes after the last is taken to be as it suits.
    """
    found: dict[tuple[int, ...], list[str]] = {}
    possible = cache(lambda limits: _possible(plan.facts, limits))
    for person in plan.facts.people:
        if not all(plan.facts.due(person.name, day) for day in plan.facts.days):
            continue
        numbers = _clash(plan, person, possible)
        if numbers:
            found.setdefault(numbers, []).append(person.name)
    for numbers, names in found.items():
        clash = " ".join(plan.rules[number].sentence() for number in numbers)
        yield numbers[0], f"No roster suits {several(names)}: these hard rules clash. {clash}"


def _clash(plan: Plan, person: Person, possible: Possible) -> tuple[int, ...]:
    """Return the numbers of rules that clash, none of which is needless; nothing if none do."""
    kept = []
    for number, rule in enumerate(plan.rules):
        looked_at = isinstance(rule, KINDS) and rule.strength == MUST and not rule.whom.dated
        if looked_at and rule.whom.matches(person):
            kept.append(number)
    if possible(_limits(plan, kept)):
        return ()
    for number in tuple(kept):
        fewer = [other for other in kept if other != number]
        if not possible(_limits(plan, fewer)):
            kept = fewer
    return tuple(kept)


def _limits(plan: Plan, numbers: Sequence[int]) -> PatternLimits:
    """Return what the rules with these *numbers* ask for together."""
    limits = PatternLimits()
    for number in numbers:
        limits = _tightened(limits, plan.rules[number])
    return limits


def _tightened(limits: PatternLimits, rule: Rule) -> PatternLimits:
    """Return *limits* with what *rule* asks of days."""
    week, run, off, weekends = limits.week, limits.run, limits.off, limits.weekends
    match rule:
        case DaysOff():
            exact = rule.count == "exactly" and not rule.lieu
            to_work = 7 - rule.per_week
            week = _both(week, to_work if exact else 0, to_work)
        case ShiftCount() if rule.of == "any" and rule.per != "horizon" and not rule.days:
            week = _both(week, rule.min, 7 if rule.max is None else rule.max)
        case WorkRun():
            run = _both(run, rule.min, rule.max or LONGEST)
        case OffRun():
            off = _both(off, rule.min, rule.max or LONGEST)
        case Weekends() if rule.max is not None:
            weekends = min(weekends, rule.max)
    return PatternLimits(week, run, off, weekends)


def _both(limits: tuple[int, int], least: int, most: int) -> tuple[int, int]:
    return max(limits[0], least), min(limits[1], most)


def _possible(facts: Facts, limits: PatternLimits) -> bool:
    """Say whether any days on and off keep *limits*."""
    reached = {DaysSoFar(False, 0, False, 0, 0, False), DaysSoFar(True, 0, False, 0, 0, False)}
    for number, day in enumerate(facts.days):
        after = {_next(before, works, day, limits) for before in reached for works in (True, False)}
        reached = {days for days in after if days is not None}
        if number % 7 == 6:
            least, most = limits.week
            kept = (days for days in reached if least <= days.worked <= most)
            reached = {days._replace(worked=0) for days in kept}
    return bool(reached)


def _next(before: DaysSoFar, works: bool, day: date, limits: PatternLimits) -> DaysSoFar | None:
    """Return where one is after *day*, None if the limits are broken on it."""
    if works == before.working:
        length, begun = before.length + 1, before.begun
    else:
        least = (limits.run if before.working else limits.off)[0]
        # A run that may have begun before the first day is never too short.
        if before.begun and before.length < least:
            return None
        length, begun = 1, before.length > 0
    most = (limits.run if works else limits.off)[1]
    if length > most and most < LONGEST:
        return None
    # The weekend of a Sunday on the first day may belong to the period before.
    ended = before.length > 0 and _is_worked_weekend(before, works, day)
    weekends = before.weekends + ended
    if weekends > limits.weekends:
        return None
    saturday = works and WEEKDAYS[day.weekday()] == "saturday"
    # A longer run decides nothing that one of so many days does not.
    return DaysSoFar(works, min(length, LONGEST), begun, before.worked + works, weekends, saturday)


def _is_worked_weekend(before: DaysSoFar, works: bool, day: date) -> bool:
    """Say whether *day* is the Sunday of a weekend of which a day is worked."""
    return WEEKDAYS[day.weekday()] == "sunday" and (works or before.saturday)
