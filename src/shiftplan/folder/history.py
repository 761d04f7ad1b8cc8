"""The history table as the record the rules look back on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from ..errors import nearest
from ..facts import Cell, History, Worked
from .report import Place, Report

STALE = timedelta(days=7)
"""A record that ends longer than this before the horizon says nothing about its border."""
REACH = timedelta(days=366)
"""No rule looks further back."""


def read_history(
    rows: Iterable[tuple[Worked, Place]],
    begin: tuple[date, Place] | None,
    first: date,
    people: Collection[str],
    codes: Collection[str] | None,
    report: Report,
) -> tuple[History, tuple[str, ...]]:
    """Return what was worked before *first* as far as it is of use, and notices about what is not.

    *begin* is the first day on record and where the plan says so; without it the first date of the table is.
    *codes* is None while the shifts are not known.
    """
    cells: dict[Cell, str] = {}
    seen: set[Cell] = set()
    strangers: dict[str, None] = {}
    if begin and begin[0] >= first:
        report.at(
            begin[1], ("from",), f"{begin[0]} is not before the horizon, which starts on {first}"
        )
        begin = None
    for row, place in rows:
        if row.date >= first:
            message = f"{row.date} is not before the horizon, which starts on {first}"
            report.at(place, ("date",), message, "History ends the day before; delete the line.")
        elif begin and row.date < begin[0]:
            message = (
                f"{row.date} is before {begin[0]}, which [history] gives as the first day on record"
            )
            report.at(place, ("date",), message, "Correct 'from' or delete the line.")
        elif (row.person, row.date) in seen:
            message = f"{row.person} has two lines for {row.date}"
            report.at(place, ("date",), message, "Keep one of them.")
        elif row.person not in people:
            strangers[row.person] = None
        elif row.shift and codes is not None and row.shift not in codes:
            report.at(place, ("shift",), f"'{row.shift}' is no shift", nearest(row.shift, codes))
        elif row.shift:
            cells[row.person, row.date] = row.shift
        seen.add((row.person, row.date))
    return _kept(
        cells, {day for _, day in seen if day < first}, begin and begin[0], first, tuple(strangers)
    )


def _kept(
    cells: dict[Cell, str],
    days: set[date],
    begin: date | None,
    first: date,
    strangers: tuple[str, ...],
) -> tuple[History, tuple[str, ...]]:
    notices = []
    if strangers:
        notices.append(
            f"The history has lines of people who are not in the people table: {', '.join(strangers)}. "
            "They count for nobody."
        )
    if days and max(days) < first - STALE:
        notices.append(
            f"The history ends on {max(days):%a %d %b %Y}, more than {STALE.days} days before the horizon, "
            "and is not looked at."
        )
        return History(), tuple(notices)
    start = begin or min(days, default=None)
    if start and start < first - REACH:
        start = first - REACH
        notices.append(f"Of the history, what was before {start:%a %d %b %Y} is not looked at.")
        cells = {(who, day): code for (who, day), code in cells.items() if day >= start}
    return History(start, cells), tuple(notices)
