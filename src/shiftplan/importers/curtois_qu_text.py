"""The text files of Curtois and Qu's benchmark, read section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import NamedTuple

from ..errors import nearest
from ..facts import ShiftSpec
from ..folder.build import build
from ..folder.report import Place, Report

LONGEST_RUN = 31
"""What ``work-run`` and ``off-run`` count up to."""

DAY = 24 * 60

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

NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF")


class ShiftLine(NamedTuple):
    """A shift type."""

    minutes: int
    not_next: tuple[str, ...]


class Staff(NamedTuple):
    """The limits of one person."""

    most: Mapping[str, int]
    """Of each shift type; one that is not named cannot be worked."""
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_off: int
    max_weekends: int


class CoverLine(NamedTuple):
    """Heads wanted on a shift on one day, and what each too few or too many costs."""

    heads: int
    under: int
    over: int


@dataclass
class CurtoisQuInstance:
    """What one file says; days are numbers from 0."""

    days: int = 0
    shifts: dict[str, ShiftLine] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    days_off: dict[tuple[str, int], None] = field(default_factory=dict)
    requests: Counter[tuple[str, int, str, str]] = field(default_factory=Counter)
    """Weight by person, day, ``shift-on`` or ``shift-off``, and shift; a request made twice counts
    twice.
    """
    cover: dict[tuple[int, str], CoverLine] = field(default_factory=dict)


class CurtoisQuRow(NamedTuple):
    """One line of a section; *columns* name its cells."""

    line: int
    cells: tuple[str, ...]
    columns: tuple[str, ...]


class CurtoisQuReader:
    """Reads an instance, and reports what is wrong with its line and column."""

    def __init__(self, file: str, report: Report) -> None:
        self._file, self._report = file, report
        self._found = CurtoisQuInstance()

    def read(self, text: str) -> CurtoisQuInstance:
        """Return what could be read."""
        rows = self._sections(text)
        for name in NEEDED:
            if not rows.get(name):
                self._say(
                    1,
                    "",
                    f"{name} is missing or empty",
                    "Is it a file of Curtois and Qu's benchmark?",
                )
        for row in rows.get("SECTION_HORIZON", []):
            self._horizon(row)
        if self._report.problems:
            return self._found  # what follows from a mistake is not told before it is mended
        for row in rows["SECTION_SHIFTS"]:
            self._shift(row)
        for row in rows["SECTION_SHIFTS"]:
            self._codes(row, 2, "|".join(self._found.shifts[row.cells[0]].not_next))
        if self._report.problems:
            return self._found
        for row in rows["SECTION_STAFF"]:
            self._person(row)
        for row in rows.get("SECTION_DAYS_OFF", []):
            self._days_off(row)
        for wish in ("on", "off"):
            for row in rows.get(f"SECTION_SHIFT_{wish.upper()}_REQUESTS", []):
                self._request(row, f"shift-{wish}")
        for row in rows.get("SECTION_COVER", []):
            self._cover(row)
        return self._found

    def _sections(self, text: str) -> dict[str, list[CurtoisQuRow]]:
        """Return the lines of each section; comments and empty lines are passed over."""
        rows: dict[str, list[CurtoisQuRow]] = {}
        name = ""
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("SECTION_"):
                name = line
                if name not in SECTIONS:
                    self._say(number, "", f"unknown section '{name}'", nearest(name, SECTIONS))
                elif name in rows:
                    self._say(number, "", f"{name} is there twice", "Keep one of them.")
                rows.setdefault(name, [])
            elif not name:
                self._say(
                    number,
                    "",
                    "there is text before the first section",
                    "Begin with SECTION_HORIZON.",
                )
                name = "?"
            elif name in SECTIONS:
                row = CurtoisQuRow(
                    number, tuple(cell.strip() for cell in line.split(",")), SECTIONS[name]
                )
                if self._has_cells(row, name):
                    rows[name].append(row)
        return rows

    def _has_cells(self, row: CurtoisQuRow, name: str) -> bool:
        least = most = len(row.columns)
        if name == "SECTION_SHIFTS":
            least = 2
        elif name == "SECTION_DAYS_OFF":
            least, most = 1, len(row.cells)
        if least <= len(row.cells) <= most:
            return True
        message = f"{len(row.cells)} cells, and {name} has {len(row.columns)}"
        self._say(row.line, "", message, f"Write {', '.join(row.columns)}.")
        return False

    def _horizon(self, row: CurtoisQuRow) -> None:
        days = self._number(row, 0, 1, 53 * 7)
        if self._found.days:
            self._say(row.line, "days", "the horizon is there twice", "Keep one of them.")
        elif days and days % 7:
            self._say(
                row.line, "days", f"{days} days are not whole weeks", "A plan has whole weeks."
            )
        self._found.days = days or 0

    def _shift(self, row: CurtoisQuRow) -> None:
        code, not_next = row.cells[0], row.cells[2] if len(row.cells) > 2 else ""
        minutes = self._number(row, 1, 1, DAY)
        others = tuple(dict.fromkeys(c.strip() for c in not_next.split("|") if c.strip()))
        self._new(row, "shift", code, self._found.shifts)
        if code == "any":
            self._say(
                row.line, "ShiftID", "'any' means every shift and cannot be a code", "Rename it."
            )
        elif minutes:
            spec = {"code": code, "start": time(0), "length": minutes}
            build(ShiftSpec, spec, Place(self._file, row.line), self._report)
        self._found.shifts[code] = ShiftLine(minutes or DAY, others)

    def _person(self, row: CurtoisQuRow) -> None:
        most: dict[str, int] = {}
        for part in filter(None, row.cells[1].split("|")):
            code, _, count = part.partition("=")
            if self._codes(row, 1, code) and not count.strip().isdigit():
                self._say(
                    row.line, row.columns[1], f"'{part}' is not a number of shifts", "Write D=14."
                )
            elif code in most:
                self._say(row.line, row.columns[1], f"'{code}' is there twice", "Keep one of them.")
            else:
                most[code] = int(count or 0)
        limits = [self._number(row, k, 0) for k in range(2, 8)]
        self._new(row, "person", row.cells[0], self._found.staff)
        high, low, max_run, min_run, min_off, weekends = (number or 0 for number in limits)
        self._found.staff[row.cells[0]] = Staff(
            most, high, low, max_run, min_run, min_off, weekends
        )
        if None in limits:
            return
        if low > high:
            self._say(row.line, row.columns[3], f"{low} minutes at least are above {high} at most")
        if not max_run:
            self._say(
                row.line, row.columns[4], "0 days in a row leave nothing to work", "Use at least 1."
            )
        elif min_run > max_run:
            self._say(
                row.line, row.columns[5], f"{min_run} days at least are above {max_run} at most"
            )
        for k, run in ((4, max_run), (5, min_run), (6, min_off)):
            counts = run < self._found.days or (k == 4 and min_run > 1)
            if run > LONGEST_RUN and (counts or k != 4) and self._found.days > LONGEST_RUN:
                message = f"{run} days in a row are more than the {LONGEST_RUN} a rule can count"
                self._say(row.line, row.columns[k], message)

    def _days_off(self, row: CurtoisQuRow) -> None:
        known = self._known(row, 0, "person", self._found.staff)
        for k in range(1, len(row.cells)):
            day = self._number(row, k, 0, self._found.days - 1) if row.cells[k] else None
            if known and day is not None:
                self._found.days_off[row.cells[0], day] = None

    def _request(self, row: CurtoisQuRow, wish: str) -> None:
        known = self._known(row, 0, "person", self._found.staff), self._codes(row, 2, row.cells[2])
        day, weight = self._number(row, 1, 0, self._found.days - 1), self._number(row, 3, 0)
        if all(known) and day is not None and weight:
            self._found.requests[row.cells[0], day, wish, row.cells[2]] += weight

    def _cover(self, row: CurtoisQuRow) -> None:
        day, numbers = (
            self._number(row, 0, 0, self._found.days - 1),
            [self._number(row, k, 0) for k in (2, 3, 4)],
        )
        if not self._codes(row, 1, row.cells[1]) or day is None or None in numbers:
            return
        key = day, row.cells[1]
        if key in self._found.cover:
            message = f"there is a line for '{key[1]}' on day {day} already"
            self._say(row.line, row.columns[0], message, "Keep one of them.")
        self._found.cover[key] = CoverLine(*(number or 0 for number in numbers))

    # -- cells -----------------------------------------------------------------------------------

    def _number(self, row: CurtoisQuRow, k: int, low: int, high: int | None = None) -> int | None:
        """Return the number in a cell, or None after reporting that there is none, or none in its
        limits.
        """
        text, column = row.cells[k], row.columns[min(k, len(row.columns) - 1)]
        if not text.removeprefix("-").isdecimal():
            self._say(row.line, column, f"'{text}' is not a whole number")
        elif int(text) < low or (high is not None and int(text) > high):
            limits = f"at least {low}" if high is None else f"from {low} to {high}"
            self._say(row.line, column, f"{text} is not possible; it must be {limits}")
        else:
            return int(text)
        return None

    def _codes(self, row: CurtoisQuRow, k: int, text: str) -> bool:
        """Say whether every one of the codes in *text*, with ``|`` between, is a shift; report
        those not.
        """
        codes = [code.strip() for code in text.split("|") if code.strip()] or (
            [""] if k != 2 else []
        )
        strange = [code for code in codes if code not in self._found.shifts]
        for code in strange:
            hint = nearest(code, self._found.shifts)
            self._say(row.line, row.columns[k], f"'{code}' is not one of the shifts", hint)
        return not strange

    def _known(self, row: CurtoisQuRow, k: int, what: str, names: Mapping[str, object]) -> bool:
        if row.cells[k] in names:
            return True
        message = f"'{row.cells[k]}' is no {what} of the file"
        self._say(row.line, row.columns[k], message, nearest(row.cells[k], names))
        return False

    def _new(self, row: CurtoisQuRow, what: str, name: str, names: Mapping[str, object]) -> None:
        """Report a name that is empty, or there already; big and small letters make no difference."""
        if not name:
            self._say(row.line, row.columns[0], f"the {what} has no name")
        elif name.casefold() in {n.casefold() for n in names}:
            self._say(
                row.line, row.columns[0], f"'{name}' is there twice", "Give each its own name."
            )

    def _say(self, line: int, column: str, message: str, hint: str = "") -> None:
        self._report.add(self._file, line, column, message, hint)


# -- the plan --------------------------------------------------------------------------------------
