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
from .quirks import Text, put_busy, put_name, put_refresh
from .text import clean, lines
from .zones import Zones

PRODID = "-//shiftplan//shiftplan 0//EN"
REFRESH_HOURS = 1

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
    """Return the calendar of a person, a site or the team as the bytes of its file."""
    calendar = Calendar()
    calendar["version"] = Text("2.0")
    calendar["prodid"] = Text(PRODID)
    calendar["calscale"] = Text("GREGORIAN")
    put_name(calendar, lines(name))
    put_refresh(calendar, REFRESH_HOURS)
    calendar["x-shiftplan-tzdata"] = Text(tz_version())
    zones = Zones()
    events = [_event(content, revision, of, style, zones) for content, revision in items]
    # Definitions of zones stand before the events that use them.
    for component in (*zones.components(), *events):
        calendar.add_component(component)
    data: bytes = calendar.to_ical()
    return data


def _event(content: Content, revision: Revision, of: Of, style: Style, zones: Zones) -> Event:
    """Return one event; in a shared calendar it names the person and makes nobody busy."""
    cancelled = revision.status == "CANCELLED"
    title = _title(content, of)
    event = Event()
    event["uid"] = lines(_UIDS[of](revision.uid))
    event.add("dtstamp", _second(revision.modified))
    event.add("created", _second(revision.created))
    event.add("last-modified", _second(revision.modified))
    event.add("sequence", revision.sequence)
    event["status"] = Text(revision.status)
    event["summary"] = lines(f"Cancelled: {title}" if cancelled else title)
    event["description"] = _description(content, revision, of)
    event["categories"] = lines(content.category)
    event["color"] = Text(content.color)
    put_busy(event, "FREE" if of != "person" or cancelled else content.busy)
    if content.kind == "shift":
        event["location"] = lines(content.site)
    start, end = _times(content, style, zones)
    event.add("dtstart", start)
    event.add("dtend", end)
    reminds = of == "person" and content.kind == "shift" and not cancelled
    if reminds and style.alarm is not None:
        event.add_component(_alarm(title, style.alarm))
    return event


def _title(content: Content, of: Of) -> str:
    if of == "person" or not content.who:
        return content.title
    # A name of control characters alone has nothing that can be shown.
    return f"{clean(content.who) or '?'}: {content.title}"


def _description(content: Content, revision: Revision, of: Of) -> Text:
    text = list(content.text)
    # Colleagues are in people's own calendars alone; with a cancelled shift there are none.
    if of == "person" and revision.status != "CANCELLED":
        text += content.names
    if revision.status == "TENTATIVE":
        text.append("Draft roster: may still change.")
    return lines(*text)


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
        raise ValueError(f"{moment} is not an instant: it has no zone")
    return moment.astimezone(UTC).replace(microsecond=0)
