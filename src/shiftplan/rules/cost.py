"""What the roster costs in pay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import hours
from ..errors import count
from ..facts import Facts, Person
from ..facts.base import EndTime, Minutes, WallTime
from ..roster import Assignment, Roster
from ..roster.pay import Terms, earned, in_cents, money
from .base import MUST, Breach, Rule, WorkLimits
from .overtime import Overtime
from .overtime.bounded import Bounded, rounded
from .paid_limits.least_pay import least_pay, least_pay_of_duty
from .vocabulary import Vocabulary

CENT = 60 * 100
"""Cents an hour, times minutes, times per cent, in one cent."""

_BACK = timedelta(days=16)
"""How far back a shift on record can be in a workweek that the horizon reaches."""

Percent = Annotated[int, Field(ge=0, le=1000)]


class Cost(Rule):
    """Count what the roster costs in pay, or what that is above the budget, for everyone together.

    Overtime is counted by fixed local workdays from *workday_start* and by the team's workweeks,
    not by shifts: a shift is split where a workday begins, in elapsed minutes, and its unpaid break
    lies in its middle. A minute beyond a limit of the day does not count towards that of the week.
    Premiums go by local calendar days and add to each other; each is a part of the plain rate.

    What the days of the horizon cause is charged: shifts on record before make it overtime earlier,
    but are not paid again, and what a night before the first day reaches into it is theirs. The sum
    is rounded up to a whole cent once. People without an hourly rate cost nothing. What one person
    is paid is never reported.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {
            "daily_overtime": "8h",
            "daily_double": "12h",
            "weekly_overtime": "40h",
            "seventh_day": True,
        },
        {"budget": 2500, "weekly_overtime": "30h", "sunday": 33},
        {"of": "premiums", "sunday": 33, "holiday": 100, "night": 25, "for": {"site": ["North"]}},
        {
            "of": "premiums",
            "daily_overtime": "8h",
            "weekly_overtime": "40h",
            "workday_start": "12:00:00",
        },
        {"seventh_day": True, "daily_overtime": "4h", "daily_double": "8h", "budget": 900},
    )

    personal: ClassVar[bool] = False

    facts_read: ClassVar[frozenset[str]] = frozenset({"hourly_rate"})

    kind: Literal["cost"] = "cost"
    of: Literal["pay", "premiums"] = "pay"
    """All pay, or only what overtime and premiums add to straight pay."""
    budget: float | None = Field(default=None, ge=0, le=1e10, allow_inf_nan=False)
    """In the currency of the rates; only what is above it counts."""
    daily_overtime: Minutes | None = Field(default=None, gt=0, le=24 * 60)
    """Time and a half beyond so much in a workday."""
    daily_double: Minutes | None = Field(default=None, gt=0, le=24 * 60)
    """Double time beyond so much in a workday."""
    weekly_overtime: Minutes | None = Field(default=None, gt=0, le=7 * 24 * 60)
    """Time and a half beyond so much straight time in a workweek."""
    seventh_day: bool = False
    """Whether, in a workweek worked on all seven days, the last is paid time and a half up to
    *daily_overtime* (8h if there is none) and double beyond."""
    workday_start: WallTime = time(0)
    sunday: Percent = 0
    """Per cent of the plain rate on top for work on a Sunday."""
    holiday: Percent = 0
    """The same for a public holiday of the site."""
    night: Percent = 0
    """The same for work from *night_from* to *night_to*."""
    night_from: WallTime = time(23)
    night_to: EndTime = time(6)

    @model_validator(mode="after")
    def _double_after_overtime(self) -> Self:
        if self.daily_double is None:
            return self
        if self.daily_overtime is None:
            raise ValueError("daily_double: it needs daily_overtime, where time and a half begins")
        if self.daily_double < self.daily_overtime:
            raise ValueError(
                f"daily_double: {hours(self.daily_double)} is less than daily_overtime"
            )
        return self

    @model_validator(mode="after")
    def _premiums_given(self) -> Self:
        premiums = self._has_overtime or self.sunday or self.holiday or self.night
        if self.of == "premiums" and not premiums:
            raise ValueError("of: no premium is given to count. Give daily_overtime or sunday, say")
        return self

    @property
    def _has_overtime(self) -> bool:
        limited = self.daily_overtime is not None or self.weekly_overtime is not None
        return self.seventh_day or limited

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule needs public holidays."""
        return self.holiday > 0

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        what = "Pay" if self.of == "pay" else "What overtime and premiums add to pay"
        much = "as low as it can be" if self.budget is None else f"at most {money(self._budget)}"
        terms = self._overtime_terms() + self._premium_terms()
        extra = f", with {', '.join(terms)}" if terms else ""
        return f"{what}{self.whom.restriction()} is {much}{extra}."

    def _overtime_terms(self) -> list[str]:
        limits = []
        if self.daily_overtime is not None:
            limits.append(f"{hours(self.daily_overtime)} a day")
        if self.weekly_overtime is not None:
            limits.append(f"{hours(self.weekly_overtime)} a week")
        terms = []
        if limits:
            terms.append(f"time and a half beyond {' and '.join(limits)}")
        if self.daily_double:
            terms.append(f"double time beyond {hours(self.daily_double)} a day")
        if self.seventh_day:
            terms.append("a premium for the seventh day of a week")
        return terms

    def _premium_terms(self) -> list[str]:
        premiums = {"Sundays": self.sunday, "holidays": self.holiday, "nights": self.night}
        return [f"{share} % more on {when}" for when, share in premiums.items() if share]

    def _terms(self, facts: Facts) -> Terms:
        return Terms(
            daily=self.daily_overtime,
            double=self.daily_double,
            weekly=self.weekly_overtime,
            seventh_day=self.seventh_day,
            workday_start=self.workday_start,
            week_starts=facts.team.week_starts,
            sunday=self.sunday,
            holiday=self.holiday,
            night=self.night,
            night_from=self.night_from,
            night_to=self.night_to,
        )

    @property
    def _budget(self) -> int:
        return 0 if self.budget is None else in_cents(self.budget)

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a hard rule without budget, pay nobody knows or that would give one person away."""
        if self.budget is None and self.strength == MUST:
            yield "budget: as a hard rule it needs one. Give it, or a goal as strength."
        people = self.people(facts)
        paid = [p for p in people if p.hourly_rate]
        if people and not paid:
            yield "for: nobody it applies to has an hourly_rate. Add that column to the people."
        if len(paid) == 1:
            yield (
                "for: only one person it applies to has an hourly_rate, which the cost would show. "
                "Widen it."
            )
        if self.holiday and paid:
            yield from self._no_calendar(facts, paid)

    def _no_calendar(self, facts: Facts, paid: Sequence[Person]) -> Iterator[str]:
        if not any(facts.keeps(p.site) for p in paid):
            calendar = 'Add one to a site, such as holidays = "IE".'
            yield f"holiday: no site names a holiday calendar. {calendar}"

    def notices(self, facts: Facts) -> Iterator[str]:
        """Yield how many people have no rate."""
        free = [p.name for p in self.people(facts) if not p.hourly_rate]
        if len(free) == 1:
            yield f"{free[0]} has no hourly_rate and so costs nothing{self.whom.restriction()}."
        elif free:
            who = f"{count(len(free), 'person', 'people')}, {free[0]} among them,"
            yield f"{who} have no hourly_rate and so cost nothing{self.whom.restriction()}."

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield a budget below what the hours cost that hard rules require."""
        if self.budget is None or self.of != "pay":
            return
        people = self.people(facts)
        required = [("hours", *least_pay(facts, people, self.whom.covers, limits))]
        if not self.whom.dated:
            required.append(("staff on duty", *least_pay_of_duty(facts, people, limits)))
        what, minutes, points = max(required, key=lambda found: found[2])
        least = -(-points // CENT)  # rounded up
        if least > self._budget:
            yield (
                f"The budget{self.whom.restriction()} is {money(self._budget)}, but the {what} "
                f"that hard rules require, {hours(minutes)} in all, cost {money(least)} at least."
            )

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge what shifts cost and what they take beyond each limit, rounded up once."""
        overtime = Overtime(model, self._terms(model.facts), self.whom)
        terms: list[tuple[int, Bounded]] = []
        for person in self.people(model.facts):
            rate = in_cents(person.hourly_rate or 0)
            if rate:
                terms += self._shift_pay(model, overtime, person, rate)
                terms += self._overtime_pay(overtime, person, rate)
        total, top = rounded(model, terms, CENT)
        if self.budget is None:
            model.charge(total)
        elif top > self._budget:
            model.at_most(self._budget, total, most=top - self._budget)

    def _shift_pay(
        self, model: Vocabulary, overtime: Overtime, person: Person, rate: int
    ) -> Iterator[tuple[int, Bounded]]:
        """Yield what each shift is paid whatever stands beside it: a weight, and whether it is."""
        for day in self.days_inside(model.facts):
            for points, codes in self._codes_by_points(model.facts, overtime, person, day).items():
                yield rate * points, Bounded(model.works(person.name, day, codes), 1)

    def _codes_by_points(
        self, facts: Facts, overtime: Overtime, person: Person, day: date
    ) -> Mapping[int, Sequence[str]]:
        """Return the shifts of one cell by what they are paid: minutes times per cent."""
        found = dict[int, list[str]]()
        for code in facts.codes(person.name):
            points = overtime.premiums(person, code, day)
            if self.of == "pay":
                points += 100 * facts.shift(code).paid
            if points:
                found.setdefault(points, []).append(code)
        return found

    def _overtime_pay(
        self, overtime: Overtime, person: Person, rate: int
    ) -> Iterator[tuple[int, Bounded]]:
        """Yield what overtime adds, less what the record alone has of it."""
        if not self._has_overtime:
            return
        begun, extras = overtime.of(person)
        for extra in extras:
            yield 50 * rate, extra
        yield -50 * rate, Bounded(begun, begun)

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach for everyone together, if anything is paid, or more than the budget."""
        terms = self._terms(roster.facts)
        points = 0
        for person in self.people(roster.facts):
            rate = in_cents(person.hourly_rate or 0)
            if rate:
                points += rate * self._paid_inside(roster, person, terms)
        cents = -(-points // CENT)  # rounded up
        if cents > self._budget:
            what = "The roster costs" if self.of == "pay" else "Overtime and premiums cost"
            over = ""
            if self.budget is not None:
                over = f", {money(cents - self._budget)} above the budget"
            text = f"{what} {money(cents)}{self.whom.restriction()}{over}."
            yield self.breach(cents - self._budget, text)

    def _paid_inside(self, roster: Roster, person: Person, terms: Terms) -> int:
        """Return what is paid beyond the record alone, in minutes times per cent of plain pay."""
        facts = roster.facts
        recent = facts.first - _BACK
        line = roster.timeline(person.name)
        worked = [a for a in line if a.day >= recent and self.whom.covers(a.day)]
        record = [a for a in worked if a.day < facts.first]
        return self._paid(facts, person, worked, terms) - self._paid(facts, person, record, terms)

    def _paid(
        self, facts: Facts, person: Person, assignments: Sequence[Assignment], terms: Terms
    ) -> int:
        found = earned(
            assignments, facts.tz(person.name), terms, lambda day: facts.holiday(person.name, day)
        )
        straight = 100 * found.minutes if self.of == "pay" else 0
        return straight + found.extra(terms)
