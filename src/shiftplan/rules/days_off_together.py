"""Days off in a row in each week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary


class DaysOffTogether(Rule):
    """Count the weeks in which a person has no run of days off that is long enough.

    A day of leave, or outside the contract, is as good as a day off here. A week with fewer due
    days than the run has owes none. A run that straddles needs only one day in the week, and a day
    nobody knows (before the record, after the last day) is taken to be off.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": 2},
        {"days": 2, "straddle": False},
        {"days": 1},
        {"days": 4},
        {"days": 7, "straddle": False, "for": {"site": ["North"]}},
    )

    kind: Literal["days-off-together"] = "days-off-together"
    days: int = Field(default=2, ge=1, le=7)
    straddle: bool = True
    """Whether the run may reach into the week before or after."""

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        days = "a day off" if self.days == 1 else f"{self.days} days off in a row"
        where = "at least partly in" if self.straddle and self.days > 1 else "inside"
        return f"Everyone{self.whom.words()} has {days} {where} each week."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without the end of a week."""
        yield from self.week_problems(facts)

    def encode(self, model: Vocabulary) -> None:
        """Charge each week in which no run can be off."""
        facts = model.facts
        reach = self.days - 1
        offsets = range(-reach, 7) if self.straddle else range(7 - reach)
        for p in self.people(facts):
            runs: dict[date, Expr] = {}
            for week in self.weeks_inside(facts):
                if sum(facts.due(p.name, d) for d in week) < self.days:
                    continue
                starts = [week[0] + timedelta(days=k) for k in offsets]
                for start in starts:
                    if start not in runs:
                        runs[start] = self._run(model, p.name, start)
                found = [runs[start] for start in starts]
                if not any(isinstance(run, int) and run for run in found):
                    model.at_least(1, sum(found), most=1)

    def _run(self, model: Vocabulary, who: str, start: date) -> Expr:
        """Return 1 at most, and that only if the days from *start* are all off, as unknown days
        are.
        """
        worked = [model.works(who, start + timedelta(days=k)) for k in range(self.days)]
        if any(isinstance(w, int) and w for w in worked):
            return 0
        choices = [w for w in worked if not isinstance(w, int)]
        if len(choices) < 2:
            return 1 - sum(choices)
        run = model.number(0, 1)
        model.require(*(run + w <= 1 for w in choices))
        return run

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and week."""
        facts = roster.facts
        inside = self.days_inside(facts)
        beside = self.days - 1 if self.straddle else 0
        for p in self.people(facts):
            for week in self.weeks_inside(facts):
                if sum(facts.due(p.name, d) for d in week) < self.days:
                    continue
                around = [week[0] + timedelta(days=k) for k in range(-beside, 7 + beside)]
                works = [roster.works(p.name, d) for d in around]
                longest = max(
                    (len(list(run)) for worked, run in groupby(works) if not worked), default=0
                )
                if longest < self.days:
                    text = f"{p.name} has no {self.days} days off in a row in the week of {week[0]:%a %d %b}."
                    yield self.breach(1, text, p.name, max(week[0], inside[0]))
