"""Coverage as one web page that needs nothing else: no script, no font, no other address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from ..clock import SLOT, from_instant, from_to, hours, to_instant, to_local
from ..errors import count
from ..facts import Facts
from ..roster import Roster
from ..roster.coverage import Gap, Interval, gaps, intervals
from ..roster.coverage_report import CoverageReport
from ..roster.requirement import Requirement, ranked
from .required import day_marks, lines

HOURS = range(24)
SHOWN = 200
"""Gaps in the list; a page of thousands helps nobody."""


@dataclass(frozen=True)
class Hour:
    """One hour of one queue: the worst of its quarters."""

    look: str
    """``none`` where nothing is needed, ``met``, ``low`` below the target, ``short`` below the
    minimum, ``unknown`` where nobody can judge it.
    """
    text: str
    title: str


@dataclass(frozen=True)
class GapLine:
    """A gap as the page lists it: staff and time missing, when in UTC and in each local time."""

    queue: str
    short: int
    """How many staff are missing."""
    missing: str
    """The hours of work that are missing: staff times the length of the gap."""
    utc: str
    local: tuple[str, ...]


@dataclass(frozen=True)
class Ruler:
    """Days on which clocks differ from UTC alike, and what they show at each of its hours."""

    clocks: tuple[tuple[str, tuple[str, ...]], ...]
    days: tuple[date, ...]


def coverage_page(roster: Roster, *, about: str, required: Sequence[Requirement] = ()) -> str:
    """Return the coverage of *roster* as HTML; *about* says which roster it is, *required* what its
    rules require beside the queues.

    Everything from the plan is escaped. People are not named, pay and leave not touched.
    """
    facts = roster.facts
    report = CoverageReport(roster, intervals(roster), required)
    found = report.intervals
    quarters = report.quarters(required)
    cells = _cells(found) | _slim(_cells(quarters[len(found) :]))
    zones = _zones(facts)
    below_minimum = [_line(gap, gap.short, zones) for gap in gaps(found)]
    # A gap below the minimum is below the target too, and listed once.
    below_target = [
        _line(gap, gap.below_target, zones) for gap in gaps(found, below="target") if not gap.short
    ]
    missing = [_line(gap, gap.short, zones) for _, gap in ranked(report.at_times)]
    return _template("coverage.html").render(
        team=facts.team.name,
        about=about,
        first=facts.first,
        last=facts.last,
        queues=sorted({i.queue for i in found}),
        not_judged=report.not_judged_because,
        not_judged_sums=report.not_judged_sums,
        answers_for=from_to(facts.window.opens, facts.window.end),
        required=lines(required),
        maps=[(r.rule, r.name, r.is_met) for r in report.at_times],
        days=facts.days,
        by_day=[(r.rule, r.name, day_marks(facts, r)) for r in report.by_day],
        rulers=_rulers(quarters, zones),
        hours=HOURS,
        cell=lambda queue, day, hour: cells.get((queue, day, hour), _NOTHING),
        zones=[name for name, _ in zones],
        count=count,
        lists=(
            ("Below the minimum", below_minimum[:SHOWN], len(below_minimum)),
            ("Below the target", below_target[:SHOWN], len(below_target)),
            ("Required and missing", missing[:SHOWN], len(missing)),
        ),
    )


def nothing_page(facts: Facts) -> str:
    """Return a page that says that no roster of these days is published."""
    return _template("nothing.html").render(
        team=facts.team.name, first=facts.first, last=facts.last
    )


_NOTHING = Hour("none", "", "")
_MET = Hour("met", "", "")

Cells: TypeAlias = dict[tuple[str, date, int], Hour]
"""The hours of each queue or requirement, by day and hour of UTC."""


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
    """Return the time zones of the sites, with the names of those that share one."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for site in facts.sites:
        names[site.timezone].append(site.name)
    return [(" / ".join(some), tz) for tz, some in names.items()]


def _cells(found: Sequence[Interval]) -> Cells:
    quarters: defaultdict[tuple[str, date, int], list[Interval]] = defaultdict(list)
    for interval in found:
        at = from_instant(interval.start)
        quarters[interval.queue, at.date(), at.hour].append(interval)
    return {key: _hour(some) for key, some in quarters.items()}


def _slim(cells: Cells) -> Cells:
    """Return *cells* without the words of those that are met: a page has many of them."""
    return {key: _MET if hour.look == "met" else hour for key, hour in cells.items()}


def _hour(quarters: Sequence[Interval]) -> Hour:
    if not any(quarter.target for quarter in quarters):
        return _NOTHING
    worst = max(quarters, key=_badness)
    at = from_instant(worst.start)
    needed = f"minimum {worst.minimum}, target {worst.target}"
    title = f"{worst.staffed} staff at {at:%H:%M} UTC; {needed}"
    if worst.short:
        return Hour("short", f"-{worst.short}", title)
    if not worst.is_judged:
        return Hour("unknown", "?", f"{title}; who else was there is not on record")
    if worst.below_target:
        return Hour("low", f"-{worst.below_target}", title)
    return Hour("met", "", title)


def _badness(quarter: Interval) -> tuple[int, int, int, int]:
    return quarter.short, not quarter.is_judged, quarter.below_target, quarter.target


def _rulers(found: Sequence[Interval], zones: Sequence[tuple[str, str]]) -> list[Ruler]:
    """Return the days of the coverage in runs of days on which no clock changes."""
    if not found:
        return []
    first = from_instant(min(interval.start for interval in found)).date()
    last = from_instant(max(interval.end for interval in found) - SLOT).date()
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]

    def clocks_on(day: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((name, _shows(day, tz)) for name, tz in zones)

    return [Ruler(clocks, tuple(run)) for clocks, run in groupby(days, key=clocks_on)]


def _shows(day: date, tz: str) -> tuple[str, ...]:
    start = to_instant(datetime.combine(day, time(0), UTC))
    local = (to_local(start + 60 * hour, tz) for hour in HOURS)
    return tuple(f"{t:%H}" if not t.minute else f"{t:%H:%M}" for t in local)


def _line(gap: Gap, short: int, zones: Sequence[tuple[str, str]]) -> GapLine:
    missing = hours(short * (gap.end - gap.start))
    local = tuple(_span(gap.start, gap.end, tz) for _, tz in zones)
    return GapLine(gap.queue, short, missing, _span(gap.start, gap.end, "UTC"), local)


def _span(start: int, end: int, tz: str) -> str:
    """Return a stretch of time for a column whose first line names the zone."""
    begin, finish = to_local(start, tz), to_local(end, tz)
    same_day = finish.date() == begin.date()
    until = f"{finish:%H:%M}" if same_day else f"{finish:%a %d %b %H:%M}"
    return f"{begin:%a %d %b %H:%M}–{until}"
