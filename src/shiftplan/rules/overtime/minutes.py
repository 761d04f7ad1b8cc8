"""The paid minutes of a shift, by the local days on which they fall and in the nights around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from ...clock import day_start, resolve
from ...facts import Facts

_BEFORE, _AFTER = 2, 5
"""Days around that of a shift in which any part of it can fall."""


@dataclass(frozen=True)
class ShiftMinutes:
    """The paid minutes of shifts, each shift of each day looked at once."""

    facts: Facts
    night_from: time
    night_to: time
    _by_day: dict[tuple[str, str, date, time], Mapping[date, int]] = field(default_factory=dict)
    _at_night: dict[tuple[str, str, date], int] = field(default_factory=dict)

    def by_day(self, site: str, code: str, day: date, at: time = time(0)) -> Mapping[date, int]:
        """Return the paid minutes of a shift by the local days, beginning *at*, they fall on."""
        key = (site, code, day, at)
        if key not in self._by_day:
            self._by_day[key] = self._split(site, code, day, at)
        return self._by_day[key]

    def _split(self, site: str, code: str, day: date, at: time) -> Mapping[date, int]:
        begins = _begins(day, self.facts.site(site).timezone, at)
        paid = [_paid_until(self.facts, site, code, day, instant) for instant in begins]
        found: dict[date, int] = {}
        for k in range(len(paid) - 1):
            minutes = paid[k + 1] - paid[k]
            if minutes:
                found[day + timedelta(days=k - _BEFORE)] = minutes
        return found

    def at_night(self, site: str, code: str, day: date) -> int:
        """Return the paid minutes of a shift in the nights around it."""
        key = (site, code, day)
        if key not in self._at_night:
            nights = (self._in_night_of(site, code, day, k) for k in range(-1, 3))
            self._at_night[key] = sum(nights)
        return self._at_night[key]

    def _in_night_of(self, site: str, code: str, day: date, later: int) -> int:
        """Return the paid minutes in the night that begins so many days *later*."""
        tz = self.facts.site(site).timezone
        evening = day + timedelta(days=later)
        # A night that ends no later than it begins ends on the next day.
        ends_on = evening if self.night_from < self.night_to else evening + timedelta(days=1)
        dusk = resolve(evening, self.night_from, tz).instant
        dawn = resolve(ends_on, self.night_to, tz).instant
        by_dusk = _paid_until(self.facts, site, code, day, dusk)
        by_dawn = _paid_until(self.facts, site, code, day, dawn)
        return max(0, by_dawn - by_dusk)


def _paid_until(facts: Facts, site: str, code: str, day: date, instant: int) -> int:
    """Return the minutes of a shift paid by *instant*, its unpaid break being in its middle."""
    shift = facts.shift(code)
    start, _ = facts.site_span(site, code, day)
    gone = min(max(0, instant - start), shift.length)
    first_half = shift.paid // 2
    return min(gone, first_half) + max(0, gone - first_half - shift.unpaid_break)


@lru_cache(maxsize=8192)
def _begins(day: date, tz: str, at: time) -> tuple[int, ...]:
    """Return the instants at which the days around *day* begin, if days begin *at*."""
    near = [day + timedelta(days=k) for k in range(-_BEFORE, _AFTER)]
    if at == time(0):
        return tuple(day_start(d, tz) for d in near)
    return tuple(resolve(d, at, tz).instant for d in near)
