"""Which event is the same event in the next export, and how often it was revised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import NAMESPACE_URL, uuid5

from .entries import Entry

Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]

DOMAIN = "shiftplan.invalid"
"""What follows the ``@``; RFC 2606 keeps ``.invalid`` from ever belonging to somebody else."""

_ROOT = uuid5(NAMESPACE_URL, "https://shiftplan.invalid/calendars")


@dataclass(frozen=True)
class Revision:
    """The identity of an entry and its latest revision; both instants carry a zone."""

    uid: str
    status: Status
    sequence: int
    created: datetime
    modified: datetime


class Identity(Protocol):
    """Knows the events of one plan."""

    def revision(self, entry: Entry) -> Revision:
        """Return identity and revision of *entry*; different entries have different UIDs."""


@dataclass(frozen=True)
class ByCell:
    """Identify a shift or a day off by its cell: plan, person and local day.

    A cell that turns from one shift to another, or to a day off, stays one event that changes. Nothing is
    remembered between exports: every event has sequence 0 and the one *stamp*.
    """

    plan: str
    """Names the plan; the same in every export of it, and in no other plan."""
    stamp: datetime
    """When the roster was made. An instant, so with a zone."""
    status: Status = "TENTATIVE"

    def revision(self, entry: Entry) -> Revision:
        """Return identity and revision of *entry*."""
        what = "cell" if entry.kind in ("shift", "off") else entry.kind
        name = f"{what}/{entry.day.isoformat()}/{entry.who}"
        uid = f"{uuid5(uuid5(_ROOT, self.plan), name)}@{DOMAIN}"
        return Revision(uid, "CONFIRMED" if entry.settled else self.status, 0, self.stamp, self.stamp)


def in_team(uid: str) -> str:
    """Return the UID that the event called *uid* has in the team's calendar.

    It is another one: the two say different things (whose shift; busy or free), and servers and clients
    that hold a UID once per account, not once per calendar, refuse or overwrite the second copy.
    """
    return f"{uuid5(_ROOT, f'team/{uid}')}@{DOMAIN}"
