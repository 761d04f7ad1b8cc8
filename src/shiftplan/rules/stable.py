"""What was published stays, the more so the nearer it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import field_validator

from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Vocabulary

MOST = 1000
"""The highest factor, and the longest notice in days."""


class Stable(Rule):
    """Count the cells that differ from the published roster, each by a factor for how short the
    notice is.

    Another code, work on a day off and a day off instead of work all count alike. A day on leave
    now, or outside the contract, is void, and so is all of a person whom the published roster gives
    no shift. A day gone by has the highest factor. Where nothing is published for these days
    nothing counts.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {},
        {"notice": [[1, 4]]},
        {"notice": []},
        {"notice": [[2, 9], [10, 2]], "for": {"site": ["North"]}},
    )

    about_own_days: ClassVar[bool] = True

    kind: Literal["stable"] = "stable"
    notice: tuple[tuple[int, int], ...] = ((2, 5), (7, 3), (14, 2))
    """Days and a factor each: what a change costs at less than so many days' notice; later ones
    cost 1.
    """

    @field_validator("notice")
    @classmethod
    def _steps(cls, steps: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        for days, factor in steps:
            if not (1 <= days <= MOST and 1 <= factor <= MOST):
                raise ValueError(
                    f"days and factor must be from 1 to {MOST}, and [{days}, {factor}] is not"
                )
        for (days, factor), (more, less) in pairwise(steps):
            if more <= days or less > factor:
                after = f"[{more}, {less}] cannot come after [{days}, {factor}]"
                raise ValueError(f"{after}; more notice comes later and costs no more")
        return steps

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        steps = [f"{f} at less than {_days(d)} notice" for d, f in self.notice]
        costs = f"; a change costs {', '.join(steps)}, else 1" if steps else ""
        return (
            f"Everyone{self.whom.words()} keeps the shifts and days off that were published{costs}."
        )

    def _factor(self, notice: int | None) -> int:
        return next((f for days, f in self.notice if notice is not None and notice < days), 1)

    def encode(self, model: Vocabulary) -> None:
        """Charge the factor of each cell that is not as it was published."""
        facts = model.facts
        published = facts.published
        if published is None:
            return
        for p in self.people(facts):
            for day in facts.days if published.names(p.name) else ():
                if not facts.due(p.name, day) or not self.whom.covers(day):
                    continue
                code = published.cells.get((p.name, day))
                changed = (
                    model.works(p.name, day)
                    if code is None
                    else 1 - model.works(p.name, day, (code,))
                )
                model.never_all((changed,), amount=self._factor(facts.notice(day)))

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per cell changed."""
        facts = roster.facts
        for who, day in self._kept(facts):
            told = facts.published.at(who, day) if facts.published else None
            found = roster.at(who, day)
            if found != told:
                does = f"works {found}" if found else "is off"
                was = f"{told} was" if told else "a day off was"
                text = f"{who} {does} on {day:%a %d %b}, where {was} published{_late(facts.notice(day))}."
                steps = [
                    f for days, f in self.notice if facts.as_of and (day - facts.as_of).days < days
                ]
                yield self.breach(max(steps, default=1), text, who, day)

    def _kept(self, facts: Facts) -> Iterator[tuple[str, date]]:
        """Yield each person and day the checker holds to what was published."""
        told = {who for who, _ in facts.published.cells} if facts.published else set()
        for p in facts.people:
            if p.name in told and self.whom.matches(p):
                for day in facts.days:
                    if (
                        p.employed(day)
                        and not facts.on_leave(p.name, day)
                        and self.whom.covers(day)
                    ):
                        yield p.name, day


def _days(count: int) -> str:
    return f"{count} day's" if count == 1 else f"{count} days'"


def _late(notice: int | None) -> str:
    """Return how short the notice is, as the end of a sentence."""
    if notice is None:
        return ""
    if notice < 0:
        return ", and the day has gone by"
    return f", at {_days(notice)} notice"
