"""How many shifts of a sort in each week, in the horizon, or in any number of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..facts import Facts
from ..facts.base import Name
from .base import Breach, Rule, selector_problems

if TYPE_CHECKING:
    from ..roster import Roster
    from ..solver.model import Model


class ShiftCount(Rule):
    """Count the shifts of a sort above the maximum or below the minimum, per person and stretch of days.

    A minimum is never more than the due days in the stretch. Where *days* reaches back before the horizon,
    what the record alone has too many is not charged, nor what the days inside could not make up. A
    stretch not wholly on record is not judged.
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
        """Yield a word that names no shift, a minimum out of reach and a stretch never wholly on record."""
        yield from selector_problems(facts, "of", (self.of,))
        if self.min > len(facts.days) and self.per == "horizon":
            yield f"min: the horizon has only {len(facts.days)} days, not {self.min}. Lower it."
        if self.days and self.days > len(facts.known_days):
            yield (
                f"days: {self.days} days are not on record by the last day, only {len(facts.known_days)}. "
                "Lower it, or give a longer history or horizon."
            )

    def encode(self, model: Model) -> None:
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
                begun = sum(facts.history.cells.get((p.name, d)) in of for d in stretch if d < facts.first)
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
        if self.days:
            spans = [(d - timedelta(days=self.days - 1), d) for d in inside]
        elif self.per == "horizon":
            spans = [(inside[0], inside[-1])] if inside else []
        else:
            spans = [(week[0], week[-1]) for week in self.weeks_inside(facts)]
        for p in self.people(facts):
            for begin, end in spans:
                if begin < facts.known_days[0]:
                    continue
                found = [
                    d.day for d in roster.timeline(p.name) if begin <= d.day <= end and d.shift.code in of
                ]
                before = sum(d < facts.first for d in found)
                due = sum(facts.due(p.name, d) for d in facts.days if begin <= d <= end)
                over = 0 if self.max is None else max(0, len(found) - max(self.max, before))
                short = max(0, min(self.min, before + due) - len(found))
                if over or short:
                    what = "" if self.of == "any" else f" {self.of}"
                    what += " shift" if len(found) == 1 else " shifts"
                    text = f"{p.name} works {len(found)}{what} from {begin:%a %d %b} to {end:%a %d %b}."
                    yield self.breach(over + short, text, p.name, max(begin, inside[0]))
