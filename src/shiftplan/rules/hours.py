"""Paid hours in a day, a week, the horizon, or any number of weeks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import hours
from ..errors import count
from ..facts import Facts, Person
from ..facts.base import Minutes
from ..roster import Assignment, Roster
from .base import Breach, OwedWork, WorkLimits
from .paid_limits import DayLimits, StretchLimits, longest_shift, never_enough
from .stretches import day_span
from .vocabulary import Vocabulary


class Hours(OwedWork):
    """Count the paid minutes above the maximum or below the minimum.

    They are counted per person and stretch of days: a day, a week, the horizon, or any *weeks*.
    A day of leave counts *leave_day* towards the minimum, and days outside the contract lower it
    pro rata, rounded down; the minimum of a day is for days worked. Pro rata goes by the days on
    which people work: where ``days-off`` keeps two days of a week free and ``available`` none,
    somebody who joins on a Thursday owes two fifths of the week. In a week that leave or a contract
    cuts, nobody owes more than their longest shift on each day that these rules leave.

    Where *weeks* reaches back before the horizon, what the record alone has too many is not
    charged, nor what the days inside could not make up with the person's longest shift. Weeks not
    wholly on record are not judged.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"max": "40h"},
        {"min": "35h", "max": "45h", "per": "week", "leave_day": "7h30"},
        {"min": "7h", "max": "8h", "per": "day"},
        {"min": "50h", "max": "70h", "per": "horizon"},
        {"max": "16h", "weeks": 2, "average": True},
        {"min": "80h", "max": "80h", "weeks": 2, "for": {"site": ["North"]}},
    )

    tells_shifts_apart: ClassVar[bool] = True

    kind: Literal["hours"] = "hours"
    min: Minutes | None = Field(default=None, ge=0)
    max: Minutes | None = Field(default=None, ge=0)
    per: Literal["day", "week", "horizon"] | None = None
    """A week if neither this nor *weeks* is given."""
    weeks: int | None = Field(default=None, ge=1, le=53)
    """Any so many consecutive weeks."""
    average: bool = False
    """Whether the limits are for one week, on average over all."""
    leave_day: Minutes = Field(default=8 * 60, ge=0, le=24 * 60)

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("give min, max, or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {hours(self.min)} is above max {hours(self.max)}")
        return self

    @model_validator(mode="after")
    def _stretch(self) -> Self:
        if self.per and self.weeks:
            raise ValueError("give per or weeks, not both")
        if self.average and not self.weeks and self.per != "horizon":
            raise ValueError('average needs several weeks: give weeks, or per = "horizon"')
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        limits = []
        if self.min is not None:
            limits.append(f"at least {hours(self.min)}")
        if self.max is not None:
            limits.append(f"at most {hours(self.max)}")
        mean = " a week on average" if self.average else ""
        much = f"{' and '.join(limits)} of paid work{mean}"
        return f"Everyone{self.whom.restriction()} has {much} {self._where}."

    @property
    def _where(self) -> str:
        if self.weeks:
            return f"in any {count(self.weeks, 'week')}"
        if self.per == "day":
            return "on each day worked"
        return "in the horizon" if self.per == "horizon" else "in each week"

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a stretch never wholly on record or looked at, and limits no shifts can keep."""
        if self.per in (None, "week"):
            yield from self.week_problems(facts)
        known = len(facts.known_days) // 7
        if self.weeks and self.weeks > known:
            yield (
                f"weeks: {self.weeks} whole weeks are not on record by the last day, only {known}. "
                "Lower it, or give a longer history or horizon."
            )
        if self.min is not None:
            yield from self._too_high(facts, self.min)

    def _too_high(self, facts: Facts, least: int) -> Iterator[str]:
        """Yield the first person who cannot reach the minimum even with their longest shifts."""
        if self.average:
            days = min(7, self._length(facts))
        else:
            days = self._length(facts)
        for person in self.people(facts):
            most = days * longest_shift(facts, person.name)
            if least > most:
                yield (
                    f"min: {person.name} can reach {hours(most)} at most, not {hours(least)}. "
                    "Lower it."
                )
                return

    def _length(self, facts: Facts) -> int:
        """Return the days of one stretch."""
        if self.per == "day":
            return 1
        if self.per == "horizon":
            return len(self.days_inside(facts))
        return 7 * (self.weeks or 1)

    # -- by counting, before any search ----------------------------------------------------------

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return how many of the person's shortest shifts the maximum has room for."""
        paid = [facts.shift(code).paid for code in codes]
        if self.per == "day":
            # Where every shift is too long or too short, only days the rule leaves out are left.
            kept = any(self._day_limits.over_and_short(minutes) == (0, 0) for minutes in paid)
            return sum(kept or not self.whom.covers(day) for day in days)
        shortest = min(paid, default=0)
        most = self.most_paid(facts, who, days)
        if most is None or not shortest:
            return len(days)
        return min(len(days), most // shortest)

    def most_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int | None:
        """Return the maximum of a week, or of the horizon, if it applies to all of *days*."""
        if self.max is None or self.per == "day" or self.weeks:
            return None
        if self.per == "horizon":
            inside = self.days_inside(facts)
            most = self.max * len(inside) // 7 if self.average else self.max
            return most if all(day in inside for day in days) else None
        of_one_week = (days[-1] - days[0]).days < 7
        return self.max if of_one_week and self.judges_week_of(facts, days[-1]) else None

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield the first stretch of each person in which nothing they can work is enough."""
        if not self.min or self.per == "day":
            return
        for person in self.people(facts):
            for span in self._spans(facts):
                if span[0] < facts.first:
                    continue  # what is on record may do
                if short := never_enough(self._stretch_limits, facts, person, span, limits):
                    yield f"{person.name} is to be paid {short}."
                    break

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return the minimum, where it applies to just these days."""
        length = len(facts.days) if self.per == "horizon" else 7 * (self.weeks or 1)
        if self.per == "day" or len(days) != length:
            return 0
        return self._stretch_limits.needed(facts, facts.person(who), (days[0], days[-1]))

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day, or each stretch, for the minutes too many and too few."""
        facts = model.facts
        if self.per == "day":
            for person in self.people(facts):
                self._day_limits.charge(model, person.name, self.days_inside(facts))
            return
        stretches = self._stretches(facts)
        codes_by_paid: dict[int, list[str]] = {}
        for shift in facts.shifts:
            codes_by_paid.setdefault(shift.paid, []).append(shift.code)
        for person in self.people(facts):
            for days in stretches:
                self._stretch_limits.charge(model, person, days, codes_by_paid)

    @property
    def _day_limits(self) -> DayLimits:
        return DayLimits(self.min, self.max)

    @property
    def _stretch_limits(self) -> StretchLimits:
        return StretchLimits(
            self.min or 0, self.max, self.average, self.leave_day, self._working_days
        )

    def _stretches(self, facts: Facts) -> Sequence[Sequence[date]]:
        """Return the days of each stretch, all of them on record or in the horizon."""
        inside = self.days_inside(facts)
        if self.per == "horizon":
            return (inside,) if inside else ()
        known, length = facts.known_days, 7 * (self.weeks or 1)
        on_record = len(known) - len(facts.days)
        found = []
        for end in range(on_record + 7, len(known) + 1, 7):
            if end >= length and known[end - 1] in inside:
                found.append(known[end - length : end])
        return found

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day worked, or per stretch."""
        facts = roster.facts
        if self.per == "day":
            for person in self.people(facts):
                yield from self._find_days(facts, roster.timeline(person.name))
            return
        # Weeks not wholly on record are not judged.
        spans = [span for span in self._spans(facts) if span[0] >= facts.known_days[0]]
        for person in self.people(facts):
            line = roster.timeline(person.name)
            dates = [assignment.day for assignment in line]
            for begin, end in spans:
                assignments = line[bisect_left(dates, begin) : bisect_right(dates, end)]
                yield from self._find_stretch(facts, person, assignments, (begin, end))

    def _spans(self, facts: Facts) -> list[tuple[date, date]]:
        """Return the first and last day of each stretch, be they known or not."""
        if self.per == "horizon":
            inside = self.days_inside(facts)
            return [(inside[0], inside[-1])] if inside else []
        back = timedelta(weeks=(self.weeks or 1) - 1)
        return [(week[0] - back, week[-1]) for week in self.weeks_inside(facts)]

    def _find_days(self, facts: Facts, assignments: Sequence[Assignment]) -> Iterator[Breach]:
        """Yield each day on which the shift is paid too much or too little."""
        for assignment in assignments:
            if assignment.day < facts.first or not self.whom.covers(assignment.day):
                continue
            over, short = self._day_limits.over_and_short(assignment.shift.paid)
            if over or short:
                much = _too_much(
                    assignment.who,
                    assignment.shift.paid,
                    over,
                    short,
                    (assignment.day, assignment.day),
                )
                yield self.breach(over + short, much, assignment.who, assignment.day)

    def _find_stretch(
        self,
        facts: Facts,
        person: Person,
        assignments: Sequence[Assignment],
        span: tuple[date, date],
    ) -> Iterator[Breach]:
        """Yield the minutes that *assignments*, those of one stretch, are too many or too few."""
        over, short = self._stretch_limits.over_and_short(facts, person, assignments, span)
        if over or short:
            paid = sum(assignment.shift.paid for assignment in assignments)
            day = max(span[0], self.days_inside(facts)[0])
            text = _too_much(person.name, paid, over, short, span)
            yield self.breach(over + short, text, person.name, day)


def _too_much(who: str, paid: int, over: int, short: int, span: tuple[date, date]) -> str:
    much = f"{hours(over)} too much" if over else f"{hours(short)} too little"
    return f"{who} is paid {hours(paid)} {day_span(*span)}, {much}."
