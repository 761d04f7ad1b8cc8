"""Absences from somebody's own calendar: read, laid out, and put into the person's local time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Component, Event

from ..clock import zone
from ..errors import visible
from ..publication.uids import DOMAIN
from .foreign import ForeignCalendar, read_calendars
from .quirks import Busy, busy_of, busy_type
from .series import SafeSeries, occurrences, one_by_one, value_of
from .text import clean

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_MIDNIGHT = time(0)

_NO_EVENT = {
    "VTODO": "it is a task",
    "VJOURNAL": "it is a journal entry",
    "VAVAILABILITY": "it is a schedule of when somebody is available",
}
"""Why parts of a calendar that are no events are no absences."""

_NO_NEWS = {
    "CANCEL": "the file cancels it",
    "REPLY": "the file answers an invitation",
    "REFRESH": "the file asks for an invitation",
    "COUNTER": "the file proposes another time",
    "DECLINECOUNTER": "the file declines another time",
}
"""Why the events of a file with such a METHOD (RFC 5546) do not stand as they are."""

_NO_ABSENCE = {
    Busy.FREE: "it is marked as free",
    Busy.ELSEWHERE: "it is marked as working elsewhere",
}

ClockHours = tuple[time, time]
"""From when to when; an end at or before the start is on the next day."""

Days = tuple[date, date]
"""The first and the last day asked about."""


@dataclass(frozen=True)
class Absence:
    """Whole days, or with *hours* these hours of each day; *what* is what its owner calls it."""

    first: date
    last: date
    hours: ClockHours | None
    what: str
    busy: Busy = Busy.BUSY


@dataclass(frozen=True)
class Skipped:
    """An event that is not an absence, and why."""

    what: str
    when: str
    why: str


AbsencesFound = tuple[list[Absence], list[Skipped]]


def read_absences(data: bytes, name: str, tz: str, first: date, last: date) -> AbsencesFound:
    """Return the absences in a calendar from *first* to *last* in local time of *tz*, and the rest.

    *data* are the bytes of the file called *name*. Recurrences are laid out, with their exceptions;
    busy times of a free/busy file are absences without a title. What is cancelled, free, made by
    shiftplan itself or cannot be read is no absence. Raise ``ShiftplanError`` if it is no calendar.
    """
    absences: list[Absence] = []
    skipped: list[Skipped] = []
    safe = SafeSeries(first, last)
    for foreign in read_calendars(data, name):
        found, left = _of_calendar(foreign, safe, tz, (first, last))
        absences += found
        skipped += left
    in_order = sorted(skipped, key=lambda s: (s.when, s.what, s.why))
    return sorted(set(absences), key=_order), list(dict.fromkeys(in_order))


def _order(absence: Absence) -> tuple[date, date, bool, tuple[time, ...], str, str]:
    hours = absence.hours or ()
    return (
        absence.first, absence.last, absence.hours is not None, hours, absence.busy, absence.what
    )  # fmt: skip


def _of_calendar(foreign: ForeignCalendar, safe: SafeSeries, tz: str, days: Days) -> AbsencesFound:
    calendar = foreign.calendar
    absences: list[Absence] = []
    skipped = [Skipped(what or NO_TITLE, "", CANNOT) for what in foreign.unreadable]
    skipped += [Skipped(_title(e), _begins(e), why) for e, why in safe.take_out(calendar)]
    for part in calendar.subcomponents:
        if part.name in _NO_EVENT:
            skipped.append(Skipped(_title(part), "", _NO_EVENT[part.name]))
        elif part.name == "VFREEBUSY":
            found, left = _of_busy_times(part, tz, days)
            absences += found
            skipped += left
    method = _NO_NEWS.get(str(calendar.get("METHOD", "")).strip().upper(), "")
    for one in one_by_one(calendar):
        found, left = _of_one(one, method, tz, days)
        absences += found
        skipped += left
    return absences, skipped


NO_TITLE = "(no title)"
CANNOT = "it cannot be read"


def _of_one(calendar: Calendar, method: str, tz: str, days: Days) -> AbsencesFound:
    """Return what is found in a calendar of one event, whatever may be wrong with it."""
    try:
        wrong = next(filter(None, map(_why_no_time, calendar.events)), "")
        if wrong:
            event = calendar.events[0]
            return [], [Skipped(_title(event), _begins(event), wrong)]
        return _parted(occurrences(calendar, *days), method, tz, days)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        return [], [Skipped(_title(calendar.events[0]), "", CANNOT)]


def _why_no_time(event: Event) -> str:
    """Return why *event* takes no time, or nothing."""
    start = value_of(event, "DTSTART")
    if "DTEND" not in event and "DURATION" not in event:
        # A day by itself is that day, but a time by itself takes none (RFC 5545 §3.6.1).
        return "it has no end" if isinstance(start, datetime) else ""
    if "DURATION" in event:
        negative = value_of(event, "DURATION") < timedelta(0)
        return "it ends before it starts" if negative else ""
    return (
        "it ends before it starts" if _instant(value_of(event, "DTEND")) < _instant(start) else ""
    )


def _instant(moment: date) -> datetime:
    """Return *moment*, a day or a time, as one that can be compared with others."""
    begin = moment if isinstance(moment, datetime) else datetime.combine(moment, _MIDNIGHT)
    return begin if begin.tzinfo else begin.replace(tzinfo=zone("UTC"))


def _parted(events: Iterable[Event], method: str, tz: str, days: Days) -> AbsencesFound:
    """Return the occurrences that are absences, and those that are not."""
    absences: list[Absence] = []
    skipped: list[Skipped] = []
    for event in events:
        start, end = _span(event, tz)
        why = method or _why_not(event) or ("" if start < end else "it takes no time")
        if not why:
            absences += _clipped(_pieces(start, end, _title(event), busy_of(event)), *days)
        else:
            skipped.append(Skipped(_title(event), _when(start), why))
    return absences, skipped


def _title(event: Component) -> str:
    words = " ".join(str(event.get("SUMMARY", "")).split())
    return clean(visible(words)) or NO_TITLE


def _begins(event: Component) -> str:
    """Return when *event* begins as its file says it, or nothing if that cannot be read."""
    try:
        return _when(value_of(event, "DTSTART"))
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _why_not(event: Event) -> str:
    """Return why *event* is not an absence, or nothing."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "it is cancelled"
    if str(event.get("UID", "")).endswith(f"@{DOMAIN}"):
        return "it is a shift or leave from here"
    return _NO_ABSENCE.get(busy_of(event), "")


