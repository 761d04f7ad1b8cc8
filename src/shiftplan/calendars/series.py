"""Events from somebody's own calendar, made safe to lay out.

What lays series out would go through every day since a series began, look for the next time of one
that never comes until the year 9999, lay out every second of a year as readily as every week, and
give up a whole calendar for one damaged event. So series begin shortly before they are asked for
and have an end, those that recur within a day or never come are found first, and each event is laid
out in a calendar of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component, Event

from .recurring import frequency, interval, looked_at, may_come

MOST_OCCURRENCES = 60_000
"""Those of all series of a file that are laid out, some twenty seconds' worth."""

STEPS = {"DAILY": 30, "WEEKLY": 30, "MONTHLY": 3, "YEARLY": 1}
"""Periods of a series that are gone through in the time that one occurrence takes."""

_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_TIMES = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RDATE", "EXDATE", "RRULE")
_PERIOD = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(days=7)}
_PLAIN = {"FREQ", "INTERVAL", "UNTIL", "BYDAY", "WKST"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)

Taken = tuple[Component, str]
"""An event, and why it was taken out or what of it does not count."""


class SafeSeries:
    """The events of one file, made safe for the days from *first* to *last*."""

    def __init__(self, first: date, last: date, most: int = MOST_OCCURRENCES) -> None:
        self._first, self._last = first, last
        self._left = most

    def take_out(self, calendar: Calendar) -> list[Taken]:
        """Take out of *calendar* what cannot be laid out, and let no series begin or end far off.

        Return each event taken out, and why; also those of whose series nothing comes.
        """
        kept: list[Component] = []
        taken_out: list[Taken] = []
        for part in calendar.subcomponents:
            why = self._why_not(part) if part.name == "VEVENT" else ""
            if why:
                taken_out.append((part, why))
                continue
            kept.append(part)
            if part.name == "VEVENT" and self._never_comes(part):
                taken_out.append((part, "its rule never comes; only its first time counts"))
        calendar.subcomponents = kept
        return taken_out

    def _why_not(self, event: Component) -> str:
        """Make the series of *event* safe; return why that cannot be, or nothing."""
        damaged = [key for key, _ in event.errors if key in _TIMES]
        if damaged:
            return f"its {damaged[0]} cannot be read"
        unknown = _unknown_zone(event)
        if unknown:
            return f"its time zone '{unknown}' is not known"
        try:
            return self._why_no_series(event)
        except (ValueError, TypeError, AttributeError, LookupError):
            return "how it recurs cannot be read"

    def _why_no_series(self, event: Component) -> str:
        rules = _rules(event)
        if "EXRULE" in event:
            return "it has an EXRULE, which calendars no longer know"
        if any(_too_often(rule) for rule in rules):
            return "it recurs within a day"
        if any(interval(rule) < 1 for rule in rules):
            return "how it recurs cannot be read: its INTERVAL is less than 1"
        for rule in rules:
            _end_after(rule, event, self._last)
        if len(rules) == 1:
            _begin_before(rules[0], event, self._first)
        self._left -= sum(self._work(rule, event) for rule in rules)
        if self._left < 0:
            return "the series of this file are too many together; take fewer days at a time"
        return ""

    def _work(self, rule: Any, event: Component) -> int:
        start = _day_of(event)
        inside = looked_at(rule, max(start, self._first), self._last)
        return looked_at(rule, start, self._last) // STEPS.get(frequency(rule), 1) + inside

    def _never_comes(self, event: Component) -> bool:
        """Say whether no rule of *event* has a day; leave the rules out that have none."""
        rules = _rules(event)
        if not rules:
            return False
        start = _day_of(event)
        coming = [r for r in rules if may_come(r, start, _until(r, self._last + 2 * _DAY))]
        if len(coming) < len(rules):
            del event["RRULE"]
        if coming and len(coming) < len(rules):
            event["RRULE"] = coming
        return not coming


def _unknown_zone(event: Component) -> str:
    """Return the name of a time zone that is neither in the file nor known otherwise, or nothing.

    A time in such a zone comes without any, as one in local time does.
    """
    for key in _TIMES:
        values: Any = event.get(key, [])
        for value in values if isinstance(values, list) else [values]:
            name = getattr(value, "params", {}).get("TZID")
            if name and any(_is_local(time_) for time_ in _times(value)):
                return str(name)
    return ""


def _times(value: Any) -> list[Any]:
    listed = getattr(value, "dts", None)
    found = [value] if listed is None else listed
    return [part for one in found for part in _ends(getattr(one, "dt", None))]


def _ends(value: Any) -> tuple[Any, ...]:
    """Return both ends of a period, or the one time."""
    return value if isinstance(value, tuple) else (value,)


