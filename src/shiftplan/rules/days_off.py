"""Days off in each week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from ..facts import Facts
from ..facts.lieu_days import Spare, settle
from ..roster import Roster
from .base import Breach, Rule
from .lieu import beyond, open_claims, owed_days, place
from .vocabulary import Expr, Vocabulary


class DaysOff(Rule):
    """Count the days off missing, or too many, per person and week.

    A day of leave, or outside the contract, is neither worked nor off. In a week with fewer other
    days than days off are due, all of those are off. With ``lieu`` a day off more is none too many
    if it is owed in lieu of a public holiday; days of leave in lieu use up what is owed as well.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"per_week": 2},
        {"per_week": 2, "count": "at_least"},
        {"per_week": 7},
        {"per_week": 0, "for": {"site": ["North"]}},
        {"per_week": 2, "lieu": True},
        {"per_week": 1, "lieu": True},
    )

    kind: Literal["days-off"] = "days-off"
    per_week: int = Field(default=2, ge=0, le=7)
    count: Literal["exactly", "at-least"] = "exactly"
    lieu: bool = False
    """Whether days off owed in lieu of public holidays may come on top."""

    @field_validator("count", mode="before")
    @classmethod
    def _dashes(cls, value: Any) -> Any:
        return value.replace("_", "-") if isinstance(value, str) else value

    @property
    def counts_holidays(self) -> bool:
        """Whether the rule asks for public holidays."""
        return self.lieu

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        days = f"{self.per_week} day{'' if self.per_week == 1 else 's'} off"
        more = ", and those owed in lieu" if self.lieu else ""
        return f"Everyone{self.whom.words()} has {self.count.replace('-', ' ')} {days} in each week{more}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without the end of a week, and days in lieu where they make no difference."""
        yield from self.week_problems(facts)
        if self.lieu and self.count == "at-least":
            yield 'lieu: with count = "at-least" no day off is too many anyway. Delete one of the two.'

    def most_days(self, facts: Facts, who: str, week: Sequence[date]) -> int:
        """Return what the days off leave."""
        if not self.judges_week_of(facts, week[-1]):
            return len(week)
        return min(len(week), 7 - min(self.per_week, sum(facts.due(who, d) for d in week)))

    def least_paid(self, facts: Facts, who: str, days: Sequence[date]) -> int:
        """Return the shortest shift on every day that is not to be off, unless some are owed in
        lieu.
        """
        if self.count != "exactly" or self.lieu:
            return 0
        shortest = min((facts.shift(c).paid for c in facts.codes(who)), default=0)
        due = [sum(facts.due(who, d) for d in week) for week in facts.weeks if week[0] in days]
        return shortest * sum(count - min(self.per_week, count) for count in due)

    def encode(self, model: Vocabulary) -> None:
        """Charge each day off missing, or too many."""
        facts = model.facts
        for p in self.people(facts):
            accepted = (
                self._accepted(model, p.name) if self.lieu and self.count == "exactly" else {}
            )
            for week in self.weeks_inside(facts):
                days = [d for d in week if facts.due(p.name, d)]
                worked = sum(model.works(p.name, d) for d in days)
                most = len(days) - min(self.per_week, len(days))
                model.at_most(most, worked, most=7)
                if self.count == "exactly":
                    model.at_least(most, worked + accepted.get(week[0], 0), most=7)

    def _accepted(self, model: Vocabulary, who: str) -> Mapping[date, Expr]:
        """Return how many days off beyond ``per_week`` are owed in lieu, by the first day of each
        week.
        """
        facts, weeks = model.facts, self.weeks_inside(model.facts)
        if not weeks:
            return {}
        owed = [c for c in open_claims(model, who, self.per_week) if c.earned <= weeks[-1][-1]]
        days = [d for week in weeks for d in week if facts.due(who, d)]
        placed = place(model, who, owed, days, self._beyond)
        by_week = {w[0]: [y for mine in placed for d, y in mine.items() if d in w] for w in weeks}
        before = (d for d in facts.days if d <= weeks[-1][-1])
        in_lieu = sum(model.off(who, d) for d in before if facts.lieu_leave(who, d))
        if isinstance(in_lieu, int) and not in_lieu:
            return {first: sum(ys) for first, ys in by_week.items()}
        left, any_left = model.number(0, len(owed)), model.number(0, 1)
        total, most = sum(claim.amount for claim in owed), len(facts.days)
        model.require(left <= len(owed) * any_left, left <= total - in_lieu + most * (1 - any_left))
        model.require(sum(y for ys in by_week.values() for y in ys) <= left)
        return {first: sum(ys) for first, ys in by_week.items()}

    def _beyond(self, model: Vocabulary, who: str, week: Sequence[date]) -> Expr:
        return beyond(model, who, week, self.per_week)

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield one breach per person and week."""
        facts: Facts = roster.facts
        inside = self.days_inside(facts)
        for p in self.people(facts):
            in_lieu = self._in_lieu(roster, p.name) if self.lieu else Counter[date]()
            for week in self.weeks_inside(facts):
                free = [d for d in week if facts.due(p.name, d)]
                off = sum(not roster.works(p.name, d) for d in free)
                due = min(self.per_week, len(free))
                over = max(0, off - due - in_lieu[week[0]])
                if off < due or (over and self.count == "exactly"):
                    more = f", {in_lieu[week[0]]} of them in lieu" if in_lieu[week[0]] else ""
                    text = f"{p.name} has {off} of {due} days off{more} in the week of {week[0]:%a %d %b}."
                    yield self.breach(over or due - off, text, p.name, max(week[0], inside[0]))

    def _in_lieu(self, roster: Roster, who: str) -> Counter[date]:
        """Return how many of the days off beyond ``per_week`` are in lieu, by the first day of each
        week.

        Days of leave in lieu go off what is owed first.
        """
        facts, judged = roster.facts, self.weeks_inside(roster.facts)
        until = judged[-1][-1] if judged else facts.first
        owed = [o for o in owed_days(roster, who, self.per_week) if o.earned <= until]
        on_leave = sum(
            facts.lieu_leave(who, d) and not roster.works(who, d) for d in facts.days if d <= until
        )
        weeks = []
        for week in judged:
            off = tuple(d for d in week if facts.due(who, d) and not roster.works(who, d))
            weeks.append(Spare(off, max(0, len(off) - self.per_week)))
        days = [day for _, day in settle(owed, weeks) if day is not None]
        kept = days[: max(0, len(owed) - on_leave)]
        return Counter(week[0] for day in kept for week in facts.weeks if day in week)
