"""What a roster earns each person, day by day, of what is to be shared fairly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .facts import Facts
from .roster import Duty, Roster

COUNTED = ("weekend", "saturday", "sunday", "holiday", "hours", "burden", "quick-return", "short-notice")
"""What points are counted of besides shifts: codes, families and kinds of them."""

_WEEKDAYS = {"weekend": (5, 6), "saturday": (5,), "sunday": (6,)}


class Earned(NamedTuple):
    """Points of one person on one day."""

    who: str
    day: date
    points: Fraction


def earned(roster: Roster, of: str) -> Iterator[Earned]:
    """Yield the points of *of* that *roster* earns in the horizon; a day may yield several.

    A point is one shift or one day, or 60 paid minutes of ``hours``; ``burden`` weighs each kind as the plan
    has it.
    """
    if of == "burden":
        for kind, weight in roster.facts.burden.by_kind.items():
            yield from (e._replace(points=e.points * weight / 100) for e in earned(roster, kind))
    elif of == "quick-return":
        yield from _quick_returns(roster)
    elif of == "short-notice":
        yield from _short_notice(roster)
    else:
        for duty in roster.duties:
            points = _of_duty(roster.facts, of, duty)
            if points:
                yield Earned(duty.who, duty.day, points)


def _of_duty(facts: Facts, of: str, duty: Duty) -> Fraction:
    if of == "hours":
        return Fraction(duty.shift.paid, 60)
    if of in _WEEKDAYS:
        return Fraction(duty.day.weekday() in _WEEKDAYS[of])
    if of == "holiday":
        return Fraction(facts.holiday(duty.who, duty.day))
    return Fraction(duty.shift.code in facts.select(of))


def _quick_returns(roster: Roster) -> Iterator[Earned]:
    """Yield one for each duty that starts too soon after the one before, on the day it starts."""
    facts = roster.facts
    for person in facts.people:
        duties = roster.timeline(person.name)
        for k, duty in enumerate(duties):
            over = max((before.end for before in duties[max(0, k - 3) : k]), default=None)
            if duty.day < facts.first or over is None:
                continue
            if duty.start - over < facts.burden.quick_return_below:
                yield Earned(duty.who, duty.day, Fraction(1))


def _short_notice(roster: Roster) -> Iterator[Earned]:
    yield from ()
