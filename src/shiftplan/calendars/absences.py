"""Absences from somebody's own calendar: read, laid out, and put into the person's local time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Component, Event

from ..clock import zone
from ..errors import ShiftplanError
from ..publication.uids import DOMAIN
from .quirks import is_free
from .series import occurrences, one_by_one, take_out_endless
from .text import clean

LARGEST = 10_000_000
"""Bytes of a file; a calendar of ten years has about one million."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_MIDNIGHT = time(0)

ClockHours = tuple[time, time]
"""From when to when; an end at or before the start is on the next day."""


@dataclass(frozen=True)
class Absence:
    """Whole days, or with *hours* these hours of each day; *what* is what its owner calls it."""

    first: date
    last: date
    hours: ClockHours | None
    what: str


@dataclass(frozen=True)
class Skipped:
    """An event that is not an absence, and why."""

    what: str
    when: str
    why: str


AbsencesFound = tuple[list[Absence], list[Skipped]]


def read_absences(data: bytes, name: str, tz: str, first: date, last: date) -> AbsencesFound:
    """Return the absences in a calendar from *first* to *last* in local time of *tz*, and the rest.

    *data* are the bytes of the file called *name*. Recurrences are laid out, with their exceptions.
    What is cancelled, marked as free, or made by shiftplan itself is no absence. Raise
    ``ShiftplanError`` if it is no calendar.
    """
    absences: list[Absence] = []
    skipped: list[Skipped] = []
    for calendar in _calendars(data, name):
        skipped += [Skipped(_title(e), "", why) for e, why in take_out_endless(calendar, last)]
        for one in one_by_one(calendar):
            found, left = _of_one(one, tz, first, last)
            absences += found
            skipped += left
    in_order = sorted(skipped, key=lambda s: (s.when, s.what, s.why))
    return sorted(set(absences), key=_order), list(dict.fromkeys(in_order))


def _order(absence: Absence) -> tuple[date, date, bool, tuple[time, ...], str]:
    hours = absence.hours or ()
    return absence.first, absence.last, absence.hours is not None, hours, absence.what


def _of_one(calendar: Calendar, tz: str, first: date, last: date) -> AbsencesFound:
    """Return what is found in a calendar of one event, whatever may be wrong with it."""
    try:
        return _parted(occurrences(calendar, first, last), tz, first, last)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        return [], [Skipped(_title(calendar.events[0]), "", "it cannot be read")]


def _parted(events: Iterable[Event], tz: str, first: date, last: date) -> AbsencesFound:
    """Return the occurrences that are absences, and those that are not."""
    absences: list[Absence] = []
    skipped: list[Skipped] = []
    for event in events:
        why = _why_not(event)
        if why:
            skipped.append(Skipped(_title(event), _when(event, tz), why))
        else:
            absences += _clipped(_pieces(event, tz), first, last)
    return absences, skipped


def _title(event: Component) -> str:
    return clean(str(event.get("SUMMARY", ""))) or "(no title)"


def _calendars(data: bytes, name: str) -> list[Calendar]:
    again = "Export the calendar again as .ics."
    if len(data) > LARGEST:
        message = f"{name} is larger than {LARGEST // 1_000_000} MB."
        raise ShiftplanError(message, "Export fewer years.")
    try:
        found = list(Calendar.from_ical(data.decode("utf-8-sig"), multiple=True))
    except UnicodeDecodeError:
        raise ShiftplanError(f"{name} is not UTF-8 text.", again) from None
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        reason = clean(str(error)).rstrip(".")[:200]
        raise ShiftplanError(f"{name} is not a calendar: {reason}.", again) from None
    calendars = [part for part in found if part.name == "VCALENDAR"]
    if not calendars:
        raise ShiftplanError(f"{name} holds no calendar.", "It should start with BEGIN:VCALENDAR.")
    return calendars


def _why_not(event: Event) -> str:
    """Return why *event* is not an absence, or nothing."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "it is cancelled"
    if str(event.get("UID", "")).endswith(f"@{DOMAIN}"):
        return "it is a shift or leave from here"
    if is_free(event):
        return "it is marked as free"
    return ""


def _span(event: Event, tz: str) -> tuple[datetime, datetime] | tuple[date, date]:
    """Return start and exclusive end: days, or naive local times of *tz* in whole minutes."""
    start, end = event.start, event.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        # A day whose end is missing or the same day is one day (RFC 5545 §3.6.1).
        return start, max(end, start + _DAY)
    begin, over = _local(start, tz), _local(end, tz)
    begin = begin.replace(second=0, microsecond=0)
    # Part of a minute is a whole one; -(-a // b) * b rounds up.
    return begin, begin - (begin - over) // _MINUTE * _MINUTE


def _local(moment: datetime, tz: str) -> datetime:
    """Return *moment* in local time of *tz*; one without a zone is in local time already."""
    aware = moment.astimezone(zone(tz)) if moment.tzinfo else moment
    return aware.replace(tzinfo=None)


def _when(event: Event, tz: str) -> str:
    start, _ = _span(event, tz)
    return f"{start:%Y-%m-%d %H:%M}" if isinstance(start, datetime) else f"{start}"


def _pieces(event: Event, tz: str) -> Iterator[Absence]:
    """Yield what one occurrence takes: whole days, and hours of the days it takes in part."""
    what = _title(event)
    start, end = _span(event, tz)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        yield Absence(start, end - _DAY, None, what)
    elif end - start == _DAY and start.time() == _MIDNIGHT:
        yield Absence(start.date(), start.date(), None, what)
    elif _MINUTE <= end - start <= _DAY:
        # Up to a day is one piece, also over midnight: an end at or before the start is a day on.
        yield Absence(start.date(), start.date(), (start.time(), end.time()), what)
    elif end > start:
        yield from _long_pieces(start, end, what)


def _long_pieces(start: datetime, end: datetime, what: str) -> Iterator[Absence]:
    """Yield the rest of the first day, the whole days, and the beginning of the last."""
    first, last = start.date(), end.date() - _DAY
    if start.time() != _MIDNIGHT:
        yield Absence(first, first, (start.time(), _MIDNIGHT), what)
        first += _DAY
    if first <= last:
        yield Absence(first, last, None, what)
    if end.time() != _MIDNIGHT:
        yield Absence(end.date(), end.date(), (_MIDNIGHT, end.time()), what)


def _clipped(pieces: Iterator[Absence], first: date, last: date) -> Iterator[Absence]:
    for piece in pieces:
        begin, end = max(piece.first, first), min(piece.last, last)
        if begin <= end:
            yield Absence(begin, end, piece.hours, piece.what)
