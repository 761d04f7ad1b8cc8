"""Rotating workforce scheduling problems, in the text format of N. Musliu.

Comments begin with ``#``. Days of a row (7), people, shifts; heads per shift and weekday, exact;
each shift with its start and length in minutes and its shortest and longest run; shortest and
longest run of days off and of work; the sequences that are forbidden, first of two days, then of
three with a day off between.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from ..clock import WEEKDAYS, hours
from ..folder.report import Report
from ..rota import OFF, Headcount, RotaWish, Run
from .base import MONDAY, NewPlan, family, read_text

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
    """What a file says; *heads* are by shift and weekday."""

    people: int
    heads: tuple[tuple[int, ...], ...]
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
    assert rws is not None, f"{source}: nothing read, and not a word why"
    return rws


def _read(source: Path, report: Report) -> Rws | None:
    """Return what a file says, or None after reporting the first thing that is wrong."""
    text = read_text(source, report)
    if text is None:
        return None
    lines = _Lines(text)
    try:
        if lines.numbers(1) != (7,):
            raise ValueError("a row of the rota must have 7 days")
        (people,), (count,) = lines.numbers(1), lines.numbers(1)
        if not (people and count):
            raise ValueError("there must be somebody, and a shift")
        heads = tuple(lines.numbers(7) for _ in range(count))
        shifts = tuple(_shift(lines.words(5)) for _ in range(count))
        off, work = lines.limits(), lines.limits()
        pairs, triples = lines.numbers(2)
        codes = {s.code for s in shifts}
        forbidden = [lines.pattern(2, codes) for _ in range(pairs)]
        forbidden += [lines.pattern(3, codes) for _ in range(triples)]
    except ValueError as error:
        report.add(str(source), lines.number, "", str(error))
        return None
    return Rws(people, heads, shifts, off, work, tuple(dict.fromkeys(forbidden)))


def wish_of(rws: Rws) -> RotaWish:
    """Return the rota the file asks for; heads are exact."""
    codes = tuple(s.code for s in sorted(rws.shifts, key=lambda s: s.start))
    return RotaWish(
        people=rws.people,
        codes=codes,
        headcounts=tuple(
            Headcount(day, frozenset((shift.code,)), n, n)
            for shift, row in zip(rws.shifts, rws.heads, strict=True)
            for day, n in enumerate(row)
        ),
        runs=(
            *(Run(frozenset((s.code,)), s.least, s.most, s.code) for s in rws.shifts),
            Run(frozenset((OFF,)), *rws.off, "days off"),
            Run(frozenset(codes), *rws.work, "work"),
        ),
        forbidden=frozenset(rws.forbidden),
    )


def _plan(source: Path, rws: Rws) -> NewPlan:
    """Return *rws* as a plan of several weeks; the people in it can all take each other's place."""
    plan = NewPlan(
        f"{source.name}, of the rotating workforce scheduling problems.\n"
        "'shiftplan rota' designs the cyclic rota they ask for."
    )
    plan.single["team"] = {"name": source.stem, "home": SITE, "goals": []}
    plan.single["horizon"] = {"start": MONDAY, "weeks": WEEKS}
    plan.add("sites", name=SITE, timezone="UTC")
    for s in rws.shifts:
        start = time(s.start // 60 % 24, s.start % 60)
        plan.add("shifts", code=s.code, start=start, length=hours(s.length))
    plan.table("people", [{"name": f"Person {k}", "site": SITE} for k in range(1, rws.people + 1)])
    plan.table(
        "shift_demand",
        [
            {"shift": shift.code, "weekday": weekday, "preferred": n, "under": 1, "over": 1}
            for shift, row in zip(rws.shifts, rws.heads, strict=True)
            for weekday, n in zip(WEEKDAYS, row, strict=True)
        ],
    )
    plan.add("rules", kind="shift-demand", level="preferred")
    for s in rws.shifts:
        plan.add("rules", kind="shift-run", of=s.code, min=s.least, max=s.most)
    plan.add("rules", kind="off-run", min=rws.off[0], max=rws.off[1])
    plan.add("rules", kind="work-run", min=rws.work[0], max=rws.work[1])
    if rws.forbidden:
        plan.add(
            "rules", kind="succession", forbid=[" ".join(pattern) for pattern in rws.forbidden]
        )
    return plan


def _shift(words: Sequence[str]) -> RwsShift:
    for word in words[1:]:
        if not word.isdecimal():
            raise ValueError(f"'{word}' is not a whole number")
    start, length, least, most = map(int, words[1:])
    if least > most:
        raise ValueError(f"at least {least} days in a row are more than at most {most}")
    return RwsShift(words[0], start, length, least, most)


class _Lines:
    """The lines of a file that say something, one after another; each raises ``ValueError`` if
    wrong.
    """

    def __init__(self, text: str) -> None:
        lines = enumerate((line.strip() for line in text.splitlines()), 1)
        self._rest = iter([(k, line) for k, line in lines if line and not line.startswith("#")])
        self.number = 0

    def words(self, count: int) -> list[str]:
        """Return the words of the next line."""
        self.number, line = next(self._rest, (0, ""))
        if not self.number:
            raise ValueError("the file ends too soon")
        found = line.split()
        if len(found) != count:
            raise ValueError(f"{count} value{'s' * (count > 1)} must stand here, not '{line}'")
        return found

    def numbers(self, count: int) -> tuple[int, ...]:
        """Return the whole numbers of the next line."""
        words = self.words(count)
        for word in words:
            if not word.isdecimal():
                raise ValueError(f"'{word}' is not a whole number")
        return tuple(map(int, words))

    def limits(self) -> tuple[int, int]:
        """Return the least and the most of the next line."""
        least, most = self.numbers(2)
        if least > most:
            raise ValueError(f"at least {least} days in a row are more than at most {most}")
        return least, most

    def pattern(self, count: int, codes: Collection[str]) -> tuple[str, ...]:
        """Return the shifts of the next line, which must not follow each other."""
        words = self.words(count)
        for k, word in enumerate(words):
            if word not in codes and (k != 1 or count != 3 or word != OFF):
                raise ValueError(f"'{word}' is not one of the shifts")
        return tuple(words)
