"""Rest between two shifts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import DAY, hours
from ..facts.base import HoursAsMinutes
from ..facts.shifts import LONGEST
from ..roster import Roster
from ..rota import RotaRequest
from .base import Breach, Rule
from .vocabulary import Vocabulary, codes_on


class Rest(Rule):
    """Count one for each shift that starts too soon after the one before, in elapsed time.

    Elapsed time is what a body rests: on the nights clocks change it differs from the wall clock's.
    Shifts of one person that overlap are forbidden by themselves, with or without this rule.
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
        who = f"Everyone{self.whom.restriction()}"
        return f"{who} rests at least {hours(self.hours)} between two shifts."

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Forbid a shift too soon after another, as far as three days in a row can say it."""
        if not rota.forbid_too_soon(rota.codes, self.hours):
            self.leave_out_of(rota)

    def encode(self, model: Vocabulary) -> None:
        """Charge each pair of shifts, with none between, that are too close."""
        facts = model.facts
        inside = set(self.days_inside(facts))
        # No shift of more days ago is still on so late that a rest after it reaches the day.
        reach = -(-(self.hours + LONGEST) // DAY) + 1
        for person in self.people(facts):
            for k, later in enumerate(facts.known_days):
                if later in inside:
                    self._charge_day(model, person.name, later, min(reach, k))

    def _charge_day(self, model: Vocabulary, who: str, later: date, reach: int) -> None:
        """Charge a shift on *later* too soon after one of *reach* days before."""
        facts = model.facts
        begins = {code: facts.span(who, code, later)[0] for code in facts.codes(who)}
        for gap in range(1, reach + 1):
            self._charge_pair(model, who, later, gap, begins)

    def _charge_pair(
        self, model: Vocabulary, who: str, later: date, gap: int, begins: Mapping[str, int]
    ) -> None:
        """Charge a shift on *later* too soon after one *gap* days before, with none between.

        *begins* is when each shift of *later* begins.
        """
        facts = model.facts
        earlier = later - timedelta(days=gap)
        between = [model.off(who, earlier + timedelta(days=k)) for k in range(1, gap)]
        for before in codes_on(facts, who, earlier):
            free_from = facts.span(who, before, earlier)[1] + self.hours
            soon = [code for code, begin in begins.items() if begin < free_from]
            if soon:
                first = model.works(who, earlier, (before,))
                second = model.works(who, later, soon)
                model.never_all((first, second, *between))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per pair of shifts too close."""
        inside = set(self.days_inside(roster.facts))
        for person in self.people(roster.facts):
            for before, after in pairwise(roster.timeline(person.name)):
                rest = after.start - before.end
                if rest < self.hours and after.day in inside:
                    what = f"{after.shift.code} on {after.day:%a %d %b}"
                    text = (
                        f"{person.name} rests {hours(rest)} before {what}, not {hours(self.hours)}."
                    )
                    yield self.breach(1, text, person.name, after.day)
