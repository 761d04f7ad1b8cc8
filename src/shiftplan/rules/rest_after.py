"""Rest after a run of nights, or of any other shift."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import hours
from ..facts import Facts
from ..facts.base import HoursAsMinutes, Name
from ..roster import Roster
from .base import Breach, Rule, selector_problems
from .vocabulary import Expr, Vocabulary


class RestAfter(Rule):
    """Count the runs of a shift, on consecutive days, after which the next shift of any sort comes
    too soon.

    The rest is elapsed time from the end of the last shift of the run; on the nights clocks change
    it differs from the wall clock's.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"of": "N", "hours": "47h"},
        {"of": "any", "hours": "40h"},
        {"of": "late", "hours": "11h", "for": {"site": ["North"]}},
        {"hours": "96h"},
    )

    kind: Literal["rest-after"] = "rest-after"
    of: Name = "night"
    """A code, a family or a kind."""
    hours: HoursAsMinutes = Field(default=48 * 60, gt=0, le=14 * 24 * 60)

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        what = "shifts" if self.of == "any" else f"{self.of} shifts"
        return (
            f"Everyone{self.whom.words()} rests at least {hours(self.hours)} after a run of {what}."
        )

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that names no shift."""
        yield from selector_problems(facts, "of", (self.of,), self.people(facts))

    def encode(self, model: Vocabulary) -> None:
        """Charge each day that ends a run, if any shift starts too soon after."""
        facts = model.facts
        for p in self.people(facts):
            recorded = [d for d in facts.known_days if d < facts.first and model.works(p.name, d)]
            for last in (*recorded[-1:], *facts.days):
                early = list(self._early(model, p.name, last))
                if early:
                    model.at_most_highest(early, most=1)

    def _early(self, model: Vocabulary, who: str, last: date) -> Iterator[Expr]:
        """Yield an excess per end and later day: 1 if *last* ends a run and that day starts too
        soon.

        A shift on any day will do, for the next one then starts sooner still.
        """
        facts, of, codes = model.facts, model.facts.select(self.of), model.facts.codes(who)
        inside = [d for d in self.days_inside(facts) if d > last]
        known = facts.history.cells.get((who, last))
        runs = [c for c in (codes if last >= facts.first else [known] if known else []) if c in of]
        tomorrow = last + timedelta(days=1)
        ends = {c: facts.span(who, c, last)[1] for c in runs}
        for end in sorted(set(ends.values())):
            # Before the rule's dates any next shift ends the matter; after them there is none to
            # look at.
            idle = [model.off(who, d) for d in facts.days if inside and last < d < inside[0]]
            working = model.works(who, last, [c for c in runs if ends[c] >= end])
            for later in inside:
                soon = [c for c in codes if facts.span(who, c, later)[0] < end + self.hours]
                if not soon:
                    break
                goes_on: Expr = 0
                if later > tomorrow:
                    goes_on = model.works(who, tomorrow, of)
                else:
                    soon = [c for c in soon if c not in of]
                events = (working, model.works(who, later, soon), 1 - goes_on, *idle)
                if not any(isinstance(e, int) and e == 0 for e in events):
                    yield sum(events) - (len(events) - 1)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        of, inside = roster.facts.select(self.of), set(self.days_inside(roster.facts))
        for p in self.people(roster.facts):
            for a, b in pairwise(roster.timeline(p.name)):
                same_run = b.shift.code in of and b.day == a.day + timedelta(days=1)
                if a.shift.code not in of or same_run or b.day not in inside:
                    continue
                if b.start - a.end < self.hours:
                    text = (
                        f"{p.name} rests {hours(b.start - a.end)} after the run of {self.of} that ends on "
                        f"{a.day:%a %d %b}, not {hours(self.hours)}."
                    )
                    yield self.breach(1, text, p.name, b.day)
