"""What work is paid, in whole numbers: minutes by workday, overtime by law, premiums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ..clock import WEEKDAYS, day_start, resolve, to_local
from .roster import Assignment

SEVENTH = 8 * 60
"""Minutes of the seventh day paid time and a half where no daily limit says otherwise."""

_DAY = timedelta(days=1)

Spans = Sequence[tuple[int, int]]
"""Stretches of paid time, as instants."""


@dataclass(frozen=True)
class Terms:
    """How work is paid beyond straight time.

    Limits are in minutes, premiums in per cent of the plain rate.
    """

    daily: int | None = None
    """Minutes of a workday beyond which time and a half is paid."""
    double: int | None = None
    """Minutes of a workday beyond which double time is paid."""
    weekly: int | None = None
    """Straight minutes of a workweek beyond which time and a half is paid."""
    seventh_day: bool = False
    """Whether the last day of a workweek all of whose days are worked is paid as a seventh day."""
    workday_start: time = time(0)
    week_starts: str = WEEKDAYS[0]
    sunday: int = 0
    holiday: int = 0
    night: int = 0
    night_from: time = time(23)
    night_to: time = time(6)


class Split(NamedTuple):
    """Minutes paid straight, time and a half, and double."""

    straight: int
    half: int
    double: int


@dataclass(frozen=True)
class PaidWork:
    """What one person worked: minutes by workday and kind of pay, and minutes with a premium."""

    workdays: Mapping[date, Split]
    sunday: int
    holiday: int
    night: int

    @property
    def minutes(self) -> int:
        """Paid minutes in all."""
        return sum(sum(split) for split in self.workdays.values())

    def split(self) -> Split:
        """Return the minutes of all workdays by how they are paid."""
        found = self.workdays.values()
        return Split(
            sum(s.straight for s in found), sum(s.half for s in found), sum(s.double for s in found)
        )

    def extra(self, terms: Terms) -> int:
        """Return what comes on top of straight pay, in minutes times per cent of the plain rate."""
        _, half, double = self.split()
        premiums = terms.sunday * self.sunday
        premiums += terms.holiday * self.holiday
        premiums += terms.night * self.night
        return 50 * half + 100 * double + premiums

    def cents(self, rate: int, terms: Terms) -> Fraction:
        """Return the pay at *rate* cents an hour, not rounded."""
        return Fraction(rate * (100 * self.minutes + self.extra(terms)), 60 * 100)


def earned(
    assignments: Iterable[Assignment],
    tz: str,
    terms: Terms,
    holiday: Callable[[date], bool] = lambda _: False,
) -> PaidWork:
    """Return what *assignments* of one person, who lives by *tz*, are paid under *terms*.

    Overtime is counted by workdays, fixed stretches from one local *workday_start* to the next (23
    or 25 hours when clocks change), not by shifts; a shift is split where a workday begins. The
    unpaid break lies in the middle of the shift. No minute is paid overtime twice: those beyond the
    daily limit do not count towards the weekly one, nor do those of a seventh day. Premiums go by
    the local calendar day, which begins at midnight. Source: California Labor Code 500 and 510(a).
    """
    spans: list[tuple[int, int]] = []
    for assignment in assignments:
        spans.extend(paid_spans(assignment))
    calendar = _by_day(spans, tz, time(0))
    return PaidWork(
        _workdays(_by_day(spans, tz, terms.workday_start), terms),
        sunday=_minutes_on(calendar, lambda day: day.isoweekday() == 7),
        holiday=_minutes_on(calendar, holiday),
        night=_at_night(spans, tz, terms) if terms.night else 0,
    )


def _workdays(minutes: Mapping[date, int], terms: Terms) -> dict[date, Split]:
    """Return how the *minutes* of each workday are paid, workweek by workweek."""
    found: dict[date, Split] = {}
    for first in sorted({_week_of(day, terms) for day in minutes}):
        week = [first + k * _DAY for k in range(7)]
        splits = week_split([minutes.get(day, 0) for day in week], terms)
        for day, split in zip(week, splits, strict=True):
            if sum(split):
                found[day] = split
    return found


def _minutes_on(minutes: Mapping[date, int], wanted: Callable[[date], bool]) -> int:
    return sum(worked for day, worked in minutes.items() if wanted(day))


def paid_spans(assignment: Assignment) -> Iterator[tuple[int, int]]:
    """Yield the paid stretches of *assignment*: before and after the unpaid break in its middle."""
    unpaid = assignment.shift.unpaid_break
    before = assignment.start + (assignment.end - assignment.start - unpaid) // 2
    if unpaid:
        yield assignment.start, before
        yield before + unpaid, assignment.end
    else:
        yield assignment.start, assignment.end


def week_split(minutes: Sequence[int], terms: Terms) -> list[Split]:
    """Return how the *minutes* of the seven workdays of one workweek are paid, day by day."""
    # A seventh day is one that follows six days all of which were worked.
    seventh = terms.seventh_day and all(minutes)
    ordinary = minutes[:6] if seventh else minutes
    splits: list[Split] = []
    straight_so_far = 0
    for worked in ordinary:
        straight = worked if terms.daily is None else min(worked, terms.daily)
        double = 0 if terms.double is None else max(0, worked - terms.double)
        # Only straight minutes count towards the limit of the week: none is paid overtime twice.
        straight_so_far += straight
        over = 0
        if terms.weekly is not None:
            over = min(straight, max(0, straight_so_far - terms.weekly))
        splits.append(Split(straight - over, worked - straight - double + over, double))
    if seventh:
        last = minutes[6]
        half = min(last, SEVENTH if terms.daily is None else terms.daily)
        splits.append(Split(0, half, last - half))
    return splits


def _by_day(spans: Spans, tz: str, at: time) -> Counter[date]:
    """Return the minutes in each local day that begins *at*."""
    found: Counter[date] = Counter()
    for begin, end in spans:
        # Before its workday begins, the time belongs to the workday of the date before.
        day = to_local(begin, tz).date() - _DAY
        while _begins(day, tz, at) < end:
            since, until = _begins(day, tz, at), _begins(day + _DAY, tz, at)
            minutes = min(end, until) - max(begin, since)
            if minutes > 0:
                found[day] += minutes
            day += _DAY
    return found


@lru_cache(maxsize=65536)
def _begins(day: date, tz: str, at: time) -> int:
    return day_start(day, tz) if at == time(0) else resolve(day, at, tz).instant


def _week_of(day: date, terms: Terms) -> date:
    """Return the first day of the workweek *day* lies in."""
    return day - timedelta(days=(day.weekday() - WEEKDAYS.index(terms.week_starts)) % 7)


def _at_night(spans: Spans, tz: str, terms: Terms) -> int:
    """Return the minutes from *night_from* to the *night_to* that follows, by the wall clock."""
    total = 0
    # A night that ends no later than it begins ends on the next day.
    until = timedelta(days=int(terms.night_to <= terms.night_from))
    for begin, end in spans:
        day = to_local(begin, tz).date() - _DAY
        while (dusk := resolve(day, terms.night_from, tz).instant) < end:
            dawn = resolve(day + until, terms.night_to, tz).instant
            total += max(0, min(end, dawn) - max(begin, dusk))
            day += _DAY
    return total


def in_cents(amount: float) -> int:
    """Return an amount written with two decimals in whole cents; more decimals are rounded."""
    return int((Decimal(str(amount)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def money(cents: int) -> str:
    """Return an amount for people, in the currency of the rates: ``1,200.00``."""
    return f"{cents // 100:,}.{cents % 100:02d}"
