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
    days_off: frozenset[Cell] = frozenset()
    """Days off that have a line of their own: they say of somebody that they are on record."""
    none: bool = False
    """Whether the plan says that nobody was on duty as the horizon begins; then there is no record.

    What rules count over days on record is not known by that.
    """

    def knows(self, day: date) -> bool:
        """Say whether *day* is on record; the caller asks only for days before the horizon."""
        return self.start is not None and day >= self.start

    @property
    def people(self) -> frozenset[str]:
        """Everyone with a line on record."""
        return frozenset(who for who, _ in (*self.cells, *self.days_off))
