"""Where everything in the roster grid stands: columns left to right, rows top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rich.cells import cell_len

from ...facts import Facts, Person, Site

NAME_AT_LEAST, NAME_AT_MOST = 6, 22
WEEK_TOTAL = 5
"""Columns of paid hours after each week."""
TOTALS = 12
"""Columns of shifts, hours and days off of the whole horizon."""

GridRow = Person | Site
"""A person's row, or the heading above the people of a site."""


@dataclass(frozen=True)
class Columns:
    """The columns of the grid for one width of the widget.

    The names on the left and, where there is room, the totals on the right stand still; the days
    between them scroll.
    """

    facts: Facts
    width: int

    @cached_property
    def cell(self) -> int:
        """Columns of a day: a gap, the longest code, a mark."""
        return 2 + max((cell_len(s.code) for s in self.facts.shifts), default=1)

    @cached_property
    def name(self) -> int:
        """Columns of the names, which take what two weeks and the totals leave."""
        longest = max((cell_len(p.name) for p in self.facts.people), default=0)
        # Behind a site's name stands how many people are shown, such as (1000).
        headings = max((cell_len(s.name) + 6 for s in self.facts.sites), default=0)
        wanted = min(NAME_AT_MOST, max(longest, headings) + 1)
        spare = self.width - 2 * self.week - TOTALS
        # Where two weeks leave next to nothing, names take a quarter and fewer days are seen.
        if spare < 12:
            spare = self.width // 4
        return max(NAME_AT_LEAST, min(wanted, spare))

    @cached_property
    def week(self) -> int:
        """Columns of one week with its total."""
        return 7 * self.cell + WEEK_TOTAL

    @cached_property
    def totals(self) -> int:
        """Columns of the totals, nothing if one week would not fit beside them."""
        return TOTALS if self.width - self.name - self.week >= TOTALS else 0

    @property
    def room(self) -> int:
        """Columns in which days are seen."""
        return max(1, self.width - self.name - self.totals)

    @property
    def days(self) -> int:
        """Columns all days take."""
        return self.week * len(self.facts.weeks)

    def left(self, day: int) -> int:
        """Return the first column of the day with index *day*, counted from the first day."""
        return day // 7 * self.week + day % 7 * self.cell

    def day_at(self, column: int) -> int | None:
        """Return the index of the day at *column* of the days, None on a total."""
        week, inside = divmod(column, self.week)
        if inside >= 7 * self.cell or not 0 <= week < len(self.facts.weeks):
            return None
        return week * 7 + inside // self.cell


def grouped(facts: Facts, people: Sequence[Person]) -> tuple[GridRow, ...]:
    """Return the rows of *people*, each site under its heading in the plan's order."""
    rows: list[GridRow] = []
    for site in facts.sites:
        here = [person for person in people if person.site == site.name]
        # A filter may leave nobody of a site, and then no heading.
        if here:
            rows += [site, *here]
    return tuple(rows)


def index_of(facts: Facts, day: date) -> int:
    """Return the index of *day*, counted from the first day of the horizon."""
    return (day - facts.first).days
