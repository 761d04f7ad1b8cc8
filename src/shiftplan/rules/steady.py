"""The same start from one day worked to the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import hours
from ..facts.base import Minutes
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary


class Steady(Rule):
    """Count the changes of shift from one day worked to the next, inside a run of days or a week.

    Starts at most *minutes* apart on the clock are no change, whatever the codes; 23:30 and 00:30
    are 23 hours apart, as they are on dates that follow each other. Inside a run, the day before
    the horizon counts; a week is one of the horizon, and days off may lie between.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"minutes": "30m"},
        {"minutes": "4h30", "within": "week"},
        {"within": "week", "for": {"site": ["North"]}},
    )

    kind: Literal["steady"] = "steady"
    minutes: Minutes = Field(default=0, ge=0, lt=24 * 60)
    within: Literal["run", "week"] = "run"

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        much = f" by more than {hours(self.minutes)}" if self.minutes else ""
        where = "run of days worked" if self.within == "run" else "week"
        return (
            f"Nobody{self.whom.words()} changes the start of their shifts{much} inside a {where}."
        )

    def encode(self, model: Vocabulary) -> None:
        """Charge each day whose start is too far from that of the day worked before."""
        facts = model.facts
        for p in self.people(facts):
            for week in facts.weeks:
                for k, later in enumerate(week):
                    if not self.whom.covers(later):
                        continue
                    before = week[:k] if self.within == "week" else (later - timedelta(days=1),)
                    changes = [
                        c
                        for earlier in before
                        for c in self._changes(model, p.name, earlier, later)
                    ]
                    if changes:
                        model.at_most_highest(changes, most=1)

    def _changes(self, model: Vocabulary, who: str, earlier: date, later: date) -> Iterator[Expr]:
        """Yield for each start on *earlier* an excess: 1 if *later*, the next day worked, is too
        far off.
        """
        facts = model.facts
        idle = [
            model.off(who, earlier + timedelta(days=k)) for k in range(1, (later - earlier).days)
        ]
        codes = facts.codes(who)
        known = facts.history.cells.get((who, earlier))
        before = codes if earlier >= facts.first else [known] if known else []
        for start in sorted({facts.shift(c).starts_at for c in before}):
            same = [c for c in before if facts.shift(c).starts_at == start]
            far = [c for c in codes if abs(facts.shift(c).starts_at - start) > self.minutes]
            events = (model.works(who, earlier, same), model.works(who, later, far), *idle)
            if not any(isinstance(e, int) and e == 0 for e in events):
                yield sum(events) - (len(events) - 1)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per change."""
        facts = roster.facts
        for p in self.people(facts):
            for a, b in pairwise(roster.timeline(p.name)):
                if b.day < facts.first or not self.whom.covers(b.day):
                    continue
                if self.within == "run":
                    neighbours = b.day - a.day == timedelta(days=1)
                else:
                    neighbours = any(a.day in week and b.day in week for week in facts.weeks)
                if neighbours and abs(b.shift.starts_at - a.shift.starts_at) > self.minutes:
                    text = (
                        f"{p.name} changes from {a.shift.code} ({a.shift.start:%H:%M}) to "
                        f"{b.shift.code} ({b.shift.start:%H:%M}) on {b.day:%a %d %b}."
                    )
                    yield self.breach(1, text, p.name, b.day)
