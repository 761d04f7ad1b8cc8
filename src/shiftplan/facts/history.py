"""What was worked before the first day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Cell = tuple[str, date]


@dataclass(frozen=True)
class History:
    """Shifts worked from *start* up to the day before the horizon; before it nothing is known."""

    start: date | None = None
    cells: Mapping[Cell, str] = field(default_factory=dict)

    def knows(self, day: date) -> bool:
        """Say whether *day* is on record; the caller asks only for days before the horizon."""
        return self.start is not None and day >= self.start
