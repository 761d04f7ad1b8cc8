"""Series of events from somebody's own calendar, made safe to lay out.

What lays series out would look for the next time of one that never comes for ever, lay out every
second of a year as readily as every week, and give up a whole calendar for one damaged event. So
series are given an end, those that recur within a day are left out, and each event is laid out in a
calendar of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component, Event

_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAY = timedelta(days=1)


def take_out_endless(calendar: Calendar, last: date) -> list[tuple[Component, str]]:
    """Take out of *calendar* what recurs within a day, and let no series run on after *last*.

    Return each event taken out, and why.
    """
    kept: list[Component] = []
    taken_out: list[tuple[Component, str]] = []
    for part in calendar.subcomponents:
        why = _bound_all(part, last) if part.name == "VEVENT" else ""
        if why:
            taken_out.append((part, why))
        else:
            kept.append(part)
    calendar.subcomponents = kept
    return taken_out


def _bound_all(event: Component, last: date) -> str:
    """Let no series of *event* run on after *last*; return why that cannot be, or nothing."""
    try:
        rules = _rules(event)
        if any(_too_often(rule) for rule in rules):
            return "it recurs within a day"
        for rule in rules:
            _bound(rule, event, last)
    except (ValueError, TypeError, AttributeError, LookupError):
        return "how it recurs cannot be read"
    return ""


def _rules(event: Component) -> list[Any]:
    # RFC 5545 §3.8.5.3 warns of more than one RRULE, and programs write them all the same.
    found = event.get("RRULE", [])
    return list(found) if isinstance(found, list) else [found]


def _too_often(rule: Any) -> bool:
    if str(rule.get("FREQ", [""])[0]).upper() in _TOO_OFTEN:
        return True
    return any(key in rule for key in _WITHIN_A_DAY)


def _bound(rule: Any, event: Component, last: date) -> None:
    """End a series soon after *last* if it has no end before."""
    if "COUNT" in rule:
        return
    # UNTIL has to be of the same kind as DTSTART: an instant, or a day.
    start = event.get("DTSTART")
    timed = isinstance(getattr(start, "dt", None), datetime)
    limit = datetime.combine(last + 2 * _DAY, time(0), UTC)
    until = rule.get("UNTIL", [None])[0]
    day = until.date() if isinstance(until, datetime) else until
    if day is None or day > limit.date():
        rule["UNTIL"] = [limit if timed else limit.date()]


def one_by_one(calendar: Calendar) -> Iterator[Calendar]:
    """Yield a calendar for each UID, so that a damaged event spoils no other."""
    zones = [part for part in calendar.subcomponents if part.name == "VTIMEZONE"]
    groups: dict[str, list[Component]] = {}
    for part in calendar.subcomponents:
        if part.name == "VEVENT":
            # An event without a UID, which RFC 5545 requires, stands for itself.
            groups.setdefault(str(part.get("UID", id(part))), []).append(part)
    for events in groups.values():
        one = Calendar(calendar)
        one.subcomponents = [*zones, *events]
        yield one


def occurrences(calendar: Calendar, first: date, last: date) -> list[Event]:
    """Return every occurrence of the events of *calendar* around the days *first* to *last*."""
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    # A day more on either side: the days are those of another zone than the person's.
    return list(query.between(first - _DAY, last + 2 * _DAY))
