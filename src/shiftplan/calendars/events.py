"""Contents as iCalendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event

from ..clock import tz_version
from ..publication import Content, in_site, in_team
from .identity import Revision
from .text import Text, clean, lines
from .zones import Zones

PRODID = "-//shiftplan//shiftplan 0//EN"
REFRESH = timedelta(hours=1)

TimeForm = Literal["utc", "tzid"]
Of = Literal["person", "site", "team"]
EventItem = tuple[Content, Revision]

_UIDS: Mapping[Of, Callable[[str], str]] = {"person": str, "site": in_site, "team": in_team}


@dataclass(frozen=True)
class Style:
    """How times are written, and how long before a shift its person is reminded.

    ``utc`` is read alike by everything. ``tzid`` keeps the wall time, with a definition of its zone
    beside it, for files that are handed over. Only people's own calendars remind, and by default
    none does.
    """

    form: TimeForm = "utc"
    alarm: timedelta | None = None


UTC_FORM = Style()


def calendar_bytes(
    items: Iterable[EventItem], *, name: str, of: Of, style: Style = UTC_FORM
) -> bytes:
    """Return the calendar of a person, a site or the team as the bytes of its file.

    It has no UID of its own (RFC 7986 §5.3 allows one): vdirsyncer takes that for the UID of every
    event and keeps one of them (pimutils/vdirsyncer#1222, seen with 0.21).
    """
    cal = Calendar()
    cal["version"] = Text("2.0")
    cal["prodid"] = Text(PRODID)
    cal["calscale"] = Text("GREGORIAN")
    cal["name"] = cal["x-wr-calname"] = lines(name)
    cal.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    cal["x-published-ttl"] = Text("PT1H")
    cal["x-shiftplan-tzdata"] = Text(tz_version())
    zones = Zones()
    events = [_event(content, revision, of, style, zones) for content, revision in items]
    for component in (*zones.components(), *events):
        cal.add_component(component)
    data: bytes = cal.to_ical()
    return data


def _event(content: Content, revision: Revision, of: Of, style: Style, zones: Zones) -> Event:
    """Return one event; in a calendar of several people it names the person and makes nobody busy."""
    cancelled = revision.status == "CANCELLED"
    title = content.title
    if of != "person" and content.who:
        title = f"{clean(content.who) or '?'}: {title}"
    busy = "FREE" if of != "person" or cancelled else content.busy
    names = content.names if of == "person" and not cancelled else ()
    draft = ("Draft roster: may still change.",) if revision.status == "TENTATIVE" else ()
    event = Event()
    event["uid"] = lines(_UIDS[of](revision.uid))
    event.add("dtstamp", _second(revision.modified))
    event.add("created", _second(revision.created))
    event.add("last-modified", _second(revision.modified))
    event.add("sequence", revision.sequence)
    event["status"] = Text(revision.status)
    event["summary"] = lines(f"Cancelled: {title}" if cancelled else title)
    event["description"] = lines(*content.text, *names, *draft)
    event["categories"] = lines(content.category)
    event["color"] = Text(content.color)
    event["transp"] = Text("TRANSPARENT" if busy == "FREE" else "OPAQUE")
    event["x-microsoft-cdo-busystatus"] = Text(busy)
    if content.kind == "shift":
        event["location"] = lines(content.site)
    for key, moment in zip(("dtstart", "dtend"), _times(content, style, zones), strict=True):
        event.add(key, moment)
    if of == "person" and content.kind == "shift" and style.alarm is not None and not cancelled:
        event.add_component(_alarm(title, style.alarm))
    return event


def _times(content: Content, style: Style, zones: Zones) -> tuple[date, date]:
    """Return start and end as they are to be written."""
    begin, end = content.span
    if style.form == "tzid" and isinstance(begin, datetime) and isinstance(end, datetime):
        return zones.local(begin, end, content.tz)
    return begin, end


def _alarm(title: str, before: timedelta) -> Alarm:
    """Return a reminder with nothing in it but what RFC 5545 §3.6.6 asks for."""
    alarm = Alarm()
    alarm["action"] = Text("DISPLAY")
    alarm["description"] = lines(title)
    alarm.add("trigger", -before)
    return alarm


def _second(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} is no instant: it has no zone")
    return moment.astimezone(UTC).replace(microsecond=0)
