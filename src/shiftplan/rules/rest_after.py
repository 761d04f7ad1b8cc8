"""Rest after a run of nights, or of any other shift."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import hours
from ..facts import Facts
from ..facts.base import HoursAsMinutes, Name
from ..roster import Assignment, Roster
from ..rota import RotaRequest
from .base import Breach, Rule, selector_problems
from .vocabulary import Expr, Vocabulary, all_of, codes_on, ruled_out


class RestAfter(Rule):
    """Count the runs of a shift, on days in a row, after which the next shift of any sort comes too
    soon.

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
        least = f"at least {hours(self.hours)}"
        return f"Everyone{self.whom.restriction()} rests {least} after a run of {what}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield a word that names no shift."""
        yield from selector_problems(facts, "of", (self.of,), self.people(facts))

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Forbid a shift too soon after a run, as far as three days in a row can say it."""
        of = rota.select(self.of)
        if not rota.forbid_too_soon(of, self.hours, same_run=of):
            self.leave_out_of(rota)

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day that ends a run, if any shift starts too soon after."""
        for person in self.people(model.facts):
            for last in self._last_days(model, person.name):
                early = [e for e in self._early(model, person.name, last) if not ruled_out(e)]
                if early:
                    model.at_most_highest(early, most=1)

    def _last_days(self, model: Vocabulary, who: str) -> Iterator[date]:
        """Yield the days on which a run may end that a shift of the horizon comes after."""
        facts = model.facts
        recorded = [d for d in facts.known_days if d < facts.first and model.works(who, d)]
        # Of the days on record only the last one worked is followed by a shift of the horizon.
        yield from recorded[-1:]
        yield from facts.days

    def _early(self, model: Vocabulary, who: str, last: date) -> Iterator[Expr]:
        """Yield an excess per end and later day: 1 if a run ends on *last* and that is too soon."""
        facts, of = model.facts, model.facts.select(self.of)
        in_run = [code for code in codes_on(facts, who, last) if code in of]
        ends = {code: facts.span(who, code, last)[1] for code in in_run}
        for end in sorted(set(ends.values())):
            # A start too soon after a shift that ends at 06:00 is too soon after one that ends at
            # 08:00 as well, so each end stands for all shifts that end then or later.
            late = [code for code in in_run if ends[code] >= end]
            ended = model.works(who, last, late)
            for followed in self._followed(model, who, last, end + self.hours):
                yield all_of((ended, *followed))

    def _followed(
        self, model: Vocabulary, who: str, last: date, free_from: int
    ) -> Iterator[tuple[Expr, ...]]:
        """Yield what must all be so for a shift after *last* to start before *free_from*, by day.

        Shifts between need no look. With nights until Monday 06:00 and 48 hours to rest, work on
        Tuesday at 14:00 is too soon; where Monday at 14:00 is worked too, that is sooner still.
        """
        facts = model.facts
        inside = [day for day in self.days_inside(facts) if day > last]
        if not inside:
            return
        # A run ends on the 7th, and the rule is for the 10th on: a shift on the 8th at 14:00 would
        # be the next one, and none of the rule's; so the 8th and the 9th have to be free.
        idle = [model.off(who, day) for day in facts.days if last < day < inside[0]]
        for later in inside:
            soon = _begun_before(facts, who, later, free_from)
            if not soon:
                return
            yield (*self._after_run(model, who, last, later, soon), *idle)

    def _after_run(
        self, model: Vocabulary, who: str, last: date, later: date, soon: Sequence[str]
    ) -> tuple[Expr, ...]:
        """Return what must be so for one of *soon* on *later* to come once the run is over."""
        of, tomorrow = model.facts.select(self.of), last + timedelta(days=1)
        if later == tomorrow:
            other = [code for code in soon if code not in of]
            return (model.works(who, later, other),)
        return (model.works(who, later, soon), 1 - model.works(who, tomorrow, of))

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per run."""
        inside = set(self.days_inside(roster.facts))
        for person in self.people(roster.facts):
            for before, after in pairwise(roster.timeline(person.name)):
                rest = after.start - before.end
                if rest >= self.hours or after.day not in inside:
                    continue
                if self._ends_run(roster, before, after):
                    what = f"the run of {self.of} that ends on {before.day:%a %d %b}"
                    found = f"{hours(rest)} after {what}, not {hours(self.hours)}"
                    yield self.breach(1, f"{person.name} rests {found}.", person.name, after.day)

    def _ends_run(self, roster: Roster, before: Assignment, after: Assignment) -> bool:
        """Say whether a run ends with *before*, which *after* comes next to."""
        of = roster.facts.select(self.of)
        next_day = after.day == before.day + timedelta(days=1)
        goes_on = next_day and after.shift.code in of
        return before.shift.code in of and not goes_on


def _begun_before(facts: Facts, who: str, day: date, instant: int) -> Sequence[str]:
    """Return the shifts of *day* that begin before *instant*."""
    return [code for code in facts.codes(who) if facts.span(who, code, day)[0] < instant]
