"""Runs of days off."""

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


class OffRun(Rule):
    """Count the days by which a run of consecutive days off is too long or too short.

    A day of leave, or outside the contract, is no day off: a run with such a day in it is never too
    short, and the day does not count towards the longest. A run that began before the horizon
    counts in full, but only its days inside can be too many. A run cut by the last day, or by the
    first day on record, is never too short.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"min": 2},
        {"max": 1},
        {"max": 3, "for": {"site": ["North"]}},
        {"min": 2, "max": 2},
        {"min": 3, "max": 7},
    )

    kind: Literal["off-run"] = "off-run"
    min: int = Field(default=1, ge=1, le=31)
    max: int | None = Field(default=None, ge=1, le=31)

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        if self.max is None and self.min == 1:
            raise ValueError("give min (2 or more), max, or both")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        least = f"at least {self.min}" if self.min > 1 else ""
        most = f"at most {self.max}" if self.max is not None else ""
        both = " and ".join(filter(None, (least, most)))
        days = f"day{'' if self.max == 1 else 's'}"
        return f"Everyone{self.whom.words()} is off {both} {days} in a row."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a minimum the horizon has no room for."""
        if self.min > len(facts.days):
            yield f"min: {self.min} days off in a row do not fit into {len(facts.days)} days. Lower it."

    def encode(self, model: Vocabulary) -> None:
        """Charge each window one day too long, and each short run by what it lacks."""
        facts = model.facts
        days, inside = facts.known_days, set(self.days_inside(facts))
        for p in self.people(facts):
            at = [k for k, d in enumerate(days) if facts.due(p.name, d)]
            if self.max is not None:
                for begin, end in zip(at, at[self.max :], strict=False):
                    if days[end] in inside:
                        model.never_all(model.off(p.name, d) for d in days[begin : end + 1])
            due = set(at)
            for length in range(1, self.min):
                for k in range(1, len(days) - length):
                    if days[k + length] in inside and due.issuperset(range(k, k + length)):
                        run = [model.off(p.name, d) for d in days[k : k + length]]
                        ends = (
                            model.works(p.name, days[k - 1]),
                            model.works(p.name, days[k + length]),
                        )
                        model.never_all((*ends, *run), amount=self.min - length)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        facts = roster.facts
        days, inside = facts.known_days, self.days_inside(facts)
        for p in self.people(facts):
            for works, group in groupby(days, key=lambda d: roster.works(p.name, d)):
                run = list(group)
                after = run[-1] + timedelta(days=1)
                if works or after < facts.first:
                    continue
                off = [d for d in run if facts.due(p.name, d)]
                over = 0 if self.max is None else sum(d in inside for d in off[self.max :])
                whole = run[0] != days[0] and after in inside and off == run
                short = max(0, self.min - len(off)) if whole else 0
                if over or short:
                    text = f"{p.name} has {len(off)} days off in a row from {run[0]:%a %d %b}."
                    yield self.breach(over + short, text, p.name, max(run[0], inside[0]))
