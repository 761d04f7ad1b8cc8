"""The days of a week that other rules leave for work: what is owed in a week that leave or a
contract cuts goes by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ...facts import Facts, Person
from ...facts.availability import suits
from .filter import Filter


class Keeps(NamedTuple):
    """What a rule keeps free of work, and for whom."""

    whom: Filter
    per_week: int
    """Days of each week."""
    unavailable: bool
    """Whether also the times at which people cannot work."""


class DaysOfWeek(NamedTuple):
    """The days of one week on which somebody can work."""

    whole: int
    """If they were under contract all week, and not on leave."""
    under_contract: int
    """If they were not on leave."""
    left: int
    """As it is."""


@dataclass(frozen=True)
class WorkingDays:
    """What the rules of a plan keep free of work."""

    keeps: tuple[Keeps, ...] = ()

    def of_weeks(
        self, facts: Facts, person: Person, days: Sequence[date]
    ) -> list[tuple[Sequence[date], DaysOfWeek | None]]:
        """Return *days* week by week; the days of work only for a week that leave or a contract
        cuts, and where a rule keeps anything free for *person*.
        """
        weeks: dict[int, list[date]] = {}
        for day in days:
            weeks.setdefault((day - facts.first).days // 7, []).append(day)
        kept = [keep for keep in self.keeps if keep.whom.matches(person)]
        found: list[tuple[Sequence[date], DaysOfWeek | None]] = []
        for week in weeks.values():
            cut = not all(facts.due(person.name, day) for day in week)
            found.append((week, _days_of(facts, person, week, kept) if kept and cut else None))
        return found


def _days_of(
    facts: Facts, person: Person, week: Sequence[date], kept: Iterable[Keeps]
) -> DaysOfWeek:
    in_force = [keep for keep in kept if keep.whom.covers(week[-1])]
    # Of a part of a week nobody knows how many of its days are to be off.
    free = max((keep.per_week for keep in in_force), default=0) if len(week) == 7 else 0
    limited = any(keep.unavailable for keep in in_force)

    def most(days: Sequence[date]) -> int:
        could = sum(not limited or _could_work(facts, person, day) for day in days)
        return max(0, min(could, len(days) - free))

    employed = [day for day in week if person.employed(day)]
    due = [day for day in employed if not facts.on_leave(person.name, day)]
    return DaysOfWeek(most(week), most(employed), most(due))


def _could_work(facts: Facts, person: Person, day: date) -> bool:
    """Say whether any shift of *day* suits the times at which *person* can work."""
    return any(suits(facts, person.name, code, day) for code in facts.codes(person.name))
