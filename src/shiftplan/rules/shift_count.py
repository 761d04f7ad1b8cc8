"""How many shifts of a sort in each week, in the horizon, or in any number of days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..facts import Facts
from ..facts.base import Name
from ..roster import Roster
from .base import Breach, MostDays, Rule, selector_problems
from .vocabulary import Vocabulary


class ShiftCount(Rule):
    """Count the shifts of a sort above the maximum or below the minimum, per person and stretch of
    days.

    A minimum is never more than the due days in the stretch. Where *days* reaches back before the
    horizon, what the record alone has too many is not charged, nor what the days inside could not
    make up. A stretch not wholly on record is not judged.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "night", "max": 1},
        {"of": "N", "min": 2, "max": 2, "per": "week"},
        {"of": "late", "min": 3, "max": 5, "per": "horizon"},
        {"max": 3, "days": 4},
        {"min": 5, "days": 7, "for": {"site": ["North"]}},
        {"of": "D", "min": 1, "max": 1, "days": 14},
    )

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
        if self.per and self.days:
            raise ValueError("give per or days, not both")
        length = None if self.per == "horizon" else self.days or 7
        if length and self.min > length:
            raise ValueError(f"min {self.min} is more than the {length} days it is counted in")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        least = f"at least {self.min}" if self.min else ""
        most = f"at most {self.max}" if self.max is not None else ""
        both = " and ".join(filter(None, (least, most)))
        what = f"{'' if self.of == 'any' else f'{self.of} '}shift{'' if (self.max or self.min) == 1 else 's'}"
        where = "the horizon" if self.per == "horizon" else "each week"
        where = f"any {self.days} consecutive days" if self.days else where
        return f"Everyone{self.whom.words()} works {both} {what} in {where}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that names no shift, a minimum out of reach and a stretch never judged."""
        wrong = list(selector_problems(facts, "of", (self.of,), self.people(facts)))
        yield from wrong
        unable = [
            p for p in self.people(facts) if facts.select(self.of).isdisjoint(facts.codes(p.name))
        ]
        if self.min and unable and not wrong:
            yield f"min: {unable[0].name} can work no '{self.of}'. Name with 'for' those who can."
        if not self.days and self.per != "horizon":
            yield from self.week_problems(facts)
        days = self.days_inside(facts)
        if self.min > len(days) > 0 and self.per == "horizon":
            where = "the dates it is for have" if self.whom.dated else "the horizon has"
            yield f"min: {where} only {len(days)} days, not {self.min}. Lower it."
        if self.days and self.days > len(facts.known_days):
            yield (
                f"days: {self.days} days are not on record by the last day, only {len(facts.known_days)}. "
                "Lower it, or give a longer history or horizon."
            )

    def out_of_reach(self, facts: Facts, most_days: MostDays) -> Iterator[str]:
        """Yield the first stretch of each person with too few days to work."""
        for p in self.people(facts) if self.min else ():
            for begin, end in self._spans(facts):
                weeks = [[d for d in week if begin <= d <= end] for week in facts.weeks]
                most = sum(most_days(p.name, days) for days in weeks if days)
                due = sum(facts.due(p.name, d) for days in weeks for d in days)
                if begin >= facts.first and min(self.min, due) > most:
                    yield (
                        f"{p.name} is to work {min(self.min, due)} days or more from {begin:%a %d %b} to "
                        f"{end:%a %d %b}, but can work {most} at most."
                    )
                    break

    def _spans(self, facts: Facts) -> list[tuple[date, date]]:
        """Return the first and last day of each stretch."""
        inside = self.days_inside(facts)
        if self.days:
            return [(d - timedelta(days=self.days - 1), d) for d in inside]
        if self.per == "horizon":
            return [(inside[0], inside[-1])] if inside else []
        return [(week[0], week[-1]) for week in self.weeks_inside(facts)]

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return the minimum times the shortest shift of the sort, where it is for just these days."""
        length = len(facts.days) if self.per == "horizon" else self.days or 7
        if not self.min or len(days) != length:
            return 0
        shortest = min(
            (facts.shift(c).paid for c in facts.codes(who) if c in facts.select(self.of)), default=0
        )
        return shortest * min(self.min, sum(facts.due(who, d) for d in days))

    def encode(self, model: Vocabulary) -> None:
        """Charge each stretch for the shifts too many and too few."""
        facts, of = model.facts, model.facts.select(self.of)
        known, inside = facts.known_days, set(self.days_inside(facts))
        stretches: Sequence[Sequence[date]] = self.weeks_inside(facts)
        if self.per == "horizon":
            stretches = (self.days_inside(facts),)
        if self.days:
            ends = (k for k, day in enumerate(known, 1) if k >= self.days and day in inside)
            stretches = [known[end - self.days : end] for end in ends]
        for p in self.people(facts):
            for stretch in stretches:
                begun = sum(
                    facts.history.cells.get((p.name, d)) in of for d in stretch if d < facts.first
                )
                due = sum(facts.due(p.name, d) for d in stretch if d >= facts.first)
                total = sum(model.works(p.name, d, of) for d in stretch)
                if self.max is not None and max(self.max, begun) < len(stretch):
                    model.at_most(max(self.max, begun), total, most=len(stretch))
                if least := min(self.min, begun + due):
                    model.at_least(least, total, most=least)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per stretch."""
        facts, of = roster.facts, roster.facts.select(self.of)
        inside = self.days_inside(facts)
        spans = [span for span in self._spans(facts) if span[0] >= facts.known_days[0]]
        for p in self.people(facts):
            worked = [d.day for d in roster.timeline(p.name) if d.shift.code in of]
            for begin, end in spans:
                found = worked[bisect_left(worked, begin) : bisect_right(worked, end)]
                before = bisect_left(found, facts.first)
                over = 0 if self.max is None else max(0, len(found) - max(self.max, before))
                short = 0
                if len(found) < self.min:
                    due = sum(facts.due(p.name, d) for d in facts.days if begin <= d <= end)
                    short = max(0, min(self.min, before + due) - len(found))
                if over or short:
                    what = "" if self.of == "any" else f" {self.of}"
                    what += " shift" if len(found) == 1 else " shifts"
                    text = f"{p.name} works {len(found)}{what} from {begin:%a %d %b} to {end:%a %d %b}."
                    yield self.breach(over + short, text, p.name, max(begin, inside[0]))
