"""Shift types: a fixed start, or a range of starts that expands into codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Self

from pydantic import Field, model_validator

from ..clock import DAY
from .base import Code, Frozen, Minutes, Name, WallTime

LONGEST = 36 * 60


def kind_of(start: time, length: int) -> str:
    """Return what people call a shift from its nominal wall times.

    *night* has three hours or more between 23:00 and 06:00; else *early* starts before 07:00, *late* ends
    after 20:00, and the rest is *day*.
    """
    begin = start.hour * 60 + start.minute
    end = begin + length
    dark = sum(
        max(0, min(end, to) - max(begin, frm))
        for frm, to in ((-60, 360), (DAY - 60, DAY + 360), (2 * DAY - 60, 2 * DAY + 360))
    )
    if dark >= 180:
        return "night"
    if begin < 7 * 60:
        return "early"
    return "late" if end > 20 * 60 else "day"


class ShiftType(Frozen):
    """A shift as it is rostered: local start, elapsed length."""

    code: Code
    name: str = ""
    sites: tuple[str, ...] = ()
    """Sites it is worked at; none means all."""
    start: WallTime
    length: int
    """Elapsed minutes, breaks included."""
    unpaid_break: int = 0
    kind: str
    family: str
    """The code it was written under: its own, or that of the range it came from."""
    requires: tuple[str, ...] = ()
    """Skills a person needs to work it."""

    @property
    def paid(self) -> int:
        """Paid minutes."""
        return self.length - self.unpaid_break

    @property
    def starts_at(self) -> int:
        """Minutes after midnight at which it starts, by the site's clock."""
        return self.start.hour * 60 + self.start.minute


class StartRange(Frozen):
    """Starts a shift may have: from the first to the last, a fixed step apart."""

    first: WallTime
    last: WallTime
    every: Minutes = Field(default=30, gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(
                f"the last start {self.last:%H:%M} is before the first {self.first:%H:%M}"
            )
        return self

    def times(self) -> Iterator[time]:
        """Yield every start."""
        begin = self.first.hour * 60 + self.first.minute
        end = self.last.hour * 60 + self.last.minute
        for minute in range(begin, end + 1, self.every):
            yield time(minute // 60, minute % 60)


class ShiftSpec(Frozen):
    """A ``[[shifts]]`` entry as it is written in the plan."""

    code: Code
    name: str = ""
    sites: tuple[Name, ...] = ()
    start: WallTime | None = None
    starts: StartRange | None = None
    length: Minutes = Field(gt=0, le=LONGEST)
    unpaid_break: Minutes = Field(default=0, ge=0)
    kind: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]+$")
    requires: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _one_way_to_start(self) -> Self:
        if (self.start is None) == (self.starts is None):
            raise ValueError("give either 'start' (one time) or 'starts' (a range of times)")
        if self.unpaid_break >= self.length:
            raise ValueError(
                f"the unpaid break ({self.unpaid_break}m) is as long as the shift ({self.length}m)"
            )
        return self

    def expand(self) -> tuple[ShiftType, ...]:
        """Return the shift types this entry stands for; a range gives ``CODE0600``, ``CODE0630``,
        ...
        """
        times = (
            [self.start]
            if self.start is not None
            else list(self.starts.times() if self.starts else ())
        )
        return tuple(
            ShiftType(
                code=self.code if self.start is not None else f"{self.code}{at:%H%M}",
                name=self.name,
                sites=self.sites,
                start=at,
                length=self.length,
                unpaid_break=self.unpaid_break,
                kind=self.kind or kind_of(at, self.length),
                family=self.code,
                requires=self.requires,
            )
            for at in times
        )
