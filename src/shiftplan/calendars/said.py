"""What an event on a CalDAV server says, however the server or a client has written it down."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from icalendar import Calendar, Component, Event

_UID = re.compile(r"^UID(?:;[^:\r\n]*)?:(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)

REPEATS = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
"""What makes several events of one; none of ours has any of it."""


@dataclass(frozen=True)
class Said:
    """What the event of an object says.

    Servers fold, order and escape in their own ways, write local times for instants, and leave out
    what is the default: so these are instants, days and plain text. Reminders, guests, colours and
    what other programs keep in properties of their own are not here: they are not ours.
    """

    uid: str
    sequence: int = 0
    start: date | None = None
    """An instant in UTC or a day; None where it cannot be read."""
    end: date | None = None
    status: str = ""
    summary: str = ""
    description: str = ""
    location: str = ""
    free: bool = False
    single: bool = False
    """Whether it is one event that does not repeat."""
    category: str = ""

    @property
    def cancelled(self) -> bool:
        """Whether it says that it does not take place."""
        return self.status == "CANCELLED"

    def agrees(self, wanted: Said) -> bool:
        """Say whether it says all that is *wanted*, in that revision or a later one.

        A place that somebody adds to a day off is theirs: nothing is said of it.
        """
        if self.sequence < wanted.sequence or not self.single:
            return False
        if self.start is None or (self.start, self.end) != (wanted.start, wanted.end):
            return False
        if wanted.location and self.location != wanted.location:
            return False
        return (self.status, self.summary, self.description, self.free) == (
            wanted.status,
            wanted.summary,
            wanted.description,
            wanted.free,
        )


def said_in(text: str) -> Said | None:
    """Return what the object *text* says; None if it has no event, or one without a UID.

    Where something in it cannot be read, that is left out, and it agrees with nothing.
    """
    try:
        events = Calendar.from_ical(text).walk("VEVENT")
        return _said(events) if events else None
    except _UNREADABLE:
        found = _UID.search(text)
        return Said(found[1]) if found and "BEGIN:VEVENT" in text.upper() else None


def _said(events: Sequence[Component]) -> Said:
    """Return what the first of *events* says: several are one that repeats, with exceptions."""
    event = events[0]
    start, end = _span(event)
    return Said(
        uid=str(event["UID"]),
        sequence=int(event.get("SEQUENCE", 0)),
        start=start,
        end=end,
        # Nothing is what most servers make of CONFIRMED, and of OPAQUE below.
        status=str(event.get("STATUS") or "CONFIRMED").strip().upper(),
        summary=_plain(event.get("SUMMARY", "")),
        description=_plain(event.get("DESCRIPTION", "")),
        location=_plain(event.get("LOCATION", "")),
        free=str(event.get("TRANSP", "")).strip().upper() == "TRANSPARENT",
        single=len(events) == 1 and not any(name in event for name in REPEATS),
        category=_category(event),
    )


def _span(event: Component) -> tuple[date | None, date | None]:
    if not isinstance(event, Event):
        return None, None
    try:
        return _moment(event.start), _moment(event.end)
    except _UNREADABLE:
        return None, None


def _moment(value: date) -> date | None:
    """Return an instant in UTC or a day; None for a time of which nobody knows the zone."""
    if not isinstance(value, datetime):
        return value
    return value.astimezone(UTC) if value.tzinfo else None


def _plain(text: object) -> str:
    """Return *text* without what gets lost on the way: blanks at the ends of lines, and how
    letters are composed.
    """
    lines = [" ".join(line.split()) for line in str(text).splitlines()]
    return unicodedata.normalize("NFC", "\n".join(lines).strip())


def _category(event: Component) -> str:
    found = event.get("CATEGORIES")
    names = getattr(found, "cats", None) or ()
    return str(names[0]) if names else ""
