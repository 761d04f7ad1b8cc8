"""A shift as it was published, apart from any plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from ..clock import from_instant, zone
from ..roster import Roster
from .content import Content


@dataclass(frozen=True)
class PublishedShift:
    """Who works what when; *start* and *end* are instants, *tz* is the zone the person lives by.

    *person* is who that is, whatever the name; the name unless given.
    """

    who: str
    day: date
    code: str
    start: int
    end: int
    tz: str
    person: str = ""

    @property
    def key(self) -> str:
        """Who works it, whatever they are called."""
        return self.person or self.who

    @property
    def work(self) -> tuple[date, str, int, int, str]:
        """What is worked when, whoever does."""
        return self.day, self.code, self.start, self.end, self.tz

    def called(self, name: str) -> Self:
        """Return it with its person called *name*."""
        return self if self.who == name else replace(self, who=name, person=self.key)

    @property
    def local(self) -> tuple[datetime, datetime]:
        """Start and end in the person's local time."""
        tz = zone(self.tz)
        return from_instant(self.start).astimezone(tz), from_instant(self.end).astimezone(tz)

    def __str__(self) -> str:
        begin, end = self.local
        return f"{self.day:%a %d %b} {self.code} {begin:%H:%M}–{end:%H:%M}"

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**asdict(self), "day": self.day.isoformat()}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Return what ``to_json`` made *raw* of."""
        return cls(**{**raw, "day": date.fromisoformat(raw["day"])})


def from_roster(roster: Roster) -> tuple[PublishedShift, ...]:
    """Return the shifts of the horizon, by day and person."""
    tz, keys = roster.facts.tz, roster.facts.keys
    return tuple(
        PublishedShift(d.who, d.day, d.shift.code, d.start, d.end, tz(d.who), keys[d.who])
        for d in roster.assignments
    )


def from_contents(contents: Iterable[Content]) -> tuple[PublishedShift, ...]:
    """Return the shifts among *contents*, by day and person."""
    found: list[PublishedShift] = []
    for c in contents:
        if c.start is not None and c.end is not None:
            found.append(PublishedShift(c.who, c.day, c.code, c.start, c.end, c.tz, c.key))
    return tuple(sorted(found, key=lambda s: (s.day, s.who)))
