"""Time zones as VTIMEZONE components, for calendars whose times are local.

The generator of icalendar 7.3 writes the spring onset an hour late and takes what tzdata calls
standard in Dublin and Casablanca for standard; clients then place shifts an hour off. This one
follows RFC 5545 §3.6.5: an onset is written in the local time before it. The larger offset is
called daylight saving, as every client expects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from ..clock import zone
from .quirks import Text, comes_twice

AHEAD = 10
"""Years after the last event through which a rule must hold to be written as a rule."""

_EPOCH = datetime(1970, 1, 1)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Zones:
    """Turns instants into local times, and remembers which zones over which years it used."""

    def __init__(self) -> None:
        self._used: dict[str, tuple[datetime, datetime]] = {}

    def local(self, begin: datetime, end: datetime, name: str) -> tuple[datetime, datetime]:
        """Return two instants in local time of the zone called *name*.

        They stay UTC where that is the zone, or where one of them is a wall time that comes twice.
        """
        name = canonical(name)
        here = begin.astimezone(zone(name)), end.astimezone(zone(name))
        if name == "UTC" or any(comes_twice(moment) for moment in here):
            return begin, end
        first, last = self._used.get(name, (begin, end))
        self._used[name] = min(first, begin), max(last, end)
        return here

    def components(self) -> Iterator[Timezone]:
        """Yield one VTIMEZONE for each zone used, by name."""
        for name, (first, last) in sorted(self._used.items()):
            yield vtimezone(name, first.year, last.year)


class Onset(NamedTuple):
    """A change of offset: the instant, and the offsets before and after it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def wall(self) -> datetime:
        """The wall time at which it happens, as clocks show it before."""
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def is_daylight(self) -> bool:
        """Whether the larger offset begins, which clients take for daylight saving time."""
        return self.after > self.before


class _Rule(NamedTuple):
    month: int
    weekday: int
    number: int
    """Which of its weekday in the month; -1 is the last."""


def vtimezone(name: str, first: int, last: int) -> Timezone:
    """Return the zone called *name* for events of the years *first* to *last*.

    Where its changes follow one yearly rule for daylight saving and one for standard time, through
    ten years after, those are given; else every single change, since a rule that ends or moves with
    the moon is none.
    """
    definition = Timezone()
    definition["tzid"] = Text(name)
    onsets = _onsets(name, first - 2, last + AHEAD)
    for onset, rule in _yearly(onsets, first) or _single(name, onsets, first, last):
        definition.add_component(_part(onset, rule))
    return definition


def _yearly(onsets: Sequence[Onset], first: int) -> list[tuple[Onset, _Rule | None]] | None:
    """Return the two onsets that rules repeat, or None if changes follow no rule."""
    # From the year before the first on, so that the first event has an onset before it.
    return _rules([onset for onset in onsets if onset.at.year >= first - 1])


def _single(
    name: str, onsets: Sequence[Onset], first: int, last: int
) -> list[tuple[Onset, _Rule | None]]:
    """Return every change by itself, from the last one before the events on."""
    start = datetime(first - 1, 12, 30, tzinfo=UTC)
    end = datetime(last + 1, 1, 3, tzinfo=UTC)
    before = [onset for onset in onsets if onset.at <= start]
    within = [onset for onset in onsets if start < onset.at < end]
    begin = before[-1] if before else _since_ever(name, start, within)
    return [(onset, None) for onset in (begin, *within)]


def _since_ever(name: str, start: datetime, within: Sequence[Onset]) -> Onset:
    """Return what holds at *start* as if it had begun in 1970."""
    here = start.astimezone(zone(name))
    offset = here.utcoffset() or timedelta()
    # It is daylight saving time if the next change goes back from it.
    falls = bool(within) and within[0].after < offset
    before = offset - timedelta(hours=1) if falls else offset
    at = (_EPOCH - before).replace(tzinfo=UTC)
    return Onset(at, before, offset, here.tzname() or "")


