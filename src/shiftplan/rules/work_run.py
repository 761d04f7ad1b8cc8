"""Runs of days worked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Vocabulary


class WorkRun(Rule):
    """Count the days by which a run of consecutive days worked is too long or too short.

    A run that began before the horizon counts in full, but only its days inside can be too many. A
    run cut by the last day, or by the first day on record, is never too short.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"max": 5},
        {"max": 1},
        {"min": 2},
        {"min": 3, "max": 4},
        {"min": 7, "max": 7},
    )

    kind: Literal["work-run"] = "work-run"
    min: int = Field(default=1, ge=1, le=371)
    max: int | None = Field(default=None, ge=1, le=371)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        least = f"at least {self.min}" if self.min > 1 else ""
        most = f"at most {self.max}" if self.max else ""
        run = " and ".join(filter(None, (least, most))) or "any number of"
        return f"Everyone{self.whom.words()} works {run} days in a row."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a minimum the horizon has no room for."""
        if self.min > len(facts.days):
            yield f"min: {self.min} days in a row do not fit into {len(facts.days)} days. Lower it."

    def encode(self, model: Vocabulary) -> None:
        """Charge each window one day too long, and each short run by what it lacks."""
        facts = model.facts
        days, inside = facts.known_days, set(self.days_inside(facts))
        for p in self.people(facts):
            most = self.max or len(days)
            for k in range(most, len(days)):
                if days[k] in inside:
                    model.never_all(model.works(p.name, d) for d in days[k - most : k + 1])
            for length in range(1, self.min):
                for k in range(1, len(days) - length):
                    if days[k + length] in inside:
                        run = [model.works(p.name, d) for d in days[k : k + length]]
                        ends = (model.off(p.name, days[k - 1]), model.off(p.name, days[k + length]))
                        model.never_all((*ends, *run), amount=self.min - length)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        facts = roster.facts
        days, inside = facts.known_days, self.days_inside(facts)
        for p in self.people(facts):
            for works, group in groupby(days, key=lambda d: roster.works(p.name, d)):
                run = list(group)
                after = run[-1] + timedelta(days=1)
                if not works or after < facts.first:
                    continue
                over = sum(d in inside for d in run[self.max :]) if self.max else 0
                whole = run[0] != days[0] and after in inside
                short = max(0, self.min - len(run)) if whole else 0
                if over or short:
                    text = f"{p.name} works {len(run)} days in a row from {run[0]:%a %d %b}."
                    yield self.breach(over + short, text, p.name, max(run[0], inside[0]))
