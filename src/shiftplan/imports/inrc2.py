"""The Second International Nurse Rostering Competition, in its text format, all weeks known at once.

S. Ceschia, N. T. T. Dang, P. De Causmaecker, S. Haspeslagh, A. Schaerf, "Second International Nurse Rostering
Competition (INRC-II): problem description and rules", 2015, whose weights these are. A nurse works a shift
with one of their skills, so each shift here has a code for each skill and one kind for all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ..clock import WEEKDAYS
from ..errors import nearest
from ..folder.report import Report
from .base import MONDAY, NewPlan, family, read_text
from .curtois_qu import LONGEST_RUN, Shift, starts

GOAL = "penalty"
SITE = "Hospital"
LENGTH = 8 * 60

COVER, SHIFT_RUN, RUN, REQUEST, WHOLE_WEEKEND, ASSIGNMENTS, WEEKENDS = 30, 15, 30, 10, 30, 20, 30

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


class Contract(NamedTuple):
    """The limits of a contract: least and most of each."""

    assignments: tuple[int, int]
    work: tuple[int, int]
    off: tuple[int, int]
    weekends: int
    whole: bool


class Past(NamedTuple):
    """How a nurse comes into the first week; *last* is None after a day off."""

    assignments: int
    weekends: int
    last: str | None
    same: int
    worked: int
    off: int


@dataclass
class Instance:
    """A scenario, a history, and the weeks that follow it."""

    weeks: int
    shifts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The shortest and the longest run of each."""
    not_next: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    nurses: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    past: dict[str, Past] = field(default_factory=dict)
    cover: dict[tuple[int, str, str], tuple[int, int]] = field(default_factory=dict)
    """Least and best heads by day, shift and skill."""
    requests: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    """How often a nurse asks to be spared a shift on a day, or any."""


class Row(NamedTuple):
    """One line of a section, taken apart."""

    file: str
    line: int
    cells: Sequence[str]


@family("inrc2", "INRC-II, where FILE is named after history and weeks, as in n005w4/n005w4_0_1-2-3-3")
def read(source: Path, report: Report) -> NewPlan | None:
    """Return the plan of one instance, or None after reporting everything that is wrong with it.

    *source* need not exist; its name says which files beside it are read.
    """
    match = NAME.fullmatch(source.name.removesuffix(".txt"))
    if match is None:
        hint = "Name it SET_HISTORY_WEEKS, as in n005w4_0_1-2-3-3, in the folder where Sc-n005w4.txt lies."
        report.add(str(source), 0, "", "the name does not say which history and weeks are meant", hint)
        return None
    name, history, weeks = match[1], match[2], match[3].split("-")
    folder = source.parent
    reader = _Reader(report, Instance(len(weeks)))
    reader.scenario(folder / f"Sc-{name}.txt")
    if not report.problems:
        reader.history(folder / f"H0-{name}-{history}.txt")
        for number, week in enumerate(weeks):
            reader.week(folder / f"WD-{name}-{week}.txt", number)
    return None if report.problems else _plan(source, reader.found)


class _Reader:
    """Reads the files of an instance, and reports what is wrong with file and line."""

    def __init__(self, report: Report, found: Instance) -> None:
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
            found.contracts[row.cells[0]] = Contract((a, b), (c, d), (e, f), weekends, bool(whole))
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
            past = Past(assignments, weekends, None if last == "None" else last, same, worked, off)
            if past.last is not None:
                self._known(row, "shift type", last, self.found.shifts)
            if (past.last is None) != (off > 0) or (past.last is not None and not 0 < same <= worked):
                self._say(row, "the days in a row do not fit the last shift", "A nurse is off, or at work.")
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

    def _sections(self, path: Path, needed: Collection[str]) -> dict[str, list[Row]]:
        """Return the lines of each section that is *needed*."""
        rows: dict[str, list[Row]] = {name: [] for name in needed}
        text, name, seen = read_text(path, self._report), "", set[str]()
        for number, raw in enumerate((text or "").splitlines(), 1):
            words = raw.split()
            if words and re.fullmatch(r"[A-Z_]{4,}", words[0]) and (len(words) == 1 or words[1] == "="):
                name = words[0]
                seen.add(name)
            elif words and name in rows:
                pattern, example = SECTIONS[name]
                match = re.fullmatch(pattern, " ".join(words))
                row = Row(str(path), number, match.groups() if match else ())
                if match is None:
                    self._say(row, f"not a line of {name}", f"Write it like {example}.")
                elif name in ONCE and row.cells[0] in {other.cells[0] for other in rows[name]}:
                    self._say(row, f"'{row.cells[0]}' is there twice", "Keep one of them.")
                else:
                    rows[name].append(row)
        for missing in sorted(set(needed) - seen) if text is not None else ():
            self._report.add(str(path), 1, "", f"the section {missing} is missing")
        return rows

    def _known(self, row: Row, what: str, name: str, names: Collection[str]) -> None:
        if name not in names:
            self._say(row, f"'{name}' is no {what} of the scenario", nearest(name, names))

    def _say(self, row: Row, message: str, hint: str = "") -> None:
        self._report.add(row.file, row.line, "", message, hint)


# -- the plan --------------------------------------------------------------------------------------


