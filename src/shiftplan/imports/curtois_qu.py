"""The shift scheduling benchmark of Curtois and Qu, in its text format.

T. Curtois, R. Qu, "Computational results on new staff scheduling benchmark instances", 2014. Days count from
a Monday, 0. Runs cut by the first or the last day are never too short, which is what ``work-run`` and
``off-run`` say too; the longest run counts inside the horizon only, which has no history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import NamedTuple

from ..clock import hours
from ..errors import nearest
from ..facts import ShiftSpec
from ..folder.build import build
from ..folder.report import Place, Report
from .base import MONDAY, NewPlan, family, grouped, read_text

GOAL = "penalty"
SITE = "Site"
KIND = "any-time"
"""The kind of every shift, since no times are given; with its dash it can be nobody's code."""

LONGEST_RUN = 31
"""What ``work-run`` and ``off-run`` count up to."""

DAY = 24 * 60
OPENS, STEP = 6 * 60, 15

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
"""The columns of each section; days off may have any number of days, a shift need not forbid any other."""

NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF")


class Shift(NamedTuple):
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


class Cover(NamedTuple):
    """Heads wanted on a shift on one day, and what each too few or too many costs."""

    heads: int
    under: int
    over: int


@dataclass
class Instance:
    """What one file says; days are numbers from 0."""

    days: int = 0
    shifts: dict[str, Shift] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    days_off: dict[tuple[str, int], None] = field(default_factory=dict)
    requests: Counter[tuple[str, int, str, str]] = field(default_factory=Counter)
    """Weight by person, day, ``shift-on`` or ``shift-off``, and shift; a request made twice counts twice."""
    cover: dict[tuple[int, str], Cover] = field(default_factory=dict)


class Row(NamedTuple):
    """One line of a section; *columns* name its cells."""

    line: int
    cells: tuple[str, ...]
    columns: tuple[str, ...]


@family("curtois-qu", "Curtois and Qu's benchmark, a text file of sections")
def read(source: Path, report: Report) -> NewPlan | None:
    """Return the plan of one instance, or None after reporting everything that is wrong with it."""
    text = read_text(source, report)
    if text is None:
        return None
    instance = _Reader(str(source), report).read(text)
    return None if report.problems else _plan(source, instance)


