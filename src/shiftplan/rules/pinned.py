"""Cells fixed by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule, WorkLimits
from .vocabulary import Vocabulary


class Pinned(Rule):
    """Count the cells that differ from what was fixed by hand: a shift, or a day off."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"for": {"names": ["Ana", "Ben"]}})

    about_own_days: ClassVar[bool] = True
    tells_shifts_apart: ClassVar[bool] = True

    facts_read: ClassVar[frozenset[str]] = frozenset({"pins"})

    kind: Literal["pinned"] = "pinned"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Every cell fixed by hand{self.whom.restriction()} stays as it is."

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return the days that are not fixed to something else."""
        fixed = {pin.date: pin.shift for pin in facts.pins if pin.person == who}
        return sum(
            fixed[day] in codes if day in fixed and self.whom.covers(day) else True for day in days
        )

    def cannot_be_met(self, facts: Facts, limits: WorkLimits) -> Iterator[str]:
        """Yield shifts fixed where a person cannot work at all."""
        for pin in facts.pins:
            if not pin.shift or not self._judges(facts, pin.person, pin.date):
                continue
            if not limits.most_days(pin.person, (pin.date,), (pin.shift,)):
                yield (
                    f"{pin.person} is fixed to {pin.shift} on {pin.date:%a %d %b}, but cannot work "
                    "then."
                )

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return the hours of the pinned shifts."""
        pins = (pin for pin in facts.pins if pin.person == who and pin.date in days and pin.shift)
        return sum(facts.shift(pin.shift).paid for pin in pins)

    def encode(self, model: Vocabulary) -> None:
        """Charge each pinned cell that holds something else."""
        for pin in model.facts.pins:
            if not self._judges(model.facts, pin.person, pin.date):
                continue
            if pin.shift:
                differs = 1 - model.works(pin.person, pin.date, (pin.shift,))
            else:
                differs = model.works(pin.person, pin.date)
            model.never_all((differs,))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per cell."""
        facts = roster.facts
        wanted = {(pin.person, pin.date): pin.shift or None for pin in facts.pins}
        for (who, day), code in wanted.items():
            found = roster.at(who, day)
            if found != code and self._judges(facts, who, day):
                does = f"works {found}" if found else "is off"
                text = f"{who} {does} on {day:%a %d %b}, which is fixed to {code or 'a day off'}."
                yield self.breach(1, text, who, day)

    def _judges(self, facts: Facts, who: str, day: date) -> bool:
        """Say whether the cell of *who* on *day* is one the rule looks at."""
        return self.whom.covers(day) and self.whom.matches(facts.person(who))
