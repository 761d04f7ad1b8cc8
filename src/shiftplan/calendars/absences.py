"""Absences from somebody's own calendar: read, recurrences laid out, and put on the person's clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component, Event

from ..clock import zone
from ..errors import ShiftplanError
from ..publication.uids import DOMAIN
from .text import clean

LARGEST = 10_000_000
"""Bytes of a file; a calendar of ten years has about one million."""

_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)

ClockHours = tuple[time, time]
"""From when to when; an end at or before the start is on the next day."""


@dataclass(frozen=True)
class Absence:
    """Whole days, or with *hours* these hours of each day. *what* is how its owner calls it."""

    first: date
    last: date
    hours: ClockHours | None
    what: str


@dataclass(frozen=True)
class Skipped:
    """An event that is no absence, and why."""

    what: str
    when: str
    why: str


AbsencesFound = tuple[list[Absence], list[Skipped]]


def read_absences(data: bytes, name: str, tz: str, first: date, last: date) -> AbsencesFound:
    """Return the absences in a calendar from *first* to *last*, by the clock of *tz*, and what is
    none.

    *data* are the bytes of the file called *name*. Recurrences are laid out, exceptions heeded. What is
    cancelled, marked free, or was made by shiftplan itself is no absence. Raise ``ShiftplanError`` if it is
    no calendar.
    """
    absences: list[Absence] = []
    skipped: list[Skipped] = []
    for calendar in _calendars(data, name):
        skipped += _without_endless(calendar, first, last)
        for one in _one_by_one(calendar):
            try:
                found, left = _sorted_out(_occurrences(one, first, last), tz, first, last)
            except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
                found, left = [], [Skipped(_title(one.events[0]), "", "it cannot be read")]
            absences += found
            skipped += left
    order = sorted(
        set(absences), key=lambda a: (a.first, a.last, a.hours is not None, a.hours or (), a.what)
    )
    return order, list(dict.fromkeys(sorted(skipped, key=lambda s: (s.when, s.what, s.why))))


def _sorted_out(events: Iterable[Event], tz: str, first: date, last: date) -> AbsencesFound:
    """Part occurrences that are absences from those that are none."""
    absences, skipped = list[Absence](), list[Skipped]()
    for event in events:
        why = _why_not(event)
        if why:
            skipped.append(Skipped(_title(event), _when(event, tz), why))
        else:
            absences += _clipped(_pieces(event, tz, _title(event)), first, last)
    return absences, skipped


def _title(event: Component) -> str:
    return clean(str(event.get("SUMMARY", ""))) or "(no title)"


def _calendars(data: bytes, name: str) -> list[Calendar]:
    if len(data) > LARGEST:
        raise ShiftplanError(
            f"{name} is larger than {LARGEST // 1_000_000} MB.", "Export fewer years."
        )
    try:
        found = list(Calendar.from_ical(data.decode("utf-8-sig"), multiple=True))
    except UnicodeDecodeError:
        raise ShiftplanError(
            f"{name} is not UTF-8 text.", "Export the calendar again as .ics."
        ) from None
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        reason = clean(str(error)).rstrip(".")[:200]
        raise ShiftplanError(
            f"{name} is no calendar: {reason}.", "Export it again as .ics."
        ) from None
    calendars = [c for c in found if c.name == "VCALENDAR"]
    if not calendars:
        raise ShiftplanError(f"{name} holds no calendar.", "It should start with BEGIN:VCALENDAR.")
    return calendars


def _without_endless(calendar: Calendar, first: date, last: date) -> Iterator[Skipped]:
    """Take out of *calendar* what recurs within a day, and let no series run on after *last*."""
    kept: list[Component] = []
    for part in calendar.subcomponents:
        why = _bound_all(part, last) if part.name == "VEVENT" else ""
        if why:
            yield Skipped(_title(part), "", why)
        else:
            kept.append(part)
    calendar.subcomponents = kept


def _bound_all(event: Component, last: date) -> str:
    """Let no series of *event* run on after *last*; return why it cannot be laid out, or nothing."""
    try:
        rules = _rules(event)
        if any(_too_often(rule) for rule in rules):
            return "it recurs within a day"
        for rule in rules:
            _bounded(rule, event, last)
    except (ValueError, TypeError, AttributeError, LookupError):
        return "how it recurs cannot be read"
    return ""


def _rules(event: Component) -> list[Any]:
    found = event.get("RRULE", [])
    return list(found) if isinstance(found, list) else [found]


def _too_often(rule: Any) -> bool:
    return str(rule.get("FREQ", [""])[0]).upper() in _TOO_OFTEN or any(
        k in rule for k in _WITHIN_A_DAY
    )


def _bounded(rule: Any, event: Component, last: date) -> None:
    """End a series without an end soon after *last*: one that never comes would be looked for for
    ever.
    """
    if "COUNT" in rule:
        return
    start = event.get("DTSTART")
    timed = isinstance(getattr(start, "dt", None), datetime)
    limit = datetime.combine(last + 2 * _DAY, time(0), UTC)
    until = rule.get("UNTIL", [None])[0]
    day = until.date() if isinstance(until, datetime) else until
    if day is None or day > limit.date():
        rule["UNTIL"] = [limit if timed else limit.date()]


def _one_by_one(calendar: Calendar) -> Iterator[Calendar]:
    """Yield a calendar for each UID, so that a damaged event spoils no other."""
    zones = [part for part in calendar.subcomponents if part.name == "VTIMEZONE"]
    groups: dict[str, list[Component]] = {}
    for part in calendar.subcomponents:
        if part.name == "VEVENT":
            groups.setdefault(str(part.get("UID", id(part))), []).append(part)
    for events in groups.values():
        one = Calendar(calendar)
        one.subcomponents = [*zones, *events]
        yield one


def _occurrences(calendar: Calendar, first: date, last: date) -> list[Event]:
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    # A day more on either side: the days are those of another zone than the person's.
    return list(query.between(first - _DAY, last + 2 * _DAY))


def _why_not(event: Event) -> str:
    """Return why *event* is no absence, or nothing."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "it is cancelled"
    if str(event.get("UID", "")).endswith(f"@{DOMAIN}"):
        return "it is a shift or leave from here"
    busy = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or busy == "FREE":
        return "it is marked as free"
    return ""


