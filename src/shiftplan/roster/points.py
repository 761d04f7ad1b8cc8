"""What a roster earns each person, day by day, of what is to be shared fairly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ..facts import Facts
from .roster import Assignment, Roster

COUNTED = (
    "weekend",
    "saturday",
    "sunday",
    "holiday",
    "hours",
    "burden",
    "quick-return",
    "short-notice",
)
"""What points are counted of besides shifts: codes, families and kinds of them."""

_WEEKDAYS = {"weekend": (5, 6), "saturday": (5,), "sunday": (6,)}


class EarnedPoints(NamedTuple):
    """Points of one person on one day."""

    who: str
    day: date
    points: Fraction


class PointsAndShare(NamedTuple):
    """What a person has earned and what a fair share of it is, in points."""

    points: Fraction
    share: Fraction


def earned(roster: Roster, of: str) -> Iterator[EarnedPoints]:
    """Yield the points of *of* that *roster* earns in the horizon; a day may yield several.

    A point is one shift or one day, or 60 paid minutes of ``hours``; ``burden`` weighs each kind as
    the plan has it.
    """
    if of == "burden":
        for kind, weight in roster.facts.burden.by_kind.items():
            for found in earned(roster, kind):
                yield found._replace(points=found.points * weight / 100)
    elif of == "quick-return":
        yield from _quick_returns(roster)
    elif of == "short-notice":
        yield from _short_notice(roster)
    else:
        for assignment in roster.assignments:
            points = _of_assignment(roster.facts, of, assignment)
            if points:
                yield EarnedPoints(assignment.who, assignment.day, points)


def _of_assignment(facts: Facts, of: str, assignment: Assignment) -> Fraction:
    if of == "hours":
        return Fraction(assignment.shift.paid, 60)
    if of in _WEEKDAYS:
        return Fraction(assignment.day.weekday() in _WEEKDAYS[of])
    if of == "holiday":
        return Fraction(facts.holiday(assignment.who, assignment.day))
    return Fraction(assignment.shift.code in facts.select(of))


def _quick_returns(roster: Roster) -> Iterator[EarnedPoints]:
    """Yield one for each assignment that starts too soon after another, on the day it starts."""
    facts = roster.facts
    for person in facts.people:
        assignments = roster.timeline(person.name)
        for k, assignment in enumerate(assignments):
            before = assignments[max(0, k - 3) : k]
            if assignment.day < facts.first or not before:
                continue
            rest = assignment.start - max(earlier.end for earlier in before)
            if rest < facts.burden.quick_return_below:
                yield EarnedPoints(assignment.who, assignment.day, Fraction(1))


def _short_notice(roster: Roster) -> Iterator[EarnedPoints]:
    """Yield one for each day changed after publication, too late to plan by; never one of leave."""
    facts, published = roster.facts, roster.facts.published
    if published is None or facts.as_of is None:
        return
    for person in facts.people:
        who = person.name
        if not published.names(who):
            continue
        for day in facts.days:
            late = (day - facts.as_of).days < facts.burden.notice_days
            if not late or not facts.due(who, day):
                continue
            if roster.at(who, day) != published.at(who, day):
                yield EarnedPoints(who, day, Fraction(1))


def shared(
    facts: Facts,
    of: str,
    points: Mapping[str, Fraction],
    people: Collection[str],
    covers: Callable[[date], bool],
) -> dict[str, PointsAndShare]:
    """Return what each of *people* has earned and should have of all they have earned together.

    Shares go by contract and by the days *covers* on which a person can work a shift that counts.
    Who has no such day has no share and is left out.
    """
    days = [day for day in facts.days if covers(day)]
    weights: dict[str, int] = {}
    for who in people:
        weight = facts.share(who) * sum(_counts(facts, of, who, day) for day in days)
        if weight:
            weights[who] = weight
    everyone = sum(weights.values())
    earned_by = {who: points.get(who, Fraction(0)) for who in weights}
    everything = sum(earned_by.values(), Fraction(0))
    return {
        who: PointsAndShare(earned_by[who], everything * Fraction(weight, everyone))
        for who, weight in weights.items()
    }


def _counts(facts: Facts, of: str, who: str, day: date) -> bool:
    """Say whether *who* can work a shift on *day* that earns points of *of* by itself."""
    if of == "burden":
        # What goes by two assignments, or by what was published, no shift earns by itself.
        kinds = set(facts.burden.by_kind) - {"quick-return", "short-notice"}
        return any(_counts(facts, kind, who, day) for kind in kinds)
    if of in _WEEKDAYS and day.weekday() not in _WEEKDAYS[of]:
        return False
    if of == "holiday" and not facts.holiday(who, day):
        return False
    return facts.able(who, day, None if of in COUNTED else facts.select(of))
