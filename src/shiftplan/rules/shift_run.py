"""Runs of one shift, or of one kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..errors import count
from ..facts import Facts, Person
from ..facts.base import Name
from ..roster import Roster
from ..rota import RotaRequest
from .base import Breach, Rule, selector_problems
from .runs import OpenRuns, RunLimits, runs_found
from .vocabulary import Vocabulary

EACH = "each"


class ShiftRun(Rule):
    """Count the days by which a run of days in a row of one shift or kind is too long or short.

    A run that began before the horizon counts in full, but only its days inside can be too many. A
    run cut by the last day, by the first day on record, or by an end of the contract, is never too
    short.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"of": "night", "max": 3},
        {"max": 1},
        {"min": 2},
        {"of": "N", "min": 3, "max": 4},
        {"of": "any", "min": 2, "max": 2, "for": {"site": ["North"]}},
    )

    kind: Literal["shift-run"] = "shift-run"
    of: Name = EACH
    """A code, a family or a kind; ``each`` judges every code by itself."""
    min: int = Field(default=1, ge=1, le=31)
    max: int | None = Field(default=None, ge=1, le=31)

    @property
    def limits(self) -> RunLimits:
        """How many days in a row are of one shift or kind."""
        return RunLimits(self.min, self.max)

    @model_validator(mode="after")
    def _limits(self) -> Self:
        self.limits.check_order()
        self.limits.check_limited()
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        named = {EACH: "the same shift", "any": "any shift"}
        what = named.get(self.of, f"{self.of} shifts")
        return f"Everyone{self.whom.restriction()} works {what} {self.limits.words()} in a row."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield what names no shift, a shift called ``each``, and a minimum without room."""
        if self.of != EACH:
            yield from selector_problems(facts, "of", (self.of,), self.people(facts))
        elif EACH in facts.selectors:
            what = f"'{EACH}' means every shift by itself, and a shift is called so"
            yield f"of: {what}. Rename the shift."
        yield from self.limits.problems(facts)

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Require runs within the limits, of each shift by itself or of all that *of* names."""
        if self.of == EACH:
            for code in rota.codes:
                rota.run((code,), self.min, self.max, code)
        elif codes := rota.select(self.of):
            rota.run(codes, self.min, self.max, self.of)

    def _alike(self, facts: Facts) -> list[Collection[str]]:
        """Return the sets of codes whose days make one run."""
        if self.of == EACH:
            return [(shift.code,) for shift in facts.shifts]
        return [facts.select(self.of)]

    def encode(self, model: Vocabulary) -> None:
        """Charge each window one day too long, and each short run by what it lacks."""
        facts = model.facts
        days, inside = facts.known_days, set(self.days_inside(facts))
        judged = [day in inside for day in days]
        for person in self.people(facts):
            for codes in self._alike(facts):
                worked = [model.works(person.name, day, codes) for day in days]
                employed = [person.employed(day) for day in days]
                runs = OpenRuns(worked, judged, counted=[True] * len(days), ending=employed)
                if self.max is not None:
                    runs.charge_too_long(model, self.max)
                runs.charge_too_short(model, self.min)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        for person in self.people(roster.facts):
            for codes in self._alike(roster.facts):
                yield from self._check_one(roster, person, codes)

    def _check_one(
        self, roster: Roster, person: Person, codes: Collection[str]
    ) -> Iterator[Breach]:
        who, inside = person.name, self.days_inside(roster.facts)
        runs = runs_found(
            roster.facts, inside, lambda day: roster.at(who, day) in codes, ends=person.employed
        )
        for run in runs:
            amount = run.too_many(self.max) + run.lacking(self.min)
            if amount:
                begin = run.days[0]
                what = roster.at(who, begin) if self.of == EACH else self.of
                length = count(len(run.days), "day")
                text = f"{who} works {what} {length} in a row from {begin:%a %d %b}."
                yield self.breach(amount, text, who, run.first_inside)
