"""Entries as iCalendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

from ..clock import from_instant, hours, tz_version, zone
from ..facts import Facts
from ..roster import Duty
from .entries import Entry
from .identity import Identity, Revision, in_team
from .text import Text, clean, lines

PRODID = "-//shiftplan//shiftplan 0//EN"
REFRESH = timedelta(hours=1)

COLORS = {
    "early": "orange",
    "day": "mediumseagreen",
    "late": "steelblue",
    "night": "darkslateblue",
    "leave": "silver",
    "off": "gainsboro",
}
"""CSS3 names by kind; a hint that few clients take."""

_OTHER = "slategray"


class _Face(NamedTuple):
    """What an entry looks like, and whether it makes its reader free, busy or away (Outlook's words)."""

    title: str
    text: tuple[str, ...]
    category: str
    color: str
    busy: str


def calendar_bytes(
    facts: Facts, entries: Iterable[Entry], identity: Identity, *, name: str, who: str = ""
) -> bytes:
    """Return the calendar of *who*, or of the team if *who* is empty, as the bytes of its file.

    It has no UID of its own (RFC 7986 §5.3 allows one): vdirsyncer takes that for the UID of every event
    and keeps one of them (pimutils/vdirsyncer#1222, seen with 0.21).
    """
    cal = Calendar()
    cal["version"] = Text("2.0")
    cal["prodid"] = Text(PRODID)
    cal["calscale"] = Text("GREGORIAN")
    cal["name"] = cal["x-wr-calname"] = lines(name)
    cal.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    cal["x-published-ttl"] = Text("PT1H")
    cal["x-shiftplan-tzdata"] = Text(tz_version())
    for entry in entries:
        cal.add_component(_event(facts, entry, identity.revision(entry), shared=not who))
    data: bytes = cal.to_ical()
    return data


def _event(facts: Facts, entry: Entry, revision: Revision, *, shared: bool) -> Event:
    """Return *entry* as an event; in a *shared* calendar it names the person and makes nobody busy."""
    face = _shift(facts, entry.duty) if entry.duty else _all_day(facts, entry)
    cancelled = revision.status == "CANCELLED"
    busy = "FREE" if shared or cancelled else face.busy
    title = f"{clean(entry.who) or '?'}: {face.title}" if shared and entry.who else face.title
    draft = ("Draft roster: may still change.",) if revision.status == "TENTATIVE" else ()
    event = Event()
    event["uid"] = lines(in_team(revision.uid) if shared else revision.uid)
    event.add("dtstamp", _second(revision.modified))
    event.add("created", _second(revision.created))
    event.add("last-modified", _second(revision.modified))
    event.add("sequence", revision.sequence)
    event["status"] = Text(revision.status)
    event["summary"] = lines(f"Cancelled: {title}" if cancelled else title)
    event["description"] = lines(*face.text, *draft)
    event["categories"] = lines(face.category)
    event["color"] = Text(face.color)
    event["transp"] = Text("TRANSPARENT" if busy == "FREE" else "OPAQUE")
    event["x-microsoft-cdo-busystatus"] = Text(busy)
    if entry.duty:
        event["location"] = lines(facts.person(entry.who).site)
    begin, end = _span(entry)
    event.add("dtstart", begin)
    event.add("dtend", end)
    return event


def _span(entry: Entry) -> tuple[date, date]:
    """Return start and exclusive end: UTC instants of a shift, else dates."""
    if entry.duty:
        return from_instant(entry.duty.start), from_instant(entry.duty.end)
    last = entry.day if entry.kind == "none" else entry.last
    return entry.day, last + timedelta(days=1)


def _second(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} is no instant: it has no zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _shift(facts: Facts, duty: Duty) -> _Face:
    tz = zone(facts.tz(duty.who))
    begin, end = (from_instant(t).astimezone(tz) for t in (duty.start, duty.end))
    length = hours(duty.end - duty.start)
    long = f" ({length})" if duty.end - duty.start >= 24 * 60 else ""
    title = f"{clean(duty.shift.name) or duty.shift.code} {begin:%H:%M}–{end:%H:%M}{long}"
    text = (
        f"Shift {duty.shift.code} at {facts.person(duty.who).site}",
        f"{_wall(begin)} – {_wall(end)}",
        f"Time zone {facts.tz(duty.who)}",
        f"Length {length}",
    )
    return _Face(title, text, duty.shift.kind, COLORS.get(duty.shift.kind, _OTHER), "BUSY")


def _wall(moment: datetime) -> str:
    """Return a wall time with its offset, which tells apart the two hours when clocks go back."""
    return f"{moment:%Y-%m-%d %H:%M} (UTC{moment.isoformat()[-6:]})"


def _all_day(facts: Facts, entry: Entry) -> _Face:
    days = f"{entry.day} – {entry.last}" if entry.last > entry.day else f"{entry.day}"
    if entry.kind == "leave":
        return _Face("Leave", (days,), "leave", COLORS["leave"], "OOF")
    if entry.kind == "off":
        return _Face("Day off", (days,), "off", COLORS["off"], "FREE")
    return _Face("No shifts", (f"Nothing is rostered {days}.",), "off", COLORS["off"], "FREE")
