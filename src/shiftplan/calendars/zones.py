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
from .text import Text

AHEAD = 10
"""Years after the last event through which a rule must hold to be written as a rule."""

_EPOCH = datetime(1970, 1, 1)
_DAY = timedelta(days=1)


class Zones:
    """Turns instants into local times, and remembers which zones over which years it used."""

    def __init__(self) -> None:
        self._used: dict[str, tuple[datetime, datetime]] = {}

    def local(self, begin: datetime, end: datetime, name: str) -> tuple[datetime, datetime]:
        """Return two instants by the clocks of the zone called *name*.

        They stay UTC where that is the zone, or where one of them is a wall time that comes twice:
        nothing says which of the two is meant, and clients disagree.
        """
        name = canonical(name)
        tz = zone(name)
        here = begin.astimezone(tz), end.astimezone(tz)
        if name == "UTC" or any(
            m.utcoffset() != m.replace(fold=1 - m.fold).utcoffset() for m in here
        ):
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
        """The wall time at which it happens, by the clock before it."""
        return (self.at + self.before).replace(tzinfo=None)


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
    found = Timezone()
    found["tzid"] = Text(name)
    onsets = _onsets(name, first - 2, last + AHEAD)
    rules = _rules([o for o in onsets if o.at.year >= first - 1])
    if rules is not None:
        for onset, rule in rules:
            found.add_component(_part(onset, rule))
        return found
    start = datetime(first - 1, 12, 30, tzinfo=UTC)
    before = [o for o in onsets if o.at <= start]
    within = [o for o in onsets if start < o.at < datetime(last + 1, 1, 3, tzinfo=UTC)]
    for onset in (before[-1] if before else _since_ever(name, start, within), *within):
        found.add_component(_part(onset))
    return found


def _since_ever(name: str, start: datetime, within: Sequence[Onset]) -> Onset:
    """Return what holds at *start* as if it had begun in 1970."""
    here = start.astimezone(zone(name))
    offset = here.utcoffset() or timedelta()
    # It is daylight saving time if the next change goes back from it.
    falls = bool(within) and within[0].after < offset
    before = offset - timedelta(hours=1) if falls else offset
    at = (_EPOCH - before).replace(tzinfo=UTC)
    return Onset(at, before, offset, here.tzname() or "")


def _part(onset: Onset, rule: _Rule | None = None) -> TimezoneDaylight | TimezoneStandard:
    part = TimezoneDaylight() if onset.after > onset.before else TimezoneStandard()
    part.add("dtstart", onset.wall)
    part.add("tzoffsetfrom", onset.before)
    part.add("tzoffsetto", onset.after)
    part["tzname"] = Text(onset.name)
    if rule is not None:
        day = f"{rule.number}{['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][rule.weekday]}"
        part["rrule"] = vRecur({"FREQ": "YEARLY", "BYMONTH": rule.month, "BYDAY": day})
    return part


def _rules(onsets: Sequence[Onset]) -> list[tuple[Onset, _Rule]] | None:
    """Return the first onset of each kind with the rule all of its kind follow, or None if they do
    not.
    """
    years = sorted({o.wall.year for o in onsets})
    if not years or len(onsets) != 2 * len(years):
        return None
    found = []
    for daylight in (True, False):
        same = [o for o in onsets if (o.after > o.before) is daylight]
        if [o.wall.year for o in same] != years or years != list(range(years[0], years[-1] + 1)):
            return None
        if len({(o.before, o.after, o.wall.time()) for o in same}) > 1:
            return None
        rule = _rule([o.wall.date() for o in same])
        if rule is None:
            return None
        found.append((same[0], rule))
    return sorted(found)


def _rule(days: Sequence[date]) -> _Rule | None:
    """Return which weekday of which month all of *days* are, or None."""
    if len({(d.month, d.weekday()) for d in days}) > 1:
        return None
    if all((d + 7 * _DAY).month != d.month for d in days):
        return _Rule(days[0].month, days[0].weekday(), -1)
    numbers = {(d.day - 1) // 7 + 1 for d in days}
    return _Rule(days[0].month, days[0].weekday(), numbers.pop()) if len(numbers) == 1 else None


@lru_cache(maxsize=256)
def _onsets(name: str, first: int, last: int) -> tuple[Onset, ...]:
    """Return every change of offset in the years *first* to *last*, to the second."""
    tz = zone(name)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(tz).utcoffset() or timedelta()

    # A day at a time: no zone changes back within one.
    days = [
        datetime(first, 1, 1, tzinfo=UTC) + k * _DAY for k in range(366 * (last - first + 1) + 1)
    ]
    found = []
    for low, high in pairwise(days):
        if low.year > last or offset(low) == offset(high):
            continue
        before = offset(low)
        while high - low > timedelta(seconds=1):
            middle = low + ((high - low) // 2).__floordiv__(timedelta(seconds=1)) * timedelta(
                seconds=1
            )
            low, high = (middle, high) if offset(middle) == before else (low, middle)
        found.append(Onset(high, before, offset(high), high.astimezone(tz).tzname() or ""))
    return tuple(found)


def canonical(name: str) -> str:
    """Return the name IANA prefers: ``Asia/Kolkata`` for ``Asia/Calcutta``.

    Names of the zone table stay, also where tzdata keeps them as links to a neighbour's.
    """
    return _links().get(name, name)


@lru_cache(maxsize=1)
def _links() -> dict[str, str]:
    folder = resources.files("tzdata") / "zoneinfo"
    table = (folder / "zone.tab").read_text(encoding="utf-8")
    kept = {line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")}
    links = {}
    for line in (folder / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        if line.startswith("L "):
            _, target, alias = line.split()
            links[alias] = target
    found = {}
    for alias, target in links.items():
        while target in links and target not in kept:
            target = links[target]
        if alias not in kept and target in kept:
            found[alias] = target
    return found
