"""The text files of Curtois and Qu's benchmark, cut into sections of rows."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import count, nearest
from ..folder.report import Report

SECTIONS = {
    "SECTION_HORIZON": ("days",),
    "SECTION_SHIFTS": ("ShiftID", "Length", "cannot follow"),
    "SECTION_STAFF": (
        "ID",
        "MaxShifts",
        "MaxTotalMinutes",
        "MinTotalMinutes",
        "MaxConsecutiveShifts",
        "MinConsecutiveShifts",
        "MinConsecutiveDaysOff",
        "MaxWeekends",
    ),
    "SECTION_DAYS_OFF": ("EmployeeID", "DayIndexes"),
    "SECTION_SHIFT_ON_REQUESTS": ("EmployeeID", "Day", "ShiftID", "Weight"),
    "SECTION_SHIFT_OFF_REQUESTS": ("EmployeeID", "Day", "ShiftID", "Weight"),
    "SECTION_COVER": ("Day", "ShiftID", "Requirement", "Weight for under", "Weight for over"),
}
"""The columns of each section; days off may have any number of days, a shift need not forbid any
other.
"""

REQUIRED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF")

_NOT_A_SECTION = "?"


class CurtoisQuRow(NamedTuple):
    """One line of a section; *columns* name its cells."""

    file: str
    line: int
    cells: tuple[str, ...]
    columns: tuple[str, ...]

    def column(self, k: int) -> str:
        """Return the name of the column of cell *k*."""
        # A line of days off has more cells than names: all beyond the last name are days.
        return self.columns[min(k, len(self.columns) - 1)]


Rows = dict[str, list[CurtoisQuRow]]
"""The rows of each section that is in a file."""


def rows_by_section(text: str, file: str, report: Report) -> Rows:
    """Return the rows of each section, and report lines that cannot be rows of theirs."""
    rows: Rows = {}
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            section = line
            _check_header(section, rows, file, number, report)
            rows.setdefault(section, [])
        elif not section:
            message = "there is text before the first section"
            report.add(file, number, "", message, "Begin with SECTION_HORIZON.")
            section = _NOT_A_SECTION  # reported once, not for every line
        elif section in SECTIONS:
            cells = tuple(cell.strip() for cell in line.split(","))
            row = CurtoisQuRow(file, number, cells, SECTIONS[section])
            if _has_its_cells(row, section, report):
                rows[section].append(row)
    _check_required(rows, file, report)
    return rows


def _check_header(name: str, before: Rows, file: str, line: int, report: Report) -> None:
    if name not in SECTIONS:
        report.add(file, line, "", f"unknown section '{name}'", nearest(name, SECTIONS))
    elif name in before:
        report.add(file, line, "", f"{name} is there twice", "Keep one of them.")


def _check_required(rows: Rows, file: str, report: Report) -> None:
    hint = "Is it a file of Curtois and Qu's benchmark?"
    for name in REQUIRED:
        if not rows.get(name):
            report.add(file, 1, "", f"{name} is missing or empty", hint)


def _has_its_cells(row: CurtoisQuRow, section: str, report: Report) -> bool:
    """Say whether a row has as many cells as its section wants, or report how many it has."""
    found = len(row.cells)
    least = most = len(row.columns)
    if section == "SECTION_SHIFTS":
        least = 2  # one that forbids no other may do without the last comma
    elif section == "SECTION_DAYS_OFF":
        least, most = 1, found
    if least <= found <= most:
        return True
    message = f"{count(found, 'cell')}, and {section} has {len(row.columns)}"
    report.add(row.file, row.line, "", message, f"Write {', '.join(row.columns)}.")
    return False
