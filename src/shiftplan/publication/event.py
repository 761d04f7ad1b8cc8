"""An event of the published calendars: its identity, its content, and how often it was revised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from .content import Content

EventState = Literal["CONFIRMED", "CANCELLED"]

KEPT = {"CONFIRMED": timedelta(days=31), "CANCELLED": timedelta(days=30)}
"""How long after its end an event stays in the files. Who imported a file learns of a cancelled
shift only while that is there.
"""


@dataclass(frozen=True)
class Stamp:
    """The latest revision: its number, and when it was made."""

    sequence: int
    modified: datetime
    """Later than the revision itself where only the names of colleagues have changed since."""


@dataclass(frozen=True)
class Event:
    """One assignment, day off, run of leave or notice, alive or cancelled."""

    uid: str
    """In the person's own calendar; team and site derive theirs from it."""
    first_day: date
    """The day it was first published for; its UID was made of it."""
    status: EventState
    created: datetime
    own: Stamp
    """Revision in the person's own calendar."""
    shared: Stamp
    """Revision in the calendars of team and site, which say less and so change less often."""
    content: Content
    current: bool = field(default=False, compare=False)
    """Whether it is of the days published last, which stay in the files whole, however long ago
    they are.
    """

    @property
    def live(self) -> bool:
        """Say whether it is not cancelled."""
        return self.status == "CONFIRMED"

    def kept(self, at: datetime) -> bool:
        """Say whether files made at *at* still hold it; that changes at midnight UTC only."""
        midnight = datetime.combine(at.astimezone(UTC).date(), time(0), UTC)
        return (self.current and self.live) or midnight < self.content.over + KEPT[self.status]
