"""What the roster costs in pay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import hours
from ..facts import Facts, Person
from ..facts.base import Minutes, WallTime
from ..roster import Assignment, Roster
from ..roster.pay import Terms, earned
from .base import MUST, Breach, LeastPaid, Rule
from .overtime import Overtime, WorkdayPart, rounded
from .vocabulary import Vocabulary

CENT = 60 * 100
"""Cents an hour, times minutes, times per cent, in one cent."""

Percent = Annotated[int, Field(ge=0, le=1000)]


class Cost(Rule):
    """Count the cents the roster costs in pay, or the cents above the budget, for everyone
    together.

    Overtime is counted by fixed local workdays from *workday_start* and by the team's workweeks,
    not by shifts: a shift is split where a workday begins, in elapsed minutes, and its unpaid break
    lies in its middle. A minute beyond a limit of the day does not count towards that of the week.
    Premiums go by local calendar days and add to each other; each is a part of the plain rate.

    What the days of the horizon cause is charged: shifts on record before make it overtime earlier,
    but are not paid again, and what a night before the first day reaches into it is theirs. The sum
    is rounded up to a whole cent once. People without an hourly rate cost nothing. What one of them
    is paid is never told.
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
    night_to: WallTime = time(6)

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.daily_double is not None and self.daily_overtime is None:
            raise ValueError(
                "daily_double: it needs daily_overtime, from which time and a half is paid"
            )
        if self.daily_double is not None and self.daily_double < (self.daily_overtime or 0):
            raise ValueError(
                f"daily_double: {hours(self.daily_double)} is less than daily_overtime"
            )
        if self.of == "premiums" and not (
            self._has_overtime or self.sunday or self.holiday or self.night
        ):
            raise ValueError(
                "of: premiums are asked for and none is given. Give daily_overtime or sunday, say"
            )
        return self

    @property
    def _has_overtime(self) -> bool:
        return (
            self.seventh_day or self.daily_overtime is not None or self.weekly_overtime is not None
        )

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule asks for public holidays."""
        return self.holiday > 0

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        limits = [
            f"{hours(limit)} a {span}"
            for limit, span in ((self.daily_overtime, "day"), (self.weekly_overtime, "week"))
            if limit is not None
        ]
        terms = [f"time and a half beyond {' and '.join(limits)}"] if limits else []
        terms += (
            [f"double time beyond {hours(self.daily_double)} a day"] if self.daily_double else []
        )
        terms += ["a premium for the seventh day of a week"] if self.seventh_day else []
        for share, when in (
            (self.sunday, "Sundays"),
            (self.holiday, "holidays"),
            (self.night, "nights"),
        ):
            terms += [f"{share} % more on {when}"] if share else []
        what = "Pay" if self.of == "pay" else "What overtime and premiums add to pay"
        much = "as low as it can be" if self.budget is None else f"at most {_money(self._budget)}"
        return f"{what}{self.whom.words()} is {much}{', with ' if terms else ''}{', '.join(terms)}."

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
        return 0 if self.budget is None else _cents(self.budget)

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a cost that cannot be a must, pay nobody knows, and pay that would give one person
        away.
        """
        if self.budget is None and self.strength == MUST:
            yield "budget: as a must the rule needs one. Give it, or a goal as strength."
        paid = [p for p in self.people(facts) if p.hourly_rate]
        if not paid and self.people(facts):
            yield "for: nobody it is for has an hourly_rate. Add that column to the people."
        elif len(paid) == 1:
            yield "for: only one person it is for has an hourly_rate, which the cost would show. Widen it."
        if self.holiday and paid and not any(facts.keeps(p.site) for p in paid):
            yield 'holiday: no site names a holiday calendar. Add one to a site, such as holidays = "IE".'

    def notices(self, facts: Facts) -> Iterator[str]:
        """Yield how many people have no rate."""
        free = [p.name for p in self.people(facts) if not p.hourly_rate]
        if free:
            who = (
                f"{free[0]} has"
                if len(free) == 1
                else f"{len(free)} people, {free[0]} among them, have"
            )
            yield f"{who} no hourly_rate and so cost{'s' * (len(free) == 1)} nothing{self.whom.words()}."

    def exceeded(self, facts: Facts, least_paid: LeastPaid) -> Iterator[str]:
        """Yield a budget below what the hours cost that the musts make people work."""
        if self.budget is None or self.of != "pay":
            return
        rates = {p.name: _cents(p.hourly_rate or 0) for p in self.people(facts)}
        minutes = {who: least_paid(who, self.whom.covers) for who, rate in rates.items() if rate}
        least = -(-sum(rates[who] * 100 * minutes[who] for who in minutes) // CENT)
        if least > self._budget:
            yield (
                f"The budget{self.whom.words()} is {_money(self._budget)}, but the hours the musts ask for, "
                f"{hours(sum(minutes.values()))} in all, cost {_money(least)} at least."
            )

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge what shifts cost and what they take beyond each limit, rounded up once."""
        facts, overtime = model.facts, Overtime(model, self._terms(model.facts), self.whom)
        terms: list[tuple[int, WorkdayPart]] = []
        for p in self.people(facts):
            rate = _cents(p.hourly_rate or 0)
            if not rate:
                continue
            for day in self.days_inside(facts):
                for points, codes in self._by_points(overtime, p, day).items():
                    terms.append((rate * points, WorkdayPart(model.works(p.name, day, codes), 1)))
            if self._has_overtime:
                begun, extras = overtime.of(p)
                terms += [(50 * rate, extra) for extra in extras]
                terms.append((-50 * rate, WorkdayPart(begun, begun)))
        total, top = rounded(model, terms, CENT)
        if self.budget is None:
            model.charge(total)
        elif top > self._budget:
            model.at_most(self._budget, total, most=top - self._budget)

    def _by_points(self, overtime: Overtime, p: Person, day: date) -> Mapping[int, Sequence[str]]:
        """Return the shifts of one cell by what they are paid: minutes times per cent, overtime
        apart.
        """
        facts, found = overtime.model.facts, dict[int, list[str]]()
        for code in facts.codes(p.name):
            calendar = overtime.parts(p.site, code, day)
            points = 100 * sum(calendar.values()) if self.of == "pay" else 0
            points += self.sunday * sum(m for d, m in calendar.items() if d.weekday() == 6)
            if self.holiday:
                points += self.holiday * sum(
                    m for d, m in calendar.items() if facts.holiday(p.name, d)
                )
            if self.night:
                points += self.night * overtime.night(p.site, code, day)
            if points:
                found.setdefault(points, []).append(code)
        return found

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach for everyone together, if anything is paid, or more than the budget."""
        facts, points = roster.facts, 0
        terms = self._terms(facts)
        for p in self.people(facts):
            if rate := _cents(p.hourly_rate or 0):
                recent = facts.first - timedelta(days=16)
                duties = [
                    d
                    for d in roster.timeline(p.name)
                    if d.day >= recent and self.whom.covers(d.day)
                ]
                record = [d for d in duties if d.day < facts.first]
                points += rate * (
                    self._paid(facts, p, duties, terms) - self._paid(facts, p, record, terms)
                )
        cents = -(-points // CENT)
        if cents > self._budget:
            what = "The roster costs" if self.of == "pay" else "Overtime and premiums cost"
            over = (
                "" if self.budget is None else f", {_money(cents - self._budget)} above the budget"
            )
            yield self.breach(
                cents - self._budget, f"{what} {_money(cents)}{self.whom.words()}{over}."
            )

    def _paid(self, facts: Facts, p: Person, duties: Sequence[Assignment], terms: Terms) -> int:
        """Return what *duties* are paid, in minutes times per cent of the plain rate."""
        found = earned(duties, facts.tz(p.name), terms, lambda day: facts.holiday(p.name, day))
        return found.extra(terms) + (100 * found.minutes if self.of == "pay" else 0)


def _cents(amount: float) -> int:
    """Return an amount written with two decimals in whole cents; more decimals are rounded."""
    return int((Decimal(str(amount)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"
