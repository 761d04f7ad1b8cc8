"""A cursor and a range in the roster grid: a person's row and a day, and where the range began."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ...facts import Cell, Person
from .paint import View


class CursorPosition(NamedTuple):
    """A row of the grid, and a day counted from the first."""

    row: int
    day: int


class Cursor:
    """Where one is in a view. Rows of headings are passed over."""

    def __init__(self) -> None:
        self.view: View | None = None
        self.at = CursorPosition(0, 0)
        self.anchor: CursorPosition | None = None

    def enter(self, view: View) -> None:
        """Go on in *view*, at the same person and day as far as they are there."""
        cell = self.cell
        self.view = view
        if cell is not None and cell[0] in view.row_of:
            row = view.row_of[cell[0]]
        else:
            # A filter, or an edit of the plan, may have taken the person away.
            row = self.person_row(min(self.at.row, len(view.rows) - 1), 1)
        self.at = CursorPosition(row, min(self.at.day, len(self.days) - 1))
        if self.anchor is not None and self.anchor.row >= len(view.rows):
            self.anchor = None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the horizon."""
        return self.view.roster.facts.days if self.view else ()

    def who(self, row: int) -> str | None:
        """Return whose row it is; None for a heading."""
        rows = self.view.rows if self.view else ()
        found = rows[row] if 0 <= row < len(rows) else None
        return found.name if isinstance(found, Person) else None

    @property
    def cell(self) -> Cell | None:
        """The cell under the cursor."""
        who = self.who(self.at.row)
        if who is None or self.at.day >= len(self.days):
            return None
        return who, self.days[self.at.day]

    def chosen_days(self, row: int) -> frozenset[int]:
        """Return the days of the range in *row*."""
        if self.anchor is None:
            return frozenset()
        top, bottom = sorted((self.anchor.row, self.at.row))
        first, last = sorted((self.anchor.day, self.at.day))
        return frozenset(range(first, last + 1)) if top <= row <= bottom else frozenset()

    @property
    def chosen(self) -> tuple[Cell, ...]:
        """The cells of the range, or the one under the cursor, person by person."""
        if self.cell is None:
            return ()
        if self.anchor is None:
            return (self.cell,)
        top, bottom = sorted((self.anchor.row, self.at.row))
        cells = []
        for row in range(top, bottom + 1):
            who = self.who(row)
            # A range across sites has headings in it, which hold no cells.
            if who is not None:
                cells += [(who, self.days[k]) for k in sorted(self.chosen_days(row))]
        return tuple(cells)

    def person_row(self, row: int, step: int) -> int:
        """Return *row*, or the nearest row of a person, first in the direction of *step*."""
        rows: Sequence[object] = self.view.rows if self.view else ()
        for way in (1, -1) if step >= 0 else (-1, 1):
            k = row
            while 0 <= k < len(rows):
                if isinstance(rows[k], Person):
                    return k
                k += way
            # The first heading has nobody above: from there one goes down again.
        return 0

    def moved(self, down: int, right: int) -> CursorPosition:
        """Return where so many rows down and days to the right are, inside the grid."""
        rows = len(self.view.rows) if self.view else 1
        row = max(0, min(rows - 1, self.at.row + down))
        day = max(0, min(len(self.days) - 1, self.at.day + right))
        return CursorPosition(self.person_row(row, down), day)

    def put(self, at: CursorPosition, *, choosing: bool = False) -> None:
        """Go to *at*; with *choosing* the range ends there."""
        if not choosing:
            self.anchor = None
        elif self.anchor is None:
            self.anchor = self.at
        self.at = at
