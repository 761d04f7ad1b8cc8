"""What weighs on people, in points, and how fast it is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from .base import Frozen, HoursAsMinutes, Points

Weight = Annotated[Points, Field(ge=0)]


class Burden(Frozen):
    """Points a duty earns, the sum of all that apply; and what is left of points carried over."""

    early: Weight = 0
    late: Weight = 100
    night: Weight = 200
    saturday: Weight = 100
    sunday: Weight = 100
    holiday: Weight = 300
    quick_return: Weight = 200
    """For a shift that starts less than ``quick_return_below`` after the one before."""
    short_notice: Weight = 100
    """For a day changed in the published roster with less notice than ``notice_days``."""
    quick_return_below: HoursAsMinutes = Field(default=12 * 60, gt=0, le=24 * 60)
    notice_days: int = Field(default=14, ge=0, le=366)
    decay: float = Field(default=0.9, gt=0, le=1)
    """What is left after four weeks of points carried over; 1 forgets nothing."""

    @property
    def by_kind(self) -> Mapping[str, int]:
        """Return the hundredths each kind of burden weighs, those that weigh something."""
        kinds = {
            "early": self.early,
            "late": self.late,
            "night": self.night,
            "saturday": self.saturday,
            "sunday": self.sunday,
            "holiday": self.holiday,
            "quick-return": self.quick_return,
            "short-notice": self.short_notice,
        }
        return {kind: weight for kind, weight in kinds.items() if weight}
