"""Runs of one shift, or of one kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..facts import Facts
from ..facts.base import Name
from ..roster import Roster
from .base import Breach, Rule, selector_problems
from .vocabulary import Vocabulary

EACH = "each"


class ShiftRun(Rule):
    """Count the days by which a run of consecutive days of one shift or kind is too long or too
    short.

    A run that began before the horizon counts in full, but only its days inside can be too many. A
    run cut by the last day, or by the first day on record, is never too short.
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
        what = {EACH: "the same shift", "any": "any shift"}.get(self.of, f"{self.of} shifts")
        return f"Everyone{self.whom.words()} works {what} {both} day{'' if self.max == 1 else 's'} in a row."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that names no shift, a shift called ``each``, and a minimum there is no room
        for.
        """
        if self.of != EACH:
            yield from selector_problems(facts, "of", (self.of,), self.people(facts))
        elif EACH in facts.selectors:
            yield f"of: '{EACH}' means every shift by itself, and a shift is called so. Rename the shift."
        if self.min > len(facts.days):
            yield f"min: {self.min} days in a row do not fit into {len(facts.days)} days. Lower it."

    def _alike(self, facts: Facts) -> list[Collection[str]]:
        """Return the sets of codes whose days make one run."""
        return [(s.code,) for s in facts.shifts] if self.of == EACH else [facts.select(self.of)]

    def encode(self, model: Vocabulary) -> None:
        """Charge each window one day too long, and each short run by what it lacks."""
        facts = model.facts
        days, inside = facts.known_days, set(self.days_inside(facts))
        for p in self.people(facts):
            for codes in self._alike(facts):
                on = [model.works(p.name, d, codes) for d in days]
                for k in range(len(days)):
                    if days[k] not in inside:
                        continue
                    if self.max is not None and k >= self.max:
                        model.never_all(on[k - self.max : k + 1])
                    for length in range(1, min(self.min, k)):
                        ends = (1 - on[k - length - 1], 1 - on[k])
                        model.never_all((*ends, *on[k - length : k]), amount=self.min - length)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        facts = roster.facts
        days, inside = facts.known_days, self.days_inside(facts)
        for p in self.people(facts):
            worked = {d: roster.at(p.name, d) for d in days}
            for codes in self._alike(facts):
                for one_of, group in groupby(days, key=lambda d: worked[d] in codes):
                    run = list(group)
                    after = run[-1] + timedelta(days=1)
                    if not one_of or after < facts.first:
                        continue
                    over = 0 if self.max is None else sum(d in inside for d in run[self.max :])
                    whole = run[0] != days[0] and after in inside
                    short = max(0, self.min - len(run)) if whole else 0
                    if over or short:
                        what = worked[run[0]] if self.of == EACH else self.of
                        count = f"{len(run)} day{'' if len(run) == 1 else 's'} in a row"
                        text = f"{p.name} works {what} {count} from {run[0]:%a %d %b}."
                        yield self.breach(over + short, text, p.name, max(run[0], inside[0]))
