"""Leave kept free of work."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Vocabulary


class LeaveRule(Rule):
    """Count the days worked on approved leave; a shift belongs to the local day it starts on."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"for": {"site": ["South"], "level": ["L1"]}},
    )

    about_own_days: ClassVar[bool] = True

    facts_read: ClassVar[frozenset[str]] = frozenset({"leave"})

    kind: Literal["leave"] = "leave"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        return f"Nobody{self.whom.restriction()} works on a day of approved leave."

    def most_days(
        self, facts: Facts, who: str, days: Sequence[date], codes: Collection[str]
    ) -> int:
        """Return the days without leave."""
        return sum(not facts.on_leave(who, d) or not self.whom.covers(d) for d in days)

    def encode(self, model: Vocabulary) -> None:
        """Charge each day of leave that is worked."""
        facts = model.facts
        away = {entry.person for entry in facts.leave}
        for p in self.people(facts):
            if p.name not in away:
                continue
            for day in self.days_inside(facts):
                if facts.on_leave(p.name, day):
                    model.never_all((model.works(p.name, day),))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per day."""
        facts = roster.facts
        for worked in roster.assignments:
            applies = self.whom.covers(worked.day) and self.whom.matches(facts.person(worked.who))
            if applies and facts.on_leave(worked.who, worked.day):
                what = f"{worked.shift.code} on {worked.day:%a %d %b}"
                text = f"{worked.who} works {what}, a day of leave."
                yield self.breach(1, text, worked.who, worked.day)
