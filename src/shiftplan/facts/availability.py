"""Whether a shift suits the times a person can work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ..clock import WEEKDAYS, resolve
from .given import GivenFacts
from .people import Availability


def suits(facts: GivenFacts, person: str, code: str, day: date) -> bool:
    """Say whether shift *code* of *day* keeps to every row of *person*.

    It is what the rule ``available`` checks.
    """
    rows = facts.available(person)
    if not rows:
        return True
    start, end = facts.span(person, code, day)
    only = False
    allowed = False
    for row in rows:
        if row.can == "never":
            if _rules_out(facts, row, day, start, end):
                return False
        elif row.applies(day):
            only = True
            allowed = allowed or _allows(facts, row, day, start, end)
    return allowed or not only


def _rules_out(facts: GivenFacts, row: Availability, day: date, start: int, end: int) -> bool:
    """Say whether *row*, which says never, forbids the shift of *day* from *start* to *end*."""
    if row.start is None:
        return _begins(row, day)
    # A shift lasts a day and a half at most, and hours may begin on the evening before theirs.
    near = (day + timedelta(days=k) for k in range(-2, 4))
    return any(begin < end and start < until for begin, until in _hours(facts, row, near))


def _allows(facts: GivenFacts, row: Availability, day: date, start: int, end: int) -> bool:
    """Say whether *row*, which says only, leaves room for the shift of *day* as a whole."""
    if row.start is None:
        return _begins(row, day)
    # Hours that began the evening before can hold a shift that starts after midnight.
    near = (day, day - timedelta(days=1))
    return any(begin <= start and end <= until for begin, until in _hours(facts, row, near))


def _begins(row: Availability, day: date) -> bool:
    return row.applies(day) and (not row.weekdays or WEEKDAYS[day.weekday()] in row.weekdays)


def _hours(facts: GivenFacts, row: Availability, days: Iterable[date]) -> Iterator[tuple[int, int]]:
    """Yield the hours of *row*, if it has any, that begin on *days*."""
    if row.start is None or row.end is None:
        return
    tz = facts.tz(row.person)
    nights = timedelta(days=int(row.end <= row.start))
    for day in days:
        if not _begins(row, day):
            continue
        begin = resolve(day, row.start, tz).instant
        until = resolve(day + nights, row.end, tz).instant
        if begin < until:  # else the clocks skip them
            yield begin, until
