"""The same start from one day worked to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field

from ..clock import hours
from ..facts import Facts
from ..facts.base import Minutes
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary, all_of, codes_on, ruled_out


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
        who = f"Nobody{self.whom.restriction()}"
        return f"{who} changes the start of their shifts{much} inside a {where}."

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge each day whose start is too far from that of the day worked before."""
        facts = model.facts
        for p in self.people(facts):
            for week in facts.weeks:
                for k, later in enumerate(week):
                    if not self.whom.covers(later):
                        continue
                    before = self._days_before(week, k)
                    changes = list(self._changes(model, p.name, before, later))
                    if changes:
                        model.at_most_highest(changes, most=1)

    def _days_before(self, week: Sequence[date], k: int) -> Sequence[date]:
        """Return the days on which the shift worked before day *k* of *week* can lie."""
        if self.within == "week":
            return week[:k]
        # A run goes on from the day before, be it on record.
        return (week[k] - timedelta(days=1),)

    def _changes(
        self, model: Vocabulary, who: str, before: Sequence[date], later: date
    ) -> Iterator[Expr]:
        """Yield for each start on a day *before* an excess: 1 if *later*, the next day worked, is
        too far off.
        """
        facts = model.facts
        for earlier in before:
            between = range(1, (later - earlier).days)
            idle = [model.off(who, earlier + timedelta(days=k)) for k in between]
            for start, codes in _by_start(facts, codes_on(facts, who, earlier)):
                far = self._far_from(facts, start, facts.codes(who))
                change = (model.works(who, earlier, codes), model.works(who, later, far), *idle)
                if not any(ruled_out(event) for event in change):
                    yield all_of(change)

    def _far_from(self, facts: Facts, start: int, codes: Sequence[str]) -> list[str]:
        """Return those of *codes* that start too far from *start*, a minute of the day."""
        return [code for code in codes if abs(facts.shift(code).starts_at - start) > self.minutes]

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per change."""
        facts = roster.facts
        for p in self.people(facts):
            for a, b in pairwise(roster.timeline(p.name)):
                # What changed on record is the business of the roster before.
                if b.day < facts.first or not self.whom.covers(b.day):
                    continue
                apart = abs(b.shift.starts_at - a.shift.starts_at)
                if apart > self.minutes and self._neighbours(facts, a.day, b.day):
                    text = (
                        f"{p.name} changes from {a.shift.code} ({a.shift.start:%H:%M}) to "
                        f"{b.shift.code} ({b.shift.start:%H:%M}) on {b.day:%a %d %b}."
                    )
                    yield self.breach(1, text, p.name, b.day)

    def _neighbours(self, facts: Facts, earlier: date, later: date) -> bool:
        """Say whether two days worked, with none between, belong to one run or week."""
        if self.within == "run":
            return later - earlier == timedelta(days=1)
        return any(earlier in week and later in week for week in facts.weeks)


def _by_start(facts: Facts, codes: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each minute of the day at which some of *codes* start, with those that do."""
    for start in sorted({facts.shift(code).starts_at for code in codes}):
        yield start, [code for code in codes if facts.shift(code).starts_at == start]