def _span(event: Event, tz: str) -> tuple[datetime, datetime] | tuple[date, date]:
    """Return start and exclusive end by the clock of *tz*: days, or naive wall times in whole
    minutes.
    """
    start, end = event.start, event.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return start, max(end, start + _DAY)
    begin, over = (m.astimezone(zone(tz)) if m.tzinfo else m for m in (start, end))
    begin, over = (m.replace(tzinfo=None) for m in (begin, over))
    floor = begin.replace(second=0, microsecond=0)
    return floor, floor - (floor - over) // _MINUTE * _MINUTE


def _when(event: Event, tz: str) -> str:
    start, _ = _span(event, tz)
    return f"{start:%Y-%m-%d %H:%M}" if isinstance(start, datetime) else f"{start}"


def _pieces(event: Event, tz: str, what: str) -> Iterator[Absence]:
    """Yield what one occurrence takes: whole days, and hours of the days it takes in part."""
    start, end = _span(event, tz)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        yield Absence(start, end - _DAY, None, what)
        return
    if end <= start:
        return
    midnight = time(0)
    if end - start <= _DAY and not (start.time() == midnight and end - start == _DAY):
        yield Absence(start.date(), start.date(), (start.time(), end.time()), what)
        return
    first, last = start.date(), end.date() - _DAY
    if start.time() != midnight:
        yield Absence(first, first, (start.time(), midnight), what)
        first += _DAY
    if first <= last:
        yield Absence(first, last, None, what)
    if end.time() != midnight:
        yield Absence(end.date(), end.date(), (midnight, end.time()), what)


def _clipped(pieces: Iterator[Absence], first: date, last: date) -> Iterator[Absence]:
    for p in pieces:
        begin, end = max(p.first, first), min(p.last, last)
        if begin <= end:
            yield Absence(begin, end, p.hours, p.what)
