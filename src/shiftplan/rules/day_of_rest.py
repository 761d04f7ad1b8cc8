"""A day of the week on which no minute is worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import day_start, resolve
from ..facts import Facts
from ..facts.base import WallTime
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary, any_of


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
        return (
            f"Everyone{self.whom.words()} has {days} in each week on which no part of a shift lies."
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without the end of a week."""
        yield from self.week_problems(facts)

    def most_days(self, facts: Facts, who: str, week: Sequence[date]) -> int:
        """Return what the days of rest leave, or the two that a shift on record may reach into."""
        if self.workday_start != time(0) or not self.judges_week_of(facts, week[-1]):
            return len(week)
        return min(len(week), max(2, 7 - self.days))

    def encode(self, model: Vocabulary) -> None:
        """Charge each day on which a shift lies beyond those a week may have."""
        facts = model.facts
        for p in self.people(facts):
            shifts = self._shifts(facts, p.name)
            for week in self.weeks_inside(facts):
                worked, begun = [], 0
                for day in week:
                    start, end = self._begin(facts, p.name, day), self._begin(facts, p.name, day, 1)
                    near = (day + timedelta(days=k) for k in range(-3, 2))
                    on = [
                        (d, code) for d in near for code, a, b in shifts[d] if a < end and start < b
                    ]
                    known = any(d < facts.first for d, _ in on)
                    begun += known
                    worked.append(1 if known else self._any(model, p.name, on))
                most = max(7 - self.days, begun)
                model.at_most(most, sum(worked), most=7)

    def _shifts(self, facts: Facts, who: str) -> Mapping[date, list[tuple[str, int, int]]]:
        """Return by day the shifts there could be, and those on record just before, with start and
        end.
        """
        found: dict[date, list[tuple[str, int, int]]] = defaultdict(list)
        for k in range(-3, len(facts.days)):
            day = facts.first + timedelta(days=k)
            known = facts.history.cells.get((who, day))
            for code in facts.codes(who) if k >= 0 else [known] if known else []:
                found[day].append((code, *facts.span(who, code, day)))
        return found

    def _begin(self, facts: Facts, who: str, day: date, after: int = 0) -> int:
        """Return the instant at which the workday *after* days after *day* begins."""
        day, tz = day + timedelta(days=after), facts.tz(who)
        if self.workday_start == time(0):
            return day_start(day, tz)
        return resolve(day, self.workday_start, tz).instant

    def _any(self, model: Vocabulary, who: str, shifts: Sequence[tuple[date, str]]) -> Expr:
        """Return 1, at least, if any of *shifts* is worked."""
        days = sorted({day for day, _ in shifts})
        return any_of(
            model, [model.works(who, day, [c for d, c in shifts if d == day]) for day in days]
        )

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and week."""
        facts = roster.facts
        for p in self.people(facts):
            duties = roster.timeline(p.name)
            for week in self.weeks_inside(facts):
                worked, record = set[date](), set[date]()
                for day in week:
                    start, end = self._begin(facts, p.name, day), self._begin(facts, p.name, day, 1)
                    there = [d for d in duties if d.start < end and d.end > start]
                    worked |= {day} if there else set()
                    record |= {day} if any(d.day < facts.first for d in there) else set()
                over = len(worked) - max(7 - self.days, len(record))
                if over > 0:
                    text = (
                        f"{p.name} has work on {len(worked)} days of the week of {week[0]:%a %d %b}, "
                        f"not at most {7 - self.days}."
                    )
                    yield self.breach(over, text, p.name, week[-1])
