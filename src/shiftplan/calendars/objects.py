"""A calendar as CalDAV keeps it: one object for each event (RFC 4791 §4.1)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from icalendar import Calendar

from .events import PRODID

_EVENT = re.compile(rb"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
_UID = re.compile(rb"^UID:([^\r\n]+)\r\n", re.MULTILINE)

_HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nCALSCALE:GREGORIAN\r\n".encode()
_TAIL = b"END:VCALENDAR\r\n"


def objects(calendar: bytes) -> dict[str, bytes]:
    """Return each event of one of our calendars in UTC form as an object of its own, by UID.

    The event's bytes stay as they are: no line inside a folded or escaped text begins like a
    component.
    """
    found = {}
    for event in _EVENT.findall(calendar):
        uid = _UID.search(event)
        if uid is None:
            raise ValueError("an event has no UID")
        found[uid[1].decode()] = _HEAD + event + _TAIL
    return found


class ObjectRevision(NamedTuple):
    """Which revision of which event an object holds."""

    uid: str
    sequence: int
    modified: str
    """LAST-MODIFIED as written, empty where there is none."""


def revision_of(text: str) -> ObjectRevision | None:
    """Return the revision of the event in *text*, or None if there is none that can be read."""
    try:
        event: Any = next(iter(Calendar.from_ical(text).walk("VEVENT")), None)
        if event is None:
            return None
        changed = event.get("last-modified")
        modified = changed.to_ical().decode() if changed else ""
        return ObjectRevision(str(event["uid"]), int(event.get("sequence", 0)), modified)
    except (ValueError, KeyError, AttributeError):
        return None
