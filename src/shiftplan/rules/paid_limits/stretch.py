"""Limits on what a stretch of days is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from ...facts import Facts, Person
from ...roster import Assignment
from ..base import WorkingDays
from ..base.working_days import DaysOfWeek
from ..vocabulary import Vocabulary


@dataclass(frozen=True)
class StretchLimits:
    """The fewest and the most paid minutes of a stretch of days."""

    least: int
    most: int | None
    average: bool
    """Whether both are for one week, on average over the stretch."""
    leave_day: int
    """Minutes that a day of leave counts towards the minimum."""
    working_days: WorkingDays
    """What other rules keep free of work."""

    # -- for the solver --------------------------------------------------------------------------

    def charge(
        self,
        model: Vocabulary,
        person: Person,
        days: Sequence[date],
        codes_by_paid: Mapping[int, Sequence[str]],
    ) -> None:
        """Charge the minutes too many and too few on *days*; shifts come by what they are paid."""
        facts = model.facts
        begun = _paid_on_record(facts, person.name, days)
        inside = [day for day in days if day >= facts.first]
        total = begun + sum(
            paid * model.works(person.name, day, codes)
            for day in inside
            for paid, codes in codes_by_paid.items()
        )
        if self.most is not None:
            most = self.most * len(days) // 7 if self.average else self.most
            # What the record alone has too many is not charged.
            most = max(most, begun)
            highest = begun + max(codes_by_paid) * len(inside)
            if most < highest:
                model.at_most(most, total, most=highest)
        if self.least:
            least = self._least_to_charge(facts, person, days, begun)
            if least > 0:
                model.at_least(least, total, most=least)

    def _least_to_charge(
        self, facts: Facts, person: Person, days: Sequence[date], begun: int
    ) -> int:
        """Return the minutes due on *days*, *begun* of them on record."""
        whole = self.least * len(days) // 7 if self.average else self.least
        owed = Fraction(0)
        for week, work in self.working_days.of_weeks(facts, person, days):
            employed = [day for day in week if person.employed(day)]
            share = Fraction(len(employed), len(week))
            if work is not None and work.whole:
                share = Fraction(work.under_contract, work.whole)
            part = Fraction(whole * len(week), len(days)) * share
            part -= self.leave_day * sum(facts.on_leave(person.name, day) for day in employed)
            if work is not None:
                part = min(part, Fraction(longest_shift(facts, person.name) * work.left))
            owed += part
        least = owed.numerator // owed.denominator  # rounded down
        if days[0] < facts.first:
            # What the days inside could not make up is not charged.
            due = sum(facts.due(person.name, day) for day in days if day >= facts.first)
            least = min(least, begun + longest_shift(facts, person.name) * due)
        return least

    # -- for people ------------------------------------------------------------------------------

    def over_and_short(
        self, facts: Facts, person: Person, worked: Sequence[Assignment], span: tuple[date, date]
    ) -> tuple[int, int]:
        """Return the minutes too many and too few of what is *worked* from one day to another."""
        begin, end = span
        paid = sum(a.shift.paid for a in worked)
        before = sum(a.shift.paid for a in worked if a.day < facts.first)
        over = 0
        if self.most is not None:
            days = (end - begin).days + 1
            most = self.most * days // 7 if self.average else self.most
            over = max(0, paid - max(most, before))
        short = max(0, self.needed(facts, person, span, before) - paid)
        return over, short

    def needed(self, facts: Facts, person: Person, span: tuple[date, date], before: int = 0) -> int:
        """Return the minutes needed from one day to another, *before* of them being on record."""
        if not self.least:
            return 0
        begin, end = span
        days = [begin + timedelta(days=k) for k in range((end - begin).days + 1)]
        whole = self.least * len(days) // 7 if self.average else self.least
        by_week = self.working_days.of_weeks(facts, person, days)
        parts = (
            self._needed_in(facts, person, week, work, Fraction(whole, len(days)))
            for week, work in by_week
        )
        least = floor(sum(parts, Fraction(0)))
        if begin < facts.first:
            # More than the days inside can give is not missed.
            least = min(least, before + self._within_reach(facts, person, end))
        return least

    def _needed_in(
        self,
        facts: Facts,
        person: Person,
        week: Sequence[date],
        work: DaysOfWeek | None,
        each: Fraction,
    ) -> Fraction:
        """Return the minutes needed in *week*, *each* day of a whole one being owed as much."""
        under_contract = list(filter(person.employed, week))
        on_leave = [day for day in under_contract if facts.on_leave(person.name, day)]
        if work is None:
            return each * len(under_contract) - self.leave_day * len(on_leave)
        if work.whole:
            needed = each * len(week) * work.under_contract / work.whole
        else:  # nobody could work in such a week at all
            needed = each * len(under_contract)
        # More than the longest shift on every day that is left cannot be owed.
        most = longest_shift(facts, person.name) * work.left
        return min(needed - self.leave_day * len(on_leave), Fraction(most))

    def _within_reach(self, facts: Facts, person: Person, end: date) -> int:
        """Return the minutes of the longest shift on every day of the horizon up to *end*."""
        shifts = [facts.shift(code).paid for code in facts.codes(person.name)]
        due = [day for day in facts.days if day <= end and facts.due(person.name, day)]
        return max(shifts, default=0) * len(due)


def longest_shift(facts: Facts, who: str) -> int:
    """Return the paid minutes of the longest shift *who* can work, zero if there is none."""
    return max((facts.shift(code).paid for code in facts.codes(who)), default=0)


def _paid_on_record(facts: Facts, who: str, days: Sequence[date]) -> int:
    """Return the paid minutes of *days* before the horizon, as the record has them."""
    total = 0
    for day in days:
        code = facts.history.cells.get((who, day)) if day < facts.first else None
        if code:
            total += facts.shift(code).paid
    return total
