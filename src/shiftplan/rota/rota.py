"""A cyclic rota: what is wanted of one, the rota itself, and what a search for one came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from ..clock import WEEKDAYS

OFF = "-"
"""A day off."""


@dataclass(frozen=True)
class Run:
    """How many days in a row are spent in *of*: codes, or ``-`` for days off."""

    of: frozenset[str]
    least: int = 1
    most: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Headcount:
    """How many people work one of *codes* on a weekday, 0 being the first day of a row."""

    weekday: int
    codes: frozenset[str]
    least: int
    most: int | None = None


@dataclass(frozen=True)
class OffTogether:
    """Days off in a row that every row has: wholly inside or, if they *straddle*, in part."""

    days: int
    straddle: bool = True


@dataclass(frozen=True)
class RotaWish:
    """What a rota must be, for people who are interchangeable."""

    people: int
    codes: tuple[str, ...]
    """Shift codes, in the order of their starts."""
    headcounts: tuple[Headcount, ...]
    runs: tuple[Run, ...] = ()
    forbidden: frozenset[tuple[str, ...]] = frozenset()
    """Two or three days in a row that must not be, as codes and ``-``."""
    week_off: tuple[int, int] = (0, 7)
    """Least and most days off in a row of the rota."""
    together: OffTogether | None = None
    weekdays: tuple[str, ...] = field(default=WEEKDAYS)
    """The days of a row by name."""

    @property
    def work(self) -> frozenset[str]:
        """Every code that is work."""
        return frozenset(self.codes)

    def bounds(self, weekday: int, codes: frozenset[str]) -> tuple[int, int]:
        """Return how few and how many people can be in *codes* on a weekday.

        As far as headcounts say directly: a search may find that it is less.
        """
        if OFF in codes:
            # Who is not at work is off.
            least, most = self.bounds(weekday, self.work - codes)
            return self.people - most, self.people - least
        lines = [line for line in self.headcounts if line.weekday == weekday]
        return _fewest(lines, codes), min(self.people, _most(lines, codes, self.people))


def _fewest(lines: Sequence[Headcount], codes: frozenset[str]) -> int:
    """Return how many people *lines* put in *codes* at least."""
    least = sum(line.least for line in _apart(lines) if line.codes <= codes)
    for line in lines:
        if line.codes <= codes:
            least = max(least, line.least)
    return least


def _most(lines: Sequence[Headcount], codes: frozenset[str], people: int) -> int:
    """Return how many of *people* people *lines* leave in *codes* at most."""
    most = people
    for line in lines:
        if line.most is not None and codes <= line.codes:
            most = min(most, line.most)
    capped = [(line.codes, line.most) for line in _apart(lines) if line.most is not None]
    if codes <= _union(of for of, _ in capped):
        most = min(most, sum(highest for of, highest in capped if of & codes))
    return most


def _apart(lines: Sequence[Headcount]) -> Iterator[Headcount]:
    """Yield the lines that have no shift in common with one before, so that nobody counts twice."""
    before: frozenset[str] = frozenset()
    for line in lines:
        if line.codes.isdisjoint(before):
            yield line
        before |= line.codes


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


@dataclass(frozen=True)
class Rota:
    """Rows of seven days, a code or ``-`` each; after the last row the first comes again."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def days(self) -> tuple[str, ...]:
        """The whole cycle, day by day."""
        return tuple(code for row in self.rows for code in row)

    def weekends_off(self, weekdays: Sequence[str] = WEEKDAYS) -> int:
        """Return the Saturdays off with the Sunday after them off too."""
        days, saturday = self.days, weekdays.index("saturday")
        found = 0
        for k in range(saturday, len(days), 7):
            # After the last row the first comes again, and with it perhaps the Sunday.
            sunday = days[(k + 1) % len(days)]
            if days[k] == OFF and sunday == OFF:
                found += 1
        return found

    def forward_steps(self, codes: Sequence[str]) -> int:
        """Return the days worked a later shift than on the day before.

        *codes* are in the order of their starts.
        """
        return sum(codes.index(a) < codes.index(b) for a, b in self._steps())

    def backward_steps(self, codes: Sequence[str]) -> int:
        """Return the days worked an earlier shift than on the day before.

        *codes* are in the order of their starts.
        """
        return sum(codes.index(a) > codes.index(b) for a, b in self._steps())

    def longest_run(self) -> int:
        """Return the most days worked in a row; without a day off, the whole cycle."""
        worked = [day != OFF for day in self.days]
        return max(map(len, stretches(worked)), default=0)

    def _steps(self) -> Iterator[tuple[str, str]]:
        """Yield each pair of days worked one after the other, round the cycle."""
        days = self.days
        for a, b in zip(days, (*days[1:], days[0]), strict=True):
            if OFF not in (a, b):
                yield a, b


def stretches(flags: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the places of each longest stretch of true *flags*, going round the cycle."""
    if not any(flags):
        return
    # Begin at a flag that is false, so that no stretch is cut in two; if there is none, anywhere.
    turn = next((k for k, flag in enumerate(flags) if not flag), 0)
    places = [(turn + k) % len(flags) for k in range(len(flags))]
    for flag, group in groupby(places, key=lambda k: flags[k]):
        if flag:
            yield list(group)


Outcome = Literal["found", "impossible", "unknown"]


@dataclass(frozen=True)
class Rotas:
    """What a search for rotas came to."""

    outcome: Outcome
    rotas: tuple[Rota, ...] = ()
    reason: str = ""
    """Why there is none, if that is proven."""
    complete: bool = False
    """Whether no other rota than these exists, but for the order of rows and of like stretches."""
