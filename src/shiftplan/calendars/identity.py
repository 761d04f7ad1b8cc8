"""Which event is the same event in the next export, and how often it was revised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from ..publication import Event, cell_uid, owner
from .entries import CalendarEntry

EventStatus = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]


@dataclass(frozen=True)
class Revision:
    """The identity of an entry and its latest revision; both instants carry a zone."""

    uid: str
    status: EventStatus
    sequence: int
    created: datetime
    modified: datetime


class Identity(Protocol):
    """Knows the events of one plan."""

    def revision(self, entry: CalendarEntry) -> Revision:
        """Return identity and revision of *entry*; different entries have different UIDs."""


@dataclass(frozen=True)
class ByCell:
    """Identify a shift or a day off by its cell: plan, person and local day.

    A cell that turns from one shift to another, or to a day off, stays one event that changes.
    Nothing is remembered between exports: every event has sequence 0 and the one *stamp*.
    """

    plan: str
    """Names the plan; the same in every export of it, and in no other plan."""
    stamp: datetime
    """When the roster was made. An instant, so with a zone."""
    status: EventStatus = "TENTATIVE"
    keys: Mapping[str, str] = field(default_factory=dict)
    """Who people are, by name, where the name alone does not say so."""

    def revision(self, entry: CalendarEntry) -> Revision:
        """Return identity and revision of *entry*."""
        # A shift and a day off are one event that changes; leave comes and goes by itself.
        what = "cell" if entry.kind in ("shift", "off") else entry.kind
        who = self.keys.get(entry.who, entry.who)
        uid = cell_uid(self.plan, what, entry.day, owner(who, entry.site))
        status = "CONFIRMED" if entry.settled else self.status
        return Revision(uid, status, 0, self.stamp, self.stamp)


def published(event: Event, *, shared: bool) -> Revision:
    """Return identity and revision of a published *event*, in its own or a *shared* calendar."""
    stamp = event.shared if shared else event.own
    return Revision(event.uid, event.status, stamp.sequence, event.created, stamp.modified)
