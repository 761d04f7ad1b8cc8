"""Rotating workforce scheduling problems, in the text format of N. Musliu.

Comments begin with ``#``. Days of a row (7), people, shifts; staff per shift and weekday, exact;
each shift with its start and length in minutes and its shortest and longest run; shortest and
longest run of days off and of work; the sequences that are forbidden, first of two days, then of
three with a day off between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from ..clock import WEEKDAYS, hours
from ..errors import count
from ..folder.report import Report
from ..rota import OFF, Headcount, RotaWish, Run
from .base import MONDAY, NewPlan, Row, RuleKeys, family, read_text

SITE = "Site"
WEEKS = 4
"""Weeks of the plan: whoever has row k first sees every run of row k + 1 with what is before and
after it.
"""


@dataclass(frozen=True)
class RwsShift:
    """A shift of the file; start and length in minutes."""

    code: str
    start: int
    length: int
    least: int
    most: int


@dataclass(frozen=True)
class Rws:
    """What a file says; *staff* is by shift and weekday."""

    people: int
    staff: tuple[tuple[int, ...], ...]
    shifts: tuple[RwsShift, ...]
    off: tuple[int, int]
    work: tuple[int, int]
    forbidden: tuple[tuple[str, ...], ...]


@family("rws", "rotating workforce scheduling, a text file as used by Musliu")
def read(source: Path, report: Report) -> NewPlan | None:
    """Return the plan of one instance, or None after reporting what is wrong with it."""
    rws = _read(source, report)
    return None if rws is None else _plan(source, rws)


def read_rws(source: Path) -> Rws:
    """Return what a file says; raise ``BadInput`` if it is no such file."""
    report = Report()
    rws = _read(source, report)
    report.stop_if_any()
    assert rws is not None, f"{source}: nothing read, and no reason why"
    return rws


def _read(source: Path, report: Report) -> Rws | None:
    """Return what a file says, or None after reporting the first thing that is wrong."""
    text = read_text(source, report)
    if text is None:
        return None
    lines = _Lines(text)
    try:
        return _rws(lines)
    except ValueError as error:
        report.add(str(source), lines.number, "", str(error))
        return None


def _rws(lines: _Lines) -> Rws:
    """Return what *lines* say; raise ``ValueError`` where they say something else."""
    if lines.numbers(1) != (7,):
        raise ValueError("a row of the rota must have 7 days")
    (people,) = lines.numbers(1)
    (kinds,) = lines.numbers(1)
    if not (people and kinds):
        raise ValueError("there must be somebody, and a shift")
    staff = tuple(lines.numbers(7) for _ in range(kinds))
    shifts = tuple(_shift(lines.words(5)) for _ in range(kinds))
    off = lines.limits()
    work = lines.limits()
    pairs, triples = lines.numbers(2)
    codes = {shift.code for shift in shifts}
    forbidden = [lines.pattern(2, codes) for _ in range(pairs)]
    forbidden += [lines.pattern(3, codes) for _ in range(triples)]
    each_once = tuple(dict.fromkeys(forbidden))
    return Rws(people, staff, shifts, off, work, each_once)


def wish_of(rws: Rws) -> RotaWish:
    """Return the rota the file describes; its staff is exact."""
    by_start = sorted(rws.shifts, key=lambda shift: shift.start)
    codes = tuple(shift.code for shift in by_start)
    headcounts = []
    for shift, row in zip(rws.shifts, rws.staff, strict=True):
        headcounts += [Headcount(day, frozenset((shift.code,)), n, n) for day, n in enumerate(row)]
    shift_runs = [Run(frozenset((s.code,)), s.least, s.most, s.code) for s in rws.shifts]
    return RotaWish(
        people=rws.people,
        codes=codes,
        headcounts=tuple(headcounts),
        runs=(
            *shift_runs,
            Run(frozenset((OFF,)), *rws.off, "days off"),
            Run(frozenset(codes), *rws.work, "work"),
        ),
        forbidden=frozenset(rws.forbidden),
    )


def _plan(source: Path, rws: Rws) -> NewPlan:
    """Return *rws* as a plan of several weeks; the people in it are interchangeable."""
    plan = NewPlan(
        f"{source.name}, of the rotating workforce scheduling problems.\n"
        "'shiftplan rota' designs the cyclic rota they describe."
    )
    plan.single["team"] = {"name": source.stem, "home": SITE, "goals": []}
    plan.single["horizon"] = {"start": MONDAY, "weeks": WEEKS}
    plan.add("sites", name=SITE, timezone="UTC")
    for shift in rws.shifts:
        start = time(shift.start // 60 % 24, shift.start % 60)
        plan.add("shifts", code=shift.code, start=start, length=hours(shift.length))
    plan.table("people", [{"name": f"Person {k}", "site": SITE} for k in range(1, rws.people + 1)])
    plan.table("shift_demand", _shift_demand(rws))
    for rule in _rules(rws):
        plan.add("rules", **rule)
    return plan


def _shift_demand(rws: Rws) -> Iterator[Row]:
    for shift, row in zip(rws.shifts, rws.staff, strict=True):
        for weekday, number in zip(WEEKDAYS, row, strict=True):
            yield {
                "shift": shift.code,
                "weekday": weekday,
                "preferred": number,
                "under": 1,
                "over": 1,
            }


def _rules(rws: Rws) -> Iterator[RuleKeys]:
    yield {"kind": "shift-demand", "level": "preferred"}
    for shift in rws.shifts:
        yield {"kind": "shift-run", "of": shift.code, "min": shift.least, "max": shift.most}
    yield {"kind": "off-run", "min": rws.off[0], "max": rws.off[1]}
    yield {"kind": "work-run", "min": rws.work[0], "max": rws.work[1]}
    if rws.forbidden:
        yield {"kind": "succession", "forbid": [" ".join(pattern) for pattern in rws.forbidden]}


def _shift(words: Sequence[str]) -> RwsShift:
    start, length, least, most = _whole_numbers(words[1:])
    _check_order(least, most)
    return RwsShift(words[0], start, length, least, most)


def _whole_numbers(words: Sequence[str]) -> tuple[int, ...]:
    for word in words:
        if not word.isdecimal():
            raise ValueError(f"'{word}' is not a whole number")
    return tuple(map(int, words))


def _check_order(least: int, most: int) -> None:
    if least > most:
        raise ValueError(f"at least {count(least, 'day')} in a row is above at most {most}")


class _Lines:
    """The lines of a file that say something, one after another.

    Each method raises ``ValueError`` if the next line says something else.
    """

    def __init__(self, text: str) -> None:
        stripped = [line.strip() for line in text.splitlines()]
        numbered = enumerate(stripped, 1)
        self._rest = iter([(k, line) for k, line in numbered if line and line[0] != "#"])
        self.number = 0
        """The number of the line read last; 0 once the file has ended."""

    def words(self, wanted: int) -> list[str]:
        """Return the words of the next line."""
        self.number, line = next(self._rest, (0, ""))
        if not self.number:
            raise ValueError("the file ends too soon")
        found = line.split()
        if len(found) != wanted:
            raise ValueError(f"{count(wanted, 'value')} must stand here, not '{line}'")
        return found

    def numbers(self, wanted: int) -> tuple[int, ...]:
        """Return the whole numbers of the next line."""
        return _whole_numbers(self.words(wanted))

    def limits(self) -> tuple[int, int]:
        """Return the least and the most of the next line."""
        least, most = self.numbers(2)
        _check_order(least, most)
        return least, most

    def pattern(self, length: int, codes: Collection[str]) -> tuple[str, ...]:
        """Return the shifts of the next line, which must not follow each other."""
        words = self.words(length)
        for k, word in enumerate(words):
            # Only between two shifts may a day off stand.
            between = length == 3 and k == 1
            if word not in codes and not (between and word == OFF):
                raise ValueError(f"'{word}' is not one of the shifts")
        return tuple(words)
