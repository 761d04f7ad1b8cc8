"""The text files of INRC-II: scenario, history and weeks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..clock import WEEKDAYS
from ..errors import count, nearest
from ..folder.report import Report
from .base import read_text

PAIR = r"\((\d+),(\d+)\)"
SECTIONS: dict[str, tuple[str, str]] = {
    "SKILLS": (r"(\S+)", "Nurse"),
    "SHIFT_TYPES": (rf"(\S+) {PAIR}", "Early (2,5)"),
    "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS": (r"(\S+) (\d+)((?: \S+)*)", "Night 2 Early Late"),
    "CONTRACTS": (rf"(\S+) {PAIR} {PAIR} {PAIR} (\d+) ([01])", "FullTime (15,22) (3,5) (2,3) 2 1"),
    "NURSES": (r"(\S+) (\S+) (\d+)((?: \S+)+)", "Sara PartTime 1 Nurse"),
    "NURSE_HISTORY": (r"(\S+) (\d+) (\d+) (\S+) (\d+) (\d+) (\d+)", "Sara 0 0 Late 1 4 0"),
    "REQUIREMENTS": (rf"(\S+) (\S+) {' '.join([PAIR] * 7)}", "Late Nurse (0,1) and six pairs more"),
    "SHIFT_OFF_REQUESTS": (r"(\S+) (\S+) (Mon|Tue|Wed|Thu|Fri|Sat|Sun)", "Sara Late Sat"),
}
"""What a line of each section looks like, and an example; sections not here say nothing new."""

HEADER = re.compile(r"[A-Z_]{4,}")

ANY = "Any"
"""A request to be spared every shift of a day."""

SHORT_WEEKDAYS = [weekday[:3] for weekday in WEEKDAYS]

SCENARIO = ("SKILLS", "SHIFT_TYPES", "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", "CONTRACTS", "NURSES")
ONCE = (*SCENARIO, "NURSE_HISTORY")
"""Sections in which a name stands once."""

NAME = re.compile(r"(.+)_(\d+)_(\d+(?:-\d+)*)")


class ContractTerms(NamedTuple):
    """The limits of a contract: least and most of each."""

    assignments: tuple[int, int]
    work: tuple[int, int]
    off: tuple[int, int]
    weekends: int
    whole: bool


class NurseHistory(NamedTuple):
    """How a nurse comes into the first week; *last* is None after a day off."""

    assignments: int
    weekends: int
    last: str | None
    same: int
    worked: int
    off: int


@dataclass
class Inrc2Instance:
    """A scenario, a history, and the weeks that follow it."""

    weeks: int
    shifts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The shortest and the longest run of each."""
    not_next: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contracts: dict[str, ContractTerms] = field(default_factory=dict)
    nurses: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    past: dict[str, NurseHistory] = field(default_factory=dict)
    demand: dict[tuple[int, str, str], tuple[int, int]] = field(default_factory=dict)
    """The least and the best number of staff by day, shift and skill."""
    requests: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    """How often a nurse asks to be spared a shift on a day, or any."""


class Inrc2Row(NamedTuple):
    """One line of a section, taken apart."""

    file: str
    line: int
    cells: Sequence[str]


