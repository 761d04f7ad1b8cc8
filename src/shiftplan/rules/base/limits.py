"""What all hard rules of a plan together leave a person to work, and make one work, by counting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Protocol


class WorkLimits(Protocol):
    """Bounds that no roster without a breach of a hard rule goes beyond."""

    def most_days(
        self, who: str, days: Sequence[date], codes: Collection[str] | None = None
    ) -> int:
        """Return on how many of *days*, of one week, *who* can work one of *codes*, or any shift,
        at most.
        """
        ...

    def codes_left(self, who: str, day: date) -> tuple[str, ...]:
        """Return the shifts that *who* can work on *day*, as far as each by itself."""
        ...

    def most_paid(self, who: str, days: Sequence[date]) -> int:
        """Return the paid minutes *who* can work on *days*, of one week or the whole horizon, at
        most.
        """
        ...

    def most_at_once(self, site: str) -> int:
        """Return how many can be on duty at *site* at once, besides those on record."""
        ...

    def least_duty(self) -> int:
        """Return the minutes of duty that a hard rule requires of all people together."""
        ...

    def least_paid(self, who: str, covers: Callable[[date], bool]) -> int:
        """Return the paid minutes *who* has to work on the days that *covers* names, at least."""
        ...
