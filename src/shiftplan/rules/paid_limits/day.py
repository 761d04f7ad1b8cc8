"""Limits on what a day that is worked is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...facts import Facts
from ..vocabulary import Vocabulary


@dataclass(frozen=True)
class DayLimits:
    """The fewest and the most paid minutes of a day that is worked; None for no limit."""

    least: int | None
    most: int | None

    def charge(self, model: Vocabulary, who: str, days: Sequence[date]) -> None:
        """Charge each of *days* worked for the minutes by which its shift is outside the limits."""
        alike = self._outside(model.facts)
        if not alike:
            return  # every shift keeps them
        for day in days:
            total = sum(minutes * model.works(who, day, codes) for minutes, codes in alike.items())
            model.at_most(0, total, most=max(alike))

    def _outside(self, facts: Facts) -> dict[int, list[str]]:
        """Return the shifts outside the limits, by how many minutes they are."""
        found: dict[int, list[str]] = {}
        for shift in facts.shifts:
            low = shift.paid if self.least is None else self.least
            high = shift.paid if self.most is None else self.most
            minutes = max(low - shift.paid, shift.paid - high)
            if minutes > 0:
                found.setdefault(minutes, []).append(shift.code)
        return found

    def over_and_short(self, paid: int) -> tuple[int, int]:
        """Return the minutes by which a day on which *paid* are worked has too many and too few."""
        over = 0 if self.most is None else max(0, paid - self.most)
        short = 0 if self.least is None else max(0, self.least - paid)
        return over, short