def _is_local(moment: Any) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is None


def _day_of(event: Component) -> date:
    start = value_of(event, "DTSTART")
    day = start.date() if isinstance(start, datetime) else start
    assert isinstance(day, date)
    return day


def value_of(event: Component, key: str) -> Any:
    """Return the day, time or duration that *event* has under *key*."""
    found: Any = event[key]
    return found.dt


def _rules(event: Component) -> list[Any]:
    # RFC 5545 §3.8.5.3 warns of more than one RRULE, and programs write them all the same.
    found: Any = event.get("RRULE", [])
    return list(found) if isinstance(found, list) else [found]


def _too_often(rule: Any) -> bool:
    if str(rule.get("FREQ", [""])[0]).upper() in _TOO_OFTEN:
        return True
    return any(key in rule for key in _WITHIN_A_DAY)


def _end_after(rule: Any, event: Component, last: date) -> None:
    """End a series soon after *last* if it has no end before."""
    if "COUNT" in rule:
        return
    # UNTIL has to be of the same kind as DTSTART: an instant, or a day.
    start = value_of(event, "DTSTART")
    limit = last + 2 * _DAY
    day = _until(rule, limit)
    if not isinstance(start, datetime):
        rule["UNTIL"] = [day]
    elif day == limit:
        rule["UNTIL"] = [datetime.combine(limit, time(0), UTC)]
    elif not isinstance(rule["UNTIL"][0], datetime):
        # Programs write a day all the same, and mean all of it.
        end = datetime.combine(day, time(23, 59, 59), start.tzinfo)
        rule["UNTIL"] = [end.astimezone(UTC) if start.tzinfo else end]


def _until(rule: Any, limit: date) -> date:
    """Return the last day of *rule*, or *limit* if that is earlier."""
    until = rule.get("UNTIL", [None])[0]
    day = until.date() if isinstance(until, datetime) else until
    return limit if day is None else min(day, limit)


def _begin_before(rule: Any, event: Component, first: date) -> None:
    """Begin a plain series of days or weeks shortly before *first*, at a time it has anyway."""
    period = _PERIOD.get(str(rule.get("FREQ", [""])[0]).upper())
    weekdays = [str(one).upper() for one in rule.get("BYDAY", ())]
    start = _day_of(event)
    # The first time of a series counts even if its rule does not have it: that must not be moved.
    if period is None or set(rule) - _PLAIN or "RDATE" in event:
        return
    if weekdays and _WEEKDAYS[start.weekday()] not in weekdays:
        return
    step = period * interval(rule)
    lasts = _lasts(event)
    periods = (_until(rule, first) - start - lasts - 2 * _DAY) // step
    if periods > 0:
        for key in ("DTSTART", "DTEND"):
            if key in event:
                moved: Any = event[key]
                moved.dt += periods * step


def _lasts(event: Component) -> timedelta:
    """Return how long *event* lasts, rounded up to whole days."""
    if "DTEND" in event:
        end = value_of(event, "DTEND")
        last = end.date() if isinstance(end, datetime) else end
        return max(_DAY, last - _day_of(event) + _DAY)
    lasts = value_of(event, "DURATION") if "DURATION" in event else _DAY
    return _DAY * (lasts // _DAY + 1)


def one_by_one(calendar: Calendar) -> Iterator[Calendar]:
    """Yield a calendar for each UID, so that a damaged event spoils no other."""
    zones = [part for part in calendar.subcomponents if part.name == "VTIMEZONE"]
    groups: dict[str, list[Component]] = {}
    for part in calendar.subcomponents:
        if part.name == "VEVENT":
            # An event without a UID, which RFC 5545 requires, stands for itself.
            groups.setdefault(str(part.get("UID", id(part))), []).append(part)
    for events in groups.values():
        _give_moved_a_time(events)
        one = Calendar(calendar)
        one.subcomponents = [*zones, *events]
        yield one


def _give_moved_a_time(events: list[Component]) -> None:
    """Have what is moved out of a series of times name a time of it, where it names the day."""
    starts = [value_of(e, "DTSTART") for e in events if "RECURRENCE-ID" not in e]
    if len(starts) != 1 or not isinstance(starts[0], datetime):
        return
    for event in events:
        if "RECURRENCE-ID" in event:
            moved: Any = event["RECURRENCE-ID"]
            if not isinstance(moved.dt, datetime):
                moved.dt = datetime.combine(moved.dt, starts[0].timetz())


def occurrences(calendar: Calendar, first: date, last: date) -> list[Event]:
    """Return every occurrence of the events of *calendar* around the days *first* to *last*."""
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    # A day more on either side: the days are those of another zone than the person's.
    return list(query.between(first - _DAY, last + 2 * _DAY))
