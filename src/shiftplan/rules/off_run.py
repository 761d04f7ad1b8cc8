"""Runs of days off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..errors import count
from ..facts import Facts
from ..roster import Roster
from ..rota import OFF, RotaRequest
from .base import Breach, Rule, WorkLimits
from .runs import OpenRuns, RunLimits, runs_found
from .stretches import day_span
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

    @property
    def limits(self) -> RunLimits:
        """How many days in a row are off."""
        return RunLimits(self.min, self.max)

    @model_validator(mode="after")
    def _limits(self) -> Self:
        self.limits.check_order()
        self.limits.check_limited()
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Everyone{self.whom.restriction()} is off {self.limits.words()} in a row."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a minimum the horizon has no room for."""
        yield from self.limits.problems(facts, "days off")

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Require runs of days off within the limits."""
        rota.run((OFF,), self.min, self.max, "days off")

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield the first days of each person on which they cannot work, too many for a run off."""
        if self.max is None:
            return
        inside = self.days_inside(facts)
        for person in self.people(facts):
            idle = 0
            for day in inside:
                due = facts.due(person.name, day)
                idle = idle + 1 if due and not limits.codes_left(person.name, day) else 0
                if idle > self.max:
                    limit = f"is to be off at most {count(self.max, 'day')} in a row"
                    since = day - timedelta(days=self.max)
                    yield f"{person.name} {limit}, but cannot work {day_span(since, day)}."
                    break

    def encode(self, model: Vocabulary) -> None:
        """Charge each window one day too long, and each short run by what it lacks."""
        facts = model.facts
        days, inside = facts.known_days, set(self.days_inside(facts))
        judged = [day in inside for day in days]
        for person in self.people(facts):
            off = [model.off(person.name, day) for day in days]
            due = [facts.due(person.name, day) for day in days]
            runs = OpenRuns(off, judged, counted=due)
            if self.max is not None:
                runs.charge_too_long(model, self.max)
            runs.charge_too_short(model, self.min)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        for person in self.people(roster.facts):
            yield from self._check_one(roster, person.name)

    def _check_one(self, roster: Roster, who: str) -> Iterator[Breach]:
        facts = roster.facts
        runs = runs_found(
            facts,
            self.days_inside(facts),
            in_run=lambda day: not roster.works(who, day),
            counts=lambda day: facts.due(who, day),
        )
        for run in runs:
            amount = run.too_many(self.max) + run.lacking(self.min)
            if amount:
                length = count(len(run.counted), "day")
                text = f"{who} has {length} off in a row from {run.days[0]:%a %d %b}."
                yield self.breach(amount, text, who, run.first_inside)
