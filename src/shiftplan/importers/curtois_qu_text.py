"""What a text file of Curtois and Qu's benchmark says, read row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import NamedTuple

from ..clock import DAY
from ..errors import count, nearest
from ..facts import ShiftSpec
from ..folder.build import build
from ..folder.report import Place, Report
from .curtois_qu_sections import CurtoisQuRow, rows_by_section

LONGEST_RUN = 31
"""What ``work-run`` and ``off-run`` count up to."""

LONGEST_HORIZON = 53 * 7


class ShiftLine(NamedTuple):
    """A shift type."""

    minutes: int
    not_next: tuple[str, ...]


class StaffLine(NamedTuple):
    """The limits of one person."""

    most: Mapping[str, int]
    """Of each shift type; one that is not named cannot be worked."""
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_off: int
    max_weekends: int


class DemandLine(NamedTuple):
    """The staff wanted on a shift on one day, and what each too few or too many costs."""

    preferred: int
    under: int
    over: int


@dataclass
class CurtoisQuInstance:
    """What one file says; days are numbers from 0."""

    days: int = 0
    shifts: dict[str, ShiftLine] = field(default_factory=dict)
    staff: dict[str, StaffLine] = field(default_factory=dict)
    days_off: dict[tuple[str, int], None] = field(default_factory=dict)
    requests: Counter[tuple[str, int, str, str]] = field(default_factory=Counter)
    """Weight by person, day, ``shift-on`` or ``shift-off``, and shift; a request made twice counts
    twice.
    """
    demand: dict[tuple[int, str], DemandLine] = field(default_factory=dict)


class CurtoisQuReader:
    """Reads an instance, and reports what is wrong with its line and column."""

    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report
        self._found = CurtoisQuInstance()

    def read(self, text: str) -> CurtoisQuInstance:
        """Return what could be read."""
        rows = rows_by_section(text, self._file, self._report)
        for row in rows.get("SECTION_HORIZON", []):
            self._horizon(row)
        # What follows from a mistake is not reported before the mistake is fixed.
        if self._report.problems:
            return self._found
        self._shifts(rows["SECTION_SHIFTS"])
        if self._report.problems:
            return self._found
        for row in rows["SECTION_STAFF"]:
            self._person(row)
        for row in rows.get("SECTION_DAYS_OFF", []):
            self._days_off(row)
        for row in rows.get("SECTION_SHIFT_ON_REQUESTS", []):
            self._request(row, "shift-on")
        for row in rows.get("SECTION_SHIFT_OFF_REQUESTS", []):
            self._request(row, "shift-off")
        for row in rows.get("SECTION_COVER", []):
            self._demand(row)
        return self._found

    def _horizon(self, row: CurtoisQuRow) -> None:
        days = self._number(row, 0, 1, LONGEST_HORIZON)
        if self._found.days:
            self._complain(row, 0, "the horizon is there twice", "Keep one of them.")
        elif days and days % 7:
            message = f"{count(days, 'day')} are not whole weeks"
            self._complain(row, 0, message, "A plan has whole weeks.")
        self._found.days = days or 0

    # -- shifts ----------------------------------------------------------------------------------

    def _shifts(self, rows: list[CurtoisQuRow]) -> None:
        """Read every shift, then look at what each forbids: it may name one further down."""
        for row in rows:
            self._shift(row)
        for row in rows:
            for code in self._found.shifts[row.cells[0]].not_next:
                self._is_shift(row, 2, code)

    def _shift(self, row: CurtoisQuRow) -> None:
        code = row.cells[0]
        minutes = self._number(row, 1, 1, DAY)
        self._check_new(row, "shift", code, self._found.shifts)
        if code == "any":
            message = "'any' means every shift and cannot be a code"
            self._complain(row, 0, message, "Rename it.")
        elif minutes:
            spec = {"code": code, "start": time(0), "length": minutes}
            build(ShiftSpec, spec, Place(self._file, row.line), self._report)
        not_next = row.cells[2] if len(row.cells) > 2 else ""
        others = [other.strip() for other in not_next.split("|")]
        each_once = tuple(dict.fromkeys(filter(None, others)))
        self._found.shifts[code] = ShiftLine(minutes or DAY, each_once)

    # -- people ----------------------------------------------------------------------------------

    def _person(self, row: CurtoisQuRow) -> None:
        most = self._most_of_each(row)
        limits = [self._number(row, k, 0) for k in range(2, 8)]
        self._check_new(row, "person", row.cells[0], self._found.staff)
        high, low, max_run, min_run, min_off, weekends = (number or 0 for number in limits)
        person = StaffLine(most, high, low, max_run, min_run, min_off, weekends)
        self._found.staff[row.cells[0]] = person
        if None not in limits:
            self._check_limits(row, person)
            self._check_countable(row, person)

    def _most_of_each(self, row: CurtoisQuRow) -> dict[str, int]:
        """Return the most shifts of each type, which a file writes ``E=14|L=7``."""
        most: dict[str, int] = {}
        for part in filter(None, row.cells[1].split("|")):
            code, _, number = (text.strip() for text in part.partition("="))
            if not self._is_shift(row, 1, code):
                continue
            if not number.isdecimal():
                self._complain(row, 1, f"'{part}' is not a number of shifts", "Write D=14.")
            elif code in most:
                self._complain(row, 1, f"'{code}' is there twice", "Keep one of them.")
            else:
                most[code] = int(number)
        return most

    def _check_limits(self, row: CurtoisQuRow, person: StaffLine) -> None:
        low, high = person.min_minutes, person.max_minutes
        if low > high:
            self._complain(row, 3, f"at least {low} minutes is above at most {high}")
        shortest, longest = person.min_run, person.max_run
        if not longest:
            message = "0 days in a row leave nothing to work"
            self._complain(row, 4, message, "Use at least 1.")
        elif shortest > longest:
            message = f"at least {count(shortest, 'day')} is above at most {longest}"
            self._complain(row, 5, message)

    def _check_countable(self, row: CurtoisQuRow, person: StaffLine) -> None:
        """Report runs longer than a rule can count, if the horizon has room for one."""
        days = self._found.days
        if days <= LONGEST_RUN:
            return
        runs = [(5, person.min_run), (6, person.min_off)]
        # A longest run that the horizon cannot exceed becomes no rule, so it may be any number.
        if person.max_run < days or person.min_run > 1:
            runs.append((4, person.max_run))
        for k, run in runs:
            if run > LONGEST_RUN:
                message = f"{run} days in a row are more than the {LONGEST_RUN} a rule can count"
                self._complain(row, k, message)

    def _days_off(self, row: CurtoisQuRow) -> None:
        known = self._is_person(row)
        for k in range(1, len(row.cells)):
            # A comma at the end of the line leaves an empty cell.
            day = self._day(row, k) if row.cells[k] else None
            if known and day is not None:
                self._found.days_off[row.cells[0], day] = None

    # -- requests and demand ---------------------------------------------------------------------

    def _request(self, row: CurtoisQuRow, wish: str) -> None:
        who, code = row.cells[0], row.cells[2]
        known = [self._is_person(row), self._is_shift(row, 2, code)]
        day = self._day(row, 1)
        weight = self._number(row, 3, 0)
        # A request of weight 0 costs nothing, and a wish must weigh something.
        if all(known) and day is not None and weight:
            self._found.requests[who, day, wish, code] += weight

    def _demand(self, row: CurtoisQuRow) -> None:
        code = row.cells[1]
        known = self._is_shift(row, 1, code)
        day = self._day(row, 0)
        preferred, under, over = (self._number(row, k, 0) for k in (2, 3, 4))
        if not known or day is None or preferred is None or under is None or over is None:
            return
        if (day, code) in self._found.demand:
            message = f"there is a line for '{code}' on day {day} already"
            self._complain(row, 0, message, "Keep one of them.")
        self._found.demand[day, code] = DemandLine(preferred, under, over)

    # -- cells -----------------------------------------------------------------------------------

    def _day(self, row: CurtoisQuRow, k: int) -> int | None:
        return self._number(row, k, 0, self._found.days - 1)

    def _number(self, row: CurtoisQuRow, k: int, low: int, high: int | None = None) -> int | None:
        """Return the number in a cell, or None after reporting that there is none, or none in its
        limits.
        """
        text = row.cells[k]
        if not text.removeprefix("-").isdecimal():
            self._complain(row, k, f"'{text}' is not a whole number")
            return None
        number = int(text)
        if number < low or (high is not None and number > high):
            limits = f"at least {low}" if high is None else f"from {low} to {high}"
            self._complain(row, k, f"{text} is not possible; it must be {limits}")
            return None
        return number

    def _is_shift(self, row: CurtoisQuRow, k: int, code: str) -> bool:
        """Say whether *code*, which stands in cell *k*, is a shift, or report that it is not."""
        shifts = self._found.shifts
        if code in shifts:
            return True
        self._complain(row, k, f"'{code}' is not one of the shifts", nearest(code, shifts))
        return False

    def _is_person(self, row: CurtoisQuRow) -> bool:
        """Say whether the first cell names a person, or report that it does not."""
        name, staff = row.cells[0], self._found.staff
        if name in staff:
            return True
        self._complain(row, 0, f"'{name}' is not a person in the file", nearest(name, staff))
        return False

    def _check_new(
        self, row: CurtoisQuRow, what: str, name: str, names: Mapping[str, object]
    ) -> None:
        """Report a name that is empty, or there already."""
        if not name:
            self._complain(row, 0, f"the {what} has no name")
        # Plans do not tell names apart by upper and lower case.
        elif name.casefold() in {other.casefold() for other in names}:
            self._complain(row, 0, f"'{name}' is there twice", "Give each its own name.")

    def _complain(self, row: CurtoisQuRow, k: int, message: str, hint: str = "") -> None:
        self._report.add(row.file, row.line, row.column(k), message, hint)
