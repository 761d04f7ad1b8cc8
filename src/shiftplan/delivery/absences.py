"""What somebody's own calendar says of their absences, looked at and then taken into the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..calendars import Skipped, read_absences
from ..calendars.absences import Absence
from ..calendars.absent import (
    AbsenceRow,
    Become,
    cells_of,
    check,
    rows_of,
    together,
    whole_days,
)
from ..calendars.quirks import Busy
from ..errors import ShiftplanError, nearest
from ..facts import Facts
from ..folder import load
from ..folder.append import append_rows
from ..folder.given_file import given_bytes
from ..folder.turn import turn_in

TABLES = {Become.LEAVE: "leave", Become.UNAVAILABLE: "availability"}
"""The table of the plan that absences go into."""


@dataclass(frozen=True)
class FoundAbsences:
    """The absences of one person in a calendar file, as rows of a table of the plan."""

    become: Become
    rows: Sequence[AbsenceRow]
    """New ones, and those the plan has already."""
    skipped: Sequence[Skipped]
    person: str
    kind: str
    """That of leave."""

    @property
    def new(self) -> Sequence[AbsenceRow]:
        """The rows that the plan has not yet; one is chosen by its place here, from 1."""
        return [row for row in self.rows if row.new]

    @property
    def certain(self) -> Sequence[AbsenceRow]:
        """The new rows but those that are tentative."""
        return [row for row in self.new if row.busy is not Busy.TENTATIVE]


class TakenAbsences(NamedTuple):
    """What was added to the plan."""

    table: str
    """The file, empty if there was nothing new any more."""
    rows: int


def find_absences(
    facts: Facts, person: str, file: Path, become: Become, kind: str, first: date, last: date
) -> FoundAbsences:
    """Return the absences of *person* from *first* to *last*; *kind* is that of leave.

    Changes nothing. Raise ``ShiftplanError`` if nobody is called so, if *file* is no calendar that
    can be read, or if the plan could not be read with the new rows.
    """
    if not facts.has_person(person):
        names = [p.name for p in facts.people]
        raise ShiftplanError(f"Nobody is called '{person}'.", nearest(person, names))
    data = given_bytes(file)
    absences, skipped = read_absences(data, str(file), facts.tz(person), first, last)
    if become is Become.LEAVE:
        # Leave is by whole days; parts of days would be times somebody is not available.
        absences, parts = whole_days(absences)
        skipped += parts
    return _found(facts, person, absences, become, kind, skipped)


def _found(
    facts: Facts,
    person: str,
    absences: Sequence[Absence],
    become: Become,
    kind: str,
    skipped: Sequence[Skipped],
) -> FoundAbsences:
    """Return *absences* as rows, as far as the plan with these *facts* has them not yet."""
    rows = rows_of(facts, person, absences, become)
    found = FoundAbsences(become, rows, skipped, person, kind)
    check(facts, _cells(found, found.new), become)
    return found


def _cells(found: FoundAbsences, rows: Sequence[AbsenceRow]) -> list[dict[str, str]]:
    """Return the cells of *rows* by column, with days that stand in several of them once."""
    merged = together(rows)
    return [cells_of(found.person, row, found.become, found.kind) for row in merged]


def take_absences(root: Path, found: FoundAbsences, chosen: Sequence[AbsenceRow]) -> TakenAbsences:
    """Add the rows *chosen* to the plan in *root*, as far as they are still new by then.

    Raise ``ShiftplanError`` or ``CannotWrite``.
    """
    with turn_in(root):
        # Somebody else may have taken absences, or the same ones, since these were found.
        facts = load(root).plan.facts
        asked = [Absence(row.first, row.last, row.hours, row.what) for row in chosen]
        still = _found(facts, found.person, asked, found.become, found.kind, ())
        if not still.new:
            return TakenAbsences("", 0)
        cells = _cells(still, still.new)
        return TakenAbsences(append_rows(root, TABLES[found.become], cells), len(cells))
