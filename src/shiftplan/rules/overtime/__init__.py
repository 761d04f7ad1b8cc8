"""Overtime and premiums for the solver: numbers whose least is exact.

Shares nothing with ``pay``, by which people's rosters are judged, but the terms themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from ...clock import WEEKDAYS
from ...facts import Person
from ...roster.pay import SEVENTH, Terms
from ..base import Filter
from ..vocabulary import Expr, Vocabulary, any_of, codes_on, ruled_out
from .bounded import Bounded, above, highest, total
from .minutes import ShiftMinutes

CellsByMinutes: TypeAlias = Mapping[tuple[date, int], Sequence[str]]
"""The shifts, by the day of their cell, that put so many minutes on one workday."""

_BACK = 10
"""Days before the first whose shifts can be in a workweek that the horizon reaches."""


class _Workday(NamedTuple):
    """One workday of one person: its minutes, and the cells any of which makes it worked."""

    minutes: Bounded
    cells: Sequence[Expr]


class Overtime:
    """What overtime and premiums add to straight pay.

    Overtime is counted in halves of it: one for time and a half, two for double time.
    """

    def __init__(self, model: Vocabulary, terms: Terms, whom: Filter) -> None:
        self._minutes = ShiftMinutes(model.facts, terms.night_from, terms.night_to)
        self._model = model
        self._terms = terms
        self._whom = whom

    def premiums(self, person: Person, code: str, day: date) -> int:
        """Return what premiums add to one shift, in minutes times per cent of plain pay."""
        facts, terms = self._model.facts, self._terms
        points = 0
        for local_day, minutes in self._minutes.by_day(person.site, code, day).items():
            if local_day.isoweekday() == 7:
                points += terms.sunday * minutes
            if terms.holiday and facts.holiday(person.name, local_day):
                points += terms.holiday * minutes
        if terms.night:
            points += terms.night * self._minutes.at_night(person.site, code, day)
        return points

    def of(self, person: Person) -> tuple[int, list[Bounded]]:
        """Return minutes of half pay: what the record alone has, and by workweek with the horizon.

        Workweeks are those a day of the horizon reaches. The parts are not below the truth, and can
        be equal.
        """
        begun = 0
        extras: list[Bounded] = []
        for week in self._weeks(self._cells(person)):
            on_record = [self._on_record(cells) for cells in week]
            before = self._half_pay(person, on_record).expr
            assert isinstance(before, int)
            begun += before
            extras.append(self._half_pay(person, week))
        return begun, extras

    def _cells(self, person: Person) -> Mapping[date, CellsByMinutes]:
        """Return by workday the shifts that put minutes on it, on record or still to be decided."""
        facts = self._model.facts
        found: dict[date, dict[tuple[date, int], list[str]]] = defaultdict(dict)
        for k in range(-_BACK, len(facts.days)):
            day = facts.first + timedelta(days=k)
            if not self._whom.covers(day):
                continue
            for code in codes_on(facts, person.name, day):
                parts = self._minutes.by_day(person.site, code, day, self._terms.workday_start)
                for workday, minutes in parts.items():
                    found[workday].setdefault((day, minutes), []).append(code)
        return found

    def _weeks(self, cells: Mapping[date, CellsByMinutes]) -> list[list[CellsByMinutes]]:
        """Return the workweeks that a day of the horizon reaches, seven workdays each."""
        starts = WEEKDAYS.index(self._terms.week_starts)
        firsts = set[date]()
        for workday, found in cells.items():
            if any(day >= self._model.facts.first for day, _ in found):
                firsts.add(workday - timedelta(days=(workday.weekday() - starts) % 7))
        weeks: list[list[CellsByMinutes]] = []
        for first in sorted(firsts):
            weeks.append([cells.get(first + timedelta(days=k), {}) for k in range(7)])
        return weeks

    def _on_record(self, cells: CellsByMinutes) -> CellsByMinutes:
        first = self._model.facts.first
        return {key: codes for key, codes in cells.items() if key[0] < first}

    def _workday(self, person: Person, cells: CellsByMinutes) -> _Workday:
        codes: dict[date, list[str]] = defaultdict(list)
        most: dict[date, int] = defaultdict(int)
        for (day, minutes), alike in cells.items():
            codes[day] += alike
            most[day] = max(most[day], minutes)
        worked = sum(
            minutes * self._model.works(person.name, day, alike)
            for (day, minutes), alike in cells.items()
        )
        top = worked if isinstance(worked, int) else sum(most.values())
        events = [self._model.works(person.name, day, found) for day, found in codes.items()]
        return _Workday(Bounded(worked, top), events)

    def _half_pay(self, person: Person, week: Sequence[CellsByMinutes]) -> Bounded:
        """Return the half pay of one workweek.

        A minute wrongly put beyond the day's limit costs as much as it could save of the week's.
        """
        days = [self._workday(person, cells) for cells in week]
        over = [above(self._model, day.minutes, self._terms.daily) for day in days]
        double = [above(self._model, day.minutes, self._terms.double) for day in days]
        straight: list[Bounded] = []
        for day, beyond in zip(days, over, strict=True):
            straight.append(self._straight(day, beyond))
        # The seventh day counts like any other, unless all seven are worked.
        beyond_week = above(self._model, total(straight), self._terms.weekly)
        last = total((over[6], double[6], beyond_week))
        seventh = self._seventh(days, over, straight) if self._terms.seventh_day else None
        if seventh is not None:
            last = highest(self._model, last, seventh)
        return total((*over[:6], *double[:6], last))

    def _straight(self, day: _Workday, beyond: Bounded) -> Bounded:
        """Return the minutes of *day* but for those *beyond* its limit."""
        top = day.minutes.top
        if self._terms.daily is not None:
            top = min(top, self._terms.daily)
        return Bounded(day.minutes.expr - beyond.expr, top)

    def _seventh(
        self, days: Sequence[_Workday], over: Sequence[Bounded], straight: Sequence[Bounded]
    ) -> Bounded | None:
        """Return the half pay of a seventh day and its week's limit; with a day free zero or less.

        It is never less than that of the same day counted like any other.
        """
        worked = [any_of(self._model, day.cells) for day in days]
        if any(ruled_out(event) for event in worked):
            return None
        last = days[6].minutes
        beyond = above(self._model, last, SEVENTH) if self._terms.daily is None else over[6]
        beyond_week = above(self._model, total(straight[:6]), self._terms.weekly)
        found = total((beyond_week, last, beyond))
        return Bounded(found.expr - found.top * (7 - sum(worked)), found.top)
