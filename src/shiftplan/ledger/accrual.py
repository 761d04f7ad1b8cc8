"""Paid leave earned day by day, in exact fractions: what any days earn adds up, however they are
cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import floor

from ..facts import LeavePolicy, Person

_ONE = timedelta(days=1)
_LONG_AGO = date(1990, 1, 1)
"""Where counting begins for somebody whose first day is not known."""


def anniversary(hired: date, years: int) -> date:
    """Return the day on which *years* of service are full; for 29 February, else 1 March."""
    year = hired.year + years
    if (hired.month, hired.day) == (2, 29) and not _leap(year):
        return date(year, 3, 1)
    return hired.replace(year=year)


def years_of_service(hired: date | None, day: date) -> int:
    """Return the full years of service on *day*; none where the first day is not known."""
    if hired is None or day < hired:
        return 0
    years = day.year - hired.year
    return years if anniversary(hired, years) <= day else years - 1


def accrued(policy: LeavePolicy, hired: date | None, first: date, last: date) -> Fraction:
    """Return the days of paid leave earned from *first* to *last*, both included, by full-time
    work.

    Each day earns the year's days, by tenure on that day, over the days of its calendar year.
    """
    total = Fraction(0)
    for begin, days in _stretches(policy, hired, max(first, hired or first), last):
        year = 366 if _leap(begin.year) else 365
        total += policy.rate(years_of_service(hired, begin)) * days / year
    return total


def _stretches(
    policy: LeavePolicy, hired: date | None, first: date, last: date
) -> Iterator[tuple[date, int]]:
    """Yield the first day and the length of each stretch in one calendar year and at one tenure."""
    rungs = [anniversary(hired, since) for since, _ in policy.pto] if hired else []
    while first <= last:
        ends = [date(first.year + 1, 1, 1), last + _ONE, *(day for day in rungs if day > first)]
        end = min(ends)
        yield first, (end - first).days
        first = end


def minutes(policy: LeavePolicy, person: Person, share: int, first: date, last: date) -> int:
    """Return the whole minutes of paid leave *person* earns from *first* to *last*.

    *share* is per cent of full time. The minutes are the difference of two running totals, each
    rounded down, so that none is lost or made by where a span is cut.
    """
    start = max(first, person.start_date or first)
    end = min(last, person.end_date or last)
    if start > end:
        return 0
    return _total(policy, person, share, end) - _total(policy, person, share, start - _ONE)


def _total(policy: LeavePolicy, person: Person, share: int, last: date) -> int:
    since = person.start_date or _LONG_AGO
    years = _before(policy, person.start_date, since, last.year)
    days = years + accrued(policy, person.start_date, max(since, date(last.year, 1, 1)), last)
    return floor(days * policy.day * Fraction(share, 100))


@lru_cache(maxsize=4096)
def _before(policy: LeavePolicy, hired: date | None, since: date, year: int) -> Fraction:
    """Return the days of paid leave earned from *since* to the end of the year before *year*."""
    return accrued(policy, hired, since, date(year - 1, 12, 31))


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
