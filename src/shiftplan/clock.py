"""Local wall time and instants, local days, and the grid of slots.

An *instant* is an integer: whole minutes since 1970-01-01 00:00 UTC. Zones are read from the pinned
``tzdata`` package and never from the system, whose copy may be years older.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import tzdata

zoneinfo.reset_tzpath(to=[])
ZoneInfo.clear_cache()

SLOT = 15
"""Minutes in one slot of the coverage grid; every zone in use is offset by whole quarter hours."""

DAY = 24 * 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Resolved(NamedTuple):
    """The instant a wall time stands for, and whether that wall time is missing or comes twice."""

    instant: int
    status: Literal["plain", "gap", "fold"]


def zone_names() -> frozenset[str]:
    """Return the IANA names a plan may use: places and UTC, never offsets or abbreviations."""
    return _zone_names()


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    names = zoneinfo.available_timezones()
    places = (n for n in names if "/" in n and not n.startswith(("Etc/", "SystemV/")))
    return frozenset(places) | {"UTC"}


def tz_version() -> str:
    """Return the release of the IANA data in use, such as ``2026c``."""
    return tzdata.IANA_VERSION


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone called *name*; raise ``ZoneInfoNotFoundError`` if there is none."""
    return ZoneInfo(name)


def to_instant(moment: datetime) -> int:
    """Return the instant of an aware datetime, seconds dropped."""
    return int((moment - _EPOCH).total_seconds() // 60)


def from_instant(instant: int) -> datetime:
    """Return *instant* as an aware UTC datetime."""
    return _EPOCH + timedelta(minutes=instant)


def today(tz: str) -> date:
    """Return the date in *tz* at this moment."""
    return datetime.now(zone(tz)).date()


def iso(instant: int) -> str:
    """Return *instant* as RFC 3339 has it: ``2026-10-19T12:00:00Z``."""
    return f"{from_instant(instant):%Y-%m-%dT%H:%M:%S}Z"


def resolve(day: date, at: time, tz: str) -> Resolved:
    """Return the instant at which clocks in *tz* show *at* on *day*.

    A time that is skipped moves forward by the length of the gap; one that comes twice means the
    first.
    """
    naive = datetime.combine(day, at.replace(tzinfo=None))
    first, second = (naive.replace(tzinfo=zone(tz), fold=fold) for fold in (0, 1))
    instant = to_instant(first)
    if first.utcoffset() == second.utcoffset():
        return Resolved(instant, "plain")
    back = first.astimezone(UTC).astimezone(zone(tz)).replace(tzinfo=None)
    return Resolved(instant, "fold" if back == naive else "gap")


@lru_cache(maxsize=65536)
def to_local(instant: int, tz: str) -> datetime:
    """Return the wall time in *tz* at *instant*, as a naive datetime."""
    return from_instant(instant).astimezone(zone(tz)).replace(tzinfo=None)


@lru_cache(maxsize=65536)
def day_start(day: date, tz: str) -> int:
    """Return the first instant at which the local date in *tz* is *day* or later.

    Where midnight itself is skipped (Santiago, Cairo, Beirut) this is the moment of the jump, even
    if the jump began before midnight.
    """
    instant, status = resolve(day, time(0), tz)
    if status != "gap":
        return instant
    before, after = instant - DAY, instant
    while after - before > 1:
        middle = (before + after) // 2
        if to_local(middle, tz).date() < day:
            before = middle
        else:
            after = middle
    return after


def day_length(day: date, tz: str) -> int:
    """Return the minutes local *day* lasts in *tz*: 1440, or 1380 and 1500 when clocks change."""
    return day_start(day + timedelta(days=1), tz) - day_start(day, tz)


def slot_floor(instant: int) -> int:
    """Return the start of the slot that holds *instant*."""
    return instant - instant % SLOT


def slot_ceil(instant: int) -> int:
    """Return the first slot start at or after *instant*."""
    return -(-instant // SLOT) * SLOT


def hours(minutes: int) -> str:
    """Return a length for people: ``8h``, ``8h30``, ``45m``."""
    sign = "-" if minutes < 0 else ""
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return f"{sign}{rest}m"
    if not rest:
        return f"{sign}{whole}h"
    return f"{sign}{whole}h{rest:02d}"


def weekday_names(weekdays: Iterable[str]) -> str:
    """Return *weekdays* for people: ``Monday``, ``Monday, Tuesday and Friday``."""
    *most, last = (day.capitalize() for day in weekdays)
    return f"{', '.join(most)} and {last}" if most else last


def from_to(start: int, end: int, tz: str = "UTC") -> str:
    """Return a stretch of time for people, in the local time of *tz*.

    ``from Mon 23 Mar 13:00 to 17:00 UTC``; one that ends on another day names both dates:
    ``from Mon 23 Mar 13:00 to Tue 24 Mar 13:00 UTC``.
    """
    begin, finish = to_local(start, tz), to_local(end, tz)
    same_day = begin.date() == finish.date()
    until = f"{finish:%H:%M}" if same_day else f"{finish:%a %d %b %H:%M}"
    return f"from {begin:%a %d %b %H:%M} to {until} {tz}"
