"""What other calendar programs get wrong or understand in their own way, and what we do about it.

Each is here once, with the program it was seen in; ``tests/calendars/test_quirks.py`` has a test of
each. Those of series of events are in ``series``, those of time zones in ``zones``.

A calendar has no UID of its own, though RFC 7986 §5.3 allows one: vdirsyncer takes that for the UID
of every event and keeps one of them (pimutils/vdirsyncer#1222, seen with 0.21).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Component, Event, vText

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Text(vText):
    r"""A TEXT value: lines that were cleaned, put together with ``\n``.

    It escapes by RFC 5545 §3.3.11 itself, because icalendar 7.3 reads a written ``\N``, as in
    ``Ops\Night``, for a line break.
    """

    def to_ical(self) -> bytes:
        """Return the value as it stands in the file, before folding."""
        return str(self).translate(_ESCAPES).encode()


def put_name(calendar: Calendar, name: Text) -> None:
    """Name a calendar; most clients read the name Apple invented, and not that of RFC 7986 §5.1."""
    calendar["name"] = calendar["x-wr-calname"] = name


def put_refresh(calendar: Calendar, hours: int) -> None:
    """Ask to be read again every so many *hours*; Outlook has a name of its own for RFC 7986's."""
    calendar.add("refresh-interval", timedelta(hours=hours), parameters={"VALUE": "DURATION"})
    calendar["x-published-ttl"] = Text(f"PT{hours}H")


def put_busy(event: Event, busy: str) -> None:
    """Show the time of an event as *busy*: ``BUSY``, ``FREE``, or ``OOF`` for out of office.

    RFC 5545 §3.8.2.7 knows opaque and transparent only; Outlook's property says the rest.
    """
    event["transp"] = Text("TRANSPARENT" if busy == "FREE" else "OPAQUE")
    event["x-microsoft-cdo-busystatus"] = Text(busy)


class Busy(StrEnum):
    """How a time in somebody's own calendar keeps them from work."""

    AWAY = "away"
    BUSY = "busy"
    TENTATIVE = "tentative"
    ELSEWHERE = "elsewhere"
    """At work, in another place."""
    FREE = "free"


_OUTLOOK = {
    "FREE": Busy.FREE,
    "TENTATIVE": Busy.TENTATIVE,
    "OOF": Busy.AWAY,
    "WORKINGELSEWHERE": Busy.ELSEWHERE,
}

_FREE_BUSY = {
    "FREE": Busy.FREE,
    "BUSY-TENTATIVE": Busy.TENTATIVE,
    "BUSY-UNAVAILABLE": Busy.AWAY,
}


def busy_of(event: Component) -> Busy:
    """Return how *event* keeps its owner busy, said in the standard's way or in Outlook's.

    Outlook writes TRANSP:OPAQUE for everything but free, and its own property says the rest.
    """
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return Busy.FREE
    own = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if own in _OUTLOOK:
        return _OUTLOOK[own]
    tentative = str(event.get("STATUS", "")).upper() == "TENTATIVE"
    return Busy.TENTATIVE if tentative else Busy.BUSY


def busy_type(word: str) -> Busy:
    """Return what a FBTYPE says (RFC 5545 §3.2.9); one that is not known is busy."""
    return _FREE_BUSY.get(word.upper(), Busy.BUSY)


def comes_twice(moment: datetime) -> bool:
    """Say whether the wall time of an aware *moment* comes twice, as when clocks go back.

    Nothing in a file says which of the two is meant, and clients disagree.
    """
    other = moment.replace(fold=1 - moment.fold)
    return moment.utcoffset() != other.utcoffset()
