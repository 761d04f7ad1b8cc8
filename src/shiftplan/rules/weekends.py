"""Weekends worked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from ..clock import WEEKDAYS
from ..facts import Facts
from ..roster import Roster
from .base import Breach, Rule
from .vocabulary import Expr, Vocabulary, any_of


class Weekends(Rule):
    """Count the weekends worked beyond a maximum, those too many in a row, and those worked by
    half.

    A weekend is a Saturday and Sunday by local date, and worked if either is. One cut by the first
    day belongs to the period of its first shift, so that no weekend counts in two. Weekends on
    record count for those in a row, but only one of the horizon can be too many. A half weekend is
    excused if its other day is unknown or the person is not due on both days.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"max": 1},
        {"max_in_a_row": 1},
        {"whole": True},
        {"max": 0, "for": {"site": ["North"]}},
        {"max": 2, "max_in_a_row": 2, "whole": True},
    )

    kind: Literal["weekends"] = "weekends"
    max: int | None = Field(default=None, ge=0, le=53)
    max_in_a_row: int | None = Field(default=None, ge=1, le=53)
    whole: bool = False
    """Whether both days are to be worked, or none."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.max is None and self.max_in_a_row is None and not self.whole:
            raise ValueError("give max, max_in_a_row or whole = true")
        return self

    def sentence(self) -> str:
        """Return the rule as a sentence."""
        parts = []
        for most, where in ((self.max, ""), (self.max_in_a_row, " in a row")):
            if most is not None:
                parts.append(f"at most {most} weekend{'' if most == 1 else 's'}{where}")
        parts += ["both days of a weekend or none"] if self.whole else []
        return f"Everyone{self.whom.words()} works {', and '.join(parts)}."

    def problems(self, facts: Facts) -> Iterator[str]:
        """Yield dates without a weekend."""
        yield from self.weekday_problems(facts, WEEKDAYS[5:])

    def encode(self, model: Vocabulary) -> None:
        """Charge the weekends over, each window of them one too long, and each half weekend."""
        facts, inside = model.facts, set(self.days_inside(model.facts))
        days = [d for d in facts.known_days if d.weekday() >= 5]
        weekends = [list(group) for _, group in groupby(days, key=lambda d: d.isocalendar()[:2])]
        row = len(weekends) if self.max_in_a_row is None else self.max_in_a_row
        ours = [k for k, weekend in enumerate(weekends) if not inside.isdisjoint(weekend)]
        counted = self.max is not None and self.max < len(ours)
        ends = [k for k in ours if k >= row]
        for p in self.people(facts):
            begun = {
                k: self._begun(model, p.name, weekends[k], inside)
                for k in (ours if counted else ends)
            }
            worked = {k: expr for k, expr in begun.items() if inside.issuperset(weekends[k])}
            for k in sorted({j for end in ends for j in range(end - row, end)} - worked.keys()):
                worked[k] = self._worked(model, p.name, weekends[k])
            if self.max is not None and counted:
                model.at_most(self.max, sum(begun.values()), most=len(ours))
            for k in ends:
                model.never_all((*(worked[j] for j in range(k - row, k)), begun[k]))
            for saturday, sunday in (w for w in weekends if self.whole and len(w) == 2):
                if sunday in inside and facts.due(p.name, saturday) and facts.due(p.name, sunday):
                    pair = (model.works(p.name, saturday), model.works(p.name, sunday))
                    model.at_most(*pair, most=1)
                    model.at_least(*pair, most=1)

    def _begun(
        self, model: Vocabulary, who: str, weekend: Sequence[date], inside: Collection[date]
    ) -> Expr:
        """Return 1, at least, if the first day worked of *weekend* is *inside*."""
        within = [d for d in weekend if d in inside]
        earlier = model.works(who, weekend[0]) if weekend[0] < within[0] else 0
        if isinstance(earlier, int):
            return 0 if earlier else self._worked(model, who, within)
        worked = self._worked(model, who, within)
        if isinstance(worked, int):
            return 1 - earlier if worked else 0
        begun = model.number(0, 1)
        model.require(begun >= worked - earlier)
        return begun

    def _worked(self, model: Vocabulary, who: str, weekend: Sequence[date]) -> Expr:
        """Return 1, at least, if any day of *weekend* is worked."""
        return any_of(model, [model.works(who, d) for d in weekend])

    def check(self, roster: Roster) -> Iterator[Breach]:
        """Yield a breach per person for the sum, one per row of weekends, and one per half weekend."""
        facts, inside = roster.facts, set(self.days_inside(roster.facts))
        day = timedelta(days=1)
        known = [d for d in facts.known_days if d.weekday() >= 5]
        saturdays = sorted({d if d.weekday() == 5 else d - day for d in known})
        for p in self.people(facts):
            worked = {d for d in known if roster.works(p.name, d)}
            begins = [min({s, s + day} & worked, default=None) for s in saturdays]
            ours = [first for first in begins if first in inside]
            if self.max is not None and len(ours) > self.max:
                text = f"{p.name} works {len(ours)} weekends, not at most {self.max}."
                yield self.breach(len(ours) - self.max, text, p.name, ours[-1])
            for _, group in groupby(begins, bool) if self.max_in_a_row is not None else ():
                row = [first for first in group if first]
                over = [first for first in row[self.max_in_a_row :] if first in inside]
                if over:
                    text = f"{p.name} works {len(row)} weekends in a row up to {row[-1]:%a %d %b}."
                    yield self.breach(len(over), text, p.name, over[-1])
            for s in saturdays if self.whole else ():
                judged = s in known and s + day in inside
                due = facts.due(p.name, s) and facts.due(p.name, s + day)
                if judged and due and (s in worked) != (s + day in worked):
                    text = f"{p.name} works half of the weekend of {s:%a %d %b}."
                    yield self.breach(1, text, p.name, s if s in inside else s + day)
