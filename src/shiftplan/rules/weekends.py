"""Weekends worked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal, NamedTuple, Self, TypeAlias

from pydantic import Field, model_validator

from ..clock import WEEKDAYS
from ..errors import count
from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary, any_of, certain, ruled_out

_SATURDAY = WEEKDAYS.index("saturday")
_DAY = timedelta(days=1)

FirstWorked: TypeAlias = date | None
"""The first day worked of a weekend, None if neither is."""


class _Weekend(NamedTuple):
    """The days of one weekend that are on record or in the horizon, and those the rule looks at."""

    days: tuple[date, ...]
    inside: tuple[date, ...]


class Weekends(Rule):
    """Count the weekends beyond a maximum, those too many in a row, and those worked by half.

    A weekend is a Saturday and Sunday by local date, and worked if either is. One cut by the first
    day belongs to the period of its first shift, so that no weekend counts in two. Weekends on
    record count for those in a row, but only one of the horizon can be too many. A half weekend is
    excused if its other day is unknown or the person is not due on both days.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"max": 1},
        {"max_in_a_row": 1},
        {"whole": True},
        {"max": 0, "for": {"site": ["North"]}},
        {"max": 2, "max_in_a_row": 2, "whole": True},
    )

    kind: Literal["weekends"] = "weekends"
    max: int | None = Field(default=None, ge=0, le=53)
    max_in_a_row: int | None = Field(default=None, ge=1, le=53)
    whole: bool = False
    """Whether both days are to be worked, or none."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.max is None and self.max_in_a_row is None and not self.whole:
            raise ValueError("give max, max_in_a_row or whole = true")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        parts = []
        if self.max is not None:
            parts.append(f"at most {count(self.max, 'weekend')}")
        if self.max_in_a_row is not None:
            parts.append(f"at most {count(self.max_in_a_row, 'weekend')} in a row")
        if self.whole:
            parts.append("both days of a weekend or none")
        return f"Everyone{self.whom.restriction()} works {', and '.join(parts)}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without a weekend."""
        yield from self.weekday_problems(facts, WEEKDAYS[_SATURDAY:])

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge weekends above the maximum, rows too long and half weekends, each by itself."""
        weekends = self._weekends(model.facts)
        for person in self.people(model.facts):
            works = _WeekendWork(model, person.name)
            if self.max is not None:
                self._charge_total(model, works, weekends, self.max)
            if self.max_in_a_row is not None:
                self._charge_rows(model, works, weekends, self.max_in_a_row)
            if self.whole:
                self._charge_halves(model, person.name, weekends)

    def _weekends(self, facts: Facts) -> Sequence[_Weekend]:
        """Return every weekend of which a day is on record or in the horizon, in order."""
        inside = set(self.days_inside(facts))
        known = [day for day in facts.known_days if day.weekday() >= _SATURDAY]
        found = []
        for _, group in groupby(known, key=lambda day: day.isocalendar()[:2]):
            days = tuple(group)
            found.append(_Weekend(days, tuple(day for day in days if day in inside)))
        return found

    def _charge_total(
        self, model: Vocabulary, works: _WeekendWork, weekends: Sequence[_Weekend], most: int
    ) -> None:
        """Charge the weekends worked beyond *most*, in all the rule looks at."""
        judged = [weekend for weekend in weekends if weekend.inside]
        if most >= len(judged):
            return  # nobody can work too many
        total = sum(works.begun_inside(weekend) for weekend in judged)
        model.at_most(most, total, most=len(judged))

    def _charge_rows(
        self, model: Vocabulary, works: _WeekendWork, weekends: Sequence[_Weekend], row: int
    ) -> None:
        """Charge each weekend that is one more in a row than allowed."""
        for k in range(row, len(weekends)):
            last = weekends[k]
            if not last.inside:
                continue  # weekends on record count towards a row, but cannot be one too many
            before = [works.on_any_day(weekend.days) for weekend in weekends[k - row : k]]
            # A weekend cut by the first day belongs to the period in which its first shift lies.
            model.never_all([*before, works.begun_inside(last)])

    def _charge_halves(self, model: Vocabulary, who: str, weekends: Sequence[_Weekend]) -> None:
        """Charge each weekend of which one day is worked and the other is not."""
        for weekend in weekends:
            if len(weekend.days) < 2:
                continue  # its other day is unknown
            saturday, sunday = weekend.days
            if sunday not in weekend.inside:
                continue  # what takes two days is looked at where it ends
            if not (model.facts.due(who, saturday) and model.facts.due(who, sunday)):
                continue  # excused: on leave or not employed on one of them
            first, second = model.works(who, saturday), model.works(who, sunday)
            model.at_most(first, second, most=1)
            model.at_least(first, second, most=1)

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield a breach for each person's sum, each row of weekends and each half weekend."""
        facts = roster.facts
        inside = set(self.days_inside(facts))
        known = [day for day in facts.known_days if day.weekday() >= _SATURDAY]
        for person in self.people(facts):
            worked = {day for day in known if roster.works(person.name, day)}
            firsts = _first_days(known, worked)
            if self.max is not None:
                yield from self._find_total(person.name, firsts, inside, self.max)
            if self.max_in_a_row is not None:
                yield from self._find_rows(person.name, firsts, inside, self.max_in_a_row)
            if self.whole:
                yield from self._find_halves(facts, person.name, worked)

    def _find_total(
        self, who: str, firsts: Sequence[FirstWorked], inside: Collection[date], most: int
    ) -> Iterator[Breach]:
        """Yield the weekends worked beyond *most*; one belongs where its first shift lies."""
        counted = [first for first in firsts if first in inside]
        if len(counted) > most:
            text = f"{who} works {count(len(counted), 'weekend')}; the limit is {most}."
            yield self.breach(len(counted) - most, text, who, counted[-1])

    def _find_rows(
        self, who: str, firsts: Sequence[FirstWorked], inside: Collection[date], most: int
    ) -> Iterator[Breach]:
        """Yield each row of weekends worked with one or more too many inside."""
        for _, group in groupby(firsts, bool):
            row = [first for first in group if first]
            too_many = [first for first in row[most:] if first in inside]
            if too_many:
                text = f"{who} works {len(row)} weekends in a row up to {row[-1]:%a %d %b}."
                yield self.breach(len(too_many), text, who, too_many[-1])

    def _find_halves(self, facts: Facts, who: str, worked: Collection[date]) -> Iterator[Breach]:
        """Yield each weekend of which one day is worked and the other is not."""
        days = self.days_inside(facts)
        for sunday in days:
            saturday = sunday - _DAY
            if saturday.weekday() != _SATURDAY or saturday < facts.known_days[0]:
                continue
            due = facts.due(who, saturday) and facts.due(who, sunday)
            if due and (saturday in worked) != (sunday in worked):
                text = f"{who} works half of the weekend of {saturday:%a %d %b}."
                yield self.breach(1, text, who, saturday if saturday in days else sunday)


