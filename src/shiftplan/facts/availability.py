"""Whether a shift suits the times a person can work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..clock import WEEKDAYS, resolve
from .people import Availability

if TYPE_CHECKING:
    from .facts import Facts


def suits(facts: Facts, person: str, code: str, day: date) -> bool:
    """Say whether shift *code* of *day* keeps to every row of *person*, as the rule ``available``
    has it.
    """
    rows = facts.availability_of(person)
    start, end = facts.span(person, code, day)
    only = False
    allowed = False
    for row in rows:
        if row.can == "never":
            if row.start is None and _begins(row, day):
                return False
            near = (day + timedelta(days=k) for k in range(-2, 4))
            if any(begin < end and start < until for begin, until in _hours(facts, row, near)):
                return False
        elif row.applies(day):
            only = True
            near = (day - timedelta(days=k) for k in (0, 1))
            held = any(begin <= start and end <= until for begin, until in _hours(facts, row, near))
            allowed |= held or (row.start is None and _begins(row, day))
    return allowed or not only


def _begins(row: Availability, day: date) -> bool:
    return row.applies(day) and (not row.weekdays or WEEKDAYS[day.weekday()] in row.weekdays)


def _hours(facts: Facts, row: Availability, days: Iterable[date]) -> Iterator[tuple[int, int]]:
    """Yield the hours of *row*, if it has any, that begin on *days* and are not skipped by the
    clocks.
    """
    if row.start is None or row.end is None:
        return
    tz, nights = facts.tz(row.person), timedelta(days=int(row.end <= row.start))
    for day in days:
        if _begins(row, day):
            begin, until = (
                resolve(day, row.start, tz).instant,
                resolve(day + nights, row.end, tz).instant,
            )
            if begin < until:
                yield begin, until
