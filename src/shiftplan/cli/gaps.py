"""Where heads are missing, worst first, on every clock that matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from ..clock import hours, to_local, zone_names
from ..errors import ShiftplanError, nearest
from ..facts import Facts
from ..roster.coverage import Gap, Interval, gaps
from .grid import DAYS
from .page import TextPage, columns

Clock = tuple[str, str]
"""What a clock is called, and its zone."""


def clocks(facts: Facts, zones: Iterable[str] = ()) -> list[Clock]:
    """Return the clock of every site, sites that share one together, then those of *zones*.

    Raise ``ShiftplanError`` for a zone that does not exist.
    """
    names: dict[str, list[str]] = {}
    for site in facts.sites:
        names.setdefault(site.timezone, []).append(site.name)
    for tz in zones:
        if tz not in zone_names():
            raise ShiftplanError(
                f"--tz: '{tz}' is not an IANA time zone.", nearest(tz, zone_names())
            )
        names.setdefault(tz, [tz])
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
    below = [(g, g.short) for g in gaps(found)]
    wanting = [(g, g.below_target) for g in gaps(found, below="target") if not g.short]
    for title, some in (("Below minimum", below), ("Minimum reached, below target", wanting)):
        if not some:
            continue
        total = sum(heads * (g.end - g.start) for g, heads in some)
        page.head(
            f"{title}: {len(some)} gap{'s' * (len(some) > 1)}, {hours(total)} of work missing"
        )
        page.lines(_table(some[:most], shown, page.width))
        if most is not None and len(some) > most:
            page.line(f"and {len(some) - most} more{more}")


def span(start: int, end: int, tz: str, *, dated: bool = False) -> str:
    """Return ``Mo 06:00-07:30`` by the clock of *tz*, or ``Mo 22:00-Tu 06:00``; *dated* adds the
    date.
    """
    begin, finish = to_local(start, tz), to_local(end, tz)
    day = f"{DAYS[begin.weekday()]} {begin.day:>2} {begin:%b}" if dated else DAYS[begin.weekday()]
    if finish == datetime.combine(begin.date() + timedelta(days=1), time(0)):
        until = "24:00"
    elif finish.date() == begin.date():
        until = f"{finish:%H:%M}"
    elif finish - begin < timedelta(days=6):
        until = f"{DAYS[finish.weekday()]} {finish:%H:%M}"
    else:
        until = f"{finish.day} {finish:%b %H:%M}"
    return f"{day} {begin:%H:%M}-{until}"


def _table(some: Sequence[tuple[Gap, int]], shown: Sequence[Clock], width: int) -> list[str]:
    """Return one line a gap, or two where the local clocks do not fit beside UTC."""
    rows = [["queue", "heads", "missing", "UTC"]]
    local = [[name for name, _ in shown]]
    for g, heads in some:
        utc = span(g.start, g.end, "UTC", dated=True)
        rows.append([g.queue, f"-{heads}", hours(heads * (g.end - g.start)), utc])
        local.append([span(g.start, g.end, tz) for _, tz in shown])
    lines = columns([[*row, *more] for row, more in zip(rows, local, strict=True)], right=(1, 2))
    if max(map(len, lines)) <= width or not shown:
        return lines
    lines = columns(rows, right=(1, 2))
    below = [
        " | ".join(f"{n} {text}" for n, text in zip(local[0], more, strict=True))
        for more in local[1:]
    ]
    return [
        lines[0],
        *(
            text
            for pair in zip(lines[1:], below, strict=True)
            for text in (pair[0], f"    {pair[1]}")
        ),
    ]