def _first_days(known: Sequence[date], worked: Collection[date]) -> Sequence[FirstWorked]:
    """Return the first day worked of each weekend of which a day is *known*, in order."""
    firsts: dict[date, FirstWorked] = {}
    for day in known:
        saturday = day - _DAY * (day.weekday() - _SATURDAY)
        if firsts.get(saturday) is None:
            firsts[saturday] = day if day in worked else None
    return tuple(firsts.values())


class _WeekendWork:
    """One person's work at weekends as the solver sees it, each expression made once."""

    def __init__(self, model: Vocabulary, who: str) -> None:
        self._model = model
        self._who = who
        self._worked: dict[tuple[date, ...], Expr] = {}
        self._begun: dict[_Weekend, Expr] = {}

    def on_any_day(self, days: tuple[date, ...]) -> Expr:
        """Return 1, at least, if any of *days* is worked."""
        if days not in self._worked:
            events = [self._model.works(self._who, day) for day in days]
            self._worked[days] = any_of(self._model, events)
        return self._worked[days]

    def begun_inside(self, weekend: _Weekend) -> Expr:
        """Return 1, at least, if the first day worked of *weekend* is one the rule looks at."""
        if weekend not in self._begun:
            self._begun[weekend] = self._begins_inside(weekend)
        return self._begun[weekend]

    def _begins_inside(self, weekend: _Weekend) -> Expr:
        worked = self.on_any_day(weekend.inside)
        if weekend.days[0] == weekend.inside[0]:
            return worked
        # Only the Sunday is inside: with a Saturday worked, the weekend belongs to what was before.
        saturday = self._model.works(self._who, weekend.days[0])
        if certain(saturday):
            return 0
        if ruled_out(saturday):
            return worked
        begun = self._model.number(0, 1)
        self._model.require(begun >= worked - saturday)
        return begun
