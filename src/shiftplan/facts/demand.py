"""Demand: how many staff each queue needs through the day, on the clock of those it serves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from ..clock import DAY, SLOT, WEEKDAYS, to_local
from .base import EndTime, Frozen, Name, WallTime, Weekdays, ZoneName


class Need(NamedTuple):
    """Staff a queue needs in one slot; *maximum* is None where more is always welcome."""

    minimum: int
    target: int
    maximum: int | None = None

    def __add__(self, other: object) -> Need:
        if not isinstance(other, Need):
            return NotImplemented
        maximum = None
        # One part that more is welcome in makes more welcome in all.
        if self.maximum is not None and other.maximum is not None:
            maximum = self.maximum + other.maximum
        return Need(self.minimum + other.minimum, self.target + other.target, maximum)


class DemandRow(Frozen):
    """One stretch of a curve: on weekdays or on one date, from *start* to *end* by the curve's
    clock.
    """

    weekday: Weekdays = ()
    date: dt.date | None = None
    start: WallTime
    end: EndTime
    """00:00 or 24:00 is midnight at the end of the day."""
    minimum: int = Field(default=0, ge=0)
    target: int | None = Field(default=None, ge=0)
    maximum: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _one_kind_of_day(self) -> Self:
        if bool(self.weekday) == (self.date is not None):
            raise ValueError("give either a weekday or a date")
        return self

    @model_validator(mode="after")
    def _whole_slots(self) -> Self:
        if self.begin >= self.finish:
            raise ValueError(f"the stretch from {self.start:%H:%M} to {self.end:%H:%M} is empty")
        if self.begin % SLOT or self.finish % SLOT:
            raise ValueError(
                f"demand is kept by quarter hours; {self.start:%H:%M}-{self.end:%H:%M} is not"
            )
        return self

    @model_validator(mode="after")
    def _numbers_in_order(self) -> Self:
        if self.target is not None and self.target < self.minimum:
            raise ValueError(f"target {self.target} is below minimum {self.minimum}")
        wanted = self.target or self.minimum
        if self.maximum is not None and self.maximum < wanted:
            raise ValueError(f"maximum {self.maximum} is below what is wanted ({wanted})")
        return self

    @property
    def begin(self) -> int:
        """First minute of the local day."""
        return self.start.hour * 60 + self.start.minute

    @property
    def finish(self) -> int:
        """Minute of the local day at which it ends, up to 1440."""
        return self.end.hour * 60 + self.end.minute or DAY

    @property
    def days(self) -> tuple[str | dt.date, ...]:
        """The date it applies to, or the weekdays."""
        return (self.date,) if self.date else self.weekday

    @property
    def slots(self) -> range:
        """The slots of the local day, from 0 on."""
        return range(self.begin // SLOT, self.finish // SLOT)

    @property
    def need(self) -> Need:
        """The staff it requires."""
        return Need(self.minimum, max(self.minimum, self.target or 0), self.maximum)


NOTHING = Need(0, 0, None)


class Curve(Frozen):
    """Demand of one queue on one clock. A date's own rows replace those of its weekday.

    Several curves of one queue add up: users in New York and in Sydney, each in local time.
    """

    queue: Name
    clock: ZoneName
    skill: str = ""
    """Skill it takes to serve the queue; the queue's own name unless given."""
    rows: tuple[DemandRow, ...] = ()

    @property
    def needs_skill(self) -> str:
        """The skill in force."""
        return self.skill or self.queue

    @cached_property
    def _by_day(self) -> Mapping[str | dt.date, tuple[Need, ...]]:
        """Need per slot of the local day, by weekday and by date."""
        days: dict[str | dt.date, list[Need]] = {}
        for row in self.rows:
            for key in row.days:
                needs = days.setdefault(key, [NOTHING] * (DAY // SLOT))
                for slot in row.slots:
                    needs[slot] = row.need
        return {key: tuple(needs) for key, needs in days.items()}

    def overlaps(self) -> Iterable[tuple[int, int]]:
        """Yield pairs of row numbers that need staff on the same day at the same time."""
        first: dict[tuple[str | dt.date, int], int] = {}
        for number, row in enumerate(self.rows):
            others: dict[int, None] = {}
            for key in row.days:
                for slot in row.slots:
                    others[first.setdefault((key, slot), number)] = None
            yield from ((other, number) for other in others if other != number)

    def need(self, instant: int) -> Need:
        """Return the staff needed in the slot that starts at *instant*.

        The clock's own wall time decides: a repeated hour is needed twice, a skipped one never.
        """
        return self.need_at(to_local(instant, self.clock))

    def need_at(self, local: dt.datetime) -> Need:
        """Return the staff needed when the curve's clock shows *local*."""
        day = self._by_day.get(local.date()) or self._by_day.get(WEEKDAYS[local.weekday()])
        return day[(local.hour * 60 + local.minute) // SLOT] if day else NOTHING


class ShiftNeed(Frozen):
    """Staff wanted on a shift: by weekday or date, perhaps at one site or with one skill."""

    shift: Name
    """A code, a family or a kind."""
    weekday: Weekdays = ()
    date: dt.date | None = None
    site: str = ""
    skill: str = ""
    minimum: int = Field(default=0, ge=0)
    preferred: int | None = Field(default=None, ge=0)
    under: int = Field(default=1, ge=0)
    """Weight of each person below *preferred*."""
    over: int = Field(default=0, ge=0)
    """Weight of each person above *preferred*."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if bool(self.weekday) == (self.date is not None):
            raise ValueError("give either a weekday or a date")
        if self.preferred is not None and self.preferred < self.minimum:
            raise ValueError(f"preferred {self.preferred} is below minimum {self.minimum}")
        return self

    def on(self, day: dt.date) -> bool:
        """Say whether the line speaks of *day*."""
        return self.date == day if self.date else WEEKDAYS[day.weekday()] in self.weekday
