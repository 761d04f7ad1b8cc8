"""Shift types: a fixed start, or a range of starts that expands into codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import time
from typing import Self

from pydantic import Field, model_validator

from ..clock import DAY
from .base import Code, Frozen, Kind, Minutes, Name, WallTime

LONGEST = 36 * 60
"""Elapsed minutes of the longest shift."""

LASTS_INTO = -(-LONGEST // DAY)
"""Days after its own that the longest shift can last into, by the clock it starts by."""


def kind_of(start: time, length: int) -> str:
    """Return what people call a shift from its nominal wall times.

    *night* has three hours or more between 23:00 and 06:00; else *early* starts before 07:00,
    *late* ends after 20:00, and the rest is *day*.
    """
    begin = start.hour * 60 + start.minute
    end = begin + length
    if _dark(begin, end) >= 3 * 60:
        return "night"
    if begin < 7 * 60:
        return "early"
    return "late" if end > 20 * 60 else "day"


def _dark(begin: int, end: int) -> int:
    """Return how many minutes from *begin* to *end*, counted from midnight, are between 23:00 and
    06:00.
    """
    total = 0
    for midnight in (0, DAY, 2 * DAY):  # the longest shift reaches the third
        dusk, dawn = midnight - 60, midnight + 6 * 60
        total += max(0, min(end, dawn) - max(begin, dusk))
    return total


def codes_by_word(shifts: Iterable[ShiftType]) -> Mapping[str, frozenset[str]]:
    """Return the codes that each code, family and kind among *shifts* names; ``any`` names all."""
    found: dict[str, set[str]] = {"any": set()}
    for shift in shifts:
        for word in ("any", shift.code, shift.family, shift.kind):
            found.setdefault(word, set()).add(shift.code)
    return {word: frozenset(codes) for word, codes in found.items()}


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

    def open_to(self, site: str, skills: Collection[str]) -> bool:
        """Say whether somebody of *site* with *skills* can be given it."""
        at_site = not self.sites or site in self.sites
        return at_site and all(skill in skills for skill in self.requires)

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
    kind: Kind | None = None
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
        if self.starts is None:
            assert self.start is not None  # one of the two is given, which was checked
            return (self._at(self.start, self.code),)
        return tuple(self._at(start, f"{self.code}{start:%H%M}") for start in self.starts.times())

    def _at(self, start: time, code: str) -> ShiftType:
        return ShiftType(
            code=code,
            name=self.name,
            sites=self.sites,
            start=start,
            length=self.length,
            unpaid_break=self.unpaid_break,
            kind=self.kind or kind_of(start, self.length),
            family=self.code,
            requires=self.requires,
        )