# -- busy times ----------------------------------------------------------------------------------


def _of_busy_times(part: Component, tz: str, days: Days) -> AbsencesFound:
    """Return the busy times of a VFREEBUSY, which have no titles, and those that are free."""
    absences: list[Absence] = []
    skipped: list[Skipped] = []
    found: Any = part.get("FREEBUSY", [])
    for period in found if isinstance(found, list) else [found]:
        busy = busy_type(str(period.params.get("FBTYPE", "BUSY")))
        start, end = _whole_minutes(_local(period.start, tz), _local(period.end, tz))
        why = _unknown_zone_of(period) or _NO_ABSENCE.get(busy, "")
        why = why or ("" if start < end else "it takes no time")
        if why:
            skipped.append(Skipped(NO_TITLE, _when(start), why))
        else:
            absences += _clipped(_pieces(start, end, NO_TITLE, busy), *days)
    return absences, skipped


def _unknown_zone_of(period: Any) -> str:
    name = period.params.get("TZID")
    unknown = name and period.start.tzinfo is None
    return f"its time zone '{name}' is not known" if unknown else ""


# -- in local time -------------------------------------------------------------------------------


def _span(event: Event, tz: str) -> tuple[datetime, datetime] | tuple[date, date]:
    """Return start and exclusive end: days, or naive local times of *tz* in whole minutes."""
    start, end = event.start, event.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        # A day whose end is missing or the same day is one day (RFC 5545 §3.6.1).
        return start, max(end, start + _DAY)
    return _whole_minutes(_local(start, tz), _local(end, tz))


def _whole_minutes(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    begin = start.replace(second=0, microsecond=0)
    # Part of a minute is a whole one; -(-a // b) * b rounds up.
    return begin, begin - (begin - end) // _MINUTE * _MINUTE


def _local(moment: datetime, tz: str) -> datetime:
    """Return *moment* in local time of *tz*; one without a zone is in local time already."""
    aware = moment.astimezone(zone(tz)) if moment.tzinfo else moment
    return aware.replace(tzinfo=None)


def _when(start: date) -> str:
    return f"{start:%Y-%m-%d %H:%M}" if isinstance(start, datetime) else f"{start}"


def _pieces(start: date, end: date, what: str, busy: Busy) -> Iterator[Absence]:
    """Yield what one occurrence takes: whole days, and hours of the days it takes in part."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        yield Absence(start, end - _DAY, None, what, busy)
    elif end - start == _DAY and start.time() == _MIDNIGHT:
        yield Absence(start.date(), start.date(), None, what, busy)
    elif _MINUTE <= end - start <= _DAY:
        # Up to a day is one piece, also over midnight: an end at or before the start is a day on.
        yield Absence(start.date(), start.date(), (start.time(), end.time()), what, busy)
    elif end > start:
        yield from _long_pieces(start, end, what, busy)


def _long_pieces(start: datetime, end: datetime, what: str, busy: Busy) -> Iterator[Absence]:
    """Yield the rest of the first day, the whole days, and the beginning of the last."""
    first, last = start.date(), end.date() - _DAY
    if start.time() != _MIDNIGHT:
        yield Absence(first, first, (start.time(), _MIDNIGHT), what, busy)
        first += _DAY
    if first <= last:
        yield Absence(first, last, None, what, busy)
    if end.time() != _MIDNIGHT:
        yield Absence(end.date(), end.date(), (_MIDNIGHT, end.time()), what, busy)


def _clipped(pieces: Iterator[Absence], first: date, last: date) -> Iterator[Absence]:
    for piece in pieces:
        begin, end = max(piece.first, first), min(piece.last, last)
        if begin <= end:
            yield Absence(begin, end, piece.hours, piece.what, piece.busy)
