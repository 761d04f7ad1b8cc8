"""Cells fixed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from .base import Breach, Rule

if TYPE_CHECKING:
    from ..roster import Roster
    from ..solver.model import Model


class Pinned(Rule):
    """Count the cells that differ from what was fixed by hand: a shift, or a day off."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"for": {"names": ["Ana", "Ben"]}})

    kind: Literal["pinned"] = "pinned"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Every cell fixed by hand{self.whom.words()} stays as it is."

    def encode(self, model: Model) -> None:
        """Charge each pinned cell that holds something else."""
        facts = model.facts
        for pin in facts.pins:
            if not (self.whom.matches(facts.person(pin.person)) and self.whom.covers(pin.date)):
                continue
            if pin.shift:
                model.never_all((1 - model.works(pin.person, pin.date, (pin.shift,)),))
            else:
                model.never_all((model.works(pin.person, pin.date),))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per cell."""
        facts = roster.facts
        wanted = {(pin.person, pin.date): pin.shift or None for pin in facts.pins}
        for (who, day), code in wanted.items():
            found = roster.at(who, day)
            concerned = self.whom.covers(day) and self.whom.matches(facts.person(who))
            if found != code and concerned:
                does = f"works {found}" if found else "is off"
                text = f"{who} {does} on {day:%a %d %b}, which is fixed to {code or 'a day off'}."
                yield self.breach(1, text, who, day)
