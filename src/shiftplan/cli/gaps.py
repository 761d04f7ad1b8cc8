"""Where staff are missing, worst first, on every clock that matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from rich.cells import cell_len

from ..clock import hours, to_local, zone_names
from ..errors import ShiftplanError, count
from ..facts import Facts
from ..facts.zone_advice import zone_advice
from ..roster.coverage import Gap, Interval, gaps
from ..roster.coverage_report import HOW_TO_JUDGE, CoverageReport
from .grid import DAYS
from .heat import not_judged
from .page import TextPage, columns

Clock = tuple[str, str]
"""What a clock is called, and its zone."""


class Lack(NamedTuple):
    """A gap, and how many people are missing from start to end."""

    gap: Gap
    staff: int

    @property
    def work(self) -> int:
        """Minutes of work that are missing."""
        return self.staff * (self.gap.end - self.gap.start)


def clocks(facts: Facts, zones: Iterable[str] = ()) -> list[Clock]:
    """Return the clock of every site, sites that share one together, then those of *zones*.

    Raise ``ShiftplanError`` for a zone that does not exist.
    """
    names: dict[str, list[str]] = {}
    for site in facts.sites:
        names.setdefault(site.timezone, []).append(site.name)
    for tz in zones:
        if tz not in zone_names():
            raise ShiftplanError(f"--tz: '{tz}' is not an IANA time zone.", zone_advice(tz))
        names.setdefault(tz, [tz])
    # UTC has a column of its own already.
    return [("/".join(labels), tz) for tz, labels in names.items() if tz != "UTC"]


def show_gaps(
    page: TextPage,
    found: Sequence[Interval],
    shown: Sequence[Clock],
    *,
    most: int | None = None,
    more: str = "",
) -> None:
    """Print the gaps below the minimum, then those below the target alone, worst first.

    Of each at most *most* are printed, then how many there are *more*, and where.
    """
    below = [Lack(gap, gap.short) for gap in gaps(found)]
    wanting = [Lack(gap, gap.below_target) for gap in gaps(found, below="target") if not gap.short]
    for heading, lacks in (("Below minimum", below), ("Minimum reached, below target", wanting)):
        if not lacks:
            continue
        total = hours(sum(lack.work for lack in lacks))
        page.head(f"{heading}: {count(len(lacks), 'gap')}, {total} of work missing")
        page.lines(_table(lacks[:most], shown, page.width))
        if most is not None and len(lacks) > most:
            page.line(f"and {len(lacks) - most} more{more}")


def show_not_judged(page: TextPage, report: CoverageReport) -> None:
    """Print for how long nobody knows what is there, why, and how much work of each queue that
    is.
    """
    if report.is_judged:
        return
    page.head(report.not_judged_because)
    page.lines(f"  {text}" for text in not_judged(report.intervals))
    page.sentence(HOW_TO_JUDGE)


def span(start: int, end: int, tz: str, *, dated: bool = False) -> str:
    """Return ``Mo 06:00-07:30`` in the local time of *tz*, or ``Mo 22:00-Tu 06:00``, for a column
    of a table; *dated* adds the dates. Sentences have ``clock.from_to``.
    """
    begin, finish = to_local(start, tz), to_local(end, tz)
    midnight = datetime.combine(begin.date() + timedelta(days=1), time(0))
    # What ends at midnight ends with its day, at 24:00, and not on the next.
    if finish == midnight:
        until = "24:00"
    elif finish.date() == begin.date():
        until = f"{finish:%H:%M}"
    else:
        # A weekday that comes again would name two days.
        again = finish - begin >= timedelta(days=6)
        until = f"{_day(finish, dated or again)} {finish:%H:%M}"
    return f"{_day(begin, dated)} {begin:%H:%M}-{until}"


def _day(moment: datetime, dated: bool) -> str:
    weekday = DAYS[moment.weekday()]
    return f"{weekday} {moment.day:>2} {moment:%b}" if dated else weekday


def _table(lacks: Sequence[Lack], shown: Sequence[Clock], width: int) -> list[str]:
    """Return one line a gap, or two where the local clocks do not fit beside UTC."""
    rows = [("queue", "staff", "missing", "UTC", *(name for name, _ in shown))]
    for lack in lacks:
        local = [span(lack.gap.start, lack.gap.end, tz) for _, tz in shown]
        rows.append((*_row(lack), *local))
    return table_of_gaps(rows, shown, width, figures=2)


def table_of_gaps(
    rows: Sequence[Sequence[str]], shown: Sequence[Clock], width: int, *, figures: int
) -> list[str]:
    """Return *rows* as lines, or two each where the local clocks *shown*, the last columns, do not
    fit beside UTC.

    Of the columns the first is a name, and so many *figures* follow.
    """
    right = range(1, 1 + figures)
    lines = columns(rows, right=right)
    if not shown or max(map(cell_len, lines)) <= width:
        return lines
    # Wrapped by the terminal, the columns could not be told apart.
    names = [name for name, _ in shown]
    header, *lines = columns([row[: -len(names)] for row in rows], right=right)
    stacked = [header]
    local = [row[-len(names) :] for row in rows[1:]]
    for line, spans in zip(lines, local, strict=True):
        stacked.append(line)
        below = [f"{name} {text}" for name, text in zip(names, spans, strict=True) if text]
        if below:
            stacked.append(f"    {' | '.join(below)}")
    return stacked


def _row(lack: Lack) -> tuple[str, str, str, str]:
    """Return what is missing, and when by UTC."""
    gap = lack.gap
    return (
        gap.queue,
        f"-{lack.staff}",
        hours(lack.work),
        span(gap.start, gap.end, "UTC", dated=True),
    )
