"""Days off in each week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..facts import Facts
from .base import Breach, Rule

if TYPE_CHECKING:
    from ..roster import Roster
    from ..solver.model import Model


class DaysOff(Rule):
    """Count the days off missing, or too many, per person and week.

    A day of leave, or outside the contract, is neither worked nor off. In a week with fewer other days
    than days off are due, all of those are off.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"per_week": 2},
        {"per_week": 2, "count": "at_least"},
        {"per_week": 7},
        {"per_week": 0, "for": {"site": ["North"]}},
    )

    kind: Literal["days-off"] = "days-off"
    per_week: int = Field(default=2, ge=0, le=7)
    count: Literal["exactly", "at-least"] = "exactly"

    @field_validator("count", mode="before")
    @classmethod
    def _dashes(cls, value: Any) -> Any:
        return value.replace("_", "-") if isinstance(value, str) else value

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        days = f"{self.per_week} day{'' if self.per_week == 1 else 's'} off"
        return f"Everyone{self.whom.words()} has {self.count.replace('-', ' ')} {days} in each week."

    def most_days(self, facts: Facts, who: str, week: Sequence[date]) -> int:
        """Return what the days off leave."""
        if not any(week[-1] in judged for judged in self.weeks_inside(facts)):
            return len(week)
        return min(len(week), 7 - min(self.per_week, sum(facts.due(who, d) for d in week)))

    def encode(self, model: Model) -> None:
        """Charge each day off missing, or too many."""
        for p in self.people(model.facts):
            for week in self.weeks_inside(model.facts):
                days = [d for d in week if model.facts.due(p.name, d)]
                worked = sum(model.works(p.name, d) for d in days)
                most = len(days) - min(self.per_week, len(days))
                model.at_most(most, worked, most=7)
                if self.count == "exactly":
                    model.at_least(most, worked, most=7)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and week."""
        facts: Facts = roster.facts
        inside = self.days_inside(facts)
        for p in self.people(facts):
            for week in self.weeks_inside(facts):
                free = [d for d in week if facts.due(p.name, d)]
                off = sum(not roster.works(p.name, d) for d in free)
                due = min(self.per_week, len(free))
                if off < due or (off > due and self.count == "exactly"):
                    text = f"{p.name} has {off} of {due} days off in the week of {week[0]:%a %d %b}."
                    yield self.breach(abs(off - due), text, p.name, max(week[0], inside[0]))
