"""The published table as what people were told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from ..facts import Cell, Horizon, Published, Worked
from .report import Place, Report

PASSED = "The published roster has no day of the horizon and is not looked at."


def read_published(
    rows: Sequence[tuple[Worked, Place]], horizon: Horizon, people: Collection[str], report: Report
) -> tuple[Published | None, tuple[str, ...]]:
    """Return what was published for the days of *horizon* to *people*, and a notice if it is of
    other days.

    People who have left count for nobody. A shift the plan knows no longer stays: whatever is
    worked instead is a change.
    """
    last = horizon.start + timedelta(days=7 * horizon.weeks - 1)
    if rows and not any(horizon.start <= row.date <= last for row, _ in rows):
        return None, (PASSED,)
    cells: dict[Cell, str] = {}
    seen: dict[Cell, int] = {}
    for row, place in rows:
        cell = row.person, row.date
        if not horizon.start <= row.date <= last:
            message = f"{row.date} is outside the horizon {horizon.start} to {last}"
            report.at(place, ("date",), message, "Correct it or delete the line.")
        elif seen.setdefault(cell, place.line) != place.line:
            message = f"{row.person} has a line for {row.date} already, line {seen[cell]}"
            report.at(place, ("date",), message, "Keep one of them.")
        elif row.shift and row.person in people:
            cells[cell] = row.shift
    return Published(cells), ()
