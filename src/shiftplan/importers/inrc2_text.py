"""The text files of INRC-II: scenario, history and weeks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..clock import WEEKDAYS
from ..errors import nearest
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
"""What a line of each section looks like, and an example; sections not named here say nothing new."""

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
    cover: dict[tuple[int, str, str], tuple[int, int]] = field(default_factory=dict)
    """Least and best heads by day, shift and skill."""
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
        self._report, self.found = report, found

    def scenario(self, path: Path) -> None:
        """Read shifts, contracts and nurses."""
        rows, found = self._sections(path, SCENARIO), self.found
        for row in rows["SHIFT_TYPES"]:
            code, low, high = row.cells
            found.shifts[code] = int(low), int(high)
        for row in rows["FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"]:
            others = tuple(row.cells[2].split())
            for code in (row.cells[0], *others):
                self._known(row, "shift type", code, found.shifts)
            found.not_next[row.cells[0]] = others
        for row in rows["CONTRACTS"]:
            a, b, c, d, e, f, weekends, whole = map(int, row.cells[1:])
            found.contracts[row.cells[0]] = ContractTerms(
                (a, b), (c, d), (e, f), weekends, bool(whole)
            )
        skills = [row.cells[0] for row in rows["SKILLS"]]
        for row in rows["NURSES"]:
            nurse, contract, _, theirs = row.cells
            self._known(row, "contract", contract, found.contracts)
            for skill in theirs.split():
                self._known(row, "skill", skill, skills)
            found.nurses[nurse] = contract, tuple(theirs.split())

    def history(self, path: Path) -> None:
        """Read how each nurse comes into the first week."""
        for row in self._sections(path, ("NURSE_HISTORY",))["NURSE_HISTORY"]:
            nurse, last = row.cells[0], row.cells[3]
            assignments, weekends, same, worked, off = (int(row.cells[k]) for k in (1, 2, 4, 5, 6))
            self._known(row, "nurse", nurse, self.found.nurses)
            past = NurseHistory(
                assignments, weekends, None if last == "None" else last, same, worked, off
            )
            if past.last is not None:
                self._known(row, "shift type", last, self.found.shifts)
            if (past.last is None) != (off > 0) or (
                past.last is not None and not 0 < same <= worked
            ):
                self._say(
                    row,
                    "the days in a row do not fit the last shift",
                    "A nurse is off, or at work.",
                )
            elif same < worked and len(self.found.shifts) < 2:
                self._say(row, f"{worked} days of work cannot hold a shift other than '{last}'")
            self.found.past[nurse] = past
        for nurse in self.found.nurses:
            if nurse not in self.found.past:
                self._report.add(str(path), 0, "", f"there is no history of '{nurse}'")

    def week(self, path: Path, number: int) -> None:
        """Read the heads wanted in a week, and who asks for what."""
        rows = self._sections(path, ("REQUIREMENTS", "SHIFT_OFF_REQUESTS"))
        skills = {skill for _, theirs in self.found.nurses.values() for skill in theirs}
        for row in rows["REQUIREMENTS"]:
            code, skill, *heads = row.cells
            self._known(row, "shift type", code, self.found.shifts)
            self._known(row, "skill of a nurse", skill, skills)
            for k in range(7):
                least, best = int(heads[2 * k]), int(heads[2 * k + 1])
                if best < least:
                    self._say(row, f"({least},{best}): the best number is below the least")
                self.found.cover[7 * number + k, code, skill] = least, best
        for row in rows["SHIFT_OFF_REQUESTS"]:
            nurse, code, day = row.cells
            self._known(row, "nurse", nurse, self.found.nurses)
            if code != "Any":
                self._known(row, "shift type", code, self.found.shifts)
            weekday = [w[:3] for w in WEEKDAYS].index(day.lower())
            self.found.requests[nurse, 7 * number + weekday, code] += 1

    def _sections(self, path: Path, needed: Collection[str]) -> dict[str, list[Inrc2Row]]:
        """Return the lines of each section that is *needed*."""
        rows: dict[str, list[Inrc2Row]] = {name: [] for name in needed}
        text, name, seen = read_text(path, self._report), "", set[str]()
        for number, raw in enumerate((text or "").splitlines(), 1):
            words = raw.split()
            if (
                words
                and re.fullmatch(r"[A-Z_]{4,}", words[0])
                and (len(words) == 1 or words[1] == "=")
            ):
                name = words[0]
                seen.add(name)
            elif words and name in rows:
                pattern, example = SECTIONS[name]
                match = re.fullmatch(pattern, " ".join(words))
                row = Inrc2Row(str(path), number, match.groups() if match else ())
                if match is None:
                    self._say(row, f"not a line of {name}", f"Write it like {example}.")
                elif name in ONCE and row.cells[0] in {other.cells[0] for other in rows[name]}:
                    self._say(row, f"'{row.cells[0]}' is there twice", "Keep one of them.")
                else:
                    rows[name].append(row)
        for missing in sorted(set(needed) - seen) if text is not None else ():
            self._report.add(str(path), 1, "", f"the section {missing} is missing")
        return rows

    def _known(self, row: Inrc2Row, what: str, name: str, names: Collection[str]) -> None:
        if name not in names:
            self._say(row, f"'{name}' is no {what} of the scenario", nearest(name, names))

    def _say(self, row: Inrc2Row, message: str, hint: str = "") -> None:
        self._report.add(row.file, row.line, "", message, hint)


# -- the plan --------------------------------------------------------------------------------------