def _plan(source: Path, instance: Instance) -> NewPlan:
    """Return *instance* as a plan whose goal costs the published penalty."""
    plan = NewPlan(
        f"{source.name.removesuffix('.txt')} of the Second International Nurse Rostering Competition.\n"
        f"What the goal '{GOAL}' costs is the penalty of the competition.\n"
        "The files give no times of day: starts are chosen so that no shift runs into one of the next day.\n"
        "A code is a shift worked with one skill; the shift itself is a kind."
    )
    plan.single["team"] = {"name": source.name.removesuffix(".txt"), "home": SITE, "goals": [GOAL]}
    plan.single["horizon"] = {"start": MONDAY, "weeks": instance.weeks}
    plan.add("sites", name=SITE, timezone="UTC")
    for contract in dict.fromkeys(contract for contract, _ in instance.nurses.values()):
        plan.add("contracts", name=contract)
    shifts = {code: Shift(LENGTH, instance.not_next.get(code, ())) for code in instance.shifts}
    skills = dict.fromkeys(skill for _, theirs in instance.nurses.values() for skill in theirs)
    for kind, start in starts(shifts).items():
        for skill in skills:
            code = _code(kind, skill)
            plan.add("shifts", code=code, start=start, length="8h", kind=kind, requires=[skill])
    _tables(plan, instance)
    for rule in _rules(instance):
        plan.add("rules", **rule)
    return plan


def _code(kind: str, skill: str) -> str:
    return f"{kind}/{skill}"


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def _tables(plan: NewPlan, instance: Instance) -> None:
    plan.table(
        "people",
        [
            {"name": nurse, "site": SITE, "skills": " ".join(skills), "contract": contract}
            for nurse, (contract, skills) in instance.nurses.items()
        ],
    )
    plan.table(
        "wishes",
        [
            {
                "person": nurse,
                "date": _day(day),
                "wish": "day-off" if code == "Any" else "shift-off",
                "shift": "" if code == "Any" else code,
                "weight": REQUEST * times,
            }
            for (nurse, day, code), times in instance.requests.items()
        ],
    )
    plan.table(
        "shift_demand",
        [
            {
                "shift": _code(kind, skill),
                "date": _day(day),
                "minimum": least,
                "preferred": best,
                "under": COVER,
            }
            for (day, kind, skill), (least, best) in instance.cover.items()
        ],
    )
    plan.table("history", _past(instance))
    plan.single["history"]["from"] = _day(_begin(instance))


def _past(instance: Instance) -> Iterator[dict[str, object]]:
    """Yield days worked that bring each nurse into the first week as the history says.

    What ends a run is a day of the other sort before it.
    """
    for nurse, past in instance.past.items():
        skill = instance.nurses[nurse][1][0]
        other = next((code for code in instance.shifts if code != past.last), past.last or "")
        if past.last is None:
            worked = [(past.off + 1, other)]
        else:
            worked = [(k, past.last if k <= past.same else other) for k in range(1, past.worked + 1)]
        for before, kind in worked:
            yield {"person": nurse, "date": _day(-before), "shift": _code(kind, skill)}


def _rules(instance: Instance) -> Iterator[dict[str, Any]]:
    """Yield the rules, hard ones first; a limit of 0 or 1 that says nothing is left out."""
    forbidden = [f"{code} {other}" for code, others in instance.not_next.items() for other in others]
    if forbidden:
        yield {"kind": "succession", "forbid": forbidden}
    if any(least for least, _ in instance.cover.values()):
        yield {"kind": "shift-demand", "level": "minimum"}
    if instance.cover:
        yield {"kind": "shift-demand", "level": "preferred", "strength": GOAL}
    if instance.requests:
        yield {"kind": "wish", "strength": GOAL}
    for code, (low, high) in instance.shifts.items():
        yield from _shift_runs(instance, code, low, high)
    for name in dict.fromkeys(contract for contract, _ in instance.nurses.values()):
        contract, whom = instance.contracts[name], {"contract": [name]}
        yield _soft("work-run", RUN, min=contract.work[0], max=contract.work[1], for_=whom)
        yield _soft("off-run", RUN, min=contract.off[0], max=contract.off[1], for_=whom)
        if contract.whole:
            yield _soft("weekends", WHOLE_WEEKEND, whole=True, for_=whom)
        begun = {n: past for n, past in instance.past.items() if instance.nurses[n][0] == name}
        for done, names in _alike({n: past.assignments for n, past in begun.items()}, name):
            low, high = (limit - done for limit in contract.assignments)
            least = {"min": low} if low > 0 else {}
            yield _soft("shift-count", ASSIGNMENTS, **least, max=high, per="horizon", for_=names)
        for done, names in _alike({n: past.weekends for n, past in begun.items()}, name):
            yield _soft("weekends", WEEKENDS, max=contract.weekends - done, for_=names)


def _shift_runs(instance: Instance, code: str, low: int, high: int) -> Iterator[dict[str, Any]]:
    """Yield the limits on runs of a shift.

    A run beyond what ``shift-run`` can count has as many days too many as there are windows, one day longer
    than the limit, that it fills.
    """
    least = {"min": low} if low > 1 else {}
    if high <= LONGEST_RUN:
        yield _soft("shift-run", SHIFT_RUN, of=code, **least, max=high)
        return
    if least:
        yield _soft("shift-run", SHIFT_RUN, of=code, **least)
    if high < 7 * instance.weeks - _begin(instance):
        yield _soft("shift-count", SHIFT_RUN, of=code, max=high, days=high + 1)


def _begin(instance: Instance) -> int:
    """Return the first day on record, before 0; every run of the history has begun after it."""
    return min(-2 - max(past.worked, past.off) for past in instance.past.values())


def _soft(kind: str, weight: int, **keys: Any) -> dict[str, Any]:
    return {"kind": kind, "strength": GOAL, "weight": weight, **keys}


def _alike(done: Mapping[str, int], contract: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield each number with the filter of those of *contract* who have it."""
    for number in sorted(set(done.values())):
        names = [name for name, count in done.items() if count == number]
        yield number, {"contract": [contract]} if len(names) == len(done) else {"names": names}
