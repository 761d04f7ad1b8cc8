"""How many shifts of a sort in each week, in the horizon, or in any number of days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..errors import count
from ..facts import Facts, Person
from ..facts.base import Name
from ..roster import Roster
from .base import Breach, OwedWork, WorkLimits, selector_problems
from .stretches import by_week, day_span, most_in_any, on_record
from .vocabulary import Vocabulary


class ShiftCount(OwedWork):
    """Count the shifts of a sort above the maximum or below the minimum.

    They are counted per person and stretch of days: a week, the horizon, or any *days*.
    A minimum is never more than the due days in the stretch, nor, in a week that leave or a
    contract cuts, than the days that ``days-off`` and ``available`` leave. Where *days* reaches
    back before the horizon, what the record alone has too many is not charged, nor what the days
    inside could not make up. A stretch not wholly on record is not judged.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "night", "max": 1},
        {"of": "N", "min": 2, "max": 2, "per": "week"},
        {"of": "late", "min": 3, "max": 5, "per": "horizon"},
        {"max": 3, "days": 4},
        {"min": 5, "days": 7, "for": {"site": ["North"]}},
        {"of": "D", "min": 1, "max": 1, "days": 14},
    )

    tells_shifts_apart: ClassVar[bool] = True

    kind: Literal["shift-count"] = "shift-count"
    of: Name = "any"
    """A code, a family, a kind, or ``any``."""
    min: int = Field(default=0, ge=0, le=371)
    max: int | None = Field(default=None, ge=0, le=371)
    per: Literal["week", "horizon"] | None = None
    """A week if neither this nor *days* is given."""
    days: int | None = Field(default=None, ge=1, le=371)
    """Any so many consecutive days."""

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        if self.max is None and not self.min:
            raise ValueError("give min (1 or more), max, or both")
        return self

    @model_validator(mode="after")
    def _stretch(self) -> Self:
        if self.per and self.days:
            raise ValueError("give per or days, not both")
        if self.per == "horizon":
            return self  # how long it is only the facts say
        length = self.days or 7
        if self.min > length:
            most = count(length, "day")
            raise ValueError(f"min {self.min} is more than the {most} it is counted in")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        if self.max is None:
            much = f"at least {count(self.min, self._shift)}"
        elif self.min:
            much = f"at least {self.min} and at most {count(self.max, self._shift)}"
        else:
            much = f"at most {count(self.max, self._shift)}"
        return f"Everyone{self.whom.restriction()} works {much} in {self._where}."

    @property
    def _shift(self) -> str:
        return "shift" if self.of == "any" else f"{self.of} shift"

    @property
    def _where(self) -> str:
        if self.days:
            return f"any {self.days} consecutive days" if self.days > 1 else "any 1 day"
        return "the horizon" if self.per == "horizon" else "each week"

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that names no shift, a minimum too high and a stretch never judged."""
        unknown = list(selector_problems(facts, "of", (self.of,), self.people(facts)))
        yield from unknown
        if self.min and not unknown:
            yield from self._unable(facts)
        if self.days:
            yield from self._never_known(facts, self.days)
        elif self.per == "horizon":
            yield from self._too_few_dates(facts)
        else:
            yield from self.week_problems(facts)

    def _unable(self, facts: Facts) -> Iterator[str]:
        """Yield the first person who can work no shift of the sort, and so never the minimum."""
        of = facts.select(self.of)
        for person in self.people(facts):
            if of.isdisjoint(facts.codes(person.name)):
                yield f"min: {person.name} can work no '{self.of}'. Name with 'for' those who can."
                return

    def _never_known(self, facts: Facts, length: int) -> Iterator[str]:
        known = len(facts.known_days)
        if length > known:
            yield (
                f"days: {count(length, 'day')} are not on record by the last day, only {known}. "
                "Lower it, or give a longer history or horizon."
            )

    def _too_few_dates(self, facts: Facts) -> Iterator[str]:
        days = len(self.days_inside(facts))
        if self.min > days > 0:
            where = "the dates it applies to have" if self.whom.dated else "the horizon has"
            yield f"min: {where} only {count(days, 'day')}, not {self.min}. Lower it."

    # -- by counting, before any search ----------------------------------------------------------

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return the maximum, if it is one of these days and of all *codes*."""
        if self.max is None or not facts.select(self.of).issuperset(codes):
            return len(days)
        if self.days:
            # One that holds all of these days must fit in, and be judged by its last.
            judged = not self.whom.dated and self.days <= len(facts.days)
            return most_in_any(days, self.days, self.max) if judged else len(days)
        if self.per == "horizon":
            inside = set(self.days_inside(facts)).intersection(days)
            return min(len(inside), self.max) + len(days) - len(inside)
        return min(len(days), self.max) if self.judges_week_of(facts, days[-1]) else len(days)

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield the first stretch of each person with too few days to work."""
        if not self.min:
            return
        of = facts.select(self.of)
        for person in self.people(facts):
            for begin, end in self._spans(facts):
                if begin < facts.first:
                    continue  # what is on record may do
                weeks = by_week(facts, begin, end)
                days = [day for week in weeks for day in week]
                least = min(self.min, self._owed(facts, person, days))
                most = sum(limits.most_days(person.name, days, of) for days in weeks)
                if least > most:
                    what = count(least, "day" if self.of == "any" else self._shift)
                    span = day_span(begin, end)
                    yield f"{person.name} is to work {what} or more {span}, but can {most} at most."
                    break

    def least_days(self, facts: Facts, who: str, week: Sequence[date]) -> tuple[str, int]:
        """Return the minimum of a week."""
        if self.days or self.per == "horizon" or not self.judges_week_of(facts, week[-1]):
            return self.of, 0
        return self.of, min(self.min, self._owed(facts, facts.person(who), week))

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return the minimum times the shortest shift of the sort, if it is for these days only."""
        length = len(facts.days) if self.per == "horizon" else self.days or 7
        if not self.min or len(days) != length:
            return 0
        of = facts.select(self.of)
        shortest = min((facts.shift(c).paid for c in facts.codes(who) if c in of), default=0)
        return shortest * min(self.min, self._owed(facts, facts.person(who), days))

    def _owed(self, facts: Facts, person: Person, days: Sequence[date]) -> int:
        """Return on how many of *days* a person can be asked to work."""
        owed = 0
        for week, work in self._working_days.of_weeks(facts, person, days):
            due = sum(facts.due(person.name, day) for day in week)
            owed += due if work is None else min(due, work.left)
        return owed

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch for the shifts too many and too few."""
        of = model.facts.select(self.of)
        stretches = self._stretches(model.facts)
        for person in self.people(model.facts):
            for days in stretches:
                if self.max is not None:
                    self._charge_too_many(model, person.name, days, of, self.max)
                if self.min:
                    self._charge_too_few(model, person, days, of)

    def _stretches(self, facts: Facts) -> Sequence[Sequence[date]]:
        """Return the days of each stretch, all of them on record or in the horizon."""
        if self.per == "horizon":
            return (self.days_inside(facts),)
        if not self.days:
            return self.weeks_inside(facts)
        known, inside = facts.known_days, set(self.days_inside(facts))
        found = []
        for end in range(self.days, len(known) + 1):
            if known[end - 1] in inside:
                found.append(known[end - self.days : end])
        return found

    def _charge_too_many(
        self, model: Vocabulary, who: str, days: Sequence[date], of: Collection[str], most: int
    ) -> None:
        """Charge the shifts of one stretch beyond *most*."""
        # What the record alone has too many is not charged.
        most = max(most, on_record(model.facts, who, days, of))
        if most < len(days):
            total = sum(model.works(who, day, of) for day in days)
            model.at_most(most, total, most=len(days))

    def _charge_too_few(
        self, model: Vocabulary, person: Person, days: Sequence[date], of: Collection[str]
    ) -> None:
        """Charge the shifts one stretch lacks."""
        facts, who = model.facts, person.name
        due = [day for day in days if facts.due(who, day)]
        left = 0
        for week, work in self._working_days.of_weeks(facts, person, days):
            left += sum(day in due for day in week) if work is None else work.left
        due_inside = sum(day >= facts.first for day in due)
        # What the days inside could not make up is not charged either. Where leave was worked on
        # record, that can be more than the due days of the stretch.
        possible = on_record(facts, who, days, of) + due_inside
        least = min(self.min, left, possible)
        if least:
            total = sum(model.works(who, day, of) for day in days)
            model.at_least(least, total, most=least)

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per stretch."""
        facts = roster.facts
        of = facts.select(self.of)
        # A stretch not wholly on record is not judged.
        spans = [span for span in self._spans(facts) if span[0] >= facts.known_days[0]]
        for person in self.people(facts):
            worked = [
                assignment.day
                for assignment in roster.timeline(person.name)
                if assignment.shift.code in of
            ]
            for begin, end in spans:
                found = worked[bisect_left(worked, begin) : bisect_right(worked, end)]
                yield from self._find(facts, person, found, (begin, end))

    def _spans(self, facts: Facts) -> list[tuple[date, date]]:
        """Return the first and last day of each stretch, be they known or not."""
        inside = self.days_inside(facts)
        if self.days:
            return [(day - timedelta(days=self.days - 1), day) for day in inside]
        if self.per == "horizon":
            return [(inside[0], inside[-1])] if inside else []
        return [(week[0], week[-1]) for week in self.weeks_inside(facts)]

    def _find(
        self, facts: Facts, person: Person, worked: Sequence[date], span: tuple[date, date]
    ) -> Iterator[Breach]:
        """Yield the shifts too many or too few on the days *worked* in one stretch."""
        (begin, end), who = span, person.name
        before = bisect_left(worked, facts.first)
        over = short = 0
        if self.max is not None:
            over = max(0, len(worked) - max(self.max, before))
        if len(worked) < self.min:
            days = [day for day in facts.known_days if begin <= day <= end]
            inside = sum(day >= facts.first and facts.due(who, day) for day in days)
            owed = min(self._owed(facts, person, days), before + inside)
            short = max(0, min(self.min, owed) - len(worked))
        if over or short:
            text = f"{who} works {count(len(worked), self._shift)} {day_span(begin, end)}."
            day = max(begin, self.days_inside(facts)[0])
            yield self.breach(over + short, text, who, day)