def _part(onset: Onset, rule: _Rule | None) -> TimezoneDaylight | TimezoneStandard:
    part = TimezoneDaylight() if onset.is_daylight else TimezoneStandard()
    part.add("dtstart", onset.wall)
    part.add("tzoffsetfrom", onset.before)
    part.add("tzoffsetto", onset.after)
    part["tzname"] = Text(onset.name)
    if rule is not None:
        day = f"{rule.number}{_WEEKDAYS[rule.weekday]}"
        part["rrule"] = vRecur({"FREQ": "YEARLY", "BYMONTH": rule.month, "BYDAY": day})
    return part


def _rules(onsets: Sequence[Onset]) -> list[tuple[Onset, _Rule | None]] | None:
    """Return the first onset of each kind with the rule all of its kind follow, or None if they do
    not.
    """
    years = sorted({onset.wall.year for onset in onsets})
    if not years or years != list(range(years[0], years[-1] + 1)):
        return None
    daylight = [onset for onset in onsets if onset.is_daylight]
    standard = [onset for onset in onsets if not onset.is_daylight]
    found: list[tuple[Onset, _Rule | None]] = []
    for same in (daylight, standard):
        rule = _rule_of(same, years)
        if rule is None:
            return None
        found.append((same[0], rule))
    return sorted(found)


def _rule_of(onsets: Sequence[Onset], years: Sequence[int]) -> _Rule | None:
    """Return the rule by which *onsets* of one kind come once in each of *years*, or None."""
    if [onset.wall.year for onset in onsets] != years:
        return None
    if len({(onset.before, onset.after, onset.wall.time()) for onset in onsets}) > 1:
        return None
    return _rule([onset.wall.date() for onset in onsets])


def _rule(days: Sequence[date]) -> _Rule | None:
    """Return which weekday of which month all of *days* are, or None."""
    if len({(day.month, day.weekday()) for day in days}) > 1:
        return None
    month, weekday = days[0].month, days[0].weekday()
    # The last of a month goes first: in some years it is the fourth too.
    if all((day + 7 * _DAY).month != month for day in days):
        return _Rule(month, weekday, -1)
    numbers = {(day.day - 1) // 7 + 1 for day in days}
    return _Rule(month, weekday, numbers.pop()) if len(numbers) == 1 else None


@lru_cache(maxsize=256)
def _onsets(name: str, first: int, last: int) -> tuple[Onset, ...]:
    """Return every change of offset in the years *first* to *last*, to the second."""
    tz = zone(name)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(tz).utcoffset() or timedelta()

    # A day at a time: no zone changes back within one.
    days = range(366 * (last - first + 1) + 1)
    midnights = [datetime(first, 1, 1, tzinfo=UTC) + k * _DAY for k in days]
    found = []
    for low, high in pairwise(midnights):
        if low.year > last or offset(low) == offset(high):
            continue
        before = offset(low)
        while high - low > _SECOND:
            middle = low + (high - low) // 2 // _SECOND * _SECOND
            if offset(middle) == before:
                low = middle
            else:
                high = middle
        found.append(Onset(high, before, offset(high), high.astimezone(tz).tzname() or ""))
    return tuple(found)


def canonical(name: str) -> str:
    """Return the name IANA prefers: ``Asia/Kolkata`` for ``Asia/Calcutta``.

    Names of the zone table stay, also where tzdata keeps them as links to a neighbour's.
    """
    return _links().get(name, name)


@lru_cache(maxsize=1)
def _links() -> dict[str, str]:
    """Return the preferred name for each that is not in the zone table."""
    folder = resources.files("tzdata") / "zoneinfo"
    table = (folder / "zone.tab").read_text(encoding="utf-8").splitlines()
    preferred = {line.split("\t")[2] for line in table if not line.startswith("#")}
    links = {}
    for line in (folder / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        if line.startswith("L "):
            _, target, alias = line.split()
            links[alias] = target
    found = {}
    for alias in links.keys() - preferred:
        target = links[alias]
        # A link may lead to another link.
        while target in links and target not in preferred:
            target = links[target]
        if target in preferred:
            found[alias] = target
    return found
