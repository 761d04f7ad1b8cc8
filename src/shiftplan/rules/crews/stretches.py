"""Stretches of time in which a rule is broken by the same number of people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ...clock import from_to, to_local
from ...facts import Facts
from ...roster import Assignment


def assignments_of(names: Collection[str], assignments: Iterable[Assignment]) -> list[Assignment]:
    """Return those of *assignments* that people of *names* do."""
    return [assignment for assignment in assignments if assignment.who in names]


class Stretch(NamedTuple):
    """From *start* to *end*, both instants, the rule is broken by *people*."""

    people: int
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Person-minutes by which the rule is broken."""
        return self.people * (self.end - self.start)

    @property
    def span(self) -> str:
        """From when to when, for people."""
        return from_to(self.start, self.end)

    def day(self, facts: Facts, tz: str) -> date:
        """Return the day of the horizon it is reported on: its first in *tz*, or the nearest."""
        begins = to_local(self.start, tz).date()
        return min(max(begins, facts.first), facts.last)


def joined(pieces: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield each row of *pieces* broken by the same number as one, leaving out what is kept.

    *pieces* follow one another without a gap.
    """
    for people, row in groupby(pieces, key=lambda piece: piece.people):
        if people > 0:
            first, *others = row
            last = others[-1] if others else first
            yield Stretch(people, first.start, last.end)
