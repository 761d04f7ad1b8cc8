"""What was published stays, the more so the nearer it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import field_validator

from ..facts import Facts, Person
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary

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

    facts_read: ClassVar[frozenset[str]] = frozenset({"published"})

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
        who = f"Everyone{self.whom.restriction()}"
        return f"{who} keeps the shifts and days off that were published{costs}."

    # -- the measure, for the solver ---------------------------------------------------------------

    def encode(self, model: Vocabulary) -> None:
        """Charge the factor of each cell that is not as it was published."""
        facts = model.facts
        if facts.published is None:
            return
        for p in self.people(facts):
            if not facts.published.names(p.name):
                continue
            for day in self.days_inside(facts):
                # On leave now or outside the contract what was published is void.
                if facts.due(p.name, day):
                    code = facts.published.cells.get((p.name, day))
                    factor = self._factor(facts.notice(day))
                    model.never_all((_changed(model, p.name, day, code),), amount=factor)

    def _factor(self, notice: int | None) -> int:
        """Return what a change costs at that *notice*: by the first step it falls below."""
        for days, factor in self.notice:
            if notice is not None and notice < days:
                return factor
        return 1

    # -- the measure, for people -------------------------------------------------------------------

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per cell changed."""
        facts = roster.facts
        for who, day in self._kept(facts):
            published = facts.published.at(who, day) if facts.published else None
            found = roster.at(who, day)
            if found == published:
                continue
            does = f"works {found}" if found else "is off"
            was = f"{published} was" if published else "a day off was"
            late = _late(facts.notice(day))
            text = f"{who} {does} on {day:%a %d %b}, where {was} published{late}."
            yield self.breach(self._cost(facts, day), text, who, day)

    def _cost(self, facts: Facts, day: date) -> int:
        """Return what a change on *day* costs: the most of all steps it falls below."""
        if facts.as_of is None:
            return 1
        notice = (day - facts.as_of).days
        return max((factor for days, factor in self.notice if notice < days), default=1)

    def _kept(self, facts: Facts) -> Iterator[tuple[str, date]]:
        """Yield each person and day the checker compares with what was published."""
        named = {who for who, _ in facts.published.cells} if facts.published else set()
        for p in facts.people:
            if p.name not in named or not self.whom.matches(p):
                continue
            for day in facts.days:
                if self.whom.covers(day) and not _void(facts, p, day):
                    yield p.name, day


def _void(facts: Facts, person: Person, day: date) -> bool:
    """Say whether what was published for *day* is void: on leave now, or outside the contract."""
    return not person.employed(day) or facts.on_leave(person.name, day)


def _changed(model: Vocabulary, who: str, day: date, code: str | None) -> Expr:
    """Return 1 if *who* does anything on *day* but *code*, which is None for a day off."""
    if code is None:
        return model.works(who, day)
    return 1 - model.works(who, day, (code,))


def _days(count: int) -> str:
    return f"{count} day's" if count == 1 else f"{count} days'"


def _late(notice: int | None) -> str:
    """Return how short the notice is, as the end of a sentence."""
    if notice is None:
        return ""
    if notice < 0:
        return ", and the day has gone by"
    return f", at {_days(notice)} notice"
