"""The history table as the record the rules look back on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..errors import count, nearest
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

    *begin* is the first day on record and where the plan says so; without it the first date of the
    table is. *codes* is None while the shifts are not known.
    """
    if begin and begin[0] >= first:
        message = f"{begin[0]} is not before the horizon, which starts on {first}"
        report.at(begin[1], ("from",), message)
        begin = None
    record = _Record(begin[0] if begin else None, first, people, codes)
    for row, place in rows:
        record.read(row, place, report)
    return record.history()


@dataclass
class _Record:
    """The rows read so far, and what they are checked against."""

    begin: date | None
    first: date
    people: Collection[str]
    codes: Collection[str] | None
    cells: dict[Cell, str] = field(default_factory=dict)
    seen: set[Cell] = field(default_factory=set)
    """Every cell that has a line, also one that is a day off or not of use."""
    unknown: dict[str, None] = field(default_factory=dict)
    """People with a line who are not in the plan, each once."""

    def read(self, row: Worked, place: Place, report: Report) -> None:
        """Take in one row, or report why it cannot be right."""
        wrong_date = self._wrong_date(row)
        if wrong_date:
            report.at(place, ("date",), *wrong_date)
        elif row.person not in self.people:
            # They may have left, and their shifts been given up: the row is no mistake.
            self.unknown[row.person] = None
        elif row.shift and self.codes is not None and row.shift not in self.codes:
            hint = nearest(row.shift, self.codes)
            report.at(place, ("shift",), f"'{row.shift}' is no shift", hint)
        elif row.shift:
            self.cells[row.person, row.date] = row.shift
        self.seen.add((row.person, row.date))

    def _wrong_date(self, row: Worked) -> tuple[str, str] | None:
        """Return what is wrong about the date of a row and what to do, or None."""
        if row.date >= self.first:
            message = f"{row.date} is not before the horizon, which starts on {self.first}"
            return message, "History ends the day before; delete the line."
        if self.begin and row.date < self.begin:
            given = f"{self.begin}, which [history] gives as the first day on record"
            return f"{row.date} is before {given}", "Correct 'from' or delete the line."
        if (row.person, row.date) in self.seen:
            return f"{row.person} has two lines for {row.date}", "Keep one of them."
        return None

    def history(self) -> tuple[History, tuple[str, ...]]:
        """Return the record as far as a rule looks back, and notices about what is left out."""
        notices = self._about_unknown()
        days = {day for _, day in self.seen if day < self.first}
        if days and max(days) < self.first - STALE:
            stale = (
                f"The history ends on {max(days):%a %d %b %Y}, more than "
                f"{count(STALE.days, 'day')} before the horizon, and is not used."
            )
            return History(), (*notices, stale)
        start = self.begin or min(days, default=None)
        days_off = frozenset(cell for cell in self.seen - set(self.cells) if self._is_known(cell))
        earliest = self.first - REACH
        if start is None or start >= earliest:
            return History(start, self.cells, days_off), notices
        cells = {(who, day): code for (who, day), code in self.cells.items() if day >= earliest}
        cut = f"The history before {earliest:%a %d %b %Y} is not used."
        return History(earliest, cells, days_off), (*notices, cut)

    def _is_known(self, cell: Cell) -> bool:
        """Say whether a line is of somebody in the plan."""
        return cell[0] in self.people

    def _about_unknown(self) -> tuple[str, ...]:
        if not self.unknown:
            return ()
        names = ", ".join(self.unknown)
        who = f"people who are not in the people table: {names}"
        return (f"The history has lines of {who}. These lines do not count.",)
