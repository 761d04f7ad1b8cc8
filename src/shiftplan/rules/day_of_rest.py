"""A day of the week on which no minute is worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import Field

from ..clock import day_start, resolve
from ..errors import count
from ..facts import Facts
from ..facts.base import WallTime
from ..roster import Assignment, Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary, any_of, codes_on

_Shifts: TypeAlias = Mapping[date, Sequence[tuple[str, int, int]]]
"""By day the shifts there could be, and those on record just before, with start and end."""

_BACK = 3
"""Days before the first from which a shift on record can reach into the horizon."""


class DayOfRest(Rule):
    """Count the days of rest missing, per person and workweek.

    A day of rest is a fixed local day, from one *workday_start* to the next, in which no part of a
    shift lies: a night reaches into two. Days off, leave and days outside the contract all serve.
    What the record alone has too many days worked is not charged.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"days": 2},
        {"days": 6, "for": {"site": ["North"]}},
        {"days": 3, "workday_start": "06:00:00"},
    )

    kind: Literal["day-of-rest"] = "day-of-rest"
    days: int = Field(default=1, ge=1, le=6)
    workday_start: WallTime = time(0)

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        days = "one whole day" if self.days == 1 else f"{self.days} whole days"
        who = f"Everyone{self.whom.restriction()}"
        return f"{who} has {days} in each week on which no part of a shift lies."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without the end of a week."""
        yield from self.week_problems(facts)

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return what the days of rest leave, or the two that a shift on record may reach into."""
        if self.workday_start != time(0) or not self.judges_week_of(facts, days[-1]):
            return len(days)
        return min(len(days), max(2, 7 - self.days))

    def _workday(self, facts: Facts, who: str, day: date) -> tuple[int, int]:
        """Return the instants at which the workday of *day* begins and ends."""
        return self._begin(facts, who, day), self._begin(facts, who, day + timedelta(days=1))

    def _begin(self, facts: Facts, who: str, day: date) -> int:
        tz = facts.tz(who)
        if self.workday_start == time(0):
            return day_start(day, tz)
        return resolve(day, self.workday_start, tz).instant

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day on which a shift lies beyond those a week may have."""
        facts = model.facts
        for person in self.people(facts):
            shifts = self._shifts(facts, person.name)
            for week in self.weeks_inside(facts):
                self._charge_week(model, person.name, week, shifts)

    def _shifts(self, facts: Facts, who: str) -> _Shifts:
        found: dict[date, list[tuple[str, int, int]]] = defaultdict(list)
        for k in range(-_BACK, len(facts.days)):
            day = facts.first + timedelta(days=k)
            for code in codes_on(facts, who, day):
                found[day].append((code, *facts.span(who, code, day)))
        return found

    def _charge_week(
        self, model: Vocabulary, who: str, week: Sequence[date], shifts: _Shifts
    ) -> None:
        """Charge each day too many of *week* on which any part of a shift lies."""
        facts = model.facts
        worked: list[Expr] = []
        begun = 0
        for day in week:
            there = self._reaching(facts, who, day, shifts)
            if any(start_day < facts.first for start_day in there):
                begun += 1
                worked.append(1)
            else:
                events = [model.works(who, start_day, codes) for start_day, codes in there.items()]
                worked.append(any_of(model, events))
        # Days on which work on record lies are not charged, even if they are too many.
        most = max(7 - self.days, begun)
        model.at_most(most, sum(worked), most=7)

    def _reaching(
        self, facts: Facts, who: str, day: date, shifts: _Shifts
    ) -> Mapping[date, list[str]]:
        """Return the shifts of which a part lies on the workday of *day*, by the day they start."""
        begin, end = self._workday(facts, who, day)
        found: dict[date, list[str]] = {}
        for k in range(-_BACK, 2):  # a workday that begins late has shifts of the next day in it
            start_day = day + timedelta(days=k)
            codes = [code for code, a, b in shifts.get(start_day, ()) if a < end and begin < b]
            if codes:
                found[start_day] = codes
        return found

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and week."""
        facts = roster.facts
        for person in self.people(facts):
            assignments = roster.timeline(person.name)
            for week in self.weeks_inside(facts):
                yield from self._find_week(facts, person.name, week, assignments)

    def _find_week(
        self, facts: Facts, who: str, week: Sequence[date], assignments: Sequence[Assignment]
    ) -> Iterator[Breach]:
        """Yield the days too many of *week* on which any part of an assignment lies."""
        worked = on_record = 0
        for day in week:
            begin, end = self._workday(facts, who, day)
            there = [
                assignment
                for assignment in assignments
                if assignment.start < end and assignment.end > begin
            ]
            worked += bool(there)
            on_record += any(assignment.day < facts.first for assignment in there)
        most = 7 - self.days
        over = worked - max(most, on_record)
        if over > 0:
            days = f"{count(worked, 'day')} of the week of {week[0]:%a %d %b}"
            text = f"{who} has work on {days}; the limit is {most}."
            yield self.breach(over, text, who, week[-1])
