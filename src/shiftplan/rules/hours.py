"""Paid hours in a day, a week, the horizon, or any number of weeks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import hours
from ..facts import Facts, Person
from ..facts.base import Minutes
from ..roster import Roster
from .base import Breach, MostDays, Rule
from .vocabulary import Vocabulary


class Hours(Rule):
    """Count the paid minutes above the maximum or below the minimum, per person and stretch of
    days.

    A day of leave counts *leave_day* towards the minimum, and days outside the contract lower it
    pro rata, rounded down; the minimum of a day is for days worked. Where *weeks* reaches back
    before the horizon, what the record alone has too many is not charged, nor what the days inside
    could not make up with the person's longest shift. Weeks not wholly on record are not judged.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"max": "40h"},
        {"min": "35h", "max": "45h", "per": "week", "leave_day": "7h30"},
        {"min": "7h", "max": "8h", "per": "day"},
        {"min": "50h", "max": "70h", "per": "horizon"},
        {"max": "16h", "weeks": 2, "average": True},
        {"min": "80h", "max": "80h", "weeks": 2, "for": {"site": ["North"]}},
    )

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
        if self.per and self.weeks:
            raise ValueError("give per or weeks, not both")
        if self.average and not self.weeks and self.per != "horizon":
            raise ValueError('average needs several weeks: give weeks, or per = "horizon"')
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        least = f"at least {hours(self.min)}" if self.min is not None else ""
        most = f"at most {hours(self.max)}" if self.max is not None else ""
        both = " and ".join(filter(None, (least, most)))
        where = {"day": "on each day worked", "horizon": "in the horizon"}.get(
            self.per or "", "in each week"
        )
        if self.weeks:
            where = f"in any {self.weeks} week{'' if self.weeks == 1 else 's'}"
        mean = " a week on average" if self.average else ""
        return f"Everyone{self.whom.words()} has {both} of paid work{mean} {where}."

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
        whole = {"day": 1, "horizon": len(self.days_inside(facts))}.get(
            self.per or "", 7 * (self.weeks or 1)
        )
        days = min(7, whole) if self.average else whole
        for p in self.people(facts):
            paid = [facts.shift(c).paid for c in facts.codes(p.name)] or [0]
            if self.min is not None and self.min > days * max(paid):
                most = hours(days * max(paid))
                yield f"min: {p.name} can reach {most} at most, not {hours(self.min)}. Lower it."
                return

    def most_days(self, facts: Facts, who: str, week: Sequence[date]) -> int:
        """Return how many of the person's shortest shifts the maximum has room for."""
        shortest = min((facts.shift(c).paid for c in facts.codes(who)), default=0)
        if self.max is None or not shortest:
            return len(week)
        if self.per == "day":
            return sum(shortest <= self.max or not self.whom.covers(d) for d in week)
        judged = self.per != "horizon" and not self.weeks
        if judged and self.judges_week_of(facts, week[-1]):
            return min(len(week), self.max // shortest)
        return len(week)

    def out_of_reach(self, facts: Facts, most_days: MostDays) -> Iterator[str]:
        """Yield the first stretch of each person too short of days for the minimum."""
        for p in self.people(facts) if self.min and self.per != "day" else ():
            longest = max((facts.shift(c).paid for c in facts.codes(p.name)), default=0)
            for begin, end in self._spans(facts):
                weeks = [[d for d in week if begin <= d <= end] for week in facts.weeks]
                most = longest * sum(most_days(p.name, days) for days in weeks if days)
                least = self._least(facts, p, begin, end, 0) if begin >= facts.first else 0
                if least > most:
                    yield (
                        f"{p.name} is to be paid {hours(least)} or more from {begin:%a %d %b} to "
                        f"{end:%a %d %b}, but can reach {hours(most)} at most."
                    )
                    break

    def _spans(self, facts: Facts) -> list[tuple[date, date]]:
        """Return the first and last day of each stretch."""
        inside = self.days_inside(facts)
        if self.per == "day":
            return [(d, d) for d in inside]
        if self.per == "horizon":
            return [(inside[0], inside[-1])] if inside else []
        back = timedelta(weeks=(self.weeks or 1) - 1)
        return [(week[0] - back, week[-1]) for week in self.weeks_inside(facts)]

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return the minimum, where it is for just these days."""
        length = len(facts.days) if self.per == "horizon" else 7 * (self.weeks or 1)
        if self.per == "day" or len(days) != length:
            return 0
        return self._least(facts, facts.person(who), days[0], days[-1], 0)

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch for the minutes too many and too few."""
        facts = model.facts
        if self.per == "day":
            self._encode_days(model)
            return
        known, inside = facts.known_days, self.days_inside(facts)
        stretches: Sequence[Sequence[date]] = (inside,) if inside else ()
        if self.per != "horizon":
            length = 7 * (self.weeks or 1)
            before = len(known) - len(facts.days)
            ends = (end for end in range(before + 7, len(known) + 1, 7) if known[end - 1] in inside)
            stretches = [known[end - length : end] for end in ends if end >= length]
        paid: dict[int, list[str]] = {}
        for shift in facts.shifts:
            paid.setdefault(shift.paid, []).append(shift.code)
        for p in self.people(facts):
            for days in stretches:
                self._encode_stretch(model, p, days, paid)

    def _encode_stretch(
        self, model: Vocabulary, p: Person, days: Sequence[date], paid: dict[int, list[str]]
    ) -> None:
        facts = model.facts
        limit, least = self.max, self.min or 0
        if self.average:
            limit = None if limit is None else limit * len(days) // 7
            least = least * len(days) // 7
        codes = [facts.history.cells.get((p.name, d)) for d in days if d < facts.first]
        begun = sum(facts.shift(c).paid for c in codes if c)
        inside = [d for d in days if d >= facts.first]
        total = begun + sum(
            m * model.works(p.name, d, cs) for d in inside for m, cs in paid.items()
        )
        bound = begun + max(paid) * len(inside)
        if limit is not None and max(limit, begun) < bound:
            model.at_most(max(limit, begun), total, most=bound)
        if least:
            employed = [d for d in days if p.employed(d)]
            least = least * len(employed) // len(days)
            least -= self.leave_day * sum(facts.on_leave(p.name, d) for d in employed)
            if days[0] < facts.first:
                longest = max((facts.shift(c).paid for c in facts.codes(p.name)), default=0)
                least = min(least, begun + longest * sum(facts.due(p.name, d) for d in inside))
            if least > 0:
                model.at_least(least, total, most=least)

    def _encode_days(self, model: Vocabulary) -> None:
        facts = model.facts
        outside: dict[int, list[str]] = {}
        for shift in facts.shifts:
            low = shift.paid if self.min is None else self.min
            high = shift.paid if self.max is None else self.max
            if amount := max(low - shift.paid, shift.paid - high, 0):
                outside.setdefault(amount, []).append(shift.code)
        for p in self.people(facts) if outside else ():
            for day in self.days_inside(facts):
                excess = sum(
                    amount * model.works(p.name, day, codes) for amount, codes in outside.items()
                )
                model.at_most(0, excess, most=max(outside))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per stretch, or per day worked."""
        facts, inside = roster.facts, self.days_inside(roster.facts)
        spans = [span for span in self._spans(facts) if span[0] >= facts.known_days[0]]
        for p in self.people(facts):
            line = roster.timeline(p.name)
            dates = [d.day for d in line]
            for begin, end in spans:
                duties = line[bisect_left(dates, begin) : bisect_right(dates, end)]
                if self.per == "day" and not duties:
                    continue
                paid = sum(d.shift.paid for d in duties)
                before = sum(d.shift.paid for d in duties if d.day < facts.first)
                days = (end - begin).days + 1
                most = self.max if self.max is None or not self.average else self.max * days // 7
                over = 0 if most is None else max(0, paid - max(most, before))
                short = max(0, self._least(facts, p, begin, end, before) - paid)
                if over or short:
                    much = f"{hours(over or short)} too {'much' if over else 'little'}"
                    text = f"{p.name} is paid {hours(paid)} from {begin:%a %d %b} to {end:%a %d %b}, {much}."
                    yield self.breach(over + short, text, p.name, max(begin, inside[0]))

    def _least(self, facts: Facts, p: Person, begin: date, end: date, before: int) -> int:
        """Return the minutes a checked stretch asks for, when *before* of them are on record."""
        if self.min is None or self.per == "day":
            return self.min or 0
        days = [begin + timedelta(days=k) for k in range((end - begin).days + 1)]
        least = self.min * len(days) // 7 if self.average else self.min
        least = least * sum(map(p.employed, days)) // len(days)
        least -= sum(self.leave_day for d in days if p.employed(d) and facts.on_leave(p.name, d))
        if begin >= facts.first:
            return least
        shifts = [facts.shift(code).paid for code in facts.codes(p.name)]
        possible = [max(shifts, default=0) for d in facts.days if d <= end and facts.due(p.name, d)]
        return min(least, before + sum(possible))
