"""The published table as the roster that people have seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from ..facts import Cell, Horizon, Published, Worked
from .report import Place, Report

PASSED = "The published roster has no day of the horizon and is not used."


def read_published(
    rows: Sequence[tuple[Worked, Place]], horizon: Horizon, people: Collection[str], report: Report
) -> tuple[Published | None, tuple[str, ...]]:
    """Return what was published for the days of *horizon* to *people*, and notices.

    People who have left do not count. A shift the plan no longer knows stays: whatever is worked
    instead is a change.
    """
    first, last = horizon.start, horizon.start + timedelta(days=7 * horizon.weeks - 1)
    within = [row for row, _ in rows if first <= row.date <= last]
    # A table that is of other days altogether is an old one; one line off is a mistake.
    if rows and not within:
        return None, (PASSED,)
    cells: dict[Cell, str] = {}
    seen: dict[Cell, int] = {}
    for row, place in rows:
        cell = row.person, row.date
        if not first <= row.date <= last:
            message = f"{row.date} is outside the horizon {first} to {last}"
            report.at(place, ("date",), message, "Correct it or delete the line.")
        elif seen.setdefault(cell, place.line) != place.line:
            message = f"{row.person} has a line for {row.date} already, line {seen[cell]}"
            report.at(place, ("date",), message, "Keep one of them.")
        elif row.shift and row.person in people:
            cells[cell] = row.shift
    return Published(cells), ()
