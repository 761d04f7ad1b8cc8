"""A cyclic rota: what is wanted of one, the rota itself, and a plain check of one against the
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """Days off in a row that every row of the rota has, wholly inside or, if they *straddle*, in
    part.
    """

    days: int
    straddle: bool = True


@dataclass(frozen=True)
class RotaWish:
    """What a rota must be, for people who are interchangeable."""

    people: int
    codes: tuple[str, ...]
    """Shift codes, in the order of their starts."""
    heads: tuple[Headcount, ...]
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
        """Return how few and how many people can be in *codes* on a weekday, as far as lines say
        directly.
        """
        if OFF in codes:
            least, most = self.bounds(weekday, self.work - codes)
            return (self.people - most, self.people - least)
        lines = [h for h in self.heads if h.weekday == weekday]
        apart = [h for k, h in enumerate(lines) if not any(h.codes & g.codes for g in lines[:k])]
        least = max(
            [
                sum(h.least for h in apart if h.codes <= codes),
                *(h.least for h in lines if h.codes <= codes),
            ]
        )
        most = min(
            [self.people, *(h.most for h in lines if h.most is not None and codes <= h.codes)]
        )
        capped = [(h.codes, h.most) for h in apart if h.most is not None]
        if codes <= frozenset[str]().union(*(c for c, _ in capped)):
            most = min(most, sum(m for c, m in capped if c & codes))
        return least, most


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
        return sum(
            days[k] == OFF and days[(k + 1) % len(days)] == OFF
            for k in range(saturday, len(days), 7)
        )

    def forward_steps(self, codes: Sequence[str]) -> int:
        """Return the days worked a later shift than on the day before, *codes* in the order of
        starts.
        """
        return sum(codes.index(a) < codes.index(b) for a, b in self._steps())

    def backward_steps(self, codes: Sequence[str]) -> int:
        """Return the days worked an earlier shift than on the day before, *codes* in the order of
        starts.
        """
        return sum(codes.index(a) > codes.index(b) for a, b in self._steps())

    def longest_run(self) -> int:
        """Return the most days worked in a row; without a day off, the whole cycle."""
        return max((len(run) for run in _runs([day != OFF for day in self.days], True)), default=0)

    def _steps(self) -> Iterator[tuple[str, str]]:
        days = self.days
        return (
            (a, b) for a, b in zip(days, (*days[1:], days[0]), strict=True) if OFF not in (a, b)
        )


Outcome = Literal["found", "impossible", "unknown"]


@dataclass(frozen=True)
class Rotas:
    """What a search for rotas came to."""

    outcome: Outcome
    rotas: tuple[Rota, ...] = ()
    reason: str = ""
    """Why there is none, if that is proven."""
    complete: bool = False
    """Whether no other rota than these exists, the order of rows and the order of like stretches
    apart.
    """


def problems(rota: Rota, wish: RotaWish) -> Iterator[str]:
    """Yield each way in which *rota* is not what *wish* asks for; knows nothing of how rotas are
    found.

    A run that never ends is never too short, and too long if there is any longest.
    """
    if len(rota.rows) != wish.people or any(len(row) != 7 for row in rota.rows):
        yield f"{len(rota.rows)} rows for {wish.people} people, or a row without seven days"
        return
    days = rota.days
    for strange in sorted(set(days) - {OFF, *wish.codes}):
        yield f"'{strange}' is no shift"
    for h in wish.heads:
        heads = sum(row[h.weekday] in h.codes for row in rota.rows)
        if heads < h.least or (h.most is not None and heads > h.most):
            yield f"{heads} heads on {'/'.join(sorted(h.codes))} on {wish.weekdays[h.weekday]}"
    for run in wish.runs:
        inside = [day in run.of for day in days]
        for found in _runs(inside, True):
            endless = all(inside)
            if run.most is not None and (endless or len(found) > run.most):
                yield f"{len(found)} days of {run.name or '/'.join(sorted(run.of))} in a row"
            if len(found) < run.least and not endless:
                yield f"only {len(found)} days of {run.name or '/'.join(sorted(run.of))} in a row"
    for pattern in sorted(wish.forbidden):
        for k in range(len(days)):
            if all(days[(k + j) % len(days)] == code for j, code in enumerate(pattern)):
                yield f"'{' '.join(pattern)}' from {wish.weekdays[k % 7]} of row {k // 7 + 1}"
    for number, row in enumerate(rota.rows, 1):
        if not wish.week_off[0] <= row.count(OFF) <= wish.week_off[1]:
            yield f"{row.count(OFF)} days off in row {number}"
    if wish.together:
        yield from _apart(rota, wish.together)


def _apart(rota: Rota, together: OffTogether) -> Iterator[str]:
    """Yield each row without its days off together."""
    days = rota.days
    offsets = range(1 - together.days, 7) if together.straddle else range(8 - together.days)
    for k in range(len(rota.rows)):
        starts = [7 * k + offset for offset in offsets]
        if not any(
            all(days[(s + j) % len(days)] == OFF for j in range(together.days)) for s in starts
        ):
            yield f"no {together.days} days off together in row {k + 1}"


def _runs(flags: Sequence[bool], value: bool) -> Iterator[list[int]]:
    """Yield the places of each longest stretch of *value*, going round the cycle."""
    if value not in flags:
        return
    turn = next((k for k, flag in enumerate(flags) if flag is not value), 0)
    places = [(turn + k) % len(flags) for k in range(len(flags))]
    for flag, group in groupby(places, key=lambda k: flags[k]):
        if flag is value:
            yield list(group)
