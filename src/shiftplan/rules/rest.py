"""Rest between two shifts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import hours
from ..facts.base import HoursAsMinutes
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Vocabulary


class Rest(Rule):
    """Count one for each shift that starts too soon after the one before, in elapsed time.

    Elapsed time is what a body rests: on the nights clocks change it differs from the wall clock's.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 11},
        {"hours": "12h"},
        {"hours": "40h"},
    )

    kind: Literal["rest"] = "rest"
    hours: HoursAsMinutes = Field(default=11 * 60, gt=0, le=72 * 60)

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Everyone{self.whom.words()} rests at least {hours(self.hours)} between two shifts."

    def encode(self, model: Vocabulary) -> None:
        """Charge each pair of shifts, with none between, that are too close."""
        facts = model.facts
        inside = set(self.days_inside(facts))
        reach = -(-(self.hours + 36 * 60) // (24 * 60)) + 1
        for p in self.people(facts):
            codes = facts.codes(p.name)
            for k, later in enumerate(facts.known_days):
                if later not in inside:
                    continue
                begins = {b: facts.span(p.name, b, later)[0] for b in codes}
                for gap in range(1, min(reach, k) + 1):
                    earlier = later - timedelta(days=gap)
                    between = [
                        model.off(p.name, earlier + timedelta(days=j)) for j in range(1, gap)
                    ]
                    known = facts.history.cells.get((p.name, earlier))
                    before = codes if earlier >= facts.first else [known] if known else []
                    for a in before:
                        free_from = facts.span(p.name, a, earlier)[1] + self.hours
                        soon = [b for b in codes if begins[b] < free_from]
                        if soon:
                            both = (
                                model.works(p.name, earlier, (a,)),
                                model.works(p.name, later, soon),
                            )
                            model.never_all((*both, *between))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per pair of shifts too close."""
        inside = set(self.days_inside(roster.facts))
        for p in self.people(roster.facts):
            for a, b in pairwise(roster.timeline(p.name)):
                rest = b.start - a.end
                if rest < self.hours and b.day in inside:
                    text = (
                        f"{p.name} rests {hours(rest)} before {b.shift.code} on {b.day:%a %d %b}, "
                        f"not {hours(self.hours)}."
                    )
                    yield self.breach(1, text, p.name, b.day)
