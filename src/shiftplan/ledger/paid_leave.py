"""Paid leave of one roster: what is used day by day, and what is earned week by week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from ..clock import hours
from ..facts import LeavePolicy
from ..facts.leave_policy import exact
from .account_period import AccountPeriod
from .accrual import minutes, years_of_service
from .entry import LedgerEntry


def paid_leave_lines(period: AccountPeriod, policy: LeavePolicy) -> Iterator[LedgerEntry]:
    """Yield what is used and what is earned, up to the cap."""
    lots = period.start()
    earned, capped = 0, False
    for day in period.days(lots):
        if used := period.used.get(day):
            yield period.use(lots, day, used, "paid leave")

        gain = minutes(policy, period.person, period.share, day, day)
        credited = min(gain, _room(period, policy, day, lots.total, gain))
        lots.add(None, credited)
        earned += credited
        capped = capped or credited < gain

        if _ends_week(period, day):
            if earned or capped:
                yield period.line(day, "earn", earned, _reason(period, policy, day, capped))
            earned, capped = 0, False


def _room(period: AccountPeriod, policy: LeavePolicy, day: date, balance: int, gain: int) -> int:
    """Return the minutes that *day* can earn at that *balance*; *gain* if there is no cap."""
    if policy.pto_cap is None:
        return gain
    # Leave above the cap, such as an opening balance, is not taken away.
    return max(0, _cap(period, policy, day) - balance)


def _cap(period: AccountPeriod, policy: LeavePolicy, day: date) -> int:
    """Return the minutes at which accrual stops, by tenure on *day*."""
    times = exact(policy.pto_cap or 0)
    full_time = times * _rate(period, policy, day) * period.full_day
    return floor(full_time * Fraction(period.share, 100))


def _rate(period: AccountPeriod, policy: LeavePolicy, day: date) -> Fraction:
    return policy.rate(years_of_service(period.person.start_date, day))


def _ends_week(period: AccountPeriod, day: date) -> bool:
    days = (day + timedelta(days=1) - period.facts.first).days
    return days % 7 == 0 or day == period.facts.last


def _reason(period: AccountPeriod, policy: LeavePolicy, day: date, capped: bool) -> str:
    days = float(_rate(period, policy, day) * period.share / 100)
    text = f"a week at {days:g} days a year"
    if capped:
        text += f"; accrual stops at {hours(_cap(period, policy, day))}"
    return text