class _Reader:
    """Reads an instance, and reports what is wrong with its line and column."""

    def __init__(self, file: str, report: Report) -> None:
        self._file, self._report = file, report
        self._found = Instance()

    def read(self, text: str) -> Instance:
        """Return what could be read."""
        rows = self._sections(text)
        for name in NEEDED:
            if not rows.get(name):
                self._say(1, "", f"{name} is missing or empty", "Is it a file of Curtois and Qu's benchmark?")
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

    def _sections(self, text: str) -> dict[str, list[Row]]:
        """Return the lines of each section; comments and empty lines are passed over."""
        rows: dict[str, list[Row]] = {}
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
                self._say(number, "", "there is text before the first section", "Begin with SECTION_HORIZON.")
                name = "?"
            elif name in SECTIONS:
                row = Row(number, tuple(cell.strip() for cell in line.split(",")), SECTIONS[name])
                if self._has_cells(row, name):
                    rows[name].append(row)
        return rows

    def _has_cells(self, row: Row, name: str) -> bool:
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

    def _horizon(self, row: Row) -> None:
        days = self._number(row, 0, 1, 53 * 7)
        if self._found.days:
            self._say(row.line, "days", "the horizon is there twice", "Keep one of them.")
        elif days and days % 7:
            self._say(row.line, "days", f"{days} days are not whole weeks", "A plan has whole weeks.")
        self._found.days = days or 0

    def _shift(self, row: Row) -> None:
        code, not_next = row.cells[0], row.cells[2] if len(row.cells) > 2 else ""
        minutes = self._number(row, 1, 1, DAY)
        others = tuple(dict.fromkeys(c.strip() for c in not_next.split("|") if c.strip()))
        self._new(row, "shift", code, self._found.shifts)
        if code == "any":
            self._say(row.line, "ShiftID", "'any' means every shift and cannot be a code", "Rename it.")
        elif minutes:
            spec = {"code": code, "start": time(0), "length": minutes}
            build(ShiftSpec, spec, Place(self._file, row.line), self._report)
        self._found.shifts[code] = Shift(minutes or DAY, others)

    def _person(self, row: Row) -> None:
        most: dict[str, int] = {}
        for part in filter(None, row.cells[1].split("|")):
            code, _, count = part.partition("=")
            if self._codes(row, 1, code) and not count.strip().isdigit():
                self._say(row.line, row.columns[1], f"'{part}' is not a number of shifts", "Write D=14.")
            elif code in most:
                self._say(row.line, row.columns[1], f"'{code}' is there twice", "Keep one of them.")
            else:
                most[code] = int(count or 0)
        limits = [self._number(row, k, 0) for k in range(2, 8)]
        self._new(row, "person", row.cells[0], self._found.staff)
        high, low, max_run, min_run, min_off, weekends = (number or 0 for number in limits)
        self._found.staff[row.cells[0]] = Staff(most, high, low, max_run, min_run, min_off, weekends)
        if None in limits:
            return
        if low > high:
            self._say(row.line, row.columns[3], f"{low} minutes at least are above {high} at most")
        if not max_run:
            self._say(row.line, row.columns[4], "0 days in a row leave nothing to work", "Use at least 1.")
        elif min_run > max_run:
            self._say(row.line, row.columns[5], f"{min_run} days at least are above {max_run} at most")
        for k, run in ((4, max_run), (5, min_run), (6, min_off)):
            counts = run < self._found.days or (k == 4 and min_run > 1)
            if run > LONGEST_RUN and (counts or k != 4) and self._found.days > LONGEST_RUN:
                message = f"{run} days in a row are more than the {LONGEST_RUN} a rule can count"
                self._say(row.line, row.columns[k], message)

    def _days_off(self, row: Row) -> None:
        known = self._known(row, 0, "person", self._found.staff)
        for k in range(1, len(row.cells)):
            day = self._number(row, k, 0, self._found.days - 1) if row.cells[k] else None
            if known and day is not None:
                self._found.days_off[row.cells[0], day] = None

    def _request(self, row: Row, wish: str) -> None:
        known = self._known(row, 0, "person", self._found.staff), self._codes(row, 2, row.cells[2])
        day, weight = self._number(row, 1, 0, self._found.days - 1), self._number(row, 3, 0)
        if all(known) and day is not None and weight:
            self._found.requests[row.cells[0], day, wish, row.cells[2]] += weight

    def _cover(self, row: Row) -> None:
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
        self._found.cover[key] = Cover(*(number or 0 for number in numbers))

    # -- cells -----------------------------------------------------------------------------------

    def _number(self, row: Row, k: int, low: int, high: int | None = None) -> int | None:
        """Return the number in a cell, or None after reporting that there is none, or none in its limits."""
        text, column = row.cells[k], row.columns[min(k, len(row.columns) - 1)]
        if not text.removeprefix("-").isdecimal():
            self._say(row.line, column, f"'{text}' is not a whole number")
        elif int(text) < low or (high is not None and int(text) > high):
            limits = f"at least {low}" if high is None else f"from {low} to {high}"
            self._say(row.line, column, f"{text} is not possible; it must be {limits}")
        else:
            return int(text)
        return None

    def _codes(self, row: Row, k: int, text: str) -> bool:
        """Say whether every one of the codes in *text*, with ``|`` between, is a shift; report those not."""
        codes = [code.strip() for code in text.split("|") if code.strip()] or ([""] if k != 2 else [])
        strange = [code for code in codes if code not in self._found.shifts]
        for code in strange:
            hint = nearest(code, self._found.shifts)
            self._say(row.line, row.columns[k], f"'{code}' is not one of the shifts", hint)
        return not strange

    def _known(self, row: Row, k: int, what: str, names: Mapping[str, object]) -> bool:
        if row.cells[k] in names:
            return True
        message = f"'{row.cells[k]}' is no {what} of the file"
        self._say(row.line, row.columns[k], message, nearest(row.cells[k], names))
        return False

    def _new(self, row: Row, what: str, name: str, names: Mapping[str, object]) -> None:
        """Report a name that is empty, or there already; big and small letters make no difference."""
        if not name:
            self._say(row.line, row.columns[0], f"the {what} has no name")
        elif name.casefold() in {n.casefold() for n in names}:
            self._say(row.line, row.columns[0], f"'{name}' is there twice", "Give each its own name.")

    def _say(self, line: int, column: str, message: str, hint: str = "") -> None:
        self._report.add(self._file, line, column, message, hint)


