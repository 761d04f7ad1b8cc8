"""Days off in a row in each week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..errors import count
from ..facts import Facts
from ..roster import Roster
from ..rota import RotaRequest
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary, certain, none_of


class DaysOffTogether(Rule):
    """Count the weeks in which a person has no run of days off that is long enough.

    A day of leave, or outside the contract, is as good as a day off here. A week with fewer due
    days than the run has owes none. A run that straddles needs only one day in the week, and a day
    nobody knows (before the record, after the last day) is taken to be off.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"days": 2},
        {"days": 2, "straddle": False},
        {"days": 1},
        {"days": 4},
        {"days": 7, "straddle": False, "for": {"site": ["North"]}},
    )

    kind: Literal["days-off-together"] = "days-off-together"
    days: int = Field(default=2, ge=1, le=7)
    straddle: bool = True
    """Whether the run may reach into the week before or after."""

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        days = "a day off" if self.days == 1 else f"{count(self.days, 'day')} off in a row"
        where = "of which at least one is in" if self.straddle and self.days > 1 else "inside"
        return f"Everyone{self.whom.restriction()} has {days} {where} each week."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without the end of a week."""
        yield from self.week_problems(facts)

    def ask_of_rota(self, rota: RotaRequest) -> None:
        """Require the days off together in each row; a second rule of the kind is left out."""
        if rota.together is None:
            rota.off_together(self.days, straddle=self.straddle)
        else:
            self.leave_out_of(rota)

    def _owed(self, facts: Facts, who: str, week: Sequence[date]) -> bool:
        """Say whether *week* has due days enough for the run."""
        return sum(facts.due(who, day) for day in week) >= self.days

    # -- for the solver --------------------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each week in which no run can be off."""
        facts = model.facts
        for person in self.people(facts):
            runs: dict[date, Expr] = {}  # weeks beside each other share those that straddle
            for week in self.weeks_inside(facts):
                if self._owed(facts, person.name, week):
                    self._charge_week(model, person.name, week, runs)

    def _charge_week(
        self, model: Vocabulary, who: str, week: Sequence[date], runs: dict[date, Expr]
    ) -> None:
        """Charge *week* if none of its runs is off; *runs* by their first day, to which it adds."""
        reach = self.days - 1
        # A run that straddles has its last day in the week, or its first, or any between.
        offsets = range(-reach, 7) if self.straddle else range(7 - reach)
        starts = [week[0] + timedelta(days=offset) for offset in offsets]
        for start in starts:
            if start not in runs:
                runs[start] = self._run(model, who, start)
        found = [runs[start] for start in starts]
        if not any(map(certain, found)):
            model.at_least(1, sum(found), most=1)

    def _run(self, model: Vocabulary, who: str, start: date) -> Expr:
        """Return 1 at most, and that only if the days from *start* are off, as unknown days are."""
        days = [start + timedelta(days=k) for k in range(self.days)]
        return none_of(model, [model.works(who, day) for day in days])

    # -- for people ------------------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and week."""
        facts = roster.facts
        for person in self.people(facts):
            for week in self.weeks_inside(facts):
                if not self._owed(facts, person.name, week):
                    continue
                if self._longest(roster, person.name, week) < self.days:
                    days = "day off" if self.days == 1 else f"{self.days} days off in a row"
                    text = f"{person.name} has no {days} in the week of {week[0]:%a %d %b}."
                    first = max(week[0], self.days_inside(facts)[0])
                    yield self.breach(1, text, person.name, first)

    def _longest(self, roster: Roster, who: str, week: Sequence[date]) -> int:
        """Return the most days off in a row in *week*, or around it if runs may straddle."""
        beside = self.days - 1 if self.straddle else 0
        around = [week[0] + timedelta(days=k) for k in range(-beside, 7 + beside)]
        longest = 0
        for works, run in groupby(around, key=lambda day: roster.works(who, day)):
            if not works:
                longest = max(longest, len(list(run)))
        return longest
