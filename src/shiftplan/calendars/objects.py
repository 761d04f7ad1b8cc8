"""A calendar as CalDAV keeps it: one object for each event (RFC 4791 §4.1)."""

from __future__ import annotations

import re

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