# -- the plan --------------------------------------------------------------------------------------


def _plan(source: Path, instance: Instance) -> NewPlan:
    """Return *instance* as a plan whose goal costs the published penalty."""
    plan = NewPlan(
        f"{source.name}, of the shift scheduling benchmark of Curtois and Qu (2014).\n"
        f"What the goal '{GOAL}' costs is the penalty of the benchmark.\n"
        "The file gives lengths, no times of day: starts are chosen so that no shift runs into one of the\n"
        "next day. Its day 0 is the first day here."
    )
    plan.single["team"] = {"name": source.stem, "home": SITE, "goals": [GOAL]}
    plan.single["horizon"] = {"start": MONDAY, "weeks": instance.days // 7}
    plan.add("sites", name=SITE, timezone="UTC")
    for code, start in starts(instance.shifts).items():
        plan.add("shifts", code=code, start=start, length=hours(instance.shifts[code].minutes), kind=KIND)
    _tables(plan, instance)
    for rule in _rules(instance):
        plan.add("rules", **rule)
    return plan


def starts(shifts: Mapping[str, Shift]) -> dict[str, time]:
    """Return a start for each shift: the more others may not follow it, the later it is.

    All lie between 06:00 and as long before the next 06:00 as the longest shift lasts, so that no shift
    runs into one of the next day.
    """
    ranks = sorted({len(shift.not_next) for shift in shifts.values()})
    room = min(DAY - max(shift.minutes for shift in shifts.values()), DAY - STEP - OPENS)
    found = {}
    for code, shift in shifts.items():
        later = room * ranks.index(len(shift.not_next)) // max(1, len(ranks) - 1)
        minute = OPENS + later // STEP * STEP
        found[code] = time(minute // 60, minute % 60)
    return found


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def _tables(plan: NewPlan, instance: Instance) -> None:
    plan.table("people", [{"name": name, "site": SITE} for name in instance.staff])
    plan.table(
        "availability",
        [
            {"person": name, "can": "never", "from_date": _day(day), "to_date": _day(day)}
            for name, day in instance.days_off
        ],
    )
    plan.table(
        "wishes",
        [
            {"person": name, "date": _day(day), "wish": wish, "shift": code, "weight": weight}
            for (name, day, wish, code), weight in instance.requests.items()
        ],
    )
    plan.table(
        "shift_demand",
        [
            {
                "shift": code,
                "date": _day(day),
                "preferred": cover.heads,
                "under": cover.under,
                "over": cover.over,
            }
            for (day, code), cover in instance.cover.items()
        ],
    )


def _rules(instance: Instance) -> Iterator[dict[str, object]]:
    """Yield the rules; one that can never be broken is left out."""
    days, staff = instance.days, instance.staff
    if instance.days_off:
        yield {"kind": "available"}
    forbidden = [f"{code} {other}" for code, shift in instance.shifts.items() for other in shift.not_next]
    if forbidden:
        yield {"kind": "succession", "forbid": forbidden}
    for code in instance.shifts:
        for most, whom in grouped({name: s.most.get(code, 0) for name, s in staff.items()}).items():
            if most < days:
                yield {"kind": "shift-count", "of": code, "max": most, "per": "horizon", "for_": whom}
    for (low, high), whom in grouped({n: (s.min_minutes, s.max_minutes) for n, s in staff.items()}).items():
        least = {"min": hours(low)} if low else {}
        yield {"kind": "hours", **least, "max": hours(high), "per": "horizon", "for_": whom}
    for (low, high), whom in grouped({n: (s.min_run, s.max_run) for n, s in staff.items()}).items():
        limits = _limits(low, high if high < days else None)
        if limits:
            yield {"kind": "work-run", **limits, "for_": whom}
    for low, whom in grouped({n: s.min_off for n, s in staff.items()}).items():
        if low > 1:
            yield {"kind": "off-run", "min": low, "for_": whom}
    for most, whom in grouped({n: s.max_weekends for n, s in staff.items()}).items():
        if most < days // 7:
            yield {"kind": "weekends", "max": most, "for_": whom}
    if instance.requests:
        yield {"kind": "wish", "strength": GOAL}
    if instance.cover:
        yield {"kind": "shift-demand", "level": "preferred", "strength": GOAL}


def _limits(low: int, high: int | None) -> dict[str, int]:
    least = {"min": low} if low > 1 else {}
    return least if high is None else {**least, "max": high}
