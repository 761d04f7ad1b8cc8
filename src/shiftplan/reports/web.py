"""Coverage as one web page that needs nothing else: no script, no font, no other address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from ..clock import SLOT, from_instant, hours, to_instant, to_local
from ..facts import Facts
from ..roster import Roster
from ..roster.coverage import Gap, Interval, gaps, intervals

HOURS = range(24)
SHOWN = 200
"""Gaps in the list; a page of thousands helps nobody."""


@dataclass(frozen=True)
class Hour:
    """One hour of one queue: the worst of its quarters."""

    look: str
    """``none`` where nothing is needed, ``met``, ``low`` below the target, ``short`` below the
    minimum.
    """
    text: str
    title: str


@dataclass(frozen=True)
class GapLine:
    """A gap as the page lists it: heads and time missing, when in UTC and by each clock."""

    queue: str
    heads: int
    missing: str
    utc: str
    local: tuple[str, ...]


@dataclass(frozen=True)
class Ruler:
    """Days whose clocks stand alike, and what they show at each hour of UTC."""

    clocks: tuple[tuple[str, tuple[str, ...]], ...]
    days: tuple[date, ...]


def coverage_page(roster: Roster, *, about: str) -> str:
    """Return the coverage of *roster* as HTML; *about* says which roster it is.

    Everything from the plan is escaped. People are not named, pay and leave not touched.
    """
    facts = roster.facts
    found = intervals(roster)
    cells = _cells(found)
    zones = _zones(facts)
    short = [_line(g, g.short, zones) for g in gaps(found)]
    low = [_line(g, g.below_target, zones) for g in gaps(found, below="target") if not g.short]
    return _template("coverage.html").render(
        team=facts.team.name,
        about=about,
        first=facts.first,
        last=facts.last,
        queues=sorted({i.queue for i in found}),
        rulers=_rulers(found, zones),
        hours=HOURS,
        cell=lambda queue, day, hour: cells.get((queue, day, hour), _NOTHING),
        zones=[name for name, _ in zones],
        lists=(
            ("Below the minimum", short[:SHOWN], len(short)),
            ("Below the target", low[:SHOWN], len(low)),
        ),
    )


def nothing_page(facts: Facts) -> str:
    """Return a page that says that no roster of these days is published."""
    return _template("nothing.html").render(
        team=facts.team.name, first=facts.first, last=facts.last
    )


_NOTHING = Hour("none", "", "")


@cache
def _template(name: str) -> Template:
    loader = PackageLoader(__package__, "templates")
    shown = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return shown.get_template(name)


def _zones(facts: Facts) -> list[tuple[str, str]]:
    """Return the clocks of the sites, those that share one together."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for site in facts.sites:
        names[site.timezone].append(site.name)
    return [(" / ".join(some), tz) for tz, some in names.items()]


def _cells(found: Sequence[Interval]) -> dict[tuple[str, date, int], Hour]:
    of: defaultdict[tuple[str, date, int], list[Interval]] = defaultdict(list)
    for i in found:
        at = from_instant(i.start)
        of[i.queue, at.date(), at.hour].append(i)
    return {key: _hour(some) for key, some in of.items()}


def _hour(some: Sequence[Interval]) -> Hour:
    worst = max(some, key=lambda i: (i.short, i.below_target, i.target))
    if not any(i.target for i in some):
        return _NOTHING
    look = "short" if worst.short else "low" if worst.below_target else "met"
    text = f"-{worst.short or worst.below_target}" if look != "met" else ""
    title = f"{worst.staffed} of {worst.minimum} to {worst.target} at {from_instant(worst.start):%H:%M} UTC"
    return Hour(look, text, title)


def _rulers(found: Sequence[Interval], zones: Sequence[tuple[str, str]]) -> list[Ruler]:
    """Return the days of the coverage in runs of days on which no clock changes."""
    if not found:
        return []
    first, last = (
        from_instant(found[0].start).date(),
        from_instant(max(i.end for i in found) - SLOT).date(),
    )
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    alike = groupby(days, key=lambda day: tuple((name, _shows(day, tz)) for name, tz in zones))
    return [Ruler(clocks, tuple(run)) for clocks, run in alike]


def _shows(day: date, tz: str) -> tuple[str, ...]:
    start = to_instant(datetime.combine(day, time(0), UTC))
    local = (to_local(start + 60 * hour, tz) for hour in HOURS)
    return tuple(f"{t:%H}" if not t.minute else f"{t:%H:%M}" for t in local)


def _line(gap: Gap, heads: int, zones: Sequence[tuple[str, str]]) -> GapLine:
    lasts = hours(heads * (gap.end - gap.start))
    local = tuple(_span(gap.start, gap.end, tz) for _, tz in zones)
    return GapLine(gap.queue, heads, lasts, _span(gap.start, gap.end, "UTC"), local)


def _span(start: int, end: int, tz: str) -> str:
    begin, finish = to_local(start, tz), to_local(end, tz)
    until = f"{finish:%H:%M}" if finish.date() == begin.date() else f"{finish:%a %H:%M}"
    return f"{begin:%a %d %b %H:%M}–{until}"