class Inrc2Reader:
    """Reads the files of an instance, and reports what is wrong with file and line."""

    def __init__(self, report: Report, found: Inrc2Instance) -> None:
        self._report = report
        self.found = found

    # -- the scenario ----------------------------------------------------------------------------

    def scenario(self, path: Path) -> None:
        """Read shifts, contracts and nurses."""
        rows = self._sections(path, SCENARIO)
        for row in rows["SHIFT_TYPES"]:
            code, low, high = row.cells
            self.found.shifts[code] = int(low), int(high)
        for row in rows["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"]:
            self._succession(row)
        for row in rows["CONTRACTS"]:
            self._contract(row)
        skills = [row.cells[0] for row in rows["SKILLS"]]
        for row in rows["NURSES"]:
            self._nurse(row, skills)

    def _succession(self, row: Inrc2Row) -> None:
        first, others = row.cells[0], tuple(row.cells[2].split())
        for code in (first, *others):
            self._check_known(row, "shift type", code, self.found.shifts)
        self.found.not_next[first] = others

    def _contract(self, row: Inrc2Row) -> None:
        numbers = [int(cell) for cell in row.cells[1:]]
        assignments, work, off = (numbers[k : k + 2] for k in (0, 2, 4))
        weekends, whole = numbers[6:]
        self.found.contracts[row.cells[0]] = ContractTerms(
            (assignments[0], assignments[1]),
            (work[0], work[1]),
            (off[0], off[1]),
            weekends,
            bool(whole),
        )

    def _nurse(self, row: Inrc2Row, skills: Collection[str]) -> None:
        nurse, contract, _, theirs = row.cells
        self._check_known(row, "contract", contract, self.found.contracts)
        for skill in theirs.split():
            self._check_known(row, "skill", skill, skills)
        self.found.nurses[nurse] = contract, tuple(theirs.split())

    # -- the history -----------------------------------------------------------------------------

    def history(self, path: Path) -> None:
        """Read how each nurse comes into the first week."""
        for row in self._sections(path, ("NURSE_HISTORY",))["NURSE_HISTORY"]:
            nurse, last = row.cells[0], row.cells[3]
            self._check_known(row, "nurse", nurse, self.found.nurses)
            assignments, weekends, same, worked, off = (int(row.cells[k]) for k in (1, 2, 4, 5, 6))
            shift = None if last == "None" else last
            past = NurseHistory(assignments, weekends, shift, same, worked, off)
            self._check_history(row, past)
            self.found.past[nurse] = past
        for nurse in self.found.nurses:
            if nurse not in self.found.past:
                self._report.add(str(path), 0, "", f"there is no history of '{nurse}'")

    def _check_history(self, row: Inrc2Row, past: NurseHistory) -> None:
        """Report a run of days that cannot end in the last shift."""
        if past.last is None:
            fits = past.off > 0
        else:
            self._check_known(row, "shift type", past.last, self.found.shifts)
            fits = past.off == 0 and 0 < past.same <= past.worked
        if not fits:
            message = "the days in a row do not fit the last shift"
            self._complain(row, message, "A nurse is off, or at work.")
        elif past.same < past.worked and len(self.found.shifts) < 2:
            days = count(past.worked, "day")
            self._complain(row, f"{days} of work cannot hold a shift other than '{past.last}'")

    # -- a week ----------------------------------------------------------------------------------

    def week(self, path: Path, number: int) -> None:
        """Read the staff wanted in a week, and who wishes for what."""
        rows = self._sections(path, ("REQUIREMENTS", "SHIFT_OFF_REQUESTS"))
        skills = {skill for _, theirs in self.found.nurses.values() for skill in theirs}
        for row in rows["REQUIREMENTS"]:
            self._demand(row, 7 * number, skills)
        for row in rows["SHIFT_OFF_REQUESTS"]:
            self._request(row, 7 * number)

    def _demand(self, row: Inrc2Row, monday: int, skills: Collection[str]) -> None:
        code, skill, *numbers = row.cells
        self._check_known(row, "shift type", code, self.found.shifts)
        self._check_known(row, "skill of a nurse", skill, skills)
        for weekday in range(7):
            least, best = (int(text) for text in numbers[2 * weekday : 2 * weekday + 2])
            if best < least:
                self._complain(row, f"({least},{best}): the best number is below the least")
            self.found.demand[monday + weekday, code, skill] = least, best

    def _request(self, row: Inrc2Row, monday: int) -> None:
        nurse, code, day = row.cells
        self._check_known(row, "nurse", nurse, self.found.nurses)
        if code != ANY:
            self._check_known(row, "shift type", code, self.found.shifts)
        weekday = SHORT_WEEKDAYS.index(day.lower())
        self.found.requests[nurse, monday + weekday, code] += 1

    # -- lines -----------------------------------------------------------------------------------

    def _sections(self, path: Path, needed: Collection[str]) -> dict[str, list[Inrc2Row]]:
        """Return the lines of each section that is *needed*."""
        rows: dict[str, list[Inrc2Row]] = {name: [] for name in needed}
        text = read_text(path, self._report)
        if text is None:
            return rows
        name, seen = "", set[str]()
        for number, line in enumerate(text.splitlines(), 1):
            words = line.split()
            if _is_header(words):
                name = words[0]
                seen.add(name)
            elif words and name in rows:
                row = self._row(path, number, words, name)
                if row and not self._is_twice(row, name, rows[name]):
                    rows[name].append(row)
        for missing in sorted(set(needed) - seen):
            self._report.add(str(path), 1, "", f"the section {missing} is missing")
        return rows

    def _row(self, path: Path, number: int, words: Sequence[str], name: str) -> Inrc2Row | None:
        """Return a line of the section called *name*, or None after reporting that it is none."""
        pattern, example = SECTIONS[name]
        match = re.fullmatch(pattern, " ".join(words))
        if match:
            return Inrc2Row(str(path), number, match.groups())
        message = f"this is not a line of {name}"
        self._report.add(str(path), number, "", message, f"Write it like {example}.")
        return None

    def _is_twice(self, row: Inrc2Row, name: str, before: Sequence[Inrc2Row]) -> bool:
        """Say whether a line gives again what stands once, after reporting that."""
        if name not in ONCE:
            return False
        twice = any(other.cells[0] == row.cells[0] for other in before)
        if twice:
            self._complain(row, f"'{row.cells[0]}' is there twice", "Keep one of them.")
        return twice

    def _check_known(self, row: Inrc2Row, what: str, name: str, names: Collection[str]) -> None:
        if name not in names:
            message = f"'{name}' is not a {what} in the scenario"
            self._complain(row, message, nearest(name, names))

    def _complain(self, row: Inrc2Row, message: str, hint: str = "") -> None:
        self._report.add(row.file, row.line, "", message, hint)


def _is_header(words: Sequence[str]) -> bool:
    """Say whether a line begins a section: ``SKILLS = 2``, or a name alone."""
    if not words or not HEADER.fullmatch(words[0]):
        return False
    return len(words) == 1 or words[1] == "="
