"""One version of a published roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from .change import Change
from .event import Event
from .shift import PublishedShift, from_contents


@dataclass(frozen=True)
class Publication:
    """Who published what, when, and what that changed; it stays, and a newer one supersedes it."""

    number: int
    """Versions of a team count from one."""
    roster_id: int
    roster_uid: str
    author: str
    message: str
    published_at: datetime
    """Aware, in UTC, whole seconds."""
    first: date
    last: date
    digest: str
    """Digest of the plan folder it was published from."""
    tz_version: str
    musts: int
    """Breaches of hard rules in the roster, which was published all the same."""
    supersedes: int | None
    """The version before it of some of the same days."""
    changes: tuple[Change, ...]
    """Difference to what stood published for these days."""
    shifts: tuple[PublishedShift, ...]

    @property
    def corrections(self) -> tuple[Change, ...]:
        """Changes of what had been published before; none in a first version."""
        return self.changes if self.supersedes else ()

    @property
    def notice(self) -> int | None:
        """The shortest notice given for a change, in whole hours."""
        return min((c.notice for c in self.corrections), default=None)

    def __str__(self) -> str:
        return f"version {self.number} ({self.first} to {self.last})"


@dataclass(frozen=True)
class Standing:
    """What stands published when a roster of the days *first* to *last* is to be."""

    first: date
    last: date
    number: int = 0
    """Of the newest version of any days; 0 if there is none."""
    supersedes: int | None = None
    events: tuple[Event, ...] = ()
    """Those of these days and later ones."""
    until: date | None = None
    """The last day on which this roster settles leave: the day before the next published period."""

    @property
    def next_number(self) -> int:
        """The version that would be published next."""
        return self.number + 1

    @cached_property
    def shifts(self) -> tuple[PublishedShift, ...]:
        """The shifts that stand on these days."""
        contents = (event.content for event in self.events if event.live)
        return from_contents(c for c in contents if self.first <= c.day <= self.last)
