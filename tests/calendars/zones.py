"""Events around every change of every zone's clocks, found by asking zoneinfo alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from shiftplan.calendars import Style
from shiftplan.calendars.events import calendar_bytes
from shiftplan.calendars.identity import Revision
from shiftplan.clock import to_instant
from shiftplan.publication import Content

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
STEP = timedelta(hours=4)


@cache
def moments(zone: str) -> tuple[tuple[datetime, datetime], ...]:
    """Return spans of four hours on end through each day the clocks change, and in each January and
    July.
    """
    return tuple((m, m + STEP) for m in _starts(ZoneInfo(zone)))


def _starts(zone: ZoneInfo) -> Iterator[datetime]:
    day = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    while day.date() <= LAST:
        after = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield from (day - STEP + k * STEP for k in range(8))
        elif day.day == 15 and day.month in (1, 7):
            yield day
        day = after


def file(zone: str) -> bytes:
    """Return the events in the form with local times."""
    items = []
    for k, (begin, end) in enumerate(moments(zone)):
        local = begin.astimezone(ZoneInfo(zone)).date()
        content = Content(
            kind="shift",
            who="Ana",
            site="Site",
            tz=zone,
            day=local,
            last=local,
            title=zone,
            text=(),
            category="day",
            color="orange",
            busy="BUSY",
            code="D",
            start=to_instant(begin),
            end=to_instant(end),
        )
        items.append((content, Revision(f"{k}@test.invalid", "CONFIRMED", 0, STAMP, STAMP)))
    return calendar_bytes(items, name=zone, of="person", style=Style("tzid"))
