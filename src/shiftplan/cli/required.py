"""What is required beside the queues: how much of it is there, and where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from rich.cells import cell_len

from ..clock import iso, to_local
from ..errors import count
from ..facts import Facts
from ..roster.coverage import Gap, Interval
from ..roster.coverage_report import CoverageReport
from ..roster.requirement import Requirement, ranked
from .gaps import Clock, span, table_of_gaps
from .grid import DAYS
from .heat import MET, NOTHING, part, sign
from .page import TextPage, columns

_HEAD = ("rule", "requirement", "met", "there", "missing", "not judged")


def show_required(page: TextPage, found: Sequence[Requirement]) -> None:
    """Print a line for each requirement: how much of the time, or of the days, it is met."""
    if not found:
        return
    page.head("Required beside the queues")
    page.lines(_fitting([_HEAD, *map(_in_all, found)], page.width))


def _in_all(requirement: Requirement) -> tuple[str, ...]:
    """Return how much of a requirement is met, as a line of the table."""
    met = requirement.met
    whole = sum(requirement.times(i) for i in requirement.intervals)
    share = part(sum(requirement.times(i) for i in met), whole)
    there = f"{requirement.much(requirement.there)} of {requirement.much(requirement.required)}"
    missing = requirement.much(requirement.missing) if requirement.missing else ""
    unknown = requirement.much(requirement.not_judged) if requirement.not_judged else ""
    return requirement.rule, requirement.name, share, there, missing, unknown


def _fitting(rows: Sequence[tuple[str, ...]], width: int) -> list[str]:
    """Return the table without empty columns; the names stand above the figures where both do not
    fit beside each other.
    """
    kept = [k for k in range(len(_HEAD)) if k < 4 or any(row[k] for row in rows[1:])]
    rows = [tuple(row[k] for k in kept) for row in rows]
    lines = columns(rows, right=range(2, len(kept)))
    if max(map(cell_len, lines)) <= width:
        return lines
    figures = columns([row[2:] for row in rows], right=range(len(kept) - 2))
    stacked = [f"    {figures[0]}"]
    for row, line in zip(rows[1:], figures[1:], strict=True):
        stacked += [f"{row[0]}: {row[1]}", f"    {line}"]
    return stacked


# -- where it is missing -------------------------------------------------------------------------


def show_missing(
    page: TextPage,
    found: Sequence[Requirement],
    shown: Sequence[Clock],
    *,
    most: int | None = None,
    more: str = "",
) -> None:
    """Print where something required is missing: at times, then on days, each worst first."""
    lacks = ranked(found)
    if not lacks:
        return
    page.head(f"Required and missing: {count(len(lacks), 'gap')}")
    rows = [("requirement", "missing", "UTC", *(name for name, _ in shown))]
    rows += [_row(requirement, gap, shown) for requirement, gap in lacks[:most]]
    page.lines(table_of_gaps(rows, shown, page.width, figures=1))
    if most is not None and len(lacks) > most:
        page.line(f"and {len(lacks) - most} more{more}")


def _row(requirement: Requirement, gap: Gap, shown: Sequence[Clock]) -> tuple[str, ...]:
    lacking = f"-{requirement.each(gap.short)}"
    if requirement.per == "time":
        when = [span(gap.start, gap.end, "UTC", dated=True)]
        when += [span(gap.start, gap.end, tz) for _, tz in shown]
    else:
        # A day as a whole is a day on every clock.
        when = [_day(to_local(gap.start, requirement.zone).date()), *("" for _ in shown)]
    return (requirement.name, lacking, *when)


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day:>2} {day:%b}"


# -- day by day ----------------------------------------------------------------------------------


def show_days(
    page: TextPage, facts: Facts, found: Sequence[Requirement], *, every: bool = False
) -> None:
    """Print a mark a day for each requirement of whole days, in weeks that are not all met, or
    *every* week.
    """
    if not found:
        return
    page.head("Day by day, what is required of a whole day (of a hand-over: quarter hours short)")
    for week in facts.weeks:
        rows = [(f"{r.rule}: {r.name}", _marks(r, week)) for r in found]
        if every or any(mark not in (MET, NOTHING) for _, line in rows for mark in line):
            head = (_day(week[0]), " ".join(DAYS[day.weekday()] for day in week))
            page.lines(columns([head, *rows]))


def _marks(requirement: Requirement, week: Sequence[date]) -> str:
    """Return the marks of the days of *week*, each below its weekday."""
    marks = {requirement.day(i): sign(requirement.in_marks(i)) for i in requirement.intervals}
    return "  ".join(marks.get(day, NOTHING) for day in week)


# -- for scripts ---------------------------------------------------------------------------------


def rows_of(report: CoverageReport) -> Iterator[dict[str, Any]]:
    """Yield what ``coverage --json`` prints: each quarter hour of each queue, then each stretch or
    day of what is required beside them.
    """
    why = report.roster.facts.not_on_record
    for interval in report.intervals:
        of = {"rule": None, "requirement": None, "unit": "people", "date": None}
        yield {"queue": interval.queue, **_figures(interval), **of, **_unknown(interval, why)}
    for requirement in report.requirements:
        for interval in requirement.intervals:
            of = {
                "rule": requirement.rule,
                "requirement": requirement.name,
                "unit": requirement.unit,
                "date": _iso_day(requirement, interval),
            }
            yield {"queue": None, **_figures(interval), **of, **_unknown(interval, why)}


def _figures(interval: Interval) -> dict[str, Any]:
    return {
        "start_utc": iso(interval.start),
        "end_utc": iso(interval.end),
        "minimum": interval.minimum,
        "target": interval.target,
        "staffed": interval.staffed,
        "short": interval.short,
        "below_target": interval.below_target,
        "not_judged": interval.not_judged,
        "not_judged_target": interval.not_judged_target,
    }


def _unknown(interval: Interval, why: str) -> dict[str, str | None]:
    """Return why an interval is not judged, if it is not."""
    return {"not_judged_because": None if interval.is_judged else why}


def _iso_day(requirement: Requirement, interval: Interval) -> str | None:
    return None if requirement.per == "time" else requirement.day(interval).isoformat()
