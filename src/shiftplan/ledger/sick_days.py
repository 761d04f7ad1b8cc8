"""Sick days of one roster: what the year begins with, what is used, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import floor

from ..facts import LeavePolicy
from ..facts.leave_policy import exact
from .account_period import AccountPeriod
from .entry import LedgerEntry


def sick_day_lines(period: AccountPeriod, policy: LeavePolicy) -> Iterator[LedgerEntry]:
    """Yield what is granted, used, and lost when the year ends."""
    amount = floor(exact(policy.sick_days) * period.full_day * Fraction(period.share, 100))
    lots = period.start()
    for day in period.days(lots):
        if _granted_on(period, day):
            year_ends = date(day.year, 12, 31)
            lots.add(year_ends, amount)
            reason = f"{policy.sick_days:g} sick days for {day.year}"
            yield period.line(day, "earn", amount, reason, year_ends)
        if used := period.used.get(day):
            yield period.use(lots, day, used, "sick")
        yield from period.expire(lots, day, "expire")


def _granted_on(period: AccountPeriod, day: date) -> bool:
    """Say whether the year's sick days are given on *day*.

    That is 1 January, the first day of service, or the first day there is a ledger.
    """
    if not period.person.employed(day):
        return False
    if (day.month, day.day) == (1, 1) or day == period.person.start_date:
        return True
    return day == period.facts.first and not _granted_before(period, day.year)


def _granted_before(period: AccountPeriod, year: int) -> bool:
    """Say whether the sick days of *year* are on record."""
    granted = (line for line in period.before if line.event in ("earn", "carry"))
    return any(line.day.year == year for line in granted)
