"""Overtime for the solver: numbers whose least is exact, and sums that are rounded once.

Shares nothing with ``pay``, by which people's rosters are judged, but the terms themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from math import gcd
from typing import NamedTuple

from ...clock import WEEKDAYS, day_start, resolve
from ...facts import Facts, Person
from ...roster.pay import SEVENTH, Terms
from ..base import Filter
from ..vocabulary import Expr, Vocabulary

CellsByMinutes = Mapping[tuple[date, int], Sequence[str]]
"""The shifts, by the day of their cell, that put so many minutes on one workday."""


class WorkdayPart(NamedTuple):
    """Something linear over the cells, and the most it can be."""

    expr: Expr
    top: int


class _Workday(NamedTuple):
    """One workday of one person: its minutes, and the cells any of which makes it worked."""

    minutes: WorkdayPart
    cells: Sequence[Expr]


_NOTHING = WorkdayPart(0, 0)


@dataclass(frozen=True)
class Overtime:
    """What overtime adds to straight pay: one half of it for time and a half, two halves for double
    time.
    """

    model: Vocabulary
    terms: Terms
    whom: Filter
    _known: dict[tuple[str, str, date, time], Mapping[date, int]] = field(default_factory=dict)
    _nights: dict[tuple[str, str, date], int] = field(default_factory=dict)

    def parts(self, site: str, code: str, day: date, at: time = time(0)) -> Mapping[date, int]:
        """Return the paid minutes of a shift by the local days, beginning *at*, on which they fall."""
        key = (site, code, day, at)
        if key not in self._known:
            facts = self.model.facts
            begins = _begins(day, facts.site(site).timezone, at)
            paid = [_paid_until(facts, site, code, day, instant) for instant in begins]
            found = (
                (day + timedelta(days=k - 2), paid[k + 1] - paid[k]) for k in range(len(paid) - 1)
            )
            self._known[key] = {d: minutes for d, minutes in found if minutes}
        return self._known[key]

    def night(self, site: str, code: str, day: date) -> int:
        """Return the paid minutes of a shift in the nights around it."""
        key = (site, code, day)
        if key not in self._nights:
            facts, since, until = self.model.facts, self.terms.night_from, self.terms.night_to
            tz, over = facts.site(site).timezone, 0 if since < until else 1
            total = 0
            for k in range(-1, 3):
                dusk = resolve(day + timedelta(days=k), since, tz).instant
                dawn = resolve(day + timedelta(days=k + over), until, tz).instant
                paid = [_paid_until(facts, site, code, day, instant) for instant in (dusk, dawn)]
                total += max(0, paid[1] - paid[0])
            self._nights[key] = total
        return self._nights[key]

    def of(self, p: Person) -> tuple[int, list[WorkdayPart]]:
        """Return minutes of half pay: what the record alone has, and by workweek with the horizon.

        Workweeks are those a day of the horizon reaches. The parts are not below the truth, and can
        be equal.
        """
        facts = self.model.facts
        cells: dict[date, dict[tuple[date, int], list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for k in range(-10, len(facts.days)):
            day = facts.first + timedelta(days=k)
            known = facts.history.cells.get((p.name, day))
            codes = facts.codes(p.name) if k >= 0 else [known] if known else []
            for code in codes if self.whom.covers(day) else ():
                for workday, minutes in self.parts(
                    p.site, code, day, self.terms.workday_start
                ).items():
                    cells[workday][day, minutes].append(code)
        starts = WEEKDAYS.index(self.terms.week_starts)
        reached = (d for d, found in cells.items() if any(day >= facts.first for day, _ in found))
        begun, extras = 0, []
        for first in sorted({d - timedelta(days=(d.weekday() - starts) % 7) for d in reached}):
            week = [cells.get(first + timedelta(days=k), {}) for k in range(7)]
            record = [
                {key: codes for key, codes in day.items() if key[0] < facts.first} for day in week
            ]
            before = self._week([self._workday(p, day) for day in record]).expr
            assert isinstance(before, int)
            begun += before
            extras.append(self._week([self._workday(p, day) for day in week]))
        return begun, extras

    def _workday(self, p: Person, cells: CellsByMinutes) -> _Workday:
        codes: dict[date, list[str]] = defaultdict(list)
        most: dict[date, int] = defaultdict(int)
        for (day, minutes), alike in cells.items():
            codes[day] += alike
            most[day] = max(most[day], minutes)
        total: Expr = sum(
            m * self.model.works(p.name, day, alike) for (day, m), alike in cells.items()
        )
        top = total if isinstance(total, int) else sum(most.values())
        worked = [self.model.works(p.name, day, found) for day, found in codes.items()]
        return _Workday(WorkdayPart(total, top), worked)

    def _week(self, days: Sequence[_Workday]) -> WorkdayPart:
        """Return the half pay of one workweek.

        A minute wrongly put beyond the day's limit costs as much as it could save of the week's.
        """
        limit = self.terms.daily
        over = [self._above(d.minutes, limit) for d in days]
        double = [self._above(d.minutes, self.terms.double) for d in days]
        straight = [
            WorkdayPart(
                d.minutes.expr - o.expr,
                d.minutes.top if limit is None else min(d.minutes.top, limit),
            )
            for d, o in zip(days, over, strict=True)
        ]
        plain = _sum((over[6], double[6], self._above(_sum(straight), self.terms.weekly)))
        seventh = self._seventh(days, over, straight) if self.terms.seventh_day else None
        return _sum((*over[:6], *double[:6], self._highest(plain, seventh) if seventh else plain))

    def _seventh(
        self, days: Sequence[_Workday], over: Sequence[WorkdayPart], straight: Sequence[WorkdayPart]
    ) -> WorkdayPart | None:
        """Return the half pay of a seventh day and its week's limit; if a day is free, nothing or
        less.

        It is never less than that of the same day counted like any other.
        """
        worked = [self._any(d.cells) for d in days]
        if any(isinstance(w, int) and not w for w in worked):
            return None
        last = days[6].minutes
        beyond = self._above(last, SEVENTH) if self.terms.daily is None else over[6]
        found = _sum((self._above(_sum(straight[:6]), self.terms.weekly), last, beyond))
        return WorkdayPart(found.expr - found.top * (7 - sum(worked)), found.top)

    def _above(self, part: WorkdayPart, limit: int | None) -> WorkdayPart:
        """Return a number not below what *part* has beyond *limit*, nor below zero."""
        if limit is None or part.top <= limit:
            return _NOTHING
        if isinstance(part.expr, int):
            beyond = max(0, part.expr - limit)
            return WorkdayPart(beyond, beyond)
        number = self.model.number(0, part.top - limit)
        self.model.require(number >= part.expr - limit)
        return WorkdayPart(number, part.top - limit)

    def _any(self, cells: Sequence[Expr]) -> Expr:
        """Return 1, at least, if any of *cells* is worked."""
        if any(isinstance(w, int) and w for w in cells):
            return 1
        choices = [w for w in cells if not isinstance(w, int)]
        if len(choices) < 2:
            return sum(choices)
        either = self.model.number(0, 1)
        self.model.require(*(either >= w for w in choices))
        return either

    def _highest(self, a: WorkdayPart, b: WorkdayPart) -> WorkdayPart:
        """Return a number not below either of two."""
        if isinstance(a.expr, int) and isinstance(b.expr, int):
            return WorkdayPart(max(a.expr, b.expr), max(a.top, b.top))
        highest = self.model.number(0, max(a.top, b.top))
        self.model.require(highest >= a.expr, highest >= b.expr)
        return WorkdayPart(highest, max(a.top, b.top))


def _sum(found: Sequence[WorkdayPart]) -> WorkdayPart:
    return WorkdayPart(sum(p.expr for p in found), sum(p.top for p in found))


def _paid_until(facts: Facts, site: str, code: str, day: date, instant: int) -> int:
    """Return the minutes of a shift that are paid by *instant*, its unpaid break being in its
    middle.
    """
    shift = facts.shift(code)
    gone = min(max(0, instant - facts.site_span(site, code, day)[0]), shift.length)
    first_half = shift.paid // 2
    return min(gone, first_half) + max(0, gone - first_half - shift.unpaid_break)


@lru_cache(maxsize=8192)
def _begins(day: date, tz: str, at: time) -> tuple[int, ...]:
    near = [day + timedelta(days=k) for k in range(-2, 5)]
    return tuple(day_start(d, tz) if at == time(0) else resolve(d, at, tz).instant for d in near)


def rounded(model: Vocabulary, terms: Sequence[tuple[int, WorkdayPart]], unit: int) -> WorkdayPart:
    """Return the weighted sum of *terms* in whole *units*, rounded up once.

    What is whole of a weight stays on its term, where a search sees it; what is left of each goes
    together into one number.
    """
    settled = sum(weight * part.expr for weight, part in terms if isinstance(part.expr, int))
    open_ = [
        (*divmod(weight, unit), part) for weight, part in terms if not isinstance(part.expr, int)
    ]
    whole, left = divmod(settled, unit)
    total: Expr = whole + sum(count * part.expr for count, _, part in open_)
    top = whole + sum(count * part.top for count, _, part in open_)
    rests = [(rest, part) for _, rest, part in open_ if rest]
    if not rests:
        return WorkdayPart(total + bool(left), top + bool(left))
    common = gcd(unit, left, *(rest for rest, _ in rests))
    most = -(-(left + sum(rest * part.top for rest, part in rests)) // unit)
    number = model.number(0, most)
    least = left // common + sum(rest // common * part.expr for rest, part in rests)
    model.require(unit // common * number >= least)
    return WorkdayPart(total + number, top + most)
