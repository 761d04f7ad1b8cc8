"""Runs of days worked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..errors import count
from ..facts import Facts, Person
from ..roster import Roster
from ..rota import RotaRequest
from .base import Breach, Rule
from .runs import OpenRuns, RunLimits, runs_found
from .vocabulary import Vocabulary

LONGEST = 31
"""From a maximum of so many days on a rota has no longest run: its search counts no further."""


class WorkRun(Rule):
    """Count the days by which a run of consecutive days worked is too long or too short.

    A run that began before the horizon counts in full, but only its days inside can be too many. A
    run cut by the last day, by the first day on record, or by an end of the contract, is never too
    short.
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

    @property
    def limits(self) -> RunLimits:
        """How many days in a row are worked."""
        return RunLimits(self.min, self.max)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        self.limits.check_order()
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Everyone{self.whom.restriction()} works {self.limits.words()} in a row."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a minimum the horizon has no room for."""
        yield from self.limits.problems(facts)

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Require runs of work within the limits."""
        most = None if self.max == LONGEST else self.max
        rota.run(rota.codes, self.min, most, "work")

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return what is left if a day is off after each longest run."""
        if self.max is None:
            return len(days)
        # Of each so many days in a row one is off at least, if the last of them is judged.
        length = self.max + 1
        ends = days[length - 1 :: length]
        return len(days) - sum(map(self.whom.covers, ends))

    def encode(self, model: Vocabulary) -> None:
        """Charge each window one day too long, and each short run by what it lacks."""
        days, inside = model.facts.known_days, set(self.days_inside(model.facts))
        judged = [day in inside for day in days]
        for person in self.people(model.facts):
            worked = [model.works(person.name, day) for day in days]
            employed = [person.employed(day) for day in days]
            runs = OpenRuns(worked, judged, counted=[True] * len(days), ending=employed)
            if self.max is not None:
                runs.charge_too_long(model, self.max)
            runs.charge_too_short(model, self.min)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        for person in self.people(roster.facts):
            yield from self._check_one(roster, person)

    def _check_one(self, roster: Roster, person: Person) -> Iterator[Breach]:
        who, inside = person.name, self.days_inside(roster.facts)
        runs = runs_found(
            roster.facts, inside, lambda day: roster.works(who, day), ends=person.employed
        )
        for run in runs:
            amount = run.too_many(self.max) + run.lacking(self.min)
            if amount:
                length = count(len(run.days), "day")
                text = f"{who} works {length} in a row from {run.days[0]:%a %d %b}."
                yield self.breach(amount, text, who, run.first_inside)
