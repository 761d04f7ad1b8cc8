"""Days in lieu of one roster: what holidays earn, what is taken for them, and what is too late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..facts.lieu import credit, deadline, spare, terms
from ..facts.lieu_days import Spare
from ..rules.lieu import Lieu
from .account_period import AccountPeriod
from .entry import LedgerEntry
from .lots import Lots


def lieu_lines(period: AccountPeriod, rule: Lieu | None) -> Iterator[LedgerEntry]:
    """Yield what holidays earn, the days off and of leave taken for them, and what is too late."""
    unmet = terms(period.facts, period.who).unmet
    extra = _ExtraDaysOff(_spare_weeks(period, rule) if rule else [])
    lots = period.start()
    for day in period.days(lots):
        yield from _earned(period, lots, day)
        yield from _taken(period, lots, day, extra)
        yield from period.expire(lots, day, unmet)


class _ExtraDaysOff:
    """Days off beyond those usual in a week: each is in lieu of what is owed by then."""

    def __init__(self, weeks: Sequence[Spare]) -> None:
        self._left = [week.most for week in weeks]
        self._week_of: dict[date, int] = {}
        for k, week in enumerate(weeks):
            self._week_of.update(dict.fromkeys(week.days, k))

    def has(self, day: date) -> bool:
        """Say whether *day* can be one."""
        week = self._week_of.get(day)
        return week is not None and self._left[week] > 0

    def take(self, day: date) -> None:
        """Let *day* be one."""
        self._left[self._week_of[day]] -= 1


def _spare_weeks(period: AccountPeriod, rule: Lieu) -> list[Spare]:
    """Return the days off of each week, leave apart, and how many there are beyond the usual."""
    found: list[Spare] = []
    for week in period.facts.weeks:
        days, most = spare(period.facts, period.who, week, rule.days_off, period.roster.works)
        off = tuple(day for day in days if not period.facts.lieu_leave(period.who, day))
        found.append(Spare(off, most - (len(days) - len(off))))
    return found


def _earned(period: AccountPeriod, lots: Lots, day: date) -> Iterator[LedgerEntry]:
    """Yield what *day* earns, if it is a holiday that does."""
    minutes = _minutes_earned(period, day)
    if minutes:
        expires = deadline(period.facts, period.who, day)
        lots.add(expires, minutes)
        name = period.facts.holiday_name(period.who, day)
        how = "worked" if _credits(period, day) else "on a day off"
        yield period.line(day, "earn", minutes, f"{name} {how}, on top of pay", expires)


def _taken(
    period: AccountPeriod, lots: Lots, day: date, extra: _ExtraDaysOff
) -> Iterator[LedgerEntry]:
    """Yield the day of leave or the extra day off that is taken on *day*, if any."""
    if used := period.used.get(day):
        yield period.use(lots, day, used, "leave in lieu")
    elif extra.has(day):
        # With nothing left that can be used on it, the day off stays free for a later holiday.
        minutes = min(period.full_day, lots.next(day))
        if minutes:
            extra.take(day)
            yield period.use(lots, day, minutes, "an extra day off")


def _minutes_earned(period: AccountPeriod, day: date) -> int:
    """Return the minutes *day* earns, which is nothing unless it is a holiday."""
    facts, who = period.facts, period.who
    if not (facts.holiday(who, day) and period.person.employed(day)):
        return 0
    conditions = terms(facts, who)
    credited = _credits(period, day)
    if credited:
        # Two shifts may reach into one holiday, but a day off in lieu is earned once.
        return sum(credited) if conditions.counts == "minutes" else max(credited)
    off = facts.due(who, day) and not period.roster.works(who, day)
    return period.full_day if conditions.rest_day and off else 0


def _credits(period: AccountPeriod, holiday: date) -> list[int]:
    """Return what each shift that earns something for *holiday* is credited with."""
    found: list[int] = []
    for k in range(3):  # the longest shift begins two days before
        day = holiday - timedelta(days=k)
        code = period.roster.at(period.who, day)
        if code is not None:
            found.append(credit(period.facts, period.who, code, day, holiday))
    return [minutes for minutes in found if minutes]
